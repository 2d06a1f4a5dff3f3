//! Designations of standards as they are compared.

use unicode_normalization::UnicodeNormalization;

/// The designation as it is compared: half-width, no spaces, one kind of hyphen, upper case.
pub fn canonical(text: &str) -> String {
    if text.is_ascii() {
        // Nearly all are, and nothing of it has another width.
        let plain = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase());
        return plain.collect::<String>().replace("--", "-");
    }
    let folded = text.nfkc().filter(|c| !c.is_whitespace());
    folded
        .map(|c| if matches!(c, '—' | '–' | '―' | '‐' | '‑' | '−' | '－') { '-' } else { c })
        .flat_map(char::to_uppercase)
        .collect::<String>()
        .replace("--", "-")
}

/// The designation with all its dots alike, for finding one standard written in two ways.
pub fn likeness(text: &str) -> String {
    canonical(text).replace(['•', '·', '・', '．', '‧', '∙', '⋅'], ".")
}
