//! What is said of files and of cells that name them.

use crate::model::finding::Severity;
use crate::model::finding_collector::Notice;
use crate::model::text::Text;

fn notice(severity: Severity, message: (String, String), help: (&str, &str)) -> Notice {
    Notice { severity, message: Text::new(message.0, message.1), help: Text::new(help.0, help.1) }
}

pub(super) fn missing(name: &str, likely: Option<&str>) -> Notice {
    let (likely_zh, likely_en) = match likely {
        Some(likely) => (format!("，名称最接近的是“{likely}”"), format!("; the likeliest is `{likely}`")),
        None => Default::default(),
    };
    let message = (
        format!("所列附件“{name}”不在申报材料中{likely_zh}"),
        format!("the file `{name}` is not in the submission{likely_en}"),
    );
    notice(Severity::Warning, message, ("补报该文件，或者改正文件名", "send the file, or correct its name"))
}

pub(super) fn not_sent() -> Notice {
    let message = (
        "所填内容在申报材料中没有对应的文件".to_owned(),
        "what is named has no file in the submission".to_owned(),
    );
    let help = (
        "有电子文件的随数据表报送并填写文件名；纸质材料留存备查",
        "send the file and write its name; keep what is on paper at hand",
    );
    notice(Severity::Advice, message, help)
}

pub(super) fn blank(name: &str, remark: &Text) -> Notice {
    let message = (
        format!("附件“{name}”没有内容{}", told_zh(remark)),
        format!("the file `{name}` has nothing in it{}", told_en(remark)),
    );
    notice(Severity::Warning, message, ("核对后重新报送", "look at it and send it again"))
}

pub(super) fn closed(name: &str, remark: &Text) -> Notice {
    let message = (
        format!("附件“{name}”打不开{}", told_zh(remark)),
        format!("the file `{name}` does not open{}", told_en(remark)),
    );
    notice(
        Severity::Warning,
        message,
        ("去掉密码或者重新导出后报送", "take the password off, or export it again, and send it"),
    )
}

pub(super) fn without_text(name: &str, remark: &Text) -> Notice {
    let message = (
        format!("附件“{name}”的文字没有读取{}", told_zh(remark)),
        format!("the text of the file `{name}` was not read{}", told_en(remark)),
    );
    let help = (
        "另存为DOCX或者带文字层的PDF；扫描件先作文字识别",
        "save it as DOCX or as a PDF with a text layer; have scans recognized first",
    );
    notice(Severity::Advice, message, help)
}

pub(super) fn shared(name: &str, subjects: usize) -> Notice {
    let message = (
        format!("附件“{name}”同时作为{subjects}个不同事项的材料"),
        format!("the file `{name}` is given for {subjects} different things"),
    );
    let help = (
        "各事项分别附各自的材料；确为汇编的在文件名中注明",
        "attach to each its own file; say so in the name where it is a compilation",
    );
    notice(Severity::Advice, message, help)
}

pub(super) fn repeated(name: &str, other: &str) -> Notice {
    let message = (
        format!("附件“{name}”与“{other}”内容相同，所属事项不同"),
        format!("the file `{name}` says the same as `{other}`, which belongs to something else"),
    );
    notice(Severity::Warning, message, ("核对是否放错文件", "see whether a file was put in the wrong place"))
}

pub(super) fn unclaimed() -> Notice {
    let message = ("这些文件没有任何一行数据提到".to_owned(), "these files are named by no row".to_owned());
    let help = (
        "在对应的行填写文件名，无关的移出申报材料",
        "write their names into the rows they belong to, and take out what does not belong here",
    );
    notice(Severity::Advice, message, help)
}

fn told_zh(remark: &Text) -> String {
    if remark.zh.is_empty() { String::new() } else { format!("：{}", remark.zh) }
}

fn told_en(remark: &Text) -> String {
    if remark.en.is_empty() { String::new() } else { format!(": {}", remark.en) }
}
