//! The same data in every form gives the same tables.

use encoding_rs::GB18030;
use rust_xlsxwriter::{Format, Workbook};

use crate::{Read, read};

const FILES: [(&str, &[&str]); 3] = [
    ("被评估单位", &["单位编号,单位名称,层级,标准体系实施日期", "350602,临江区,县,2024-03-01"]),
    (
        "部门机构",
        &["部门编号,部门名称,机构类别,列入机构图", "D01,综治办,管理部门,是", "D02,大厅,服务部门,否"],
    ),
    ("服务效率", &["事项编号,服务事项,实施前时限,实施后时限", "S1,居住证,10.5,5"]),
];

fn text(lines: &[&str]) -> String {
    lines.join("\r\n") + "\r\n"
}

/// A workbook of these sheets, with numbers as numbers and dates as dates.
fn workbook(tables: &[(&str, &[&str])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, lines) in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, line) in (0..).zip(*lines) {
            for (column, cell) in (0..).zip(line.split(',')) {
                match cell.parse::<f64>() {
                    _ if cell == "2024-03-01" => {
                        let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
                        sheet.write_with_format(row, column, 45352, &date).unwrap()
                    }
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) => sheet.write(row, column, cell).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn rows(read: &Read) -> Vec<(String, bool, Vec<Vec<String>>)> {
    read.tables.iter().map(|(id, table)| (id.clone(), table.present, read.rows(id))).collect()
}

#[test]
fn every_form_gives_the_same_tables() {
    let files_as = |extension: &str| FILES.map(|(name, _)| format!("{name}.{extension}"));
    let all = |extension: &str, bytes: Vec<Vec<u8>>| {
        let names = files_as(extension);
        let files: Vec<_> = names.iter().map(String::as_str).zip(bytes.iter().map(Vec::as_slice)).collect();
        read(&files).unwrap()
    };
    let utf8 = all("csv", FILES.iter().map(|(_, lines)| text(lines).into_bytes()).collect());
    let gbk =
        all("csv", FILES.iter().map(|(_, lines)| GB18030.encode(&text(lines)).0.into_owned()).collect());
    let xlsx = all("xlsx", FILES.iter().map(|table| workbook(&[*table])).collect());
    let one = read(&[("申报材料.xlsx", &workbook(&FILES))]).unwrap();
    assert_eq!(utf8.column("organization", "effective"), ["2024-03-01"]);
    assert_eq!(utf8.column("efficiency", "before"), ["10.5"]);
    for (form, other) in [("GBK", &gbk), ("XLSX", &xlsx), ("one workbook", &one)] {
        assert_eq!(rows(other), rows(&utf8), "{form}");
        assert_eq!(other.faults(), utf8.faults(), "{form}");
    }
}

#[test]
fn the_digest_covers_names_and_bytes() {
    let one = read(&[("网格.csv", "网格编码,网格名称\nG1,a\n".as_bytes())]).unwrap();
    let renamed = read(&[("网格1.csv", "网格编码,网格名称\nG1,a\n".as_bytes())]).unwrap();
    let again = read(&[("网格.csv", "网格编码,网格名称\nG1,a\n".as_bytes()), ("x.pdf", b"x")]).unwrap();
    assert_eq!(one.info.sha256, again.info.sha256);
    assert_ne!(one.info.sha256, renamed.info.sha256);
    assert_eq!(one.info.sha256.len(), 64);
}
