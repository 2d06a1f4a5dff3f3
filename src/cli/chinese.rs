//! Chinese help. clap has no translations of its own; a test holds this list to the declared arguments.

use clap::error::{ContextKind, Error, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// What each command is for.
const COMMANDS: &[(&str, &str)] = &[
    ("check", "评估申报材料：得分、结论、问题及其位置"),
    ("explain", "解释一条评价要求、评价内容、条款、规则或口径"),
    ("rules", "规则：清单、条款矩阵、测试、说明页"),
    ("list", "列出全部规则及其文件和标题"),
    ("matrix", "列出全部条款和评价要求，以及检查它们的规则"),
    ("lint", "检查规则的写法：列名写错、名称没有用到、数字应写成参数等"),
    ("new", "新建规则包，或在规则包里新建一条规则及其测试"),
    ("test", "运行规则旁边的测试"),
    ("try", "对一份申报材料试算表达式：在提示符下、从管道，或用 -e 给出"),
    ("docs", "把说明写成互相链接的页面"),
    ("defs", "写出编辑器提示所需的文件：函数、数据表和列的定义，以及 JSON Schema"),
    ("lock", "写出 pack.lock：与之不同的规则包不予采用"),
    ("pack", "把规则包写成一个文件"),
    ("key", "生成一对密钥：名称.key 和 名称.pub"),
    ("sign", "给规则包签名"),
    ("diff", "比较两版规则包：改了什么，哪些单位的得分因此改变"),
    ("eject", "写出内置规则：整包，或其中几条供本地修改"),
    ("verify", "核对规则包的签名"),
    ("merge", "把各分片的结果合并成一次运行的输出"),
    ("cache", "保存下来的评估结果"),
    ("info", "缓存在哪里、有多少"),
    ("clear", "清除全部缓存"),
    ("schema", "输出报告的 JSON Schema"),
    ("demo", "虚构申报材料供试用，并列出其中的问题"),
];

/// What each argument is for.
const ARGUMENTS: &[(&str, &str)] = &[
    ("ids", "如 A.1.2.c、A.1.2、2/10.6.1、line_f"),
    ("format", "矩阵的格式：text、csv、json；默认 text"),
    ("strict", "有警告也以 1 退出，不只是有错误时"),
    ("info", "把提示（如逐行解释执行的闭包）也逐条列出"),
    ("lint_format", "结果的格式：text、json；默认 text"),
    ("folder", "写到哪个文件夹；默认 docs/rules"),
    ("defs_folder", "写到哪个文件夹；默认 docs/defs"),
    ("check", "只比较：有文件过期则以 1 退出"),
    ("lang", "界面和报告的语言：zh、en；默认随系统"),
    ("color", "颜色：auto、always、never；默认 auto"),
    ("paths", "一份申报材料（数据表文件夹或一个工作簿），或存放多份申报材料的文件夹"),
    ("rulings", "裁定文件（CSV、XLSX 或 TOML）；可重复"),
    ("own", "自我评价：采用自评裁定"),
    ("as_of", "按哪一天判断日期，如 2026-06-30；默认今天"),
    ("packs", "叠加在内置规则包之上的规则包（文件夹或 .wpack 文件），或存放所需规则包的文件夹；可重复"),
    ("lock", "规则包必须与之一致的锁文件（规则包旁边的 pack.lock 总要核对）"),
    (
        "trusted_key",
        "规则包必须由它签名的 minisign 公钥（文件或公钥本身）；只用于某些规则包的写成 编号=公钥 或 编号开头*=公钥；可重复",
    ),
    ("effective", "列出现行的每一个值，以及出自哪个规则包、文件和文号"),
    ("lock_file", "写到哪个文件；默认在最上层规则包旁边"),
    ("pack", "规则包的文件夹"),
    ("archive", "写到哪个文件，如 fujian.wpack"),
    ("name", "两个密钥文件的名称"),
    ("signed", "规则包：文件夹或 .wpack 文件"),
    ("key", "密钥文件；密码取自环境变量 WANGGE_KEY_PASSWORD"),
    ("eject_folder", "写到哪个文件夹"),
    (
        "eject_ids",
        "要在本地规则包中修改的规则、评价内容、表、评价要求或条款，如 A.1.3、A.2、2/10.6.2；默认写出整个内置规则包",
    ),
    ("overwrite", "替换已有的文件"),
    ("old", "旧规则包：文件夹、.wpack 文件，或 builtin（内置规则包）"),
    ("new", "新规则包：文件夹、.wpack 文件，或 builtin（内置规则包）"),
    ("old_packs", "只有旧规则包需要的规则包，或存放它们的文件夹；可重复"),
    ("new_packs", "只有新规则包需要的规则包，或存放它们的文件夹；可重复"),
    ("on", "用两版规则包分别评估的申报材料：哪些得分、结论改变；可重复"),
    ("comparison_format", "输出格式：text、json；默认 text"),
    ("lines", "每个列表的行数；0 表示全部列出；默认 20"),
    ("policy", "改用另一种口径，如 unearnable_points=granted；可重复"),
    ("registry", "补充内置标准登记库的表，如标准查询平台导出的结果"),
    ("encoding", "CSV 文件的编码：utf-8、gb18030；默认自动判断"),
    ("manifest", "申报材料清单：每行一个路径的文件"),
    ("shard", "只评估一部分，如 2/7：从第 2 份起每 7 份取 1 份"),
    ("resume", "接着中断的分片文件继续评估"),
    ("files", "各分片的结果文件"),
    ("cache", "缓存文件夹；默认取 WANGGE_CACHE，再取系统的缓存位置"),
    ("no_cache", "未变的也重新评估，且不保存结果"),
    (
        "output",
        "输出：terminal、json、jsonl（每行一个单位），加 :路径 则写入文件；评估分片时写 shard:路径；可重复",
    ),
    ("quiet", "每个单位只输出一行"),
    ("top", "汇总中每个列表的行数；单位多于此数时只列汇总；0 表示全部列出"),
    ("min_score", "门禁：每个单位至少确定得到这么多分"),
    ("exit_zero", "不以 1 退出；2 仍表示未能判断"),
    ("unmask", "个人信息不作遮盖"),
    ("threads", "线程数；默认等于处理器数"),
    ("memory", "可用内存，如 4G、512M，放不下的暂存到临时文件；默认为本机内存的一半"),
    (
        "rule_id",
        "规则编号：自己评分表里的一项如 A.8.1，自己的规则如 P/1，标准的条款如 2/10.6.1；不写则只建规则包",
    ),
    ("own_pack", "规则包的文件夹；没有则新建"),
    ("table", "看哪张数据表，如 grids 或 网格"),
    ("title", "这条规则要求什么，写成一句话"),
    ("points", "评价内容的分值；默认 10"),
    ("submission", "一份申报材料（数据表文件夹或一个工作簿）"),
    ("expressions", "表达式，如 't.网格.count()'；可重复"),
    ("rows", "每张表列出的行数；默认 20"),
    ("rule_ids", "测试哪些规则，可以只写编号的开头，如 A.8；默认是所给规则包涉及的规则"),
    ("filter", "只运行名称或规则编号里有这段文字的测试"),
    ("all", "全部规则，下层规则包的也在内"),
    ("coverage", "列出测试没有走到的评价要求、分支和条件；写 --coverage=json 则输出 JSON"),
    ("watch", "规则包的文件有变动就重新测试，按 Ctrl-C 结束"),
    ("new_folder", "新建的或空的文件夹"),
    ("organizations", "申报材料的份数；默认 10"),
    ("level", "单位的层级：city、county、town、village、tree（各级都有）；默认 county"),
    ("grids", "每个单位的基础网格数；默认 60"),
    ("events", "每个单位的事件数；默认 1000"),
    ("staff", "每个单位的人员数；默认 80"),
    ("objects", "每个单位的服务对象数；默认与网格数相同"),
    ("faults", "哪些材料有问题：none（没有）、some（每五份一份）、each（每种问题一份）；默认 some"),
    ("seed", "种子相同，材料相同；默认 1"),
    ("force", "替换文件夹里以前虚构的材料"),
];

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// The command with Chinese help.
pub(super) fn translate(command: Command) -> Command {
    let command = command
        .about("按 T/CSSG 001 / T/CA 007 评估网格化治理组织的标准体系")
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("显示版本")
                .help_heading("选项"),
        );
    below(arguments(command))
}

/// What is wrong with the arguments.
pub(super) fn usage(error: &Error) -> String {
    let told = |kind: ContextKind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的选项 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", told(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("选项 {argument} 后面要写值"),
        ErrorKind::InvalidValue => {
            format!("选项 {argument} 不能取 {value}，可取 {}", told(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => format!("选项 {argument} 的值 {value} 写法不对"),
        ErrorKind::ArgumentConflict => format!("选项 {argument} 与别的选项冲突"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "缺少命令".to_owned()
        }
        _ => error.to_string(),
    };
    let why = std::error::Error::source(error).map(|why| format!("：{why}")).unwrap_or_default();
    let suggestion = told(ContextKind::SuggestedArg);
    let near = if suggestion.is_empty() { String::new() } else { format!("，是否想写 {suggestion}？") };
    format!("用法错误：{what}{why}{near}\n加 --help 查看用法\n")
}

/// The same for every command below.
fn below(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    names.iter().fold(command, |command, name| {
        command.mut_subcommand(name, |inner| {
            let about = COMMANDS.iter().find(|(known, _)| known == name).map_or("", |(_, about)| about);
            let inner = inner.about(about).help_template(TEMPLATE).subcommand_help_heading("命令");
            below(arguments(inner))
        })
    })
}

fn arguments(command: Command) -> Command {
    let command = command.mut_args(|argument| {
        let id = argument.get_id().as_str();
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        match ARGUMENTS.iter().find(|(known, _)| *known == id) {
            Some((_, help)) => {
                let valued = argument.get_action().takes_values();
                let argument = argument.help(*help).help_heading(heading);
                if valued { argument.hide_possible_values(true).hide_default_value(true) } else { argument }
            }
            None => argument,
        }
    });
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command.disable_help_flag(true).arg(help.help("显示帮助").help_heading("选项"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn hold(command: &Command) {
        for inner in command.get_subcommands() {
            assert!(COMMANDS.iter().any(|(name, _)| *name == inner.get_name()), "{}", inner.get_name());
            for argument in inner.get_arguments() {
                let id = argument.get_id().as_str();
                assert!(ARGUMENTS.iter().any(|(name, _)| *name == id), "{id}");
            }
            hold(inner);
        }
    }

    #[test]
    fn every_command_and_argument_has_chinese_help() {
        hold(&super::super::Cli::command());
    }
}
