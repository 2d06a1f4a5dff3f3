//! Resolves the packs given on the command line to the packs in force, ordered by what they extend, the lowest first.

use std::fs;
use std::path::{Path, PathBuf};

use super::fault::PackFault;
use super::pack::{Extends, Layer, MANIFEST, MOST_ENTRIES, Pack};
use super::pack_error::PackError;
use crate::model::text::Text;

/// The packs given and all they extend, each after those it extends, else in the order given. A path is a pack, or a
/// folder of packs: of these only those are taken that others extend. Nothing given is the built-in pack.
///
/// # Errors
///
/// All errors of the packs, each for itself and with each other.
pub(super) fn resolve(given: &[PathBuf]) -> Result<Vec<Pack>, Vec<PackFault>> {
    let mut set = PackSet::default();
    let mut faults = Vec::new();
    for path in given {
        set.take(path).unwrap_or_else(|found| faults.extend(found));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let built_in = Pack::built_in()?;
    if given.is_empty() {
        return Ok(vec![built_in]);
    }
    if set.named == 0 {
        return Err(vec![no_pack_chosen(given, &set.packs)]);
    }
    set.reserve(built_in)?;
    set.stack()
}

/// Packs looked at in one folder of packs.
const MOST_FOUND: usize = 200;
/// Bytes of all packs at hand together.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Packs that are loaded: first those named by the user, then those found in folders of packs, which are used only if
/// another pack extends them.
#[derive(Default)]
struct PackSet {
    packs: Vec<Pack>,
    /// Number of packs named by the user.
    named: usize,
    /// Errors of packs in folders; reported only where resolving fails.
    unusable: Vec<PackFault>,
    /// Bytes of all packs.
    bytes: usize,
}

impl PackSet {
    fn take(&mut self, path: &Path) -> Result<(), Vec<PackFault>> {
        if !path.is_dir() || path.join(MANIFEST).is_file() {
            let pack = Pack::open(path)?;
            self.weigh(&pack)?;
            self.packs.insert(self.named, pack);
            self.named = self.named.saturating_add(1);
            return Ok(());
        }
        let found = packs_in(path).map_err(|fault| vec![fault])?;
        if found.is_empty() {
            // Its error names what a pack needs.
            return Pack::open(path).map(|_| ());
        }
        for inner in &found {
            match Pack::open(inner) {
                Ok(pack) => {
                    self.weigh(&pack)?;
                    self.packs.push(pack);
                }
                Err(faults) => self.unusable.extend(faults),
            }
        }
        Ok(())
    }

    fn weigh(&mut self, pack: &Pack) -> Result<(), Vec<PackFault>> {
        self.bytes = self.bytes.saturating_add(pack.bytes_in_all());
        if self.bytes <= MOST_BYTES {
            return Ok(());
        }
        let mib = MOST_BYTES / 1024 / 1024;
        let why = Text::new(
            format!("所给规则包合计超过 {mib} MiB"),
            format!("the packs at hand are more than {mib} MiB together"),
        );
        Err(vec![PackFault::Unreadable { path: pack.home.clone(), why }])
    }

    /// Nothing takes the place of the pack that comes with the program but a pack that was asked for by name. One that
    /// merely lies in a folder of packs and is not the same is a mistake, or an attack.
    fn reserve(&mut self, built_in: Pack) -> Result<(), Vec<PackFault>> {
        let is_built_in = |pack: &&Pack| pack.info.id == built_in.info.id;
        if self.packs.iter().take(self.named).any(|pack| is_built_in(&pack)) {
            return Ok(());
        }
        let shadows = |pack: &&Pack| is_built_in(pack) && pack.info.sha256 != built_in.info.sha256;
        let reserved = |pack: &Pack| {
            PackFault::at(&pack.manifest.place, PackError::Reserved { id: pack.info.id.clone() })
        };
        let faults: Vec<PackFault> = self.packs.iter().filter(shadows).map(reserved).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        self.packs.retain(|pack| !is_built_in(&pack));
        self.packs.push(built_in);
        Ok(())
    }

    fn stack(self) -> Result<Vec<Pack>, Vec<PackFault>> {
        let mut order = Order { set: &self, chain: Vec::new(), path: Vec::new(), faults: self.duplicates() };
        for at in 0..self.named {
            order.visit(at);
        }
        let (chain, mut faults) = (order.chain, order.faults);
        let ordered: Vec<&Pack> = chain.iter().filter_map(|at| self.packs.get(*at)).collect();
        if faults.is_empty() {
            faults = misplaced(&ordered);
        }
        if faults.is_empty() {
            return Ok(ordered.into_iter().cloned().collect());
        }
        faults.extend(self.unusable.iter().cloned());
        Err(faults)
    }

    /// Two packs of one id. One that was asked for goes before one found in a folder, of which it may be another version.
    fn duplicates(&self) -> Vec<PackFault> {
        let twice = |(at, pack): (usize, &Pack)| {
            let first = self.packs.iter().position(|other| other.info.id == pack.info.id);
            let (first, other) =
                first.filter(|first| *first < at).and_then(|first| Some((first, self.packs.get(first)?)))?;
            let same =
                at >= self.named && (first < self.named || canonical(&other.home) == canonical(&pack.home));
            let what =
                Text::new(format!("规则包编号“{}”", pack.info.id), format!("the pack id `{}`", pack.info.id));
            let other = other.manifest.place.file().to_owned();
            (!same).then(|| PackFault::at(&pack.manifest.place, PackError::Duplicate { what, other }))
        };
        self.packs.iter().enumerate().filter_map(twice).collect()
    }
}

fn canonical(home: &str) -> PathBuf {
    fs::canonicalize(home).unwrap_or_else(|_| home.into())
}

struct Order<'s> {
    set: &'s PackSet,
    chain: Vec<usize>,
    /// Packs that are being visited, each extending the next.
    path: Vec<usize>,
    faults: Vec<PackFault>,
}

impl Order<'_> {
    fn visit(&mut self, at: usize) {
        if self.chain.contains(&at) {
            return;
        }
        let Some(pack) = self.set.packs.get(at) else { return };
        self.path.push(at);
        for extends in &pack.manifest.extends {
            self.extended(extends);
        }
        self.path.pop();
        self.chain.push(at);
    }

    fn extended(&mut self, extends: &Extends) {
        let found = self.set.packs.iter().position(|pack| pack.info.id == extends.id);
        let Some((at, pack)) = found.and_then(|at| Some((at, self.set.packs.get(at)?))) else {
            let known = self.set.packs.iter().map(|pack| pack.info.id.clone()).collect();
            let error = PackError::NoPack { id: extends.id.clone(), known };
            return self.faults.push(PackFault::at(&extends.place, error));
        };
        if let Some(from) = self.path.iter().position(|one| *one == at) {
            let circle = self.path.iter().skip(from).chain([&at]);
            let ids = circle.filter_map(|at| self.set.packs.get(*at)).map(|pack| pack.info.id.clone());
            let error = PackError::Cycle { ids: ids.collect() };
            return self.faults.push(PackFault::at(&extends.place, error));
        }
        self.faults.extend(other(extends, pack));
        self.visit(at);
    }
}

/// What is given is not what is asked for.
fn other(extends: &Extends, pack: &Pack) -> Vec<PackFault> {
    let (id, version) = (extends.id.clone(), &pack.manifest.version);
    let unsuitable = extends.version.as_ref().filter(|(wanted, _)| !wanted.matches(version));
    let version = unsuitable.map(|(wanted, place)| {
        let (wanted, found) = (wanted.to_string(), version.to_string());
        PackFault::at(place, PackError::OtherVersion { id: id.clone(), wanted, found })
    });
    let changed =
        extends.sha256.as_ref().filter(|(wanted, _)| !wanted.eq_ignore_ascii_case(&pack.info.sha256));
    let digest = changed.map(|(_, place)| {
        PackFault::at(place, PackError::OtherDigest { id: id.clone(), found: pack.info.sha256.clone() })
    });
    version.into_iter().chain(digest).collect()
}

/// One pack stands on its own and lies at the bottom, and no layer lies below a lower one.
fn misplaced(chain: &[&Pack]) -> Vec<PackFault> {
    let mut faults = Vec::new();
    let mut roots = chain.iter().filter(|pack| pack.manifest.extends.is_empty());
    let first = roots.next().map(|pack| pack.info.id.clone()).unwrap_or_default();
    faults.extend(
        roots.map(|pack| PackFault::at(&pack.manifest.place, PackError::Second { first: first.clone() })),
    );
    let mut highest: Option<(Layer, &Pack)> = None;
    for pack in chain {
        let Some(layer) = pack.manifest.layer else { continue };
        match highest {
            Some((below_layer, below)) if layer < below_layer => {
                let (layer, below_layer) = (layer.word(), below_layer.word());
                let error = PackError::Layer { layer, below: below.info.id.clone(), below_layer };
                faults.push(PackFault::at(&pack.manifest.place, error));
            }
            _ => highest = Some((layer, pack)),
        }
    }
    faults
}

/// Packs directly in a folder, by name.
fn packs_in(folder: &Path) -> Result<Vec<PathBuf>, PackFault> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let (mut found, mut looked_at) = (Vec::new(), 0_usize);
    for path in entries.map(|entry| entry.path()) {
        looked_at = looked_at.saturating_add(1);
        if path.join(MANIFEST).is_file() || path.extension().is_some_and(|ending| ending == "wpack") {
            found.push(path);
        }
        if looked_at > MOST_ENTRIES || found.len() > MOST_FOUND {
            let why = Text::new(
                format!("这个文件夹里的规则包超过 {MOST_FOUND} 个，或文件超过 {MOST_ENTRIES} 个"),
                format!("this folder has more than {MOST_FOUND} packs, or {MOST_ENTRIES} files"),
            );
            return Err(PackFault::Unreadable { path: folder.display().to_string(), why });
        }
    }
    found.sort();
    Ok(found)
}

fn no_pack_chosen(given: &[PathBuf], packs: &[Pack]) -> PackFault {
    let path = given.first().map(|path| path.display().to_string()).unwrap_or_default();
    let names = packs.iter().map(|pack| pack.home.as_str()).collect::<Vec<_>>().join(", ");
    let why = Text::new(
        format!("这是存放规则包的文件夹；还要用 --packs 写明用哪一个：{names}"),
        format!("this is a folder of packs; say with --packs which is meant: {names}"),
    );
    PackFault::Unreadable { path, why }
}
