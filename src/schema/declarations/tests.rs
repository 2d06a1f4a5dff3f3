use super::*;

#[test]
fn the_shipped_declarations_are_sound() {
    let errors = declarations(include_str!("../../../rules/tables.toml")).err().unwrap_or_default();
    let shown: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn a_pack_adds_words_to_the_values_of_a_column_below() {
    let own = |columns: &str| {
        let below = "[[table]]\nid = \"a\"\nzh = \"甲\"\nabout = \"\"\ncolumns = [{ id = \"x\", zh = \"列\", type = \"enumerated\", values = { one = [\"一\"], two = [\"二\"] } }, { id = \"y\", zh = \"行\", type = \"text\" }]";
        let own = format!(
            "[nothing]\nwords = [\"没填\"]\n[[table]]\nid = \"a\"\nzh = \"甲\"\nabout = \"\"\ncolumns = [{columns}]"
        );
        declarations_of(&[("low".to_owned(), below.to_owned()), ("high".to_owned(), own)])
    };
    let decls = own("{ id = \"x\", zh = \"列\", type = \"enumerated\", values = { one = [\"壹\"] } }").ok();
    let words = |decls: Declarations| {
        decls.tables.first().and_then(|table| table.columns.first()?.values.get("one").cloned())
    };
    assert_eq!(decls.and_then(words), Some(vec!["一".to_owned(), "壹".to_owned()]));
    for wrong in [
        "{ id = \"x\", zh = \"列\", type = \"enumerated\", values = { three = [\"三\"] } }",
        "{ id = \"x\", zh = \"列\", type = \"enumerated\", values = { one = [\"二\"] } }",
        "{ id = \"y\", zh = \"行\", type = \"text\" }",
    ] {
        assert!(own(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn every_mistake_is_located() {
    let toml = r#"
[[table]]
id = "a"
zh = "甲"
about = ""
columns = [
  { id = "x", zh = "列", type = "enumerated" },
  { id = "y", zh = "行", aliases = ["列"], type = "code", refers = "b.none" },
]

[[table]]
id = "b"
zh = "乙"
aliases = ["Ａ"]
about = ""
columns = [ { id = "z", zh = "值", type = "enumerated", values = { one = ["是"], two = ["是"] } } ]
"#;
    let errors = declarations(toml).err().unwrap_or_default();
    let lines: Vec<_> = errors.iter().map(|error| error.line).collect();
    assert_eq!(lines, [12, 8, 7, 8, 16], "{errors:#?}");
}

#[test]
fn malformed_declarations_are_located() {
    let errors = declarations("[[table]]\nid = 3\n").err().unwrap_or_default();
    assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_pack_adds_words_of_headers() {
    let below = r#"
[naming]
synonyms = [["时间", "日期"]]
collections = ["清单"]

[[table]]
id = "a"
zh = "甲"
about = ""
columns = [{ id = "day", zh = "办结日期", type = "date" }, { id = "no", zh = "编号", type = "code" }]
"#;
    let above = "[naming]\nsynonyms = [[\"流水号\", \"编号\"]]\ncollections = [\"底账\"]\n";
    let files: Vec<_> = [below, above].map(|text| (String::new(), text.to_owned())).into();
    let decls = declarations_of(&files).ok();
    let table = decls.as_ref().and_then(|decls| decls.tables.first());
    let meant = |name| table.and_then(|table| table.column_meant(name)).map(|(at, _)| at);
    assert_eq!((meant("办结时间"), meant("流水号")), (Some(0), Some(1)));
    assert_eq!(decls.map(|decls| decls.naming.collections.clone()), Some(vec!["清单".into(), "底账".into()]));
}
