//! Types, keys and references, with their findings.

use wangge::table::column::CellValue;

use crate::read;

const ORGANIZATION: &str = "单位编号,单位名称,层级,标准体系实施日期,联系人,联系电话\n";

#[test]
fn date_forms_and_full_width_digits_are_met() {
    let dates = [
        "2024-03-01",
        "2024/3/1",
        "2024.3.1",
        "20240301",
        "2024年3月1日",
        "45352",
        "２０２４年３月１日",
        "2024-03-01 08:30:00",
    ];
    let rows: Vec<_> =
        dates.iter().zip(1..).map(|(date, n)| format!("E{n},a,{date},１２{n},６{n}\n")).collect();
    let text = format!("测评编号,测评名称,测评日期,有效样本数,满意人数\n{}", rows.concat());
    let read = read(&[("满意度测评.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("satisfaction", "date"), vec!["2024-03-01"; dates.len()]);
    assert_eq!(read.column("satisfaction", "surveyed")[0], "121");
    assert!(read.faults().is_empty(), "{:?}", read.faults());
}

#[test]
fn wrong_cells_are_reported_where_they_stand() {
    let text =
        format!("{ORGANIZATION}1,甲,县级,去年,欧阳明月,13812345678\n2,,省级,2024-02-30,李明,13912345678\n");
    let read = read(&[("单位信息.csv", text.as_bytes())]).unwrap();
    // What is not understood is shown as it is written.
    assert_eq!(read.column("organization", "level"), ["县", "省级"]);
    assert_eq!(
        read.faults(),
        [
            "data.extra-row organization 3",
            "data.missing-value organization.name 3",
            "data.unknown-value organization.level 3",
            "data.wrong-type organization.effective 2,3",
        ]
    );
    let wrong = read.findings.iter().find(|finding| finding.rule == "data.wrong-type").unwrap();
    let place = &wrong.locations[0];
    assert_eq!((place.cell.as_deref(), place.column.as_deref()), (Some("D2"), Some("标准体系实施日期")));
    assert_eq!(place.value.as_deref(), Some("去年"));
    let shown: Vec<_> = place.excerpt.iter().map(|cell| (cell.value.as_str(), cell.marked)).collect();
    let expected = ["1", "甲", "县级", "去年", "欧＊＊＊", "138****5678"];
    assert_eq!(shown, expected.map(|value| (value, value == "去年")));
}

#[test]
fn personal_data_is_masked_in_every_finding() {
    let text = "工号,姓名,身份证号,联系电话,部门编号,入职日期\n\
                P1,欧阳明月,11010519491231002X,13812345678,D9,昨天\n\
                P1,欧阳明月,11010519491231002X,13812345678,D9,2024-01-01\n";
    let departments = "部门编号,部门名称,机构类别\nD1,甲,管理部门\n";
    let read = read(&[("人员.csv", text.as_bytes()), ("部门机构.csv", departments.as_bytes())]).unwrap();
    assert_eq!(
        read.faults(),
        [
            "data.dangling-reference personnel.department 2,3",
            "data.duplicate-key personnel.id 2,3",
            "data.wrong-type personnel.entered 2",
        ]
    );
    let shown = format!("{:?}", read.findings);
    for secret in ["欧阳明月", "11010519491231002X", "13812345678"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn references_are_checked_only_where_their_table_is() {
    let text = "工号,姓名,部门编号,岗位编号\nP1,甲,D1,G9\n";
    let departments = "部门编号,部门名称,机构类别,上级部门编号\nＤ1,甲,管理部门,/\n";
    let alone = read(&[("人员.csv", text.as_bytes())]).unwrap();
    assert!(alone.faults().is_empty());
    let read = read(&[("人员.csv", text.as_bytes()), ("部门机构.csv", departments.as_bytes())]).unwrap();
    assert_eq!(read.faults(), ["data.dangling-reference personnel.department 2"]);
    let message = &read.findings.iter().find(|f| f.rule == "data.dangling-reference").unwrap().message;
    assert!(message.zh.contains("全角字符或不可见字符"), "{}", message.zh);
}

#[test]
fn percentages_and_plain_numbers_in_one_column_are_told() {
    let text = "指标编号,效益指标,标准化前,标准化后,指标方向\nX1,办结率,82%,91%,越高越好\nX2,投诉,0.3,20%,越低越好\n";
    let read = read(&[("社会效益.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("benefits", "after"), ["91", "20"]);
    assert_eq!(read.faults(), ["data.mixed-units benefits.before "]);
}

#[test]
fn every_declared_table_and_column_exists() {
    let read = read(&[("网格.csv", "网格编码,网格名称\nG1,一格\n".as_bytes())]).unwrap();
    assert_eq!(read.tables.len(), crate::decls().tables.len());
    for table in read.tables.values() {
        assert_eq!(table.columns.len(), table.decl.columns.len());
        assert_eq!(table.present, table.decl.id == "grids");
    }
    let grids = &read.tables["grids"];
    assert_eq!(grids.cell(0, grids.decl.position("area").unwrap()), CellValue::Empty);
    assert_eq!(grids.cell(0, grids.decl.position("boundary").unwrap()), CellValue::Text("".into()));
}

#[test]
fn enumerated_words_are_met_in_their_forms() {
    let text = "荣誉编号,荣誉名称,荣誉级别\nR1,a,地市级\nR2,b,national\nR3,c,省级（厅局）\nR4,d, 国家级\n";
    let read = read(&[("荣誉奖励.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("honours", "level"), ["地（市）级", "国家级", "省级", "国家级"]);
    assert!(read.faults().is_empty());
}

#[test]
fn the_same_as_above_is_the_value_above_or_waits_for_words() {
    let head = "改进编号,提出日期,问题来源,问题,改进措施,责任部门\n";
    let text = format!(
        "{head}同上,2025-06-20,监督检查,甲,丙,信息科\nG2,同上,〃,同上,,同上\nG3,”,\"\"\"\",丁,同上,同上\nG4,2025-07-01,自评,戊,己,综合科\n"
    );
    let read = read(&[("持续改进.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("improvements", "date"), ["2025-06-20", "2025-06-20", "2025-06-20", "2025-07-01"]);
    assert_eq!(read.column("improvements", "source"), ["监督检查", "监督检查", "监督检查", "自我评价"]);
    assert_eq!(read.column("improvements", "responsible"), ["信息科", "信息科", "信息科", "综合科"]);
    // Words of which each row is to have its own are not understood; below an empty cell it says nothing.
    assert_eq!(read.column("improvements", "problem")[1], "同上");
    assert_eq!(read.faults(), ["data.wrong-type improvements.problem 3"]);
    assert_eq!(read.of_rule("data.read-as-above").len(), 3);
    assert_eq!(read.of_rule("data.placeholder").len(), 1);
}

#[test]
fn nothing_above_is_nothing_said() {
    let head = "改进编号,提出日期,问题来源,问题\n";
    let text = format!("{head}G1,2025-06-20,同上,甲\nG2,2025-06-21,同上,乙\n");
    let read = read(&[("持续改进.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("improvements", "source"), ["", ""]);
}

#[test]
fn a_code_with_its_own_name_behind_it_is_the_code() {
    let classes = "分类代号,类目名称,所属部分\nJC11,导则、指南（总）,通用基础\nJC12,编写,通用基础\n";
    let head = "标准编号,标准体系分类代号,标准名称,实施日期,实施部门\n";
    let codes = ["JC11 导则、指南（总）", "JC12（编写）", "JC12：编写", "《JC12》", "JC12 导则"];
    let rows: Vec<_> =
        codes.iter().zip(0..).map(|(code, n)| format!("S{n},{code},标准{n},2025-01-01,综合科\n")).collect();
    let standards = format!("{head}{}", rows.concat());
    let read =
        read(&[("标准体系表.csv", classes.as_bytes()), ("标准明细表.csv", standards.as_bytes())]).unwrap();
    assert_eq!(read.column("standards", "class_code"), ["JC11", "JC12", "JC12", "JC12", "JC12 导则"]);
}
