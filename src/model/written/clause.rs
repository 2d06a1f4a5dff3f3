//! Numbers of clauses as people write them: 8.3.3 of `第8.3.3条`, `本标准8.3.3`, `T/CSSG 001.2-2020 第8.3.3条第1款`.

use std::sync::LazyLock;

use regex::Regex;

use crate::table::normalize;

/// This standard, by its numbers or otherwise, and what its second part is called: nothing that a clause is told apart by.
static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)T/?(?:CSSG\s*001|CA\s*007)(?:\.2)?(?:\s*[-—–]+\s*[0-9]{4})?|《[^》]*网格化治理标准体系[^》]*》(?:第2部分)?",
        r"|第[2二]部分|part\s*2|本(?:标准|部分|文件|指南)",
    ))
    .ok()
});

/// The fifth part.
static FIFTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)T/?(?:CSSG\s*001|CA\s*007)\.5(?:\s*[-—–]+\s*[0-9]{4})?|第[5五]部分|part\s*5").ok()
});

/// A paragraph of a clause, which says nothing of which clause it is.
static PARAGRAPH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"第[0-9一二三四五六七八九十]+[款项段]").ok());

/// Clauses and what stands around and between them.
static CLAUSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let one = r"(?:第|条款|条文|条目|章节|章|节|[:：]|\s)*(?:2/)?[0-9]+(?:\.[0-9]+)*(?:[.]?\s*[a-z]\)?)?(?:条款|条|款|项|章|节|\s)*";
    Regex::new(&format!(r"^{one}(?:[;,、/和及与\s]+{one})*$")).ok()
});

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([0-9]+(?:\.[0-9]+)*)(?:[.]?\s*([a-z])\)?)?").ok());

/// The numbers of the clauses of the second part that a cell names, with letters as `8.3.3.a`, separated by `、`; none where it
/// names something else, or says it otherwise.
pub fn clauses(cell: &str) -> Option<String> {
    let folded = normalize::nfkc(normalize::trimmed(cell));
    if FIFTH.as_ref()?.is_match(&folded) {
        return None;
    }
    let own = OWN.as_ref()?.replace_all(&folded, " ");
    let bare = PARAGRAPH.as_ref()?.replace_all(&own, " ");
    let bare = bare.trim().replace("2/", "");
    if !CLAUSES.as_ref()?.is_match(&bare) {
        return None;
    }
    let all = NUMBER.as_ref()?.captures_iter(&bare).filter_map(|found| {
        let number = found.get(1)?.as_str();
        Some(found.get(2).map_or_else(|| number.to_owned(), |letter| format!("{number}.{}", letter.as_str())))
    });
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| all.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_known_by_their_numbers() {
        for text in [
            "8.3.3",
            "第8.3.3条",
            "8.3.3条",
            "条款8.3.3",
            "条款：8.3.3",
            "本标准8.3.3",
            "8．3．3",
            "８．３．３",
            "第2部分 8.3.3",
            "2/8.3.3",
            "第二部分第8.3.3条",
            "第2部分第8.3.3条第1款",
            "T/CSSG 001.2-2020 第8.3.3条",
            "T/CSSG 001.2—2020 8.3.3",
            "T/CA 007.2-2020 8.3.3",
            "《市域网格化治理标准体系建设指南 第2部分：基本要求》第8.3.3条",
        ] {
            assert_eq!(clauses(text).as_deref(), Some("8.3.3"), "{text}");
        }
        assert_eq!(clauses("第8.3.1条、第8.3.2条").as_deref(), Some("8.3.1、8.3.2"));
        assert_eq!(clauses("8.3.1；8.3.2").as_deref(), Some("8.3.1、8.3.2"));
        assert_eq!(clauses("8.3.1和8.3.2").as_deref(), Some("8.3.1、8.3.2"));
        assert_eq!(clauses("8.3.3 a)").as_deref(), Some("8.3.3.a"));
        assert_eq!(clauses("8.4").as_deref(), Some("8.4"));
    }

    #[test]
    fn what_is_no_clause_of_the_second_part_is_none() {
        for text in [
            "《标准化法》第5条",
            "T/CSSG 001.5-2020 第4.2条",
            "第5部分 4.2",
            "按职责分工",
            "",
            "GB/T 1.1-2020",
        ] {
            assert_eq!(clauses(text), None, "{text}");
        }
    }
}
