//! The assessment of one submission: it is read, rules decide, rulings are laid over what they decide, and the catalog
//! turns both into points.

pub mod assess;
pub mod base;
mod kept;
pub mod load;
mod self_score;
mod team;
