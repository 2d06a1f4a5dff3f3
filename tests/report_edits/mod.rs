//! Edits of reports, and what a comparison has to say of them: exactly this.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// Numbers that look random and are the same in every run.
pub(crate) struct Generator(pub(crate) u64);

impl Generator {
    /// A number below `below`.
    pub(crate) fn number(&mut self, below: usize) -> usize {
        // Knuth's MMIX; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

/// A report that is edited, and what was edited.
pub(crate) struct Edited {
    pub(crate) old: Value,
    pub(crate) new: Value,
    /// What has to be told but for causes.
    pub(crate) facts: BTreeSet<String>,
    /// Settings that differ and may move points.
    settings: BTreeSet<&'static str>,
    /// Organizations whose submission differs.
    data: BTreeSet<String>,
    /// Requirements that lose other points.
    moved: BTreeSet<(String, String)>,
    /// Things edited already.
    used: BTreeSet<String>,
}

/// The order in which causes are told.
const CAUSES: [&str; 7] = ["ruling", "data", "pack", "policy", "day", "tool", "self-evaluation"];

const KINDS: usize = 22;

fn organizations(report: &mut Value) -> &mut Vec<Value> {
    report["organizations"].as_array_mut().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Every requirement of an organization: its table, its item, itself.
fn requirements(one: &Value) -> Vec<(usize, usize, usize)> {
    let mut all = Vec::new();
    for (table, of) in one["tables"].as_array().unwrap().iter().enumerate() {
        for (item, of) in of["items"].as_array().unwrap().iter().enumerate() {
            let lines = of["requirements"].as_array().unwrap().len();
            all.extend((0..lines).map(|line| (table, item, line)));
        }
    }
    all
}

fn add(value: &mut Value, change: i64) {
    let sum = (value.as_i64().unwrap() + change).max(0);
    *value = json!(sum);
}

impl Edited {
    pub(crate) fn of(report: &Value) -> Self {
        let mut new = report.clone();
        // The digest is of what the program wrote.
        new.as_object_mut().unwrap().remove("digest");
        Self {
            old: report.clone(),
            new,
            facts: BTreeSet::new(),
            settings: BTreeSet::new(),
            data: BTreeSet::new(),
            moved: BTreeSet::new(),
            used: BTreeSet::new(),
        }
    }

    fn fact(&mut self, fact: String) {
        assert!(self.facts.insert(fact.clone()), "{fact}");
    }

    /// Whether a thing was not edited before.
    fn takes(&mut self, thing: &str) -> bool {
        self.used.insert(thing.to_owned())
    }

    /// An organization that is in both reports.
    fn organization(&mut self, generator: &mut Generator) -> (usize, String) {
        let known: Vec<String> =
            self.old["organizations"].as_array().unwrap().iter().map(|one| text(&one["id"])).collect();
        let all = organizations(&mut self.new);
        let kept: Vec<usize> = (0..all.len()).filter(|at| known.contains(&text(&all[*at]["id"]))).collect();
        let at = kept[generator.number(kept.len())];
        (at, text(&organizations(&mut self.new)[at]["id"]))
    }

    /// One edit of the kind `kind`.
    pub(crate) fn edit(&mut self, kind: usize, generator: &mut Generator) {
        match kind % KINDS {
            0..=3 => self.requirement(generator),
            4 => self.finding_gone(generator),
            5 => self.finding_new(generator),
            6 => self.finding_changed(generator),
            7 => self.of_no_account(generator),
            8 => self.setting("policy", "policy", "line_f", ("/policies/line_f", "each")),
            9 => self.setting("pack", "pack", "cn version", ("/packs/0/version", "99.0.0")),
            10 => self.setting("pack", "pack", "cn sha256", ("/packs/0/sha256", "00ff")),
            11 => self.setting("tool", "tool", "", ("/tool/version", "99.9.9")),
            12 => self.setting("day", "day", "", ("/as_of", "2027-06-30")),
            13 => self.ruling(generator, true),
            14 => self.ruling(generator, false),
            15 => self.word(generator, "verdict", "/verdict", &["qualified", "unqualified", "open"]),
            16 => self.word(
                generator,
                "eligibility",
                "/eligibility/status",
                &["eligible", "ineligible", "open"],
            ),
            17 => self.clause(generator),
            18 => self.data(generator),
            19 => self.assurance(generator),
            20 => self.unread(),
            _ => self.name(generator),
        }
    }

    fn requirement(&mut self, generator: &mut Generator) {
        let (at, id) = self.organization(generator);
        let one = &mut organizations(&mut self.new)[at];
        let all = requirements(one);
        let (table, item, line) = all[generator.number(all.len())];
        let table = &mut one["tables"][table];
        let name = text(&table["items"][item]["requirements"][line]["id"]);
        if !self.used.insert(format!("{id} {name}")) {
            return;
        }
        let line = &mut table["items"][item]["requirements"][line];
        let deduct = line["deduct"].as_i64().unwrap();
        let was = line["lost_low"].as_i64().unwrap();
        let (outcome, now) = if was == deduct { ("met", 0) } else { ("unmet", deduct) };
        let outcome = if line["outcome"] == outcome { "unknown" } else { outcome };
        line["outcome"] = json!(outcome);
        (line["lost_low"], line["lost_high"]) = (json!(now), json!(now));
        let change = was - now;
        for end in ["low", "high"] {
            add(&mut table["items"][item][end], change);
            add(&mut table[end], change);
        }
        for end in ["low", "high"] {
            add(&mut one["score"][end], change);
        }
        self.moved.insert((id.clone(), name.clone()));
    }

    fn findings(&mut self, at: usize) -> &mut Vec<Value> {
        organizations(&mut self.new)[at]["findings"].as_array_mut().unwrap()
    }

    fn finding(&mut self, generator: &mut Generator) -> Option<(usize, String, usize, String)> {
        let (at, id) = self.organization(generator);
        let count = self.findings(at).len();
        if count == 0 {
            return None;
        }
        let place = generator.number(count);
        let print = text(&self.findings(at)[place]["fingerprint"]);
        self.takes(&format!("{id} {print}")).then_some((at, id, place, print))
    }

    fn finding_gone(&mut self, generator: &mut Generator) {
        let Some((at, id, place, print)) = self.finding(generator) else { return };
        self.findings(at).remove(place);
        self.fact(format!("{id} findings_gone {print}"));
    }

    fn finding_new(&mut self, generator: &mut Generator) {
        let Some((at, id, place, print)) = self.finding(generator) else { return };
        let mut finding = self.findings(at)[place].clone();
        let other: String = print.chars().rev().collect();
        finding["fingerprint"] = json!(other);
        self.findings(at).insert(0, finding);
        self.fact(format!("{id} findings_new {other}"));
    }

    fn finding_changed(&mut self, generator: &mut Generator) {
        let Some((at, id, place, print)) = self.finding(generator) else { return };
        let finding = &mut self.findings(at)[place];
        match generator.number(3) {
            0 => finding["severity"] = json!(if finding["severity"] == "error" { "advice" } else { "error" }),
            1 => finding["message"]["zh"] = json!("改过的说明"),
            _ => add(&mut finding["total"], 1),
        }
        self.fact(format!("{id} findings_changed {print}"));
    }

    /// A row that moves, a reason in other words, the place of the submission, the order of findings: no change.
    fn of_no_account(&mut self, generator: &mut Generator) {
        let (at, _) = self.organization(generator);
        let one = &mut organizations(&mut self.new)[at];
        one["submission"]["path"] = json!("另一处");
        one["tables"][0]["items"][0]["requirements"][0]["reason"]["zh"] = json!("换了说法");
        let findings = one["findings"].as_array_mut().unwrap();
        findings.reverse();
        if let Some(row) = findings.iter_mut().find_map(|finding| finding["locations"][0].get_mut("row")) {
            *row = json!(9999);
        }
    }

    fn setting(&mut self, kind: &'static str, cause: &'static str, id: &str, (path, now): (&str, &str)) {
        if !self.takes(&format!("{kind} {id}")) {
            return;
        }
        let value = self.new.pointer_mut(path).unwrap();
        let was = text(value);
        let now = if was == now { "once" } else { now };
        *value = json!(now);
        let id = id.replace("cn ", &format!("{} ", text(&self.new["packs"][0]["id"])));
        self.fact(format!("settings {kind} {id} {was} {now}").replace("  ", " "));
        self.settings.insert(cause);
    }

    /// A ruling on a requirement, which decides it or does not count.
    fn ruling(&mut self, generator: &mut Generator, decides: bool) {
        let (at, id) = self.organization(generator);
        let one = &mut organizations(&mut self.new)[at];
        let all = requirements(one);
        let (table, item, line) = all[generator.number(all.len())];
        let line = &mut one["tables"][table]["items"][item]["requirements"][line];
        let name = text(&line["id"]);
        if !self.used.insert(format!("{id} {name} ruling")) {
            return;
        }
        let status = if decides { "counted" } else { "not-counted" };
        let ruling = json!({
            "ruling": "met", "role": "team", "by": "李明", "date": "2026-06-20", "reason": "看过", "evidence": "",
            "status": status
        });
        let mut rulings = line["rulings"].as_array().cloned().unwrap_or_default();
        rulings.push(ruling);
        line["rulings"] = json!(rulings);
        if decides {
            line["source"] = json!("ruling");
        }
        self.fact(format!("{id} rulings {name} 李明 added"));
    }

    fn word(&mut self, generator: &mut Generator, kind: &str, path: &str, words: &[&str]) {
        let (at, id) = self.organization(generator);
        if !self.takes(&format!("{id} {kind}")) {
            return;
        }
        let value = organizations(&mut self.new)[at].pointer_mut(path).unwrap();
        let was = text(value);
        let others: Vec<_> = words.iter().filter(|word| **word != was).collect();
        let now = others[generator.number(others.len())];
        *value = json!(now);
        self.fact(format!("{id} {kind} {was} {now}"));
    }

    fn clause(&mut self, generator: &mut Generator) {
        let (at, id) = self.organization(generator);
        let clauses = organizations(&mut self.new)[at]["structure"].as_array_mut().unwrap();
        let place = generator.number(clauses.len());
        let clause = &mut clauses[place];
        let (name, was) = (text(&clause["clause"]), text(&clause["outcome"]));
        if self.used.insert(format!("{id} {name}")) {
            clause["outcome"] = json!(if was == "met" { "unmet" } else { "met" });
            self.fact(format!("{id} clauses {name}"));
        }
    }

    fn data(&mut self, generator: &mut Generator) {
        let (at, id) = self.organization(generator);
        if self.takes(&format!("{id} data")) {
            organizations(&mut self.new)[at]["submission"]["sha256"] = json!("ab".repeat(32));
            self.fact(format!("{id} data"));
            self.data.insert(id);
        }
    }

    fn assurance(&mut self, generator: &mut Generator) {
        let (at, _) = self.organization(generator);
        let known = &mut organizations(&mut self.new)[at]["score"]["by_assurance"];
        add(&mut known["claimed"], 1);
    }

    fn name(&mut self, generator: &mut Generator) {
        let (at, id) = self.organization(generator);
        if self.takes(&format!("{id} name")) {
            organizations(&mut self.new)[at]["name"] = json!("改名的单位");
            self.fact(format!("{id} named"));
        }
    }

    fn unread(&mut self) {
        if self.takes("unread") {
            let unread = json!({ "path": "批/读不出", "message": { "zh": "坏了", "en": "broken" } });
            self.new["unreadable"].as_array_mut().unwrap().push(unread);
            self.fact("unreadable 批/读不出 null".to_owned());
            self.new["not_assessed"] = json!(["批/没评"]);
            self.fact("not_assessed new 批/没评".to_owned());
        }
    }

    pub(crate) fn organization_gone(&mut self, generator: &mut Generator) {
        let (at, id) = self.organization(generator);
        organizations(&mut self.new).remove(at);
        self.fact(format!("removed {id}"));
    }

    pub(crate) fn organization_new(&mut self) {
        let mut one = organizations(&mut self.new)[0].clone();
        (one["id"], one["submission"]["path"]) = (json!("999999"), json!("新的"));
        organizations(&mut self.new).push(one);
        self.fact("added 999999".to_owned());
    }

    /// Everything that has to be told, with what follows from the edits: points of items, tables and totals, and causes.
    pub(crate) fn expected(&self) -> BTreeSet<String> {
        let mut facts = self.facts.clone();
        let by_id = |report: &Value| -> BTreeMap<String, Value> {
            let all = report["organizations"].as_array().unwrap();
            all.iter().map(|one| (text(&one["id"]), one.clone())).collect()
        };
        let (old, new) = (by_id(&self.old), by_id(&self.new));
        for (id, was) in &old {
            let Some(now) = new.get(id) else { continue };
            self.of_one((id, was, now), &mut facts);
        }
        facts
    }

    fn of_one(&self, (id, was, now): (&str, &Value, &Value), facts: &mut BTreeSet<String>) {
        if was["score"] != now["score"] {
            facts.insert(format!("{id} score"));
        }
        let ends = |value: &Value| (value["low"].clone(), value["high"].clone());
        let score_moved = ends(&was["score"]) != ends(&now["score"]);
        for (table, item, line) in requirements(was) {
            let of = |one: &Value| one["tables"][table].clone();
            let (was, now) = (of(was), of(now));
            if ends(&was) != ends(&now) {
                facts.insert(format!("{id} tables {}", text(&was["id"])));
            }
            let (was, now) = (&was["items"][item], &now["items"][item]);
            if ends(was) != ends(now) {
                facts.insert(format!("{id} items {}", text(&was["id"])));
            }
            let (was, now) = (&was["requirements"][line], &now["requirements"][line]);
            let name = text(&was["id"]);
            if self.moved.contains(&(id.to_owned(), name.clone())) {
                let moved = (&was["lost_low"], &was["lost_high"]) != (&now["lost_low"], &now["lost_high"]);
                let causes = if moved { self.causes(id, was, now) } else { "-".to_owned() };
                facts.insert(format!("{id} requirements {name} {causes}"));
                if moved && score_moved {
                    facts.insert(format!("{id} why {name} {causes}"));
                }
            } else if was["source"] != now["source"] {
                facts.insert(format!("{id} requirements {name} -"));
            }
        }
    }

    fn causes(&self, id: &str, was: &Value, now: &Value) -> String {
        let mut others = self.settings.clone();
        if self.data.contains(id) {
            others.insert("data");
        }
        let lines = was["rulings"] != now["rulings"];
        let by_rules = was["source"] == "rule" && now["source"] == "rule";
        if was["source"] != now["source"] || lines && (!by_rules || others.is_empty()) {
            return "ruling".to_owned();
        }
        let told: Vec<_> = CAUSES.into_iter().filter(|cause| others.contains(cause)).collect();
        told.join("+")
    }
}
