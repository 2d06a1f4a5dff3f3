#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::model::fault::Explain;

fn refused(text: &str) -> ReadError {
    read(text.as_bytes(), |_| ()).unwrap_err()
}

#[test]
fn another_version_is_named_before_anything_else() {
    let error = refused(r#"{"schema": "wangge.report/9", "tool": 7}"#);
    assert!(matches!(&error, ReadError::Version(version) if version == "wangge.report/9"), "{error:?}");
    let fault = refused("{\n\"schema\": 1 }").fault();
    assert_eq!((fault.code, fault.row), ("report.form", Some(2)));
}

#[test]
fn what_is_no_report_is_located() {
    for (text, row) in [
        ("", 1),
        ("PK\u{3}\u{4}", 1),
        ("[]", 1),
        ("{}", 1),
        ("{\"schema\":\"wangge.report/1\",\n\"organizations\":{}}", 2),
        ("{\"schema\":\"wangge.report/1\",\n\"schema\":\"wangge.report/1\"}", 2),
        ("{\"schema\":\"wangge.report/1\",\"organizations\":[],\n\"organizations\":[]}", 2),
        ("{\"schema\":\"wangge.report/1\",\"organizations\":[\n\n7]}", 3),
    ] {
        let fault = refused(text).fault();
        assert_eq!((fault.code, fault.row), ("report.form", Some(row)), "{text}");
        assert!(!fault.message.zh.is_empty() && !fault.help.zh.is_empty());
    }
}

#[test]
fn nesting_is_refused_however_deep() {
    for (before, open) in [("\"organizations\":", "["), ("\"packs\":", "{\"a\":"), ("\"other\":", "[")] {
        let text = format!("{{\"schema\":\"wangge.report/1\",{before}{}", open.repeat(200_000));
        assert!(matches!(refused(&text), ReadError::Form { .. }), "{before}");
    }
}

#[test]
fn what_never_ends_is_given_up() {
    let start = br#"{"schema":"wangge.report/1","other":""#;
    let endless = start.chain(io::repeat(b'a'));
    let error = read(endless, |_| ()).err();
    assert!(matches!(&error, Some(ReadError::TooLarge)), "{error:?}");
}
