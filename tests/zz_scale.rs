#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::indexing_slicing)]
mod support;
use support::golden::catalog;
use support::written::written;
use wangge::model::clause::Clauses;
use wangge::model::text::Lang;
use wangge::report::json;
use wangge::report::summary::{Titles, summarize};
#[test]
fn scale() {
    let read = |name: &str| {
        json::from_str(&std::fs::read_to_string(format!("/tmp/page/{name}.json")).unwrap()).unwrap()
    };
    let mut run = read("b30");
    let good = std::mem::take(&mut run.organizations);
    let mut bad = read("violations").organizations;
    bad.extend(read("honest").organizations);
    for (name, count, share) in [("s3000", 3000usize, 20u32), ("s3000bad", 3000, 100)] {
        let mut report = run.clone();
        let mut state = 1u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1664525).wrapping_add(1013904223);
            (state >> 8) % below
        };
        for n in 0..count {
            let from = if next(100) < share { &bad } else { &good };
            let mut one = from[next(from.len() as u32) as usize].clone();
            one.id = format!("{}", 350000 + n);
            one.name = format!("青溪县第{n}网格化综合治理中心");
            one.parent = format!("{}", 3500 + n / 60);
            let salt = next(1000);
            let digits = |text: &str| {
                text.chars()
                    .map(|c| match c.to_digit(10) {
                        Some(d) if salt % 3 != 0 => char::from_digit((d + salt) % 10, 10).unwrap(),
                        _ => c,
                    })
                    .collect::<String>()
            };
            one.submission.sha256 = digits(&one.submission.sha256);
            let keep = 5 + next(95);
            let mut m = next(7);
            one.findings.retain(|_| {
                m = (m * 31 + 7) % 101;
                m < keep
            });
            for f in &mut one.findings {
                f.message = f.message.map(digits);
                f.fingerprint = digits(&f.fingerprint);
                for l in &mut f.locations {
                    l.row = l.row.map(|r| r + salt);
                    l.value = l.value.as_deref().map(digits);
                }
            }
            for t in &mut one.tables {
                for i in &mut t.items {
                    for r in &mut i.requirements {
                        r.reason = r.reason.map(digits);
                        if next(20) == 0 {
                            r.outcome = wangge::model::outcome::Outcome::Unknown;
                            r.lost_low = r.deduct;
                        }
                    }
                    let lost: u32 = i.requirements.iter().map(|r| r.lost_low).sum();
                    if !i.requirements.is_empty() {
                        i.low = i.low.min(i.points.saturating_sub(lost));
                    }
                }
                t.low = t.items.iter().map(|i| i.low).sum();
            }
            one.score.low = one.tables.iter().map(|t| t.low).sum();
            report.organizations.push(one);
        }
        let c = catalog();
        report.summary =
            summarize(&report.organizations, 0, Titles { catalog: &c, clauses: &Clauses::default() });
        let begun = std::time::Instant::now();
        let page = written("html", Lang::Zh, &report);
        eprintln!("{name}: {} bytes in {:?}", page.len(), begun.elapsed());
        std::fs::write(format!("/tmp/page/{name}.html"), page).unwrap();
    }
}
