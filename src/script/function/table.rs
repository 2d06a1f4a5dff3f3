//! All host functions, by name.

use std::collections::BTreeMap;

use super::declaration::{Circumstance, HostFunction, Kernel};

/// The functions of all families.
#[derive(Debug)]
pub(crate) struct FunctionTable {
    all: Vec<&'static HostFunction>,
    by_name: BTreeMap<&'static str, Vec<&'static HostFunction>>,
    english: BTreeMap<&'static str, &'static str>,
}

impl FunctionTable {
    /// Of these families, in order.
    pub(crate) fn new(families: &[&'static [HostFunction]]) -> Self {
        let all: Vec<&HostFunction> = families.iter().copied().flatten().collect();
        let mut by_name: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &all {
            by_name.entry(one.name).or_default().push(*one);
        }
        let english = all.iter().filter_map(|one| Some((one.chinese?, one.name))).collect();
        Self { all, by_name, english }
    }

    /// All of them, in the order of the function reference.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static HostFunction> {
        self.all.iter().copied()
    }

    /// The English name of a function that rules may call by its Chinese one.
    pub(crate) fn in_english<'n>(&self, name: &'n str) -> &'n str {
        self.english.get(name).copied().unwrap_or(name)
    }

    /// The functions of this English name, one for each list of parameters.
    pub(crate) fn named(&self, english: &str) -> impl Iterator<Item = &'static HostFunction> {
        self.by_name.get(english).into_iter().flatten().copied()
    }

    /// Whether rules may call the function of this English name so.
    pub(crate) fn is_called(&self, english: &str, name: &str) -> bool {
        english == name || self.named(english).any(|one| one.chinese == Some(name))
    }

    /// The function that kernels may use, called by either of its names: of several one that answers by itself.
    pub(crate) fn with_kernel(&self, name: &str) -> Option<&'static HostFunction> {
        let compiled = || self.named(self.in_english(name)).filter(|one| !matches!(one.kernel, Kernel::None));
        compiled().find(|one| !matches!(one.kernel, Kernel::Asked)).or_else(|| compiled().next())
    }

    /// The names by which rules call what reads this: English ones, then Chinese ones.
    pub(crate) fn reading(&self, circumstance: Circumstance) -> Vec<&'static str> {
        let reads = || self.all.iter().filter(|one| one.reads == Some(circumstance));
        reads().map(|one| one.name).chain(reads().filter_map(|one| one.chinese)).collect()
    }
}
