//! What the benches share, also with the standalone project below `benches/peers`.

pub mod contest;
pub mod data;
pub mod figures;
pub mod native;
pub mod predicates;
