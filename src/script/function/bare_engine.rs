//! The script engine with nothing in it, which works the same in every process.

use std::sync::Once;

use rhai::Engine;
use rhai::config::hashing::set_hashing_seed;

/// What functions are hashed with. Any numbers do, as long as they are always the same: which of two functions of one name a call
/// means is remembered by filters of hashes, and random ones would let a run in some hundred remember another.
const SEED: [u64; 4] = [0x77_61_6e_67, 0x67_65, 0x01, 0x02];

/// An engine without functions.
pub(crate) fn new() -> Engine {
    static SEEDED: Once = Once::new();
    SEEDED.call_once(|| {
        // Nobody else sets one: the first who asks for an engine does.
        let _already = set_hashing_seed(Some(SEED));
    });
    Engine::new_raw()
}
