//! The declaration of a host function.

use std::sync::Arc;

use rhai::{FuncRegistration, Module, RhaiNativeFunc};

use super::charged::host;
use super::cost::CostModel;
use super::types::{ColumnArgument, Type};
use crate::model::function_reference::EntryKind;
use crate::script::value::kernel_value::{KernelResult, Value};
use crate::script::value::loaded_table::IndexedTable;

/// Something of the packs that a function reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circumstance {
    /// The readings of the standard.
    Reading,
    /// The ids of the catalog.
    Ids,
    /// The words of titles.
    Titles,
}

/// Answers a call inside a kernel over rows of a table; `None` is for the script engine to answer.
pub(crate) type DirectKernel =
    for<'c> fn(&[Value<'c>], &Arc<IndexedTable>) -> Option<KernelResult<Value<'c>>>;

/// How closures that call a function are compiled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kernel {
    /// They are interpreted.
    None,
    /// The script engine is asked.
    Asked,
    Direct(DirectKernel),
    OfText(fn(&str) -> bool),
}

/// The declaration of a host function, a property or an operator; one for each list of parameters.
#[derive(Debug)]
pub(crate) struct HostFunction {
    pub(crate) kind: EntryKind,
    /// English name, or sign.
    pub(crate) name: &'static str,
    /// Chinese name, where it has one.
    pub(crate) chinese: Option<&'static str>,
    /// `name: type, …`; see [`super::types`] for the words of types.
    pub(crate) takes: &'static str,
    pub(crate) gives: Type,
    /// What it gives, in Chinese and in English.
    pub(crate) about: (&'static str, &'static str),
    /// One expression that uses it; `t` is the submission.
    pub(crate) example: &'static str,
    pub(crate) cost: CostModel,
    pub(crate) kernel: Kernel,
    pub(crate) reads: Option<Circumstance>,
    /// Adds what carries it out; `None` where something else does.
    add: Option<fn(&mut Registrar<'_>)>,
}

type Words = &'static str;

const fn declared(
    kind: EntryKind,
    name: Words,
    chinese: Option<Words>,
    takes: Words,
    gives: Type,
    example: Words,
) -> HostFunction {
    let cost = if matches!(kind, EntryKind::Function) { CostModel::Deep } else { CostModel::Free };
    let (about, reads, add) = (("", ""), None, None);
    HostFunction { kind, name, chinese, takes, gives, about, example, cost, kernel: Kernel::None, reads, add }
}

/// A function.
pub(crate) const fn function(
    name: Words,
    chinese: Words,
    takes: Words,
    gives: Type,
    example: Words,
) -> HostFunction {
    declared(EntryKind::Function, name, Some(chinese), takes, gives, example)
}

/// A function without a Chinese name.
pub(crate) const fn unnamed(name: Words, takes: Words, gives: Type, example: Words) -> HostFunction {
    declared(EntryKind::Function, name, None, takes, gives, example)
}

/// What is read after a dot; it costs no more than the operation itself, unless it says so.
pub(crate) const fn property(
    name: Words,
    chinese: Words,
    takes: Words,
    gives: Type,
    example: Words,
) -> HostFunction {
    declared(EntryKind::Property, name, Some(chinese), takes, gives, example)
}

/// What is written between two values.
pub(crate) const fn operator(name: Words, takes: Words, gives: Type, example: Words) -> HostFunction {
    declared(EntryKind::Operator, name, None, takes, gives, example)
}

impl HostFunction {
    /// What it gives, in Chinese and in English.
    pub(crate) const fn about(self, zh: Words, en: Words) -> Self {
        Self { about: (zh, en), ..self }
    }

    /// What a call costs.
    pub(crate) const fn cost(self, cost: CostModel) -> Self {
        Self { cost, ..self }
    }

    /// Closures that call it are compiled; the script engine is asked for each row.
    pub(crate) const fn kernel(self) -> Self {
        Self { kernel: Kernel::Asked, ..self }
    }

    /// Closures that call it are compiled; this answers without the script engine, where it can.
    pub(crate) const fn kernel_by(self, answer: DirectKernel) -> Self {
        Self { kernel: Kernel::Direct(answer), ..self }
    }

    /// Closures that call it are compiled; this answers of a text, and of each text of a column at once.
    pub(crate) const fn kernel_of_text(self, answer: fn(&str) -> bool) -> Self {
        Self { kernel: Kernel::OfText(answer), ..self }
    }

    /// What it reads beside the data.
    pub(crate) const fn reads(self, circumstance: Circumstance) -> Self {
        Self { reads: Some(circumstance), ..self }
    }

    /// What carries it out.
    pub(crate) const fn by(self, add: fn(&mut Registrar<'_>)) -> Self {
        Self { add: Some(add), ..self }
    }

    /// Registers it under its names.
    pub(crate) fn register(&self, module: &mut Module) {
        if let Some(add) = self.add {
            add(&mut Registrar { function: self, module });
        }
    }

    /// The names rules may call it by.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [Some(self.name), self.chinese].into_iter().flatten()
    }

    /// Name and type of each parameter, as declared.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let parts = self.takes.split(',').filter(|part| !part.trim().is_empty());
        parts
            .map(|part| part.split_once(':').unwrap_or((part, "?")))
            .map(|(name, kind)| (name.trim(), kind.trim()))
    }

    /// Whether it is called on rows, a row or a tree and tells of them: not what decides.
    pub(crate) fn is_of_rows(&self) -> bool {
        let receiver = matches!(self.receiver(), "rows" | "row" | "tree");
        receiver && self.kind == EntryKind::Function && self.gives != Type::Decision
    }

    /// Whether it decides and ends in the reason, in Chinese and in English.
    pub(crate) fn ends_in_reason(&self) -> bool {
        let names: Vec<&str> = self.parameters().map(|(name, _)| name).collect();
        self.gives == Type::Decision && names.ends_with(&["zh", "en"])
    }

    /// The type of its first parameter: what it is called on as a method.
    pub(crate) fn receiver(&self) -> &'static str {
        self.parameters().next().map_or("", |(_, kind)| kind)
    }

    /// Which arguments after the first name columns, or are values of a column.
    pub(crate) fn columns(&self) -> Vec<ColumnArgument> {
        let names: Vec<&str> = self.parameters().skip(1).map(|(name, _)| name).collect();
        let place = |name: &str| names.iter().position(|known| *known == name);
        let arguments = self.parameters().skip(1).enumerate();
        arguments.filter_map(|(at, (_, kind))| ColumnArgument::of(kind, at, place)).collect()
    }
}

/// Where a function is put so that scripts can call it.
pub(crate) struct Registrar<'r> {
    function: &'r HostFunction,
    module: &'r mut Module,
}

impl Registrar<'_> {
    /// Adds a function or an operator.
    pub(crate) fn add<A: 'static, const N: usize, const X: bool, R: 'static, const F: bool, FUNC>(
        &mut self,
        function: FUNC,
    ) where
        FUNC: RhaiNativeFunc<A, N, X, R, F> + Clone + Send + Sync + 'static,
    {
        for name in self.function.names() {
            host(self.module, FuncRegistration::new(name), function.clone(), self.function.cost);
        }
    }

    /// Adds a property.
    pub(crate) fn get<A: 'static, const N: usize, const X: bool, R, const F: bool, FUNC>(
        &mut self,
        getter: FUNC,
    ) where
        R: 'static,
        FUNC: RhaiNativeFunc<A, N, X, R, F> + Clone + Send + Sync + 'static,
    {
        for name in self.function.names() {
            host(self.module, FuncRegistration::new_getter(name), getter.clone(), self.function.cost);
        }
    }
}
