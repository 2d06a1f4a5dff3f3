//! What a closure says, free of the script engine.

/// An expression over one row and the captured values.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::script) enum Ir {
    /// A column of the row.
    Cell(String),
    /// A captured value, by its place.
    Captured(usize),
    /// `()`.
    Unit,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// A list of the above.
    List(Vec<Ir>),
    /// A comparison.
    Compare(Comparison, Box<Ir>, Box<Ir>),
    /// `&&`.
    And(Vec<Ir>),
    /// `||`.
    Or(Vec<Ir>),
    /// `!`.
    Not(Box<Ir>),
    /// `+` and `-` of numbers and dates.
    Arithmetic(Arithmetic, Box<Ir>, Box<Ir>),
    /// `needle in list`.
    In(Box<Ir>, Box<Ir>),
    /// A helper of the host, by its English name.
    Call(&'static str, Vec<Ir>),
}

/// The six comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::script) enum Comparison {
    Equal,
    Different,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Arithmetic on whole numbers and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::script) enum Arithmetic {
    Add,
    Subtract,
}

impl Comparison {
    /// The comparison written so.
    pub(super) fn of(sign: &str) -> Option<Self> {
        Some(match sign {
            "==" => Self::Equal,
            "!=" => Self::Different,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            _ => return None,
        })
    }

    /// Whether it holds of two values that compare so.
    pub(super) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Different => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    /// Whether it holds of a value and an empty cell.
    pub(super) fn with_empty(self) -> bool {
        self == Self::Different
    }

    /// Whether it holds of two empty cells.
    pub(super) fn of_empties(self) -> bool {
        self == Self::Equal
    }
}
