use std::sync::Arc;
use wangge::ingest::{self, ReadOptions};
use wangge::model::privacy::Masking;
use wangge::schema::{declarations, Builder};
fn main() {
    let decls = Arc::new(declarations(include_str!("../rules/tables.toml")).unwrap());
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let found = match ingest::discover(&paths, &decls) { Ok(f) => f, Err(e) => { println!("discover: {e}"); return; } };
    for path in found {
        println!("== {}", path.display());
        let mut b = Builder::new(decls.clone(), Masking::On);
        let t = std::time::Instant::now();
        match ingest::read(&path, &decls, ReadOptions::default(), &mut b) {
            Err(e) => println!("  ERROR {e}"),
            Ok(info) => {
                println!("  read {:?}", t.elapsed());
                for f in &info.files { for s in &f.sheets { println!("  {} {:?} {:?} -> {:?} header {:?} rows {} skipped {:?} ignored {:?}", f.name, f.encoding, s.sheet, s.table, s.header, s.rows, s.skipped, s.ignored); } }
                let (tables, findings) = b.finish();
                println!("  finish {:?} present {}", t.elapsed(), tables.values().filter(|t| t.present).count());
                for f in findings { println!("  [{:?}] {} {} x{}: {} | {} | {}", f.severity, f.rule, f.target, f.total, f.message.zh, f.help.zh, f.locations.iter().take(3).map(|l| format!("{}:{:?}:{:?} {:?}={:?}", l.file, l.row, l.cell, l.column, l.value)).collect::<Vec<_>>().join(" ; ")); }
            }
        }
    }
}
