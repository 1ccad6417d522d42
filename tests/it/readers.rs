//! Programs that read résumés: the text that they extract is complete and in order.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::support::data::{get, list, plain, quoted, say, sources, text, yaml};
use crate::support::printed::{LANGUAGES, all, printed};
use crate::support::program::resume;
use crate::support::readers::{Texts, texts};
use crate::support::words::{sentence, squash};

/// What all readers read of all documents, in the order of [`all`].
fn everything() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        let files: Vec<&Path> = all().map(|document| document.file.as_path()).collect();
        texts(&files)
    });
    &TEXTS
}

/// The text of one document, by reader.
fn read(format: &str, language: &str) -> BTreeMap<&'static str, &'static str> {
    let at = all().position(|one| one.format == format && one.language == language).unwrap();
    let texts = everything().iter();
    texts.map(|(reader, texts)| (reader.as_str(), texts[at].as_str())).collect()
}

/// A day, month or year as the résumé prints it: to the month.
fn month(date: &str) -> String {
    date.split('-').take(2).collect::<Vec<_>>().join(".")
}

#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn every_reader_finds_who_it_is_and_how_to_reach_them() {
    let profile = yaml("profile");
    for language in LANGUAGES {
        let texts = read("one-page", language);
        for (reader, text_read) in texts {
            let squashed = squash(text_read);
            let mut at = 0;
            let url = |url: String| {
                url.trim_start_matches("https://")
                    .trim_start_matches("www.")
                    .trim_end_matches('/')
                    .to_owned()
            };
            let fields = ["name", "role", "email", "phone", "location"];
            let wanted = fields.iter().filter_map(|field| text(&profile, field, language));
            let site = plain(&profile, "url").map(url);
            let links =
                list(&profile, "links").iter().filter_map(|link| plain(link, "url").map(url));
            for wanted in wanted.chain(site).chain(links) {
                let found = squashed[at..].find(&squash(&quoted(&wanted)));
                let found = found.unwrap_or_else(|| {
                    panic!("{reader} ({language}): no `{wanted}` in order in {text_read}")
                });
                at += found;
            }
            // An address that is cut by a space is no address.
            let email = plain(&profile, "email").unwrap();
            assert!(
                text_read.split_whitespace().any(|word| word == email),
                "{reader}: `{email}` is cut"
            );
        }
    }
}

/// Employers in the order of the page, each with its role, and its dates on the same line or next
/// to it.
#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn every_reader_finds_employers_with_their_dates() {
    let career = yaml("career");
    for language in LANGUAGES {
        let texts = read("one-page", language);
        for (reader, text_read) in texts {
            let lines: Vec<String> =
                text_read.lines().map(squash).filter(|line| !line.is_empty()).collect();
            let mut after = 0;
            for employer in career.as_sequence().unwrap() {
                let name = squash(&quoted(&text(employer, "organization", language).unwrap()));
                for position in list(employer, "positions") {
                    let title = squash(&quoted(&text(position, "title", language).unwrap()));
                    let [start, end] =
                        ["start", "end"].map(|key| month(&plain(position, key).unwrap()));
                    let dates = if start == end { start } else { format!("{start}–{end}") };
                    let at =
                        lines.iter().position(|line| line.contains(&name) && line.contains(&title));
                    let at = at.unwrap_or_else(|| {
                        panic!(
                            "{reader} ({language}): no line with `{name}` and `{title}`:\n{text_read}"
                        )
                    });
                    let near = &lines[at.saturating_sub(1)..(at + 2).min(lines.len())];
                    assert!(
                        near.iter().any(|line| line.contains(&dates)),
                        "{reader} ({language}): `{dates}` is not beside `{name}`: {near:?}"
                    );
                    if get(employer, "kind").is_none() {
                        assert!(at >= after, "{reader} ({language}): `{name}` is out of order");
                        after = at;
                    }
                }
            }
        }
    }
}

#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn every_reader_finds_the_skills_whole_and_in_order() {
    let skills = yaml("skills");
    for language in LANGUAGES {
        let (texts, pages) = (read("one-page", language), printed("one-page", language).pages());
        let page = squash(&sentence(&pages[0].body));
        let chosen = resume(["tailor", "--lang", language, "--message-format", "json"]).exits(0);
        let chosen: serde_json::Value = serde_json::from_slice(&chosen.stdout).unwrap();
        let entries = chosen["entries"].as_array().unwrap().iter();
        let entries =
            entries.filter(|entry| entry["section"] == "skills" && entry["shown"] == true);
        let chosen: Vec<&str> = entries.map(|entry| entry["name"].as_str().unwrap()).collect();
        let shown: Vec<String> = skills
            .as_sequence()
            .unwrap()
            .iter()
            .map(|group| {
                let names = list(group, "skills").iter();
                let names = names
                    .filter_map(|one| text(one, "name", language).or_else(|| say(one, language)))
                    .filter(|name| chosen.contains(&name.as_str()));
                squash(&quoted(&names.collect::<Vec<_>>().join(",")))
            })
            .filter(|skills| !skills.is_empty())
            .collect();
        assert!(shown.len() >= 3, "{language}: {} groups of skills", shown.len());
        assert!(shown.iter().all(|skills| page.contains(skills)), "{language}: {shown:?}");
        for (reader, text_read) in texts {
            let squashed = squash(text_read);
            for skills in &shown {
                assert!(
                    squashed.contains(skills),
                    "{reader} ({language}): `{skills}` is torn:\n{text_read}"
                );
            }
        }
    }
}

#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn no_reader_gets_private_characters_or_ligatures() {
    let texts = everything();
    for (reader, texts) in texts {
        for (text, document) in texts.iter().zip(all()) {
            let odd = text.chars().find(|c| {
                matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fb00}'..='\u{fb06}' | '\u{fffd}' | '\u{ad}' | '\u{2060}' | '\u{200b}' | '\0' | '\u{2}')
            });
            assert_eq!(odd, None, "{reader} on {}", document.name());
        }
    }
}

/// Code of the record's prose: extractors may put spaces around another font.
fn code() -> HashSet<String> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new("`([^`\n]+)`").unwrap());
    let sources = sources();
    let spans = sources.iter().flat_map(|(_, source)| CODE.captures_iter(source));
    spans
        .flat_map(|span| span[1].split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Every word of a page is whole in the text of every reader, as often.
#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn no_reader_breaks_a_word() {
    let code = code();
    for document in all() {
        let pages = document.pages();
        let read = read(document.format, document.language);
        let words: Vec<&str> =
            pages.iter().flat_map(|page| &page.body).map(|word| word.text.as_str()).collect();
        let printed = words.join(" ");
        let is_code =
            |word: &str| code.iter().any(|code| word.contains(code.as_str()) && code.len() > 2);
        let distinct: HashSet<&str> = words
            .iter()
            .copied()
            .filter(|word| word.chars().count() > 1 && !is_code(word))
            .collect();
        assert!(distinct.len() > 150, "{}: {} words", document.name(), distinct.len());
        for (reader, text_read) in read {
            let text_read = text_read.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut broken: Vec<&str> = distinct
                .iter()
                .copied()
                .filter(|word| text_read.matches(word).count() < printed.matches(word).count())
                .collect();
            broken.sort_unstable();
            assert!(broken.is_empty(), "{reader} breaks words of {}: {broken:?}", document.name());
        }
    }
}

/// The comparison notices a text without one of the words.
#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn the_readers_read_all_of_a_page() {
    let texts = read("one-page", LANGUAGES[0]);
    let words = printed("one-page", LANGUAGES[0]).pages()[0].body.len();
    for (reader, text_read) in texts {
        let read = text_read.split_whitespace().count();
        assert!(read * 10 >= words * 9, "{reader} reads {read} of {words} words");
    }
}
