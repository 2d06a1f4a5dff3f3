//! The commands that write out the built-in rules and compare packs.

use std::path::PathBuf;

use super::TOP;
use super::argument::{Arguments, bind, record};
use super::check::rulings;
use super::command::Command;
use super::rules::{Day, choices, result_format, scripts};
use super::value::{flag, option, positional};
use crate::command::rules::{Comparing, Ejecting, run_diff, run_eject};

/// `wangge rules eject`.
pub(super) fn eject() -> Command {
    let arguments = record!(Ejecting {
        folder: positional("DIR", "写到哪个文件夹", "Folder to write to").required(),
        ids: positional(
            "ID",
            "要在本地规则包中修改的规则、评价内容、表、评价要求或条款，如 A.1.3、A.2、2/10.6.2；默认写出整个内置规则包",
            "Rules, items, tables, requirements or clauses, such as A.1.3, A.2 or 2/10.6.2, to be changed in a pack \
             of your own; the whole built-in pack without",
        )
        .many(),
        force: flag("force", "替换已有的文件", "Write over files that are there").given(),
    });
    Command::leaf(
        "eject",
        "写出内置规则：整包，或其中几条供本地修改",
        "Write out the built-in rules: whole, or single ones to be changed in a pack of your own",
        arguments,
        scripts(run_eject),
    )
}

/// `wangge rules diff`.
pub(super) fn diff() -> Command {
    Command::leaf(
        "diff",
        "比较两版规则包：改了什么，哪些单位的得分因此改变",
        "What changes between two versions of a pack, and whose scores change",
        bind!(
            old: side("OLD", "旧规则包：文件夹、.wpack 文件，或 builtin（内置规则包）",
                "The old pack: a folder, a .wpack file, or `builtin`"),
            new: side("NEW", "新规则包：文件夹、.wpack 文件，或 builtin（内置规则包）",
                "The new pack: a folder, a .wpack file, or `builtin`"),
            old_packs: option("old-packs", "PACK", "只有旧规则包需要的规则包，或存放它们的文件夹",
                "A pack, or folder of packs, that only the old pack needs").many(),
            new_packs: option("new-packs", "PACK", "只有新规则包需要的规则包，或存放它们的文件夹",
                "A pack, or folder of packs, that only the new pack needs").many(),
            choices: choices(Day::Now),
            on: option("on", "PATH", "用两版规则包分别评估的申报材料，比较得分、结论有何变化",
                "Submissions to judge by both: whose score or verdict changes").many(),
            rulings: rulings().with(|arg| arg.requires("on")).many(),
            format: result_format(),
            top: option("top", "N", "每个列表的行数；0 表示全部列出", "Lines of each list; 0 for all").or(TOP)
            => {
                let (old, new) = (packs(old, old_packs, &choices.packs), packs(new, new_packs, &choices.packs));
                Ok((Comparing { old, new, on, rulings, format, top }, choices))
            }
        ),
        scripts(|(asked, choices), console| run_diff(asked, choices, console)),
    )
}

fn side(name: &'static str, zh: &str, en: &str) -> Arguments<PathBuf> {
    positional(name, zh, en).required()
}

/// The built-in pack on the command line.
const BUILT_IN: [&str; 2] = ["builtin", "内置"];

/// All packs of a side: none for the built-in one.
fn packs(pack: PathBuf, own: Vec<PathBuf>, common: &[PathBuf]) -> Vec<PathBuf> {
    if BUILT_IN.iter().any(|name| pack.as_os_str() == *name) {
        return Vec::new();
    }
    [pack].into_iter().chain(own).chain(common.iter().cloned()).collect()
}
