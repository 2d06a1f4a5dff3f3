//! The submission as a whole: readings in force, standings, and titles read by the words of the packs.

use crate::script::function::cost::CostModel;
use crate::script::function::{Circumstance, HostFunction, Type, function, property};
use crate::script::stdlib::kernels;
use crate::script::stdlib::places;
use crate::script::stdlib::submission;
use crate::script::stdlib::titles;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    property("as_of", "截止日", "t: tables", Type::Date, "t.as_of")
        .about("判断日期所依据的那一天", "the day on which dates are judged"),
    function("policy", "口径", "t: tables, name: String", Type::Text, r#"t.policy("claimed_subjects")"#)
        .about("现行口径（评价标准的读法）的取值", "the reading of the standard in force under this name").kernel().reads(Circumstance::Reading)
        .by(|to| to.add(submission::policy)),
    function("edition", "版本", "t: tables, number: String", Type::Optional(&Type::Map(&[("status", Type::Text), ("replaced_by", Type::Text), ("fault", Type::Text), ("ended", Type::Any)])), r#"t.edition("GB/T 1.1-2020").status"#)
        .about("标准编号在判断日的状态：.status（current、upcoming、replaced、abolished、unlisted，登记库收录齐全而查无此号的为 missing）、.replaced_by、.ended，以及编号不可能存在的原因 .fault（form、code、early、late）", "the standing of a standard on the as-of day: .status (current, upcoming, replaced, abolished, unlisted; missing where the registry lists all of its kind), .replaced_by, .ended, and .fault, why there can be no such number (form, code, early, late)").kernel_by(kernels::edition)
        .by(|to| to.add(submission::edition)),
    function("lapsed", "已失效", "t: tables, rows: rows, column: column of rows", Type::Rows, r#"t.lapsed(t.standards, "number")"#)
        .about("所写标准在判断日已废止或已被代替的行", "rows whose standard is abolished or replaced on the as-of day")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(submission::lapsed)),
    function("division", "区划", "t: tables, code: String", Type::Map(&[("status", Type::Text), ("name", Type::Text), ("ended", Type::Any), ("successors", Type::List(&Type::Text)), ("predecessors", Type::List(&Type::Text))]), r#"t.division("110101").name"#)
        .about("六位行政区划代码在判断日的状态：.status（current、abolished、not-yet、unknown）、.name、.ended、.successors、.predecessors", "what a six-digit division code is on the as-of day: .status (current, abolished, not-yet, unknown), .name, .ended, .successors, .predecessors").kernel()
        .by(|to| to.add(submission::division)),
    function("elsewhere", "外地", "t: tables, columns: Array, own: Array, code: String, areas: Array, ends: Array", Type::Map(&[("texts", Type::Int), ("here", Type::Int), ("elsewhere", Type::Int), ("rows", Type::Any)]), r#"t.elsewhere([[t.plans, "title"]], ["临江区"], "350602", ["新城区"], ["区"]).elsewhere"#)
        .about("若干列（每项为 [行, 列名]）的文字写的是哪里：.texts 不同文字的条数，.here 其中写有本地地名（own）的条数，.elsewhere 只写有外地地名的条数，.rows 这样的行（按列）；地名以区划库为准（areas 所列词语及代码 code 的上下级地名除外），库中没有的按形式判断，须以 ends 之一结尾", "which places the texts of some columns, each as [rows, column], name: .texts how many different ones there are, .here how many name one of the own places (`own`), .elsewhere how many name others alone, .rows the rows of these, by column; places are those of the registry but `areas` and those above or below `code`, and what looks like one with one of these ends")
        .by(|to| to.add(places::elsewhere)),
    function("known_requirement", "有此要求", "t: tables, id: String", Type::Bool, r#"t.known_requirement("A.1.1.a")"#)
        .about("评分表中是否有这个评价内容或评价要求编号", "whether the scoring table has an item or requirement of this id").kernel().reads(Circumstance::Ids)
        .by(|to| to.add(submission::known_requirement)),
    function("titled", "名称相符", "t: tables, rows: rows, column: column of rows, keywords: Array, own: rows, most: int", Type::Map(&[("sure", Type::Rows), ("likely", Type::Rows), ("others", Type::List(&Type::Text))]), r#"t.titled(t.standards, "name", ["网格+划分"], t.standards, 3).sure"#)
        .about("名称与关键词相符的行：.sure 可以认定，.likely 只是相近，.others 为相近名称中另有所指的词；own 为本组织的标准，most 为一个名称最多并列几个主题", "rows whose title suits the keywords: .sure, .likely, and .others, words of the latter that speak of something else; own are the organization's standards, most is how many subjects one title may list")
        .cost(CostModel::Rows(48)).reads(Circumstance::Titles)
        .by(|to| to.add(titles::titled)),
    function("foreign", "名称另属", "t: tables, rows: rows, column: column of rows, keywords: Array", Type::Rows, r#"t.foreign(t.standards, "name", [])"#)
        .about("名称写明属于别的行业、关键词又没有要求的行", "rows whose title has a word of another trade that the keywords do not ask for")
        .cost(CostModel::Rows(48)).reads(Circumstance::Titles)
        .by(|to| to.add(titles::foreign)),
    function("papers", "非标准文书", "t: tables, rows: rows, column: column of rows", Type::Rows, r#"t.papers(t.documents, "title")"#)
        .about("名称是通知、草案、编制说明之类、不是标准本身的行", "rows whose title is that of a paper which is no standard, such as a notice or a draft")
        .cost(CostModel::Rows(48)).reads(Circumstance::Titles)
        .by(|to| to.add(titles::papers)),
    function("aimless", "名称无主题", "t: tables, rows: rows, column: column of rows", Type::Rows, r#"t.aimless(t.standards, "name")"#)
        .about("名称中没有词库所知的任何主题词的行", "rows whose title has no word of any subject that the lexicon knows")
        .cost(CostModel::Rows(48)).reads(Circumstance::Titles)
        .by(|to| to.add(titles::aimless)),
    function("related", "名称有关", "t: tables, rows: rows, column: column of rows, keywords: Array", Type::Rows, r#"t.related(t.standards, "name", ["网格+划分"])"#)
        .about("名称中至少有一个与关键词主题有关的词的行", "rows whose title has at least one word of what the keywords are about")
        .cost(CostModel::Rows(48)).reads(Circumstance::Titles)
        .by(|to| to.add(titles::related)),
    function("unlike", "名称不一", "t: tables, rows: rows, one: column of rows, other: column of rows, vague: Array", Type::Map(&[("rows", Type::Rows), ("compared", Type::Int)]), r#"t.unlike(t.documents, "file", "title", ["附件"]).rows"#)
        .about("同一行两列的名称（其中一列可以是文件名，vague 为文件名中的空泛词）：.rows 为没有一个共同的词的行，.compared 为两列都有实词、可以比较的行数", "the titles in two columns of a row, one of which may be the name of a file (the words `vague` say nothing there): .rows have no word in common, .compared is how many have words in both")
        .cost(CostModel::Rows(48)).reads(Circumstance::Titles)
        .by(|to| to.add(titles::unlike)),
    function("fitting", "名类相符", "t: tables, rows: rows, kind: column of rows, column: column of rows", Type::Rows, r#"t.fitting(t.documents, "kind", "title")"#)
        .about("名称与所填类别有共同的词的行；类别为空或为“其他”的也算", "rows whose title has a word in common with the kind entered, or whose kind is empty or other")
        .cost(CostModel::Rows(48)).reads(Circumstance::Titles)
        .by(|to| to.add(titles::fitting)),
];
