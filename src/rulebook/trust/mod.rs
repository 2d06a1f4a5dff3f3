//! Whether packs are what they were when somebody looked at them: locks and signatures.

mod detached;
mod lock;
mod scope;
mod signature;

use std::path::PathBuf;

pub use detached::{MOST as SIGNATURE_BYTES, SignatureError, sign, signature_path, signer};
pub(super) use lock::lock_path;
pub use lock::lock_text;
pub use scope::are_ambiguous;
pub(super) use signature::sums;
pub use signature::{Key, SecretKey, TrustedKey, generate, seal, signed_by};

use super::fault::PackFault;
use super::pack::Pack;
use crate::model::pack::SignatureState;

/// What packs must live up to before any of their rules runs.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Keys of which one that may sign it must have signed each pack but the built-in one; none asks for no signature.
    pub keys: Vec<TrustedKey>,
    /// The lock to hold to, beside those that lie with the packs.
    pub lock: Option<PathBuf>,
    /// Locks are not looked at: they are about to be written.
    pub unlocked: bool,
}

/// Holds the packs of a chain to their locks and signatures, and notes who signed them.
pub(super) fn hold(chain: &mut [Pack], trust: &Trust) -> Vec<PackFault> {
    let mut faults = if trust.unlocked { Vec::new() } else { lock::changed(chain, trust.lock.as_deref()) };
    if trust.keys.is_empty() {
        return faults;
    }
    for pack in chain.iter_mut().filter(|pack| !pack.built_in) {
        match signed_by(pack, &trust.keys) {
            Ok(key) => {
                pack.info.signature = Some(SignatureState::Verified);
                pack.info.signed_by = Some(key);
            }
            Err(fault) => faults.push(fault),
        }
    }
    faults
}
