//! Addresses and telephone numbers of any record: what a program follows and what a person reads.

use std::path::Path;

use crate::support::pdf::{Pdf, Target};
use crate::support::program::{folder, resume};
use crate::support::readers::reader;
use crate::support::record::{check, listed, record};

const LINKS: &str = "\
site: {date: 2025-06-30, languages: [en]}
profile:
  name: Name Surname
  email: name@example.org
  phone: +44 (0)20 7946 0018 ext. 42
  url: https://müller.example/größe
  links:
    - {network: One, url: \"https://www.example.org/in/%EA%B0%80%EB%82%98%EB%8B%A4-42/\"}
    - {network: Two, url: \"https://example.com/위키/서울\"}
projects:
  - id: a
    name: A
    start: 2020
    end: 2021
    highlights:
      - See the [guide](https://example.com/문서?q=값&r=%20x#절).
      - See https://example.com/wiki/한국어_문서 for more.
      - See <https://example.com/%EB%AC%B8%EC%84%9C/a%20b>.
";

/// The addresses that the links of a format follow, and the format's text.
fn made(format: &str) -> (Vec<String>, String, tempfile::TempDir) {
    let data = folder(&[("resume.yaml", LINKS)]);
    let out = data.path().join("out");
    let (path, to) = (data.path().display().to_string(), out.display().to_string());
    let words = ["render", "--format", format, "--as", "pdf,txt", "--data", &path, "--output", &to];
    resume(words).exits(0);
    let links = Pdf::read(&out.join(format!("{format}.pdf"))).links();
    let addresses = links.into_iter().filter_map(|link| match link.target {
        Target::Address(address) => Some(address),
        _ => None,
    });
    let text = std::fs::read_to_string(out.join(format!("{format}.txt"))).expect("a text");
    (addresses.collect(), text, data)
}

#[test]
fn links_are_followed_in_ascii() {
    for format in ["one-page", "portfolio"] {
        let (addresses, ..) = made(format);
        assert!(addresses.iter().all(|address| address.is_ascii()), "{addresses:?}");
        for wanted in [
            "mailto:name@example.org",
            "tel:+442079460018;ext=42",
            "https://xn--mller-kva.example/gr%C3%B6%C3%9Fe",
            "https://www.example.org/in/%EA%B0%80%EB%82%98%EB%8B%A4-42/",
            "https://example.com/%EC%9C%84%ED%82%A4/%EC%84%9C%EC%9A%B8",
            "https://example.com/%EB%AC%B8%EC%84%9C?q=%EA%B0%92&r=%20x#%EC%A0%88",
            "https://example.com/wiki/%ED%95%9C%EA%B5%AD%EC%96%B4_%EB%AC%B8%EC%84%9C",
            "https://example.com/%EB%AC%B8%EC%84%9C/a%20b",
        ] {
            assert!(
                addresses.iter().any(|it| it == wanted),
                "{format}: no {wanted} in {addresses:?}"
            );
        }
    }
}

/// How a person reads them.
const READ: [&str; 6] = [
    "+44 (0)20 7946 0018 ext. 42",
    "müller.example/größe",
    "example.org/in/가나다-42",
    "example.com/위키/서울",
    "https://example.com/wiki/한국어_문서",
    "See the guide.",
];

#[test]
fn addresses_are_printed_in_their_letters() {
    for format in ["one-page", "portfolio"] {
        let (_, text, _) = made(format);
        for wanted in READ {
            assert!(text.contains(wanted), "{format}: no `{wanted}` in {text}");
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn addresses_are_printed_in_their_letters_on_pages() {
    for format in ["one-page", "portfolio"] {
        let (_, _, data) = made(format);
        let file = data.path().join("out").join(format!("{format}.pdf"));
        let text = reader("pdftotext", &["-raw", "-enc", "UTF-8"], &file);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for wanted in READ.into_iter().chain(["https://example.com/문서/a%20b"]) {
            assert!(text.contains(wanted), "{format}: no `{wanted}` in {text}");
        }
    }
}

/// What `check` reports of a telephone number.
fn reported(number: &str) -> String {
    let data = record(&format!("profile: {{name: Name Surname, phone: \"{number}\"}}\n"));
    listed(&check(data.path() as &Path, &[]))
}

#[test]
fn a_number_that_cannot_be_dialled_is_refused_with_the_one_to_write() {
    for (number, hint) in [
        ("tel:+82-10-0000-0000", "write `+82-10-0000-0000`"),
        ("010-0000-0000 / 02-000-0000", "write `010-0000-0000`"),
        ("+82 010-0000-0000", "write `+82 1000000000`"),
        ("1-800-EXAMPLE", "write `1-800-3926753`"),
    ] {
        let reported = reported(number);
        assert!(
            reported.contains("1:38 error E038") && reported.contains(hint),
            "{number}: {reported}"
        );
    }
    for number in ["(+82) 10-0000-0000", "+82 10–0000–0000", "02-000-0000 내선 42"] {
        assert!(!reported(number).contains("E038"), "{number}");
    }
}
