//! Papers read back: what they say, how their packages hang together, and that nothing from data is more than text.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use quick_xml::events::Event;
use support::golden::{assert_golden, catalog};
use support::package::{attributes, events, part, parts, told};
use support::written::write;
use support::{AS_OF, sample, wangge_in};
use wangge::model::fault::Fault;
use wangge::model::report::{Report, Unreadable};
use wangge::model::text::{Lang, Text};
use wangge::report::output::{Format, Target};
use wangge::report::write::Whole;

const DOCUMENT: &str = "word/document.xml";

fn docx(lang: Lang, report: &Report) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.docx");
    write(Format::named("docx").unwrap(), lang, report, Target::file(Whole::begin(&path).unwrap()));
    fs::read(path).unwrap()
}

/// The sample, of its first organization alone.
fn of_one() -> Report {
    let mut report = sample::report(&catalog());
    report.organizations.truncate(1);
    report
}

/// The sample, and a submission that could not be read.
fn of_several() -> Report {
    let mut report = sample::report(&catalog());
    let fault = Fault { message: Text::new("无法读取", "cannot be read"), ..Fault::default() };
    report.unreadable.push(Unreadable::new("材料/乙".to_owned(), &fault));
    report
}

fn self_evaluation() -> Report {
    Report { self_evaluation: true, ..of_one() }
}

fn said(lang: Lang, report: &Report) -> String {
    told(&part(&docx(lang, report), DOCUMENT))
}

#[test]
fn the_assessment_report_and_the_opinion() {
    assert_golden("tests/golden/paper_one_zh.txt", &said(Lang::Zh, &of_one()));
}

#[test]
fn the_same_in_english() {
    assert_golden("tests/golden/paper_one_en.txt", &said(Lang::En, &of_one()));
}

#[test]
fn the_report_of_a_self_evaluation() {
    assert_golden("tests/golden/paper_self_zh.txt", &said(Lang::Zh, &self_evaluation()));
}

#[test]
fn the_circular() {
    assert_golden("tests/golden/paper_batch_zh.txt", &said(Lang::Zh, &of_several()));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for report in [of_one(), of_several()] {
        assert!(docx(Lang::Zh, &report) == docx(Lang::Zh, &report));
    }
}

/// Every part but the workbooks of charts, as text.
fn texts(bytes: &[u8]) -> Vec<(String, String)> {
    let texts = parts(bytes).into_iter().filter(|(path, _)| !path.starts_with("word/embeddings/"));
    texts.map(|(path, content)| (path, String::from_utf8(content).unwrap())).collect()
}

#[test]
fn every_part_is_well_formed_and_known_and_every_relation_leads_to_one() {
    for bytes in
        [docx(Lang::Zh, &of_one()), docx(Lang::En, &of_several()), docx(Lang::Zh, &self_evaluation())]
    {
        let paths: BTreeSet<String> = parts(&bytes).into_iter().map(|(path, _)| path).collect();
        let types = part(&bytes, "[Content_Types].xml");
        let named: BTreeSet<String> = attributes(&types, "Override", "PartName").into_iter().collect();
        for (path, text) in texts(&bytes) {
            assert!(!events(&text).is_empty(), "{path}");
            let Some(of) = path.strip_suffix(".rels") else { continue };
            let folder = of.replace("_rels/", "");
            let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
            for target in attributes(&text, "Relationship", "Target") {
                let (folder, target) = match target.strip_prefix("../") {
                    Some(target) => (folder.rsplit_once('/').unwrap().0, target),
                    None => (folder, target.as_str()),
                };
                let path = format!("{folder}/{target}");
                assert!(paths.contains(path.trim_start_matches('/')), "{path}");
            }
        }
        for name in &named {
            assert!(paths.contains(name.trim_start_matches('/')), "{name}");
        }
        assert!(named.contains("/word/document.xml") && named.contains("/word/charts/chart1.xml"));
    }
}

/// What may stand in an element of Office Open XML, in this order; `*` stands for all that is not named.
struct Order(Vec<Vec<&'static str>>);

impl Order {
    fn place(&self, name: &str) -> Option<usize> {
        let found = |wanted: &str| self.0.iter().position(|names| names.contains(&wanted));
        found(name).or_else(|| found("*"))
    }
}

/// The orders of ECMA-376 for the elements that papers use.
fn orders() -> BTreeMap<&'static str, Order> {
    let line = |line: &'static str| {
        let (element, children) = line.split_once(": ").unwrap();
        (element, Order(children.split(' ').map(|names| names.split('|').collect()).collect()))
    };
    include_str!("data/ooxml_order.txt").lines().map(line).collect()
}

/// Elements whose children stand in another order than the schema has them, or that it does not have.
fn out_of_order(xml: &str, orders: &BTreeMap<&str, Order>) -> Vec<String> {
    let (mut open, mut wrong): (Vec<(String, usize)>, Vec<String>) = (Vec::new(), Vec::new());
    for event in events(xml) {
        let (start, stays_open) = match &event {
            Event::Start(start) => (start, true),
            Event::Empty(start) => (start, false),
            Event::End(_) => {
                open.pop();
                continue;
            }
            _ => continue,
        };
        let name = start.name().0.to_owned();
        if let Some((parent, last)) = open.last_mut()
            && let Some(order) = orders.get(parent.as_str())
        {
            match order.place(name.rsplit(':').next().unwrap()) {
                Some(place) if place >= *last => *last = place,
                _ => wrong.push(format!("{name} in {parent}")),
            }
        }
        if stays_open {
            open.push((name, 0));
        }
    }
    wrong
}

#[test]
fn elements_stand_in_the_order_of_the_schema() {
    let orders = orders();
    for swapped in ["<w:pPr><w:jc/><w:ind/></w:pPr>", "<w:p><w:r/><w:pPr/></w:p>", "<w:tr><w:p/></w:tr>"] {
        assert_eq!(out_of_order(swapped, &orders).len(), 1, "{swapped}");
    }
    let papers = [
        docx(Lang::Zh, &of_one()),
        docx(Lang::En, &of_one()),
        docx(Lang::Zh, &of_several()),
        docx(Lang::Zh, &self_evaluation()),
    ];
    for (path, text) in papers.iter().flat_map(|paper| texts(paper)) {
        assert_eq!(out_of_order(&text, &orders), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn styles_and_relations_that_the_text_names_are_there() {
    let bytes = docx(Lang::Zh, &of_one());
    let (text, styles) = (part(&bytes, DOCUMENT), part(&bytes, "word/styles.xml"));
    let known: BTreeSet<String> = attributes(&styles, "w:style", "w:styleId").into_iter().collect();
    for style in attributes(&text, "w:pStyle", "w:val") {
        assert!(known.contains(&style), "{style}");
    }
    let relations = part(&bytes, "word/_rels/document.xml.rels");
    let known: BTreeSet<String> = attributes(&relations, "Relationship", "Id").into_iter().collect();
    for (element, name) in [("w:footerReference", "r:id"), ("c:chart", "r:id")] {
        let named = attributes(&text, element, name);
        assert!(!named.is_empty() && named.iter().all(|id| known.contains(id)), "{named:?}");
    }
}

#[test]
fn the_page_and_the_type_are_those_of_official_papers() {
    let bytes = docx(Lang::Zh, &of_one());
    let (text, styles) = (part(&bytes, DOCUMENT), part(&bytes, "word/styles.xml"));
    let sides = ["w:top", "w:left", "w:right", "w:bottom"].map(|side| {
        let twips: f64 = attributes(&text, "w:pgMar", side).first().unwrap().parse().unwrap();
        (twips * 25.4 / 1440.0).round()
    });
    assert_eq!(sides.map(|millimetres| format!("{millimetres}")), ["37", "28", "26", "35"]);
    // The report and the opinion have page numbers of their own.
    assert_eq!(attributes(&text, "w:pgNumType", "w:start"), ["1", "1"]);
    for font in ["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"] {
        assert!(attributes(&styles, "w:rFonts", "w:eastAsia").iter().any(|named| named == font), "{font}");
        assert!(
            attributes(&part(&bytes, "word/fontTable.xml"), "w:font", "w:name").iter().any(|one| one == font)
        );
    }
    // Every table is as wide as the text.
    for width in attributes(&text, "w:tblW", "w:w") {
        let millimetres: f64 = width.parse::<f64>().unwrap() * 25.4 / 1440.0;
        assert!((millimetres - 156.0).abs() < 0.5, "{millimetres}");
    }
    assert!(part(&bytes, "word/footer1.xml").contains("PAGE"));
}

/// Texts that mean something to XML, to a spreadsheet, or to nobody.
const HOSTILE: [&str; 5] = [
    "<script>&amp;</script>]]>",
    "=cmd|'/c calc'!A0",
    "\u{0}\u{b}\u{1b}[31m\u{FFFE}",
    "\u{202e}甲\u{200b}",
    "\"/><w:p>",
];

#[test]
fn nothing_from_data_is_more_than_text() {
    let plain = [of_one(), of_several()].map(|report| elements(&part(&docx(Lang::Zh, &report), DOCUMENT)));
    let known: BTreeSet<String> = plain.into_iter().flatten().collect();
    for hostile in HOSTILE {
        let long = format!("{hostile}{}", "长".repeat(30_000));
        let mut report = of_one();
        for one in &mut report.organizations {
            (one.id, one.name, one.level) = (long.clone(), long.clone(), long.clone());
            one.submission.path.clone_from(&long);
            one.notes = vec![Text::new(&long, &long)];
            for finding in &mut one.findings {
                finding.message = Text::new(&long, &long);
                finding.help = Text::new(&long, &long);
            }
        }
        let several = Report {
            organizations: [&of_several().organizations[..], &report.organizations[..]].concat(),
            ..of_several()
        };
        for bytes in [docx(Lang::Zh, &report), docx(Lang::En, &report), docx(Lang::Zh, &several)] {
            let strange = elements(&part(&bytes, DOCUMENT)).difference(&known).cloned().collect::<Vec<_>>();
            assert!(strange.is_empty(), "{strange:?}");
            for (path, text) in texts(&bytes) {
                let strange =
                    |sign: char| sign.is_control() || matches!(sign, '\u{202e}' | '\u{200b}' | '\u{FFFE}');
                assert!(!text.replace(['\n', '\r'], "").contains(strange), "{path}");
                assert!(!elements(&text).contains("script"), "{path}");
            }
        }
        let text = said(Lang::Zh, &report);
        assert!(text.contains("（共30"), "it says that a text was cut");
        assert!(text.lines().all(|line| line.chars().count() < 4_000));
    }
}

/// Names of the elements of a part.
fn elements(xml: &str) -> BTreeSet<String> {
    let names = events(xml).into_iter().filter_map(|event| match event {
        quick_xml::events::Event::Start(start) | quick_xml::events::Event::Empty(start) => {
            Some(start.name().0.to_owned())
        }
        _ => None,
    });
    names.collect()
}

#[test]
fn a_folder_has_each_paper_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("公文");
    write(Format::named("docx").unwrap(), Lang::Zh, &of_several(), Target::folder(&path).unwrap());
    let mut names: Vec<_> =
        fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let endings = ["整改意见书.docx", "评估报告.docx", "整改意见书.docx", "评估报告.docx", "通报.docx"];
    assert_eq!(names.len(), endings.len(), "{names:?}");
    for (name, ending) in names.iter().zip(endings) {
        assert!(name.ends_with(ending), "{names:?}");
    }
    let text = told(&part(&fs::read(path.join(names.first().unwrap())).unwrap(), DOCUMENT));
    assert!(text.contains("整改意见书") && !text.contains("评估报告\n"), "{text}");
}

#[test]
fn a_run_with_self_makes_the_report_of_a_self_evaluation() {
    let folder = tempfile::tempdir().unwrap();
    let clean = support::root().join("fixtures/clean");
    let clean = clean.to_str().unwrap();
    for (option, title) in [("--self", "自我评价报告"), ("--exit-zero", "评估报告")] {
        let own =
            ["check", clean, "--as-of", AS_OF, "--no-cache", "--lang", "zh", option, "-o", "docx:报告.docx"];
        let output = wangge_in(folder.path(), &own);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = told(&part(&fs::read(folder.path().join("报告.docx")).unwrap(), DOCUMENT));
        assert!(text.contains(&format!("网格化治理标准体系{title}\n")), "{text}");
        assert!(text.contains("489～495分"), "{text}");
    }
}
