//! All host functions, by name.

use std::collections::BTreeMap;

use super::declaration::{Circumstance, HostFunction, Kernel};

/// The functions of all families.
#[derive(Debug)]
pub(crate) struct FunctionTable {
    all: Vec<&'static HostFunction>,
    /// By either name. Functions of several receivers may share the Chinese one.
    by_name: BTreeMap<&'static str, Vec<&'static HostFunction>>,
}

impl FunctionTable {
    /// Of these families, in order.
    pub(crate) fn new(families: &[&'static [HostFunction]]) -> Self {
        let all: Vec<&HostFunction> = families.iter().copied().flatten().collect();
        let mut by_name: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &all {
            for name in one.names() {
                by_name.entry(name).or_default().push(*one);
            }
        }
        Self { all, by_name }
    }

    /// All of them, in the order of the function reference.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static HostFunction> {
        self.all.iter().copied()
    }

    /// The English name of a function that rules may call by its Chinese one.
    pub(crate) fn in_english<'n>(&self, name: &'n str) -> &'n str {
        self.named(name).next().map_or(name, |one| one.name)
    }

    /// The same of a method called on a value of this type, where it has one of that name.
    pub(crate) fn in_english_on<'n>(&self, receiver: &str, name: &'n str) -> &'n str {
        let own = self.named(name).find(|one| one.receiver() == receiver);
        own.map_or_else(|| self.in_english(name), |one| one.name)
    }

    /// The functions of this name, English or Chinese, one for each list of parameters.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &'static HostFunction> {
        self.by_name.get(name).into_iter().flatten().copied()
    }

    /// Whether rules may call the function of this English name so.
    pub(crate) fn is_called(&self, english: &str, name: &str) -> bool {
        english == name || self.named(name).any(|one| one.name == english)
    }

    /// The function that kernels may use, called by either of its names: of several one that answers by itself.
    pub(crate) fn with_kernel(&self, name: &str) -> Option<&'static HostFunction> {
        let compiled = || self.named(name).filter(|one| !matches!(one.kernel, Kernel::None));
        compiled().find(|one| !matches!(one.kernel, Kernel::Asked)).or_else(|| compiled().next())
    }

    /// The names by which rules call what reads this: English ones, then Chinese ones.
    pub(crate) fn reading(&self, circumstance: Circumstance) -> Vec<&'static str> {
        let reads = || self.all.iter().filter(|one| one.reads == Some(circumstance));
        reads().map(|one| one.name).chain(reads().filter_map(|one| one.chinese)).collect()
    }
}
