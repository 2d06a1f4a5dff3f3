//! How a rule says what it decided.

use crate::script::function::{HostFunction, Type, function, property};
use crate::script::stdlib::apart;
use crate::script::stdlib::conjunction;
use crate::script::stdlib::decisions;
use crate::script::stdlib::tally;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function("met", "符合", "place: ?", Type::Decision, r#"met(t.grids.at("name"))"#)
        .about("符合，以这些位置为依据", "met, with these places as evidence")
        .by(|to| to.add(decisions::met)),
    function("met", "符合", "place: ?, zh: String, en: String", Type::Decision, r#"met(t.grids.at("name"), "网格都有名称", "every grid has a name")"#)
        .about("符合，附依据和理由", "met, with its evidence and why")
        .by(|to| to.add(decisions::met_because)),
    function("unmet", "不符合", "place: ?, zh: String, en: String", Type::Decision, r#"unmet(t.grids.blank("name").at("name"), "有网格没有名称", "grids without a name")"#)
        .about("不符合：这些位置有欠缺，附理由", "unmet: falls short at these places, and why")
        .by(|to| to.add(decisions::unmet)),
    function("absent", "缺失", "place: ?, zh: String, en: String", Type::Decision, r#"absent(t.honours, "没有荣誉", "no honours")"#)
        .about("缺失：没有可评价的东西", "absent: there is nothing to judge")
        .by(|to| to.add(decisions::absent)),
    function("unknown", "待定", "zh: String, en: String", Type::Decision, r#"unknown("数据看不出来", "the data cannot tell")"#)
        .about("待定：数据看不出来", "unknown: the data cannot tell")
        .by(|to| to.add(decisions::unknown)),
    function("measured", "测得", "value: ?, place: ?, zh: String, en: String", Type::Decision, r#"measured(ratio(9, 10), t.satisfaction.at("satisfied"), "满意率90%", "90% are satisfied")"#)
        .about("测得的百分比、缺少的数目或等级，由评分表的档次决定得分", "a percentage, a number missing or a level: the bands of the catalog decide")
        .by(|to| to.add(decisions::measured)),
    function("require", "须有", "rows: rows, zh: String, en: String", Type::Decision, r#"require(t.honours.where("level", "national"), "没有国家级荣誉", "no honour of the state")"#)
        .about("须有这样的行：有则符合，没有则缺失，缺表则待定", "met with these rows; absent without any; unknown without the table")
        .by(|to| to.add(decisions::require)),
    function("require_none", "须无", "scope: rows, faults: ?, zh: String, en: String", Type::Decision, r#"require_none(t.grids, t.grids.blank("name").at("name"), "有网格没有名称", "grids without a name")"#)
        .about("不得有毛病：faults 为空则符合，scope 为空则缺失，缺表则待定", "met when faults is empty; absent when scope is empty; unknown without the table")
        .by(|to| to.add(decisions::require_none)),
    function("advise", "建议", "decision: decision, zh: String, en: String", Type::Decision, r#"advise(absent(t.plans, "没有计划", "no plan"), "制定年度计划", "make a plan for the year")"#)
        .about("同一结论，换上针对这一情形的整改建议", "the decision, with what to do in this very case")
        .by(|to| to.add(decisions::advise)),
    function("all_of", "合并", "decisions: Array", Type::Decision, r#"all_of([met(t.plans.at("title")), met(t.training.at("date"))])"#)
        .about("同一评价要求的几项检查合成一个结论", "several checks of one requirement as one decision")
        .by(|to| to.add(conjunction::all_of)),
    function("based_on", "依据", "tables: Array, decision: decision", Type::Decision, r#"based_on([t.plans, t.training], met(t.plans.at("title")))"#)
        .about("同一结论；所依据的数据表缺一即为待定", "the decision, but unknown when one of these tables is missing")
        .by(|to| to.add(decisions::based_on)),
    function("resting_on", "凭据", "evidence: Array, decision: decision", Type::Decision, r#"resting_on([t.training], met(t.training.at("date")))"#)
        .about("同一结论；有利于被评估单位、而所依据的行都不可信的，即为待定", "the decision, but unknown where it is in favour and all the rows it rests on are not to be believed")
        .by(|to| to.add(decisions::resting_on)),
    function("by_itself", "单独判断", "decide: FnPtr", Type::Decision, r#"by_itself(|| require(t.plans.filled("issued"), "计划没有印发日期", "plans without a date"))"#)
        .about("闭包得出的结论；其中读不懂的格、缺少的列，不影响同一规则的其他结论", "what the closure decides; cells it did not understand and columns it found missing leave nothing else of the rule open")
        .by(|to| to.add(apart::by_itself)),
    function("grave", "整体存疑", "decision: decision", Type::Decision, r#"grave(unmet(t.training.at("date"), "日期相互矛盾", "the dates contradict each other"))"#)
        .about("同一结论；真实性规则得出不符合的，单凭这一类迹象即整体存疑", "the same decision; where a rule of plausibility decides unmet, this kind alone puts the whole submission in doubt")
        .by(|to| to.add(decisions::grave)),
    function("minor", "轻微存疑", "decision: decision", Type::Decision, r#"minor(unmet(t.training.at("date"), "各场培训同为一天", "all sessions on one day"))"#)
        .about("同一结论；真实性规则得出不符合的，此类迹象如实申报的单位也会有，与其他轻微迹象合计一类", "the same decision; where a rule of plausibility decides unmet, it is what honest offices have too, and counts as one kind together with all others of this weight")
        .by(|to| to.add(decisions::minor)),
    function("tally", "分述", "parts: Array", Type::Map(&[("zh", Type::Text), ("en", Type::Text)]), r#"tally([[t.grids.blank("name"), "{}个网格没有名称", "{} grids without a name"]]).zh"#)
        .about("把几类问题合成一句（.zh .en）：每项为 [行或数, 中文, 英文]，文字中的 {} 写数量，数量为零的不写；行还可加第四个值，如 \"{number}《{name}》\"，不超过三行时逐一写明", "several kinds of fault as one sentence (.zh .en): each is [rows or number, Chinese, English], {} in a text stands for the number, and those of which there are none are left out; rows may have a fourth value such as \"{number}《{name}》\", by which up to three of them are named")
        .by(|to| to.add(tally::tally)),
    property("outcome", "结论", "decision: decision", Type::Text, r#"met(t.grids.at("name")).outcome"#)
        .about("结论：met、unmet、absent、unknown 或 not-applicable", "the outcome: met, unmet, absent, unknown or not-applicable")
        .by(|to| to.get(decisions::outcome_name)),
];
