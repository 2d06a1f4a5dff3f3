//! `wangge sign` and `wangge verify`.

use super::argument::{Arguments, bind, record};
use super::batch::results_alone;
use super::check::{encoding, mappings, memory, registry, rulings};
use super::command::Command;
use super::packs::{secret_key, trusted_key};
use super::plan;
use super::rules::{Day, choices, scripts};
use super::value::{option, positional};
use crate::assessment::session::Choices;
use crate::batch::CheckOptions;
use crate::batch::cache::Location;
use crate::command::sign::{self, SignOptions};
use crate::command::verify::{self, VerifyOptions};
use crate::ingest::ReadOptions;
use crate::rulebook::TrustedKey;

/// `wangge sign`.
pub(super) fn sign() -> Command {
    let arguments = record!(SignOptions {
        files: positional("FILE", "报告、表格或其他文件", "Reports, workbooks or any other files")
            .with(|arg| arg.required(true))
            .many(),
        key: secret_key(),
    });
    Command::leaf(
        "sign",
        "给报告等文件签名，签名写在文件旁边（文件名.minisig）",
        "Sign reports and other files, each with its signature beside it (FILE.minisig)",
        arguments,
        |options, console| sign::run(&options, console),
    )
}

/// `wangge verify`.
pub(super) fn verify() -> Command {
    let arguments = record!(VerifyOptions {
        report: positional(
            "REPORT",
            "check 写出的 json 或 json.zst 报告；其他文件只核对签名",
            "A json or json.zst report of check; of other files the signature alone is checked",
        )
        .required(),
        keys: signers(),
        check: check(),
    });
    Command::leaf(
        "verify",
        "核对报告：签名、写出后是否改动、由同一申报材料重新评估是否逐字节相同",
        "Check a report: its signature, whether it was changed, and whether the same submissions give the same bytes",
        arguments,
        scripts(verify::run),
    )
}

fn signers() -> Arguments<Vec<TrustedKey>> {
    option::<String>(
        "signed-by",
        "KEY",
        "报告必须由它签名的 minisign 公钥（文件或公钥本身）",
        "A minisign public key (a file, or the key itself) that the report must be signed with",
    )
    .many()
    .try_map(|given| given.iter().map(|key| trusted_key(key.trim())).collect())
}

/// How it is assessed again; day, readings and whose rulings count are those of the report.
fn check() -> Arguments<CheckOptions> {
    record!(CheckOptions {
        paths: option(
            "submission",
            "PATH",
            "重新评估的申报材料，写法与评估时相同",
            "A submission to assess again, named as it was then",
        )
        .many(),
        rulings: rulings().many(),
        choices: read_choices(),
        results: results_alone();
        manifest: None,
        source: None,
        changed: None,
        shard: None,
        resume: false,
        self_evaluation: false,
        cache: Location::Off,
        extracts: Vec::new(),
        careful: false,
        restarted_after: 0,
    })
}

fn read_choices() -> Arguments<Choices> {
    bind!(
        choices: choices(Day::OfShards),
        registry: registry(),
        mappings: mappings(),
        encoding: encoding(),
        memory: memory(),
        plan: plan::asked()
        => Ok(Choices { plan, registry, mappings, read: ReadOptions { encoding, memory: None }, memory, ..choices })
    )
}
