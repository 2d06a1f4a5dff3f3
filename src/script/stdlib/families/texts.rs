//! Values, texts, identifiers and shares.

use rhai::{Array, Dynamic, ImmutableString};

use crate::model::identity as model_identity;
use crate::model::text::Text;
use crate::script::error::{self, Res};
use crate::script::function::cost::CostModel;
use crate::script::function::{HostFunction, Type, function};
use crate::script::stdlib::answer_memo;
use crate::script::stdlib::identity;
use crate::script::stdlib::kernels;
use crate::script::stdlib::legibility;
use crate::script::stdlib::reuse;
use crate::script::stdlib::spread;
use crate::script::value::cells;
use crate::script::value::patterns;
use crate::script::value::reference::standards;
use crate::script::value::texts;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function("blank", "为空", "value: ?", Type::Bool, "t.grids.filter(|r| blank(r.holder))")
        .about("值是否为空：()、空文字、空列表或空枚举", "whether the value is empty: (), empty text, an empty list or choice")
        .kernel()
        .by(|to| to.add(|value: Dynamic| cells::blank(&value))),
    function("filled", "已填", "value: ?", Type::Bool, "t.grids.filter(|r| filled(r.holder))")
        .about("值是否已填", "whether the value is not empty")
        .kernel()
        .by(|to| to.add(|value: Dynamic| !cells::blank(&value))),
    function("has_digit", "含数字", "text: String", Type::Bool, "t.grids.filter(|r| has_digit(r.name))")
        .about("文字中是否有数字", "whether the text has a digit").kernel_of_text(texts::has_digit)
        .by(|to| to.add(|text: ImmutableString| texts::has_digit(&text))),
    function("all_digits", "全是数字", "text: String", Type::Bool, "t.grids.filter(|r| all_digits(r.id))")
        .about("文字是否全是数字", "whether the text is all digits").kernel_of_text(texts::all_digits)
        .by(|to| to.add(|text: ImmutableString| texts::all_digits(&text))),
    function("own_number", "自编号", "text: String", Type::Optional(&Type::Map(&[("initials", Type::Text), ("class", Type::Text), ("group", Type::Text), ("order", Type::Int), ("year", Type::Int)])), r#"own_number("Q/ABC JC1.1-2025")"#)
        .about("自编标准号的各部分：.initials .class .group .order .year；不是则为 ()", "the parts of a number of one's own: .initials .class .group .order .year; () if it is none").kernel_by(kernels::own_number)
        .by(|to| to.add(|text: ImmutableString| (*answer_memo::number(&text)).clone())),
    function("own_number_fault", "自编号毛病", "text: String", Type::Optional(&Type::Map(&[("kinds", Type::List(&Type::Text)), ("corrected", Type::Text)])), r#"own_number_fault("Q/ABC JC1.1-25")"#)
        .about("自编标准号的毛病：.kinds 和 .corrected；没有则为 ()", "what is wrong with a number of one's own: .kinds and .corrected; () if nothing is").kernel_by(kernels::own_number_fault)
        .by(|to| to.add(|text: ImmutableString| (*answer_memo::fault(&text)).clone())),
    function("initials_fit", "首字母相符", "letters: String, name: String", Type::Bool, r#"initials_fit("LJQ", "临江区")"#)
        .about("字母是否为该地名各字拼音的首字母（多音字取任一读音）", "whether the letters begin the words of that place, in any reading of its characters").kernel_by(kernels::initials_fit)
        .by(|to| to.add(|letters: ImmutableString, name: ImmutableString| answer_memo::initials_fit(&letters, &name))),
    function("place_of", "所在地名", "name: String", Type::Text, r#"place_of("临江区网格中心")"#)
        .about("单位名称中的地名，如临江区网格中心的“临江区”", "the place in the name of an organization").kernel_by(kernels::place_of)
        .by(|to| to.add(|name: ImmutableString| (*answer_memo::place(&name)).clone())),
    function("same_standard", "同一标准", "a: String, b: String", Type::Bool, r#"same_standard("GB/T 1.1-2020", "GB/T1.1—2020")"#)
        .about("两个编号是否为同一标准，不计写法差别", "whether two numbers are of one standard, however they are written").kernel()
        .by(|to| to.add(|a: ImmutableString, b: ImmutableString| {
            standards::canonical(&a) == standards::canonical(&b)
        })),
    function("undated", "不带年号", "number: String", Type::Text, r#"undated("GB/T 1.1-2020")"#)
        .about("统一写法后去掉年号的标准编号", "the number as compared, without its year").kernel_by(kernels::undated)
        .by(|to| to.add(|text: ImmutableString| (*answer_memo::number_undated(&text)).clone())),
    function("origin_of", "标准来源", "number: String", Type::Text, r#"origin_of("GB/T 1.1-2020")"#)
        .about("由编号看出的标准来源，如 national；看不出为空文字", "where the number says the standard comes from, such as national; empty if it does not tell").kernel_by(kernels::origin_of)
        .by(|to| to.add(|text: ImmutableString| (*answer_memo::origin(&text)).clone())),
    function("mentions", "提到", "text: String, keywords: Array", Type::Bool, r#"t.training.filter(|r| mentions(r.topic, ["标准+培训", "宣贯"]))"#)
        .about("文字是否符合其中一个关键词；“甲+乙-丙”表示有甲、有乙而无丙", "whether one of the keywords suits the text; a+b-c means a and b without c")
        .cost(CostModel::Seek).kernel_by(kernels::mentions)
        .by(|to| to.add(mentions)),
    function("parts", "拆分", "text: String, signs: Array", Type::List(&Type::Text), r#"parts("巡查、走访；上报", ["；", ";"])"#)
        .about("按顿号和所列符号拆开的各部分", "the parts of the text between the enumeration comma and these signs")
        .cost(CostModel::Seek).kernel_by(kernels::parts)
        .by(|to| to.add(|text: ImmutableString, signs: Array| -> Array {
            texts::parts(&text, words(&signs).iter().map(ImmutableString::as_str)).into_iter().map(Dynamic::from).collect()
        })),
    function("quoted", "引出", "keywords: Array", Type::Text, r#"quoted(["标准+培训", "宣贯"])"#)
        .about("把关键词写成读者可以去找的样子", "the keywords as a reader may look for them")
        .cost(CostModel::Text).kernel()
        .by(|to| to.add(|keywords: Array| texts::quoted(words(&keywords).iter().map(ImmutableString::as_str)))),
    function("matches", "匹配", "text: String, pattern: pattern", Type::Bool, r#"t.grids.filter(|r| matches(r.id, "^[0-9]{15}$"))"#)
        .about("文字中是否有符合正则表达式的部分", "whether part of the text matches the regular expression").kernel_by(kernels::matches)
        .by(|to| to.add(patterns::matches)),
    function("valid_id_number", "身份证号有效", "text: String", Type::Bool, r#"valid_id_number("11010519491231002X")"#)
        .about("身份证号的格式和校验码是否正确", "whether an identity number has the right form and check character").kernel_of_text(model_identity::valid_id_number)
        .by(|to| to.add(|text: ImmutableString| model_identity::valid_id_number(&text))),
    function("valid_credit_code", "信用代码有效", "text: String", Type::Bool, r#"valid_credit_code("91350100M000100Y43")"#)
        .about("统一社会信用代码的校验码是否正确", "whether a unified social credit code has the right check character").kernel_of_text(identity::valid_credit_code)
        .by(|to| to.add(|text: ImmutableString| identity::valid_credit_code(&text))),
    function("phone_form", "电话格式", "text: String", Type::Bool, r#"phone_form("010-12345678")"#)
        .about("是否像电话号码", "whether the text has the form of a telephone number").kernel_of_text(identity::phone_form)
        .by(|to| to.add(|text: ImmutableString| identity::phone_form(&text))),
    function("birthday", "出生日期", "id_number: String", Type::Optional(&Type::Date), r#"birthday("11010519491231002X")"#)
        .about("身份证号中的出生日期，没有则为 ()", "the date of birth in an identity number, or ()").kernel()
        .by(|to| to.add(|text: ImmutableString| {
            model_identity::birthday(&text).map_or(Dynamic::UNIT, Dynamic::from)
        })),
    function("initials", "首字母", "text: String", Type::Text, r#"initials("临江区")"#)
        .about("各字拼音的首字母，大写", "the first letters of the pinyin, upper case").kernel()
        .by(|to| to.add(|text: ImmutableString| identity::initials(&text))),
    function("join", "连接", "words: Array, sign: String", Type::Text, r#"t.events.unique("department").join("、")"#)
        .about("用符号连接起来的文字", "the entries with the sign between them")
        .cost(CostModel::Join).kernel()
        .by(|to| to.add(|words: Array, sign: ImmutableString| {
            words.iter().map(ToString::to_string).collect::<Vec<_>>().join(&sign)
        })),
    function("ratio", "比率", "part: ?, whole: ?", Type::Decimal, r#"ratio(t.events.filled("closed").count(), t.events.count())"#)
        .about("精确的百分比；先判断分母不为零", "part of whole as an exact percentage; test the whole for zero first").kernel()
        .by(|to| to.add(percentage)),
    function("spread", "分散", "columns: Array", Type::Map(&[("count", Type::Int), ("different", Type::Int), ("each", Type::Int), ("columns", Type::Int), ("common", Type::Any)]), r#"spread([[t.plans, "department"], [t.inspections, "department"]]).different"#)
        .about("若干列（每项为 [行, 列名]）的取值合在一起有多分散：.count 已填数，.different 不同取值数，.each 各列不同取值数之和，.columns 有取值的列数，.common 各列共有的取值相当于几个（不同列的两格相同的机会的倒数，没有相同的为 ()）；缺列、读不懂的不计", "how spread the values of some columns, each as [rows, column], are together: .count filled, .different values, .each the values of each column added up, .columns that have any, .common how many values the columns have in common (the inverse of the chance that cells of two columns are alike; () where none are); missing columns and unclear cells do not count")
        .by(|to| to.add(spread::spread)),
    function("reused", "语句重复", "columns: Array, length: int, tables: int", Type::Map(&[("share", Type::Decimal), ("texts", Type::Int), ("rows", Type::Any)]), r#"reused([[t.training, "content"], [t.plans, "content"]], 12, 2).share"#)
        .about("若干列（每项为 [行, 列名]）的文字有多少是在至少这么多张表里都出现的语句（连续这么多个汉字）：.share 百分比，.texts 不同文字的条数，.rows 过半如此的行（按列）", "how much of the texts of some columns, each as [rows, column], is made of pieces of so many characters that stand in at least so many tables: .share in percent, .texts how many different ones, .rows those of which more than half is, by column")
        .by(|to| to.add(reuse::reused)),
    function("illegible", "不成文", "columns: Array, percent: int, run: int", Type::Map(&[("texts", Type::Int), ("illegible", Type::Int), ("signs", Type::Int), ("paired", Type::Int), ("rows", Type::Any), ("each", Type::Any)]), r#"illegible([[t.training, "content"]], 50, 5).illegible"#)
        .about("若干列（每项为 [行, 列名]）的文字有多少不成语句：能与前后字组成词语的汉字不足该百分比，或连续 run 个汉字都不能组成词语，或只有字母、代号：.texts 可判断的不同文字的条数，.illegible 其中不成语句的条数，.signs 汉字数，.paired 其中能与前后字组成词语的字数，.rows 不成语句的行（按列），.each 各列的 .texts 和 .illegible", "how many texts of some columns, each as [rows, column], are no language: fewer than so many percent of their ideographs stand beside one that a word has beside it, `run` in a row do not, or there are letters or codes alone: .texts how many different ones can be judged, .illegible how many of them are no language, .signs their ideographs, .paired those of them that stand in a word, .rows the rows that are no language, by column, .each the .texts and .illegible of each column")
        .by(|to| to.add(legibility::illegible)),
];

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
    let numbers = cells::number(&part).zip(cells::number(&whole));
    let hundredfold = numbers.and_then(|(part, whole)| Some((part.checked_mul(100.into())?, whole)));
    let percent = hundredfold.and_then(|(part, whole)| part.checked_div(whole));
    percent.map(Dynamic::from_decimal).ok_or_else(|| {
        error::raise(
            Text::new("比率的两个参数应是数，且分母不为零", "ratio takes two numbers, the second not zero"),
            Text::new("先判断分母", "test the second one first"),
        )
    })
}
