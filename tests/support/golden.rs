//! The catalog of the repository, and golden files.

use std::fs;
use std::path::{Path, PathBuf};

use wangge::model::catalog::{Catalog, ScoreTable};

/// A path inside the project.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The catalog of Appendix A.
pub fn catalog() -> Catalog {
    let table = |number: u32| {
        let text =
            fs::read_to_string(path(&format!("rules/catalog/a{number}.toml"))).expect("the catalog is there");
        toml::from_str::<ScoreTable>(&text).expect("the catalog is valid")
    };
    Catalog {
        tables: (1..=7).map(table).collect(),
        pass: 300,
        owed: "5/7.2".to_owned(),
        ..Catalog::default()
    }
}

/// Compares with a checked-in file; `WANGGE_BLESS=1` writes it instead.
#[track_caller]
pub fn assert_golden(name: &str, actual: &str) {
    let path = path(name);
    if std::env::var_os("WANGGE_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("folder made");
        fs::write(&path, actual).expect("golden file written");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let first = expected.lines().zip(actual.lines()).position(|(a, b)| a != b);
    assert!(
        expected == actual,
        "{name} differs (first at line {:?}); look at it, then run with WANGGE_BLESS=1\n{actual}",
        first.map(|line| line + 1)
    );
}
