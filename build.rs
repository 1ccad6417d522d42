//! Builds again when a template or a font is added or removed: the files in the binary are listed
//! at compile time, and Cargo watches only the ones that were there.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=fonts");
}
