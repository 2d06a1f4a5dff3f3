//! Closures in every form that kernels know, random and chosen.

mod apart;
mod random;
mod worlds;

pub(crate) use random::*;
