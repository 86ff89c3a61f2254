//! Tells cargo to build this crate again when the pages or the migrations change, which it does not see by itself.

fn main() {
    println!("cargo::rerun-if-changed=../../ui/dist");
    println!("cargo::rerun-if-changed=migrations");
}
