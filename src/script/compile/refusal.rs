//! Why a closure is interpreted, in words.

use crate::model::text::Text;
use crate::script::syntax::tree::{Expr, ExprKind, Path, Stmt, StmtKind};

/// What kernels do not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A way of writing.
    Form(Form),
    /// A function by its name.
    Function(String),
    /// A variable by its name.
    Variable(String),
    /// A library by its name.
    Library(String),
    /// A closure given to the method of this name.
    Given(String),
    /// It is over a list.
    List(Box<Refusal>),
    /// It is over groups.
    Groups(Box<Refusal>),
}

/// A way of writing that kernels do not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    PartAssignment,
    OperatorAssignment,
    Switch,
    Loop,
    OpenLoop,
    Throw,
    Constant,
    Character,
    Map,
    Optional,
    Call,
    Change,
    Return,
    Elsewhere,
    Caught,
    Parameters,
    ScriptMethod,
    Depth,
    Length,
    Unknown,
}

impl Form {
    /// Why no kernel can hold the statement, whatever is inside of it.
    pub(crate) fn of_stmt(stmt: &Stmt) -> Option<Self> {
        match &stmt.kind {
            StmtKind::Assign(target, _) if target.variable().is_none() => Some(Self::PartAssignment),
            StmtKind::AssignOp(..) => Some(Self::OperatorAssignment),
            StmtKind::Switch(..) => Some(Self::Switch),
            StmtKind::While(..)
            | StmtKind::Break(_)
            | StmtKind::Continue
            | StmtKind::For { counter: Some(_), .. } => Some(Self::Loop),
            StmtKind::For { over, .. } if !matches!(over.kind, ExprKind::List(_)) => Some(Self::OpenLoop),
            StmtKind::Throw(_) | StmtKind::Try(..) => Some(Self::Throw),
            StmtKind::Other => Some(Self::Unknown),
            _ => None,
        }
    }

    /// Why no kernel can hold the expression, whatever is inside of it.
    pub(crate) fn of_expr(expr: &Expr) -> Option<Self> {
        match &expr.kind {
            _ if expr.optional => Some(Self::Optional),
            ExprKind::Constant(_) | ExprKind::Literal => Some(Self::Constant),
            ExprKind::Char => Some(Self::Character),
            ExprKind::Map(_) => Some(Self::Map),
            ExprKind::Call { captures_scope: true, .. } => Some(Self::Call),
            ExprKind::Call { path, .. } if path.as_ref().is_some_and(Path::is_nested) => Some(Self::Call),
            ExprKind::Other => Some(Self::Unknown),
            _ => None,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::PartAssignment => ("给值的一部分赋值", "an assignment to a part of a value"),
            Self::OperatorAssignment => ("带运算符的赋值", "an assignment with an operator"),
            Self::Switch => ("switch", "`switch`"),
            Self::Loop => ("循环", "a loop"),
            Self::OpenLoop => ("循环的对象不是写明的列表", "a loop over something else than a written list"),
            Self::Throw => ("throw 或 try", "`throw` or `try`"),
            Self::Constant => ("脚本的常量", "a constant of the script"),
            Self::Character => ("单个字符", "a single character"),
            Self::Map => ("映射", "a map"),
            Self::Optional => ("?. 或 ?[", "`?.` or `?[`"),
            Self::Call => ("不寻常的调用", "an odd call"),
            Self::Change => ("改动捕获的值", "a change of a captured value"),
            Self::Return => ("表达式中的 return", "`return` inside an expression"),
            Self::Elsewhere => {
                ("闭包交给了列表和行以外的对象", "a closure given to something else than a list or rows")
            }
            Self::Caught => ("闭包捕获了它所遍历的值", "a closure that captures the value it is given to"),
            Self::Parameters => ("闭包不止一个参数", "a closure with more than one parameter"),
            Self::ScriptMethod => ("脚本里写的方法", "a method written in the script"),
            Self::Depth => ("脚本函数层层调用太深", "script functions that call each other deeply"),
            Self::Length => ("太长", "it is too long"),
            Self::Unknown => ("内核不认识的写法", "something kernels do not know"),
        }
    }
}

impl Refusal {
    /// In words.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::Form(form) => {
                let (zh, en) = form.words();
                Text::new(zh, en)
            }
            Self::Function(name) => Text::new(format!("函数“{name}”"), format!("the function `{name}`")),
            Self::Variable(name) => Text::new(format!("变量“{name}”"), format!("the variable `{name}`")),
            Self::Library(name) => Text::new(format!("库“{name}”"), format!("the library `{name}`")),
            Self::Given(name) => {
                Text::new(format!("交给“{name}”的闭包"), format!("a closure given to `{name}`"))
            }
            Self::List(why) => {
                let why = why.text();
                Text::new(
                    format!("遍历的是列表，不是行（{}）", why.zh),
                    format!("it is over a list, not over rows ({})", why.en),
                )
            }
            Self::Groups(why) => {
                let why = why.text();
                Text::new(
                    format!("遍历的是分组，不是行（{}）", why.zh),
                    format!("it is over groups, not over rows ({})", why.en),
                )
            }
        }
    }
}
