//! Names of files as cells name them: by path, by name with or without its ending, by a number or title in it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use memchr::memmem;

use crate::table::normalize;

/// The files of a submission by what a cell may call them.
#[derive(Debug, Default)]
pub(super) struct FileNames {
    /// Paths with `/`, as names are compared.
    paths: Vec<String>,
    by_name: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    /// By folder, as a cell may write it: `附件/2025年` also without `附件/`.
    by_folder: HashMap<String, Vec<usize>>,
    /// The stems without signs and blanks, each behind a line break, and where each begins.
    stems: String,
    begins: Vec<usize>,
    /// Neighbouring characters in the name of each, once they are asked for.
    pairs: OnceLock<Vec<Vec<(char, char)>>>,
}

/// What is between two stems.
const BETWEEN: char = '\n';

/// Characters a number or title needs to be looked for inside names.
const TELLING: usize = 4;

/// Characters that the name of a file or folder has at least.
const SHORTEST: usize = 2;

/// Characters of a title, of a hundred of the words of a name, for the file to be the title's.
const MOST_OF_NAME: usize = 70;

/// Of a hundred pairs of neighbouring characters of the shorter name, those that the other has, for it to be likely meant; and
/// how many pairs tell anything.
const LIKELY: usize = 60;
const FEWEST_PAIRS: usize = 3;

impl FileNames {
    /// Of files with these names inside the submission, with `/`.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for (at, name) in names.enumerate() {
            let path = without_marks(&normalize::name(name));
            let last = last(&path);
            all.by_name.entry(last.to_owned()).or_default().push(at);
            all.by_stem.entry(stem(last).to_owned()).or_default().push(at);
            for folder in folders(&path) {
                all.by_folder.entry(folder.to_owned()).or_default().push(at);
            }
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

    /// The file a cell names by its path, or by its name with or without the ending. A folder that the cell states must not be
    /// another than that in which the file lies; one that lies in none may come from any.
    pub(super) fn named(&self, cell: &str) -> Option<usize> {
        let cell = plain(cell);
        let (folder, name) = cell.rsplit_once('/').unwrap_or(("", &cell));
        if name.chars().count() < SHORTEST || name.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let by_stem = || self.by_stem.get(name).or_else(|| self.by_stem.get(stem(name)));
        let files = self.by_name.get(name).or_else(by_stem)?;
        let fits = |at: &&usize| {
            let own = self.paths.get(**at).and_then(|path| path.rsplit_once('/')).map_or("", |(own, _)| own);
            own.is_empty() || folder.is_empty() || last(own) == last(folder)
        };
        // Of files of one name the one that lies where the cell says.
        let alike = |at: &usize| self.paths.get(*at).map_or(0, |path| common_end(path, &cell));
        files.iter().filter(fits).max_by_key(|at| (alike(at), Reverse(**at))).copied()
    }

    /// The files in a folder that a cell names.
    pub(super) fn in_folder(&self, cell: &str) -> &[usize] {
        let folder = plain(cell);
        let files = self.by_folder.get(&folder).filter(|_| folder.chars().count() >= SHORTEST);
        files.map(Vec::as_slice).unwrap_or_default()
    }

    /// Files whose names have this number in them, the shortest name first.
    pub(super) fn with_number(&self, number: &str) -> Vec<usize> {
        let number = signless(&normalize::name(number));
        if number.chars().count() < TELLING { Vec::new() } else { self.with(&number) }
    }

    /// Files whose names are this title, but for numbers and a few characters, the shortest name first.
    pub(super) fn with_title(&self, title: &str) -> Vec<usize> {
        let title = signless(&normalize::name(title));
        let length = title.chars().count();
        if length < TELLING {
            return Vec::new();
        }
        let words = |at: &usize| {
            let path = self.paths.get(*at).map(String::as_str).unwrap_or_default();
            stem(last(path)).chars().filter(|c| c.is_alphanumeric() && !c.is_ascii()).count()
        };
        let mut found = self.with(&title);
        found.retain(|at| length.saturating_mul(100) >= words(at).saturating_mul(MOST_OF_NAME));
        found
    }

    fn with(&self, text: &str) -> Vec<usize> {
        let found = memmem::find_iter(self.stems.as_bytes(), text.as_bytes());
        let mut found: Vec<usize> =
            found.filter(|at| self.is_whole(*at, text)).filter_map(|at| self.file_at(at)).collect();
        found.sort_by_key(|at| (self.paths.get(*at).map(String::len), *at));
        found.dedup();
        found
    }

    /// The file whose name is most like a text, if any is.
    pub(super) fn likeliest(&self, text: &str) -> Option<usize> {
        let wanted = pairs(&signless(stem(last(&normalize::name(text)))));
        let share = |own: &Vec<(char, char)>| {
            let common = own.iter().filter(|pair| wanted.binary_search(pair).is_ok()).count();
            let all = own.len().min(wanted.len());
            if all < FEWEST_PAIRS { 0 } else { common.saturating_mul(100).checked_div(all).unwrap_or(0) }
        };
        let all = self
            .pairs
            .get_or_init(|| self.paths.iter().map(|path| pairs(&signless(stem(last(path))))).collect());
        let shares = all.iter().map(share).enumerate().filter(|(_, share)| *share >= LIKELY);
        shares.max_by_key(|(at, share)| (*share, Reverse(*at))).map(|(at, _)| at)
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

/// A path as paths are compared, without the signs that people put around names.
fn plain(cell: &str) -> String {
    let cell = without_marks(&normalize::name(cell)).replace('\\', "/");
    let cell = cell.trim_matches(['/', '、', '，', ',', '；', ';']);
    cell.strip_prefix("./").unwrap_or(cell).to_owned()
}

/// A name without the marks of titles, which some write and others do not.
fn without_marks(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '《' | '》' | '“' | '”' | '"')).collect()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The folders a path lies in, each as it may be written: from any of them down to any below it.
fn folders(path: &str) -> BTreeSet<&str> {
    let ends: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
    let begins: Vec<usize> = std::iter::once(0).chain(ends.iter().map(|end| end.saturating_add(1))).collect();
    let from = |begin: usize| ends.iter().filter_map(move |end| path.get(begin..*end));
    begins.into_iter().flat_map(from).filter(|folder| !folder.is_empty()).collect()
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
                "附件/1.jpg",
            ]
            .into_iter(),
        )
    }

    #[test]
    fn a_cell_names_a_file_by_path_by_name_and_without_its_ending() {
        let names = names();
        assert_eq!(names.named("附件/机构图.pdf"), Some(0));
        assert_eq!(names.named(" .\\附件\\机构图.PDF "), Some(0));
        assert_eq!(names.named("D:\\申报材料\\附件\\机构图.pdf"), Some(0));
        assert_eq!(names.named("机构图"), Some(0));
        assert_eq!(names.named("机构图.doc"), Some(0));
        assert_eq!(names.named("2026年/培训签到表.jpg"), Some(4));
        assert_eq!(names.named("培训签到表"), Some(3));
        assert_eq!(names.named("附件/清河网〔2025〕3号.pdf"), Some(5), "it lies in no folder");
    }

    #[test]
    fn another_folder_a_part_of_a_name_and_a_bare_number_name_no_file() {
        let names = names();
        for cell in ["2019年/培训签到表.jpg", "机构", "", "1", "无"] {
            assert_eq!(names.named(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_number_or_title_in_the_name_tells_the_file() {
        let names = names();
        assert_eq!(names.with_number("Q/QHC 001—2025"), [1]);
        assert_eq!(names.with_title("网格划分与编码规则"), [1]);
        assert_eq!(names.with_number("清河网〔2025〕3号"), [5]);
        assert!(names.with_number("QHC 00").is_empty(), "a part of a number is not the number");
        assert!(names.with_title("编码").is_empty(), "two characters tell nothing");
        assert!(names.with_title("网格划分").is_empty(), "a part of a title is another's");
    }

    #[test]
    fn a_folder_stands_for_what_lies_in_it() {
        assert_eq!(names().in_folder("佐证材料/2025年/"), [3]);
        assert_eq!(names().in_folder("2026年"), [4]);
        assert!(names().in_folder("照片").is_empty());
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
