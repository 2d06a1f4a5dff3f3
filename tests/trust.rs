//! A result that can be trusted later: signed reports, reports made again, the log of assessments, packs whose signature is
//! told.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;

use support::repository::Repository;

const REPORT: &str = "check data --as-of 2026-06-30 --no-cache --exit-zero -q -o json:r.json";

/// A repository with a report and a pair of keys.
fn signed() -> Repository {
    let village = Repository::of("village");
    assert_eq!(village.run(REPORT).0, 0);
    let (status, _, told) = village.run("rules key own --lang zh");
    assert!(status == 0 && told.contains("没有密码保护"), "{told}");
    let (status, out, told) = village.run("sign r.json --key own.key --lang zh");
    assert!(status == 0 && out.contains("r.json.minisig") && told.contains("没有密码保护"), "{out}{told}");
    village
}

const VERIFY: &str = "verify r.json --signed-by own.pub --lang zh";

#[test]
fn any_flipped_byte_of_a_signed_report_is_found() {
    let village = signed();
    let (status, out, told) = village.run(VERIFY);
    assert_eq!(status, 0, "{told}");
    assert!(out.contains("签名后未改动") && out.contains("与写出时相同"), "{out}");
    let path = village.path().join("r.json");
    let bytes = fs::read(&path).unwrap();
    let step = bytes.len() / 40;
    for at in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&path, &changed).unwrap();
        let (status, _, told) = village.run(VERIFY);
        assert!(status == 1 && told.contains("与签名不符"), "{at}: {told}");
    }
    fs::write(&path, &bytes).unwrap();
    // One of another key, and none.
    assert_eq!(village.run("rules key other").0, 0);
    let (status, _, told) = village.run("verify r.json --signed-by other.pub --lang zh");
    assert!(status == 1 && told.contains("不受信任的密钥"), "{told}");
    fs::remove_file(village.path().join("r.json.minisig")).unwrap();
    let (status, _, told) = village.run(VERIFY);
    assert!(status == 1 && told.contains("没有签名"), "{told}");
    assert_eq!(village.run("verify r.json --lang zh").0, 0, "no signature is asked for");
}

#[test]
fn without_a_signature_the_digest_of_a_report_still_tells_edits() {
    let village = signed();
    village.write("r.json", &village.read("r.json").replacen("东溪村", "西溪村", 1));
    let (status, _, told) = village.run("verify r.json --lang zh");
    assert_eq!(status, 1, "{told}");
}

#[test]
fn other_files_are_signed_too() {
    let village = signed();
    village.write("纪要.txt", "甲");
    assert_eq!(village.run("sign 纪要.txt --key own.key").0, 0);
    assert_eq!(village.run("verify 纪要.txt --signed-by own.pub").0, 0);
    let (status, _, told) = village.run("verify 纪要.txt --lang zh");
    assert!(status == 2 && told.contains("不是 check 写出的 JSON 报告"), "{told}");
    village.write("纪要.txt", "乙");
    assert_eq!(village.run("verify 纪要.txt --signed-by own.pub").0, 1);
    assert_eq!(village.run("sign 没有.txt --key own.key").0, 2);
}

#[test]
fn a_report_made_again_is_the_same_or_what_differs_first_is_told() {
    let village = Repository::of("village");
    let rulings = support::root().join("fixtures/village-rulings.csv");
    fs::copy(rulings, village.path().join("裁定.csv")).unwrap();
    let made = "check data --as-of 2026-06-30 --no-cache --exit-zero -q --rulings 裁定.csv";
    assert_eq!(village.run(&format!("{made} -o json:r.json -o json.zst:r.json.zst")).0, 0);
    let again = |more: &str| village.run(&format!("verify {more} --lang zh"));
    for name in ["r.json", "r.json.zst"] {
        let (status, out, told) = again(&format!("{name} --submission data --rulings 裁定.csv"));
        assert!(status == 0 && out.contains("逐字节相同"), "{out}{told}");
    }
    let (status, out, told) = again("r.json --submission ./data/ --rulings 裁定.csv");
    assert!(status == 0 && out.contains("路径写法不同"), "{out}{told}");
    let (status, _, told) = again("r.json --submission data");
    assert!(status == 1 && told.contains("首先不同的是：裁定等所用文件"), "{told}");
    let province = support::root().join("fixtures/packs/province").display().to_string();
    let (status, _, told) = again(&format!("r.json --submission data --rulings 裁定.csv --packs {province}"));
    assert!(status == 1 && told.contains("首先不同的是：规则包"), "{told}");
    let other = Repository::of("clean");
    let (status, _, told) =
        again(&format!("r.json --submission {} --rulings 裁定.csv", other.path().join("data").display()));
    assert!(status != 0, "{told}");
    // The digests are those of everybody.
    let report: serde_json::Value = serde_json::from_str(&village.read("r.json")).unwrap();
    let file = &report["inputs"]["files"][0];
    assert_eq!((&file["role"], &file["path"]), (&"rulings".into(), &"裁定.csv".into()));
    let bytes = fs::read(village.path().join("裁定.csv")).unwrap();
    assert_eq!(file["sha256"], wangge::model::file_digest::sha256(&bytes[..]).unwrap());
}

#[test]
fn the_log_tells_whether_anything_in_it_was_touched() {
    let village = Repository::of("village");
    let mut digests = Vec::new();
    for number in 1..=3 {
        let (status, _, told) = village.run(&format!("{REPORT} --log 评价.log --lang zh"));
        assert!(status == 0 && told.contains(&format!("第{number}条")), "{told}");
        digests.push(told.trim().rsplit(' ').next().unwrap().to_owned());
    }
    let verify =
        |last: &str| village.run(&format!("log verify 评价.log --last {last} --report r.json --lang zh"));
    let (status, out, told) = verify(&digests[2]);
    assert!(status == 0 && out.contains("就是最后一条") && out.contains("这份报告是第3条"), "{out}{told}");
    assert!(verify(&digests[0]).1.contains("此后又有2条"));
    let text = village.read("评价.log");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (changed, told) in [
        (lines[..2].concat(), "有记录被删去，或整个文件被换过"),
        ([lines[0], lines[2]].concat(), "第2行起"),
        ([lines[1], lines[0], lines[2]].concat(), "第1行起"),
        (text.replacen("2026-06-30", "2026-06-29", 1), "第2行起"),
        (text.trim_end().to_owned(), "第3行起"),
    ] {
        village.write("评价.log", &changed);
        let (status, _, said) = verify(&digests[2]);
        assert!(status == 1 && said.contains(told), "{told}: {said}");
    }
    // Nothing is added to what does not stand, and nothing is assessed for it.
    let (status, _, told) = village.run(&format!("{REPORT} --log 评价.log --lang zh"));
    assert!(status == 2 && told.contains("与写入时不同"), "{told}");
    assert_eq!(village.read("评价.log"), text.trim_end());
}

#[test]
fn a_pack_without_a_signature_or_changed_after_it_is_told() {
    let village = Repository::of("village");
    village.write(
        "市/pack.toml",
        "id = \"city\"\nversion = \"1.0.0\"\ntitle = \"市规则包\"\nextends = [\"wangge.national\"]\n",
    );
    let state = |more: &str| {
        let check = "check data --as-of 2026-06-30 --no-cache --exit-zero --lang zh --packs 市 -o json:r.json -o terminal";
        let (status, out, told) = village.run(&format!("{check} {more}"));
        assert_eq!(status, 0, "{told}");
        let report: serde_json::Value = serde_json::from_str(&village.read("r.json")).unwrap();
        let packs = report["packs"].as_array().unwrap();
        assert!(packs[0]["signature"].is_null(), "that of the program");
        let line = out.lines().take(3).collect::<String>();
        (packs[1]["signature"].as_str().unwrap().to_owned(), line, told)
    };
    let (signature, line, _) = state("");
    assert!(signature == "unsigned" && line.contains("未签名"), "{line}");
    assert_eq!(village.run("rules key own").0, 0);
    let (_, out, _) = village.run("rules sign 市 --key own.key --lang zh");
    assert!(out.contains("规则包“city”1.0.0 已由密钥") && out.contains("市"), "{out}");
    assert_eq!(state("").0, "unchecked");
    assert_eq!(state("--trusted-key city=own.pub").0, "verified");
    village.write("市/lexicon.toml", "");
    let (signature, line, told) = state("");
    assert!(
        signature == "altered" && line.contains("签名后改过") && told.contains("签名后改过"),
        "{line}{told}"
    );
}

/// Whoever forges a report can reckon its digest anew: the submission tells.
#[test]
fn what_is_forged_with_a_fitting_digest_is_found_by_assessing_again() {
    use wangge::report::json;

    let village = Repository::of("village");
    assert_eq!(village.run(REPORT).0, 0);
    let genuine = json::from_str(&village.read("r.json")).unwrap();
    let mut forged: Vec<wangge::model::report::Report> = vec![genuine.clone(); 4];
    let mut standard = (**genuine.standard.as_ref().unwrap()).clone();
    standard.catalog.tables[0].title.zh = "伪造".to_owned();
    forged[0].standard = Some(standard.into());
    forged[1].packs[0].authority.zh = "国务院".to_owned();
    forged[2].organizations[0].score.low = 400;
    forged[3].standard = None;
    for (number, forged) in forged.iter().enumerate() {
        village.write("f.json", &json::whole(forged).unwrap());
        let (status, out, told) = village.run("verify f.json --submission data --lang zh");
        assert!(status == 1 && told.contains("首先不同的是"), "{number}: {out}{told}");
    }
    village.write("f.json", &json::whole(&genuine).unwrap());
    assert_eq!(village.run("verify f.json --submission data").0, 0);
    // What the program does not write is no part of a report, whatever the digest.
    let added = village.read("r.json").replacen("{\n", "{\n  \"official\": \"qualified\",\n", 1);
    village.write("f.json", &added);
    let (status, _, told) = village.run("verify f.json --lang zh");
    assert!(status == 1 && told.contains("不是程序写出的样子"), "{told}");
}

#[test]
fn no_output_takes_the_place_of_what_is_read() {
    let village = Repository::of("village");
    assert_eq!(village.run(&format!("{REPORT} --log 评价.log")).0, 0);
    village.write("裁定.csv", "organization,target,ruling,role,by,date,reason\n");
    let log = village.read("评价.log");
    for more in ["--log 评价.log -o json:评价.log", "--rulings 裁定.csv -o csv:./裁定.csv", "-o json:data"]
    {
        let (status, _, told) =
            village.run(&format!("check data --as-of 2026-06-30 --no-cache --lang zh {more}"));
        assert_eq!(status, 2, "{more}: {told}");
    }
    assert_eq!(village.read("评价.log"), log);
}
