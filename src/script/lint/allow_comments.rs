//! `// lint: allow CODE reason`: one finding that is left as it is, and why.

use super::diagnostics::{Diagnostic, Diagnostics, words};
use super::list::{self, Lint};
use crate::model::lint::LintFinding;
use crate::model::text::Text;
use crate::script::error::{Script, did_you_mean};
use crate::script::syntax::confusables::comments;
use crate::script::syntax::tree::Position;

/// What such a comment begins with.
const SIGN: &str = "lint:";
const ALLOW: &str = "allow";

/// A comment that allows a lint.
struct AllowComment {
    at: Position,
    /// The line it speaks of.
    line: usize,
    code: String,
    reason: String,
}

/// The findings no comment allows, and what is wrong with such comments; of lints that are not `asked` nobody knows
/// whether there is anything to allow.
pub(crate) fn apply(
    source: &str,
    diagnostics: Vec<Diagnostic>,
    asked: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let allows = read(source);
    let suits = |allow: &AllowComment, diagnostic: &Diagnostic| {
        allow.code == diagnostic.code && diagnostic.at.is_some_and(|(line, _)| line == allow.line)
    };
    let mut wrong = Diagnostics::default();
    for allow in &allows {
        check_comment(
            allow,
            !asked(&allow.code) || diagnostics.iter().any(|diagnostic| suits(allow, diagnostic)),
            &mut wrong,
        );
    }
    let kept =
        diagnostics.into_iter().filter(|diagnostic| !allows.iter().any(|allow| suits(allow, diagnostic)));
    let mut all: Vec<Diagnostic> = kept.chain(wrong.sorted()).collect();
    all.sort_by_key(|diagnostic| (diagnostic.at, diagnostic.code));
    all
}

fn check_comment(allow: &AllowComment, used: bool, wrong: &mut Diagnostics) {
    let code = &allow.code;
    if Lint::of(code).is_none() {
        let near = did_you_mean(code, list::LINTS.iter().map(|lint| lint.code));
        let plain = Text::new("docs/lints.md 列出了全部代码", "docs/lints.md lists the codes");
        let help = near.or(plain);
        return wrong.add(
            list::ALLOW_UNKNOWN,
            allow.at,
            words!("没有代码“{code}”", "there is no lint `{code}`"),
            help,
        );
    }
    if !used {
        let message = words!("这里没有“{code}”可以放过", "there is no `{code}` here to allow");
        wrong.add(list::ALLOW_UNUSED, allow.at, message, Text::new("删去这句注释", "take the comment out"));
    }
    if allow.reason.is_empty() {
        let message = words!("放过“{code}”没有说明原因", "`{code}` is allowed without a reason");
        let help = words!("写成 // lint: allow {code} 原因", "write // lint: allow {code} reason");
        wrong.add(list::ALLOW_REASON, allow.at, message, help);
    }
}

/// The comments that allow something. One on a line of its own speaks of the next line that is not one.
fn read(source: &str) -> Vec<AllowComment> {
    let lines: Vec<&str> = source.lines().collect();
    let own = |line: usize| {
        lines.get(line.saturating_sub(1)).is_some_and(|text| text.trim_start().starts_with("//"))
    };
    let found = comments(source).into_iter().filter_map(|(at, text)| {
        let rest = text.trim_start_matches('/').trim().strip_prefix(SIGN)?.trim_start();
        let rest = rest.strip_prefix(ALLOW)?.trim();
        let (code, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let mut line = at.0;
        while own(line) {
            line = line.saturating_add(1);
        }
        Some(AllowComment { at, line, code: code.to_owned(), reason: reason.trim().to_owned() })
    });
    found.collect()
}

/// What is left once comments have allowed some, with what is wrong with these comments.
pub(crate) fn allowed(
    file: &Script<'_>,
    diagnostics: Diagnostics,
    asked: &dyn Fn(&str) -> bool,
) -> Vec<LintFinding> {
    let diagnostics: Vec<Diagnostic> = apply(file.source, diagnostics.sorted(), asked);
    diagnostics.into_iter().map(|diagnostic| diagnostic.finding(file)).collect()
}
