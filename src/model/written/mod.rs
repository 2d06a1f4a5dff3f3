//! What people write in cells: days, months and numbers in their many forms.

pub mod date;
pub mod number;
