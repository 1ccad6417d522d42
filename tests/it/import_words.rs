//! Files of every format with random words: an import loses none of them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use saphyr::{LoadableYamlNode as _, ScalarOwned, YamlOwned};
use serde_json::Value;

use crate::support::imports::{archive, counted, fixture, letters, values, written};
use crate::support::program::resume_in;
use crate::support::record::{check, listed};

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// A file of a format with other words, fewer fields, more entries, values of other types.
fn varied(value: &Value, numbers: &mut Numbers) -> Value {
    match value {
        Value::String(text) => match numbers.below(12) {
            0 => Value::from(numbers.below(3000)),
            1 => Value::Null,
            2 => serde_json::json!([text, format!("word{}", numbers.below(1_000_000))]),
            3 => serde_json::json!({ "inner": format!("word{}", numbers.below(1_000_000)) }),
            4..=7 => text.as_str().into(),
            8 => format!("#word{}: {}", numbers.below(1_000_000), text).into(),
            9 => format!("word{}\n\n- second {}\n  third", numbers.below(1_000_000), text).into(),
            _ => format!("<b>word{}</b> *x* & - '\"%@`", numbers.below(1_000_000)).into(),
        },
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| varied(item, numbers)).collect();
            if let Some(first) = items.first().cloned().filter(|_| numbers.below(3) == 0) {
                items.push(varied(&first, numbers));
            }
            Value::Array(items)
        }
        Value::Object(entries) => {
            let mut kept = serde_json::Map::new();
            for (key, value) in entries {
                if numbers.below(8) > 0 {
                    kept.insert(key.clone(), varied(value, numbers));
                }
            }
            if numbers.below(6) == 0 {
                kept.insert(
                    format!("key{}", numbers.below(1000)),
                    format!("word{}", numbers.below(1_000_000)).into(),
                );
            }
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

/// A file of `tests/import/` as JSON.
fn as_json(name: &str) -> Value {
    fn convert(node: &YamlOwned) -> Value {
        match node {
            YamlOwned::Value(ScalarOwned::Null) => Value::Null,
            YamlOwned::Value(ScalarOwned::Boolean(value)) => (*value).into(),
            YamlOwned::Value(ScalarOwned::Integer(value)) => (*value).into(),
            YamlOwned::Value(ScalarOwned::FloatingPoint(value)) => value.into_inner().into(),
            YamlOwned::Value(ScalarOwned::String(value)) => value.as_str().into(),
            YamlOwned::Sequence(items) => items.iter().map(convert).collect(),
            YamlOwned::Mapping(map) => {
                let entries = map
                    .iter()
                    .map(|(key, value)| (key.as_str().expect("a text").to_owned(), convert(value)));
                Value::Object(entries.collect())
            }
            other => panic!("{other:?}"),
        }
    }
    let text = fs::read_to_string(fixture(name)).expect("UTF-8");
    convert(&YamlOwned::load_from_str(&text).expect("YAML")[0])
}

#[test]
fn no_word_of_any_file_is_lost() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for name in ["jsonresume.json", "rendercv.yaml", "yamlresume.yaml"] {
        let (whole, word) = (as_json(name), name.split('.').next().expect("a name"));
        for round in 0..40 {
            let value = varied(&whole, &mut numbers);
            let folder = tempfile::tempdir().expect("a folder");
            let text = format!("{value:#}");
            fs::write(folder.path().join("cv.json"), &text).expect("written");
            let words =
                ["import", "cv.json", "--from", word, "--lang", "en", "--message-format", "json"];
            let run = resume_in(folder.path(), words, &[]).exits(0);
            let account: Value = serde_json::from_slice(&run.stdout).expect("JSON");
            let counted = counted(&account);
            let values = values(&text);
            assert_eq!(counted, values.len() as u64, "{name} {round}: {text}\n{account:#}");
            let found = written(folder.path());
            // Words stand there as they are; signs may have become markup.
            for value in values.iter().flat_map(|value| value.split_whitespace()) {
                let numbered =
                    value.find("word").map(|at| &value[at..]).filter(|word| word.len() > 4);
                let Some(value) = numbered else { continue };
                let end = value[4..]
                    .find(|c: char| !c.is_ascii_digit())
                    .map_or(value.len(), |end| end + 4);
                assert!(
                    found.contains(&value[..end]),
                    "{name} {round}: no `{value}` in\n{found}\nof\n{text}"
                );
            }
            let kept: String = letters(&found);
            for value in values.iter().filter(|value| {
                value.len() < 60
                    && !value.contains(|c: char| c.is_ascii_digit() || "<-:".contains(c))
            }) {
                assert!(
                    kept.contains(&letters(value)),
                    "{name} {round}: no `{value}` in\n{found}\nof\n{text}"
                );
            }
            let read = resume_in(folder.path(), ["data", "--quiet"], &[]);
            assert_eq!(read.status, Some(0), "{name} {round}: {}\n{found}", read.stderr);
            let outcome = check(&folder.path().join("data"), &[]);
            assert!(
                !listed(&outcome).contains(" error "),
                "{name} {round}: {}\n{found}",
                listed(&outcome)
            );
        }
    }
}

/// Imports a file of random words, and looks for each of them.
#[track_caller]
fn keeps(name: &str, bytes: &[u8], words: &[String]) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    resume_in(folder.path(), ["import", name, "--lang", "en"], &[]).exits(0);
    let found = written(folder.path());
    for word in words {
        assert!(
            found.contains(word),
            "no `{word}` in\n{found}\nof\n{}",
            String::from_utf8_lossy(bytes)
        );
    }
    let outcome = check(Path::new(&folder.path().join("data")), &[]);
    assert!(!listed(&outcome).contains(" error "), "{}\n{found}", listed(&outcome));
}

/// A word that no other is the beginning of.
fn word(numbers: &mut Numbers, words: &mut Vec<String>) -> String {
    let word = format!("word{}x{}e", numbers.below(1_000_000), words.len());
    words.push(word.clone());
    word
}

#[test]
fn no_word_of_a_bibliography_is_lost() {
    const FIELDS: [&str; 16] = [
        "title",
        "author",
        "editor",
        "journal",
        "booktitle",
        "publisher",
        "year",
        "month",
        "pages",
        "volume",
        "number",
        "doi",
        "url",
        "abstract",
        "note",
        "keywords",
    ];
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for _ in 0..30 {
        let (mut text, mut words) = (String::new(), Vec::new());
        for _ in 0..=numbers.below(4) {
            let kind = ["article", "book", "inproceedings", "misc"][numbers.below(4) as usize];
            let _ = writeln!(text, "@{kind}{{{},", word(&mut numbers, &mut words));
            for field in FIELDS {
                if numbers.below(3) == 0 {
                    continue;
                }
                let own = word(&mut numbers, &mut words);
                let value = match numbers.below(6) {
                    0 => format!("{{{own}}} and {{{}}}", word(&mut numbers, &mut words)),
                    1 => format!("\\emph{{{own}}} \\& more"),
                    2 => format!("{own}, {}", word(&mut numbers, &mut words)),
                    3 => format!("https://example.org/{own}"),
                    _ => own,
                };
                let _ = writeln!(text, "  {field} = {{{value}}},");
            }
            text += "}\n\n";
        }
        keeps("papers.bib", text.as_bytes(), &words);
    }
}

#[test]
fn no_word_of_linkedin_s_tables_is_lost() {
    const TABLES: [(&str, &[&str]); 12] = [
        (
            "Profile",
            &["First Name", "Last Name", "Headline", "Summary", "Industry", "Geo Location"],
        ),
        (
            "Positions",
            &["Company Name", "Title", "Description", "Location", "Started On", "Finished On"],
        ),
        (
            "Education",
            &["School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"],
        ),
        ("Skills", &["Name"]),
        ("Certifications", &["Name", "Url", "Authority", "Started On", "License Number"]),
        ("Languages", &["Name", "Proficiency"]),
        ("Projects", &["Title", "Description", "Url", "Started On", "Finished On"]),
        ("Publications", &["Name", "Published On", "Description", "Publisher", "Url"]),
        ("Honors", &["Title", "Description", "Issued On"]),
        ("Volunteering", &["Company Name", "Role", "Cause", "Started On", "Description"]),
        ("Recommendations_Received", &["First Name", "Last Name", "Company", "Text", "Status"]),
        ("Courses", &["Name", "Number", "A column of its own"]),
    ];
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..30 {
        let (mut files, mut words) = (Vec::new(), Vec::new());
        for (name, columns) in TABLES {
            if name != "Profile" && numbers.below(4) == 0 {
                continue;
            }
            let mut table = columns.join(",") + "\n";
            for _ in 0..=numbers.below(3) {
                let cells = columns.iter().map(|_| match numbers.below(8) {
                    0 => String::new(),
                    1 => "Jan 2020".to_owned(),
                    2 => format!(
                        "\"{}\n- {}\"",
                        word(&mut numbers, &mut words),
                        word(&mut numbers, &mut words)
                    ),
                    3 => format!("\"{}, <b>bold</b>\"", word(&mut numbers, &mut words)),
                    4 => format!("https://example.org/{}", word(&mut numbers, &mut words)),
                    _ => word(&mut numbers, &mut words),
                });
                table += &(cells.collect::<Vec<_>>().join(",") + "\n");
            }
            files.push((format!("{name}.csv"), table));
        }
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, table)| (name.as_str(), table.as_bytes())).collect();
        keeps("export.zip", &archive(&files), &words);
    }
}
