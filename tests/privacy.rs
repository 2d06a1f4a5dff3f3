//! Personal data in a hundred spellings, in every place of a submission, over every output: none is readable without
//! `--unmask`, and nothing else is masked.
#![expect(clippy::format_collect, clippy::format_push_string, reason = "short, and nobody waits for it")]
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use support::AS_OF;
use support::batch::{Batch, Ended, files};
use support::packed::columns;
use wangge::report::output::FORMATS;
use zip::ZipArchive;

/// Numbers of persons as they are spelled in running text, in code columns, and what is no number of a person.
const NUMBERS: &str = include_str!("data/privacy/numbers.txt");
const CODES: &str = include_str!("data/privacy/codes.txt");
const KEPT: &str = include_str!("data/privacy/kept.txt");
const KEPT_CODES: &str = include_str!("data/privacy/kept_codes.txt");
const KEPT_GRIDS: &str = include_str!("data/privacy/kept_grids.txt");

/// Names of members, as they stand in the column of names and as they stand elsewhere.
const NAMES: [(&str, &str); 6] = [
    ("上官测试", "上官测试"),
    ("买买提·艾力", "买买提•艾力"),
    ("欧阳　明月", "欧阳明月"),
    ("司徒静", "司 徒 静"),
    ("John Smith", "JOHN SMITH"),
    ("申屠甲、申屠乙（副）", "申屠乙"),
];

/// Words that persons are called: those of the rules stay.
const WORDS: [&str; 4] = ["标准", "责任", "王", "待定"];

const PACK: &str = "id = \"local\"\nversion = \"1.0.0\"\ntitle = \"地方\"\nextends = [\"wangge.national\"]\n";

/// Spellings of one bucket: as many as places are shown of a finding.
const BUCKET: usize = 20;

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.replace("\\u200b", "\u{200b}").replace("\\n", "\n")).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Buckets of texts: some to be masked, some to be kept.
fn buckets() -> Vec<(String, Vec<String>)> {
    let bucket = |letter: &'static str, texts: Vec<String>| {
        let chunks = texts.chunks(BUCKET).map(<[String]>::to_vec).collect::<Vec<_>>();
        chunks.into_iter().enumerate().map(move |(at, texts)| (format!("{letter}{at}"), texts))
    };
    bucket("m", lines(NUMBERS)).chain(bucket("k", lines(KEPT))).collect()
}

fn submission(batch: &Batch, folder: &str) {
    let write = |name: &str, text: &str| batch.write(&format!("{folder}/{name}"), text);
    write(
        "被评估单位.csv",
        "单位编号,单位名称,层级,联系人,联系电话\n350602105,凤鸣镇治理站,乡镇,诸葛测,138 2222 0009\n",
    );
    let names = NAMES.iter().map(|(name, _)| *name).chain(WORDS);
    let members: String = names
        .enumerate()
        .map(|(at, name)| format!("W{at:03},{name},110101199003074514,13822220006\n"))
        .collect();
    write("网格员.csv", &format!("工号,姓名,身份证号,联系电话\n{members}"));
    let (mut events, mut codes) = (
        String::from("事件编号,事件类别,网格编码,上报人工号,上报日期,上报渠道,处置结果\n"),
        lines(CODES).into_iter(),
    );
    let mut names = NAMES.iter().cycle();
    for (bucket, texts) in buckets() {
        for (at, text) in texts.iter().enumerate() {
            let code = if bucket.starts_with('k') {
                "W001".to_owned()
            } else {
                codes
                    .next()
                    .unwrap_or_else(|| names.next().map_or_else(String::new, |(_, name)| (*name).to_owned()))
            };
            // A number alone says nothing there and is told as such; with a word before it, it is content.
            for (row, text) in [("", text.clone()), ("b", format!("见 {text}"))] {
                let (code, text) = (quoted(&code), quoted(&text));
                events.push_str(&format!("{bucket}{at:02}{row},矛盾,G1,{code},2026-03-01,{bucket},{text}\n"));
            }
        }
    }
    write("事件.csv", &events);
    let grids: String = lines(KEPT_GRIDS).iter().map(|code| format!("{code},一号网格,W000\n")).collect();
    write(
        "网格.csv",
        &format!(
            "网格编码,网格名称,责任人工号,边界\nG1,甲,司徒静\n13822220021,乙,110101199003074510,\"POLYGON((117.6 24.5,117.61 24.5,117.61 24.51,117.6 24.5))\"\n{grids}"
        ),
    );
    let documents: String =
        lines(KEPT_CODES).iter().map(|code| format!("{code},其他,欧阳明月的文件\n")).collect();
    write("文件资料.csv", &format!("文件编号,文件类别,文件名称\n{documents}"));
}

/// A rule for the clauses of all buckets, and one that writes names into the reason of every outcome.
fn pack(batch: &Batch) {
    batch.write("规则/pack.toml", PACK);
    let ids: Vec<String> = buckets().into_iter().map(|(bucket, _)| bucket).collect();
    let told = ["met", "unmet", "absent", "unknown", "advise"];
    let all: Vec<String> = ids
        .iter()
        .map(|id| format!("P/{id}"))
        .chain(told.map(|word| format!("Q/{word}")))
        .chain(["G/1".to_owned(), "G/2".to_owned(), "X/1".to_owned()])
        .collect();
    let clause = |id: &String| {
        format!(
            "[[clause]]\nid = \"{id}\"\ntitle = {{ zh = \"标准责任\", en = \"a\" }}\nforce = \"shall\"\ndecided = \"data\"\n"
        )
    };
    batch.write("规则/clauses.toml", &all.iter().map(clause).collect::<String>());
    let rule = |file: &str, id: &str, clauses: &[String], body: &str| {
        let head =
            format!("//! 标准责任。\n//! A.\nconst META = #{{ id: \"{id}\", clauses: {clauses:?} }};\n");
        batch.write(&format!("规则/structure/{file}.rhai"), &format!("{head}{body}"));
    };
    let buckets: String =
        ids.iter().map(|id| format!("    all[\"P/{id}\"] = bucket(t, \"{id}\");\n")).collect();
    let clauses: Vec<String> = ids.iter().map(|id| format!("P/{id}")).collect();
    rule(
        "P-m0",
        "P/m0",
        &clauses,
        &format!(
            "fn bucket(t, id) {{\n    let rows = t.events.filter(|e| e.channel == id);\n    let text = \"\";\n    for e in rows {{ text += `〔${{e.result}}〕`; }}\n    unmet([rows.at(\"result\"), rows.at(\"reporter\")], text, text)\n}}\nfn check(t) {{\n    let all = #{{}};\n{buckets}    all\n}}\n"
        ),
    );
    let clauses: Vec<String> = told.iter().map(|word| format!("Q/{word}")).collect();
    rule(
        "Q-met",
        "Q/met",
        &clauses,
        "fn check(t) {\n    let text = \"\";\n    for m in t.grid_members { text += `〔${m.name}${m.phone}〕`; }\n    let zh = `缺少标准和责任：${text}`;\n    #{ \"Q/met\": met(t.events, zh, zh), \"Q/unmet\": unmet(t.grids, zh, zh), \"Q/absent\": absent(t.grids, zh, zh), \"Q/unknown\": unknown(zh, zh), \"Q/advise\": advise(unmet(t.grids, \"甲\", \"a\"), zh, zh) }\n}\n",
    );
    rule(
        "G-1",
        "G/1",
        &["G/1".to_owned(), "G/2".to_owned()],
        "fn check(t) {\n    #{ \"G/1\": unmet(t.grids.at(\"id\"), \"格\", \"g\"), \"G/2\": unmet(t.documents.at(\"id\"), \"文\", \"d\") }\n}\n",
    );
    rule(
        "X-1",
        "X/1",
        &["X/1".to_owned()],
        "fn check(t) {\n    let m = t.grid_members.first();\n    throw `责任：${m.name}，${m.phone}${m.id_number}`;\n}\n",
    );
}

fn prepared() -> Batch {
    let batch = Batch::new(0);
    submission(&batch, "批/村");
    pack(&batch);
    batch
}

/// The outputs of the runs that together write every format: to the screen, into files and folders in `出`, and the
/// results of a shard, which are written alone.
fn runs() -> [Vec<String>; 3] {
    let named = |format: &&str| format!("{format}:出/全部.{format}");
    let reports = FORMATS.iter().filter(|format| format.writer.is_some()).map(|format| format.name);
    let folders = FORMATS.iter().filter(|format| format.fills_folders);
    let folders = folders.map(|format| format!("{}:出/{0}/", format.name));
    [
        vec!["terminal".to_owned()],
        reports.map(|format| named(&format)).chain(folders).collect(),
        vec![SHARD.to_owned()],
    ]
}

const SHARD: &str = "shard:片.jsonl";

/// What a file says: a workbook or paper in all of its parts.
fn text(path: &Path) -> String {
    said(fs::read(path).unwrap())
}

/// What bytes say, unpacked; a paper has workbooks in it.
fn said(bytes: Vec<u8>) -> String {
    if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return said(zstd::decode_all(bytes.as_slice()).unwrap());
    }
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).unwrap();
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(at).unwrap().read_to_end(&mut part).unwrap();
        all.push_str(&said(part));
        all.push('\n');
    }
    all
}

/// What all formats hold of a batch, and what is said meanwhile.
fn results(batch: &Batch, own: &[&str]) -> String {
    let (mut all, folder) = (String::new(), batch.folder.path().join("出"));
    fs::create_dir(&folder).unwrap();
    for outputs in runs() {
        let outputs = outputs.iter().flat_map(|output| ["-o", output]);
        let ended = batch.run(&own.iter().copied().chain(outputs).collect::<Vec<_>>());
        all.push_str(&format!("{}\n{}\n", ended.stdout, ended.stderr));
    }
    for path in files(&folder) {
        let inside = if path.is_dir() { files(&path) } else { vec![path] };
        for path in inside {
            let text = text(&path);
            all.push_str(&format!("{}\n{text}\n{}\n", path.display(), columns(&text)));
        }
    }
    assert!(
        files(&folder).len() > 3 && !files(&folder.join("csv")).is_empty(),
        "not all formats were written"
    );
    fs::remove_dir_all(folder).unwrap();
    all + batch.read("片.jsonl").as_str()
}

/// Everything the runs wrote: to the streams, into the files of results, into the cache.
fn written(batch: &Batch, more: &[&str]) -> String {
    let mut all = String::new();
    let mut add = |ended: Ended| all.push_str(&format!("{}\n{}\n", ended.stdout, ended.stderr));
    let entries = [
        "t.events.filter(|e| e.channel == \"m0\")",
        "t.events.map(|e| e.result)",
        "t.grid_members",
        "t.grids",
        "t.grid_members.map(|m| m.name)",
        "t.events.map(|e| e.reporter)",
        "#{ x: t.grid_members.first().name }",
        "let m = #{}; m[t.grid_members.first().name] = 1; m",
        "throw t.grid_members.first().name",
        "date(t.grid_members.first().name)",
        "unmet(t.grids.at(\"id\"), t.grid_members.first().name, \"x\")",
        "t.grid_members.group_by(|m| m.name)",
    ];
    for entry in entries {
        add(batch.run(&[&["rules", "try", "批/村", "--rows", "200", "-e", entry], more].concat()));
    }
    for (lang, cache) in [("zh", ["--cache", "缓存"].as_slice()), ("en", &["--no-cache"])] {
        let own = ["check", "批", "--as-of", AS_OF, "--packs", "规则", "--lang", lang];
        all.push_str(&results(batch, &[&own[..], cache, more].concat()));
    }
    for entry in fs::read_dir(batch.folder.path().join("缓存")).into_iter().flatten().flatten() {
        all.push_str(&String::from_utf8_lossy(&fs::read(entry.path()).unwrap_or_default()));
    }
    all
}

/// Texts in JSON have their breaks and marks escaped.
fn readable(written: &str, text: &str) -> bool {
    let escaped = serde_json::to_string(text).map(|quoted| quoted[1..quoted.len() - 1].to_owned());
    written.contains(text) || escaped.is_ok_and(|escaped| written.contains(&escaped))
}

#[test]
fn no_spelling_of_personal_data_is_readable_in_any_output() {
    let batch = prepared();
    let masked = written(&batch, &[]);
    let names = NAMES.iter().flat_map(|(name, other)| [*name, *other]).map(str::to_owned);
    let names = names.chain(["欧阳 明月", "申屠甲", "诸葛测", "138 2222 0009"].map(str::to_owned));
    let secrets: Vec<String> = lines(NUMBERS).into_iter().chain(lines(CODES)).chain(names).collect();
    let leaks: Vec<&String> = secrets.iter().filter(|secret| readable(&masked, secret)).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
    assert!(masked.contains("上＊＊＊") && masked.contains("138****0006"), "nothing was shown");
    let plain = written(&batch, &["--unmask"]);
    let lost: Vec<String> = lines(NUMBERS).into_iter().filter(|number| !readable(&plain, number)).collect();
    assert!(lost.is_empty() && plain.contains("上官测试"), "not shown with --unmask: {lost:#?}");
}

#[test]
fn nothing_else_is_masked() {
    let batch = prepared();
    let masked = written(&batch, &[]);
    let kept = lines(KEPT).into_iter().chain(lines(KEPT_CODES)).chain(lines(KEPT_GRIDS));
    let lost: Vec<String> = kept.filter(|text| !readable(&masked, text)).collect();
    assert!(lost.is_empty(), "{lost:#?}");
    for word in ["缺少标准和责任：", "标准责任", "标准明细表", "责任人工号"] {
        assert!(masked.contains(word), "{word}");
    }
}

#[test]
fn fingerprints_are_the_same_whether_personal_data_is_masked_or_not() {
    let batch = prepared();
    let prints = |more: &[&str]| {
        let own = ["check", "批", "--as-of", AS_OF, "--packs", "规则", "-o", "json", "--no-cache"];
        let report: serde_json::Value =
            serde_json::from_str(&batch.run(&[&own[..], more].concat()).stdout).unwrap_or_default();
        let findings = report["organizations"][0]["findings"].as_array().cloned().unwrap_or_default();
        let mut prints: Vec<String> =
            findings.iter().map(|finding| finding["fingerprint"].to_string()).collect();
        prints.sort();
        prints
    };
    let masked = prints(&[]);
    assert!(masked.len() > 10, "{masked:?}");
    assert_eq!(masked, prints(&["--unmask"]));
}

/// Folders that are called like persons' numbers: unreadable, sound, links, with rulings.
#[cfg(unix)]
fn numbered() -> Batch {
    use std::os::unix::fs::symlink;
    let batch = Batch::new(0);
    let sound = "单位编号,单位名称,层级\n350602105,凤鸣镇治理站,乡镇\n";
    batch.write("批/13822220021张/网格.xlsx", "x");
    batch.write("批/13822220022李/被评估单位.csv", sound);
    batch.write("批/13822220023/数据/被评估单位.csv", sound);
    let head = "organization,target,ruling,value,role,by,date,expires,reason,evidence\n";
    let ruling = |id: &str| format!("{head}{id},A.1.8.b,met,,team,李明,2026-05-20,,看过,\n");
    batch.write("批/13822220023/rulings.csv", &ruling("350602105"));
    batch.write("批/裁定.csv", &ruling("13822220024"));
    batch.write("别处/被评估单位.csv", sound);
    let folder = batch.folder.path().join("批");
    symlink("../别处", folder.join("13822220025王")).unwrap_or_default();
    symlink("13822220022李", folder.join("13822220026")).unwrap_or_default();
    batch
}

#[cfg(unix)]
#[test]
fn paths_are_masked_wherever_they_are_told() {
    let batch = numbered();
    let file = || fs::read_to_string(batch.folder.path().join("片.jsonl")).unwrap_or_default();
    let own = ["check", "批", "--as-of", AS_OF, "--lang", "zh", "--no-cache"];
    let written = |more: &[&str]| results(&batch, &[&own[..], more].concat());
    let shown = |text: &str| -> Vec<String> {
        (1..=6).map(|n| format!("1382222002{n}")).filter(|number| text.contains(number)).collect()
    };
    let masked = written(&[]);
    assert!(shown(&masked).is_empty(), "{:?}", shown(&masked));
    for code in ["ingest.not-a-workbook", "ingest.link", "ingest.link-passed-over", "ruling.passed-over"] {
        assert!(masked.contains(code), "{code}");
    }
    assert!(masked.contains("没有编号为“138****0024”的被评估单位"), "nobody was told");
    // What is kept of the submission still stands when the shard goes on.
    let sound = |text: String| {
        text.lines()
            .find(|line| line.contains("138****0022李/") || line.contains("138****0022李\""))
            .map(str::to_owned)
    };
    let before = sound(file());
    let own = ["check", "批", "--as-of", AS_OF, "--no-cache", "-o", SHARD, "--resume"];
    let again = batch.run(&own);
    assert!(shown(&again.stderr).is_empty() && before.is_some(), "{}", again.stderr);
    assert_eq!(before, sound(file()));
    batch.write("清单.txt", "批/13822220021张\n批/13822220022\n");
    let missing = batch.run(&["check", "--manifest", "清单.txt", "--as-of", AS_OF]).stderr;
    assert!(missing.contains("批/138****0022") && shown(&missing).is_empty(), "{missing}");
    assert_eq!(shown(&written(&["--unmask"])).len(), 6);
}

/// Cells that were not understood, in columns of days, numbers and declared words; the name of a file that is not a table.
#[test]
fn what_is_not_understood_is_masked_wherever_it_stands() {
    let batch = Batch::new(0);
    let write = |name: &str, text: &str| batch.write(&format!("批/村/{name}"), text);
    write("被评估单位.csv", "单位编号,单位名称,层级\n350602105,凤鸣镇治理站,欧阳明月13822220001\n");
    write("网格员.csv", "工号,姓名\nW1,欧阳明月\n");
    write(
        "网格.csv",
        "网格编码,网格名称,网格层级,网格类型,面积,户数,人口数,划定日期\nG1,格,欧阳明月13822220002,欧阳明月,13822220003,欧阳明月,12平方米13822220004,13822220005欧阳明月\n",
    );
    write("附件欧阳明月13822220006.csv", "甲,乙\n1,2\n");
    let head = "organization,target,ruling,value,role,by,date,expires,reason,evidence\n";
    batch
        .write("裁定.csv", &format!("{head}350602105,A.1.8.b,met,,team,李明13822220007,2026-05-20,,看过,\n"));
    batch.write("规则/pack.toml", PACK);
    batch.write(
        "规则/clauses.toml",
        "[[clause]]\nid = \"P/1\"\ntitle = { zh = \"标\", en = \"a\" }\nforce = \"shall\"\ndecided = \"data\"\n",
    );
    let places = ["level", "kind", "area", "households", "population", "established"];
    let places = places.map(|column| format!("t.grids.at(\"{column}\")")).join(", ");
    batch.write(
        "规则/structure/P-1.rhai",
        &format!(
            "//! 标。\n//! A.\nconst META = #{{ id: \"P/1\", clauses: [\"P/1\"] }};\nfn check(t) {{ unmet([{places}], \"甲\", \"a\") }}\n"
        ),
    );
    let own = ["check", "批", "--as-of", AS_OF, "--packs", "规则", "--rulings", "裁定.csv", "--no-cache"];
    let written = |more: &[&str]| results(&batch, &[&own[..], more].concat());
    let shown = |text: &str| (1..=7).filter(|n| text.contains(&format!("1382222000{n}"))).collect::<Vec<_>>();
    let (masked, plain) = (written(&[]), written(&["--unmask"]));
    assert!(shown(&masked).is_empty() && !masked.contains("欧阳明月"), "{:?}", shown(&masked));
    assert!(shown(&plain).len() > 4 && plain.contains("欧阳明月"), "{:?}", shown(&plain));
}
