//! What each function of the host gives. A test holds the list to what scripts can call.

use crate::model::manual::EntryKind::{self, Function, Operator, Property};

/// A function of the host: its arguments with their types, the type of what it gives, and what that is.
pub(super) struct Described {
    pub(super) kind: EntryKind,
    pub(super) name: &'static str,
    pub(super) takes: &'static str,
    pub(super) gives: &'static str,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
}

type Words = &'static str;

const fn call(name: Words, takes: Words, gives: Words, zh: Words, en: Words) -> Described {
    Described { kind: Function, name, takes, gives, zh, en }
}

const fn read(name: Words, takes: Words, gives: Words, zh: Words, en: Words) -> Described {
    Described { kind: Property, name, takes, gives, zh, en }
}

const fn sign(name: Words, takes: Words, gives: Words, zh: Words, en: Words) -> Described {
    Described { kind: Operator, name, takes, gives, zh, en }
}

#[rustfmt::skip]
pub(super) const HOST: &[Described] = &[
    // ---- the submission as a whole
    call("policy", "t: tables, name: String", "String", "现行口径（评价标准的读法）的取值", "the reading of the standard in force under this name"),
    call("edition", "t: tables, number: String", "?", "标准编号在判断日的状态：.status（current、upcoming、replaced、abolished、unlisted，登记库收录齐全而查无此号的为 missing）、.replaced_by、.ended，以及编号不可能存在的原因 .fault（form、code、early、late）", "the standing of a standard on the as-of day: .status (current, upcoming, replaced, abolished, unlisted; missing where the registry lists all of its kind), .replaced_by, .ended, and .fault, why there can be no such number (form, code, early, late)"),
    call("lapsed", "t: tables, rows: rows, column: String", "rows", "所写标准在判断日已废止或已被代替的行", "rows whose standard is abolished or replaced on the as-of day"),
    call("division", "t: tables, code: String", "Map", "六位行政区划代码在判断日的状态：.status（current、abolished、not-yet、unknown）、.name、.ended、.successors", "what a six-digit division code is on the as-of day: .status (current, abolished, not-yet, unknown), .name, .ended, .successors"),
    call("known_requirement", "t: tables, id: String", "bool", "评分表中是否有这个评价内容或评价要求编号", "whether the scoring table has an item or requirement of this id"),
    call("titled", "t: tables, rows: rows, column: String, keywords: Array, own: rows, most: int", "Map", "名称与关键词相符的行：.sure 可以认定，.likely 只是相近，.others 为相近名称中另有所指的词；own 为本组织的标准，most 为一个名称最多并列几个主题", "rows whose title suits the keywords: .sure, .likely, and .others, words of the latter that speak of something else; own are the organization's standards, most is how many subjects one title may list"),
    call("foreign", "t: tables, rows: rows, column: String, keywords: Array", "rows", "名称写明属于别的行业、关键词又没有要求的行", "rows whose title has a word of another trade that the keywords do not ask for"),
    call("papers", "t: tables, rows: rows, column: String", "rows", "名称是通知、草案、编制说明之类、不是标准本身的行", "rows whose title is that of a paper which is no standard, such as a notice or a draft"),
    call("related", "t: tables, rows: rows, column: String, keywords: Array", "rows", "名称中至少有一个与关键词主题有关的词的行", "rows whose title has at least one word of what the keywords are about"),
    call("unlike", "t: tables, rows: rows, one: String, other: String, vague: Array", "Map", "同一行两列的名称（其中一列可以是文件名，vague 为文件名中的空泛词）：.rows 为没有一个共同的词的行，.compared 为两列都有实词、可以比较的行数", "the titles in two columns of a row, one of which may be the name of a file (the words `vague` say nothing there): .rows have no word in common, .compared is how many have words in both"),
    call("fitting", "t: tables, rows: rows, kind: String, column: String", "rows", "名称与所填类别有共同的词的行；类别为空或为“其他”的也算", "rows whose title has a word in common with the kind entered, or whose kind is empty or other"),
    // ---- rows
    call("filter", "rows: rows, condition: FnPtr", "rows", "条件成立的行", "the rows for which the condition holds"),
    call("any", "rows: rows, condition: FnPtr", "bool", "是否有一行使条件成立", "whether the condition holds for some row"),
    call("all", "rows: rows, condition: FnPtr", "bool", "条件是否对每一行都成立", "whether the condition holds for every row"),
    call("count", "rows: rows, condition: FnPtr", "int", "使条件成立的行数", "the number of rows for which the condition holds"),
    call("count", "rows: rows", "int", "行数", "the number of rows"),
    call("first", "rows: rows, condition: FnPtr", "?", "使条件成立的第一行，没有则为 ()", "the first row for which the condition holds, or ()"),
    call("first", "rows: rows", "?", "第一行，没有则为 ()", "the first row, or ()"),
    call("last", "rows: rows", "?", "最后一行，没有则为 ()", "the last row, or ()"),
    call("map", "rows: rows, value: FnPtr", "Array", "对每一行求值所得的列表", "the list of what the closure makes of each row"),
    call("is_empty", "rows: rows", "bool", "是否一行也没有", "whether there is no row"),
    call("lacks", "rows: rows, column: String", "bool", "数据表在而缺这一列", "whether the table is there without this column"),
    call("unique", "rows: rows, column: String", "Array", "这一列中不重复的文字", "the different texts of the column"),
    call("group", "rows: rows, column: String", "Array", "按这一列分组，每组有 .key 和 .rows", "the rows grouped by the column, each group with .key and .rows"),
    call("sum", "rows: rows, column: String", "?", "数值列的合计", "the sum of a column of numbers"),
    call("duplicates", "rows: rows, column: String", "rows", "这一列的值与别的行相同的行", "rows whose value in the column occurs in another row"),
    call("duplicates", "rows: rows, columns: Array", "rows", "所列各列都与别的行相同的行", "rows that have the same in all these columns as another row"),
    call("duplicates", "rows: rows, value: FnPtr", "rows", "求得的文字与别的行相同的行；空文字和 () 不算", "rows of which the closure makes the same text as of another row; empty text and () do not count"),
    call("distinct", "rows: rows, value: FnPtr", "rows", "求得的文字相同的行只取第一行；空文字和 () 不算", "of the rows of which the closure makes the same text, the first; empty text and () do not count"),
    call("alike", "rows: rows, column: String", "rows", "编号与别的行只是写法不同（横线、点、全半角、空格）的行", "rows whose number stands in another row too, written otherwise (dash, dot, width, space)"),
    call("blank", "rows: rows, column: String", "rows", "这一列为空的行", "rows in which the cell is empty"),
    call("filled", "rows: rows, column: String", "rows", "这一列已填的行", "rows in which the cell is filled"),
    call("told", "rows: rows, column: String", "rows", "这一列已填而且读得懂的行；缺列即没有，不因此存疑", "rows in which the cell is filled and was understood; none where the column is missing, and nothing is in doubt for it"),
    call("latest", "rows: rows, column: String", "?", "日期最近的一行，没有则为 ()", "the row with the latest date, or ()"),
    call("where", "rows: rows, column: String, value: ?", "rows", "这一列等于该值的行（用索引，很快）", "rows whose cell equals the value, by an index"),
    call("find", "rows: rows, column: String, value: ?", "?", "这一列等于该值的第一行（用索引），没有则为 ()", "the first row whose cell equals the value, by an index, or ()"),
    call("refers", "rows: rows, column: String, others: rows, key: String", "rows", "引用的值在另一表的列中存在的行", "rows whose reference is found in the column of the other rows"),
    call("dangling", "rows: rows, column: String, others: rows, key: String", "rows", "引用的值在另一表的列中不存在的行", "rows whose reference is not found in the column of the other rows"),
    call("except", "rows: rows, others: rows", "rows", "除去另一些行后的行（同一数据表）", "the rows without the others, of one table"),
    sign("+", "rows: rows, others: rows", "rows", "两部分行合在一起（同一数据表）", "the rows and the others together, of one table"),
    call("at", "rows: rows, column: String", "cells", "各行的这一列，作为结论的位置", "these cells of the rows, as places for a decision"),
    call("at", "row: row, column: String", "cells", "该行的这一列，作为结论的位置", "this cell of the row, as a place for a decision"),
    read("missing", "rows: rows", "bool", "申报材料中没有这张数据表", "whether the submission does not have the table"),
    read("key", "group: group", "String", "分组所依据的文字", "the text the group shares"),
    read("rows", "group: group", "rows", "组内的行", "the rows of the group"),
    // ---- comparisons of a column
    call("later", "rows: rows, column: String, than: ?", "rows", "日期晚于某日或同行另一列的行", "rows whose date is later than a day or another column"),
    call("earlier", "rows: rows, column: String, than: ?", "rows", "日期早于某日或同行另一列的行", "rows whose date is earlier than a day or another column"),
    call("above", "rows: rows, column: String, than: ?", "rows", "数值大于某数或同行另一列的行", "rows whose number is larger than a number or another column"),
    call("below", "rows: rows, column: String, than: ?", "rows", "数值小于某数或同行另一列的行", "rows whose number is smaller than a number or another column"),
    call("malformed", "rows: rows, column: String, form: String", "rows", "已填而格式不符的行：身份证号、信用代码或电话", "rows whose filled cell is no id_number, credit_code or phone"),
    // ---- boundaries
    call("drawn", "rows: rows, column: String", "rows", "边界有图形（WKT 或 GeoJSON）的行", "rows with a boundary as WKT or GeoJSON"),
    call("misdrawn", "rows: rows, column: String", "Array", "有误的图形，每个有 .row、.zh、.en", "the faulty boundaries, each with .row, .zh and .en"),
    call("drawn_area", "row: row, column: String", "?", "图形面积（平方米），没有图形则为 ()", "the area of the boundary in square metres, or ()"),
    call("overlaps", "rows: rows, column: String, square_metres: int", "Array", "重叠超过该面积的两行，每对有 .one、.other、.area", "pairs that share more than this area, each with .one, .other and .area"),
    call("uncovered", "rows: rows, column: String, parts: rows, parent: String, key: String, square_metres: int", "Array", "下级没有覆盖到的部分超过该面积的行，每个有 .row、.area", "rows of which their parts leave more than this area, each with .row and .area"),
    call("outside", "rows: rows, column: String, parent: String, wholes: rows, key: String, square_metres: int", "Array", "超出上级边界多于该面积的行，每个有 .row、.area", "rows that lie outside their parent by more than this area, each with .row and .area"),
    // ---- trees
    call("tree", "rows: rows, code: String, parent: String", "tree", "按编码列和上级列连成的树", "the tree made by the column of codes and that of parents"),
    call("misplaced", "tree: tree, level: String", "rows", "层次不是上级层次加一的行", "rows whose level is not one more than their parent's"),
    call("misplaced", "tree: tree, level: String, order: Array", "rows", "层级不是上级的下一级的行；order 由高到低列出各级", "rows whose level is not the one after their parent's; order lists the levels from the top"),
    read("roots", "tree: tree", "rows", "没有上级的行", "rows without a parent"),
    read("orphans", "tree: tree", "rows", "所写上级不存在的行", "rows whose parent is not there"),
    read("cycles", "tree: tree", "rows", "互为上级、绕成一圈的行", "rows that are their own ancestors"),
    read("leaves", "tree: tree", "rows", "没有下级的行", "rows without children"),
    read("strays", "tree: tree", "rows", "编码不以上级编码开头的行", "rows whose code does not begin with their parent's"),
    // ---- dates
    call("date", "text: String", "date", "文字写的日期，如 2026-06-30", "the day written, such as 2026-06-30"),
    call("plus_months", "day: date, months: int", "date", "若干个月以后的日期，负数为以前", "the day so many months later, or earlier if negative"),
    call("plus_days", "day: date, days: int", "date", "若干天以后的日期，负数为以前", "the day so many days later, or earlier if negative"),
    call("to_string", "day: date", "String", "写成 2026-06-30 的文字", "the day as text, such as 2026-06-30"),
    read("year", "day: date", "int", "年份", "the year"),
    read("chinese", "day: date", "String", "写成年月日", "the day as Chinese text has it, year, month and day"),
    sign("**", "base: decimal, exponent: decimal", "decimal", "乘方", "the base raised to the exponent"),
    sign("-", "later: date, earlier: date", "int", "相差的天数", "the number of days between two days"),
    sign("==", "a: date, b: date", "bool", "是否同一天", "whether the days are the same"),
    sign("!=", "a: date, b: date", "bool", "是否不是同一天", "whether the days differ"),
    sign("<", "a: date, b: date", "bool", "前者是否早于后者", "whether the first day is earlier"),
    sign("<=", "a: date, b: date", "bool", "前者是否不晚于后者", "whether the first day is not later"),
    sign(">", "a: date, b: date", "bool", "前者是否晚于后者", "whether the first day is later"),
    sign(">=", "a: date, b: date", "bool", "前者是否不早于后者", "whether the first day is not earlier"),
    sign("+", "text: String, day: date", "String", "把日期接在文字后面", "the text with the day after it"),
    // ---- enumerated cells
    sign("==", "cell: choice, word: String", "bool", "枚举单元格是否为该取值（编号或中文词）", "whether the enumerated cell is this value, by id or word"),
    sign("!=", "cell: choice, word: String", "bool", "枚举单元格是否不是该取值", "whether the enumerated cell is not this value"),
    sign("==", "word: String, cell: choice", "bool", "枚举单元格是否为该取值（编号或中文词）", "whether the enumerated cell is this value, by id or word"),
    sign("!=", "word: String, cell: choice", "bool", "枚举单元格是否不是该取值", "whether the enumerated cell is not this value"),
    sign("==", "a: choice, b: choice", "bool", "两个枚举单元格是否相同", "whether two enumerated cells are the same"),
    sign("!=", "a: choice, b: choice", "bool", "两个枚举单元格是否不同", "whether two enumerated cells differ"),
    call("to_string", "cell: choice", "String", "枚举取值的文字", "the enumerated value as text"),
    call("to_debug", "cell: choice", "String", "枚举取值的文字", "the enumerated value as text"),
    sign("+", "text: String, cell: choice", "String", "把枚举取值接在文字后面", "the text with the enumerated value after it"),
    sign("+", "cell: choice, text: String", "String", "把文字接在枚举取值后面", "the enumerated value with the text after it"),
    // ---- texts
    call("blank", "value: ?", "bool", "值是否为空：()、空文字、空列表或空枚举", "whether the value is empty: (), empty text, an empty list or choice"),
    call("filled", "value: ?", "bool", "值是否已填", "whether the value is not empty"),
    call("has_digit", "text: String", "bool", "文字中是否有数字", "whether the text has a digit"),
    call("all_digits", "text: String", "bool", "文字是否全是数字", "whether the text is all digits"),
    call("own_number", "text: String", "?", "自编标准号的各部分：.initials .class .group .order .year；不是则为 ()", "the parts of a number of one's own: .initials .class .group .order .year; () if it is none"),
    call("own_number_fault", "text: String", "?", "自编标准号的毛病：.kinds 和 .corrected；没有则为 ()", "what is wrong with a number of one's own: .kinds and .corrected; () if nothing is"),
    call("initials_fit", "letters: String, name: String", "bool", "字母是否为该地名各字拼音的首字母（多音字取任一读音）", "whether the letters begin the words of that place, in any reading of its characters"),
    call("place_of", "name: String", "String", "单位名称中的地名，如临江区网格中心的“临江区”", "the place in the name of an organization"),
    call("same_standard", "a: String, b: String", "bool", "两个编号是否为同一标准，不计写法差别", "whether two numbers are of one standard, however they are written"),
    call("undated", "number: String", "String", "统一写法后去掉年号的标准编号", "the number as compared, without its year"),
    call("origin_of", "number: String", "String", "由编号看出的标准来源，如 national；看不出为空文字", "where the number says the standard comes from, such as national; empty if it does not tell"),
    call("mentions", "text: String, keywords: Array", "bool", "文字是否符合其中一个关键词；“甲+乙-丙”表示有甲、有乙而无丙", "whether one of the keywords suits the text; a+b-c means a and b without c"),
    call("parts", "text: String, signs: Array", "Array", "按顿号和所列符号拆开的各部分", "the parts of the text between the enumeration comma and these signs"),
    call("quoted", "keywords: Array", "String", "把关键词写成读者可以去找的样子", "the keywords as a reader may look for them"),
    call("matches", "text: String, pattern: String", "bool", "文字中是否有符合正则表达式的部分", "whether part of the text matches the regular expression"),
    call("valid_id_number", "text: String", "bool", "身份证号的格式和校验码是否正确", "whether an identity number has the right form and check character"),
    call("valid_credit_code", "text: String", "bool", "统一社会信用代码的校验码是否正确", "whether a unified social credit code has the right check character"),
    call("phone_form", "text: String", "bool", "是否像电话号码", "whether the text has the form of a telephone number"),
    call("birthday", "id_number: String", "?", "身份证号中的出生日期，没有则为 ()", "the date of birth in an identity number, or ()"),
    call("initials", "text: String", "String", "各字拼音的首字母，大写", "the first letters of the pinyin, upper case"),
    call("join", "words: Array, sign: String", "String", "用符号连接起来的文字", "the entries with the sign between them"),
    call("ratio", "part: ?, whole: ?", "decimal", "精确的百分比；先判断分母不为零", "part of whole as an exact percentage; test the whole for zero first"),
    call("spread", "columns: Array", "Map", "若干列（每项为 [行, 列名]）的取值合在一起有多分散：.count 已填数，.different 不同取值数，.each 各列不同取值数之和，.columns 有取值的列数，.common 各列共有的取值相当于几个（不同列的两格相同的机会的倒数，没有相同的为 ()）；缺列、读不懂的不计", "how spread the values of some columns, each as [rows, column], are together: .count filled, .different values, .each the values of each column added up, .columns that have any, .common how many values the columns have in common (the inverse of the chance that cells of two columns are alike; () where none are); missing columns and unclear cells do not count"),
    call("reused", "columns: Array, length: int, tables: int", "Map", "若干列（每项为 [行, 列名]）的文字有多少是在至少这么多张表里都出现的语句（连续这么多个汉字）：.share 百分比，.texts 不同文字的条数，.rows 过半如此的行（按列）", "how much of the texts of some columns, each as [rows, column], is made of pieces of so many characters that stand in at least so many tables: .share in percent, .texts how many different ones, .rows those of which more than half is, by column"),
    // ---- lists
    call("filter", "list: Array, condition: FnPtr", "Array", "使条件成立的各项", "the entries for which the condition holds"),
    call("map", "list: Array, value: FnPtr", "Array", "对每一项求值所得的列表", "the list of what the closure makes of each entry"),
    call("some", "list: Array, condition: FnPtr", "bool", "是否有一项使条件成立", "whether the condition holds for some entry"),
    call("all", "list: Array, condition: FnPtr", "bool", "条件是否对每一项都成立", "whether the condition holds for every entry"),
    // ---- decisions
    call("met", "place: ?", "decision", "符合，以这些位置为依据", "met, with these places as evidence"),
    call("met", "place: ?, zh: String, en: String", "decision", "符合，附依据和理由", "met, with its evidence and why"),
    call("unmet", "place: ?, zh: String, en: String", "decision", "不符合：这些位置有欠缺，附理由", "unmet: falls short at these places, and why"),
    call("absent", "place: ?, zh: String, en: String", "decision", "缺失：没有可评价的东西", "absent: there is nothing to judge"),
    call("unknown", "zh: String, en: String", "decision", "待定：数据看不出来", "unknown: the data cannot tell"),
    call("measured", "value: ?, place: ?, zh: String, en: String", "decision", "测得的百分比、缺少的数目或等级，由评分表的档次决定得分", "a percentage, a number missing or a level: the bands of the catalog decide"),
    call("require", "rows: rows, zh: String, en: String", "decision", "须有这样的行：有则符合，没有则缺失，缺表则待定", "met with these rows; absent without any; unknown without the table"),
    call("require_none", "scope: rows, faults: ?, zh: String, en: String", "decision", "不得有毛病：faults 为空则符合，scope 为空则缺失，缺表则待定", "met when faults is empty; absent when scope is empty; unknown without the table"),
    call("advise", "decision: decision, zh: String, en: String", "decision", "同一结论，换上针对这一情形的整改建议", "the decision, with what to do in this very case"),
    call("all_of", "decisions: Array", "decision", "同一评价要求的几项检查合成一个结论", "several checks of one requirement as one decision"),
    call("based_on", "tables: Array, decision: decision", "decision", "同一结论；所依据的数据表缺一即为待定", "the decision, but unknown when one of these tables is missing"),
    call("resting_on", "evidence: Array, decision: decision", "decision", "同一结论；有利于被评估单位、而所依据的行都不可信的，即为待定", "the decision, but unknown where it is in favour and all the rows it rests on are not to be believed"),
    call("by_itself", "decide: FnPtr", "decision", "闭包得出的结论；其中读不懂的格、缺少的列，不影响同一规则的其他结论", "what the closure decides; cells it did not understand and columns it found missing leave nothing else of the rule open"),
    call("grave", "decision: decision", "decision", "同一结论；真实性规则得出不符合的，单凭这一类迹象即整体存疑", "the same decision; where a rule of plausibility decides unmet, this kind alone puts the whole submission in doubt"),
    call("tally", "parts: Array", "Map", "把几类问题合成一句（.zh .en）：每项为 [行或数, 中文, 英文]，文字中的 {} 写数量，数量为零的不写；行还可加第四个值，如 \"{number}《{name}》\"，不超过三行时逐一写明", "several kinds of fault as one sentence (.zh .en): each is [rows or number, Chinese, English], {} in a text stands for the number, and those of which there are none are left out; rows may have a fourth value such as \"{number}《{name}》\", by which up to three of them are named"),
    read("outcome", "decision: decision", "String", "结论：met、unmet、absent、unknown 或 not-applicable", "the outcome: met, unmet, absent, unknown or not-applicable"),
];

/// What a rule reads of the tables besides those declared.
pub(super) const AS_OF: (&str, Described) = (
    "截止日",
    read("as_of", "t: tables", "date", "判断日期所依据的那一天", "the day on which dates are judged"),
);

/// What tests have besides, each with its Chinese name.
#[rustfmt::skip]
pub(super) const TESTING: &[(Option<&str>, Described)] = &[
    (Some("预期"), call("expect", "tables: Map, outcomes: Map", "()", "用这些数据表运行规则，各字母的结论须与预期相同，如 \"unmet @ E2\"", "runs the rule on these tables: the outcome of each letter must be as stated, such as \"unmet @ E2\"")),
    (Some("预期"), call("expect", "tables: Map, outcomes: Map, policies: Map", "()", "同上，并改用这些口径", "the same under these readings of the standard")),
    (None, call("csv", "file: String", "csv_file", "测试旁边的 CSV 文件，作为一张数据表", "a CSV file beside the test, as a table")),
];
