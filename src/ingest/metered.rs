//! Limits of memory and time for reading one file, measured on the reading thread as those of scripts are.

use crate::model::limits;
use crate::resources::meter::{Limits, Measurement};

/// Bytes of a file that may be held, as a share of the memory of reading: decoding may take twice as much again.
const HELD_SHARE: u64 = 4;

/// Reading of one file, metered on this thread until this is dropped.
pub(super) struct Metered {
    limits: Limits,
    measurement: Option<Measurement>,
}

impl Metered {
    /// Begins to read a file of so many bytes, where reading may hold `memory` bytes.
    pub(super) fn begin(bytes: u64, memory: Option<u64>) -> Self {
        let most = limits::MEMORY.saturating_add(bytes.saturating_mul(limits::MEMORY_PER_BYTE));
        let most = memory.map_or(most, |memory| most.min(memory.max(limits::LEAST_MEMORY)));
        let live = i64::try_from(most).unwrap_or(i64::MAX);
        let limits = Limits {
            live,
            // The meter is looked at between pieces; what takes this much within one ends the process. A list that
            // doubles takes three times what it held.
            cap: live.saturating_mul(3),
            millis: limits::MILLIS.saturating_add((bytes >> 20).saturating_mul(limits::MILLIS_PER_MIB)),
            ..Limits::NONE
        };
        Self { limits, measurement: Some(Measurement::begin(limits)) }
    }

    /// Bytes that reading may hold.
    pub(super) fn memory(&self) -> u64 {
        self.limits.live.unsigned_abs()
    }

    /// Bytes of the file that may be held.
    pub(super) fn held(&self) -> u64 {
        self.memory() / HELD_SHARE
    }

    /// Waits for something that others hold, which counts for nothing; what was taken before counts no longer either.
    pub(super) fn pause<T>(&mut self, wait: impl FnOnce() -> T) -> T {
        self.measurement = None;
        let done = wait();
        self.measurement = Some(Measurement::begin(self.limits));
        done
    }
}
