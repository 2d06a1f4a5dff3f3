#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use super::*;
use crate::document;

const TEXT: &str = "\
Q/QHC 001—2025
网格划分与编码规则
2025-03-15发布
2025-04-01实施
清河村村民委员会　发布
前言
本文件按照GB/T 1.1—2020的规定起草。
1　范围
本文件规定了网格的划分原则和编码。
2　规范性引用文件
下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。
GB/T 2260　中华人民共和国行政区划代码
Q/QHC 002—2025　网格员岗位职责
3　术语和定义
3.1　
网格　grid
按照一定规则划分的管理单元。
注：每个网格有唯一编码。
4　划分
4.1　网格应按300户左右划分。
4.2　编码
4.2.1　编码宜按GB/T 2260的规定，见表1。
表1　编码结构
可根据实际调整。
a）　道路积水应在接报后2 h内处置完毕；
附录A
（规范性）
网格编码示例
A.1　示例
编码应符合图A.1。
图A.1　编码示例
参考文献
[1] GB/T 34300—2017　城乡社区网格化服务管理规范
";

fn text() -> StandardText {
    let document = document::read("网格.txt", &mut Cursor::new(TEXT)).unwrap();
    StandardText::of(&document)
}

#[test]
fn the_cover_tells_number_title_and_days() {
    let cover = text().cover;
    assert_eq!((cover.number.as_str(), cover.title.as_str()), ("Q/QHC 001-2025", "网格划分与编码规则"));
    let days = [cover.issued, cover.effective].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
    assert_eq!(days, ["2025-03-15", "2025-04-01"]);
}

#[test]
fn chapters_are_told_by_their_titles() {
    let text = text();
    let parts: Vec<_> =
        text.sections.iter().map(|one| (one.number.as_str(), one.title.as_str(), one.part)).collect();
    assert_eq!(
        parts,
        [
            ("", "前言", Part::Foreword),
            ("1", "范围", Part::Scope),
            ("2", "规范性引用文件", Part::References),
            ("3", "术语和定义", Part::Terms),
            ("3.1", "", Part::Terms),
            ("4", "划分", Part::Body),
            ("4.1", "", Part::Body),
            ("4.2", "编码", Part::Body),
            ("4.2.1", "", Part::Body),
            ("附录A", "（规范性）网格编码示例", Part::Appendix),
            ("A.1", "示例", Part::Appendix),
            ("", "参考文献", Part::Bibliography),
        ]
    );
    let appendix = text.sections.iter().find(|one| one.number == "附录A").unwrap();
    assert_eq!(appendix.nature(), Some(true));
}

#[test]
fn terms_citations_captions_and_provisions_have_their_places() {
    let text = text();
    let terms: Vec<_> = text.terms.iter().map(|one| (one.term.as_str(), one.definition.as_str())).collect();
    assert_eq!(terms, [("网格", "按照一定规则划分的管理单元。")]);
    let cited: Vec<_> =
        text.citations.iter().map(|one| (one.number.as_str(), one.edition.as_str(), one.place)).collect();
    assert_eq!(
        cited,
        [
            ("GB/T 1.1", "2020", CitationPlace::Aside),
            ("GB/T 2260", "", CitationPlace::List),
            ("Q/QHC 002", "2025", CitationPlace::List),
            ("GB/T 2260", "", CitationPlace::Text),
            ("GB/T 34300", "2017", CitationPlace::Aside),
        ]
    );
    assert_eq!(text.citations.get(1).unwrap().title, "中华人民共和国行政区划代码");
    let limits: Vec<_> = text.provisions.iter().filter_map(|one| one.limit.as_ref()).collect();
    let limit =
        |subject: &str, amount: &str| Limit { subject: subject.to_owned(), amount: amount.to_owned() };
    assert_eq!(limits, [&limit("道路积水|在接报后|h|内处置", "2")]);
    let captions: Vec<_> = text.captions.iter().map(|one| (one.kind, one.number.as_str())).collect();
    assert_eq!(captions, [(CaptionKind::Table, "1"), (CaptionKind::Figure, "A.1")]);
    let modal: Vec<_> = text.provisions.iter().map(|one| (one.modal, one.section.as_str())).collect();
    assert_eq!(
        modal,
        [
            (Modal::Shall, "4.1"),
            (Modal::Should, "4.2.1"),
            (Modal::May, "4.2.1"),
            (Modal::Shall, "4.2.1"),
            (Modal::Shall, "A.1")
        ]
    );
}
