//! Sizes as people write them, and the share of the machine that a run takes unasked.

use sysinfo::{MemoryRefreshKind, RefreshKind, System};

/// The least a run can do with.
const LEAST: usize = 1 << 20;

/// What is taken where the machine does not tell its memory.
const USUAL: usize = 2 << 30;

/// Bytes written as `512M` or `4G`; `None` where it is no size, or less than the least.
pub fn parse_size(written: &str) -> Option<usize> {
    let text = written.trim();
    let text = text.strip_suffix(['b', 'B']).unwrap_or(text);
    let text = text.strip_suffix(['i', 'I']).unwrap_or(text);
    let unit = text.chars().last().map(|unit| unit.to_ascii_uppercase());
    let shift = match unit {
        Some('K') => 10,
        Some('M') => 20,
        Some('G') => 30,
        Some('T') => 40,
        _ => 0,
    };
    let digits = if shift == 0 { text } else { text.get(..text.len().saturating_sub(1)).unwrap_or("") };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse::<usize>().ok().filter(|_| plain);
    let bytes = number.and_then(|number| number.checked_mul(1_usize.checked_shl(shift)?));
    bytes.filter(|bytes| *bytes >= LEAST)
}

/// Half of the machine's memory, or of what this process was given of it.
pub fn default_budget() -> usize {
    let read = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let machine = System::new_with_specifics(read);
    let whole = Some(machine.total_memory()).filter(|bytes| *bytes > 0);
    // Where nothing is known of the machine, as without /proc, its limits may not be asked for.
    let given = whole.and_then(|_| machine.cgroup_limits()).map(|limits| limits.total_memory);
    let all = [whole, given].into_iter().flatten().filter(|bytes| *bytes > 0).min();
    all.and_then(|bytes| usize::try_from(bytes / 2).ok()).map_or(USUAL, |half| half.max(LEAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for written in ["512M", "512m", " 512MB", "512MiB", "524288K", "536870912"] {
            assert_eq!(parse_size(written), Some(512 << 20), "{written}");
        }
        assert_eq!(parse_size("4G"), Some(4 << 30));
        for wrong in ["", "G", "-1G", "+1G", "1.5G", "4X", "1023K", "99999999999T", "４G", "内"] {
            assert!(parse_size(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn the_machine_tells_its_memory() {
        assert!(default_budget() >= LEAST);
        let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let told = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"));
        let Some(Ok(all)) = told.and_then(|told| told.split_whitespace().next()).map(str::parse::<usize>)
        else {
            return;
        };
        assert!(default_budget() <= all * 512, "{} of {all} kB", default_budget());
    }
}
