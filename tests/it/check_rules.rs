//! Every rule of `resume check` finds its own bad example and leaves the good one alone; the table
//! of rules, its documentation and the codes in the source are one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use resume::Outcome;
use resume::check::{explain_all, rules};
use resume::diagnostics::Rule;

use crate::support::bless::bless;
use crate::support::program::root;
use crate::support::record::{check, codes, listed, record};
use crate::support::threads::each;

/// Makes the bad or the good record of a rule that no text shows.
type Make = fn(&Path, bad: bool);

/// Rules whose examples are no texts but files of another encoding or size, or pages of words.
const MADE: &[(&str, Make)] = &[
    ("E009", encoded),
    ("E041", long),
    ("E082", large),
    ("E085", many),
    ("E088", long_lists),
    ("W052", crowded),
    ("W053", important),
    ("W054", wordy),
    ("W083", deep),
    ("E047", long_letter),
];

/// The interests in CP949, and in UTF-8.
fn encoded(folder: &Path, bad: bool) {
    let text = "- name: 서버를 만드는 개발자 모임\n";
    let (foreign, ..) = encoding_rs::EUC_KR.encode(text);
    let bytes = if bad { foreign.into_owned() } else { text.as_bytes().to_vec() };
    fs::write(folder.join("interests.yaml"), bytes).expect("written");
}

/// A summary of pages, and of a sentence.
fn long(folder: &Path, bad: bool) {
    let summary = "Built many servers. ".repeat(if bad { 400 } else { 1 });
    let profile = format!("name: Your Name\nsummary: {summary}\n");
    fs::write(folder.join("profile.yaml"), profile).expect("written");
}

/// A summary that leaves no room for languages, and a short one.
fn crowded(folder: &Path, bad: bool) {
    let summary = "Built many servers. ".repeat(if bad { 362 } else { 1 });
    let text = format!("profile: {{name: Your Name, summary: {summary}}}\n");
    fs::write(folder.join("resume.yaml"), text).expect("written");
    fs::write(folder.join("languages.yaml"), "[{language: English}]\n").expect("written");
}

/// A summary of more than five lines, and a sentence.
fn wordy(folder: &Path, bad: bool) {
    let summary = "Built many servers. ".repeat(if bad { 60 } else { 1 });
    let text = format!("profile: {{name: Your Name, summary: {summary}}}\n");
    fs::write(folder.join("resume.yaml"), text).expect("written");
}

/// More highlights of the highest importance than a page holds, and one.
fn important(folder: &Path, bad: bool) {
    let highlights: String = (0..if bad { 80 } else { 1 })
        .map(|at| format!("    - {{text: Built server {at}, importance: 5}}\n"))
        .collect();
    let employer =
        "- id: a\n  organization: A\n  positions: [{title: B, start: 2020, end: 2021}]\n";
    let career = format!("{employer}  highlights:\n{highlights}");
    fs::write(folder.join("career.yaml"), career).expect("written");
}

/// Blank lines beyond four megabytes, and below.
fn large(folder: &Path, bad: bool) {
    let lines = "\n".repeat(if bad { 4_000_001 } else { 3_000_000 });
    fs::write(folder.join("interests.yaml"), lines).expect("written");
}

/// A thousand and one errors of which no two are alike, and none.
fn many(folder: &Path, bad: bool) {
    let group = |at| format!("- {{name: A, skills: [B], importance: {at}}}\n");
    let groups: String = if bad { (10..1_011).map(group).collect() } else { group(1) };
    fs::write(folder.join("skills.yaml"), groups).expect("written");
}

/// More employers than allowed, and one.
fn long_lists(folder: &Path, bad: bool) {
    let employer = |at| {
        let (start, end) = (1000 + 2 * at, 1001 + 2 * at);
        let position = format!("{{title: B, start: {start}, end: {end}}}");
        format!("- {{id: s{at}, organization: A, positions: [{position}]}}\n")
    };
    let employers: String = (0..if bad { 201 } else { 1 }).map(employer).collect();
    fs::write(folder.join("career.yaml"), employers).expect("written");
}

/// A project in a folder within `projects/`, and directly in it.
fn deep(folder: &Path, bad: bool) {
    let inner = folder.join(if bad { "projects/old" } else { "projects" });
    fs::create_dir_all(&inner).expect("made");
    let project = "name: A\nstart: 2023\nend: 2024\nsummary: Built a server.\n";
    fs::write(inner.join("a.yaml"), project).expect("written");
}

/// A letter of so many paragraphs.
fn long_letter(folder: &Path, bad: bool) {
    let paragraphs = "  - One more paragraph.\n".repeat(if bad { 100 } else { 1 });
    fs::create_dir_all(folder.join("applications")).expect("made");
    let letter = format!("letter:\n  paragraphs:\n{paragraphs}");
    fs::write(folder.join("applications/a.yaml"), letter).expect("written");
}

/// Rules on what `render --merge` names, and `check` does not see: `merge.rs` has their examples.
const OF_MERGE: [&str; 2] = ["W055", "W056"];

/// A record that every format has something of.
const PROJECT: &str =
    "projects: [{id: a, name: A, start: 2023, end: 2024, summary: What it is.}]\n";

/// What `check` reports of an example of a rule: a record, a template, or what is made for it.
fn judge(rule: &Rule, bad: bool) -> Outcome {
    let text = if bad { rule.bad } else { rule.good };
    if let Some((_, make)) = MADE.iter().find(|(code, _)| *code == rule.code) {
        assert_eq!(text, "", "{}: an example that is not run", rule.code);
        let main = if rule.code == "E041" { "interests: []" } else { "profile: {name: Your Name}" };
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("resume.yaml"), main).expect("written");
        make(folder.path(), bad);
        return check(folder.path(), &[]);
    }
    assert!(!text.is_empty(), "{}: no example", rule.code);
    let Some((path, _)) = text.strip_prefix("// ").and_then(|text| text.split_once('\n')) else {
        return check(record(text).path(), &[]);
    };
    let (folder, templates) = (record(PROJECT), tempfile::tempdir().expect("a folder"));
    let template = templates.path().join(path);
    fs::create_dir_all(template.parent().expect("a folder")).expect("made");
    fs::write(template, text).expect("written");
    check(folder.path(), &["--templates", &templates.path().display().to_string()])
}

#[test]
fn every_rule_finds_its_bad_example_and_leaves_the_good_one_alone() {
    let mut rules: Vec<_> = rules();
    rules.retain(|rule| !OF_MERGE.contains(&rule.code));
    let wrong: Vec<String> = each(&rules, |rule| {
        let bad = judge(rule, true);
        let Some(found) = bad.diagnostics.iter().find(|diagnostic| diagnostic.code == rule.code)
        else {
            return Some(format!("{}: not found in its bad example:\n{}", rule.code, listed(&bad)));
        };
        if found.severity != rule.severity {
            return Some(format!("{}: found as {:?}", rule.code, found.severity));
        }
        let good = judge(rule, false);
        (!good.diagnostics.is_empty())
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
    collect(&root().join("src"), &mut raised);
    let known: BTreeSet<String> = rules().into_iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(raised, known);
    assert_eq!(known.len(), rules().len(), "a code stands twice in the table");
}

/// Collects the codes that diagnostics are raised with: those not in a declaration of a rule.
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
            let declared = before.ends_with("error(") && !before.ends_with("Diagnostic::error(");
            if quoted && is_code && raised && !declared {
                codes.insert(code.to_owned());
            }
        }
    }
}

#[test]
fn headings_are_allowed_in_any_prose() {
    let titled = |title: &str| format!("\"# {title}\\n\\nText.\"");
    let [a, b, c, d] = ["One", "Two", "Three", "Four"].map(titled);
    let text = format!(
        "site: {{url: 'https://example.org/'}}\nprofile: {{name: Your Name, summary: {a}}}\ncover: {b}\n\
         sections: [{{id: work, title: Work, description: {c}, list: projects}}]\n\
         projects: [{{id: one, name: One, start: 2024, end: 2024, summary: {a}, outcome: {b}}}]\n\
         articles: [{{id: one, title: One, section: work, intro: {c}, body: {d}}}]\n"
    );
    let outcome = check(record(&text).path(), &[]);
    assert!(outcome.diagnostics.is_empty(), "{}", listed(&outcome));
}

#[test]
fn the_reference_record_is_clean() {
    let outcome = check(&root().join("data"), &["--deny", "warnings"]);
    let reported: Vec<_> = outcome
        .diagnostics
        .iter()
        .filter(|p| p.severity > resume::diagnostics::Severity::Advice)
        .collect();
    assert!(reported.is_empty(), "{}", listed(&outcome));
}

#[test]
fn allowed_diagnostics_are_not_reported() {
    let twice = "posts:\n  - {id: a, title: Built the the server, date: 2024}\n";
    assert_eq!(codes(&check(record(twice).path(), &[])), ["W020"]);
    assert!(check(record(twice).path(), &["--allow", "W020"]).diagnostics.is_empty());
    let reported = format!("# resume: allow W020 it is a band's name\n{twice}");
    assert!(check(record(&reported).path(), &[]).diagnostics.is_empty());
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
    assert!(check(folder.path(), &[]).diagnostics.is_empty());
    let main = folder.path().join("resume.yaml");
    fs::write(&posts, twice).expect("written");
    fs::write(&main, "# resume: allow W020, W021 a name\nprofile: {name: Your Name}\n")
        .expect("written");
    assert!(check(folder.path(), &[]).diagnostics.is_empty());
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

#[test]
fn two_pages_do_not_share_a_path() {
    let two = |second: &str| {
        let text = format!(
            "sections:\n  - {{id: notes, title: Notes}}\nposts:\n  - {{id: a, title: One, date: 2024, {second}}}\n"
        );
        listed(&check(record(&text).path(), &[]))
    };
    let reported = two("path: notes/");
    assert!(reported.contains("error E020 two pages have the path `/notes/`"), "{reported}");
    assert!(!two("path: /posts/notes/").contains("E020"));
}
