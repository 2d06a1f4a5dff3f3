//! The assessment of one submission: it is read, rules decide, rulings are laid over what they decide, and the catalog
//! turns both into points.

mod aim;
pub mod assess;
mod choices;
pub mod doctor;
mod grid_map;
pub mod lowest_pack;
mod mapping;
mod row_keys;
pub mod sample;
mod self_score;
pub mod session;
mod team;
