//! What a script says, with the place of every part: what the lints look at.

use std::collections::BTreeMap;

/// 1-based line and column, in characters.
pub(crate) type At = (usize, usize);

/// The functions of one script, and what stands outside of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Script {
    pub(crate) functions: Vec<Function>,
    /// Bodies of closures by the name the engine gave them; captured values come first among the parameters.
    pub(crate) closures: BTreeMap<String, Function>,
    pub(crate) globals: Vec<Statement>,
}

/// A function, or the body of a closure.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) params: Vec<String>,
    pub(crate) start: At,
    pub(crate) body: Vec<Statement>,
}

/// A statement.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// Where it begins; what it declares or imports, if it does.
    pub(crate) at: At,
    pub(crate) does: StmtKind,
}

#[derive(Clone, Debug)]
pub(crate) enum StmtKind {
    Let(String, Node),
    /// What is assigned to, and the value.
    Assign(Node, Node),
    If(Node, Vec<Statement>, Vec<Statement>),
    /// Without a condition it is a `loop`.
    While(Option<Node>, Vec<Statement>),
    For(Vec<String>, Node, Vec<Statement>),
    Return(Option<Node>),
    Throw(Option<Node>),
    Break(Option<Node>),
    Continue,
    /// The library, and the name it is given.
    Import(String, String),
    Try(Vec<Statement>, Vec<Statement>),
    /// Conditions and values of its cases.
    Switch(Node, Vec<(Node, Node)>),
    Plain(Node),
    Block(Vec<Statement>),
    Nothing,
}

/// An expression.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: At,
    pub(crate) is: ExprKind,
}

#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    Unit,
    Bool(bool),
    Int(i64),
    Decimal(String),
    Text(String),
    Join(Vec<Node>),
    List(Vec<Node>),
    Map(Vec<(String, At, Node)>),
    Name(String),
    /// `global::NAME`, or a constant of a library: the library.
    Shared(String),
    Get(Box<Node>, String),
    Index(Box<Node>, Box<Node>),
    Method(Box<Node>, String, Vec<Node>),
    /// `library::name(arguments)`; operators have their sign as name.
    Call(Option<String>, String, Vec<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Coalesce(Vec<Node>),
    Block(Vec<Statement>),
    /// A closure by its name, with the names of what it captures.
    Closure(String, Vec<String>),
    Other,
}

/// Something inside of something else.
pub(crate) enum Part<'a> {
    Node(&'a Node),
    Lines(&'a [Statement]),
    Closure(&'a Function),
}

impl Node {
    /// Its parts, in the order in which they stand.
    pub(crate) fn parts<'a>(&'a self, script: &'a Script) -> Vec<Part<'a>> {
        match &self.is {
            ExprKind::Join(all)
            | ExprKind::List(all)
            | ExprKind::And(all)
            | ExprKind::Or(all)
            | ExprKind::Coalesce(all)
            | ExprKind::Call(_, _, all) => nodes(all),
            ExprKind::Map(entries) => entries.iter().map(|(_, _, value)| Part::Node(value)).collect(),
            ExprKind::Get(of, _) => vec![Part::Node(of)],
            ExprKind::Index(of, index) => vec![Part::Node(of), Part::Node(index)],
            ExprKind::Method(of, _, all) => std::iter::once(Part::Node(of)).chain(nodes(all)).collect(),
            ExprKind::Block(lines) => vec![Part::Lines(lines)],
            ExprKind::Closure(name, _) => script.closures.get(name).map(Part::Closure).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The variable it is, if it is one.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.is {
            ExprKind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The text it is, if it is one that stands there.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.is {
            ExprKind::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn nodes(all: &[Node]) -> Vec<Part<'_>> {
    all.iter().map(Part::Node).collect()
}

impl Statement {
    /// Its parts, in the order in which they stand.
    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        match &self.does {
            StmtKind::Let(_, value) | StmtKind::Plain(value) => vec![Part::Node(value)],
            StmtKind::Assign(target, value) => vec![Part::Node(target), Part::Node(value)],
            StmtKind::If(test, yes, no) => vec![Part::Node(test), Part::Lines(yes), Part::Lines(no)],
            StmtKind::While(test, body) => {
                let mut parts: Vec<Part<'_>> = test.iter().map(Part::Node).collect();
                parts.push(Part::Lines(body));
                parts
            }
            StmtKind::For(_, over, body) => vec![Part::Node(over), Part::Lines(body)],
            StmtKind::Return(value) | StmtKind::Throw(value) | StmtKind::Break(value) => {
                value.as_ref().map(Part::Node).into_iter().collect()
            }
            StmtKind::Try(body, otherwise) => vec![Part::Lines(body), Part::Lines(otherwise)],
            StmtKind::Switch(over, cases) => {
                let cases = cases.iter().flat_map(|(test, value)| [Part::Node(test), Part::Node(value)]);
                std::iter::once(Part::Node(over)).chain(cases).collect()
            }
            StmtKind::Block(lines) => vec![Part::Lines(lines)],
            StmtKind::Continue | StmtKind::Import(..) | StmtKind::Nothing => Vec::new(),
        }
    }
}

impl Script {
    /// Shows every statement and expression below these parts, those of closures among them.
    pub(crate) fn walk<'a>(&'a self, part: &Part<'a>, seen: &mut dyn FnMut(Seen<'a>)) {
        match part {
            Part::Node(node) => {
                seen(Seen::Node(node));
                node.parts(self).iter().for_each(|part| self.walk(part, seen));
            }
            Part::Lines(lines) => {
                for line in *lines {
                    seen(Seen::Statement(line));
                    line.parts().iter().for_each(|part| self.walk(part, seen));
                }
            }
            Part::Closure(closure) => self.walk(&Part::Lines(&closure.body), seen),
        }
    }

    /// Shows everything in the script.
    pub(crate) fn everything<'a>(&'a self, seen: &mut dyn FnMut(Seen<'a>)) {
        self.walk(&Part::Lines(&self.globals), seen);
        for function in &self.functions {
            self.walk(&Part::Lines(&function.body), seen);
        }
    }

    /// The function with this name and so many parameters.
    pub(crate) fn function(&self, name: &str, count: usize) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name && function.params.len() == count)
    }
}

/// A statement or an expression.
#[derive(Clone, Copy)]
pub(crate) enum Seen<'a> {
    Statement(&'a Statement),
    Node(&'a Node),
}
