//! Which file a place lies in, as somebody with a copy of the repository can open it, by path and as a URI.

use std::path::Path;

use crate::model::finding::Location;
use crate::model::report::{Organization, ReportFinding};
use crate::report::escape;

/// A file or folder on disk, and what inside of it is meant: nothing inside of a ZIP can be opened by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Artifact {
    /// Its path with `/`, relative where the submission was given so.
    pub(super) path: String,
    /// The path of what is meant inside of a ZIP.
    pub(super) inside: Option<String>,
}

impl Artifact {
    /// The file of a submission; the submission itself where `file` is empty.
    pub(super) fn new(submission: &str, file: &str) -> Self {
        let submission = plain(submission);
        let is_itself = file.is_empty() || submission.rsplit('/').next() == Some(file);
        let whole = match submission.as_str() {
            _ if is_itself => submission,
            "." => plain(file),
            folder => format!("{}/{file}", folder.trim_end_matches('/')),
        };
        let (path, inside) = split_archive(&whole);
        Self { path: path.to_owned(), inside: inside.map(str::to_owned) }
    }

    /// The path as a URI reference: relative to the root of the repository where it is relative.
    pub(super) fn uri(&self) -> String {
        let drive = self.path.split_once(":/").filter(|(drive, _)| drive.len() == 1);
        match (drive, self.path.strip_prefix("//")) {
            (Some((drive, rest)), _) => format!("file:///{drive}:/{}", escape::uri_path(rest)),
            (None, Some(share)) => format!("file://{}", escape::uri_path(share)),
            _ if self.path.starts_with('/') => format!("file://{}", escape::uri_path(&self.path)),
            _ => escape::uri_path(&self.path),
        }
    }
}

/// A place of a finding as CI systems have it.
pub(super) struct Place {
    pub(super) artifact: Artifact,
    /// The row, from 1.
    pub(super) line: Option<u32>,
    /// The number of the column, from 1.
    pub(super) column: Option<u32>,
}

impl Place {
    /// A place in a submission.
    pub(super) fn new(submission: &str, place: &Location) -> Self {
        Self {
            artifact: Artifact::new(submission, &place.file),
            line: place.row,
            column: place.row.and(place.column_number()),
        }
    }

    /// The first place of a finding; the submission where it has none.
    pub(super) fn first(one: &Organization, finding: &ReportFinding) -> Self {
        let nowhere = Location::default();
        Self::new(&one.submission.path, finding.locations.first().unwrap_or(&nowhere))
    }
}

/// A path without `.` and repeated `/`: systems compare paths letter by letter with those in the repository.
fn plain(path: &str) -> String {
    let root =
        if path.starts_with("//") { "//" } else { path.get(..1).filter(|sign| *sign == "/").unwrap_or("") };
    let steps: Vec<_> = path.split('/').filter(|step| !matches!(*step, "" | ".")).collect();
    match (root, steps.join("/")) {
        ("", steps) if steps.is_empty() => ".".to_owned(),
        (root, steps) => format!("{root}{steps}"),
    }
}

/// The ZIP that a path leads into, and the rest of the path.
fn split_archive(path: &str) -> (&str, Option<&str>) {
    let is_archive =
        |step: &str| Path::new(step).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let ends = path.match_indices('/').map(|(at, _)| at);
    for end in ends {
        let (before, after) = path.split_at(end);
        if before.rsplit('/').next().is_some_and(is_archive) {
            return (before, Some(after.trim_start_matches('/')));
        }
    }
    (path, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(submission: &str, file: &str) -> (String, Option<String>) {
        let Artifact { path, inside } = Artifact::new(submission, file);
        (path, inside)
    }

    fn of(path: &str, inside: Option<&str>) -> (String, Option<String>) {
        (path.to_owned(), inside.map(str::to_owned))
    }

    #[test]
    fn what_is_named_can_be_opened() {
        assert_eq!(artifact("材料/甲", "网格.csv"), of("材料/甲/网格.csv", None));
        assert_eq!(artifact("./材料//甲/", "镇/网格.csv"), of("材料/甲/镇/网格.csv", None));
        assert_eq!(artifact("材料/甲.xlsx", "甲.xlsx"), of("材料/甲.xlsx", None));
        assert_eq!(artifact("材料/甲.ZIP", "网格.csv"), of("材料/甲.ZIP", Some("网格.csv")));
        assert_eq!(artifact("全市.zip/甲县", "网格.csv"), of("全市.zip", Some("甲县/网格.csv")));
        assert_eq!(artifact("全市.zip/甲.zip", "网格.csv"), of("全市.zip", Some("甲.zip/网格.csv")));
        assert_eq!(artifact("材料/甲.zip", ""), of("材料/甲.zip", None));
        assert_eq!(artifact(".", "网格.csv"), of("网格.csv", None));
        assert_eq!(artifact("", ""), of(".", None));
        assert_eq!(artifact("/", "网格.csv"), of("/网格.csv", None));
        assert_eq!(artifact("../甲", "网格.csv"), of("../甲/网格.csv", None));
    }

    #[test]
    fn relative_paths_stay_relative_as_uris() {
        let uri = |path: &str| Artifact::new(path, "").uri();
        assert_eq!(uri("甲 县/a.csv"), "%E7%94%B2%20%E5%8E%BF/a.csv");
        assert_eq!(uri("a:b/c"), "a%3Ab/c");
        assert_eq!(uri("/甲"), "file:///%E7%94%B2");
        assert_eq!(uri("C:/甲"), "file:///C:/%E7%94%B2");
        assert_eq!(uri("//server/甲"), "file://server/%E7%94%B2");
    }
}
