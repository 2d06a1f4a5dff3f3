//! Numbers in a rule that others will want to change.

use super::list;
use super::notes::{Notes, words};
use super::tree::{Is, Node, Script, Seen};
use crate::model::text::Text;

const COMPARED: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

/// Numbers that say nothing about the rule: none, one, the last, and all of a percentage.
const PLAIN: [i64; 4] = [0, 1, -1, 100];

/// What gives a length, a position or a part of a day: nothing a province would change.
const FORMS: [&str; 12] =
    ["len", "index_of", "长度", "year", "年", "chars", "bytes", "to_int", "parse_int", "round", "%", "find_map"];

/// Numbers that are compared with, or multiplied by.
pub(super) fn look(script: &Script, notes: &mut Notes) {
    script.everything(&mut |seen| {
        let Seen::Node(Node { is: Is::Call(None, sign, pair), .. }) = seen else { return };
        let [one, other] = pair.as_slice() else { return };
        let weighs = COMPARED.contains(&sign.as_str()) || sign == "*";
        if weighs {
            raw(one, other, notes);
            raw(other, one, notes);
        }
    });
}

fn raw(number: &Node, beside: &Node, notes: &mut Notes) {
    let shown = match &number.is {
        Is::Int(value) if !PLAIN.contains(value) => value.to_string(),
        Is::Decimal(value) => value.clone(),
        Is::Call(None, sign, of) if sign == "-" && of.len() == 1 => match of.first().map(|one| &one.is) {
            Some(Is::Int(value)) if !PLAIN.contains(value) => format!("-{value}"),
            _ => return,
        },
        _ => return,
    };
    if form(beside) {
        return;
    }
    let message = words!("数字 {shown} 应写成参数", "the number {shown} should be a parameter");
    let help = Text::new(
        "写进 META 的 params，再用 p.名称",
        "declare it in `params` of META and write `p.name`",
    );
    notes.add(list::RAW_NUMBER, number.at, message, help);
}

/// Whether the other side is a length, a position or the like.
fn form(node: &Node) -> bool {
    match &node.is {
        Is::Get(_, name) | Is::Method(_, name, _) => FORMS.contains(&name.as_str()),
        Is::Call(None, sign, all) => {
            FORMS.contains(&sign.as_str()) || (["+", "-"].contains(&sign.as_str()) && all.iter().any(form))
        }
        _ => false,
    }
}
