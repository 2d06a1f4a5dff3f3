//! Folders inside a submission: parts of its tables, and what is none.

use wangge::ingest::discover;

use crate::{Read, decls, folder, read};

const ORGANIZATION: &[u8] = "单位编号,单位名称,层级\n1,甲区,区\n".as_bytes();
const EVENTS: &str = "事件编号,事件类别,网格编码,上报日期\n";

fn events(rows: &[&str]) -> Vec<u8> {
    let rows: Vec<_> = rows.iter().map(|id| format!("{id},积水,G1,2025-03-01\n")).collect();
    format!("{EVENTS}{}", rows.concat()).into_bytes()
}

fn ids(read: &Read) -> Vec<String> {
    read.column("events", "id")
}

#[test]
fn files_of_a_table_in_folders_are_its_parts() {
    let [one, two, three] = [["E1"], ["E2"], ["E3"]].map(|rows| events(&rows));
    let read = read(&[
        ("单位信息.csv", ORGANIZATION),
        ("数据/甲镇/网格事件.csv", &one),
        ("数据/乙镇/2025年网格事件.csv", &two),
        ("网格事件/丙镇.csv", &three),
        ("__MACOSX/甲镇/网格事件.csv", &three),
        (".git/网格事件.csv", &three),
        ("数据/甲镇/~$网格事件.xlsx", b"x"),
    ])
    .unwrap();
    assert_eq!(ids(&read), ["E2", "E1", "E3"]);
    let files: Vec<_> = read.info.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(
        files,
        ["单位信息.csv", "数据/乙镇/2025年网格事件.csv", "数据/甲镇/网格事件.csv", "网格事件/丙镇.csv"]
    );
    let events = &read.tables["events"];
    assert_eq!(events.place(1, 0).unwrap().source.file, "数据/甲镇/网格事件.csv");
    assert!(read.of_rule("data.nested-folder").is_empty());
}

#[test]
fn folders_by_subject_are_one_submission_and_those_of_organizations_are_not() {
    let count = |files: &[&str]| {
        let files: Vec<_> = files.iter().map(|name| (*name, ORGANIZATION)).collect();
        discover(&[folder(&files).path().to_owned()], &decls()).unwrap().submissions.len()
    };
    assert_eq!(count(&["基础资料/单位信息.csv", "网格数据/网格.csv", "网格数据/乙镇/网格事件.csv"]), 1);
    assert_eq!(count(&["甲县/单位信息.csv", "乙县/网格.csv"]), 2, "places");
    assert_eq!(count(&["东山/单位信息.csv", "东山/网格.csv", "西岭/网格.csv"]), 2, "a table twice");
    assert_eq!(count(&["基础/单位信息.csv", "数据/单位信息.csv"]), 2, "two of them");
    let parts = events(&["E1"]);
    let read = read(&[("基础资料/单位信息.csv", ORGANIZATION), ("网格数据/网格事件.csv", &parts)]).unwrap();
    assert_eq!(ids(&read), ["E1"]);
}

#[test]
fn what_is_no_part_is_told() {
    let part = events(&["E1"]);
    let read = read(&[
        ("单位信息.csv", ORGANIZATION),
        ("乙镇/单位信息.csv", ORGANIZATION),
        ("乙镇/网格事件.csv", &part),
        ("备份/网格事件.csv", &part),
        ("附件/会议签到表.csv", &part),
        ("附件/网格事件.xlsx", b"broken"),
        ("附件/网格.csv", &part),
    ])
    .unwrap();
    assert!(!read.tables["events"].present);
    assert_eq!(
        read.of_rule("data.nested-folder"),
        [
            "data.nested-folder 乙镇 0",
            "data.nested-folder 备份 0",
            "data.nested-folder 附件 0",
            "data.nested-folder 附件/网格.csv 0",
            "data.nested-folder 附件/网格事件.xlsx 0",
        ]
    );
    assert!(read.tables["events"].unread().is_some(), "it is not known to be absent");
}

#[test]
fn an_attachment_that_cannot_be_read_says_nothing_of_a_table_that_was() {
    let part = events(&["E1"]);
    let read = read(&[
        ("单位信息.csv", ORGANIZATION),
        ("网格事件.csv", &part),
        ("附件/网格事件.xlsx", b"broken"),
        ("网格数据/网格事件.xls", b"broken"),
        ("附件/网格.csv", &part),
    ])
    .unwrap();
    let events = &read.tables["events"];
    assert_eq!(events.unread().map(|unread| unread.source.file.as_str()), Some("网格数据/网格事件.xls"));
    assert!(read.tables["grids"].unread().is_none(), "only called like it");
}

#[test]
fn rows_in_two_parts_are_told_for_each_two() {
    let (one, two, three) = (events(&["E1", "E2"]), events(&["E2", "E3", "E1"]), events(&["E3"]));
    let read = read(&[
        ("单位信息.csv", ORGANIZATION),
        ("网格事件.csv", &one),
        ("网格事件2.csv", &two),
        ("乙镇/网格事件.csv", &three),
    ])
    .unwrap();
    assert_eq!(
        read.of_rule("data.repeated-rows"),
        ["data.repeated-rows events 2", "data.repeated-rows events 2,4"]
    );
    let told = read.findings.iter().filter(|finding| finding.rule == "data.repeated-rows");
    let said: Vec<_> = told.map(|finding| (finding.total, finding.message.zh.as_str())).collect();
    assert!(said[0].1.contains("乙镇/网格事件.csv") && said[0].1.contains("网格事件2.csv"), "{said:?}");
    assert_eq!(said[1].0, 2);
}
