//! Rules that are left out over a submission, since they ended the process that ran them, or one of their pack did.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::rule::Rule;
use crate::model::text::Text;
use crate::script::error::RuleFault;

/// The rulebook that rules run for: the same id may be that of different rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// That of all packs.
    All,
    /// That of the lowest pack alone.
    Lowest,
}

impl Layer {
    /// What a rule is called among those of all rulebooks.
    pub fn key(self, id: &str) -> Cow<'_, str> {
        match self {
            Self::All => Cow::Borrowed(id),
            Self::Lowest => Cow::Owned(format!("{id} (lowest)")),
        }
    }
}

/// Why a rule is left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Lost {
    /// It ended the process that ran it, in words.
    Died(Text),
    /// It left memory behind in a process that ended; what is said of it.
    Leaked(RuleFault),
    /// So many rules of its pack ended their process that none of them is run; the id of the pack.
    Given(String),
}

impl Lost {
    /// What is said of the rule.
    pub fn fault(&self, rule: &Rule) -> RuleFault {
        let (message, help) = match self {
            Self::Leaked(fault) => return fault.clone(),
            Self::Died(why) => died(why),
            Self::Given(pack) => given_up(pack),
        };
        RuleFault::whole(&rule.meta.id, &rule.file, message, help)
    }
}

fn died(why: &Text) -> (Text, Text) {
    let message = Text::new(
        format!("规则使运行它的进程终止：{}", why.zh),
        format!("the rule ended the process that ran it: {}", why.en),
    );
    let help = Text::new(
        "检查其中的循环、递归和嵌套；其余规则和单位不受影响",
        "look for loops, recursion and nesting in it; other rules and organizations are not affected",
    );
    (message, help)
}

fn given_up(pack: &str) -> (Text, Text) {
    let message = Text::new(
        format!("规则包“{pack}”中使进程终止的规则过多，本包规则一律不再运行"),
        format!("too many rules of the pack `{pack}` ended their process: none of its rules is run"),
    );
    let help = Text::new(
        "先改正这个规则包中已指出的规则；全国规则的结果不受影响",
        "put the rules of this pack right that are named; the national result is not affected",
    );
    (message, help)
}
