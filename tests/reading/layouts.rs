//! Tables as offices lay them out, name and fill them in: what is meant is read, and what is not known is told.

use rust_xlsxwriter::Workbook;
use wangge::table::NotKnown;

use wangge::model::diagnosis::LeftOutReason;

use crate::read;

const ONE: &str = "部门编号,部门名称,机构类别\nD01,标准化管理办公室,标准化管理办公室\nD02,市场监督管理局,业务条块部门\n\
                   D03,应急管理局,业务条块部门\nD04,公安分局,业务条块部门\n";

#[test]
fn what_may_be_a_table_is_unread_and_not_absent() {
    let standards = "编码,题目\n甲,乙\n";
    let read = read(&[
        ("标准明细衣.csv", standards.as_bytes()),
        ("部门机构.csv", "甲,乙\n1,2\n".as_bytes()),
        ("会议照片.csv", "甲,乙\n1,2\n".as_bytes()),
    ])
    .unwrap();
    let why = |table: &str| read.tables[table].unread().map(|unread| unread.why);
    assert_eq!(why("standards"), Some(NotKnown::Name));
    assert_eq!(why("departments"), Some(NotKnown::Header));
    assert_eq!(why("grids"), None);
    assert!(!read.tables["departments"].present && !read.tables["standards"].present);
}

#[test]
fn a_name_like_that_of_a_table_that_is_there_is_no_matter() {
    let read =
        read(&[("部门机构.csv", ONE.as_bytes()), ("部门机抅.csv", "甲,乙\n1,2\n".as_bytes())]).unwrap();
    assert!(read.tables["departments"].unread().is_none());
}

#[test]
fn titles_and_headers_of_later_pages_are_no_rows() {
    let head = ",分类代号,类目名称,上级代号,层次,所属部分\n";
    let text = format!(
        ",临江区标准体系表,,,,\n,填报单位：甲,,,,\n{head},JC,乙,,1,通用基础\n,小计,1\n\n,临江区标准体系表（续表）,,,,\n\
         ,填报单位：甲,,,,\n{head},JC1,丙,JC,2,通用基础\n,东山县标准体系表 续二,,,,\n,临江区标准体系表,,,,\n{head},续1,,,,\n"
    );
    let read = read(&[("标准体系表.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("system_table", "code"), ["JC", "JC1", "续1"]);
    let sheet = &read.info.files[0].sheets[0];
    let totals: Vec<_> = sheet.skipped_total.iter().map(|(why, total)| (*why, *total)).collect();
    let wanted = [(LeftOutReason::Total, 1), (LeftOutReason::Title, 4), (LeftOutReason::Header, 2)];
    assert_eq!(totals, wanted, "{:?}", sheet.skipped);
}

#[test]
fn headers_that_are_not_known_are_kept() {
    let read = read(&[("部门机构.csv", "部门编号,部门名称,机构类别,备用一\nD01,甲,管理部门,1\n".as_bytes())])
        .unwrap();
    assert_eq!(read.tables["departments"].unknown_headers(), ["备用一"]);
}

#[test]
fn headers_are_read_in_other_words_unless_these_mean_two_columns() {
    let text =
        "改进编号,提出时间,问题来源,问题,整改措施,责任科室,是否完成\nGJ1,2025-01-01,检查,甲,乙,丙,是\n";
    let read = read(&[("持续改进.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("improvements", "date"), ["2025-01-01"]);
    assert_eq!(read.column("improvements", "responsible"), ["丙"]);
    assert_eq!(read.tables["improvements"].unknown_headers(), ["是否完成"]);
}

#[test]
fn a_header_in_other_words_gives_way_to_the_column_itself() {
    let text = "检查编号,检查时间,检查日期\nJC1,2020-01-01,2025-01-01\n";
    let read = read(&[("监督检查.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("inspections", "date"), ["2025-01-01"]);
    assert!(read.of_rule("data.duplicate-header").is_empty());
}

#[test]
fn headers_with_more_words_than_a_name_are_known() {
    let text = "序号,检查时间,具体检查方式,被检查科室名称,检查人员姓名,检查中是否发现,存在的主要问题\n1,2025-01-01,季度检查,综合科,李明,否,甲\n";
    let read = read(&[("监督检查.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("inspections", "id"), ["1"]);
    assert_eq!(read.column("inspections", "kind"), ["日常检查"]);
    assert_eq!(read.column("inspections", "department"), ["综合科"]);
    assert_eq!(read.column("inspections", "inspector"), ["李明"]);
    assert_eq!(read.column("inspections", "problem"), ["甲"]);
    assert_eq!(read.tables["inspections"].unknown_headers(), ["检查中是否发现"]);
    let text = "序号,检查编号,检查日期,检查填写日期\n1,JC1,2025-01-01,2020-01-01\n";
    let read = crate::read(&[("监督检查.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("inspections", "id"), ["JC1"]);
    assert_eq!(read.column("inspections", "date"), ["2025-01-01"]);
    assert!(read.of_rule("data.duplicate-header").is_empty());
}

#[test]
fn a_form_that_stands_upright_is_one_row() {
    let text = "单位基本情况表\n单位编号,350602\n单位名称,临江区网格中心,层级,县级\n标准体系实施日期,2024-06-01\n备注,无\n";
    let read = read(&[("单位概况.csv", text.as_bytes())]).unwrap();
    let row = &read.rows("organization")[0];
    assert_eq!((row[0].as_str(), row[1].as_str(), row[2].as_str()), ("350602", "临江区网格中心", "县"));
    assert_eq!(read.column("organization", "effective"), ["2024-06-01"]);
    assert_eq!(read.tables["organization"].len(), 1);
}

#[test]
fn a_tree_may_be_drawn_with_its_levels_side_by_side() {
    let text = "一级代号,一级类目,二级代号,二级类目,三级代号,三级类目\n\
                JC,通用基础标准体系,JC1,导则,JC11,指南\n,,,,JC12,编写\n,,JC2,术语,,\n合计,,,,,\nTG,服务提供标准体系,TG1,规范,,\n";
    let read = read(&[("标准体系表.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("system_table", "code"), ["JC", "JC1", "JC11", "JC12", "JC2", "TG", "TG1"]);
    assert_eq!(read.column("system_table", "parent"), ["", "JC", "JC1", "JC1", "JC", "", "TG"]);
    assert_eq!(read.column("system_table", "level"), ["1", "2", "3", "3", "2", "1", "2"]);
    let (basic, service) = ("通用基础标准体系", "服务提供标准体系");
    assert_eq!(read.column("system_table", "part"), [basic, basic, basic, basic, basic, service, service]);
    assert_eq!(read.column("system_table", "name")[2], "指南");
}

#[test]
fn merged_levels_of_a_workbook_are_read_down() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("标准体系表").unwrap();
    let plain = rust_xlsxwriter::Format::new();
    for (column, header) in (0..).zip(["第一层", "第二层"]) {
        sheet.write(0, column, header).unwrap();
    }
    sheet.merge_range(1, 0, 2, 0, "JC 通用基础标准体系", &plain).unwrap();
    sheet.write(1, 1, "JC1 导则").unwrap();
    sheet.write(2, 1, "JC2 术语").unwrap();
    let read = read(&[("材料.xlsx", &book.save_to_buffer().unwrap())]).unwrap();
    assert_eq!(read.column("system_table", "code"), ["JC", "JC1", "JC2"]);
    assert_eq!(read.column("system_table", "parent"), ["", "JC", "JC"]);
}

#[test]
fn parents_follow_from_levels_and_codes_where_none_is_given() {
    let head = "分类代号,类目名称,上级代号,层次,所属部分\n";
    let text =
        format!("{head}JC,甲,,1,通用基础\nJC1,乙,,2,通用基础\nJC11,丙,,三级,通用基础\nX,丁,,2,通用基础\n");
    let read = crate::read(&[("标准体系表.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("system_table", "parent"), ["", "JC", "JC1", "JC"]);
    assert_eq!(read.of_rule("data.read-by-level").len(), 1);
    let text = format!("{head}JC,甲,,1,通用基础\nJC1,乙,JC,2,通用基础\nJC11,丙,,3,通用基础\n");
    let read = crate::read(&[("标准体系表.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("system_table", "parent"), ["", "JC", ""]);
}

#[test]
fn references_may_give_names_titles_and_short_names() {
    let standards = "标准编号,标准体系分类代号,标准名称,实施日期,实施部门\n\
                     Q/LJ GZ1•1-2024,GZ,网格员工作标准,2024-06-01,市场监管局、应急局\n\
                     Q/LJ GZ1•2-2024,GZ,网格长工作标准,2024-06-01,区公安分局\n\
                     GB/T 1.1-2020,GZ,编写规则,2024-06-01,管理局\n";
    let posts = "岗位编号,岗位名称,部门编号,岗位类别,岗位标准编号\nP1,网格员,标准化办,网格员,《网格员工作标准》\n\
                 P2,网格长,公安分局,网格员,网格长工作标准\nP3,科员,D03,其他,Q／LJ GZ1·1—2024《网格员工作标准》\n";
    let records = "记录编号,标准编号\nS1,GB/T1.1—2020\n";
    let read = read(&[
        ("部门机构.csv", ONE.as_bytes()),
        ("标准明细表.csv", standards.as_bytes()),
        ("岗位.csv", posts.as_bytes()),
        ("实施记录.csv", records.as_bytes()),
    ])
    .unwrap();
    let (member, head) = ("Q/LJ GZ1•1-2024", "Q/LJ GZ1•2-2024");
    assert_eq!(read.column("posts", "standard"), [member, head, member]);
    assert_eq!(read.column("posts", "department"), ["D01", "D04", "D03"]);
    assert_eq!(read.column("implementation", "standard"), ["GB/T 1.1-2020"]);
    // 管理局 may be two of them: nobody can tell.
    assert_eq!(read.column("standards", "department"), ["市场监督管理局；应急管理局", "公安分局", "管理局"]);
    let at = read.tables["standards"].decl.position("department").unwrap();
    assert_eq!(read.tables["standards"].columns[at].unclear(), [2]);
    assert_eq!(read.of_rule("data.read-by-name").len(), 3);
    assert!(read.of_rule("data.dangling-reference").is_empty());
}

#[test]
fn names_that_two_rows_have_mean_neither() {
    let classes = "分类代号,类目名称,上级代号,层次,所属部分\nA,总体,,1,通用基础\nB,细则,总体,2,通用基础\nC,细则,总体,2,通用基础\nD,末级,细则,3,通用基础\n";
    let read = read(&[("标准体系表.csv", classes.as_bytes())]).unwrap();
    assert_eq!(read.column("system_table", "parent"), ["", "A", "A", "细则"]);
    let at = read.tables["system_table"].decl.position("parent").unwrap();
    assert_eq!(read.tables["system_table"].columns[at].unclear(), [3]);
}

#[test]
fn a_header_may_carry_the_unit_of_its_quantities() {
    let text =
        "事项编号,服务事项,实施前时限（天）,实施后时限（小时）\n1,甲,3,12\n2,乙,2,8小时\n3,丙,即办,1\n";
    let read = read(&[("服务效率.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("efficiency", "before"), ["72", "48", "0"]);
    assert_eq!(read.column("efficiency", "after"), ["12", "8", "1"]);
    assert_eq!(read.column("efficiency", "unit"), ["小时", "小时", "小时"]);
    let text = "测评编号,测评名称,测评日期,有效样本数,满意（%）\n1,甲,2026-01-01,1200,85\n";
    let read = crate::read(&[("满意度测评.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("satisfaction", "satisfied"), ["85%"]);
}

#[test]
fn quantities_may_carry_the_unit_they_share() {
    let text = "事项编号,服务事项,实施前时限,实施后时限,时限单位\n1,甲,5个工作日,1个工作日,\n2,乙,2天,12小时,\n3,丙,15,2,工作日\n\
                4,丁,5个工作日,3小时,\n5,戊,即办,当场办结,\n";
    let read = read(&[("服务效率.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("efficiency", "before"), ["5", "48", "15", "5个工作日", "0"]);
    assert_eq!(read.column("efficiency", "after"), ["1", "12", "2", "3小时", "0"]);
    assert_eq!(read.column("efficiency", "unit"), ["工作日", "小时", "工作日", "", ""]);
    let text = "指标编号,效益指标,标准化前,标准化后,指标方向\n1,案件,30起,12起,越低越好\n2,用时,3天,5小时,越低越好\n";
    let read = crate::read(&[("社会效益.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("benefits", "before"), ["30", "3天"]);
}

#[test]
fn numbers_may_carry_the_units_of_their_column() {
    let text = "测评编号,测评名称,测评日期,有效样本数,满意人数\n1,甲,2025-01-01,1180份,\"1,100人\"\n2,乙,2025-01-01,30天,12\n";
    let read = read(&[("满意度调查结果.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("satisfaction", "surveyed"), ["1180", "30天"]);
    assert_eq!(read.column("satisfaction", "satisfied"), ["1100", "12"]);
    assert_eq!(read.faults(), ["data.wrong-type satisfaction.surveyed 3"]);
}

#[test]
fn attendance_is_told_in_the_words_of_a_list() {
    let text = "场次编号,工号,是否到场,是否合格\nX1,P1,到,合格\nX1,P2,请假,不合格\nX1,P3,也许,通过\n";
    let read = read(&[("签到记录.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("attendance", "attended"), ["是", "否", "也许"]);
    assert_eq!(read.column("attendance", "passed"), ["是", "否", "是"]);
}

#[test]
fn a_term_may_be_told_by_its_period() {
    let text = "序号,类别,内容,完成期限\n1,目标,甲,2026年底\n2,目标,乙,2027年一季度\n";
    let read = read(&[("方针目标.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("objectives", "due"), ["2026-12-31", "2027-03-31"]);
}
