//! "Did you mean": the known name nearest to a misspelt one.

/// Names less alike than this are no help.
const ALIKE: f64 = 0.75;

/// The candidate most like `name`, if any is alike enough.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_from(ALIKE, name, candidates)
}

/// The candidate most like `name`, if any is alike by at least `alike`, from 0 to 1.
pub fn closest_from<'a>(
    alike: f64,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= alike)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let columns = ["网格员姓名", "身份证号", "holder"];
        assert_eq!(closest("网格员名字", columns), Some("网格员姓名"));
        assert_eq!(closest("holdr", columns), Some("holder"));
        assert_eq!(closest("xyz", columns), None);
    }
}
