//! Packs from anywhere: bounded before they are trusted, in nobody else's name, and nothing they change goes untold.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]
#![expect(clippy::format_collect, reason = "short, and nobody waits for it")]

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::Value;
use support::batch::Ended;
use support::{command_in, json, root};
use zip::write::SimpleFileOptions;

const HEAD: &str = "id = \"local\"\nversion = \"1.0.0\"\ntitle = \"t\"\nextends = [\"wangge.national\"]\n";

fn put(folder: &Path, files: &[(&str, &str)]) -> String {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder.display().to_string()
}

/// Runs the binary; tells its exit code and all it said.
fn run(arguments: &[&str], env: &[(&str, &str)]) -> (Option<i32>, String) {
    Ended::from(command_in(&root(), arguments).envs(env.iter().copied()).output().unwrap()).told()
}

fn check(packs: &[&str], env: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut arguments = vec!["check", "fixtures/clean", "--as-of", "2026-06-30", "--exit-zero", "-o", "json"];
    packs.iter().for_each(|pack| arguments.extend(["--packs", pack]));
    run(&arguments, env)
}

fn overrides(report: &Value) -> Vec<String> {
    let part = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    let all = report["overrides"].as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|one| ["kind", "target", "field"].map(|key| part(one, key)).join(" ").trim().to_owned())
        .collect()
}

#[test]
fn what_is_too_much_is_refused_and_located() {
    let folder = tempfile::tempdir().unwrap();
    let one_line: String = (0..9_000).map(|at| format!("\"A.{at}\" = {{ deduct = 1 }}, ")).collect();
    let settings: String = (0..5_100).map(|at| format!("[off.\"A.{at}\"]\nreason = \"x\"\n")).collect();
    let cases = [
        ("line", format!("{HEAD}requirements = {{ {one_line} }}\n"), "pack.limit"),
        ("settings", format!("{HEAD}{settings}"), "pack.limit"),
        ("deep", format!("{HEAD}a = {}1{}\n", "[".repeat(7_000), "]".repeat(7_000)), "pack.malformed"),
        ("keys", format!("{HEAD}a{} = 1\n", ".a".repeat(7_900)), "pack.malformed"),
    ];
    for (name, text, code) in cases {
        let pack = put(&folder.path().join(name), &[("pack.toml", &text)]);
        let (exit, said) = check(&[&pack], &[]);
        assert!(exit == Some(2) && said.contains(code) && said.contains("pack.toml"), "{name}: {said}");
        assert!(said.len() < 20_000, "{name}");
    }
}

#[test]
fn an_archive_full_of_scripts_is_refused_by_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.wpack");
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    archive.start_file("pack.toml", SimpleFileOptions::default()).unwrap();
    archive.write_all(HEAD.as_bytes()).unwrap();
    let text = "fn a() { 1 }\n".repeat(2_400);
    for at in 0..200 {
        archive.start_file(format!("structure/X-{at}.rhai"), SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let (exit, said) = check(&[&path.display().to_string()], &[]);
    assert!(exit == Some(2) && said.contains("pack.unreadable") && said.contains("p.wpack"), "{said}");
}

#[test]
fn rules_that_take_too_much_memory_together_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..1_300).map(|at| format!("x+=[1,[2],#{{a:{at}}}];\n")).collect();
    let mut files = vec![("pack.toml".to_owned(), HEAD.to_owned())];
    files.extend((0..130).map(|at| {
        let text = format!("//! 甲\n//! a\nconst META = #{{ id: \"X/{at}\" }};\nfn check(t) {{\nlet x = [];\n{lines}met()\n}}\n");
        (format!("structure/X-{at}.rhai"), text)
    }));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (exit, said) = check(&[&put(folder.path(), &files)], &[]);
    assert!(exit == Some(2) && said.contains("pack.limit") && said.contains("MiB"), "{said}");
}

#[test]
fn a_pack_of_the_reserved_id_counts_only_where_it_is_named_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let national = folder.path().join("shelf/national");
    let shown = national.display().to_string();
    assert_eq!(run(&["rules", "eject", &shown], &[]).0, Some(0));
    let local = put(&folder.path().join("local"), &[("pack.toml", HEAD)]);
    let shelf = folder.path().join("shelf").display().to_string();
    // The same pack again changes nothing.
    let (exit, said) = check(&[&local, &shelf], &[]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((exit, overrides(&report)), (Some(0), Vec::new()));
    let catalog = national.join("catalog/a1.toml");
    let text = fs::read_to_string(&catalog).unwrap();
    fs::write(&catalog, text.replacen("deduct = 2", "deduct = 0", 1)).unwrap();
    let (exit, said) = check(&[&local, &shelf], &[]);
    assert!(
        exit == Some(2) && said.contains("pack.reserved") && said.contains("national/pack.toml"),
        "{said}"
    );
    let told = overrides(&json(&["fixtures/clean", "--packs", &shown]));
    assert!(told.contains(&"pack wangge.national".to_owned()), "{told:?}");
    assert!(told.contains(&"file catalog/a1.toml".to_owned()), "{told:?}");
    assert!(
        told.iter().any(|one| one.starts_with("requirement A.1.") && one.ends_with(" deduct")),
        "{told:?}"
    );
}

#[test]
fn every_file_and_value_that_is_replaced_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let own = |path: &str| fs::read_to_string(root().join("rules").join(path)).unwrap();
    let catalog = own("catalog/a1.toml").replacen("deduct = 2", "deduct = 1", 1);
    let (library, registry) = (own("lib/documents.rhai") + "// x\n", own("registry/standards.csv") + "\n");
    let files = [
        ("pack.toml", HEAD),
        ("catalog/a1.toml", &catalog),
        ("lib/documents.rhai", &library),
        ("registry/standards.csv", &registry),
    ];
    let shown = put(folder.path(), &files);
    let told = overrides(&json(&["fixtures/clean", "--packs", &shown]));
    for file in files.iter().skip(1) {
        assert!(told.contains(&format!("file {}", file.0)), "{told:?}");
    }
    assert_eq!(told.iter().filter(|one| one.starts_with("requirement ")).count(), 1, "{told:?}");
    let (_, listed) = run(&["rules", "list", "--effective", "--packs", &shown], &[]);
    for file in files.iter().skip(1) {
        assert!(listed.contains(&format!("files {}\t", file.0)), "{listed}");
    }
}

#[test]
fn a_key_signs_only_the_packs_it_is_given_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (national, local) = (path("national"), put(&folder.path().join("local"), &[("pack.toml", HEAD)]));
    assert_eq!(run(&["rules", "eject", &national], &[]).0, Some(0));
    for name in ["one", "two"] {
        assert_eq!(run(&["rules", "key", &path(name)], &[]).0, Some(0));
    }
    let (one, two) = (path("one.pub"), path("two.pub"));
    for pack in [&national, &local] {
        assert_eq!(run(&["rules", "sign", pack, "--key", &path("two.key")], &[]).0, Some(0));
    }
    let trusted = |packs: &[&str], keys: &str| check(packs, &[("WANGGE_TRUSTED_KEY", keys)]);
    assert_eq!(trusted(&[&local], &two).0, Some(0));
    assert_eq!(trusted(&[&local], &format!("local={two},other={one}")).0, Some(0));
    assert_eq!(trusted(&[&national], &format!("wangge.national={two}")).0, Some(0));
    for (pack, keys) in [
        (&national, two.clone()),
        (&national, format!("*={two}")),
        (&national, format!("wangge.*={two}")),
        (&local, format!("local={one},*={two}")),
        (&local, format!("other={two}")),
    ] {
        let (exit, said) = trusted(&[pack], &keys);
        assert!(exit == Some(2) && said.contains("may not sign"), "{keys}: {said}");
    }
    assert_eq!(run(&["rules", "verify", &national, "--trusted-key", &two], &[]).0, Some(1));
    for blank in ["", " ", ",", " , ", "local=", "=x", &format!("{one},{two}")] {
        let (exit, said) = trusted(&[], blank);
        assert!(exit == Some(2) && said.contains("usage.trusted-key"), "{blank:?}: {said}");
    }
}

#[test]
fn rules_that_do_not_compile_are_in_the_report_and_their_words_act_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let clause = "[[clause]]\nid = \"X/1\"\ntitle = { zh = \"=HYPERLINK(1)\", en = \"<script>x</script>\" }\n\
        force = \"shall\"\ndecided = \"data\"\n";
    let good = "//! 甲\u{1b}]0;x\u{7}\n//! <img src=x>\u{1b}[2J\nconst META = #{ id: \"X/1\", clauses: [\"X/1\"] };\nfn check(t) { met() }\n";
    let files = [
        ("pack.toml", HEAD),
        ("clauses.toml", clause),
        ("structure/X-1.rhai", good),
        ("structure/X-2.rhai", "let x = ;\n"),
    ];
    let shown = put(folder.path(), &files);
    let (exit, said) = check(&[&shown], &[]);
    let report: Value = serde_json::from_str(said.split("\nrule.broken").next().unwrap()).unwrap();
    let broken = &report["broken"][0];
    assert_eq!((exit, broken["rule"].as_str(), broken["line"].as_u64()), (Some(2), Some("X/2"), Some(1)));
    assert!(broken["file"].as_str().unwrap().ends_with("structure/X-2.rhai"), "{broken}");
    assert!(
        ["zh", "en"].iter().all(|lang| !broken["message"][lang].as_str().unwrap().is_empty()),
        "{broken}"
    );
    for arguments in [&["rules", "list"][..], &["rules", "matrix", "--format", "csv"]] {
        let (_, said) = run(&[arguments, &["--packs", &shown]].concat(), &[]);
        assert!(!said.contains(['\u{1b}', '\u{7}']) && !said.contains(",=HYPERLINK"), "{arguments:?}");
    }
    let pages = folder.path().join("pages");
    let (exit, said) = run(&["rules", "docs", &pages.display().to_string(), "--packs", &shown], &[]);
    assert_eq!(exit, Some(0), "{said}");
    for page in fs::read_dir(&pages).unwrap() {
        let text = fs::read_to_string(page.unwrap().path()).unwrap();
        assert!(!text.contains("<script") && !text.contains("<img") && !text.contains('\u{1b}'), "{text}");
    }
}
