//! `wangge explain` and `wangge schema`.

use super::argument::bind;
use super::command::Command;
use super::rules::{Day, choices, scripts};
use super::value::{positional, positional_choice};
use crate::assessment::session::Choices;
use crate::command::schema::Described;
use crate::command::{explain as explanations, schema as schemas};
use crate::model::text::Text;

/// `wangge explain`.
pub(super) fn explain() -> Command {
    let ids = positional::<String>(
        "ID",
        "如 A.1.2.c、A.1.2、2/10.6.1、line_f",
        "Such as A.1.2.c, A.1.2, 2/10.6.1 or `line_f`",
    );
    Command::leaf(
        "explain",
        "解释一条评价要求、评价内容、条款、规则或口径",
        "Explain a requirement, item, clause, rule or policy",
        bind!(
            ids: ids.with(|arg| arg.required(true)).many(), choices: choices(Day::OfTests)
            => Ok((ids, choices))
        ),
        scripts(|(ids, choices): &(Vec<String>, Choices), console| explanations::run(ids, choices, console)),
    )
}

/// `wangge schema`.
pub(super) fn schema() -> Command {
    let of = positional_choice("OF", "哪一种 JSON", "Which JSON", |of| match of {
        Described::Report => Text::new("评估报告", "The report of `check`"),
        Described::Plan => Text::new("达标整改方案", "The plans of `plan`"),
    });
    Command::leaf(
        "schema",
        "输出报告或达标整改方案的 JSON Schema",
        "Print the JSON Schema of the report, or of plans",
        of.or("report"),
        schemas::run,
    )
}
