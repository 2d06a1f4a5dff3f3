//! `wangge verify`: whether a report is what it says it is: signed by whom, as it was written, and the same again from
//! the same submissions.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::batch::CheckOptions;
use crate::batch::reproduction::{self, Reproduction};
use crate::batch::saved_report::SavedReport;
use crate::batch::saved_reports::UNREADABLE;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::report::Report;
use crate::model::system;
use crate::model::text::Text;
use crate::rulebook::{SIGNATURE_BYTES, SignatureError, TrustedKey, signature_path, signer};

/// What was asked.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The report, or another file that was signed.
    pub report: PathBuf,
    /// Keys of which one must have signed it; none asks for no signature.
    pub keys: Vec<TrustedKey>,
    /// How it is assessed again, where submissions are named.
    pub check: CheckOptions,
}

/// What was found out: each a line, and whether it is as it should be.
#[derive(Default)]
struct Findings {
    lines: Vec<Text>,
    faults: Vec<Fault>,
}

impl Findings {
    fn stands(&mut self, zh: String, en: String) {
        self.lines.push(Text::new(zh, en));
    }
}

/// Runs the command: 1 where the report is not what it says it is.
pub fn run(options: &VerifyOptions, console: &Console) -> Exit {
    let mut found = Findings::default();
    if let Err(faults) = verified(options, console, &mut found) {
        return console.refuse(&faults);
    }
    console.faults(&found.faults);
    console.print_lines(&found.lines).max(if found.faults.is_empty() {
        Exit::Passed
    } else {
        Exit::GateNotMet
    })
}

fn verified(options: &VerifyOptions, console: &Console, found: &mut Findings) -> Result<(), Vec<Fault>> {
    let one = |fault| vec![fault];
    signature(&options.report, &options.keys, found).map_err(one)?;
    if !is_report(&options.report).map_err(one)? {
        return if options.keys.is_empty() || !options.check.paths.is_empty() {
            Err(vec![no_report(&options.report)])
        } else {
            Ok(())
        };
    }
    let mut saved = SavedReport::open(&options.report, UNREADABLE).map_err(one)?;
    match saved.read(|_| ()) {
        Ok(run) => {
            whole(&run, &options.report, found);
            form(&mut saved, &run, &options.report, found).map_err(one)?;
            if !options.check.paths.is_empty() && found.faults.is_empty() {
                again(options, &run, saved, console, found)?;
            }
        }
        Err(fault) if fault.code == UNREADABLE.0 => return Err(vec![fault]),
        Err(fault) => found.faults.push(fault),
    }
    Ok(())
}

/// Whether a file is a report, by how it begins, unpacked.
fn is_report(path: &Path) -> Result<bool, Fault> {
    let start = SavedReport::open(path, UNREADABLE)?.start();
    Ok(String::from_utf8_lossy(&start).contains(REPORT))
}

/// What stands near the beginning of a report.
const REPORT: &str = "wangge.report/";

/// Whose signature lies beside the file.
fn signature(file: &Path, keys: &[TrustedKey], found: &mut Findings) -> Result<(), Fault> {
    let path = signature_path(file);
    if !path.is_file() {
        if !keys.is_empty() {
            found.faults.push(untrusted(file, Text::new("没有签名", "it is not signed")));
        }
        return Ok(());
    }
    if keys.is_empty() {
        found.stands(
            "签名：有签名文件，没有给出公钥（--signed-by），未核对".to_owned(),
            "signature: there is one, and no key to check it with (--signed-by)".to_owned(),
        );
        return Ok(());
    }
    let refused = |path: &Path, error| {
        system::refusal(&error).fault(UNREADABLE.0, &Text::new("读不出来", "it cannot be read"), path)
    };
    let mut text = String::new();
    let read =
        system::open_file(&path).and_then(|(file, _)| file.take(SIGNATURE_BYTES).read_to_string(&mut text));
    if let Err(error) = read.map(|_| ()) {
        if error.kind() != std::io::ErrorKind::InvalidData {
            return Err(refused(&path, error));
        }
        text.clear();
    }
    let (opened, _) = system::open_file(file).map_err(|error| refused(file, error))?;
    match signer(opened, &text, keys).map_err(|error| refused(file, error))? {
        Ok(id) => found.stands(
            format!("签名：由密钥 {id} 签名，签名后未改动"),
            format!("signature: by the key {id}, and not changed since"),
        ),
        Err(why) => found.faults.push(untrusted(file, wrong(&why))),
    }
    Ok(())
}

fn wrong(why: &SignatureError) -> Text {
    match why {
        SignatureError::Malformed => Text::new("签名文件不成形", "its signature is none"),
        SignatureError::Stranger(id) => Text::new(
            format!("由不受信任的密钥 {id} 签名"),
            format!("it is signed with the key {id}, which is not trusted"),
        ),
        SignatureError::Mismatch(id) => Text::new(
            format!("与签名不符：签名后改过，或签名不是密钥 {id} 所作"),
            format!(
                "it is not what was signed with the key {id}: it was changed since, or the signature is forged"
            ),
        ),
    }
}

fn untrusted(file: &Path, message: Text) -> Fault {
    Fault {
        code: "verify.signature",
        message,
        help: Text::new(
            "向出具单位索取原文件及其签名文件，核对公钥",
            "ask whoever issued it for the file and its signature, and make sure of the key",
        ),
        file: Some(file.display().to_string()),
        ..Fault::default()
    }
}

/// That the report was not changed since it was written, as far as its own digest tells.
fn whole(run: &Report, path: &Path, found: &mut Findings) {
    if run.digest.is_empty() {
        found.faults.push(Fault {
            code: "verify.no-digest",
            message: Text::new(
                format!("报告没有摘要，不能核对是否改动（写出报告的程序版本为 {}）", run.tool.version),
                format!("the report has no digest to check it by (written by version {})", run.tool.version),
            ),
            help: Text::new("用 check -o json 重新写出报告", "have `check -o json` write it again"),
            file: Some(path.display().to_string()),
            ..Fault::default()
        });
        return;
    }
    let digest = &run.digest;
    found.stands(
        format!("完整性：与写出时相同（摘要 {digest}）"),
        format!("integrity: as it was written (digest {digest})"),
    );
}

/// That it says nothing that this program does not write. Another version may write it otherwise.
fn form(saved: &mut SavedReport<'_>, run: &Report, path: &Path, found: &mut Findings) -> Result<(), Fault> {
    if run.tool.version != env!("CARGO_PKG_VERSION") || run.digest.is_empty() {
        return Ok(());
    }
    if !reproduction::is_as_written(saved, run)? {
        found.faults.push(Fault {
            code: "verify.form",
            message: Text::new(
                "报告不是程序写出的样子：加了程序不写的字段，或重新排过版",
                "the report is not as the program writes it: fields were added, or it was laid out anew",
            ),
            help: Text::new("核对程序写出的原文件", "verify the file as the program wrote it"),
            file: Some(path.display().to_string()),
            ..Fault::default()
        });
    }
    Ok(())
}

/// Assesses again and tells what differs first.
fn again(
    options: &VerifyOptions,
    run: &Report,
    saved: SavedReport<'_>,
    console: &Console,
    found: &mut Findings,
) -> Result<(), Vec<Fault>> {
    match reproduction::run(&options.check, run, saved, console)? {
        Reproduction::Same => found.stands(
            "复核：重新评估得到的报告逐字节相同".to_owned(),
            "assessed again: the same bytes".to_owned(),
        ),
        Reproduction::OtherPaths(was, now) => found.stands(
            format!("复核：重新评估结果相同，只是文件的路径写法不同（原为 {was}，现为 {now}）"),
            format!("assessed again: the same but for paths ({was} then, {now} now)"),
        ),
        Reproduction::OtherForm => found.stands(
            "复核：重新评估得到的内容相同，写法不同（由其他版本写出）".to_owned(),
            "assessed again: the same, written otherwise by another version".to_owned(),
        ),
        Reproduction::Differs(first) => found.faults.push(Fault {
            code: "verify.differs",
            message: Text::new(
                format!("重新评估的结果与报告不同，首先不同的是：{}", first.zh),
                format!("assessed again it is not the same; what differs first: {}", first.en),
            ),
            help: Text::new(
                "换用报告所用的申报材料、规则包、裁定和选项再核对；都一致而结果不同的，报告不可信",
                "verify with the submissions, packs, rulings and options of the report; if these are the same, it cannot be trusted",
            ),
            file: Some(options.report.display().to_string()),
            ..Fault::default()
        }),
    }
    Ok(())
}

fn no_report(path: &Path) -> Fault {
    Fault {
        code: "verify.no-report",
        message: Text::new("这不是 check 写出的 JSON 报告", "this is no JSON report of check"),
        help: Text::new(
            "其他文件只能核对签名：用 --signed-by 给出公钥",
            "of other files the signature alone can be checked: give the key with --signed-by",
        ),
        file: Some(path.display().to_string()),
        ..Fault::default()
    }
}
