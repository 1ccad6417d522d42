//! The exact diagnostics of wrong records: line, column, message and hint.

use std::fs;

use crate::support::bless::bless;
use crate::support::program::root;
use crate::support::record::{check, codes, listed, loaded, record};
use crate::support::threads::each;

/// One wrong record and its diagnostics.
pub struct Case<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub reported: &'a str,
}

/// All wrong records of `invalid.txt`.
pub fn cases(file: &str) -> Vec<Case<'_>> {
    let parts = file.split("=== ").skip(1);
    parts
        .map(|part| {
            let (name, rest) = part.split_once('\n').expect("a name");
            let (text, reported) = rest.split_once("--- says\n").expect("the expected diagnostics");
            Case { name, text, reported }
        })
        .collect()
}

#[test]
fn wrong_records_are_explained() {
    let file = fs::read_to_string(root().join("tests/it/invalid.txt")).expect("read");
    let cases = cases(&file);
    assert!(cases.len() > 100, "{} cases", cases.len());
    let reported: Vec<String> = each(&cases, |case| {
        let folder = tempfile::tempdir().expect("a folder");
        // Only pictures need more than the text itself.
        let folder = if case.text.contains("](") { record(case.text) } else { folder };
        fs::write(folder.path().join("resume.yaml"), case.text).expect("written");
        let outcome = check(folder.path(), &[]);
        format!("=== {}\n{}--- says\n{}", case.name, case.text, listed(&outcome))
    });
    bless("tests/it/invalid.txt", &reported.concat());
    for (case, reported) in cases.iter().zip(&reported) {
        let (_, reported) = reported.split_once("--- says\n").expect("the expected diagnostics");
        let lines: Vec<&str> = reported.lines().collect();
        assert!(reported.contains(" error E"), "{}: nothing is wrong with it", case.name);
        assert!(
            !reported.contains("\n- ") && !reported.starts_with("- "),
            "{}: a problem is nowhere",
            case.name
        );
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.starts_with(' ')) {
            let hinted = lines.get(at + 1).is_some_and(|next| next.starts_with(' '));
            assert!(hinted, "{}: no hint for `{line}`", case.name);
        }
    }
}

#[test]
fn scalars_keep_their_characters() {
    // YAML 1.2 core: none of these is a truth value, a time of day or an octal number.
    for name in
        ["no", "on", "yes", "off", "12:30", "010", "1e3", "0x1F", "~a", "2024-01-01", ".5", "+1"]
    {
        let folder = record(&format!("interests:\n  - name: {name}\n"));
        assert_eq!(codes(&check(folder.path(), &[])), [""; 0], "{name}");
        let (loaded, _) = loaded(folder.path());
        let record = loaded.record.expect("a record");
        assert_eq!(record.interests[0].name.wordings()[0].text, name);
    }
    let minutes = |text: &str| {
        let text =
            format!("posts:\n  - {{id: a, title: A, date: 2024, reading-minutes: {text}}}\n");
        let folder = record(&text);
        let (loaded, _) = loaded(folder.path());
        loaded.record.and_then(|record| record.posts.first().and_then(|post| post.reading_minutes))
    };
    assert_eq!(minutes("010"), Some(10), "ten, not eight");
}

#[test]
fn marks_line_ends_and_composition_do_not_matter() {
    let text = "profile:\n  name: 이름\n  summary: |\n    첫 줄.\n    둘째 줄.\n";
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(text).collect();
    let read = |bytes: Vec<u8>| {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("resume.yaml"), bytes).expect("written");
        let (loaded, _) = loaded(folder.path());
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        resume::record::read::Read::value(&loaded.record.expect("a record"))
    };
    let plain = read(text.as_bytes().to_vec());
    assert_eq!(plain["profile"]["summary"]["ko"], "첫 줄.\n둘째 줄.");
    assert_eq!(plain, read(["\u{feff}", text].concat().into_bytes()));
    assert_eq!(plain, read(text.replace('\n', "\r\n").into_bytes()));
    assert_eq!(plain, read(decomposed.into_bytes()));
}

#[test]
fn places_hold_with_carriage_returns_and_marks() {
    let text = "\u{feff}profile:\r\n  name: 가나\r\n  rloe: 다라\r\n";
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("resume.yaml"), text).expect("written");
    assert!(listed(&check(folder.path(), &[])).starts_with("3:3 error E011"));
}

#[test]
fn lines_of_a_block_are_counted_from_its_first_words() {
    for (text, line) in [
        ("|\n  a\n\n  **b\n", 4),
        ("|\n  > a\n\n  **b\n", 4),
        ("|-\n  | a |\n  |---|\n  | c |\n\n  **b\n", 6),
        ("|\n\n\n  a\n\n  **b\n", 6),
        ("| # a\n\n  **b\n", 3),
    ] {
        let folder = record(&format!("cover: {text}"));
        let found = listed(&check(folder.path(), &[]));
        assert!(found.starts_with(&format!("{line}:3 warning W021")), "{text}: {found}");
    }
}

#[test]
fn anchors_and_merges_work() {
    let text = "career:\n  - &base\n    id: a\n    organization: A\n    positions: &held [{title: T, start: 2020, end: 2021}]\n  - <<: *base\n    id: b\n  - {id: c, organization: C, positions: *held}\n";
    let folder = record(text);
    let (loaded, _) = loaded(folder.path());
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let record = loaded.record.expect("a record");
    let ids: Vec<&str> = record.career.iter().map(|employer| employer.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(record.career[1].organization.wordings()[0].text, "A");
    assert_eq!(record.career[2].positions.len(), 1);
}

#[test]
fn bombs_stop_early() {
    // Nine levels of nine aliases: 387 million values once written out.
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    // One long text, repeated a thousand times.
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 1000].join(", "));
    let keys: String = (0..20_000).map(|at| format!("key-{at}: x\n")).collect();
    let mut merges = String::from("a0: &a0 {k: x}\n");
    for level in 1..30 {
        merges += &format!("a{level}: &a{level} {{<<: [*a{0}, *a{0}], k{level}: x}}\n", level - 1);
    }
    for (text, code) in [(bomb, "E008"), (long, "E008"), (keys, "E011"), (merges, "E011")] {
        let folder = record(&text);
        let outcome = check(folder.path(), &[]);
        assert!(codes(&outcome).contains(&code), "{code}");
    }
}

#[test]
fn an_encoding_is_named() {
    let (bytes, _, _) =
        encoding_rs::EUC_KR.encode("profile:\n  name: 홍길동\n  role: 서버 개발자입니다\n");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("resume.yaml"), bytes).expect("written");
    let outcome = check(folder.path(), &[]);
    assert!(
        listed(&outcome).starts_with("2:9 error E009 the file is not UTF-8; it looks like CP949"),
        "{}",
        listed(&outcome)
    );
}

#[test]
fn one_run_reports_the_faults_of_all_files() {
    let folder = record("profile: {nmae: A}\n");
    fs::write(folder.path().join("posts.yaml"), "- {id: A, title: B, date: 2024}\n")
        .expect("written");
    fs::write(folder.path().join("awards.yaml"), "- title: \"B\n").expect("written");
    fs::create_dir(folder.path().join("projects")).expect("made");
    fs::write(folder.path().join("projects/a.yaml"), "name: A\nstart: 2024-13\nend: 2024\n")
        .expect("written");
    let outcome = check(folder.path(), &[]);
    let mut found = codes(&outcome);
    found.sort_unstable();
    assert_eq!(found, ["E001", "E011", "E012", "E015", "E017"], "{}", listed(&outcome));
}

#[test]
fn hangul_counts_double_under_the_excerpt() {
    let folder = record("profile: {이름: A, name: B}\n");
    let outcome = check(folder.path(), &[]);
    let human = resume::diagnostics::print_human(&outcome.diagnostics, &outcome.sources, false);
    let lines: Vec<&str> = human.lines().collect();
    let source = lines.iter().position(|line| line.contains("profile:")).expect("the excerpt");
    let column = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let before = lines[source].split("이름").next().expect("words before");
    let caret = lines[source + 1].split('^').next().expect("blanks before");
    assert_eq!(column(caret), column(before));
    assert_eq!(lines[source + 1].matches('^').count(), 4);
}

/// Texts with a mistake each, and the message of the YAML parser.
const PARSER: [(&str, &str); 22] = [
    ("a: \"b\nc: d\n", "invalid indentation in quoted scalar"),
    ("a: 'it's'\n", "invalid trailing content after double-quoted scalar"),
    ("a: \"\\q\"\n", "while parsing a quoted scalar, found unknown escape character"),
    ("a: \"\\xzz\"\n", "while parsing a quoted scalar, did not find expected hexadecimal number"),
    ("a: b\n\tc: d\n", "while scanning a plain scalar, found a tab"),
    ("a:\n\tb: c\n", "tabs disallowed within this context (block indentation)"),
    ("a:\tb\n", "':' must be followed by a valid YAML whitespace"),
    ("a: [x, y\nb: c\n", "illegal placement of ':' indicator"),
    ("a: {x: 1\nb: c\n", "while parsing a flow mapping, did not find expected ',' or '}'"),
    ("a: ]\n", "misplaced bracket"),
    ("a: b: c\n", "mapping values are not allowed in this context"),
    ("a: 1\nb\nc: d\n", "simple key expect ':'"),
    ("a: @x\n", "unexpected character: `@'"),
    ("a: *x\n", "while parsing node, found unknown anchor"),
    ("a: - b\n", "block sequence entries are not allowed in this context"),
    ("a: |0\n  b\n", "while scanning a block scalar, found an indentation indicator equal to 0"),
    ("a: |\n     \n  b\n", "wrongly indented line in block scalar"),
    ("a: !x!y z\n", "the handle wasn't declared"),
    ("a: b # c\n  d\n", "comment intercepting the multiline text"),
    ("a: ,\n", "while parsing a node, did not find expected node content"),
    ("a: b\n- c\n", "while parsing a block mapping, did not find expected key"),
    ("[", "recursion limit exceeded"),
];

/// Mistakes in YAML are recognised by the parser's messages; this test fails if a version changes
/// them.
#[test]
fn the_parser_still_has_the_messages_that_mistakes_are_recognised_by() {
    for (text, words) in PARSER {
        let text = if words.starts_with("recursion") { text.repeat(100_000) } else { text.into() };
        let error = saphyr_parser::Parser::new_from_str(&text).find_map(Result::err);
        assert_eq!(error.as_ref().map(saphyr_parser::ScanError::info), Some(words), "{text:.40}");
    }
    let asked = regex::Regex::new("(?:words|info\\(\\))\\.contains").unwrap();
    let literal = regex::Regex::new("\"([^\"]+)\"").unwrap();
    let mut found = 0;
    for file in ["syntax.rs", "tree.rs"] {
        let code = fs::read_to_string(root().join("src/record/yaml").join(file)).expect("read");
        for line in code.lines().filter(|line| asked.is_match(line)) {
            for part in literal.captures_iter(line) {
                let reported = PARSER.iter().any(|(_, words)| words.contains(&part[1]));
                assert!(
                    reported,
                    "{file} asks for `{}`, which no text above makes the parser say",
                    &part[1]
                );
                found += 1;
            }
        }
    }
    assert!(found > 20, "only {found} parts of messages are asked for");
}
