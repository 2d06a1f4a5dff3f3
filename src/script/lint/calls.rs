//! What calls come to: methods of rows and lists, functions of the program, of the script and of its libraries.

use super::infer::Inference;
use super::methods;
use super::scope::{Scope, element, operator};
use super::value_kind::ValueKind;
use crate::script::stdlib::in_english;
use crate::script::syntax::tree::{Expr, ExprKind};

impl<'a> Inference<'a> {
    pub(crate) fn method(
        &mut self,
        expr: &'a Expr,
        of: &'a Expr,
        name: &str,
        all: &'a [Expr],
        scope: &mut Scope,
    ) -> ValueKind {
        let receiver = self.expr(of, scope);
        let english = methods::in_english(&receiver, name).to_owned();
        let script = self.script;
        self.checks.receiver(of, all);
        self.checks.function(script, name, all.len().saturating_add(1), true, expr.at);
        if matches!(receiver, ValueKind::Rows(_)) {
            self.checks.of_rows(script, name, expr.at);
        }
        let mut kinds = Vec::new();
        let mut made = ValueKind::Unknown;
        for one in all {
            kinds.push(match &one.kind {
                ExprKind::Closure(closure, captured) => {
                    made =
                        self.closure(closure, captured.len(), &[element(&receiver), ValueKind::Int], scope);
                    ValueKind::Unknown
                }
                _ => self.expr(one, scope),
            });
        }
        match &receiver {
            ValueKind::Rows(table) | ValueKind::Row(table) | ValueKind::Tree(table) => {
                if let Some(decl) = self.context.declarations.table(table) {
                    self.checks.columns(decl, &english, all, &kinds);
                }
                methods::on(&receiver, &english, all.len(), Some(table), &made)
            }
            ValueKind::Tables if english == "policy" => {
                let policy = all.first().and_then(Expr::text);
                if let Some(policy) = policy {
                    let at = all.first().map_or(expr.at, |one| one.at);
                    self.checks.policy(policy, at);
                }
                policy.map_or(ValueKind::Text, |policy| ValueKind::Policy(policy.to_owned()))
            }
            ValueKind::Tables => {
                let table = kinds.first().and_then(ValueKind::table);
                methods::on(&receiver, &english, all.len(), table, &made)
            }
            ValueKind::List(element) => match english.as_str() {
                "filter" => receiver.clone(),
                "map" => made.list(),
                "len" => ValueKind::Int,
                "some" | "all" | "is_empty" => ValueKind::Bool,
                "first" | "last" => (**element).clone(),
                _ => ValueKind::Unknown,
            },
            ValueKind::Text if english == "len" => ValueKind::Int,
            ValueKind::Date => methods::on(&receiver, &english, all.len(), None, &made),
            _ => ValueKind::Unknown,
        }
    }

    pub(crate) fn called(
        &mut self,
        expr: &'a Expr,
        library: Option<&str>,
        name: &str,
        all: &'a [Expr],
        scope: &mut Scope,
    ) -> ValueKind {
        let kinds = self.exprs(all, scope);
        if let Some(library) = library {
            return self.of_library(expr, library, name, &kinds, scope);
        }
        if let Some(function) = self.script.function(name, all.len()) {
            return self.call(&self.checks.library.clone().unwrap_or_default(), function, &kinds);
        }
        if name == "!" {
            all.iter().zip(&kinds).for_each(|(one, kind)| self.bare(one, kind));
        }
        let script = self.script;
        self.checks.function(script, name, all.len(), false, expr.at);
        self.checks.operator(expr, name, all, &kinds);
        operator(name, &kinds).unwrap_or_else(|| methods::of_function(in_english(name), all.len()))
    }

    fn of_library(
        &mut self,
        expr: &Expr,
        library: &str,
        name: &str,
        kinds: &[ValueKind],
        scope: &Scope,
    ) -> ValueKind {
        let path = scope.imports.get(library).map_or(library, String::as_str);
        let Some(script) = self.symbols.libraries.get(path) else { return ValueKind::Unknown };
        let Some(function) = script.function(name, kinds.len()) else {
            self.checks.of_library(script, path, name, kinds.len(), expr.at);
            return ValueKind::Unknown;
        };
        let outer = std::mem::replace(&mut self.script, script);
        let at = self.checks.library.replace(path.to_owned());
        let kind = self.call(path, function, kinds);
        (self.script, self.checks.library) = (outer, at);
        kind
    }
}
