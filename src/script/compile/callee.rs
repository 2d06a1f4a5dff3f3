//! What kernels may call: functions and operators of the language and the host.

use crate::script::function::cost::CostModel;
use crate::script::function::{DirectKernel, FunctionTable, HostFunction, Kernel};

/// Operators and functions of the script language.
const LANGUAGE: [&str; 24] = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "len",
    "is_empty",
    "starts_with",
    "ends_with",
    "index_of",
    "sub_string",
    "split",
    "to_upper",
    "to_lower",
    "to_string",
    "parse_int",
    "abs",
    "sign",
    "min",
    "max",
    "keys",
    "values",
    "extract",
    "is_odd",
];

/// Methods of text that change it in place; each is of use as a statement only.
const CHANGING: [&str; 4] = ["replace", "trim", "make_upper", "make_lower"];

/// What a call of a kernel calls: nothing that changes anything.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Callee {
    /// An operator or function of the script language.
    Language(&'static str),
    /// A method that changes its text: the value is the text as changed.
    Changed(&'static str),
    Host(&'static HostFunction),
}

impl PartialEq for Callee {
    fn eq(&self, other: &Self) -> bool {
        self.is_changed() == other.is_changed() && self.name() == other.name()
    }
}

impl Callee {
    /// What a function or an operator of this name is, if kernels may use it.
    pub(crate) fn of(functions: &FunctionTable, name: &str) -> Option<Self> {
        let language = || LANGUAGE.into_iter().find(|known| *known == name).map(Self::Language);
        functions.with_kernel(name).map(Self::Host).or_else(language)
    }

    /// The call that stands for a text as changed by the method, if it changes its text in place.
    pub(crate) fn changed(method: &str) -> Option<Self> {
        CHANGING.into_iter().find(|known| *known == method).map(Self::Changed)
    }

    /// The English name, or the sign.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Language(name) | Self::Changed(name) => name,
            Self::Host(function) => function.name,
        }
    }

    /// Whether it looks in a text for each text of a list.
    pub(crate) fn is_seeking(self) -> bool {
        matches!(self, Self::Host(HostFunction { cost: CostModel::Seek, .. }))
    }

    fn is_changed(self) -> bool {
        matches!(self, Self::Changed(_))
    }

    /// What answers it without the script engine.
    pub(crate) fn direct(self) -> Option<DirectKernel> {
        match self {
            Self::Host(HostFunction { kernel: Kernel::Direct(answer), .. }) => Some(*answer),
            _ => None,
        }
    }

    /// What answers it of a text that it rests on alone.
    pub(crate) fn of_text(self) -> Option<fn(&str) -> bool> {
        match self {
            Self::Host(HostFunction { kernel: Kernel::OfText(answer), .. }) => Some(*answer),
            _ => None,
        }
    }
}
