//! What a Chinese message must not hold: counts of nothing, English words, clauses written as ids.

use std::sync::LazyLock;

use regex::Regex;

/// Words that are written in Latin letters in Chinese too: forms of files and texts, code systems, the classes of own
/// numbers, what stands for the letters of a place in them.
const LATIN: &[&str] = &[
    "CSV", "XLSX", "TOML", "JSON", "UTF", "GBK", "GB", "DB", "ISO", "IEC", "WKT", "GeoJSON", "ID", "JC",
    "TG", "GL", "GZ", "WG", "XXWG",
];

/// Designations of standards, file names, options, addresses: as they are written everywhere.
static AS_WRITTEN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let forms = [
        // What stands in quotation marks is quoted: a cell, a header, a name.
        r"“[^”]*”|《[^》]*》",
        r"[^\s，、：；（）]+\.(?:csv|xlsx|toml|json|rhai|pdf|docx|odt|txt|zip|wpack)\b",
        // The program and packs with their versions.
        r"(?:wangge|[a-z]+(?:\.[a-z]+)+) \d+\.\d+\.\d+",
        r"https?://\S+|\B--[a-z-]+|\B-o [a-z]+",
        r"(?:GB|GB/T|GB/Z|ISO|IEC|ISO/IEC|CAS|DB\d*|DB\d*/T|T/[A-Z]+|[A-Z]{2}/T)\s?\d[\d.:—–-]*",
        // Own numbers, well written or not, and their code alone.
        r"[QＱ]/[A-Za-z…]+(?:\s?[A-Za-z]{2})?\d*[\d\s•·.—–-]*",
        r"[A-Z]{2,5}(?: [A-Z]{2})?\d+[\d•·.—–-]*",
    ];
    forms.into_iter().map(|form| Regex::new(form).unwrap()).collect()
});

static ZERO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[^\d.,/:A-Za-z-])(0 ?(?:项|个|名|条|次|处|份|件|天|场|人|步|起|行|类|对|张|户|种|家|篇))",
    )
    .unwrap()
});

static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Za-z]{2,}").unwrap());

static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\dA-Za-z/.])([1-5]/(?:\d+(?:\.\d+)+(?:\.[a-z])?|[A-F]\.\d[\d.]*))").unwrap()
});

/// A space beside a Chinese sign; what is quoted is left out, as it is written by others.
static SPACE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{Han}，。；：、（）“”] +\S|\S +[\p{Han}，。；：、（）“”]").unwrap());

/// Spaces beside Chinese in a sentence of a rule; a table on the terminal has others.
pub fn spaces(text: &str) -> Vec<String> {
    let plain = AS_WRITTEN
        .iter()
        .take(1)
        .fold(text.to_owned(), |text, form| form.replace_all(&text, "“”").into_owned());
    SPACE.find_iter(&plain).map(|found| format!("space `{}`", found.as_str())).collect()
}

/// What is wrong with a Chinese text.
pub fn faults(text: &str) -> Vec<String> {
    let found = |form: &Regex, name: &str| -> Vec<String> {
        form.captures_iter(text).map(|one| format!("{name} `{}`", one.get(1).unwrap().as_str())).collect()
    };
    let mut faults = [found(&ZERO, "count of nothing"), found(&CLAUSE, "clause as an id")].concat();
    faults.extend(english(text).into_iter().map(|word| format!("English `{word}`")));
    faults
}

/// Words in Latin letters that are not written so in Chinese.
fn english(text: &str) -> Vec<String> {
    let mut rest = text.to_owned();
    for form in AS_WRITTEN.iter() {
        rest = form.replace_all(&rest, "　").into_owned();
    }
    let words = WORD.find_iter(&rest).map(|word| word.as_str().to_owned());
    words.filter(|word| !LATIN.contains(&word.as_str())).collect()
}
