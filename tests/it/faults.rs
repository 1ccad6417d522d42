//! Wrong data: every fault is reported with its file, line, column and a hint, all in one run, and
//! nothing is written.

use std::fs;
use std::path::Path;

use crate::support::program::{Run, folder, pdfs, resume};

/// A profile that is right, for records whose fault is elsewhere.
const PROFILE: &str = "profile:\n  name: 황세현\n";

/// Renders the record of a folder, which must fail, and must leave nothing.
#[track_caller]
fn refuse(folder: &Path) -> Run {
    let (data, out) = (folder.join("data"), folder.join("out"));
    let [shown, output] = [&data, &out].map(|path| path.display().to_string());
    let run = resume(["render", "--data", &shown, "--output", &output]).exits(1);
    assert_eq!(pdfs(&out), Vec::<std::path::PathBuf>::new(), "a refused record wrote files");
    assert!(run.stdout.is_empty());
    Run { stderr: run.stderr.replace(&format!("{shown}/"), ""), ..run }
}

/// Renders a record of one file and checks the diagnostic: its place and some words.
#[track_caller]
fn wrong(yaml: &str, place: &str, words: &[&str]) -> Run {
    let folder = folder(&[("data/resume.yaml", yaml)]);
    let run = refuse(folder.path()).says(&format!("--> resume.yaml:{place}\n"));
    words.iter().fold(run, |run, words| run.says(words))
}

#[test]
fn an_unknown_key_is_named_with_the_nearest() {
    wrong(
        "profile:\n  name: 황세현\n  emial: a@example.org\n",
        "3:3",
        &["`emial`", "did you mean `email`?"],
    );
    wrong(&format!("{PROFILE}carrer: []\n"), "3:1", &["`carrer`", "did you mean `career`?"]);
    wrong(&format!("{PROFILE}xyzzy: 1\n"), "3:1", &["`xyzzy`", "known keys"]);
}

#[test]
fn a_duplicate_key_is_named_with_both_places() {
    let run = wrong(
        "profile:\n  name: 황세현\n  name: 다른\n",
        "3:3",
        &["`name` is given twice", "here again", "first here"],
    );
    assert!(run.stderr.contains("2 |") && run.stderr.contains("3 |"), "{}", run.stderr);
    let parts = folder(&[
        ("data/resume.yaml", "profile: {name: 황세현}\n"),
        ("data/profile.yaml", "name: 다른\n"),
    ]);
    refuse(parts.path())
        .says("`profile` is given in two places")
        .says("profile.yaml:1:1")
        .says("resume.yaml:1:1");
}

#[test]
fn a_value_of_another_type_is_named() {
    wrong("profile: 황세현\n", "1:10", &["expected `profile`", "found a single value"]);
    wrong("profile:\n  name: [황, 세현]\n", "2:9", &["found a list"]);
    wrong(&format!("{PROFILE}career: {{id: acme}}\n"), "3:10", &["expected a list", "found a map"]);
    wrong(&format!("{PROFILE}career:\n  - acme\n"), "4:5", &["expected a career entry"]);
    wrong(
        &format!("{PROFILE}formats: {{full: {{footer: perhaps}}}}\n"),
        "3:26",
        &["`true` or `false`", "`perhaps`"],
    );
    wrong("- profile\n", "1:1", &["expected a record", "found a list"]);
}

#[test]
fn a_missing_key_is_named() {
    wrong("profile:\n  role: 개발자\n", "2:3", &["lacks the key `name`", "add a line `name: …`"]);
    wrong("site: {url: https://example.org/}\n", "1:1", &["lacks the key `profile`"]);
}

#[test]
fn an_empty_file_is_no_record() {
    wrong("", "1:1", &["lacks the key `profile`"]);
    wrong("# only a comment\n", "1:1", &["lacks the key `profile`"]);
}

/// What cannot be read is reported once; its missing keys are not reported too.
#[test]
fn an_unreadable_file_is_one_fault() {
    wrong("profile: {name: 황세현\n", "1:10", &["1 error;"]);
    let parts = folder(&[("data/resume.yaml", "{}\n"), ("data/profile.yaml", "name: [\n")]);
    refuse(parts.path()).says("profile.yaml:").says("1 error;");
}

/// A record with one project of these dates.
fn dated(start: &str, end: &str) -> String {
    format!(
        "{PROFILE}projects:\n  - id: thing\n    name: Thing\n    start: {start}\n    end: {end}\n"
    )
}

#[test]
fn dates_are_those_of_the_calendar() {
    wrong(&dated("2023-02-29", "2023-03-31"), "6:12", &["`2023-02-29`", "no such day"]);
    wrong(&dated("2023-13", "present"), "6:12", &["12 months"]);
    wrong(&dated("6/1/2024", "2024-11-08"), "6:12", &["`6/1/2024` is not a date", "`2024-06-01`"]);
    wrong(&dated("2023", "soon"), "7:10", &["`soon` is not a date", "`present`"]);
    wrong(&dated("2024-06-01", "2024-05-31"), "7:10", &["it ends before it starts", "the start"]);
}

#[test]
fn names_must_be_known() {
    let project = "projects:\n  - {id: thing, name: Thing, start: 2023, end: 2024, at: acmee}\n";
    let career = "career:\n  - id: acme\n    organization: Acme\n    positions: [{title: T, start: 2020, end: 2021}]\n";
    wrong(
        &format!("{PROFILE}{career}{project}"),
        "8:58",
        &["no career entry `acmee`", "did you mean `acme`?"],
    );
    let tagged = "projects:\n  - {id: thing, name: Thing, start: 2023, end: 2024, tags: [rust]}\n";
    wrong(&format!("{PROFILE}{tagged}"), "4:61", &["no tag `rust`", "add it to `tags`"]);
    let twice = "projects:\n  - {id: thing, name: A, start: 2023, end: 2024}\n  - {id: thing, name: B, start: 2023, end: 2024}\n";
    wrong(&format!("{PROFILE}{twice}"), "5:10", &["two projects have the id `thing`", "the first"]);
    wrong(
        &format!("{PROFILE}projects: [{{id: Thing X, name: A, start: 2023, end: 2024}}]\n"),
        "3:17",
        &["cannot be an id"],
    );
    wrong(
        &format!(
            "{PROFILE}projects: [{{id: a, name: A, start: 2023, end: 2024, importance: 6}}]\n"
        ),
        "3:65",
        &["`6` is not an importance"],
    );
}

/// A record whose summary has a link.
fn linked(url: &str) -> String {
    format!(
        "site: {{url: 'https://example.org/'}}\nprofile:\n  name: 황세현\n  summary: |\n    첫 줄입니다.\n    자세히는 [여기](<{url}>)에 있습니다.\n"
    )
}

#[test]
fn links_must_lead_somewhere() {
    wrong(&linked("/project/nothing/"), "6:16", &["`/project/nothing/` leads to no page"]);
    wrong(
        &linked("http://localhost:46279/x"),
        "6:16",
        &["`localhost` is a host that no reader reaches"],
    );
    wrong(&linked("https://192.168.0.3/"), "6:16", &["`192.168.0.3`"]);
    wrong(&linked("project/x-ray"), "6:16", &["neither a site path nor an address"]);
    wrong(&linked("file:///etc/passwd"), "6:16", &["may not use `file:`"]);
    wrong(&linked("javascript:alert"), "6:16", &["may not use `javascript:`"]);
    wrong("profile: {name: 황세현, url: 'http://nas/'}\n", "1:27", &["`nas`"]);
    wrong("profile: {name: 황세현, email: nobody}\n", "1:29", &["not an e-mail address"]);
}

#[test]
fn a_fragment_must_be_a_heading() {
    let yaml = "site: {url: 'https://example.org/'}\nprofile: {name: 황세현}\narticles:\n  - id: a\n    title: A\n    body: |\n      ## 제목 {#push-mode}\n\n      [위로](#push-mod)\n";
    wrong(yaml, "9:12", &["`#push-mod` leads to no heading", "did you mean `push-mode`?"]);
}

#[test]
fn broken_yaml_is_shown_where_it_breaks() {
    wrong("profile:\n\tname: 황세현\n", "2:1", &["not valid YAML", "indent with spaces"]);
    wrong(
        "profile:\n  name: 황세현\n  role: a: b\n",
        "3:10",
        &["not valid YAML", "put quotes round"],
    );
    wrong("profile: {name: 황세현\n", "1:10", &["not valid YAML", "never closed"]);
    wrong("profile: {name: 황세현}\n---\nx: 1\n", "2:1", &["a second YAML document"]);
}

#[test]
fn a_file_in_another_encoding_is_named() {
    let folder = folder(&[("data/resume.yaml", "")]);
    let cp949 = b"profile:\n  name: \xc8\xb2\xbc\xbc\xc7\xf6\n";
    fs::write(folder.path().join("data/resume.yaml"), cp949).unwrap();
    refuse(folder.path()).says("not UTF-8").says("resume.yaml:2:9").says("CP949").says("1 error;");
}

#[test]
fn a_character_that_no_font_has_is_named_with_its_code_point() {
    // A sign: letters of a script that no font has are named by their script.
    let yaml = "profile:\n  name: 황세현\n  role: 개발자 \u{1d11e}\n";
    let folder = folder(&[("data/resume.yaml", yaml)]);
    refuse(folder.path()).says("U+1D11E").says("resume.yaml:3:13").says("--fonts");
}

/// One run reports everything that is wrong, in all files.
#[test]
fn all_problems_come_at_once() {
    let folder = folder(&[
        ("data/resume.yaml", "site: {url: 'https://example.org/', dat: 2024}\n"),
        ("data/profile.yaml", "name: 황세현\nemial: a@example.org\n"),
        ("data/projects/one.yaml", "name: One\nstart: 2023-02-29\nend: 2024\nimportance: 9\n"),
        ("data/projects/two.yaml", "name: [a]\nstart: 2023\nend: 2022\n"),
    ]);
    let run = refuse(folder.path())
        .says("resume.yaml:1:37")
        .says("profile.yaml:2:1")
        .says("projects/one.yaml:2:8")
        .says("projects/one.yaml:4:13")
        .says("projects/two.yaml:1:7");
    assert!(run.stderr.contains("6 errors"), "{}", run.stderr);
}

/// A refused run leaves the documents of the last good one.
#[test]
fn the_last_good_document_stays() {
    let folder =
        folder(&[("data/resume.yaml", PROFILE), ("out/one-page.pdf", "the last good one")]);
    fs::write(folder.path().join("data/resume.yaml"), "profile: {name: [}").unwrap();
    let [data, out] = ["data", "out"].map(|name| folder.path().join(name).display().to_string());
    resume(["render", "--data", &data, "--output", &out]).exits(1).says("0 documents written");
    let kept = fs::read_to_string(folder.path().join("out/one-page.pdf")).unwrap();
    assert_eq!(kept, "the last good one");
    assert_eq!(pdfs(&folder.path().join("out")).len(), 1, "no temporary files are left");
}

#[test]
fn a_template_that_is_wrong_is_shown_where_it_is() {
    for (template, words) in [
        ("#let x = (\n", "unclosed delimiter"),
        ("Text.\n#nonsense()\n", "unknown variable: nonsense"),
        ("#panic(\"stop\")\n", "stop"),
    ] {
        let folder =
            folder(&[("data/resume.yaml", PROFILE), ("templates/one-page/main.typ", template)]);
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (data, out, templates) = (path("data"), path("out"), path("templates"));
        let arguments = ["render", "--data", &data, "--output", &out, "--templates", &templates];
        let run = resume(arguments.into_iter().chain(["--format", "one-page"])).exits(1);
        run.says(words).says("one-page/main.typ:");
        assert!(pdfs(&folder.path().join("out")).is_empty());
    }
}
