//! The built-in rules written out: whole, or some of them to be changed.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::Path;

use support::batch::Ended;
use support::{root, wangge, wangge_in};

fn ends(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    Ended::from(wangge_in(folder, arguments)).told()
}

#[test]
fn the_whole_pack_written_out_gives_the_same_report_and_passes_its_tests() {
    let folder = tempfile::tempdir().unwrap();
    let (code, told) = ends(folder.path(), &["rules", "eject", "全部", "--lang", "zh"]);
    assert_eq!(code, Some(0), "{told}");
    let pack = folder.path().join("全部").display().to_string();
    let check: [&str; 6] =
        ["check", "fixtures/village", "--rulings", "fixtures/village-rulings.csv", "--as-of", "2026-06-30"];
    let report = |more: &[&str]| {
        wangge(&[&check[..], &["--no-cache", "--exit-zero", "-o", "json"], more].concat()).stdout
    };
    let read = |bytes: Vec<u8>| serde_json::from_slice::<serde_json::Value>(&bytes).unwrap();
    let (mut built_in, mut named) = (read(report(&[])), read(report(&["--packs", &pack])));
    // That a pack took the place of the built-in one is told, and nothing else differs.
    let overrides = named.as_object_mut().unwrap().remove("overrides").unwrap();
    assert_eq!(overrides.as_array().unwrap().len(), 1, "{overrides}");
    for report in [&mut built_in, &mut named] {
        assert!(report.as_object_mut().unwrap().remove("digest").is_some());
        report.pointer_mut("/packs/0").unwrap().as_object_mut().unwrap().remove("signature");
    }
    assert_eq!(built_in, named);
    let (code, told) = ends(folder.path(), &["rules", "test", "--packs", "全部", "--lang", "en"]);
    assert_eq!(code, Some(0), "{told}");
    let own = String::from_utf8(wangge(&["rules", "test", "--lang", "en"]).stdout).unwrap();
    assert_eq!(told.lines().last(), own.lines().last());
    assert!(told.ends_with(" passed, 0 failed\n") && !told.ends_with("\n0 passed, 0 failed\n"));
}

#[test]
fn single_rules_written_out_replace_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    let eject = ["rules", "eject", "本地", "A.1.3.a", "2/10.6.2", "--lang", "en"];
    assert_eq!(ends(folder.path(), &eject).0, Some(0));
    let rule = folder.path().join("本地/items/a1/A.1.3.rhai");
    assert_eq!(
        fs::read_to_string(&rule).unwrap(),
        fs::read_to_string(root().join("rules/items/a1/A.1.3.rhai")).unwrap()
    );
    assert!(folder.path().join("本地/items/a1/A.1.3.test.rhai").is_file());
    let test = ["rules", "test", "--packs", "本地"];
    assert_eq!(ends(folder.path(), &test).0, Some(0));
    let (_, list) = ends(folder.path(), &["rules", "list", "--packs", "本地"]);
    assert!(
        list.contains("本地/items/a1/A.1.3.rhai") && list.contains("本地/structure/p2/2-10.6.2.rhai"),
        "{list}"
    );
    // What is changed in them counts, and their tests notice.
    let script = fs::read_to_string(&rule).unwrap();
    fs::write(&rule, script.replace("require_none(staff, none.at", "require_none(staff, held.at")).unwrap();
    assert_eq!(ends(folder.path(), &test).0, Some(1));
}

#[test]
fn nothing_is_written_over_unless_asked_and_then_pack_toml_stays() {
    let folder = tempfile::tempdir().unwrap();
    let eject = |more: &[&str]| {
        ends(folder.path(), &[&["rules", "eject", "p"][..], more, &["--lang", "en"]].concat())
    };
    assert_eq!(eject(&["A.1.3"]).0, Some(0));
    let (rule, manifest) = (folder.path().join("p/items/a1/A.1.3.rhai"), folder.path().join("p/pack.toml"));
    let own = fs::read_to_string(&manifest).unwrap().replace("0.1.0", "0.2.0");
    fs::write(&rule, "mine").unwrap();
    fs::write(&manifest, &own).unwrap();
    let (code, told) = eject(&["A.1.3", "A.1.4"]);
    assert!(
        code == Some(2) && told.contains("eject.occupied") && told.contains("p/items/a1/A.1.3.rhai"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(&rule).unwrap(), "mine");
    assert!(!folder.path().join("p/items/a1/A.1.4.rhai").exists(), "all or nothing");
    assert_eq!(eject(&["A.1.4"]).0, Some(0), "a pack may take in more");
    assert_eq!(eject(&["A.1.3", "--force"]).0, Some(0));
    assert_ne!(fs::read_to_string(&rule).unwrap(), "mine");
    assert_eq!(fs::read_to_string(&manifest).unwrap(), own);
}

#[test]
fn a_replacement_that_waits_for_its_day_is_not_tested_before() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(ends(folder.path(), &["rules", "eject", "p", "A.1.3"]).0, Some(0));
    let path = |inner: &str| folder.path().join("p").join(inner);
    let manifest = fs::read_to_string(path("pack.toml")).unwrap();
    fs::write(path("pack.toml"), manifest.replace("# from", "from")).unwrap();
    for file in ["items/a1/A.1.3.rhai", "items/a1/A.1.3.test.rhai"] {
        let text = fs::read_to_string(path(file)).unwrap();
        fs::write(
            path(file),
            text.replace("A.1.3\", params: #{ min_staff: 1 }", "A.1.3\", params: #{ min_staff: 9 }"),
        )
        .unwrap();
    }
    let test = |day: &str| ends(folder.path(), &["rules", "test", "A.1.3", "--packs", "p", "--as-of", day]);
    let (code, told) = test("2026-06-30");
    assert!(code == Some(0) && !told.contains("p/items"), "{told}");
    let (code, told) = test("2026-09-01");
    assert!(code == Some(1) && told.contains("p/items/a1/A.1.3.test.rhai"), "{told}");
}
