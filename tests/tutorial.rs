//! The tutorials and guides: every command and file in them, as they stand, in a folder of their own with the program alone.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;

use support::literate::{Block, blocks, words};

fn follow(file: &str, locale: &str) {
    support::literate::follow(&support::root().join(file), locale);
}

#[test]
fn the_chinese_tutorial_works_as_it_stands() {
    follow("docs/tutorial.zh-CN.md", "zh_CN.UTF-8");
}

#[test]
fn the_english_tutorial_works_as_it_stands() {
    follow("docs/tutorial.md", "en_US.UTF-8");
}

#[test]
fn the_chinese_guide_works_as_it_stands() {
    follow("docs/writing-rules.zh-CN.md", "zh_CN.UTF-8");
}

#[test]
fn the_english_guide_works_as_it_stands() {
    follow("docs/writing-rules.md", "en_US.UTF-8");
}

#[test]
fn both_tutorials_do_the_same() {
    let steps = |file: &str| {
        let document = fs::read_to_string(support::root().join("docs").join(file)).unwrap();
        let commands = |block: &Block| -> Vec<String> {
            let lines = block.text.lines().map(words);
            // Names and titles differ, commands and options do not.
            let telling =
                |word: &String| word.is_ascii() && (word.starts_with('-') || word.parse::<u32>().is_ok());
            lines
                .flat_map(|line| {
                    [
                        line.iter().take(2).cloned().collect(),
                        line.into_iter().filter(telling).collect::<Vec<_>>(),
                    ]
                    .concat()
                })
                .collect()
        };
        let run = blocks(&document);
        run.iter()
            .map(|block| {
                (block.language.clone(), if block.language == "sh" { commands(block) } else { Vec::new() })
            })
            .collect::<Vec<_>>()
    };
    let (chinese, english) = (steps("tutorial.zh-CN.md"), steps("tutorial.md"));
    // The first block makes a folder.
    assert_eq!(chinese.get(1..), english.get(1..));
}
