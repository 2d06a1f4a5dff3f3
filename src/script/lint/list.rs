//! Every lint there is: code, how grave, what it means, an example that fires it and the same put right. The pages in
//! `docs/`, the comments that allow a lint and the tests are made from this list.

use crate::model::lint::LintLevel;
use crate::model::text::Lang;

/// One lint.
#[derive(Debug, PartialEq, Eq)]
pub struct Lint {
    /// Stable code, in lower case with hyphens.
    pub code: &'static str,
    /// How grave it is.
    pub level: LintLevel,
    title: [&'static str; 2],
    why: [&'static str; 2],
    /// Rules that show it.
    pub example: Example,
}

/// Something a lint finds, and the same put right. The line it is found in ends in [`MARK`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// What stands in `check(t)` of a rule for a clause.
    Body(&'static str, &'static str),
    /// A whole rule.
    Rule(&'static str, &'static str),
    /// The tests beside a rule for a clause.
    Tests(&'static str, &'static str),
}

/// What the line ends in that an example is about.
pub const MARK: &str = "// ←";

impl Lint {
    /// What it is about, in a few words.
    pub fn title(&self, lang: Lang) -> &'static str {
        let [zh, en] = self.title;
        if lang == Lang::Zh { zh } else { en }
    }

    /// Why it matters, and what to do.
    pub fn why(&self, lang: Lang) -> &'static str {
        let [zh, en] = self.why;
        if lang == Lang::Zh { zh } else { en }
    }

    /// The lint with this code.
    pub fn of(code: &str) -> Option<&'static Self> {
        LINTS.iter().find(|lint| lint.code == code)
    }
}

macro_rules! lints {
    ($($name:ident $code:literal $level:ident
        $title_zh:literal $title_en:literal $why_zh:literal $why_en:literal
        $form:ident($wrong:literal, $right:literal);)*) => {
        $(pub(crate) const $name: &str = $code;)*

        /// All lints, in the order of the pages.
        pub const LINTS: &[Lint] = &[$(Lint {
            code: $code,
            level: LintLevel::$level,
            title: [$title_zh, $title_en],
            why: [$why_zh, $why_en],
            example: Example::$form($wrong, $right),
        }),*];
    };
}

lints! {
    BROKEN "broken" Error
        "不能编译" "it does not compile"
        "规则停在这里，它判断的内容都成为待定。eval、print、debug 也属此类：规则里没有这些函数。"
        "The rule stops here, and all it decides is unknown. `eval`, `print` and `debug` belong here too: rules do not have them."
        Body("print(t.grids.count()); // ←\n    met(t.grids)", "met(t.grids)");
    METADATA "metadata-form" Error
        "META 的写法不对" "META is not written as it should be"
        "META 须是常量映射：id 是文字，clauses 是文字列表，params 是映射。写成别的样子，程序会当作没有写。"
        "META is a literal map: `id` a text, `clauses` a list of texts, `params` a map. Written otherwise they would count as not written."
        Rule("//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: \"2/4.2\" }; // ←\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n",
            "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n");
    TITLE "title" Warning
        "缺少中文或英文标题" "the title is missing in Chinese or English"
        "文件开头的 //! 注释是规则的标题：第一行中文，第二行英文，报告、清单和说明页都用它。只有一种语言的，两行写一样。"
        "The comment `//!` at the head of the file is the title: the first line in Chinese, the second in English. Reports, lists and pages show it. Where there is one language only, both lines say the same."
        Rule("//! 有网格。 // ←\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n",
            "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n");
    NO_CLAUSE "no-clause" Warning
        "没有写明判断哪一条" "no clause is cited"
        "不属于评分表的规则要在 META 的 clauses 里写明它判断的条文，否则结论不知归到哪里，也就不会出现在报告里。"
        "A rule outside of the scoring table cites its clauses in `META.clauses`: without them what it decides belongs nowhere and no report shows it."
        Rule("//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\" }; // ←\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n",
            "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n");
    UNKNOWN_CLAUSE "unknown-clause" Warning
        "条文不存在" "there is no such clause"
        "clauses 里的编号须在规则包的 clauses.toml 中有对应的条文。"
        "Each id in `clauses` is one of the clauses in the `clauses.toml` of the packs."
        Rule("//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.22\"] }; // ←\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n",
            "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n");
    LETTERS "letters" Error
        "结论与评分表不一致" "what is decided differs from the catalog"
        "check 须对评分表里可由数据判断的每个字母给出结论，不多也不少；按比例或等次给分的评价内容只给一个总的结论。"
        "`check` decides each letter of the catalog that data can decide, and no other; an item that awards by bands makes one decision as a whole."
        Rule("//! 标准化人员。\n//! Standardization staff.\n\nconst META = #{ id: \"A.1.3\" };\n\nfn check(t) {\n    let staff = t.personnel;\n    #{ // ←\n        a: require(staff, \"没有人员\", \"there is no staff\"),\n        b: require(t.duties, \"没有职责\", \"there are no duties\"),\n    }\n}\n",
            "//! 标准化人员。\n//! Standardization staff.\n\nconst META = #{ id: \"A.1.3\" };\n\nfn check(t) {\n    let staff = t.personnel;\n    #{\n        a: require(staff, \"没有人员\", \"there is no staff\"),\n        b: require(t.duties, \"没有职责\", \"there are no duties\"),\n        c: require(staff, \"没有资格\", \"no qualification\"),\n    }\n}\n");
    MEASURED "measured" Error
        "不该用 measured 的地方用了，或等次不存在" "`measured` where nothing is measured, or a level there is not"
        "只有评分表里分档（bands）或按数扣分（count）的评价要求和按比例、等次给分的评价内容才用 measured；等次须是评分表写明的。"
        "Only requirements with `bands` or a `count` and items that award are measured; a level is one the catalog has."
        Rule("//! 标准化人员。\n//! Standardization staff.\n\nconst META = #{ id: \"A.1.3\" };\n\nfn check(t) {\n    let staff = t.personnel;\n    #{\n        a: measured(staff.count(), staff, \"人员\", \"staff\"), // ←\n        b: require(t.duties, \"没有职责\", \"there are no duties\"),\n        c: require(staff, \"没有资格\", \"no qualification\"),\n    }\n}\n",
            "//! 标准化人员。\n//! Standardization staff.\n\nconst META = #{ id: \"A.1.3\" };\n\nfn check(t) {\n    let staff = t.personnel;\n    #{\n        a: require(staff, \"没有人员\", \"there is no staff\"),\n        b: require(t.duties, \"没有职责\", \"there are no duties\"),\n        c: require(staff, \"没有资格\", \"no qualification\"),\n    }\n}\n");
    UNKNOWN_TARGET "unknown-id" Warning
        "编号不在评分表中" "the id is not in the catalog"
        "known_requirement 的编号写在规则里时，应是评分表里有的评价内容或评价要求。"
        "An id that a rule writes out for `known_requirement` is an item or requirement of the catalog."
        Body("if t.known_requirement(\"A.9.9\") { return unknown(\"待查\", \"to be seen\"); } // ←\n    met(t.grids)",
            "if t.known_requirement(\"A.1.1\") { return unknown(\"待查\", \"to be seen\"); }\n    met(t.grids)");
    UNKNOWN_PARAMETER "unknown-parameter" Error
        "参数没有声明" "the parameter is not declared"
        "p 里的参数须写在 META 的 params 里，或由规则包的 [parameters] 声明。"
        "What a rule reads of `p` is declared in `META.params`, or in `[parameters]` of a pack."
        Rule("//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"], params: #{ least: 3 } };\n\nfn check(t, p) {\n    if t.grids.count() < p.least + p.lest { return absent(t.grids, \"网格太少\", \"too few grids\"); } // ←\n    met(t.grids)\n}\n",
            "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"], params: #{ least: 3 } };\n\nfn check(t, p) {\n    if t.grids.count() < p.least { return absent(t.grids, \"网格太少\", \"too few grids\"); }\n    met(t.grids)\n}\n");
    UNUSED_PARAMETER "unused-parameter" Warning
        "参数没有用到" "the parameter is not used"
        "规则包改它也不起作用。删去它，或在规则里用上。"
        "A pack that sets it changes nothing. Take it out, or use it."
        Rule("//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"], params: #{ least: 3 } }; // ←\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n",
            "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n");
    RAW_NUMBER "raw-number" Warning
        "数字应写成参数" "a number that should be a parameter"
        "与结果比较的数字（如最少人数、期限、比例）写成 META 的参数，各地才能不改规则就改它。0、1、-1 和换算百分比用的 100 除外；列表、文字的长度和位置也不算。"
        "A number that a result is compared with (a least number, a time, a share) is a parameter in `META`: so others can change it without touching the rule. 0, 1, -1 and the 100 of percentages are fine, and so are lengths of lists and texts and positions in them."
        Body("if t.grids.count() < 12 { return absent(t.grids, \"网格太少\", \"too few grids\"); } // ←\n    met(t.grids)",
            "if t.grids.count() < 1 { return absent(t.grids, \"没有网格\", \"there are no grids\"); }\n    met(t.grids)");
    INTEGER_DIVISION "integer-division" Warning
        "整数相除会丢掉余数" "whole numbers are divided without remainder"
        "3 / 4 得 0。求比例用 ratio(部分, 总数)，它按精确小数计算。规则里没有浮点数：1.5 是精确的小数，可以放心使用。"
        "3 / 4 is 0. For shares write `ratio(part, whole)`, which is exact. There are no floats in rules: 1.5 is an exact decimal number and safe."
        Body("let part = t.grids.filled(\"holder\").count();\n    let share = part * 100 / t.grids.count(); // ←\n    met(t.grids, `${share}%`, `${share}%`)",
            "let part = t.grids.filled(\"holder\").count();\n    let share = ratio(part, t.grids.count());\n    met(t.grids, `${share}%`, `${share}%`)");
    UNKNOWN_TABLE "unknown-table" Error
        "没有这个数据表" "there is no such table"
        "表名写错了，或表没有在 tables.toml 里声明。docs/tables.md 列出了全部数据表。"
        "The name is misspelt, or the table is not declared in `tables.toml`. docs/tables.md lists the tables."
        Body("met(t.gridz) // ←", "met(t.grids)");
    UNKNOWN_COLUMN "unknown-column" Error
        "数据表没有这一列" "the table has no such column"
        "列名写错了，或是另一个表的列。"
        "The name is misspelt, or the column belongs to another table."
        Body("met(t.grids.filled(\"holdr\")) // ←", "met(t.grids.filled(\"holder\"))");
    LOOK_ALIKE "look-alike" Error
        "名称里有看起来一样的符号" "a sign in a name only looks right"
        "表名、列名里混入了全角字符或看不见的字符，程序认作另一个名称。"
        "A full-width or invisible sign got into the name of a table or column: for the program it is another name."
        Body("met(t.grids.filled(\"ｈolder\")) // ←", "met(t.grids.filled(\"holder\"))");
    UNKNOWN_PROPERTY "unknown-property" Error
        "没有这个属性" "there is no such property"
        "点号后面的名称写错了，或者写在若干行后面的是一列：列属于一行，对若干行用 filter、at 等逐行去看。"
        "The name after the dot is misspelt, or a column is asked of many rows: columns are of one row, many are looked at with `filter`, `at` and so on."
        Body("met(t.grids.tree(\"id\", \"parent\").leafs) // ←", "met(t.grids.tree(\"id\", \"parent\").leaves)");
    UNKNOWN_VALUE "unknown-value" Error
        "枚举列没有这个取值" "the column has no such value"
        "枚举列只能与 tables.toml 里声明的取值（英文编号或中文词）比较。"
        "A column of choices is compared with its declared values only, by their ids or Chinese words."
        Body("met(t.grids.filter(|g| g.kind == \"basics\")) // ←", "met(t.grids.filter(|g| g.kind == \"basic\"))");
    MISMATCH "mismatched-types" Error
        "比较的两边类型不同" "values of different types are compared"
        "文字与数、日期与文字等不能比较：规则遇到就停下。"
        "Text and number, date and text and so on cannot be compared: the rule stops there."
        Body("met(t.plans.filter(|p| p.start > \"2026-01-01\")) // ←", "met(t.plans.filter(|p| p.start > date(\"2026-01-01\")))");
    UNKNOWN_POLICY "unknown-policy" Error
        "没有这个口径，或口径没有这种读法" "there is no such policy, or it has no such reading"
        "t.policy 的名称和与它比较的读法须是规则包 [policy] 里声明的。"
        "The name given to `t.policy`, and the reading it is compared with, are declared in `[policy]` of a pack."
        Body("if t.policy(\"several_honors\") == \"latest\" { return unknown(\"待查\", \"to be seen\"); } // ←\n    met(t.grids)",
            "if t.policy(\"several_honours\") == \"latest\" { return unknown(\"待查\", \"to be seen\"); }\n    met(t.grids)");
    UNKNOWN_FUNCTION "unknown-function" Error
        "没有这个函数，或参数个数不对" "there is no such function, or not with so many arguments"
        "函数名写错了，或少写、多写了参数（例如理由只写了一种语言）。"
        "The name is misspelt, or an argument is missing or one too many, such as a reason in one language only."
        Body("requir(t.grids, \"没有网格\", \"there are no grids\") // ←", "require(t.grids, \"没有网格\", \"there are no grids\")");
    CAUGHT "captured-receiver" Error
        "闭包用了它所遍历的变量" "a closure uses the variable its call starts from"
        "t.grids.filter(|g| … t.as_of …) 这样的写法会使规则停下。先用 let 取出表或日期。"
        "`t.grids.filter(|g| … t.as_of …)` stops the rule. Take the table or the day into a variable first."
        Body("met(t.plans.filter(|p| p.start > t.as_of)) // ←", "let day = t.as_of;\n    met(t.plans.filter(|p| p.start > day))");
    ASSIGNED "assigned-in-closure" Error
        "闭包里把比较写成了赋值" "an assignment in a closure that is asked for a value"
        "r.列 = 值 是赋值，没有结果：filter 等得不到条件。比较写“==”。"
        "`r.column = value` assigns and has no value: filter and the like get no condition. `==` compares."
        Body("met(t.grids.filter(|g| g.kind = \"basic\")) // ←", "met(t.grids.filter(|g| g.kind == \"basic\"))");
    NEVER_NOTHING "text-is-nothing" Error
        "拿文字单元格与 () 比较" "a text cell compared with ()"
        "文字列的空单元格是空文字，与 () 比较总不成立：没有填的一行也找不到。"
        "An empty cell of a text column is an empty text and never `()`: no row without it would be found."
        Body("met(t.grids.filter(|g| g.name == ())) // ←", "met(t.grids.filter(|g| g.name == \"\"))");
    BARE_YES_NO "bare-yes-no" Warning
        "是/否单元格直接当作条件" "a yes-no cell as a condition of its own"
        "单元格空着时规则会停下。写成 == true。"
        "Where the cell is empty the rule stops. Write `== true`."
        Body("for d in t.departments {\n        if d.on_chart { return met(d); } // ←\n    }\n    absent(t.departments, \"没有机构图\", \"there is no chart\")",
            "for d in t.departments {\n        if d.on_chart == true { return met(d); }\n    }\n    absent(t.departments, \"没有机构图\", \"there is no chart\")");
    INTERPRETED "interpreted" Info
        "闭包逐行解释执行" "a closure is interpreted row by row"
        "结果一样，只是慢得多；表大时值得改写。"
        "The answer is the same, it only takes much longer: worth rewriting where tables are large."
        Body("met(t.grids.filter(|g| g.drawn_area(\"boundary\") > 0)) // ←", "met(t.grids.drawn(\"boundary\"))");
    UNREACHABLE "unreachable" Warning
        "永远执行不到" "it is never reached"
        "前面已经 return、throw、break 或 continue。"
        "What stands before it always returns, throws, breaks or continues."
        Body("return met(t.grids);\n    absent(t.grids, \"没有网格\", \"there are no grids\") // ←", "met(t.grids)");
    ENDLESS_LOOP "endless-loop" Error
        "循环没有出口" "the loop has no way out"
        "loop 或 while true 里没有 break、return 或 throw：规则必定超出限额而停下。"
        "A `loop` or `while true` without `break`, `return` or `throw` is certain to run into the limits."
        Body("let n = 0;\n    loop { n += 1; } // ←\n    met(t.grids, `${n}`, `${n}`)", "let n = 0;\n    loop { n += 1; if n > 1 { break; } }\n    met(t.grids, `${n}`, `${n}`)");
    ENDLESS_RECURSION "endless-recursion" Error
        "函数无条件地调用自己" "a function always calls itself"
        "它没有不再调用自己的分支：规则必定超出限额而停下。"
        "No branch of it ends without calling it again: the rule is certain to run into the limits."
        Rule("//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn depth(n) {\n    depth(n + 1) // ←\n}\n\nfn check(t) { met(t.grids, `${depth(0)}`, `${depth(0)}`) }\n",
            "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn depth(n) {\n    if n > 1 { n } else { depth(n + 1) }\n}\n\nfn check(t) { met(t.grids, `${depth(0)}`, `${depth(0)}`) }\n");
    CONSTANT_CONDITION "constant-condition" Warning
        "条件的结果总是一样" "the condition is always the same"
        "条件是 true、false，或同一个值自己与自己比较：多半是写错了变量。"
        "It is `true` or `false`, or compares a value with itself: most likely another variable was meant."
        Body("let grids = t.grids;\n    if grids.count() == grids.count() { return met(grids); } // ←\n    absent(grids, \"没有网格\", \"there are no grids\")",
            "let grids = t.grids;\n    if grids.count() > 0 { return met(grids); }\n    absent(grids, \"没有网格\", \"there are no grids\")");
    DISCARDED "discarded" Warning
        "得出的值没有用上" "the value is not used"
        "筛选和结论都不改动原来的行：没有 return 或 let，这一句等于没写。"
        "Selections and decisions change nothing: without `return` or `let` this line does nothing."
        Body("let grids = t.grids;\n    if grids.is_empty() { absent(grids, \"没有网格\", \"there are no grids\"); } // ←\n    met(grids)",
            "let grids = t.grids;\n    if grids.is_empty() { return absent(grids, \"没有网格\", \"there are no grids\"); }\n    met(grids)");
    UNUSED_VARIABLE "unused-variable" Warning
        "变量没有用到" "the variable is not used"
        "删去它；有意不用的，名称以 _ 开头。"
        "Take it out; one that is left unused on purpose begins with `_`."
        Body("let members = t.grid_members; // ←\n    met(t.grids)", "let members = t.grid_members;\n    met(members)");
    UNUSED_FUNCTION "unused-function" Warning
        "函数没有用到" "the function is not used"
        "规则里没有地方调用它；库里的函数没有一条规则调用。"
        "Nothing in the rule calls it; where it is one of a library, no rule does."
        Rule("//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn named(rows) { // ←\n    rows.filled(\"name\")\n}\n\nfn check(t) { require(t.grids, \"没有网格\", \"there are no grids\") }\n",
            "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn named(rows) {\n    rows.filled(\"name\")\n}\n\nfn check(t) { require(named(t.grids), \"没有网格\", \"there are no grids\") }\n");
    UNUSED_IMPORT "unused-import" Warning
        "引入的库没有用到" "the library is not used"
        "删去 import。"
        "Take the `import` out."
        Body("import \"grids\" as grids; // ←\n    met(t.grids)", "import \"grids\" as grids;\n    met(grids::base(t.grids))");
    UNKNOWN_LIBRARY "unknown-library" Error
        "没有这个库" "there is no such library"
        "import 写的是规则包 lib 文件夹里的文件名，不带 .rhai。"
        "An `import` names a file in the folder `lib` of the packs, without `.rhai`."
        Body("import \"gridz\" as grids; // ←\n    met(grids::base(t.grids))", "import \"grids\" as grids;\n    met(grids::base(t.grids))");
    SHADOWED "shadowed" Warning
        "名称遮住了 t 或 p" "a name hides `t` or `p`"
        "里面的 t 或 p 不再是全部数据表或参数，读的人容易看错。换一个名称。"
        "Inside, `t` or `p` no longer means the tables or the parameters: readers will err. Take another name."
        Body("let day = t.as_of;\n    met(t.plans.filter(|t| t.start > day)) // ←", "let day = t.as_of;\n    met(t.plans.filter(|plan| plan.start > day))");
    ONE_LANGUAGE "one-language" Warning
        "理由只有一种语言" "the reason is there in one language only"
        "结论的理由中英文都要写，先中文后英文：空着的一边报告里就没有理由，写反了就成了乱的。"
        "A decision gives its reason in Chinese, then in English. An empty one leaves a report without a reason; swapped ones are in the wrong language."
        Body("require(t.grids, \"没有网格\", \"没有网格\") // ←", "require(t.grids, \"没有网格\", \"there are no grids\")");
    NO_TEST "no-test" Warning
        "规则没有测试" "the rule has no test"
        "在规则旁边写 .test.rhai，至少一个通过、一个不通过的例子；wangge rules new 会带上。"
        "Put a `.test.rhai` beside the rule, with an example that meets it and one that does not; `wangge rules new` brings both."
        Tests("", "fn test_grids_are_met() {\n    expect(#{ grids: \"网格编号,网格名称\\nG1,一网格\" }, #{ \"\": \"met\" });\n}\n");
    FAILING_TEST "failing-test" Warning
        "测试没有通过" "a test fails"
        "wangge rules test 会说明差在哪里。"
        "`wangge rules test` tells what differs."
        Tests("fn test_grids_are_met() { // ←\n    expect(#{ grids: \"网格编号,网格名称\\nG1,一网格\" }, #{ \"\": \"unmet\" });\n}\n",
            "fn test_grids_are_met() {\n    expect(#{ grids: \"网格编号,网格名称\\nG1,一网格\" }, #{ \"\": \"met\" });\n}\n");
    EMPTY_TEST "empty-test" Warning
        "测试没有写预期" "a test expects nothing"
        "没有 expect（预期）的测试什么也没有检查。"
        "A test without `expect` checks nothing."
        Tests("fn test_grids_are_met() { // ←\n    let tables = #{ grids: \"网格编号,网格名称\\nG1,一网格\" };\n}\n",
            "fn test_grids_are_met() {\n    expect(#{ grids: \"网格编号,网格名称\\nG1,一网格\" }, #{ \"\": \"met\" });\n}\n");
    ALLOW_REASON "allow-without-reason" Warning
        "放过一处却没有说明原因" "something is allowed without a reason"
        "写成 // lint: allow 代码 原因。"
        "Write `// lint: allow CODE reason`."
        Body("// lint: allow raw-number // ←\n    if t.grids.count() < 12 { return absent(t.grids, \"网格太少\", \"too few grids\"); }\n    met(t.grids)",
            "// lint: allow raw-number 条文本身写明十二个\n    if t.grids.count() < 12 { return absent(t.grids, \"网格太少\", \"too few grids\"); }\n    met(t.grids)");
    ALLOW_UNKNOWN "allow-unknown" Warning
        "放过的代码不存在" "what is allowed is no lint"
        "代码写错了；本页列出了全部代码。"
        "The code is misspelt; this page lists all there are."
        Body("met(t.grids) // lint: allow raw-numbers 条文写明 // ←", "met(t.grids)");
    ALLOW_UNUSED "allow-unused" Warning
        "放过的地方没有问题" "there is nothing to allow"
        "问题已经改好，删去这句注释；否则它会放过以后的问题。"
        "What it allowed has been put right. Take the comment out, or it will allow a later mistake."
        Body("// lint: allow raw-number 条文写明 // ←\n    met(t.grids)", "met(t.grids)");
}
