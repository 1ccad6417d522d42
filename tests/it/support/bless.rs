//! Files of the repository that tests compare with what the code makes now, and write with `BLESS=1`.

use std::fs;
use std::sync::{Mutex, PoisonError};

use crate::support::program::root;

/// Whether such files are written.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// Compares a file of the repository with what it should be; with `BLESS=1`, writes it.
#[track_caller]
pub fn bless(path: &str, wanted: &str) {
    let file = root().join(path);
    if blessing() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(&file, wanted).expect("written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    if let Some((at, (found, wanted))) =
        found.lines().zip(wanted.lines()).enumerate().find(|(_, (found, wanted))| found != wanted)
    {
        // Generated files may be one line of a megabyte.
        panic!(
            "{path}:{}: has\n  {found:.500}\nand should have\n  {wanted:.500}\n`just bless` writes it",
            at + 1
        );
    }
    assert!(found == wanted, "`{path}` is not current: `just bless` writes it");
}

/// Compares the part of a file between two marks, the first of its kind, with what it should be.
#[track_caller]
pub fn bless_part(path: &str, (begin, end): (&str, &str), wanted: &str) {
    // Tests that write parts of one file take turns.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let text = fs::read_to_string(root().join(path)).expect("the file");
    let (before, rest) = text.split_once(begin).expect("the first mark");
    let (_, after) = rest.split_once(end).expect("the second mark");
    bless(path, &format!("{before}{begin}{wanted}{end}{after}"));
}
