//! Every function a rule can call, under its English and its Chinese name. This list is the only one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rhai::{Array, Dynamic, Engine, FuncRegistration, ImmutableString, Module};
use rust_decimal::{Decimal, MathematicalOps};

use super::apart;
use super::choice::{self, Choice};
use super::compare;
use super::conditions;
use super::conjunction;
use super::context::{self, Tables};
use super::decide::{self, Verdict};
use super::fault;
use super::geometry;
use super::identity;
use super::lists;
use super::lookups;
use super::natives::{self, Work};
use super::patterns;
use super::remembered;
use super::reuse;
use super::rows::{self, Group, Res, Row, Rows};
use super::spread;
use super::standards;
use super::tally;
use super::texts;
use super::titles;
use super::tree::{self, Tree};
use super::values;
use crate::model::identity as model_identity;
use crate::model::text::Text;
use crate::table::date::Date;

macro_rules! functions {
    ($module:expr; $($en:literal | $zh:literal => $function:expr;)*) => {$(
        natives::host(&mut $module.module, FuncRegistration::new($en), $function, Work::of_host($en));
        natives::host(&mut $module.module, FuncRegistration::new($zh), $function, Work::of_host($en));
        $module.names.push(($zh, $en));
    )*};
}

/// Functions, and the Chinese name of each beside the English one.
#[derive(Default)]
struct Vocabulary {
    module: Module,
    names: Vec<(&'static str, &'static str)>,
}

pub(super) fn register(engine: &mut Engine) {
    types(engine);
    properties(engine);
    engine.register_global_module(functions().module.build_index().clone().into());
}

/// The Chinese name of each function and property beside the English one.
pub(super) fn names() -> Vec<(&'static str, &'static str)> {
    functions().names.into_iter().chain(PROPERTIES.iter().copied()).collect()
}

/// The English name of a function that rules may call by its Chinese one.
pub(super) fn in_english(name: &str) -> &str {
    static NAMES: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    NAMES.get_or_init(|| names().into_iter().collect()).get(name).copied().unwrap_or(name)
}

/// The functions of these English names as rules may write them, in either language.
pub(super) fn spellings(english: &[&'static str]) -> Vec<&'static str> {
    static NAMES: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    let chinese = NAMES.get_or_init(names).iter().filter(|(_, en)| english.contains(en)).map(|(zh, _)| *zh);
    english.iter().copied().chain(chinese).collect()
}

/// English names of what can be called on rows.
pub(super) fn of_rows() -> &'static BTreeSet<&'static str> {
    static NAMES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut words = Vocabulary::default();
        [selections, comparisons, drawings, trees].into_iter().for_each(|add| add(&mut words));
        words.names.into_iter().map(|(_, en)| en).collect()
    })
}

fn functions() -> Vocabulary {
    let mut module = Vocabulary::default();
    tables(&mut module);
    selections(&mut module);
    comparisons(&mut module);
    drawings(&mut module);
    trees(&mut module);
    dates(&mut module);
    helpers(&mut module);
    walks(&mut module);
    decisions(&mut module);
    choices(&mut module);
    module
}

fn types(engine: &mut Engine) {
    engine
        .register_type_with_name::<Tables>("tables")
        .register_type_with_name::<Rows>("rows")
        .register_type_with_name::<Row>("row")
        .register_type_with_name::<Group>("group")
        .register_type_with_name::<Tree>("tree")
        .register_type_with_name::<Date>("date")
        .register_type_with_name::<Choice>("choice")
        .register_type_with_name::<Verdict>("decision")
        .register_indexer_get(context::table)
        .register_indexer_get(rows::cell)
        .register_iterator::<Rows>();
}

fn tables(module: &mut Vocabulary) {
    functions!(module;
        "policy" | "口径" => context::policy;
        "edition" | "版本" => context::edition;
        "lapsed" | "已失效" => context::lapsed;
        "division" | "区划" => context::division;
        "known_requirement" | "有此要求" => context::known_requirement;
        "titled" | "名称相符" => titles::titled;
        "foreign" | "名称另属" => titles::foreign;
        "papers" | "非标准文书" => titles::papers;
        "related" | "名称有关" => titles::related;
        "unlike" | "名称不一" => titles::unlike;
        "fitting" | "名类相符" => titles::fitting;
    );
}

fn selections(module: &mut Vocabulary) {
    functions!(module;
        "filter" | "筛选" => conditions::filter;
        "any" | "任一" => conditions::any;
        "all" | "全部" => conditions::all;
        "count" | "计数" => conditions::count_where;
        "count" | "计数" => rows::count;
        "first" | "首行" => conditions::first_where;
        "first" | "首行" => rows::first;
        "last" | "末行" => rows::last;
        "map" | "逐行" => conditions::map;
        "is_empty" | "无行" => rows::is_empty;
        "lacks" | "缺列" => rows::lacks;
        "unique" | "去重" => rows::unique;
        "group" | "分组" => rows::group;
        "sum" | "合计" => rows::sum;
        "duplicates" | "重复行" => rows::duplicates;
        "alike" | "写法不一" => rows::alike;
        "blank" | "空白行" => rows::blank_in;
        "filled" | "已填行" => rows::filled_in;
        "told" | "读懂行" => spread::told;
        "latest" | "最近" => rows::latest;
        "where" | "等于" => lookups::matching_value;
        "find" | "查找" => lookups::find;
        "refers" | "引用存在" => lookups::refers;
        "dangling" | "引用悬空" => lookups::dangling;
        "except" | "排除" => lookups::except;
        "at" | "处" => decide::cells_of_rows;
        "at" | "处" => decide::cell_of_row;
    );
    natives::host(&mut module.module, FuncRegistration::new("+"), lookups::union, Work::of_host("+"));
}

fn comparisons(module: &mut Vocabulary) {
    functions!(module;
        "later" | "晚于" => compare::later;
        "earlier" | "早于" => compare::earlier;
        "above" | "大于" => compare::above;
        "below" | "小于" => compare::below;
        "malformed" | "格式不符" => compare::malformed;
        "duplicates" | "重复行" => compare::repeated;
        "duplicates" | "重复行" => compare::repeated_by;
        "distinct" | "不重复行" => compare::distinct_by;
    );
}

fn drawings(module: &mut Vocabulary) {
    functions!(module;
        "drawn" | "有图形" => geometry::drawn;
        "misdrawn" | "图形有误" => geometry::misdrawn;
        "drawn_area" | "图形面积" => geometry::drawn_area;
        "overlaps" | "重叠" => geometry::overlaps;
        "uncovered" | "未覆盖" => geometry::uncovered;
        "outside" | "越界" => geometry::outside;
    );
}

macro_rules! property_list {
    ($($en:literal | $zh:literal => $getter:expr;)*) => {
        /// Properties cost no more than the operation itself.
        fn properties(engine: &mut Engine) {$(
            engine.register_get($en, $getter);
            engine.register_get($zh, $getter);
        )*}

        const PROPERTIES: &[(&str, &str)] = &[$(($zh, $en)),*];
    };
}

property_list! {
    "missing" | "缺表" => rows::missing;
    "key" | "键" => rows::group_key;
    "rows" | "行" => rows::group_rows;
    "roots" | "根" => tree::roots;
    "orphans" | "孤儿" => tree::orphans;
    "cycles" | "循环" => tree::looped;
    "leaves" | "叶" => tree::leaves;
    "strays" | "编码不承上级" => tree::strays;
    "year" | "年" => |day: &mut Date| day.ymd().map_or(0, |(year, _, _)| i64::from(year));
    "chinese" | "年月日" => |day: &mut Date| day.chinese();
    "outcome" | "结论" => decide::outcome_name;
}

fn trees(module: &mut Vocabulary) {
    functions!(module;
        "tree" | "树" => tree::tree;
        "misplaced" | "层次不符" => tree::misplaced;
        "misplaced" | "层次不符" => tree::out_of_order;
    );
}

fn dates(module: &mut Vocabulary) {
    functions!(module;
        "date" | "日期" => |text: ImmutableString| -> Res<Date> {
            Date::from_iso(&text).ok_or_else(|| fault::raise(
                Text::new(format!("“{text}”不是日期"), format!("`{text}` is not a date")),
                Text::new("写成 2026-06-30", "write it as 2026-06-30"),
            ))
        };
        "plus_months" | "加月" => |day: Date, months: i64| day.plus_months(months).ok_or_else(out_of_calendar);
        "plus_days" | "加日" => |day: Date, days: i64| day.plus_days(days).ok_or_else(out_of_calendar);
        "to_string" | "成文字" => |day: Date| day.to_string();
    );
    natives::host(&mut module.module, FuncRegistration::new("-"), days_between, Work::Free);
    natives::host(&mut module.module, FuncRegistration::new("**"), power, Work::Slower);
}

/// The script engine has it for operators alone, where nothing charges what it costs.
fn power(base: Decimal, exponent: Decimal) -> Res<Decimal> {
    base.checked_powd(exponent)
        .ok_or_else(|| fault::raise(Text::new("乘方超出范围", "the power is out of range"), Text::default()))
}

fn days_between(a: Date, b: Date) -> i64 {
    i64::from(a.days()) - i64::from(b.days())
}

fn out_of_calendar() -> Box<rhai::EvalAltResult> {
    fault::raise(Text::new("日期超出历法范围", "the date is out of the calendar's range"), Text::default())
}

fn helpers(module: &mut Vocabulary) {
    functions!(module;
        "blank" | "为空" => |value: Dynamic| values::blank(&value);
        "filled" | "已填" => |value: Dynamic| !values::blank(&value);
        "has_digit" | "含数字" => |text: ImmutableString| texts::has_digit(&text);
        "all_digits" | "全是数字" => |text: ImmutableString| texts::all_digits(&text);
        "own_number" | "自编号" => |text: ImmutableString| (*remembered::number(&text)).clone();
        "own_number_fault" | "自编号毛病" => |text: ImmutableString| (*remembered::fault(&text)).clone();
        "initials_fit" | "首字母相符" => |letters: ImmutableString, name: ImmutableString| remembered::initials_fit(&letters, &name);
        "place_of" | "所在地名" => |name: ImmutableString| (*remembered::place(&name)).clone();
        "same_standard" | "同一标准" => |a: ImmutableString, b: ImmutableString| {
            standards::canonical(&a) == standards::canonical(&b)
        };
        "undated" | "不带年号" => |text: ImmutableString| (*remembered::number_undated(&text)).clone();
        "origin_of" | "标准来源" => |text: ImmutableString| (*remembered::origin(&text)).clone();
        "mentions" | "提到" => mentions;
    "parts" | "拆分" => |text: ImmutableString, signs: Array| -> Array {
            texts::parts(&text, words(&signs).iter().map(ImmutableString::as_str)).into_iter().map(Dynamic::from).collect()
        };
        "quoted" | "引出" => |keywords: Array| texts::quoted(words(&keywords).iter().map(ImmutableString::as_str));
        "matches" | "匹配" => patterns::matches;
        "valid_id_number" | "身份证号有效" => |text: ImmutableString| model_identity::valid_id_number(&text);
        "valid_credit_code" | "信用代码有效" => |text: ImmutableString| identity::valid_credit_code(&text);
        "phone_form" | "电话格式" => |text: ImmutableString| identity::phone_form(&text);
        "birthday" | "出生日期" => |text: ImmutableString| {
            model_identity::birthday(&text).map_or(Dynamic::UNIT, Dynamic::from)
        };
        "initials" | "首字母" => |text: ImmutableString| identity::initials(&text);
        "join" | "连接" => |words: Array, sign: ImmutableString| {
            words.iter().map(ToString::to_string).collect::<Vec<_>>().join(&sign)
        };
        "ratio" | "比率" => percentage;
        "spread" | "分散" => spread::spread;
        "reused" | "语句重复" => reuse::reused;
    );
}

fn walks(module: &mut Vocabulary) {
    functions!(module;
        "filter" | "筛选" => lists::filter;
        "map" | "逐行" => lists::map;
        "some" | "任一" => lists::some;
        "all" | "全部" => lists::all;
    );
}

/// [`texts::Keywords`] over a list as rules write it.
fn mentions(text: ImmutableString, keywords: Array) -> bool {
    texts::Keywords::new(words(&keywords).iter().map(ImmutableString::as_str)).suit(&text)
}

/// The texts of a list.
fn words(list: &Array) -> Vec<ImmutableString> {
    list.iter().filter_map(|one| one.clone().into_immutable_string().ok()).collect()
}

/// `part` of `whole` as an exact percentage.
fn percentage(part: Dynamic, whole: Dynamic) -> Res<Dynamic> {
    let numbers = values::number(&part).zip(values::number(&whole));
    let hundredfold = numbers.and_then(|(part, whole)| Some((part.checked_mul(100.into())?, whole)));
    let percent = hundredfold.and_then(|(part, whole)| part.checked_div(whole));
    percent.map(Dynamic::from_decimal).ok_or_else(|| {
        fault::raise(
            Text::new("比率的两个参数应是数，且分母不为零", "ratio takes two numbers, the second not zero"),
            Text::new("先判断分母", "test the second one first"),
        )
    })
}

fn decisions(module: &mut Vocabulary) {
    functions!(module;
        "met" | "符合" => decide::met;
        "met" | "符合" => decide::met_because;
        "unmet" | "不符合" => decide::unmet;
        "absent" | "缺失" => decide::absent;
        "unknown" | "待定" => decide::unknown;
        "measured" | "测得" => decide::measured;
        "require" | "须有" => decide::require;
        "require_none" | "须无" => decide::require_none;
        "advise" | "建议" => decide::advise;
        "all_of" | "合并" => conjunction::all_of;
        "based_on" | "依据" => decide::based_on;
        "resting_on" | "凭据" => decide::resting_on;
        "by_itself" | "单独判断" => apart::by_itself;
        "grave" | "整体存疑" => decide::grave;
        "tally" | "分述" => tally::tally;
    );
}

fn choices(module: &mut Vocabulary) {
    natives::host(&mut module.module, FuncRegistration::new("=="), choice::equals, Work::Free);
    natives::host(&mut module.module, FuncRegistration::new("!="), choice::differs, Work::Free);
    natives::host(&mut module.module, FuncRegistration::new("=="), choice::equals_reversed, Work::Free);
    natives::host(&mut module.module, FuncRegistration::new("!="), choice::differs_reversed, Work::Free);
    natives::host(&mut module.module, FuncRegistration::new("=="), choice::same, Work::Free);
    natives::host(&mut module.module, FuncRegistration::new("!="), choice::not_same, Work::Free);
    for name in ["to_string", "to_debug"] {
        natives::host(&mut module.module, FuncRegistration::new(name), choice::to_text, Work::Free);
    }
    natives::host(
        &mut module.module,
        FuncRegistration::new("+"),
        |text: ImmutableString, choice: Choice| format!("{text}{choice}"),
        Work::Walk,
    );
    natives::host(
        &mut module.module,
        FuncRegistration::new("+"),
        |choice: Choice, text: ImmutableString| format!("{choice}{text}"),
        Work::Walk,
    );
    natives::host(
        &mut module.module,
        FuncRegistration::new("+"),
        |text: ImmutableString, day: Date| format!("{text}{day}"),
        Work::Walk,
    );
}
