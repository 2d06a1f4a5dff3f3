//! What each finding of reading and typing means, what follows from it and what to do: for `explain`.

use super::finding_ids as ids;
pub use super::finding_kind::FindingKind;
use super::finding_kind::{Words, of};

/// The kind with an id.
pub fn kind(id: &str) -> Option<&'static FindingKind> {
    KINDS.iter().find(|kind| kind.id == id)
}

const OPEN: Words = (
    "依据该内容的评价要求待定，不因此扣分，也不得分",
    "What rests on it is unknown: it neither earns nor costs points for sure",
);
const NOT_READ: Words = (
    "其中的内容没有读取；依据它的评价要求不能判为没有，列为待定",
    "What it holds was not read; what rests on it is unknown, not absent",
);
const NOTHING: Words = ("不影响评分", "None on the score");
const WITHOUT_FILE: Words = (
    "口径 evidence 取 claims 时不影响评分；取 files 时，依据该行的评价要求待定",
    "None on the score where the policy `evidence` is `claims`; with `files` what rests on the row is unknown",
);
const EMPTY: Words = ("视同没有填写", "It counts as empty");
const WRITE_AS_DECLARED: Words = (
    "按列规定的类型填写；wangge init --format dictionary 写出的数据字典列有每一列的类型和取值",
    "Write what the column declares; `wangge init --format dictionary` lists types and values of all columns",
);
const RENAME: Words = (
    "改用规定的表名、列名；同一软件导出的文件都如此的，用 wangge doctor --write-mapping 起草对应表，以后用 --mapping 读取",
    "Use the declared names; where a software exports others, let `wangge doctor --write-mapping` draft a mapping and read with --mapping",
);

/// All kinds, in the order of their ids.
pub const KINDS: &[FindingKind] = &[
    of(
        ids::ODD_CHARACTER,
        (
            "单元格有编码错误或造字留下的字符",
            "Cells hold characters that a wrong encoding or a home-made glyph leaves",
        ),
        (
            "该单元格照读，但名称、编号可能与别处对不上",
            "The cell is read as it is, but its text may not agree with others",
        ),
        ("以“CSV UTF-8”重新导出，生僻字用标准字符", "Export again as UTF-8, with standard characters"),
    ),
    of(
        ids::RAGGED_ROW,
        ("行的列数与表头不同", "A row has more or fewer cells than the header"),
        (
            "多出且有内容的行没有读取，不足的按空值补齐",
            "Rows with surplus content were not read; short ones were filled up",
        ),
        (
            "检查该行是否有未加引号的逗号、漏掉的分隔符",
            "Look for a separator that is not quoted, or one that was left out",
        ),
    ),
    of(
        ids::DUPLICATE_HEADER,
        ("两列的列名是同一个规定的列", "Two headers name one declared column"),
        ("只采用其中一列", "Only one of them is used"),
        ("删除或改名多余的一列", "Remove or rename the other"),
    ),
    of(
        ids::NO_HEADER,
        ("找不到该表的表头", "No row is a header of the table"),
        NOT_READ,
        (
            "在前10行内写上规定的列名，见 wangge init 写出的模板",
            "Write the declared headers into the first 10 rows, as in the template of `wangge init`",
        ),
    ),
    of(ids::MISSING_COLUMN, ("缺少必填列", "A required column is missing"), OPEN, RENAME),
    of(
        ids::OPTIONAL_COLUMN,
        ("没有某些选填列", "Columns that may be left out are not there"),
        OPEN,
        ("有数据的补上", "Add those you have"),
    ),
    of(
        ids::MISSPELT_COLUMN,
        ("列名与缺少的列相近", "A header is nearly the name of a missing column"),
        OPEN,
        RENAME,
    ),
    of(
        ids::UNKNOWN_TABLE,
        ("文件或工作表不是已知的数据表", "A file or sheet is no table that is known"),
        NOT_READ,
        RENAME,
    ),
    of(
        ids::READ_BY_HEADER,
        (
            "文件或工作表的名称不是数据表名，按表头认定",
            "Neither file nor sheet is named after a table; the header told which it is",
        ),
        ("按认定的数据表读取", "It is read as that table"),
        RENAME,
    ),
    of(
        ids::HIDDEN_SHEET,
        ("隐藏的工作表像是某张表的数据", "A hidden sheet seems to be part of a table"),
        NOT_READ,
        ("是数据的取消隐藏，不是的删除", "Unhide it if it holds data, delete it if not"),
    ),
    of(
        ids::NESTED_FOLDER,
        ("子文件夹或其中的表格文件没有读取", "A folder inside, or a table file in it, was not read"),
        NOT_READ,
        (
            "数据表以规定的表名命名，可直接放在申报材料的文件夹里，也可按镇街分放在子文件夹里",
            "Name tables as declared and put them into the folder of the submission, or into a folder for each town in it",
        ),
    ),
    of(
        ids::LINKED_FOLDER,
        ("申报材料里有指向文件夹的链接", "A link to a folder lies in the submission"),
        NOT_READ,
        ("用文件夹本身代替链接", "Put the folder itself in its place"),
    ),
    of(
        ids::RULINGS_INSIDE,
        ("申报材料里有裁定文件", "Rulings lie inside the submission"),
        ("没有采用：裁定只能由评估组另行给出", "They do not count: rulings are the team's to give"),
        ("是评估组的，移出后用 --rulings 给出", "If they are the team's, give them with --rulings"),
    ),
    of(
        ids::ARCHIVE,
        ("数据表旁有压缩包", "An archive lies beside the tables"),
        NOT_READ,
        ("有数据表的，解压后直接放在申报材料的文件夹里", "Unpack what holds tables into the folder"),
    ),
    of(
        ids::DUPLICATE_CELL,
        ("工作簿中同一单元格有两个值", "A workbook gives one cell two values"),
        ("采用先出现的一个", "The first is used"),
        ("用Excel或WPS打开核对后另存", "Open it in Excel or WPS, check it, save it again"),
    ),
    of(
        ids::LONG_CELL,
        ("单元格文字过长", "The text of a cell is too long"),
        EMPTY,
        ("长文放在附件里，单元格写摘要或附件名", "Put long texts into an attachment"),
    ),
    of(
        ids::PROTECTIVE_SIGN,
        ("单元格带有防止改写的符号", "Cells have signs that keep them from being changed"),
        ("去掉符号后读取，不影响评分", "They are read without the signs; none on the score"),
        (
            "可不理会；把该列设为“文本”格式即不需要这些符号",
            "This may be left; a column formatted as text needs no such signs",
        ),
    ),
    of(
        ids::YEAR_BESIDE,
        (
            "日期只写了月日，年份在另一列",
            "Days are written without their year, which stands in another column",
        ),
        ("按同一行的年份读取，不影响评分", "They are read with the year of the same row; none on the score"),
        ("可不理会；以写明年月日为宜", "This may be left; better give the whole day"),
    ),
    of(
        ids::EXPLAINING_ROW,
        (
            "表头下的一行是列号、英文列名或填写示例",
            "The row under the header numbers the columns, names them in English or is an example",
        ),
        ("该行没有作为数据读取", "It was not read as data"),
        ("是数据的改正后重报，不是的可不理会", "Correct it if it is data; leave it if it is not"),
    ),
    of(
        ids::WRONG_TYPE,
        ("单元格的内容不是该列规定的类型", "A cell is not of the type of its column"),
        OPEN,
        WRITE_AS_DECLARED,
    ),
    of(
        ids::UNKNOWN_VALUE,
        ("所填内容不在规定的取值之内", "A cell holds none of the declared values"),
        OPEN,
        WRITE_AS_DECLARED,
    ),
    of(
        ids::PLACEHOLDER,
        ("所填的词没有内容，如“无”“待定”", "What stands there says nothing, such as 无 or 待定"),
        EMPTY,
        ("有内容的如实填写，没有的留空", "Say what there is, or leave the cell empty"),
    ),
    of(ids::MISSING_VALUE, ("必填的单元格是空的", "A required cell is empty"), OPEN, ("补填", "Fill it in")),
    of(
        ids::LOST_DIGITS,
        ("编号被当作数字保存，末几位已丢失", "A code was stored as a number and has lost digits"),
        ("不可采信，依据它的评价要求待定", "It cannot be trusted: what rests on it is unknown"),
        (
            "把该列设为“文本”格式，从原始资料重新录入",
            "Format the column as text and enter the original again",
        ),
    ),
    of(
        ids::MIXED_UNITS,
        ("一列中有的写百分数，有的写普通数字", "A column holds percentages and plain numbers"),
        ("85%按85读取，0.85按0.85读取", "85% is read as 85, 0.85 as 0.85"),
        ("统一写法", "Write them alike"),
    ),
    of(
        ids::DUPLICATE_KEY,
        ("几行的编号相同", "Rows have the same key"),
        ("都照读，引用它的行不知道指哪一行", "All are read; references to them are ambiguous"),
        ("删除重复的行，或改正编号", "Remove the repeated row, or correct its code"),
    ),
    of(
        ids::REPEATED_ROWS,
        ("两个文件或工作表中有内容完全相同的行", "Rows stand in two files or sheets of one table"),
        (
            "都照读、照计，不因此扣分；按数量评价的内容可能因重复而偏高",
            "All are read and counted; no points are lost by it, but what is judged by numbers may come out too high",
        ),
        ("确是重复的，删去一处后重新提交", "If they are the same, remove one and submit again"),
    ),
    of(
        ids::EXTRA_ROW,
        ("只应有一行的表有多行", "A table of one row has several"),
        ("只采用第一行", "Only the first is used"),
        ("只保留本单位的一行", "Keep the row of this organization"),
    ),
    of(
        ids::MISSING_TABLE,
        ("申报材料中没有某些数据表", "The submission does not have some tables"),
        (
            "依据这些表的评价要求只能现场核实，或按没有处理",
            "What rests on them can only be seen on site, or counts as not there",
        ),
        (
            "有数据的补报；wangge doctor 逐表列出涉及的评价内容",
            "Add those you have; `wangge doctor` lists the items that rest on each",
        ),
    ),
    of(
        ids::SELF_SCORE,
        ("自评得分超出核实的范围", "The organization's own score lies outside what was found"),
        NOTHING,
        ("对照各评价要求核对自评得分", "Compare it requirement by requirement"),
    ),
    of(
        ids::SELF_SCORE_ROW,
        (
            "自评得分表的一行不对应评价内容，或高于其分值",
            "A row of own scores names no item, or more points than it has",
        ),
        ("该行不用于比较", "The row is not compared"),
        ("改正评价内容的编号和分数", "Correct the item or its points"),
    ),
    of(
        ids::TEAM_LEADER,
        ("评估组没有组长，或有几个组长", "The team has no leader, or several"),
        NOTHING,
        ("在评估组表中写明一名组长", "Name one leader in the table of the team"),
    ),
    of(
        ids::TEAM_RECUSAL,
        ("评估组成员是被评估单位的人", "A member of the team works for the organization"),
        NOTHING,
        ("换人回避", "Replace the member"),
    ),
    of(
        ids::RULING_RECUSAL,
        ("作裁定的人与被评估单位的人员同名", "Who ruled bears the name of a member of the organization"),
        NOTHING,
        ("核实是否同一人；是的，应回避", "See whether it is the same person, who has to withdraw"),
    ),
    of(
        ids::RULING_OUTSIDER,
        ("作裁定的人不在评估组名单中", "Who ruled is not in the list of the team"),
        NOTHING,
        ("核对评估组表和裁定人", "Check the list and who ruled"),
    ),
    of(
        ids::READ_BY_NAME,
        ("引用填的是名称而不是编号", "References give names instead of codes"),
        ("已按唯一相符的一行读取", "Each was read as the one row that it fits"),
        ("改填编号", "Give the code"),
    ),
    of(
        ids::READ_BY_LEVEL,
        ("上级没有填写，按层次和编号推出", "Parents were told by levels and codes"),
        ("按推出的上级读取", "They are read as told"),
        ("核对，或补填上级", "Check them, or fill the column in"),
    ),
    of(
        ids::READ_AS_ABOVE,
        ("填“同上”的单元格按上一行读取", "Cells that repeat the one above were read as that"),
        ("按上一行的内容读取", "They are read as the cell above"),
        ("逐行写明内容", "Write out what each row says"),
    ),
    of(
        ids::DANGLING_REFERENCE,
        ("引用的编号在被引用的表中找不到", "A reference leads nowhere"),
        ("该行不能与被引用的行对上，按没有引用处理", "The row belongs to none of the other table"),
        ("改正编号，或在被引用的表中补上这一行", "Correct the code, or add its row to the other table"),
    ),
    of(
        ids::ATTACHMENT_MISSING,
        ("所列附件不在申报材料中", "A file that a row names is not in the submission"),
        WITHOUT_FILE,
        ("补报该文件，或者改正文件名", "Send the file, or correct its name"),
    ),
    of(
        ids::ATTACHMENT_NOT_SENT,
        ("所填材料没有随数据表报送", "A paper that a row tells of was not sent with the tables"),
        WITHOUT_FILE,
        (
            "有电子文件的随数据表报送并填写文件名；纸质材料留存备查",
            "Send the file and write its name; keep what is on paper at hand",
        ),
    ),
    of(
        ids::ATTACHMENT_BLANK,
        ("附件没有内容", "A file has nothing in it"),
        WITHOUT_FILE,
        ("核对后重新报送", "Look at it and send it again"),
    ),
    of(
        ids::ATTACHMENT_CLOSED,
        ("附件打不开", "A file does not open"),
        WITHOUT_FILE,
        ("去掉密码或者重新导出后报送", "Take the password off, or export it again, and send it"),
    ),
    of(
        ids::ATTACHMENT_WITHOUT_TEXT,
        ("附件的文字不能读取", "The text of a document is not read"),
        (
            "依据标准文本文字的要求待定；附件仍作为材料",
            "What rests on the text is unknown; the file counts as one",
        ),
        (
            "另存为DOCX或者带文字层的PDF；扫描件先作文字识别",
            "Save it as DOCX or as a PDF with a text layer; have scans recognized first",
        ),
    ),
    of(
        ids::ATTACHMENT_SHARED,
        ("一个附件对应多个不同事项", "Rows that have nothing in common have one file"),
        NOTHING,
        (
            "各事项分别附各自的材料；确为汇编的在文件名中注明",
            "Attach to each its own file; say so in the name where it is a compilation",
        ),
    ),
    of(
        ids::ATTACHMENT_REPEATED,
        ("不同事项的附件内容相同", "Files of different things say the same"),
        NOTHING,
        ("核对是否放错文件", "See whether a file was put in the wrong place"),
    ),
    of(
        ids::ATTACHMENT_UNCLAIMED,
        ("附件没有对应的数据", "A file is named by no row"),
        NOTHING,
        (
            "在对应的行填写文件名，无关的移出申报材料",
            "Write their names into the rows they belong to, and take out what does not belong here",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_is_explained() {
        let explained: Vec<&str> = KINDS.iter().map(|kind| kind.id).collect();
        assert_eq!(explained, ids::ALL);
    }
}
