//! What lies behind the tables, as DOCX: texts of own standards with the parts GB/T 1.1 asks for and requirements chosen by
//! chance, and records of a few lines.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::random::Random;

/// What the list says of a standard.
pub(super) struct Listed<'a> {
    pub(super) number: &'a str,
    pub(super) title: &'a str,
    pub(super) issued: &'a str,
    pub(super) effective: &'a str,
    /// Its path inside the submission.
    pub(super) path: &'a str,
    /// Who issues it.
    pub(super) body: &'a str,
}

/// Requirements, by chapter.
const CHAPTERS: [(&str, [&str; 10]); 3] = [
    (
        "基本要求",
        [
            "应明确承担部门和责任人，责任人变动的应在3日内重新确定。",
            "应编制年度工作安排，经负责人审定后执行。",
            "应配备必要的办公场所和设备，设备每半年检修一次。",
            "从事该项工作的人员应经过培训，考核合格后方可上岗。",
            "应建立工作台账，逐项登记时间、地点、经办人和结果。",
            "涉及个人信息的，应只收集必要的内容，并由专人保管。",
            "应向群众公开办理条件、程序和时限。",
            "应与公安、民政等部门建立联络，指定联络人。",
            "不应将工作转交无关人员办理。",
            "宜利用网格化服务管理平台登记和流转。",
        ],
    ),
    (
        "工作程序",
        [
            "受理后应在1个工作日内分派，并告知提出人。",
            "承办人应到现场核实情况，拍照并填写记录表。",
            "能够当场办结的应当场办结，不能办结的应说明理由。",
            "需要多个部门配合的，由网格中心召集会商。",
            "情况紧急的应先行处置，同时电话报告。",
            "办理过程应至少回访一次，回访情况记入台账。",
            "超过时限仍未办结的，应由负责人督办。",
            "办结后应在2个工作日内反馈结果，听取提出人的意见。",
            "对反复出现的问题应分析原因，提出预防措施。",
            "资料应按年度归档，保存期不少于3年。",
        ],
    ),
    (
        "检查与改进",
        [
            "每季度应检查一次执行情况，检查人不应为承办人。",
            "检查应抽取不少于10份记录，核对其真实性和完整性。",
            "发现的问题应列出清单，明确整改期限。",
            "整改结果应由检查人复核确认。",
            "每年应征求群众意见，意见采纳情况予以公布。",
            "应将执行情况纳入人员考核。",
            "本文件实施满一年应组织评审，必要时修订。",
            "有关法律法规或者上级标准变化的，应及时修改。",
            "好的做法宜在全辖区推广。",
            "检查和评审记录应存档备查。",
        ],
    ),
];

/// Requirements that a chapter has.
const EACH: usize = 3;

/// Who sees to a requirement, and how.
const WAYS: [&str; 16] = [
    "由网格长组织落实",
    "由专职网格员逐户落实",
    "由综合科登记备查",
    "由平安法治办公室核对",
    "由社区工作者协助办理",
    "由指挥调度席位跟踪",
    "由数据管理员录入系统",
    "由值班领导签字确认",
    "由片区负责人按周汇总",
    "由物业服务企业配合",
    "由志愿者队伍参与",
    "由标准化管理办公室抽查",
    "由村（居）民代表监督",
    "由联户长上门告知",
    "由便民服务窗口受理",
    "由应急队伍先行处置",
];

/// Writes the text of a standard into the folder of a submission.
pub(super) fn write(folder: &Path, listed: &Listed<'_>, seed: u64) -> io::Result<()> {
    put(folder, listed.path, &lines(listed, seed))
}

/// Writes a record of what a row tells.
pub(super) fn record(folder: &Path, path: &str, cells: &[(&str, &str)], body: &str) -> io::Result<()> {
    let told =
        cells.iter().filter(|(_, cell)| !cell.is_empty()).map(|(header, cell)| format!("{header}：{cell}"));
    let lines: Vec<String> = [path.to_owned(), format!("{body}存档材料")].into_iter().chain(told).collect();
    put(folder, path, &lines)
}

/// Writes a document, in place of one in another format.
fn put(folder: &Path, path: &str, lines: &[String]) -> io::Result<()> {
    let path = folder.join(path).with_extension("docx");
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    let mut zip = ZipWriter::new(File::create(path)?);
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, content) in [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/document.xml", document(lines)),
    ] {
        zip.start_file(name, options).map_err(io::Error::other)?;
        zip.write_all(content.as_bytes())?;
    }
    zip.finish().map(drop).map_err(io::Error::other)
}

/// The paragraphs of a text.
fn lines(listed: &Listed<'_>, seed: u64) -> Vec<String> {
    let Listed { number, title, issued, effective, body, .. } = listed;
    let own = title.bytes().fold(seed, |seed, byte| Random::new(seed, u64::from(byte)).next());
    let mut random = Random::new(own, 1);
    let mut lines = vec![
        (*number).to_owned(),
        (*title).to_owned(),
        format!("{issued}发布"),
        format!("{effective}实施"),
        format!("{body}发布"),
        "前言".to_owned(),
        "本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。"
            .to_owned(),
        format!("本文件由{body}提出并归口。"),
        "1　范围".to_owned(),
        format!("本文件规定了{title}的基本要求、工作程序、检查与改进。"),
        format!("本文件适用于{body}及所辖网格的{title}。"),
        "2　规范性引用文件".to_owned(),
        "本文件没有规范性引用文件。".to_owned(),
        "3　术语和定义".to_owned(),
        "本文件没有需要界定的术语和定义。".to_owned(),
    ];
    for (chapter, (name, all)) in (4..).zip(&CHAPTERS) {
        lines.push(format!("{chapter}　{name}"));
        let mut left: Vec<&str> = all.to_vec();
        for clause in 1..=EACH {
            let at = usize::try_from(random.below(left.len().max(1) as u64)).unwrap_or(0);
            let way = usize::try_from(random.below(WAYS.len() as u64)).unwrap_or(0);
            let way = WAYS.get(way).copied().unwrap_or_default();
            let requirement = left.remove(at).trim_end_matches('。');
            lines.push(format!("{chapter}.{clause}　{title}{requirement}，{way}。"));
        }
    }
    lines
}

fn document(lines: &[String]) -> String {
    let escaped = |line: &String| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraph =
        |line: &String| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line));
    let body: String = lines.iter().map(paragraph).collect();
    format!(
        "{DECLARATION}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    )
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
