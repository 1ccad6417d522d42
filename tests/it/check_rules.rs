//! Every rule of `resume check` finds its own bad example and leaves the good one alone; the table
//! of rules, its documentation and the codes in the source are one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use resume::check::{explain_all, rules};

use crate::check_support::{bless, check, codes, each, listed, record, root};

/// Rules without examples here. Other tests name E008, E009 and E041; no test names the code of
/// E044, E050, E082 or W050 yet.
const ELSEWHERE: &[&str] = &["E008", "E009", "E041", "E044", "E050", "E082", "W050"];

#[test]
fn every_rule_finds_its_bad_example_and_no_other() {
    let rules: Vec<_> = rules().collect();
    let wrong: Vec<String> = each(&rules, |rule| {
        if ELSEWHERE.contains(&rule.code) {
            return None;
        }
        let bad = check(record(rule.bad).path(), &[]);
        if !codes(&bad).contains(&rule.code) {
            return Some(format!("{}: not found in its bad example:\n{}", rule.code, listed(&bad)));
        }
        let found = bad.problems.iter().find(|problem| problem.code == rule.code)?;
        if found.severity != rule.severity {
            return Some(format!("{}: found as {:?}", rule.code, found.severity));
        }
        let good = check(record(rule.good).path(), &[]);
        (!good.problems.is_empty())
            .then(|| format!("{}: its good example is not:\n{}", rule.code, listed(&good)))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_documentation_is_current() {
    bless("docs/checks.md", &explain_all());
}

#[test]
fn every_code_of_the_source_is_in_the_table() {
    let mut raised = BTreeSet::new();
    collect(&root("src"), &mut raised);
    let known: BTreeSet<String> = rules().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(raised, known);
    assert_eq!(known.len(), rules().count(), "a code stands twice in the table");
}

/// Collects the codes that problems are raised with: those not in a declaration of a rule.
fn collect(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, codes);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        for (at, _) in text.match_indices('"') {
            let Some(code) = text.get(at + 1..at + 5) else { continue };
            let quoted = text[at + 5..].starts_with('"');
            let is_code =
                code.starts_with(['E', 'W']) && code[1..].chars().all(|c| c.is_ascii_digit());
            let raised = text[..at].trim_end().ends_with(['(']) || text[..at].ends_with(", ");
            let before = text[..at].trim_end();
            let declared = before.ends_with("error(") && !before.ends_with("Problem::error(");
            if quoted && is_code && raised && !declared {
                codes.insert(code.to_owned());
            }
        }
    }
}

#[test]
fn the_reference_record_is_clean() {
    let outcome = check(&root("data"), &["--deny", "warnings"]);
    let said: Vec<_> = outcome
        .problems
        .iter()
        .filter(|p| p.severity > resume::problem::Severity::Advice)
        .collect();
    assert!(said.is_empty(), "{}", listed(&outcome));
}

#[test]
fn what_is_allowed_is_not_said() {
    let twice = "posts:\n  - {id: a, title: Built the the server, date: 2024}\n";
    assert_eq!(codes(&check(record(twice).path(), &[])), ["W020"]);
    assert!(check(record(twice).path(), &["--allow", "W020"]).problems.is_empty());
    let said = format!("# resume: allow W020 it is a band's name\n{twice}");
    assert!(check(record(&said).path(), &[]).problems.is_empty());
    // A comment counts where it begins a line, and only for warnings.
    let text = "profile:\n  name: Your Name\n  summary: |\n    Built the the server.\n\n    ```sh\n    # resume: allow W020\n    ```\n";
    assert_eq!(codes(&check(record(text).path(), &[])), ["W020"]);
    let error = "# resume: allow E021\nposts:\n  - {id: a, title: One, date: 2024, tags: [b]}\n";
    assert_eq!(codes(&check(record(error).path(), &[])), ["E021", "W090"]);
}

#[test]
fn a_file_allows_for_itself_and_the_main_file_for_all() {
    let folder = record("interests: []\n");
    let posts = folder.path().join("posts.yaml");
    let twice = "- {id: a, title: Built the the server, date: 2024}\n";
    fs::write(&posts, format!("# resume: allow W020\n{twice}")).expect("written");
    assert!(check(folder.path(), &[]).problems.is_empty());
    let main = folder.path().join("resume.yaml");
    fs::write(&posts, twice).expect("written");
    fs::write(&main, "# resume: allow W020, W021 a name\nprofile: {name: Your Name}\n")
        .expect("written");
    assert!(check(folder.path(), &[]).problems.is_empty());
}

#[test]
fn one_page_that_overflows_names_the_profile() {
    let summary = "Built many servers. ".repeat(400);
    let text = format!("profile:\n  name: Your Name\n  summary: {summary}\n");
    let outcome = check(record(&text).path(), &[]);
    assert_eq!(codes(&outcome), ["E041"], "{}", listed(&outcome));
}

#[test]
fn files_too_large_and_devices_are_refused() {
    let folder = record("interests: []\n");
    let file = fs::File::create(folder.path().join("posts.yaml")).expect("made");
    file.set_len(5_000_000).expect("long");
    assert_eq!(codes(&check(folder.path(), &[])), ["E082"]);
}

#[test]
#[cfg(unix)]
fn links_out_of_the_folder_are_refused() {
    let folder = record("interests: []\n");
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("posts.yaml")).expect("linked");
    assert_eq!(codes(&check(folder.path(), &[])), ["E071"]);
    fs::remove_file(folder.path().join("posts.yaml")).expect("removed");
    let text = "profile:\n  name: Your Name\n  photo: {file: me.png, alt: Portrait}\n";
    fs::write(folder.path().join("resume.yaml"), text).expect("written");
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("me.png")).expect("linked");
    assert_eq!(codes(&check(folder.path(), &[])), ["E071"]);
}

#[test]
fn enormous_pictures_are_refused_unread() {
    let folder = record("cover: \"![A wall](wall.png)\"\n");
    // A header that promises 60,000 × 60,000 pixels: 14 GB once decoded.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([60_000u32.to_be_bytes(), 60_000u32.to_be_bytes()].concat());
    png.extend([8, 6, 0, 0, 0]);
    let crc = crc(&png[12..]);
    png.extend(crc.to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    fs::write(folder.path().join("wall.png"), png).expect("written");
    let outcome = check(folder.path(), &[]);
    assert_eq!(codes(&outcome), ["E072"], "{}", listed(&outcome));
    assert!(listed(&outcome).contains("60000 × 60000"), "{}", listed(&outcome));
}

/// The checksum of a PNG chunk (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}
