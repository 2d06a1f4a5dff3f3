//! What a script says, as a tree of our own with the place of every part: what the lints look at and what kernels are
//! compiled from.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

/// 1-based line and column, in characters.
pub(crate) type Position = (usize, usize);

/// The functions of one script, and what stands outside of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct SyntaxTree {
    /// In the order in which they stand.
    pub(crate) functions: Vec<Function>,
    /// Bodies of closures by the name the engine gave them; captured values come first among the parameters.
    pub(crate) closures: BTreeMap<String, Function>,
    pub(crate) globals: Vec<Stmt>,
    /// Libraries by the name they have here, wherever they are imported.
    pub(crate) imports: BTreeMap<String, String>,
}

/// A function, or the body of a closure.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) params: Vec<String>,
    pub(crate) start: Position,
    pub(crate) body: Vec<Stmt>,
}

/// A statement.
#[derive(Clone, Debug)]
pub(crate) struct Stmt {
    /// Where it begins; what it declares or imports, if it does.
    pub(crate) at: Position,
    pub(crate) kind: StmtKind,
}

#[derive(Clone, Debug)]
pub(crate) enum StmtKind {
    Let(String, Expr),
    /// `target = value`.
    Assign(Expr, Expr),
    /// `target += value` and its like.
    AssignOp(Expr, Expr),
    If(Expr, Vec<Stmt>, Vec<Stmt>),
    /// `while`, and `do` with either condition; without a condition it is a `loop`.
    While(Option<Expr>, Vec<Stmt>),
    For {
        variable: String,
        /// The second name, which counts the rounds.
        counter: Option<String>,
        over: Expr,
        body: Vec<Stmt>,
    },
    Return(Option<Expr>),
    Throw(Option<Expr>),
    Break(Option<Expr>),
    Continue,
    /// The library, and the name it is given.
    Import(String, String),
    /// The body, and what catches.
    Try(Vec<Stmt>, Vec<Stmt>),
    /// Conditions and values of its cases.
    Switch(Expr, Vec<(Expr, Expr)>),
    Expr(Expr),
    Block(Vec<Stmt>),
    /// It does nothing.
    Empty,
    /// Anything else.
    Other,
}

/// An expression.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    pub(crate) at: Position,
    /// It is a link of a chain that may have ended at a `?.` or `?[`, its own or one before it.
    pub(crate) optional: bool,
    pub(crate) kind: ExprKind,
}

#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    Unit,
    Bool(bool),
    Int(i64),
    Decimal(Decimal),
    Text(String),
    Char,
    /// A constant of another type.
    Literal,
    /// A text with values put in.
    Interpolation(Vec<Expr>),
    List(Vec<Expr>),
    /// Keys with their places, and values.
    Map(Vec<(String, Position, Expr)>),
    Variable(String),
    /// `global::NAME`, or a constant of a library.
    Constant(Path),
    /// `value.name`.
    Property(Box<Expr>, String),
    /// `value[index]`.
    Index(Box<Expr>, Box<Expr>),
    /// `receiver.name(arguments)`.
    Method(Box<Expr>, String, Vec<Expr>),
    /// `library::name(arguments)`; operators have their sign as name.
    Call {
        path: Option<Path>,
        name: String,
        arguments: Vec<Expr>,
        /// `name!(…)`: the function sees the variables of its caller.
        captures_scope: bool,
    },
    And(Vec<Expr>),
    Or(Vec<Expr>),
    /// The first that is not `()`.
    Coalesce(Vec<Expr>),
    Block(Vec<Stmt>),
    /// A closure by its name, with the names of the variables it captures.
    Closure(String, Vec<String>),
    /// Anything else.
    Other,
}

/// The names before `::`, the library first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path(Vec<String>);

impl Path {
    /// Of these names; none where there are none.
    pub(crate) fn new(names: Vec<String>) -> Option<Self> {
        (!names.is_empty()).then_some(Self(names))
    }

    pub(crate) fn library(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// Whether it leads into a library of a library.
    pub(crate) fn is_nested(&self) -> bool {
        self.0.len() > 1
    }
}

/// What is directly inside of a statement or an expression.
pub(crate) enum Child<'a> {
    Expr(&'a Expr),
    Block(&'a [Stmt]),
    Closure(&'a Function),
}

/// A statement or an expression.
#[derive(Clone, Copy)]
pub(crate) enum Node<'a> {
    Stmt(&'a Stmt),
    Expr(&'a Expr),
}

impl Expr {
    /// Shows what is directly inside of it, in the order in which it stands.
    pub(crate) fn each_child<'a>(&'a self, script: &'a SyntaxTree, show: &mut dyn FnMut(Child<'a>)) {
        match &self.kind {
            ExprKind::Interpolation(all)
            | ExprKind::List(all)
            | ExprKind::And(all)
            | ExprKind::Or(all)
            | ExprKind::Coalesce(all)
            | ExprKind::Call { arguments: all, .. } => all.iter().map(Child::Expr).for_each(show),
            ExprKind::Map(entries) => entries.iter().map(|(_, _, value)| Child::Expr(value)).for_each(show),
            ExprKind::Property(of, _) => show(Child::Expr(of)),
            ExprKind::Index(of, index) => [of, index].map(|one| Child::Expr(one)).into_iter().for_each(show),
            ExprKind::Method(of, _, all) => {
                show(Child::Expr(of));
                all.iter().map(Child::Expr).for_each(show);
            }
            ExprKind::Block(body) => show(Child::Block(body)),
            ExprKind::Closure(name, _) => {
                if let Some(closure) = script.closures.get(name) {
                    show(Child::Closure(closure));
                }
            }
            ExprKind::Unit
            | ExprKind::Bool(_)
            | ExprKind::Int(_)
            | ExprKind::Decimal(_)
            | ExprKind::Text(_)
            | ExprKind::Char
            | ExprKind::Literal
            | ExprKind::Variable(_)
            | ExprKind::Constant(_)
            | ExprKind::Other => {}
        }
    }

    /// The variable it is, if it is one.
    pub(crate) fn variable(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Variable(name) => Some(name),
            _ => None,
        }
    }

    /// The text it is, if it is one that stands there.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The variable that a chain of properties, indexes and methods begins with.
    pub(crate) fn root(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Variable(name) => Some(name),
            ExprKind::Property(of, _) | ExprKind::Index(of, _) | ExprKind::Method(of, ..) => of.root(),
            _ => None,
        }
    }
}

impl Stmt {
    /// Shows what is directly inside of it, in the order in which it stands.
    pub(crate) fn each_child<'a>(&'a self, show: &mut dyn FnMut(Child<'a>)) {
        match &self.kind {
            StmtKind::Let(_, value) | StmtKind::Expr(value) => show(Child::Expr(value)),
            StmtKind::Assign(target, value) | StmtKind::AssignOp(target, value) => {
                [target, value].map(Child::Expr).into_iter().for_each(show);
            }
            StmtKind::If(test, yes, no) => {
                [Child::Expr(test), Child::Block(yes), Child::Block(no)].into_iter().for_each(show);
            }
            StmtKind::While(test, body) => {
                test.iter().map(Child::Expr).chain([Child::Block(body)]).for_each(show);
            }
            StmtKind::For { over, body, .. } => {
                [Child::Expr(over), Child::Block(body)].into_iter().for_each(show);
            }
            StmtKind::Return(value) | StmtKind::Throw(value) | StmtKind::Break(value) => {
                value.iter().map(Child::Expr).for_each(show);
            }
            StmtKind::Try(body, otherwise) => {
                [Child::Block(body), Child::Block(otherwise)].into_iter().for_each(show);
            }
            StmtKind::Switch(over, cases) => {
                show(Child::Expr(over));
                let cases = cases.iter().flat_map(|(test, value)| [Child::Expr(test), Child::Expr(value)]);
                cases.for_each(show);
            }
            StmtKind::Block(body) => show(Child::Block(body)),
            StmtKind::Continue | StmtKind::Import(..) | StmtKind::Empty | StmtKind::Other => {}
        }
    }
}

impl SyntaxTree {
    /// Shows every statement and expression below this child, each before what is inside of it, closures among them.
    pub(crate) fn walk<'a>(&'a self, child: &Child<'a>, visit: &mut dyn FnMut(Node<'a>)) {
        match child {
            Child::Expr(expr) => {
                visit(Node::Expr(expr));
                expr.each_child(self, &mut |child| self.walk(&child, visit));
            }
            Child::Block(body) => {
                for stmt in *body {
                    visit(Node::Stmt(stmt));
                    stmt.each_child(&mut |child| self.walk(&child, visit));
                }
            }
            Child::Closure(closure) => self.walk(&Child::Block(&closure.body), visit),
        }
    }

    /// Shows everything in the script.
    pub(crate) fn walk_all<'a>(&'a self, visit: &mut dyn FnMut(Node<'a>)) {
        self.walk(&Child::Block(&self.globals), visit);
        for function in &self.functions {
            self.walk(&Child::Block(&function.body), visit);
        }
    }

    /// The function with this name and so many parameters.
    pub(crate) fn function(&self, name: &str, count: usize) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name && function.params.len() == count)
    }

    /// The closure with this name and so many parameters, those it captures among them.
    pub(crate) fn closure(&self, name: &str, count: usize) -> Option<&Function> {
        self.closures.get(name).filter(|closure| closure.params.len() == count)
    }
}
