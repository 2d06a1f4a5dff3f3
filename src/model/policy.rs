//! Named readings of the standard, with the clause each reads, its default and why.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Text;

/// One named reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "标准的一种读法"))]
pub struct Policy {
    /// The reading in force.
    #[schemars(extend("zh" = "现行的取值"))]
    pub value: String,
    /// Every reading there is.
    #[schemars(extend("zh" = "可以取的值"))]
    pub values: Vec<String>,
    /// Clause or item read, such as `5/7.2` or `A.4`.
    #[schemars(extend("zh" = "针对哪个条款或评价内容，如 5/7.2、A.4"))]
    pub clause: String,
    /// What is decided.
    #[schemars(extend("zh" = "决定什么"))]
    pub title: Text,
    /// Why the default is what it is.
    #[schemars(extend("zh" = "为什么这样默认"))]
    pub why: Text,
}

/// The policy by which a deduction printed once may count each of its conditions.
pub const COUNTING: &str = "line_f";

/// Its reading by which it does.
pub const EACH: &str = "each";

/// All readings by name.
pub type Policies = BTreeMap<String, Policy>;
