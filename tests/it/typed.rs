//! What a person types is what everybody reads: short texts of all kinds, made by the thousand, are the
//! same in the PDF, as plain text and as Markdown.

use std::fs;
use std::path::Path;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use regex::Regex;
use serde_json::json;
use tempfile::TempDir;

use crate::support::program::{folder, resume_in};
use crate::support::readers::texts;
use crate::support::words::squash;

/// Numbers that are the same on every machine and in every run (Marsaglia's xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).expect("a small number")
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// How many texts are made; the variable `TYPED_TEXTS` asks for more.
const COUNT: usize = 10_000;
/// How many of them are in a record.
const OF_RECORD: usize = 5_000;

/// What texts begin with that CommonMark would take for a block.
const BEGINNINGS: &[&str] = &[
    ">", ">=", "> ", ">= ", "+", "+ ", "-", "- ", "#", "# ", "## ", "* ", "10) ", "1. ", "2019. ",
    "2019.", "| ", "|", "    ", "= ", "~", "~ ", ": ", "[1] ", "[x] ", "- [ ] ", "<= ", "< ",
    "--- ",
];
/// Signs between figures and words.
const SIGNS: &[&str] = &[
    "~", "-", "/", "+", "=", "×", "–", ":", ".", ",", "^", "->", "<-", "=>", "-->", "<->", " x ",
    "→", " ~ ", " * ", " - ", " > ", " >= ", " < ", " | ", " # ", " + ", " = ", " & ", "&", "·",
    "%~", "+~", "@", " @ ", "%p ",
];
/// Signs that are Markdown unless they stand between figures or letters.
const INNER: &[&str] = &["**", "*", "~~", "_", "__"];
const UNITS: &[&str] = &[
    "", "ms", "초", "%", " %", "GB", "억 원", "명", "개월", "배", " TB/s", "°C", "k", "+", "x",
    "h", "\"", "'", "$", "₩", "차", "시간'",
];
const WORDS: &[&str] = &[
    "응답",
    "단축",
    "서버를",
    "개선하여",
    "Kubernetes",
    "GPUs",
    "latency",
    "snake_case",
    "Split __init__.py in two",
    "an_id",
    "C++",
    "C#",
    "F#",
    "R&D",
    "Node.js",
    "at",
    "에서",
    "까지",
    "(전년 대비)",
    "[신규]",
    "v2.0",
    "O(n*log n)",
    "$5M",
    "USD $3",
    "don't",
    "team's",
    "a/b",
    "f(x)*g",
    "@name",
    "#1",
    "50%↑",
    "이용자·고객",
    "x^2",
    "{id}",
    "10!",
    "e.g.",
    "<3",
    "a<b",
    "~50%",
    "가*나*다",
    "①",
    "…",
    "--flag",
    "key=value",
    "A|B",
    "::",
    "\\o/",
    "$HOME",
    "~/.bashrc",
    "clients'",
    "\"안녕\"이라고",
    "\"fast path\"",
    "'2배'",
    "'24",
];

const ADDRESSES: &[&str] = &[
    "user@example.org",
    "example.org",
    "https://example.org/~a/2*4?b=c_d#e",
    "https://example.org/a에서",
    "www.example.org/a_b",
];

/// A short text of figures, ranges, units, words, addresses and quotations.
fn short(random: &mut Random) -> String {
    let mut text = String::new();
    if random.below(3) == 0 {
        text += random.of(BEGINNINGS);
    }
    for at in 0..2 + random.below(3) {
        if at > 0 {
            text += " ";
        }
        if random.below(12) == 0 {
            text += random.of(ADDRESSES);
            continue;
        }
        if random.below(2) == 0 {
            text += random.of(WORDS);
            if random.below(4) == 0 {
                text += random.of(SIGNS);
                text += random.of(WORDS);
            }
            continue;
        }
        for at in 0..1 + random.below(3) {
            if at > 0 {
                // Bold may begin after Hangul: `결과**강조**`.
                let inner = match text.chars().next_back() {
                    Some(c) if c.is_ascii_alphanumeric() => INNER,
                    Some(c) if c.is_alphanumeric() => &INNER[1..],
                    _ => SIGNS,
                };
                let signs = if random.below(2) == 0 { inner } else { SIGNS };
                text += random.of(signs);
            }
            text += random.of(&["1", "2.5", "100", "2024", "1,000", "0"]);
            text += random.of(UNITS);
        }
    }
    text
}

/// A text without blanks, its quotation marks straight: those are Markdown's only change to it.
fn plain(text: &str) -> String {
    squash(text).replace(['“', '”'], "\"").replace(['‘', '’'], "'")
}

/// The texts that stand between marks in what a program reads.
fn between(text: &str) -> Vec<String> {
    let mark = Regex::new(r"Q\d+Q").unwrap();
    mark.split(text).skip(1).map(str::to_owned).collect()
}

/// The words of Markdown as other programs read it: CommonMark with GitHub's extensions.
fn words(markdown: &str) -> String {
    let mut options = Options::default();
    let on = &mut options.extension;
    (on.strikethrough, on.table, on.autolink) = (true, true, true);
    (on.tasklist, on.footnotes, on.alerts) = (true, true, true);
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    let words = root.descendants().map(|node| match &node.data().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::HtmlInline(html) => html.clone(),
        NodeValue::SoftBreak | NodeValue::LineBreak => " ".to_owned(),
        NodeValue::Document
        | NodeValue::Heading(_)
        | NodeValue::Paragraph
        | NodeValue::List(_)
        | NodeValue::Item(_)
        | NodeValue::Link(_) => String::new(),
        // Emphasis, code and all other kinds of blocks, which nobody typed.
        other => format!("{other:?}"),
    });
    words.collect()
}

/// The record of some texts as highlights, and the folder it is in.
fn record(typed: &[String], language: &str) -> TempDir {
    let mut record = format!(
        "site: {{languages: [{language}], date: 2024-01-01}}\nprofile: {{name: Name Surname}}\n\
         formats: {{full: {{footer: false}}}}\ncareer:\n"
    );
    for (station, texts) in typed.chunks(100).enumerate() {
        record += &format!(
            "  - id: s{station}\n    organization: Q\n    positions: [{{title: Q, start: 2020, end: 2021}}]\n    \
             highlights:\n"
        );
        for (at, text) in texts.iter().enumerate() {
            record += &format!("      - Q{}Q\n      - {}\n", station * 100 + at, json!(text));
        }
        record += "      - Q0Q\n";
    }
    folder(&[("data/resume.yaml", &record)])
}

/// The record of some texts as titles of positions, roles of projects and skills, in turns.
fn phrases(typed: &[String]) -> TempDir {
    let marked = |(at, text): (usize, &String)| json!(format!("Q{at}Q{text}Q{at}Q")).to_string();
    let all: Vec<String> = typed.iter().enumerate().map(marked).collect();
    let (titles, rest) = all.split_at(all.len() / 3);
    let (roles, skills) = rest.split_at(all.len() / 3);
    let titles =
        titles.iter().map(|it| format!("      - {{title: {it}, start: 2020, end: 2021}}\n"));
    let roles = roles.iter().enumerate().map(|(at, it)| {
        format!("  - {{id: p{at}, name: P, start: 2020, end: 2021, role: {it}}}\n")
    });
    let skills = skills.iter().map(|it| format!("      - {it}\n"));
    let record = format!(
        "site: {{languages: [ko], date: 2024-01-01}}\nprofile: {{name: Name Surname}}\n\
         formats: {{full: {{footer: false}}}}\ncareer:\n  - id: s\n    organization: O\n    positions:\n{}\
         projects:\n{}skills:\n  - name: G\n    skills:\n{}",
        titles.collect::<String>(),
        roles.collect::<String>(),
        skills.collect::<String>()
    );
    folder(&[("data/resume.yaml", &record)])
}

/// The texts between two marks of their own in what a program reads, in the order that they were typed in.
fn enclosed(text: &str, count: usize) -> Vec<String> {
    // A text may begin on one page and end on the next, behind the number of the first.
    let foot = Regex::new(r"(?m)^\s*\d{1,3}\s*\x0c").unwrap();
    let text = squash(&foot.replace_all(text, ""));
    let found = (0..count).map(|at| {
        let mark = format!("Q{at}Q");
        let (_, rest) = text.split_once(&mark).unwrap_or_default();
        rest.split_once(&mark).unwrap_or_default().0.to_owned()
    });
    found.collect()
}

/// What differs between what was typed and what was read.
#[track_caller]
fn compare(reader: &str, typed: &[String], read: &[String]) {
    // After the last text of each station there is a mark, and then the next station.
    let read: Vec<&String> =
        read.chunks(101).flat_map(|station| &station[..station.len() - 1]).collect();
    compare_all(reader, typed, &read);
}

/// The same without marks between stations.
#[track_caller]
fn compare_all(reader: &str, typed: &[String], read: &[&String]) {
    assert_eq!(read.len(), typed.len(), "{reader}");
    // Where a page ends there are its number and the title of the chapter, too, and beside a station its years.
    let foot = Regex::new(r"^(\d{1,3}|경력|Experience|2020–2021|•|●)*$").unwrap();
    let differ = typed.iter().zip(read).filter(|(typed, read)| {
        let (typed, read) = (plain(typed), plain(read));
        !read.contains(&typed) || !foot.is_match(&read.replacen(&typed, "", 1))
    });
    let differ: Vec<_> = differ.collect();
    assert!(
        differ.is_empty(),
        "{reader}: {} differ: {:#?}",
        differ.len(),
        &differ[..differ.len().min(20)]
    );
}

fn typed() -> Vec<String> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let asked = std::env::var("TYPED_TEXTS").map(|many| many.parse().expect("a number"));
    (0..asked.unwrap_or(COUNT)).map(|_| short(&mut random)).collect()
}

/// Calls back with some of the texts and the folder of their record, in each language in turns.
fn each_record(look: impl Fn(&[String], &Path)) {
    for (typed, language) in typed().chunks(OF_RECORD).zip(["ko", "en"].into_iter().cycle()) {
        look(typed, record(typed, language).path());
    }
}

#[test]
fn short_texts_are_typed_as_text_and_markdown() {
    each_record(|typed, folder| {
        let arguments = ["render", "-q", "--format", "full", "--as", "txt,md", "-o", "out"];
        resume_in(folder, arguments, &[]).exits(0);
        let read = |name: &str| fs::read_to_string(folder.join("out").join(name)).unwrap();
        let text = read("full.txt").replace("\n- ", "\n");
        compare("text", typed, &between(&text));
        compare("Markdown", typed, &between(&words(&read("full.md"))));
    });
}

#[test]
#[ignore = "needs the readers that `tests/readers/install` installs"]
fn short_texts_are_typed_as_every_reader_of_pdf_reads_them() {
    each_record(|typed, folder| {
        let file = folder.join("a.pdf");
        resume_in(folder, ["render", "-q", "--format", "full", "-o", "a.pdf"], &[]).exits(0);
        for (reader, read) in texts(&[&file]) {
            compare(&reader, typed, &between(&read[0]));
        }
    });
}

/// Texts that are typed as titles, roles and skills. What they would be at the beginning of a line is
/// tested with highlights. A line may end between a hyphen and an address, and PDFium takes it for hyphenation.
fn typed_phrases() -> Vec<String> {
    let fits = |text: &String| !text.starts_with(' ') && !text.contains("-http");
    typed().into_iter().filter(fits).take(900).collect()
}

#[test]
fn titles_roles_and_skills_are_typed_as_text_and_markdown() {
    let typed = typed_phrases();
    let record = phrases(&typed);
    let arguments = ["render", "-q", "--format", "full", "--as", "txt,md", "-o", "out"];
    resume_in(record.path(), arguments, &[]).exits(0);
    let read = |name: &str| fs::read_to_string(record.path().join("out").join(name)).unwrap();
    for (kind, text) in [("text", read("full.txt")), ("Markdown", words(&read("full.md")))] {
        let read = enclosed(&text, typed.len());
        compare_all(kind, &typed, &read.iter().collect::<Vec<_>>());
    }
}

#[test]
#[ignore = "needs the readers that `tests/readers/install` installs"]
fn titles_roles_and_skills_are_typed_as_every_reader_of_pdf_reads_them() {
    let typed = typed_phrases();
    let record = phrases(&typed);
    let file = record.path().join("a.pdf");
    resume_in(record.path(), ["render", "-q", "--format", "full", "-o", "a.pdf"], &[]).exits(0);
    for (reader, read) in texts(&[&file]) {
        let read = enclosed(&read[0], typed.len());
        compare_all(&reader, &typed, &read.iter().collect::<Vec<_>>());
    }
}
