//! Packs of rules: the built-in one and those laid over it, loaded, compiled and checked as a whole.

mod book;
mod compare;
mod data_use;
mod effective;
mod explain;
mod explain_data;
mod fault;
mod lint;
mod matrix;
mod pack;
mod pack_error;
mod pack_set;
mod place;
mod reader;
mod schemas;
mod testing;
mod trust;

pub use book::{Rulebook, Sources};
pub use compare::compare;
pub use data_use::ItemsByData;
pub use fault::PackFault;
pub use lint::{LINTS, Lint, LintExample, Linter, MARK, lint, linter};
pub use pack::Pack;
pub use pack_error::PackError;
pub use place::Place;
pub use schemas::{FileSchema, schemas};
pub use testing::{Example, RuleTests, Wanted, chosen_tests, measure, rule_tests, rule_tests_of};
pub use trust::{
    Key, SIGNATURE_BYTES, SecretKey, SignatureError, Trust, TrustedKey, are_ambiguous, generate, lock_text,
    seal, sign, signature_path, signed_by, signer,
};
