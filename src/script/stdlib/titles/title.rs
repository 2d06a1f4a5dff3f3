//! One title, read against the dictionary.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::resources::expression::Expression;
use crate::script::value::reference::title_dictionary::{Dictionary, Hit, bare};
use crate::table::normalize;

/// Characters of a title that are read; what is longer is no title.
const LONGEST: usize = 120;

/// What stands between the name of a series and that of its part.
static SERIES: Expression =
    Expression::new(r"第\s*[0-9一二三四五六七八九十]+\s*(?:部分|部|篇|章|册)\s*:?|\s+");

/// A word of a group, as bytes of the text.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) at: Range<usize>,
    pub(crate) group: usize,
}

/// A title as it is compared with keywords.
#[derive(Clone, Debug, Default)]
pub(crate) struct Title {
    /// Folded.
    pub(crate) text: String,
    /// Where the name of the part of a series begins; 0 where the title has no such parts.
    pub(crate) part: usize,
    /// It is that of a paper which is no standard.
    pub(crate) paper: bool,
    /// It says that it is of the trade.
    pub(crate) domain: bool,
    /// How many subjects it lists.
    pub(crate) subjects: usize,
    /// Bytes under words that say nothing of the subject.
    pub(crate) known: Vec<bool>,
    /// Words of groups.
    pub(crate) members: Vec<Member>,
    /// Words of other trades.
    pub(crate) trades: Vec<Range<usize>>,
    /// Groups with a word in the text.
    pub(crate) groups: BTreeSet<usize>,
    /// Groups with a word in the name of the part.
    pub(crate) part_groups: BTreeSet<usize>,
}

impl Title {
    pub(crate) fn read(dictionary: &Dictionary, written: &str) -> Self {
        let whole = normalize::nfkc(written);
        let mut whole: String = whole.trim().chars().take(LONGEST).collect();
        let paper = is_paper(dictionary, &bare(&whole));
        if let Some(quoted) = quoted(&whole).filter(|_| paper) {
            whole = quoted.to_owned();
        }
        let text = bare(&whole);
        let hits = apart(dictionary.hits(&text));
        let known = covered(text.len(), hits.iter().filter(|hit| hit.entry.known).map(|hit| hit.at.clone()));
        let part = part_of(&whole, &text, dictionary, &known);
        let members: Vec<_> = hits.iter().flat_map(members).collect();
        let groups_from = |start: usize| {
            members.iter().filter(|one| one.at.start >= start).map(|one| one.group).collect::<BTreeSet<_>>()
        };
        Self {
            part,
            paper,
            domain: hits.iter().any(|hit| hit.entry.domain),
            subjects: subjects(dictionary, &text, &hits),
            known,
            trades: trades(&hits),
            groups: groups_from(0),
            part_groups: groups_from(part),
            members,
            text,
        }
    }

    /// The name of the part, or the whole.
    pub(crate) fn part(&self) -> &str {
        self.text.get(self.part..).unwrap_or_default()
    }
}

/// Without the words that are but a part of a word of another trade: a business environment is no environment.
fn apart(hits: Vec<Hit<'_>>) -> Vec<Hit<'_>> {
    let trades: Vec<_> = hits.iter().filter(|hit| hit.entry.trade).map(|hit| hit.at.clone()).collect();
    let within = |at: &Range<usize>| {
        trades.iter().any(|trade| trade.start <= at.start && at.end <= trade.end && *trade != *at)
    };
    hits.into_iter().filter(|hit| hit.entry.trade || !within(&hit.at)).collect()
}

/// What a notice about a standard names in quotation marks.
fn quoted(whole: &str) -> Option<&str> {
    let (_, rest) = whole.split_once('《')?;
    rest.rsplit_once('》').map(|(name, _)| name).filter(|name| !name.is_empty())
}

fn members<'a>(hit: &'a Hit<'_>) -> impl Iterator<Item = Member> + 'a {
    hit.entry.groups.iter().map(|group| Member { at: hit.at.clone(), group: *group })
}

/// Which bytes of a text of this length lie in one of the spans.
pub(crate) fn covered(length: usize, spans: impl Iterator<Item = Range<usize>>) -> Vec<bool> {
    let mut covered = vec![false; length];
    for span in spans {
        if let Some(bytes) = covered.get_mut(span) {
            bytes.fill(true);
        }
    }
    covered
}

/// Where the name of the part of a series begins in the folded text; 0 where what follows says nothing by itself.
fn part_of(whole: &str, text: &str, dictionary: &Dictionary, known: &[bool]) -> usize {
    let last = SERIES.ranges(whole).pop();
    let Some(part) = last.and_then(|mark| whole.get(mark.end..)) else { return 0 };
    let start = text.len().saturating_sub(bare(part).len());
    let speaks = text.char_indices().any(|(at, c)| at >= start && is_unread(dictionary, known, at, c));
    if speaks { start } else { 0 }
}

/// Whether a character is a word, or part of one, that is not among the known ones.
pub(crate) fn is_unread(dictionary: &Dictionary, known: &[bool], at: usize, c: char) -> bool {
    let known = known.get(at).copied().unwrap_or_default();
    matches!(c, '\u{3400}'..='\u{9fff}') && !known && !dictionary.particles.contains(c)
}

fn is_paper(dictionary: &Dictionary, text: &str) -> bool {
    let numbered = |c: char| c.is_ascii_digit() || "年月日版稿VR.-".contains(c);
    let end = text.trim_end_matches(|c: char| numbered(c) && c != '稿');
    dictionary.begins.iter().any(|word| text.starts_with(word.as_str()))
        || dictionary.ends.iter().any(|word| end.ends_with(word.as_str()) || text.ends_with(word.as_str()))
}

/// Subjects between joiners that are no part of a word.
fn subjects(dictionary: &Dictionary, text: &str, hits: &[Hit<'_>]) -> usize {
    let inside = |at: usize| hits.iter().any(|hit| hit.at.contains(&at));
    let joins = |joiner: &String| text.match_indices(joiner.as_str()).filter(|(at, _)| !inside(*at)).count();
    dictionary.joiners.iter().map(joins).fold(1, usize::saturating_add)
}

/// Words of other trades, but not those made of the end of one word and the beginning of the next.
fn trades(hits: &[Hit<'_>]) -> Vec<Range<usize>> {
    let crosses = |trade: &Range<usize>| {
        hits.iter().filter(|hit| !hit.entry.trade).any(|hit| {
            let (word, trade) = (&hit.at, trade);
            (word.start < trade.start && trade.start < word.end && word.end < trade.end)
                || (trade.start < word.start && word.start < trade.end && trade.end < word.end)
        })
    };
    let all = hits.iter().filter(|hit| hit.entry.trade).map(|hit| hit.at.clone());
    all.filter(|trade| !crosses(trade)).collect()
}
