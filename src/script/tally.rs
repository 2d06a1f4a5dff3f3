//! What is wrong, counted: of several kinds of fault only those that occur are told.

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::fault;
use super::rows::{self, Res, Rows};
use crate::model::text::Text;

/// What stands for the number in the texts of a part.
const NUMBER: &str = "{}";

/// `#{ zh, en }` of `[[rows or number, zh, en], …]`: parts that count nothing are left out.
pub(super) fn tally(parts: Array) -> Res<Map> {
    let mut told = Vec::new();
    for part in parts {
        told.extend(counted(part)?);
    }
    let joined = |pick: fn(&Text) -> &str, sign: &str| -> Dynamic {
        told.iter().map(pick).collect::<Vec<_>>().join(sign).into()
    };
    let texts = [("zh", joined(|text| &text.zh, "，")), ("en", joined(|text| &text.en, "; "))];
    Ok(texts.into_iter().map(|(key, text)| (key.into(), text)).collect())
}

/// One part in words; none where there is nothing to count.
fn counted(part: Dynamic) -> Res<Option<Text>> {
    let [what, zh, en]: [Dynamic; 3] =
        part.into_array().ok().and_then(|part| part.try_into().ok()).ok_or_else(malformed)?;
    let number = match what.clone().try_cast::<Rows>() {
        Some(mut rows) => rows::count(&mut rows),
        None => what.as_int().map_err(|_| malformed())?,
    };
    let text = |text: Dynamic| text.try_cast::<ImmutableString>().ok_or_else(malformed);
    let (zh, en, number) = (text(zh)?, text(en)?, (number != 0).then(|| number.to_string()));
    // Only the first: a text of placeholders would grow beyond what a script may make.
    let told = |text: &str, number: &str| text.replacen(NUMBER, number, 1);
    Ok(number.map(|number| Text::new(told(&zh, &number), told(&en, &number))))
}

fn malformed() -> Box<rhai::EvalAltResult> {
    fault::raise(
        Text::new(
            "tally 的每一项应是三个值：行或数、中文、英文",
            "each part of `tally` should be three values: rows or a number, the Chinese text, the English text",
        ),
        Text::new(
            "例如 tally([[rows, \"{} 处没有填写\", \"empty: {}\"]])",
            "for example tally([[rows, \"{} 处没有填写\", \"empty: {}\"]])",
        ),
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn part(number: i64, zh: &str, en: &str) -> Dynamic {
        vec![Dynamic::from(number), zh.into(), en.into()].into()
    }

    fn told(parts: Array) -> (String, String) {
        let map = tally(parts).unwrap();
        let text = |key: &str| map.get(key).unwrap().to_string();
        (text("zh"), text("en"))
    }

    #[test]
    fn only_what_occurs_is_told_with_its_number() {
        let parts = vec![
            part(2, "{} 项没有名称", "without a name: {}"),
            part(0, "{} 项重复", "twice: {}"),
            part(1, "{} 项过期", "expired: {}"),
        ];
        assert_eq!(
            told(parts),
            ("2 项没有名称，1 项过期".to_owned(), "without a name: 2; expired: 1".to_owned())
        );
        assert_eq!(told(vec![part(0, "{} 项", "{}")]), (String::new(), String::new()));
    }

    #[test]
    fn a_part_of_another_form_is_an_error() {
        for part in [
            Dynamic::from(1_i64),
            vec![Dynamic::from(1_i64)].into(),
            vec!["1".into(), "a".into(), Dynamic::from("b")].into(),
        ] {
            assert!(tally(vec![part]).is_err());
        }
    }
}
