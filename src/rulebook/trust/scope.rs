//! Which packs a key may sign: its holder speaks for its own packs, not for those of another authority.

use super::TrustedKey;
use crate::model::text::Text;
use crate::rulebook::pack::built_in_id;

/// The packs a key may sign, by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nothing was said: every pack but the built-in one, and but those another key is given for.
    Unsaid,
    /// The pack of this id.
    One(String),
    /// The packs whose ids begin so, but not the built-in one.
    Prefix(String),
}

/// After the beginning of an id, whatever follows.
const REST: char = '*';

impl Scope {
    /// Reads `example.city`, `example.*` or `*`.
    pub(super) fn parse(text: &str) -> Result<Self, Text> {
        let (start, is_prefix) = text.strip_suffix(REST).map_or((text, false), |start| (start, true));
        if start.contains(REST) || (start.trim().is_empty() && !is_prefix) {
            return Err(Text::new(
                "等号前应写规则包编号，如 fujian，或以“*”结尾，如 fujian.*",
                "before `=` stands the id of a pack, such as `fujian`, or the beginning of one with `*`, such as `fujian.*`",
            ));
        }
        let start = start.trim().to_owned();
        Ok(if is_prefix { Self::Prefix(start) } else { Self::One(start) })
    }

    /// How closely it fits an id, the greater the closer.
    fn fit(&self, id: &str) -> Option<usize> {
        match self {
            Self::One(own) => (own == id).then_some(usize::MAX),
            _ if id == built_in_id() => None,
            Self::Prefix(start) => id.starts_with(start).then_some(start.len()),
            Self::Unsaid => Some(0),
        }
    }
}

/// The keys that may sign a pack: where some are given for it more closely, the others may not.
pub(super) fn signers<'k>(keys: &'k [TrustedKey], id: &str) -> Vec<&'k TrustedKey> {
    let fitting = || keys.iter().filter_map(|key| Some((key.scope.fit(id)?, key)));
    let closest = fitting().map(|(fit, _)| fit).max();
    fitting().filter(|(fit, _)| Some(*fit) == closest).map(|(_, key)| key).collect()
}

/// Whether several keys do not say what for: each could sign in the name of the other.
pub fn are_ambiguous(keys: &[TrustedKey]) -> bool {
    let mut unsaid = keys.iter().filter(|key| key.scope == Scope::Unsaid);
    unsaid.next().is_some_and(|first| unsaid.any(|key| !key.is_same(first)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::rulebook::trust::generate;

    fn key(scope: &str) -> TrustedKey {
        let key = TrustedKey::read(&generate(None).unwrap().public).unwrap();
        if scope.is_empty() { key } else { key.signing(scope).unwrap() }
    }

    /// Positions of the keys that may sign.
    fn may(keys: &[TrustedKey], id: &str) -> Vec<usize> {
        let signers = signers(keys, id);
        let among = |key: &TrustedKey| signers.iter().any(|one| one.id == key.id);
        (0..keys.len()).filter(|at| among(keys.get(*at).unwrap())).collect()
    }

    #[test]
    fn the_closest_scope_decides() {
        let keys = ["fujian", "fujian.*", "fujian.fuzhou", "*", ""].map(key);
        assert_eq!(may(&keys, "fujian"), [0]);
        assert_eq!(may(&keys, "fujian.fuzhou"), [2]);
        assert_eq!(may(&keys, "fujian.xiamen"), [1]);
        assert_eq!(may(&keys, "henan"), [3, 4]);
        assert_eq!(may(&keys, "fujianx"), [3, 4]);
    }

    #[test]
    fn the_built_in_pack_is_signed_by_a_key_that_names_it_alone() {
        let national = built_in_id();
        let start = format!("{}*", national.get(..5).unwrap());
        let keys = ["", "*", &start].map(key);
        assert_eq!(may(&keys, national), Vec::<usize>::new());
        assert_eq!(may(&[key(national)], national), [0]);
    }

    #[test]
    fn two_keys_without_a_scope_are_ambiguous_and_one_twice_is_not() {
        let one = key("");
        assert!(are_ambiguous(&[one.clone(), key("")]));
        assert!(!are_ambiguous(&[one.clone(), one.clone(), key("*"), key("a")]));
    }

    #[test]
    fn a_scope_without_an_id_is_none() {
        for text in ["", " ", "a*b", "**"] {
            assert!(Scope::parse(text).is_err(), "{text:?}");
        }
    }
}
