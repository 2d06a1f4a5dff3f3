//! How scores moved over the reports of a folder.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;

use support::repository::Repository;

/// The reports of two days.
fn reports() -> Repository {
    let village = Repository::of("village");
    fs::create_dir(village.path().join("历次")).unwrap();
    for day in ["2025-06-30", "2026-06-30"] {
        let (status, _, told) = village
            .run(&format!("check data --as-of {day} --no-cache --exit-zero -q -o json:历次/{day}.json"));
        assert_eq!(status, 0, "{told}");
    }
    village
}

#[test]
fn a_trend_is_shown_on_a_screen_in_a_table_and_as_a_picture() {
    let village = reports();
    let (status, out, told) = village.run("history 历次 --lang zh");
    assert_eq!(status, 0, "{told}");
    for part in ["2025-06-30", "2026-06-30", "东溪村网格化服务站", "A.1", "各评价项目得分"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let (_, csv, _) = village.run("history 历次 -o csv --lang zh");
    assert_eq!(csv.lines().count(), 1 + 2 * 8, "{csv}");
    let report: serde_json::Value = serde_json::from_str(&village.read("历次/2026-06-30.json")).unwrap();
    let (low, high) =
        (&report["organizations"][0]["score"]["low"], &report["organizations"][0]["score"]["high"]);
    assert!(
        csv.contains(&format!("单位,350602105208,东溪村网格化服务站,2026-06-30,1,{low},{high},500,")),
        "{csv}"
    );
    assert_eq!(village.run("history 历次 -o svg:走势.svg --lang zh").0, 0);
    let svg = village.read("走势.svg");
    assert_eq!(svg.matches("<polyline").count(), 8, "{svg}");
}

#[test]
fn an_organization_counts_once_a_day_the_last_report_of_it() {
    let village = reports();
    let of_tables = || {
        let csv = village.run("history 历次 -o csv --lang zh").1;
        csv.lines().filter(|line| line.starts_with("评价项目")).map(str::to_owned).collect::<Vec<_>>()
    };
    let once = of_tables();
    village.write("历次/再次.json", &village.read("历次/2026-06-30.json"));
    assert_eq!(of_tables(), once);
}

#[test]
fn what_is_no_folder_of_reports_is_told() {
    let village = Repository::of("village");
    let (status, _, told) = village.run("history data --lang zh");
    assert!(status == 2 && told.contains("没有报告"), "{told}");
    assert_eq!(village.run("history none").0, 2);
    assert_eq!(village.run("history data -o xml").0, 2);
}
