//! What a rule may read beside the data, told by the functions it calls.

use crate::script::stdlib::{api, engine_function};

/// Something of the packs that functions of rules read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circumstance {
    /// The readings of the standard.
    Reading,
    /// The ids of the catalog.
    Ids,
    /// The words of titles.
    Titles,
}

impl Circumstance {
    /// The functions that read it, as rules may write them.
    pub fn functions(self) -> Vec<&'static str> {
        match self {
            Self::Reading => api::spellings(&["policy"]),
            Self::Ids => api::spellings(&["known_requirement"]),
            Self::Titles => api::spellings(&engine_function::TITLES),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_told_in_both_languages() {
        assert_eq!(Circumstance::Reading.functions(), ["policy", "口径"]);
        assert_eq!(Circumstance::Ids.functions(), ["known_requirement", "有此要求"]);
        let titles = Circumstance::Titles.functions();
        assert_eq!(titles.len(), 2 * engine_function::TITLES.len());
        assert!(titles.contains(&"名称相符") && titles.contains(&"titled"));
    }
}
