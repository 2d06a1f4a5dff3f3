//! The files behind the tables, and the texts of standards: a village whose papers are in order, and one in which each has a
//! fault of its own (listed in `fixtures/texts/README.md`).
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::Value;
use support::json;

/// Attachments, findings and outcomes of the only organization.
fn organization(arguments: &[&str]) -> Value {
    json(arguments)["organizations"][0].clone()
}

fn clauses(one: &Value) -> BTreeMap<&str, (&str, &str)> {
    let lines = one["structure"].as_array().unwrap().iter();
    lines
        .filter(|line| line["clause"].as_str().unwrap().starts_with("T/"))
        .map(|line| {
            (
                line["clause"].as_str().unwrap(),
                (line["outcome"].as_str().unwrap(), line["reason"]["zh"].as_str().unwrap_or_default()),
            )
        })
        .collect()
}

fn requirement<'a>(one: &'a Value, id: &str) -> &'a Value {
    let tables = one["tables"].as_array().unwrap().iter();
    let items = tables.flat_map(|table| table["items"].as_array().unwrap());
    let mut lines = items.flat_map(|item| item["requirements"].as_array().unwrap());
    lines.find(|line| line["id"] == id).unwrap()
}

fn findings(one: &Value) -> Vec<(&str, &str)> {
    let all = one["findings"].as_array().unwrap().iter();
    let of_files = all.filter(|finding| finding["rule"].as_str().unwrap().starts_with("data.attachment"));
    of_files
        .map(|finding| (finding["rule"].as_str().unwrap(), finding["message"]["zh"].as_str().unwrap()))
        .collect()
}

#[test]
fn papers_in_order_are_silent_and_what_they_show_is_examined() {
    let one = organization(&["fixtures/texts/clean"]);
    assert_eq!(findings(&one), []);
    for (clause, (outcome, reason)) in clauses(&one) {
        assert_eq!(outcome, "met", "{clause}: {reason}");
    }
    let drafted = requirement(&one, "A.1.8.b");
    assert_eq!((drafted["outcome"].as_str(), drafted["assurance"].as_str()), (Some("met"), Some("examined")));
    let files = one["attachments"]["files"].as_array().unwrap();
    assert_eq!(files.len(), 27);
    for file in files {
        let name = file["file"].as_str().unwrap();
        assert_eq!(file["condition"], "opens", "{name}");
        assert!(
            file["claims"].as_u64().unwrap() > 0 && file["sha256"].as_str().unwrap().len() == 64,
            "{name}"
        );
    }
}

#[test]
fn every_fault_of_a_text_is_told_with_its_standard() {
    let one = organization(&["fixtures/texts/violations"]);
    let told = clauses(&one);
    let faults = [
        (
            "T/1",
            &[
                "没有标准编号（Q/SQWG GL1•1-2025）",
                "封面为网格员考勤与值班规则",
                "TG4•1-2025（封面为2025-09-01）",
            ][..],
        ),
        ("T/2", &["没有前言（Q/SQWG TG4•2-2025）", "TG22•1-2025", "TG22•2-2025"]),
        ("T/3", &["TG4•3-2025的4.3（应为4.2）", "GL3•1-2025的表3（应为表2）"]),
        ("T/4", &["没有表示要求的条款（应、不应）（Q/SQWG GL2•1-2025）", "GL1•2-2025的附录A"]),
        ("T/5", &["TG4•4-2025的GB 25201", "TG21•1-2025的GB/T 19012-2019"]),
        ("T/6", &["4处引用的标准已被代替或者废止", "TG22•6-2025"]),
        ("T/7", &["GL81•1-2025引用的Q/SQWG GL82•1-2025", "TG22•3-2025引用Q/SQWG TG22•4-2025"]),
        ("T/8", &["JC3•1-2025（全文85字）", "TG4•7-2025与", "属于其他行业（Q/SQWG GL6•1-2025）"]),
        ("T/9", &["“网格长”", "道路积水应在接报后4 h内处置完毕"]),
        ("T/10", &["罚款100元"]),
    ];
    for (clause, parts) in faults {
        let (outcome, reason) = told[clause];
        assert_eq!(outcome, "unmet", "{clause}");
        for part in parts {
            assert!(reason.contains(part), "{clause}: {part} is not in {reason}");
        }
    }
    assert_eq!(requirement(&one, "A.1.8.b")["outcome"], "unmet");
    let places = one["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "T/3");
    let places: Vec<&Value> = places.flat_map(|finding| finding["locations"].as_array().unwrap()).collect();
    assert!(
        places.iter().any(|place| place["file"].as_str().unwrap().contains("GL3•1") && place["page"] == 3)
    );
    assert!(places.iter().all(|place| place["paragraph"].as_u64().is_some() && place["row"].is_null()));
}

#[test]
fn every_fault_of_a_file_is_told_at_the_cell_that_names_it() {
    let one = organization(&["fixtures/texts/violations"]);
    let told = findings(&one);
    let wanted = [
        ("data.attachment-blank", "标准化工作管理制度.docx"),
        ("data.attachment-blank", "标准体系发布令.pdf"),
        ("data.attachment-blank", "批准发布通知扫描件.png"),
        ("data.attachment-closed", "标准审查会议纪要.pdf"),
        ("data.attachment-missing", "标准体系表编制说明.docx"),
        ("data.attachment-shared", "综合材料.docx"),
        ("data.attachment-unclaimed", "没有任何一行数据提到"),
        ("data.attachment-without-text", "标准实施监督检查制度.doc"),
    ];
    for (rule, part) in wanted {
        assert!(told.iter().any(|(id, text)| *id == rule && text.contains(part)), "{rule} {part}: {told:?}");
    }
    assert_eq!(told.len(), wanted.len(), "{told:?}");
    let all = one["findings"].as_array().unwrap();
    let missing = all.iter().find(|finding| finding["rule"] == "data.attachment-missing").unwrap();
    let place = &missing["locations"][0];
    assert_eq!((place["file"].as_str(), place["row"].as_u64()), (Some("文件资料清单.csv"), Some(8)));
}

#[test]
fn without_their_files_claims_are_unknown_where_files_count() {
    let claims = organization(&["fixtures/texts/violations"]);
    let files = organization(&["fixtures/texts/violations", "--policy", "evidence=files"]);
    let (by, range) =
        (&claims["score"]["by_evidence"], |score: &Value| (score["low"].clone(), score["high"].clone()));
    assert_eq!(range(&by["claims"]), range(&claims["score"]));
    assert_eq!(range(&by["files"]), range(&files["score"]));
    assert_eq!(files["score"]["by_evidence"], *by);
    assert!(by["files"]["low"].as_u64() < by["claims"]["low"].as_u64());
    assert_eq!(by["files"]["high"], by["claims"]["high"], "what is unknown costs nothing for sure");
}

#[test]
fn an_archive_of_a_folder_has_its_attachments() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("清河村.zip");
    let root = support::root().join("fixtures/texts/clean");
    let mut zip = zip::ZipWriter::new(fs::File::create(&archive).unwrap());
    add(&mut zip, &root, &root);
    zip.finish().unwrap();
    let packed = organization(&[archive.to_str().unwrap()]);
    let mut plain = organization(&["fixtures/texts/clean"]);
    plain["submission"]["path"] = packed["submission"]["path"].clone();
    assert_eq!(packed, plain);
}

fn add(zip: &mut zip::ZipWriter<fs::File>, root: &Path, folder: &Path) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            add(zip, root, &path);
            continue;
        }
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(&path).unwrap()).unwrap();
    }
}

#[test]
fn what_is_drawn_can_be_drawn_again_and_follows_the_digests() {
    let draw = |seed: &str| {
        let arguments = [
            "sample",
            "fixtures/texts/clean",
            "--of",
            "standards",
            "--size",
            "5",
            "--seed",
            seed,
            "-o",
            "csv",
        ];
        let output = support::wangge(&[&arguments[..], &["--as-of", "2026-06-30", "--lang", "zh"]].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    let drawn = draw("20260630");
    assert_eq!(drawn, draw("20260630"));
    assert_ne!(drawn, draw("20260701"));
    let ranks: Vec<&str> = drawn.lines().skip(1).map(|line| line.rsplit(',').next().unwrap()).collect();
    assert!(ranks.len() == 5 && ranks.is_sorted(), "{drawn}");
    let first = drawn.lines().nth(1).unwrap();
    let code = first.split(',').nth(4).unwrap();
    let digest = wangge::model::file_digest::sha256(format!("20260630|standards|{code}").as_bytes()).unwrap();
    assert!(first.ends_with(&digest), "{first}");
}
