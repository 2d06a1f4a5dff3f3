//! The pages of HTML: what is from data is text, nothing reaches outside, the same bytes each time, and not too many.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;

use sha2::{Digest, Sha256};
use support::golden::{assert_golden, catalog};
use support::packed::{base64, between, columns};
use support::poison::poison;
use support::written::{write, written};
use support::{crowd, sample};
use wangge::model::finding::ExcerptCell;
use wangge::model::report::Report;
use wangge::model::text::Lang;
use wangge::report::escape;
use wangge::report::output::{Format, Target};

/// Bytes of a page of 3,000 organizations at most.
const MOST: usize = 5_000_000;

/// One organization with the first items, the findings and what was not read.
fn small() -> Report {
    let mut report = sample::report(&catalog());
    report.organizations.truncate(1);
    let one = &mut report.organizations[0];
    one.tables.truncate(2);
    one.tables.iter_mut().for_each(|table| table.items.truncate(2));
    report
}

/// The text of a page, an element a line.
fn main_of(page: &str) -> String {
    format!("<main{}</main>\n", between(page, "<main", "</main>")).replace("><", ">\n<")
}

#[test]
fn the_page_of_one_organization() {
    assert_golden("tests/golden/page_one.html", &main_of(&written("html", Lang::Zh, &small())));
}

#[test]
fn the_policy_allows_what_is_in_the_page_and_nothing_else() {
    for page in [written("html", Lang::Zh, &small()), written("html", Lang::En, &crowd::report(2))] {
        let policy =
            between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\">").replace("&#39;", "'");
        let style = between(&page, "<style>", "</style>");
        let script = page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
        for (kind, text) in [("style-src", style), ("script-src", script)] {
            let allowed = between(&policy, &format!("{kind} 'sha256-"), "'");
            assert_eq!(base64(allowed), Sha256::digest(text.as_bytes()).to_vec(), "{kind}");
        }
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        for wrong in ["http:", "https:", " src=", "url(h", "javascript:", " style=", " onclick="] {
            assert!(!page.contains(wrong), "{wrong}");
        }
        assert!(page.find("Content-Security-Policy") < page.find("<style>"));
    }
}

#[test]
fn every_value_is_text_whatever_stands_in_it() {
    const BAD: &str =
        "</script><script>alert(1)</script>\"'><img onerror=x>\u{1b}[2J\u{9b}\u{202e}\u{200b}\u{7}";
    let mut report = small();
    report.organizations[0].findings[0].locations[0].excerpt =
        vec![ExcerptCell { header: BAD.to_owned(), value: BAD.repeat(500), marked: true }];
    let harmless = [written("html", Lang::Zh, &report), written("html", Lang::Zh, &crowd::report(3))];
    let mut with_excerpt = poison(report.clone(), BAD);
    with_excerpt.organizations[0].findings[0].locations[0].excerpt =
        report.organizations[0].findings[0].locations[0].excerpt.clone();
    let hostile =
        [with_excerpt, poison(crowd::report(3), BAD)].map(|report| written("html", Lang::Zh, &report));
    for (harmless, hostile) in harmless.iter().zip(&hostile) {
        for tag in ["<script", "</script", "<img", "<style", "<template"] {
            assert_eq!(hostile.matches(tag).count(), harmless.matches(tag).count(), "{tag}");
        }
        assert_eq!(hostile.chars().find(|sign| *sign != '\n' && escape::hidden(*sign)), None);
        assert!(hostile.contains("^[[2J") && hostile.contains("&lt;script&gt;alert(1)"));
    }
    let packed: serde_json::Value = serde_json::from_str(&columns(&hostile[1])).unwrap();
    assert_eq!(packed["count"], 3);
    let name = packed["name"][0].as_str().unwrap();
    assert!(name.contains("<script>alert(1)") && !name.chars().any(escape::hidden), "{name}");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for report in [small(), crowd::report(40)] {
        assert_eq!(written("html", Lang::Zh, &report), written("html", Lang::Zh, &report));
    }
}

#[test]
fn few_organizations_are_told_of_without_script_and_many_are_packed() {
    let few = written("html", Lang::Zh, &crowd::report(30));
    assert_eq!(few.matches("<article class=\"short\"").count(), 30);
    let many = written("html", Lang::Zh, &crowd::report(31));
    assert!(!many.contains("<noscript>"));
    let packed: serde_json::Value = serde_json::from_str(&columns(&many)).unwrap();
    assert_eq!((packed["count"].as_u64(), packed["name"].as_array().map(Vec::len)), (Some(31), Some(31)));
    let targets = &packed["targets"];
    assert_eq!(targets["id"].as_array().unwrap().len(), 157 + 4);
    let outcomes = targets["outcome"].as_array().unwrap();
    assert!(outcomes.iter().all(|column| column.as_str().unwrap().chars().count() == 31));
}

#[test]
fn three_thousand_organizations_are_less_than_five_megabytes() {
    let size = written("html", Lang::Zh, &crowd::report(3_000)).len();
    assert!(size < MOST, "{size}");
}

#[test]
fn a_folder_has_a_page_for_each_organization_beside_the_overview() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("网页");
    let report = crowd::report(3);
    write(Format::named("html").unwrap(), Lang::Zh, &report, Target::folder(&path).unwrap());
    let read = |name: &str| fs::read_to_string(path.join(name)).unwrap();
    let packed: serde_json::Value = serde_json::from_str(&columns(&read("index.html"))).unwrap();
    for (page, one) in packed["pages"].as_array().unwrap().iter().zip(&report.organizations) {
        assert!(read(page.as_str().unwrap()).contains(&format!("<h1 data-f=\"name\">{}</h1>", one.name)));
    }
    assert_eq!(fs::read_dir(&path).unwrap().count(), 4);
}
