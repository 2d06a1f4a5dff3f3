//! What the reader of TOML says, in words of our own: it stands in English, whatever the language.

use super::suggest::closest;
use super::text::Text;

/// The 1-based line of a byte of a text. O(bytes before it).
pub fn line_at(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(1, |before| before.split('\n').count())
}

/// Where the lines of a text end, for many questions about one text.
#[derive(Clone, Debug)]
pub struct LineIndex(Vec<usize>);

impl LineIndex {
    /// That of a text. O(bytes).
    pub fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The 1-based line of a byte. O(log lines).
    pub fn line_at(&self, byte: usize) -> usize {
        self.0.partition_point(|end| *end < byte).saturating_add(1)
    }
}

/// The message of the reader in both languages; in Chinese as far as its sentences are known.
pub fn translate(message: &str) -> Text {
    let quoted = |at: usize| message.split('`').nth(at).unwrap_or_default();
    let offered: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
    let zh = match message {
        _ if message.starts_with("missing field") => format!("缺少键“{}”", quoted(1)),
        _ if message.starts_with("unknown field") => {
            let near = closest(quoted(1), offered.iter().copied());
            let hint = near
                .map_or_else(|| format!("可用 {}", offered.join("、")), |near| format!("是否想写“{near}”？"));
            format!("不认识的键“{}”，{hint}", quoted(1))
        }
        _ if message.starts_with("unknown variant") => {
            format!("不能写“{}”，可取 {}", quoted(1), offered.join("、"))
        }
        _ if message.starts_with("invalid type: ") || message.starts_with("invalid value: ") => {
            mismatch(message)
        }
        _ if message.contains("duplicate key") => "键重复".to_owned(),
        _ if message.starts_with("unclosed table") => "表名缺少右方括号".to_owned(),
        _ if message.starts_with("unclosed") => "括号没有收尾".to_owned(),
        _ if message.starts_with("key with no value") => "键后面缺少“= 值”".to_owned(),
        _ if message.contains("string values must be quoted") => "文字要放在引号里".to_owned(),
        _ if message.contains("basic string") || message.contains("literal string") => {
            "引号没有收尾".to_owned()
        }
        _ => "写法有误".to_owned(),
    };
    Text::new(zh, message)
}

/// Words of the reader of TOML for kinds of values, the longer before those they begin with.
const KINDS: [(&str, &str); 14] = [
    ("floating point", "小数"),
    ("integer", "整数"),
    ("string", "文字"),
    ("a string", "文字"),
    ("boolean", "是否值"),
    ("a boolean", "是否值"),
    ("sequence", "列表"),
    ("a sequence", "列表"),
    ("map", "表"),
    ("a map", "表"),
    ("struct", "表"),
    ("u32", "不小于 0 的整数"),
    ("i64", "整数"),
    ("datetime", "日期"),
];

/// `invalid type: string "x", expected u32`: what stands there, and what should.
fn mismatch(message: &str) -> String {
    let (_, rest) = message.split_once(": ").unwrap_or(("", message));
    let (found, expected) = rest.rsplit_once(", expected ").unwrap_or((rest, ""));
    let word = |text: &str| KINDS.iter().find(|(en, _)| text.starts_with(en)).map(|(en, zh)| (en.len(), *zh));
    let found = match word(found) {
        Some((length, zh)) => {
            let value = found.get(length..).unwrap_or_default().trim().trim_matches(['`', '"']);
            if value.is_empty() { zh.to_owned() } else { format!("{zh}“{value}”") }
        }
        None => "别的值".to_owned(),
    };
    let expected = word(expected).map(|(_, zh)| format!("，应为{zh}")).unwrap_or_default();
    format!("这里是{found}{expected}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_of_lines_says_what_counting_says() {
        for text in ["", "\n", "a", "a\nb", "a\n\nb\r\n", "\n\na\n"] {
            let index = LineIndex::of(text);
            for byte in 0..=text.len() {
                assert_eq!(index.line_at(byte), line_at(text, byte), "{text:?} {byte}");
            }
        }
    }

    #[test]
    fn its_sentences_are_told_in_chinese() {
        let error =
            |text: &str| toml::from_str::<toml::Table>(text).err().map(|error| translate(error.message()).zh);
        let cases = [
            ("a = 1\na = 2\n", "键重复"),
            ("[a\n", "表名缺少右方括号"),
            ("a\n", "键后面缺少“= 值”"),
            ("a = b\n", "文字要放在引号里"),
        ];
        for (text, zh) in cases {
            assert_eq!(error(text).as_deref(), Some(zh));
        }
        assert_eq!(
            translate("unknown field `rulling`, expected `ruling`").zh,
            "不认识的键“rulling”，是否想写“ruling”？"
        );
        assert_eq!(translate("whatever else").zh, "写法有误");
    }
}
