//! The rules are embedded in the program: when one changes, the program is built again.

fn main() {
    println!("cargo:rerun-if-changed=rules");
}
