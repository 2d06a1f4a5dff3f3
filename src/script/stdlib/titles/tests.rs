//! Titles by a small lexicon of their own.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use super::keywords::{Fit, Reading, Wanted};
use super::title::Title;
use crate::model::lexicon::Lexicon;
use crate::script::value::reference::title_dictionary::Dictionary;

const WORDS: &str = r#"
groups = [["巡查", "巡检", "巡访"], ["经费", "资金"], ["环境", "环保"], ["采集", "摸排"], ["平台", "系统"]]
domain = ["网格", "社区", "网格化"]
plain = ["管理", "规范", "工作", "保障", "信息", "总则", "系统"]
particles = "的第部分与"
joiners = ["与", "、"]
trades = ["工会", "化工", "营商环境", "食堂"]
[papers]
begins = ["关于"]
ends = ["的通知", "征求意见稿"]
"#;

fn dictionary() -> Dictionary {
    Dictionary::new(&Lexicon::of(&[("lexicon.toml".to_owned(), WORDS.to_owned())]).unwrap())
}

fn fit_as(keywords: &[&str], name: &str, own: bool) -> Fit {
    let dictionary = dictionary();
    let title = Title::read(&dictionary, name);
    let reading = Reading { dictionary: &dictionary, title: &title, most: 2, name: "临江区网格中心" };
    Wanted::new(&dictionary, keywords.iter().copied()).fit(&reading, own)
}

fn fit(keywords: &[&str], name: &str) -> Fit {
    fit_as(keywords, name, false)
}

fn likely(words: &[&str]) -> Fit {
    Fit::Likely(words.iter().map(|word| (*word).to_owned()).collect())
}

#[test]
fn order_and_words_of_one_group_do_not_matter() {
    let keywords = ["网格+巡查"];
    for name in
        ["网格巡查规范", "巡检网格工作规范", "网格 巡访 管理", "《网格巡查》规范", "临江区网格巡查规范"]
    {
        assert_eq!(fit(&keywords, name), Fit::Sure, "{name}");
    }
    assert_eq!(fit(&keywords, "网格规范"), Fit::None);
    assert_eq!(fit(&["网格+=巡查"], "网格巡检规范"), Fit::None);
}

#[test]
fn a_name_without_the_trade_is_sure_only_for_the_organization_itself() {
    assert_eq!(fit(&["巡查"], "巡查工作规范"), likely(&[]));
    assert_eq!(fit_as(&["巡查"], "巡查工作规范", true), Fit::Sure);
}

#[test]
fn a_word_of_something_else_leaves_it_open() {
    assert_eq!(fit_as(&["巡查"], "河湖巡查规范", true), likely(&["河湖"]));
    assert_eq!(fit_as(&["经费"], "工会经费管理规范", true), likely(&["工会"]));
    assert_eq!(fit(&["经费"], "工会经费管理规范"), Fit::None);
    assert_eq!(fit_as(&["?巡查"], "巡查规范", true), likely(&[]));
}

#[test]
fn words_are_not_made_of_the_ends_of_others() {
    assert_eq!(fit(&["巡查"], "网格化工作巡查规范"), Fit::Sure);
    assert_eq!(fit_as(&["环境"], "营商环境管理规范", true), Fit::None);
}

#[test]
fn several_subjects_are_told_by_their_joiners() {
    assert_eq!(fit(&["经费"], "网格巡查与经费保障规范"), Fit::Sure);
    assert_eq!(fit(&["经费"], "网格巡查经费保障规范"), likely(&["巡查"]));
    assert_eq!(fit(&["经费"], "网格巡查、采集与经费保障规范"), likely(&[]));
}

#[test]
fn the_part_of_a_series_is_what_it_is_about() {
    let keywords = ["信息+采集", "-平台"];
    assert_eq!(fit(&keywords, "网格信息系统 第7部分：信息采集"), Fit::Sure);
    assert_eq!(fit(&keywords, "网格信息采集系统 第1部分：总则"), Fit::None);
    assert_eq!(fit(&["信息+采集"], "网格信息采集 第2部分：巡查"), Fit::None);
}

#[test]
fn papers_are_known_by_their_ends() {
    let dictionary = dictionary();
    let paper = |name: &str| Title::read(&dictionary, name).paper;
    for name in
        ["关于编制《网格巡查规范》的通知", "网格巡查规范（征求意见稿）", "网格巡查规范征求意见稿20260301"]
    {
        assert!(paper(name), "{name}");
    }
    assert_eq!(fit(&["网格+巡查"], "关于编制《网格巡查规范》的通知"), Fit::Sure);
    assert!(!paper("网格通知送达规范") && !paper("网格巡查规范（2024版）"));
}

#[test]
fn other_trades_are_told_whatever_the_keywords() {
    let dictionary = dictionary();
    let wanted = Wanted::new(&dictionary, ["经费", "食堂+经费"].into_iter());
    let other = |name: &str| wanted.is_of_another_trade(&Title::read(&dictionary, name));
    assert!(other("工会经费规范") && other("食堂规范") && !other("食堂经费规范") && !other("内务规范"));
}

#[test]
fn endless_titles_are_cut() {
    let title = Title::read(&dictionary(), &"网格巡查".repeat(10_000));
    assert_eq!(title.text.chars().count(), 120);
}
