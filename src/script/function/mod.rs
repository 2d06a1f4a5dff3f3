//! Functions of the host as scripts call them: what a call costs, and how large its result may be.

pub(crate) mod charged;
pub(crate) mod cost;
pub(crate) mod sizes;
