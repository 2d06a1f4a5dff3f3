//! The rules are embedded in the program: when one changes, the program is built again.
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo:rerun-if-changed=rules");
}
