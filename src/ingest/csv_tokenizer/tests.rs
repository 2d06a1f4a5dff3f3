//! The splitter against a reader that goes line by line and character by character.

#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::collection;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::ingest::batch::Batch;

type Records = Vec<(u32, Vec<String>)>;

/// Lines end with LF, CR LF or CR.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        lines.push(&rest[..end]);
        let ending = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = rest.get(end + ending..).unwrap_or("");
    }
    lines
}

/// A quoted field with spaces before it, where it ends on its line.
fn behind_blanks(rest: &str) -> Option<&str> {
    let quoted = rest.trim_start_matches(' ');
    let inner = quoted.strip_prefix('"').filter(|_| quoted.len() < rest.len())?;
    let (_, after) = inner.split_at(inner.replace("\"\"", "--").find('"')? + 1);
    let after = after.trim_start_matches(' ');
    (after.is_empty() || after.starts_with(',')).then_some(quoted)
}

/// The records, plainly.
fn plainly(text: &str) -> Result<Records, Trouble> {
    let mut lines = (1..).zip(lines(text));
    let mut next = || {
        lines.next().map(
            |(number, line)| if line.contains('\0') { Err(Trouble::Nul(number)) } else { Ok((number, line)) },
        )
    };
    let mut records = Vec::new();
    while let Some(line) = next() {
        let (first, line) = line?;
        let mut number = first;
        let mut rest = line.to_owned();
        let mut fields = Vec::new();
        loop {
            let field = u32::try_from(fields.len()).unwrap() + 1;
            let (opened, mut content) = (number, String::new());
            if let Some(quoted) = behind_blanks(&rest) {
                rest = quoted.to_owned();
            }
            if let Some(mut inner) = rest.strip_prefix('"').map(str::to_owned) {
                loop {
                    if let Some((before, after)) = inner.split_once('"') {
                        content.push_str(before);
                        if let Some(after) = after.strip_prefix('"') {
                            content.push('"');
                            inner = after.to_owned();
                            continue;
                        }
                        rest = after.trim_start_matches(' ').to_owned();
                        break;
                    }
                    content.push_str(&inner);
                    content.push('\n');
                    let line = next().ok_or(Trouble::Quote(opened, field))?;
                    inner = line.map(|(n, line)| (number = n, line.to_owned()).1)?;
                }
                if !rest.is_empty() && !rest.starts_with(',') {
                    return Err(Trouble::Quote(opened, field));
                }
            } else {
                content = rest.split(',').next().unwrap().to_owned();
                rest = rest.split_off(content.len());
            }
            fields.push(content);
            let Some(after) = rest.strip_prefix(',') else { break };
            rest = after.to_owned();
        }
        records.push((first, fields));
    }
    Ok(records)
}

/// The records, from pieces of the text that grow by so many bytes where a record is not whole.
fn in_pieces(text: &str, step: usize) -> Result<Records, Trouble> {
    let (mut splitter, mut index, mut records) = (Tokenizer::new(b','), Index::default(), Vec::new());
    let (mut rest, mut size) = (text, step);
    while !rest.is_empty() {
        let size_here = (size..rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let piece = &rest[..size_here];
        let taken = splitter.split(piece, size_here == rest.len(), &mut index)?;
        let batch = Batch::new(piece, &index);
        records.extend(
            batch.records().map(|record| (record.line, record.fields().map(str::to_owned).collect())),
        );
        rest = &rest[taken..];
        size = if taken > 0 { step } else { size + step };
    }
    Ok(records)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]
    #[test]
    fn records_are_split_as_they_plainly_are(
        parts in collection::vec(select(&[
            "a", "网格", ",", ",", "\n", "\r\n", "\"", "\"", "\"\"", "\"x,y\"", "\"1\n2\"", " ", "\r", "0123456789012345678901234567",
            "\0", "a,b,c\r\n", "甲,乙\n",
        ][..]), 0..60),
        steps in (1_usize..80, 80_usize..300),
    ) {
        let text = parts.concat();
        let expected = plainly(&text);
        for step in [steps.0, steps.1, usize::MAX / 2] {
            prop_assert_eq!(&in_pieces(&text, step), &expected, "{:?} in steps of {}", text, step);
        }
    }
}

#[test]
fn columns_are_the_fields_of_records() {
    let (text, mut index) = ("a,b\n\"c\"\"\",d\ne\n,f", Index::default());
    Tokenizer::new(b',').split(text, true, &mut index).unwrap();
    let batch = Batch::new(text, &index);
    assert_eq!(batch.column(1..4, 0).collect::<Vec<_>>(), ["c\"", "e", ""]);
    assert_eq!(batch.column(0..4, 1).collect::<Vec<_>>(), ["b", "d", "", "f"]);
    assert_eq!(batch.lines(1..3).collect::<Vec<_>>(), [2, 3]);
}
