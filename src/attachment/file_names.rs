//! Names of files as cells name them: by path, by name with or without its ending, by a number or title in it.

use std::collections::HashMap;

use memchr::memmem;

use crate::table::normalize;

/// The files of a submission by what a cell may call them.
#[derive(Debug, Default)]
pub(super) struct FileNames {
    /// Paths with `/`, as names are compared.
    paths: Vec<String>,
    by_name: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    /// The stems without signs and blanks, each behind a line break, and where each begins.
    stems: String,
    begins: Vec<usize>,
}

/// What is between two stems.
const BETWEEN: char = '\n';

/// Characters a number or title needs to be looked for inside names.
const TELLING: usize = 4;

/// Of a hundred pairs of neighbouring characters of the shorter name, those that the other has, for it to be likely meant; and
/// how many pairs tell anything.
const LIKELY: usize = 60;
const FEWEST_PAIRS: usize = 3;

impl FileNames {
    /// Of files with these names inside the submission, with `/`.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for (at, name) in names.enumerate() {
            let path = normalize::name(name);
            let last = last(&path);
            all.by_name.entry(last.to_owned()).or_default().push(at);
            all.by_stem.entry(stem(last).to_owned()).or_default().push(at);
            all.begins.push(all.stems.len());
            all.stems.push_str(&signless(stem(last)));
            all.stems.push(BETWEEN);
            all.paths.push(path);
        }
        all
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// The file a cell names by its path, or by its name with or without the ending.
    pub(super) fn named(&self, cell: &str) -> Option<usize> {
        let cell = normalize::name(cell).replace('\\', "/");
        let cell = cell.trim_matches(['《', '》', '“', '”', '"', '.', '/', '、', '，']);
        if cell.is_empty() {
            return None;
        }
        let last = last(cell);
        let by_stem = || self.by_stem.get(last).or_else(|| self.by_stem.get(stem(last)));
        let files = self.by_name.get(last).or_else(by_stem)?;
        // Of files of one name the one that lies where the cell says.
        let alike = |at: &&usize| self.paths.get(**at).map_or(0, |path| common_end(path, cell));
        let most = files.iter().map(|at| alike(&at)).max()?;
        files.iter().find(|at| alike(at) == most).copied()
    }

    /// The file whose name has this number or title in it: of several the one with the shortest name.
    pub(super) fn with(&self, text: &str) -> Option<usize> {
        let text = signless(&normalize::name(text));
        if text.chars().count() < TELLING {
            return None;
        }
        let found = memmem::find_iter(self.stems.as_bytes(), text.as_bytes());
        let found = found.filter(|at| self.is_whole(*at, &text)).filter_map(|at| self.file_at(at));
        found.min_by_key(|at| (self.paths.get(*at).map(String::len), *at))
    }

    /// The file whose name is most like a text, if any is.
    pub(super) fn likeliest(&self, text: &str) -> Option<usize> {
        let pairs = pairs(&signless(stem(last(&normalize::name(text)))));
        let share = |path: &String| {
            let own = self::pairs(&signless(stem(last(path))));
            let common = own.iter().filter(|pair| pairs.contains(pair)).count();
            let all = own.len().min(pairs.len());
            if all < FEWEST_PAIRS { 0 } else { common.saturating_mul(100).checked_div(all).unwrap_or(0) }
        };
        let shares = self.paths.iter().map(share).enumerate().filter(|(_, share)| *share >= LIKELY);
        shares.max_by_key(|(at, share)| (*share, std::cmp::Reverse(*at))).map(|(at, _)| at)
    }

    /// Whether what stands at a place in the stems is no part of a longer number or word of letters.
    fn is_whole(&self, at: usize, text: &str) -> bool {
        let goes_on = |one: Option<char>, other: Option<char>| {
            one.zip(other).is_some_and(|(one, other)| {
                (one.is_ascii_digit() && other.is_ascii_digit())
                    || (one.is_ascii_alphabetic() && other.is_ascii_alphabetic())
            })
        };
        let before = self.stems.get(..at).and_then(|before| before.chars().next_back());
        let after = self.stems.get(at.saturating_add(text.len())..).and_then(|after| after.chars().next());
        !goes_on(before, text.chars().next()) && !goes_on(text.chars().next_back(), after)
    }

    fn file_at(&self, place: usize) -> Option<usize> {
        self.begins.partition_point(|begin| *begin <= place).checked_sub(1)
    }
}

/// Whether a text looks like the name of a file: it has an ending of letters and digits, or a folder before it.
pub(super) fn is_file_name(text: &str) -> bool {
    let text = text.trim();
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    let is_ending = |ending: &str| {
        (2..=5).contains(&ending.len())
            && ending.chars().all(|c| c.is_ascii_alphanumeric())
            && ending.chars().any(|c| c.is_ascii_alphabetic())
    };
    ending.is_some_and(is_ending)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A name without its ending.
fn stem(name: &str) -> &str {
    if is_file_name(name) { name.rsplit_once('.').map_or(name, |(stem, _)| stem) } else { name }
}

/// Letters, digits and characters alone.
fn signless(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Parts of two paths that are the same, counted from their ends.
fn common_end(one: &str, other: &str) -> usize {
    one.rsplit('/').zip(other.rsplit('/')).take_while(|(one, other)| one == other).count()
}

/// Neighbouring characters of a text.
fn pairs(text: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<_> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> FileNames {
        FileNames::new(
            [
                "附件/机构图.pdf",
                "标准文本/Q-QHC 001-2025 网格划分与编码规则.docx",
                "标准文本/Q-QHC 0011-2025 网格员培训.docx",
                "佐证材料/2025年/培训签到表.jpg",
                "佐证材料/2026年/培训签到表.jpg",
                "清河网〔2025〕3号.pdf",
            ]
            .into_iter(),
        )
    }

    #[test]
    fn a_cell_names_a_file_by_path_by_name_and_without_its_ending() {
        let names = names();
        assert_eq!(names.named("附件/机构图.pdf"), Some(0));
        assert_eq!(names.named(" .\\附件\\机构图.PDF "), Some(0));
        assert_eq!(names.named("机构图"), Some(0));
        assert_eq!(names.named("机构图.doc"), Some(0));
        assert_eq!(names.named("2026年/培训签到表.jpg"), Some(4));
        assert_eq!(names.named("培训签到表"), Some(3));
        assert_eq!(names.named("机构"), None);
        assert_eq!(names.named(""), None);
    }

    #[test]
    fn a_number_or_title_in_the_name_tells_the_file() {
        let names = names();
        assert_eq!(names.with("Q/QHC 001—2025"), Some(1));
        assert_eq!(names.with("网格划分与编码规则"), Some(1));
        assert_eq!(names.with("清河网〔2025〕3号"), Some(5));
        assert_eq!(names.with("QHC 00"), None, "a part of a number is not the number");
        assert_eq!(names.with("编码"), None, "two characters tell nothing");
    }

    #[test]
    fn the_likeliest_is_told_where_none_fits() {
        assert_eq!(names().likeliest("网格划分和编码规则.pdf"), Some(1));
        assert_eq!(names().likeliest("消防演练照片.jpg"), None);
    }

    #[test]
    fn endings_make_a_name_of_a_file() {
        assert!(is_file_name("机构图.pdf") && is_file_name("a/b.docx") && is_file_name("录像.mp4"));
        assert!(!is_file_name("见附件3") && !is_file_name("第1.2条") && !is_file_name("《办法》"));
    }
}
