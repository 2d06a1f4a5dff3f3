//! What is declared is in the help, the manual pages and the completions, in both languages.

#![expect(clippy::panic, reason = "tests fail by panicking")]

use std::ffi::OsString;

use clap::{Arg, ValueEnum};

use super::argument::Declaration;
use super::asked_lang;
use super::command::{Command, Program};
use super::completions::{ShellName, script};
use super::man::pages;
use super::program::program;
use crate::model::text::{Lang, Text};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// Every command with its full name, such as `wangge rules list`, and its arguments, those of all commands too.
fn all() -> Vec<(String, Text, Vec<Declaration>)> {
    fn collect(
        command: &Command,
        above: &str,
        globals: &[Declaration],
        all: &mut Vec<(String, Text, Vec<Declaration>)>,
    ) {
        let name = [above, command.name].join(" ").trim().to_owned();
        all.push((name.clone(), command.about.clone(), [command.arguments(), globals].concat()));
        command.commands().iter().for_each(|below| collect(below, &name, globals, all));
    }
    let (Program { root, globals }, mut all) = (program(), Vec::new());
    collect(&root, "", &globals, &mut all);
    all
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

/// The names an argument has in help and on a manual page.
fn names(arg: &Arg) -> Vec<String> {
    let long = arg.get_long().map(|long| format!("--{long}"));
    let short = arg.get_short().map(|short| format!("-{short}"));
    let value = arg.get_value_names().unwrap_or_default().iter().map(ToString::to_string);
    long.into_iter().chain(short).chain(value).collect()
}

#[test]
fn clap_accepts_the_declarations() {
    LANGS.into_iter().for_each(|lang| program().clap(lang).debug_assert());
}

#[test]
fn every_command_and_argument_says_what_it_is_for_in_both_languages() {
    let all = all();
    assert!(all.len() > 25, "the commands are gone");
    for (name, about, arguments) in &all {
        let texts = arguments.iter().flat_map(|declared| {
            let meanings = declared.values.iter().map(|value| &value.meaning);
            [&declared.help, &declared.otherwise].into_iter().chain(meanings)
        });
        for text in texts.chain([about]).filter(|text| !text.is_empty()) {
            assert!(is_chinese(&text.zh), "{name}: {text:?}");
            assert!(!text.en.is_empty(), "{name}: {text:?}");
        }
        assert!(!about.is_empty(), "{name}");
        arguments.iter().for_each(|declared| assert!(!declared.help.is_empty(), "{name} {:?}", declared.arg));
    }
}

#[test]
fn every_argument_is_in_the_help_with_what_it_is_for() {
    for lang in LANGS {
        let mut whole = program().clap(lang).term_width(10_000);
        whole.build();
        for (name, about, arguments) in all() {
            let command =
                name.split(' ').skip(1).try_fold(&mut whole, |above, below| above.find_subcommand_mut(below));
            let Some(command) = command else { panic!("{name} is unknown to clap") };
            let help = command.clone().term_width(10_000).render_long_help().to_string();
            assert!(help.contains(about.get(lang)), "{name}: {help}");
            for declared in arguments.iter().filter(|declared| !declared.arg.is_hide_set()) {
                assert!(help.contains(declared.help.get(lang)), "{name}: {:?}\n{help}", declared.help);
                names(&declared.arg)
                    .iter()
                    .for_each(|part| assert!(help.contains(part), "{name}: {part}\n{help}"));
            }
        }
    }
}

/// Text of a page without the escapes of roff.
fn plain(page: &str) -> String {
    page.replace("\\fB", "")
        .replace("\\fI", "")
        .replace("\\fR", "")
        .replace("\\-", "-")
        .replace("\\*(Aq", "'")
        .replace("\\&", "")
}

#[test]
fn every_argument_is_on_the_page_of_its_command() {
    for lang in LANGS {
        let pages = pages(lang).unwrap_or_default();
        let all = all();
        assert_eq!(pages.len(), all.len());
        for (name, about, arguments) in all {
            let file = format!("{}.1", name.replace(' ', "-"));
            let Some((_, page)) = pages.iter().find(|(known, _)| *known == file) else {
                panic!("no page {file}")
            };
            let page = plain(page);
            assert!(page.contains(about.get(lang)), "{file}: {page}");
            for declared in arguments.iter().filter(|declared| !declared.arg.is_hide_set()) {
                assert!(page.contains(declared.help.get(lang)), "{file}: {:?}\n{page}", declared.help);
                names(&declared.arg)
                    .iter()
                    .for_each(|part| assert!(page.contains(part), "{file}: {part}\n{page}"));
            }
            if lang == Lang::Zh {
                let headings = page.lines().filter_map(|line| line.strip_prefix(".SH "));
                headings.for_each(|heading| assert!(is_chinese(heading), "{file}: {heading}"));
            }
        }
    }
}

/// How a script writes a long option.
fn in_script(shell: ShellName, long: &str) -> String {
    match shell {
        ShellName::Fish => format!("-l {long}"),
        _ => format!("--{long}"),
    }
}

#[test]
fn every_option_and_command_is_completed() {
    for shell in ShellName::value_variants() {
        for lang in LANGS {
            let script = script(*shell, lang);
            for (name, about, arguments) in all() {
                let last = name.rsplit(' ').next().unwrap_or_default();
                assert!(script.contains(last), "{shell:?} does not complete {name}");
                for long in arguments.iter().filter_map(|declared| declared.arg.get_long()) {
                    assert!(
                        script.contains(&in_script(*shell, long)),
                        "{shell:?} does not complete {name} --{long}"
                    );
                }
                // bash shows no descriptions; the name of the program itself is not completed.
                if *shell != ShellName::Bash && name.contains(' ') {
                    let escaped = about.get(lang).replace(':', "\\:");
                    assert!(
                        script.contains(about.get(lang)) || script.contains(&escaped),
                        "{shell:?}: {about:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_language_is_found_before_the_arguments_are_parsed() {
    let words = |list: &[&str]| list.iter().map(OsString::from).collect::<Vec<_>>();
    assert_eq!(asked_lang(&words(&["wangge", "check", "--lang", "en"])), Some(Lang::En));
    assert_eq!(asked_lang(&words(&["wangge", "--lang=zh", "check"])), Some(Lang::Zh));
    assert_eq!(asked_lang(&words(&["wangge", "--lang"])), None);
}
