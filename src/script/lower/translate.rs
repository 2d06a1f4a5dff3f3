//! From the script engine's AST to [`Ir`]. The only module that touches rhai's internals: they are volatile, the
//! version is pinned exactly, and a differential test compares kernels with interpretation.

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::{AST, ASTNode, BinaryExpr, Expr, FnCallExpr, Stmt};

use super::Lowering;
use super::ir::{Arithmetic, Comparison, Ir};

/// Helpers a kernel knows, under every name they have.
const HELPERS: [(&str, &str); 8] = [
    ("blank", "为空"),
    ("filled", "已填"),
    ("has_digit", "含数字"),
    ("mentions", "提到"),
    ("same_standard", "同一标准"),
    ("valid_id_number", "身份证号有效"),
    ("valid_credit_code", "信用代码有效"),
    ("phone_form", "电话格式"),
];

/// Every closure of the script by name.
pub(super) fn closures(ast: &AST) -> BTreeMap<String, Lowering> {
    let anonymous = ast.iter_functions().filter(|function| function.name.starts_with("anon$"));
    let named = anonymous.map(|function| {
        let params: Vec<String> = function.params.iter().map(|name| (*name).to_owned()).collect();
        (function.name.to_owned(), lower(ast, function.name, &params))
    });
    named.collect()
}

fn lower(ast: &AST, name: &str, params: &[String]) -> Lowering {
    // Not `clone_functions_only_filtered`: in 1.27.0 it keeps every function.
    let mut own = ast.clone_functions_only();
    own.retain_functions(|_, _, other, arity| other == name && arity == params.len());
    let mut body: Option<Result<Ir, String>> = None;
    let (mut statements, mut line) = (0_usize, 0);
    own.walk(&mut |path: &[ASTNode<'_>]| {
        if let [ASTNode::Stmt(statement)] = path {
            statements = statements.saturating_add(1);
            line = statement.position().line().unwrap_or(line);
            body = Some(Translator { params }.statement(statement));
        }
        true
    });
    match body {
        Some(Ok(ir)) if statements == 1 => Lowering::Lowered(Arc::new(ir)),
        Some(Err(why)) if statements == 1 => Lowering::Interpreted(line, why),
        _ => Lowering::Interpreted(line, "more than one statement".to_owned()),
    }
}

/// Captured values come first among the parameters, the row last.
struct Translator<'a> {
    params: &'a [String],
}

type Translated = Result<Ir, String>;

fn not_lowered(what: &str) -> Translated {
    Err(what.to_owned())
}

impl Translator<'_> {
    fn statement(&self, statement: &Stmt) -> Translated {
        match statement {
            Stmt::FnCall(call, _) => self.call(call),
            Stmt::Expr(expression) => self.expression(expression),
            Stmt::Return(Some(value), ..) => self.expression(value),
            _ => not_lowered("a statement other than one expression"),
        }
    }

    fn expression(&self, expression: &Expr) -> Translated {
        match expression {
            Expr::BoolConstant(yes, _) => Ok(Ir::Bool(*yes)),
            Expr::IntegerConstant(number, _) => Ok(Ir::Int(*number)),
            Expr::StringConstant(text, _) => Ok(Ir::Text(text.to_string())),
            Expr::Unit(_) => Ok(Ir::Unit),
            Expr::Array(list, _) => Ok(Ir::List(self.all(list)?)),
            Expr::And(list, _) => Ok(Ir::And(self.all(list)?)),
            Expr::Or(list, _) => Ok(Ir::Or(self.all(list)?)),
            Expr::Variable(variable, _, _) => self.variable(&variable.1),
            Expr::Dot(pair, _, _) => self.dot(pair),
            Expr::FnCall(call, _) => self.call(call),
            Expr::Stmt(block) => match block.statements() {
                [statement] => self.statement(statement),
                _ => not_lowered("a block of several statements"),
            },
            _ => not_lowered("an expression that kernels do not know"),
        }
    }

    fn all(&self, list: &[Expr]) -> Result<Vec<Ir>, String> {
        list.iter().map(|expression| self.expression(expression)).collect()
    }

    fn variable(&self, name: &str) -> Translated {
        match self.params.iter().position(|param| param == name) {
            Some(at) if at.saturating_add(1) < self.params.len() => Ok(Ir::Captured(at)),
            Some(_) => not_lowered("the row as a whole"),
            None => not_lowered("a variable that is not captured"),
        }
    }

    /// `row.column`.
    fn dot(&self, pair: &BinaryExpr) -> Translated {
        let row = self.params.last().map(String::as_str);
        match (&pair.lhs, &pair.rhs) {
            (Expr::Variable(variable, _, _), Expr::Property(property, _))
                if row == Some(variable.1.as_str()) =>
            {
                Ok(Ir::Cell(property.2.to_string()))
            }
            _ => not_lowered("a method or property other than a column of the row"),
        }
    }

    fn call(&self, call: &FnCallExpr) -> Translated {
        if !call.namespace.is_empty() {
            return not_lowered("a function of a library");
        }
        let name = call.name.as_str();
        match (name, call.args.as_slice()) {
            ("!", [one]) => Ok(Ir::Not(Box::new(self.expression(one)?))),
            ("+", [a, b]) => self.arithmetic(Arithmetic::Add, a, b),
            ("-", [a, b]) => self.arithmetic(Arithmetic::Subtract, a, b),
            ("contains", [list, needle]) => {
                Ok(Ir::In(Box::new(self.expression(needle)?), Box::new(self.expression(list)?)))
            }
            (sign, [a, b]) if Comparison::of(sign).is_some() => {
                let comparison = Comparison::of(sign).unwrap_or(Comparison::Equal);
                Ok(Ir::Compare(comparison, Box::new(self.expression(a)?), Box::new(self.expression(b)?)))
            }
            (name, args) => match HELPERS.iter().find(|(en, zh)| *en == name || *zh == name) {
                Some((en, _)) => Ok(Ir::Call(en, self.all(args)?)),
                None => Err(format!("the function `{name}`")),
            },
        }
    }

    fn arithmetic(&self, operator: Arithmetic, a: &Expr, b: &Expr) -> Translated {
        Ok(Ir::Arithmetic(operator, Box::new(self.expression(a)?), Box::new(self.expression(b)?)))
    }
}
