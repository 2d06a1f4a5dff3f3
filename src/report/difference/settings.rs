//! What two runs were made with: day, program, packs, readings.

use super::pair::pairs;
use crate::model::pack::{Override, PackInfo, SignatureState};
use crate::model::report::Report;
use crate::model::report_diff::{Cause, SettingChange, SettingKind};
use crate::model::run_inputs::{InputRole, RunInputs};

/// The settings that differ, in their order.
pub(super) fn changes(old: &Report, new: &Report) -> Vec<SettingChange> {
    let mut found = Found::default();
    found.value(SettingKind::Day, ("", ""), Some(&old.as_of), Some(&new.as_of));
    found.value(SettingKind::Tool, ("", ""), Some(&old.tool.version), Some(&new.tool.version));
    let flags = [
        (SettingKind::SelfEvaluation, old.self_evaluation, new.self_evaluation),
        (SettingKind::Masking, !old.unmasked, !new.unmasked),
    ];
    for (kind, was, now) in flags {
        found.value(kind, ("", ""), Some(flag(was)), Some(flag(now)));
    }
    packs(&mut found, &old.packs, &new.packs);
    for name in keys(old.policies.keys(), new.policies.keys()) {
        let value = |run: &Report| run.policies.get(name).cloned();
        found.value(SettingKind::Policy, (name, ""), value(old).as_deref(), value(new).as_deref());
    }
    inputs(&mut found, &old.inputs, &new.inputs);
    overrides(&mut found, &old.overrides, &new.overrides);
    for pair in pairs(&old.broken, &new.broken, |rule| rule.rule.as_str()) {
        let file = |one: Option<&crate::model::report::BrokenRule>| one.map(|rule| rule.file.clone());
        found.value(
            SettingKind::BrokenRule,
            (pair.key, ""),
            file(pair.old).as_deref(),
            file(pair.new).as_deref(),
        );
    }
    found.0
}

/// What of it may have moved points. What packs say of each other follows from the packs and the day, and which rules do
/// not compile from the packs and the program: they count for themselves where nothing of these differs.
pub(super) fn causes(changes: &[SettingChange]) -> Vec<Cause> {
    let of = |change: &SettingChange| match change.kind {
        SettingKind::Day => Some(Cause::Day),
        SettingKind::Tool => Some(Cause::Tool),
        SettingKind::SelfEvaluation => Some(Cause::SelfEvaluation),
        SettingKind::Pack if change.field != SIGNED_BY && change.field != SIGNATURE => Some(Cause::Pack),
        SettingKind::Policy => Some(Cause::Policy),
        SettingKind::Input => READING.contains(&change.id.as_str()).then_some(Cause::Reading),
        SettingKind::Pack | SettingKind::Masking | SettingKind::Override | SettingKind::BrokenRule => None,
    };
    let mut causes: Vec<Cause> = changes.iter().filter_map(of).collect();
    let follows = |kind| matches!(kind, SettingKind::Override | SettingKind::BrokenRule);
    let followed = [Cause::Pack, Cause::Day, Cause::Tool].iter().any(|cause| causes.contains(cause));
    if !followed && changes.iter().any(|change| follows(change.kind)) {
        causes.push(Cause::Pack);
    }
    causes.sort_unstable();
    causes.dedup();
    causes
}

/// Inputs that files are read with. Rulings are told of each organization.
const READING: [&str; 3] = [InputRole::Registry.name(), InputRole::Mapping.name(), ENCODING];
/// The name of the encoding asked for among the options of a run.
const ENCODING: &str = "encoding";

/// Files that the runs were given, by what they are for, and options. Where they lie has no part in it.
fn inputs(found: &mut Found, old: &RunInputs, new: &RunInputs) {
    for role in InputRole::ALL {
        let digests = |run: &RunInputs| {
            let own = run.files.iter().filter(|file| file.role == role).map(|file| file.sha256.as_str());
            let all = own.collect::<Vec<_>>().join(" ");
            Some(all).filter(|all| !all.is_empty())
        };
        let (was, now) = (digests(old), digests(new));
        found.value(SettingKind::Input, (role.name(), "sha256"), was.as_deref(), now.as_deref());
    }
    for name in keys(old.options.keys(), new.options.keys()) {
        let value = |run: &RunInputs| run.options.get(name).cloned();
        found.value(SettingKind::Input, (name, ""), value(old).as_deref(), value(new).as_deref());
    }
}

/// The field of what is known of the signature of a pack.
pub(super) const SIGNATURE: &str = "signature";
/// The field of the key that signed a pack.
const SIGNED_BY: &str = "signed_by";

#[derive(Default)]
struct Found(Vec<SettingChange>);

impl Found {
    fn value(&mut self, kind: SettingKind, (id, field): (&str, &str), was: Option<&str>, now: Option<&str>) {
        if was != now {
            let (was, now) = (was.map(str::to_owned), now.map(str::to_owned));
            self.0.push(SettingChange { kind, id: id.to_owned(), field: field.to_owned(), was, now });
        }
    }
}

const fn flag(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// All keys of two maps.
fn keys<'k>(old: impl Iterator<Item = &'k String>, new: impl Iterator<Item = &'k String>) -> Vec<&'k str> {
    let mut keys: Vec<&str> = old.chain(new).map(String::as_str).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A field of a pack, by its name.
type PackField = (&'static str, fn(&PackInfo) -> Option<&str>);

fn packs(found: &mut Found, old: &[PackInfo], new: &[PackInfo]) {
    for pair in pairs(old, new, |pack| pack.id.as_str()) {
        let fields: [PackField; 4] = [
            ("version", |pack| Some(&pack.version)),
            ("sha256", |pack| Some(&pack.sha256)),
            (SIGNATURE, |pack| pack.signature.map(SignatureState::name)),
            (SIGNED_BY, |pack| pack.signed_by.as_deref()),
        ];
        for (field, of) in fields {
            found.value(SettingKind::Pack, (pair.key, field), pair.old.and_then(of), pair.new.and_then(of));
        }
    }
    let order =
        |packs: &[PackInfo]| packs.iter().map(|pack| pack.id.as_str()).collect::<Vec<_>>().join(" < ");
    let sorted = |packs: &[PackInfo]| {
        let mut ids: Vec<_> = packs.iter().map(|pack| pack.id.clone()).collect();
        ids.sort_unstable();
        ids
    };
    // Where packs come or go, the order differs by that alone or is told with it.
    if sorted(old) == sorted(new) {
        found.value(SettingKind::Pack, ("", "order"), Some(&order(old)), Some(&order(new)));
    }
}

/// A field of an override, by its name.
type OverrideField = (&'static str, fn(&Override) -> &str);

fn overrides(found: &mut Found, old: &[Override], new: &[Override]) {
    let named = |all: &[Override]| {
        let name = |one: &Override| {
            let parts = [one.pack.as_str(), one.kind.word(), &one.target, &one.field];
            (parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "), one.clone())
        };
        all.iter().map(name).collect::<Vec<_>>()
    };
    let (old, new) = (named(old), named(new));
    for pair in pairs(&old, &new, |(name, _)| name.as_str()) {
        let fields: [OverrideField; 5] = [
            ("was", |one| &one.was),
            ("now", |one| &one.now),
            ("document", |one| &one.document),
            ("reason", |one| &one.reason.zh),
            ("from", |one| one.from.as_deref().unwrap_or_default()),
        ];
        for (field, of) in fields {
            let text = |one: Option<&'_ (String, Override)>| one.map(|(_, one)| of(one).to_owned());
            let (was, now) = (text(pair.old), text(pair.new));
            let said = [&was, &now].into_iter().flatten().any(|text| !text.is_empty());
            if said || field == "now" {
                found.value(SettingKind::Override, (pair.key, field), was.as_deref(), now.as_deref());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: SettingKind, field: &str) -> SettingChange {
        SettingChange { kind, id: String::new(), field: field.to_owned(), was: None, now: None }
    }

    #[test]
    fn a_signature_moves_no_points_and_overrides_follow_from_packs_and_day() {
        assert_eq!(causes(&[change(SettingKind::Pack, SIGNED_BY)]), []);
        assert_eq!(causes(&[change(SettingKind::Override, "now")]), [Cause::Pack]);
        let both = [change(SettingKind::Day, ""), change(SettingKind::Override, "now")];
        assert_eq!(causes(&both), [Cause::Day]);
    }

    #[test]
    fn a_pack_is_compared_by_version_digest_and_key() {
        let pack = |version: &str| PackInfo {
            id: "cn".to_owned(),
            version: version.to_owned(),
            ..PackInfo::default()
        };
        let mut found = Found::default();
        packs(&mut found, &[pack("1")], &[pack("2")]);
        let told: Vec<_> =
            found.0.iter().map(|one| (one.id.as_str(), one.field.as_str(), one.now.as_deref())).collect();
        assert_eq!(told, [("cn", "version", Some("2"))]);
    }
}
