//! Which tables a rule looks at, and by which names of columns: read from its tree, without running it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rule::{Libraries, Rule};
use crate::script::syntax::tree::{Child, ExprKind, Function, Node, SyntaxTree};

/// What a rule and the functions of libraries that it calls look at. Names are as they are written there: ids or Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataUse {
    /// Tables: what is asked of the submission.
    pub tables: BTreeSet<String>,
    /// Everything that may name a column: properties, and texts.
    pub names: BTreeSet<String>,
}

/// The variable by which rules and libraries are given a submission.
const SUBMISSION: &str = "t";

impl Rule {
    /// Which tables it looks at, and what may be columns of them.
    pub fn data_use(&self, libraries: &Libraries) -> DataUse {
        let known = libraries.closures.libraries();
        let script = SyntaxTree::read(&self.ast);
        let mut walk = Walk { known, seen: BTreeSet::new(), found: DataUse::default() };
        for function in &script.functions {
            walk.function(&script, None, function);
        }
        walk.found
    }
}

struct Walk<'a> {
    known: &'a BTreeMap<String, Arc<SyntaxTree>>,
    /// Functions of libraries that were looked at.
    seen: BTreeSet<(String, String)>,
    found: DataUse,
}

impl Walk<'_> {
    /// A function of a script: of this library, or of the rule, whose functions are all looked at anyway.
    fn function(&mut self, script: &SyntaxTree, library: Option<&str>, function: &Function) {
        let mut calls = Vec::new();
        script.walk(&Child::Block(&function.body), &mut |node| {
            let Node::Expr(expr) = node else { return };
            match &expr.kind {
                ExprKind::Property(of, name) => {
                    let is_table = matches!(&of.kind, ExprKind::Variable(of) if of == SUBMISSION);
                    let names = if is_table { &mut self.found.tables } else { &mut self.found.names };
                    names.insert(name.clone());
                }
                ExprKind::Text(text) => {
                    self.found.names.insert(text.clone());
                }
                ExprKind::Call { path: None, name, .. } => {
                    calls.extend(library.map(|library| (library.to_owned(), name.clone())));
                }
                ExprKind::Call { path: Some(path), name, .. } => {
                    let imported = script.imports.get(path.library()).cloned();
                    calls.extend(imported.map(|library| (library, name.clone())));
                }
                _ => {}
            }
        });
        for (library, name) in calls {
            self.call(&library, &name);
        }
    }

    /// A call of a function of a library.
    fn call(&mut self, library: &str, name: &str) {
        let known = self.known;
        let Some(script) = known.get(library) else { return };
        if self.seen.insert((library.to_owned(), name.to_owned())) {
            for function in script.functions.iter().filter(|function| function.name == name) {
                self.function(script, Some(library), function);
            }
        }
    }
}
