//! Whom rulings are about: each must be found among the submissions of the run, and once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::assessment::session::display_path;
use crate::model::fault::Fault;
use crate::model::privacy::Masking;
use crate::model::ruling::{Ruling, Whose};
use crate::model::text::Text;

/// Whom a ruling is about, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// Organization id as reports show it; empty where the ruling names none.
    pub organization: String,
    /// The organization, where the ruling names one.
    pub whose: Option<Whose>,
    /// The folder on whose submissions it rules, as reports show it; on all where there is none.
    pub scope: Option<String>,
    /// File the ruling stands in.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// 1-based row in the file.
    pub row: u32,
}

/// The organizations of a run: of each the places and paths of its submissions.
#[derive(Clone, Debug, Default)]
pub struct Known(BTreeMap<Whose, BTreeSet<(usize, String)>>);

impl Known {
    /// Takes note of a submission.
    pub fn add(&mut self, whose: &Whose, at: usize, path: &str) {
        self.0.entry(whose.clone()).or_default().insert((at, path.to_owned()));
    }

    /// Whether several submissions say that they are of this organization.
    pub fn is_shared(&self, whose: &Whose) -> bool {
        self.0.get(whose).is_some_and(|places| places.len() > 1)
    }

    /// What is wrong with rulings in a run over so many submissions.
    pub fn faults(&self, addressees: &[Addressee], submissions: usize) -> Vec<Fault> {
        let mut shared = BTreeSet::new();
        let fault = |one: &Addressee| match &one.whose {
            None => (submissions > 1).then(|| one.names_nobody()),
            Some(whose) if self.is_shared(whose) => {
                shared.insert(whose.clone()).then(|| one.shared(&self.paths(whose)))
            }
            Some(whose) => self.paths(whose).iter().all(|path| !one.rules_on(path)).then(|| one.unknown()),
        };
        addressees.iter().filter_map(fault).collect()
    }

    fn paths(&self, whose: &Whose) -> Vec<&str> {
        self.0.get(whose).into_iter().flatten().map(|(_, path)| path.as_str()).collect()
    }
}

impl Addressee {
    /// That of `ruling`, which stands in `file` and rules on the submissions in `scope`.
    pub fn of(ruling: &Ruling, scope: Option<&Path>, file: &Path, masking: Masking) -> Self {
        let path = |path: &Path| masking.text(&display_path(path));
        Self {
            organization: masking.code(&ruling.organization),
            whose: (!ruling.names_nobody()).then(|| Whose::of(&ruling.organization)),
            scope: scope.map(path),
            file: path(file),
            sheet: ruling.sheet.as_deref().map(|sheet| masking.text(sheet)),
            row: ruling.row,
        }
    }

    fn rules_on(&self, path: &str) -> bool {
        let inside = |scope: &String| {
            path.strip_prefix(scope.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
        };
        self.scope.as_ref().is_none_or(inside)
    }

    fn names_nobody(&self) -> Fault {
        let message = Text::new(
            "有多个被评估单位，裁定未写明是哪一个",
            "there are several organizations; the ruling names none",
        );
        self.fault("ruling.organization", message, of_a_submission())
    }

    fn unknown(&self) -> Fault {
        let message = Text::new(
            format!("没有编号为“{}”的被评估单位", self.organization),
            format!("there is no organization `{}`", self.organization),
        );
        self.fault("ruling.organization", message, of_a_submission())
    }

    fn shared(&self, paths: &[&str]) -> Fault {
        let id = &self.organization;
        let message = Text::new(
            format!(
                "有裁定的编号“{id}”出现在多份申报材料中：{}；不能确定裁定的是哪一份，均未采用",
                paths.join("、")
            ),
            format!(
                "several submissions have the id `{id}`, on which there are rulings: {}; which one was judged cannot \
                 be told, so the rulings count for none",
                paths.join(", ")
            ),
        );
        let help = Text::new(
            "核实这个编号属于哪一份申报材料，改正或移出另一份后再评估",
            "find out whose id it is, correct the other submission or take it out, and assess again",
        );
        self.fault("ruling.shared-id", message, help)
    }

    fn fault(&self, code: &'static str, message: Text, help: Text) -> Fault {
        Fault {
            code,
            message,
            help,
            file: Some(self.file.clone()),
            sheet: self.sheet.clone(),
            row: Some(self.row),
            column: Some("organization".to_owned()),
            excerpt: None,
        }
    }
}

fn of_a_submission() -> Text {
    Text::new(
        "organization 列写申报材料中的单位编号",
        "write the id of its submission in the column organization",
    )
}
