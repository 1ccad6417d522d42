//! Dates, durations and the words of a document's own language.

use regex::Regex;

use crate::support::data::{items, plain, projects, text, yaml};
use crate::support::printed::{LANGUAGES, Printed, all, printed};
use crate::support::words::{sentence, squash};

/// Durations of the projects, counted by hand on a calendar: months, both ends included.
const DURATIONS: [(&str, &str, &str); 8] = [
    ("llm-nutrition-coach", "5개월", "5 months"), // 1 June to 8 November: 5 months, 8 of 30 days
    ("llm-docs-search", "2개월", "2 months"),
    ("vision-and-alpr", "2년", "2 years"), // 24 months to the day
    ("naimy", "4개월", "4 months"),
    ("x-ray", "7개월", "7 months"),
    ("newspaper-pdf", "6개월", "6 months"),
    ("rl-sim", "9개월", "9 months"),
    ("ptais", "8개월", "8 months"), // 1 April to 1 December: 8 months and a day
];

/// All words of a document's bodies.
fn body(document: &Printed) -> String {
    sentence(document.pages().iter().flat_map(|page| &page.body))
}

/// `2024-06-01` as it is printed.
fn dotted(date: &str) -> String {
    date.replace('-', ".")
}

#[test]
#[ignore = "needs poppler"]
fn cards_have_the_days_of_the_data_and_calendar_months() {
    for (format, language) in ["full", "portfolio"].iter().flat_map(|f| LANGUAGES.map(|l| (*f, l)))
    {
        let document = printed(format, language);
        let body = body(document);
        let all = projects();
        assert_eq!(all.len(), DURATIONS.len());
        for (id, ko, en) in DURATIONS {
            let project = &all.iter().find(|project| project.id == id).unwrap().yaml;
            let day = |key: &str| dotted(&plain(project, key).unwrap());
            let duration = if language == "ko" { ko } else { en };
            let wanted = format!("{} – {} · {duration}", day("start"), day("end"));
            assert!(body.contains(&wanted), "{}: no `{wanted}`", document.name());
        }
    }
}

/// The two dates that a time zone once moved by a day, as they are printed.
#[test]
#[ignore = "needs poppler"]
fn dates_are_not_shifted() {
    let body = body(printed("portfolio", "ko"));
    for period in ["2023.11.01 – 2024.02.29", "2024.06.01 – 2024.11.08", "2022.03.01 – 2024.02.29"]
    {
        assert!(body.contains(period), "no `{period}`");
    }
    assert!(!body.contains("10.31") && !body.contains("02.28"), "{body}");
}

#[test]
#[ignore = "needs poppler"]
fn employers_have_their_periods() {
    for language in LANGUAGES {
        let document = printed("one-page", language);
        let body = body(document);
        let durations = if language == "ko" {
            ["9개월", "3년", "3년"]
        } else {
            ["9 months", "3 years", "3 years"]
        };
        let career = yaml("career");
        for (employer, duration) in career.as_sequence().unwrap().iter().zip(durations) {
            let position = &employer["positions"][0];
            let day = |key: &str| dotted(&plain(position, key).unwrap());
            let stated =
                text(position, "duration", language).unwrap_or_else(|| duration.to_owned());
            // An employer that takes one line has its duration after its name.
            let wanted = squash(&format!("{} – {}", day("start"), day("end")));
            let (body, stated) = (squash(&body), squash(&stated));
            let rest = body.split_once(&wanted).map(|(_, rest)| rest);
            let rest = rest.unwrap_or_else(|| panic!("{}: no `{wanted}`", document.name()));
            let line: String = rest.chars().take(80).collect();
            assert!(line.contains(&stated), "{}: no `{stated}` in `{line}`", document.name());
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn articles_have_their_day_and_reading_time() {
    for language in LANGUAGES {
        let document = printed("full", language);
        let body = body(document);
        let minutes = if language == "ko" { r"\d+분" } else { r"\d+ min" };
        let author = text(&yaml("profile"), "name", language).unwrap();
        let articles = items("articles");
        for (id, article) in &articles {
            let title = text(article, "title", language).unwrap();
            let date = plain(article, "date").map_or(String::new(), |date| dotted(&date) + " · ");
            let stated = plain(article, "reading-minutes")
                .map_or_else(|| minutes.to_owned(), |count| minutes.replace(r"\d+", &count));
            let wanted = format!(
                "{} {}{stated} · {}",
                regex::escape(&title),
                regex::escape(&date),
                regex::escape(&author)
            );
            let found = Regex::new(&wanted).unwrap().is_match(&body);
            assert!(found, "{}: `{id}` has no line like `{wanted}`", document.name());
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn a_document_is_in_its_own_language() {
    let american = Regex::new(r"\b\d{1,2}/\d{1,2}/\d{4}\b").unwrap();
    let english = Regex::new(
        r"\b(?:Home|min|mins|Contents|Table of Contents|Translations?|Importance|[Pp]resent|January|February|March|April|June|July|August|September|October|November|December|\d+(?:\.\d+)? ?(?:[Mm]onths?|[Yy]ears?))\b",
    ).unwrap();
    for document in all() {
        let body = body(document);
        let name = document.name();
        assert_eq!(american.find(&body).map(|found| found.as_str()), None, "{name}");
        let wanted: &[&str] = match (document.language, document.format) {
            ("ko", "full") => &["목차", "홈", "번역:", "중요도"],
            ("ko", "one-page" | "cv") => &["경력", "학력", "기술"],
            ("ko", _) => &["프로젝트 포트폴리오", "성과"],
            (_, "full") => &["Contents", "Home", "min", "Importance"],
            (_, "one-page" | "cv") => &["Experience", "Education", "Skills"],
            (..) => &["Project portfolio", "Outcome"],
        };
        for word in wanted {
            assert!(body.contains(word), "{name}: no `{word}`");
        }
        if document.language == "ko" {
            assert_eq!(english.find(&body).map(|found| found.as_str()), None, "{name}");
        } else {
            // The manual prints Korean prose where no English is written; its own words are English.
            for word in ["목차", "번역", "중요도", "성과 ", "개월", "현재"] {
                let own = document.format == "full" && ["성과 ", "현재", "개월"].contains(&word);
                assert!(own || !body.contains(word), "{name}: `{word}`");
            }
        }
    }
}

/// English is complete in the documents for applications.
#[test]
#[ignore = "needs poppler"]
fn the_english_resume_and_portfolio_hold_no_hangul() {
    for format in ["one-page", "portfolio"] {
        let document = printed(format, "en");
        let pages = document.pages();
        let words =
            pages.iter().flat_map(|page| page.head.iter().chain(&page.body).chain(&page.foot));
        let hangul: Vec<&str> = words
            .map(|word| word.text.as_str())
            .filter(|word| word.chars().any(|c| ('가'..='힣').contains(&c)))
            .collect();
        assert!(hangul.is_empty(), "{}: {hangul:?}", document.name());
    }
}
