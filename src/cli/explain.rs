//! `wangge explain` and `wangge schema`.

use super::argument::bind;
use super::command::Command;
use super::config;
use super::program::program;
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
        "如 A.1.2.c、A.1.2、A.7、2/10.6.1、line_f，数据表和列如 人员、人员.姓名，数据问题如 data.wrong-type",
        "Such as A.1.2.c, A.1.2, A.7, 2/10.6.1 or `line_f`; a table or column such as `personnel` or `personnel.name`; a finding such as `data.wrong-type`",
    );
    Command::leaf(
        "explain",
        "解释一条评价要求、评价内容、条款、规则或口径，一张数据表、一列，一种数据问题",
        "Explain a requirement, item, clause, rule or policy; a table, a column, a finding about data",
        bind!(
            ids: ids.with(|arg| arg.required(true)).many(), choices: choices(Day::OfTests)
            => Ok((ids, choices))
        ),
        scripts(|(ids, choices): &(Vec<String>, Choices), console| explanations::run(ids, choices, console)),
    )
}

/// `wangge schema`.
pub(super) fn schema() -> Command {
    let of = positional_choice("OF", "哪一种", "Of what", |of| match of {
        Described::Report => Text::new("评估报告", "The report of `check`"),
        Described::Line => Text::new("-o jsonl 的一行", "A line of `-o jsonl`"),
        Described::Plan => Text::new("达标整改方案", "The plans of `plan`"),
        Described::Diff => Text::new("报告比较", "Two reports compared, of `diff`"),
        Described::Diagnosis => Text::new("doctor 的结果", "What `doctor` says"),
        Described::Log => Text::new("评价记录的一行", "A line of the log of assessments"),
        Described::Config => Text::new("设置文件 wangge.toml", "Settings: wangge.toml"),
        Described::Gate => Text::new("门禁条件", "Conditions of the gate"),
        Described::Baseline => Text::new("基准文件", "The file of a baseline"),
        Described::Waivers => Text::new("豁免文件", "The file of waivers"),
        Described::Rulings => Text::new("TOML 裁定文件", "Rulings in TOML"),
        Described::Mapping => Text::new("对应表", "A mapping"),
        Described::Pack => Text::new("规则包的 pack.toml", "`pack.toml` of a pack"),
        Described::Tables => Text::new("规则包的 tables.toml", "`tables.toml` of a pack"),
        Described::Clauses => Text::new("规则包的 clauses.toml", "`clauses.toml` of a pack"),
        Described::Catalog => Text::new("规则包的 catalog/*.toml", "`catalog/*.toml` of a pack"),
    });
    Command::leaf(
        "schema",
        "输出 JSON 结果和各种 TOML 文件的 JSON Schema",
        "Print the JSON Schema of a JSON result, or of a TOML file that people write",
        of.or("report"),
        |of, console| schemas::run(of, &config::schema(&program()), console),
    )
}
