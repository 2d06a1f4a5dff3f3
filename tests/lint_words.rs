//! Misspelt words and full-width signs put into every rule: lints find them without running it.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod support;

use rayon::prelude::*;
use wangge::model::lint::LintLevel;
use wangge::rulebook::{Linter, linter};
use wangge::script::Rule;

/// Of so many words one may stay unseen: nothing of a parameter's or a library's value is known.
const UNSEEN: usize = 60;

/// Words after a dot in the functions of a rule: start and length.
fn words(source: &str) -> Vec<(usize, usize)> {
    let start = source.find("\nfn ").unwrap();
    let dots =
        source.match_indices('.').map(|(at, _)| at).filter(|at| *at > start && !source[..*at].ends_with('.'));
    let word = |rest: &str| rest.chars().take_while(|sign| sign.is_ascii_lowercase() || *sign == '_').count();
    dots.map(|at| (at + 1, word(&source[at + 1..]))).filter(|(_, length)| *length > 3).collect()
}

/// The places at which `wrong` makes of a word something lints do not see.
fn unseen(linter: &Linter<'_>, rule: &Rule, wrong: impl Fn(&str) -> String) -> (usize, Vec<String>) {
    let (mut all, mut unseen) = (0, Vec::new());
    for (at, length) in words(&rule.source) {
        let word = &rule.source[at..at + length];
        let mut source = rule.source.clone();
        source.replace_range(at..at + length, &wrong(word));
        all += 1;
        if !linter.text(&rule.file, &source).iter().any(|one| one.level == LintLevel::Error) {
            let line = rule.source[..at].matches('\n').count() + 1;
            unseen.push(format!("{}:{line} {word}", rule.file));
        }
    }
    (all, unseen)
}

fn over_all_rules(wrong: impl Fn(&str) -> String + Sync) -> (usize, Vec<String>) {
    let session = support::session();
    let linter = linter(&session.book, &session.declarations);
    let told: Vec<_> = session.book.rules.par_iter().map(|rule| unseen(&linter, rule, &wrong)).collect();
    let all = told.iter().map(|(all, _)| all).sum();
    (all, told.into_iter().flat_map(|(_, unseen)| unseen).collect())
}

#[test]
fn misspelt_words_are_found() {
    let (all, unseen) = over_all_rules(|word| format!("{}q{}", &word[..2], &word[2..]));
    assert!(all > 3000, "{all}");
    assert!(unseen.len() * UNSEEN < all, "{} of {all}\n{}", unseen.len(), unseen.join("\n"));
}

#[test]
fn full_width_letters_are_found() {
    let (_, unseen) = over_all_rules(|word| word.replacen(['a', 'e', 'i', 'o', 'u'], "ｎ", 1));
    assert_eq!(unseen, Vec::<String>::new());
}
