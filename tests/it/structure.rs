//! The documents as files: pages, metadata, tags, fonts, the same bytes for the same input.

use std::fs;

use hayro_syntax::object::{Array, Dict, Object};

use crate::support::data::{get, items, list, plain, text, yaml};
use crate::support::pdf::{self, decode};
use crate::support::printed::{FORMATS, LANGUAGES, all, printed};
use crate::support::program::{resume_in, root};
use crate::support::readers::{inspector, reader};
use crate::support::words::{sentence, squash};

#[test]
fn a_resume_has_exactly_one_page() {
    for language in LANGUAGES {
        assert_eq!(printed("one-page", language).pdf.page_count(), 1, "{language}");
    }
}

#[test]
fn page_counts_are_those_of_the_record() {
    for language in LANGUAGES {
        let pages = printed("full", language).pdf.page_count();
        assert!((20..=50).contains(&pages), "full ({language}) has {pages} pages");
        let pages = printed("portfolio", language).pdf.page_count();
        assert!((2..=10).contains(&pages), "portfolio ({language}) has {pages} pages");
    }
}

#[test]
fn pages_are_a4() {
    for document in all() {
        for page in 0..document.pdf.page_count() {
            let (width, height) = document.pdf.page_size(page);
            let fits = (width - 595.28).abs() < 0.1 && (height - 841.89).abs() < 0.1;
            assert!(fits, "{}: page {} is {width} × {height} pt", document.name(), page + 1);
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn no_page_is_blank() {
    for document in all() {
        let pages = document.pages();
        assert_eq!(pages.len(), document.pdf.page_count());
        for (page, number) in pages.iter().zip(1..) {
            let words = page.body.len();
            assert!(words >= 6, "{}: page {number} has {words} words", document.name());
        }
    }
}

#[test]
fn the_metadata_are_those_of_the_record() {
    let profile = yaml("profile");
    let site = yaml("resume");
    let date = plain(get(&site, "site").unwrap(), "date").unwrap();
    let [year, month, day] =
        date.split('-').map(|part| part.parse::<u16>().unwrap()).collect::<Vec<_>>()[..]
    else {
        panic!()
    };
    for document in all() {
        let (pdf, name) = (&document.pdf, document.name());
        let info = pdf.info();
        let person = text(&profile, "name", document.language).unwrap();
        assert_eq!(decode(info.author.as_ref().unwrap()), person, "{name}");
        let title = decode(info.title.as_ref().unwrap());
        assert!(title.contains(&person) && title != person, "{name}: `{title}`");
        for at in [info.creation_date.unwrap(), info.modification_date.unwrap()] {
            assert_eq!(
                (at.year, u16::from(at.month), u16::from(at.day)),
                (year, month, day),
                "{name}"
            );
            assert_eq!(
                (at.hour, at.minute, at.second),
                (0, 0, 0),
                "{name}: a date is not an instant"
            );
        }
        let catalog = pdf.catalog();
        let language: Object = catalog.get("Lang").expect("a language");
        let language = pdf::text(&language);
        assert_eq!(language.split('-').next(), Some(document.language), "{name}: `{language}`");
        let preferences: Dict = catalog.get("ViewerPreferences").expect("viewer preferences");
        assert_eq!(preferences.get::<bool>("DisplayDocTitle"), Some(true), "{name}");
        let xmp = pdf.xmp();
        for claim in ["pdfuaid:part>1<", "pdfaid:part>2<", "pdfaid:conformance>A<"] {
            assert!(xmp.contains(claim), "{name}: no `{claim}` in {xmp}");
        }
        let role = text(&profile, "role", document.language).unwrap();
        for (element, wanted) in [
            ("dc:title", title.as_str()),
            ("dc:creator", &person),
            ("dc:description", &text(&profile, "headline", document.language).unwrap()),
            ("dc:language", document.language),
            ("pdf:Keywords", &role),
        ] {
            let value = xmp
                .split_once(&format!("<{element}>"))
                .map(|(_, rest)| rest.split_once(&format!("</{element}>")).expect("an end").0);
            let has_words = value.is_some_and(|value| value.contains(wanted));
            assert!(has_words, "{name}: {element} lacks `{wanted}`: {value:?}");
        }
    }
}

#[test]
fn documents_are_tagged() {
    for document in all() {
        let (pdf, name) = (&document.pdf, document.name());
        let marks: Dict = pdf.catalog().get("MarkInfo").expect("mark information");
        assert_eq!(marks.get::<bool>("Marked"), Some(true), "{name}");
        // Poppler's `pdfinfo` reports the entry as an error; PDF/UA-1 requires it.
        assert_eq!(marks.get::<bool>("Suspects"), Some(false), "{name}");
        let kids = |element: &Dict| {
            element.get::<Array>("K").map_or(0, |kids| kids.iter::<Object>().count())
        };
        let roots = pdf.tagged("Document", kids);
        assert!(matches!(roots[..], [kids] if kids > 5), "{name}: {roots:?}");
        assert!(pdf.tagged("P", kids).iter().any(|kids| *kids > 0), "{name}: no paragraph");
    }
}

/// Pictures have words, header cells name their scope, and artifacts are not part of the text.
#[test]
fn tags_say_what_they_must() {
    let mut figures = 0;
    for document in all() {
        let pdf = &document.pdf;
        let alternatives =
            pdf.tagged("Figure", |figure| figure.get::<Object>("Alt").map(|alt| pdf::text(&alt)));
        figures += alternatives.len();
        for alternative in alternatives {
            let has_words = alternative.is_some_and(|words| words.chars().count() > 10);
            assert!(has_words, "{}: a figure without words", document.name());
        }
        let scopes = pdf.tagged("TH", |cell| {
            let attributes = match cell.get::<Object>("A") {
                Some(Object::Array(all)) => all.iter::<Dict>().collect(),
                Some(Object::Dict(one)) => vec![one],
                _ => Vec::new(),
            };
            attributes.iter().any(|one| one.contains_key("Scope"))
        });
        let tables = pdf.tagged("Table", |_| ()).len();
        assert!(scopes.len() >= tables && scopes.iter().all(|scope| *scope), "{}", document.name());
        assert!(document.format != "full" || tables > 0, "{}: no table", document.name());
    }
    assert!(figures > 10, "only {figures} figures");
}

/// A screen reader hears the page in the order in which it is written.
#[test]
#[ignore = "needs poppler"]
fn the_tagged_order_is_the_order_of_the_page() {
    for document in all() {
        let tree = inspector("pdfinfo", &["-struct-text"], &document.file);
        let quoted =
            tree.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
        let tagged = squash(&quoted.collect::<String>());
        // Four words at a time, because single words occur everywhere.
        let words: Vec<_> = document.pages().iter().flat_map(|page| &page.body).collect();
        let groups = words.chunks(4).map(|words| squash(&sentence(words.iter().copied())));
        let groups: Vec<String> = groups.filter(|group| group.len() > 12).collect();
        let (mut at, mut found) = (0, 0);
        for group in &groups {
            if let Some(next) = tagged[at..].find(group.as_str()) {
                // Near ahead: a caption or a picture may be tagged a little later than it is drawn.
                if next < 3000 {
                    at += next;
                    found += 1;
                }
            }
        }
        let all = groups.len();
        assert!(found * 100 > all * 93, "{}: {found} of {all} follow", document.name());
    }
}

/// A screen reader hears every title as a heading, and no rank is skipped on the way down.
#[test]
fn headings_are_tagged_by_rank() {
    let sections = yaml("resume");
    let sections = list(&sections, "sections").iter().map(|section| text(section, "title", "ko"));
    let articles = items("articles");
    let articles = articles.iter().map(|(_, article)| text(article, "title", "ko"));
    let cards = items("projects");
    let cards = cards.iter().map(|(_, card)| text(card, "name", "ko"));
    let titles: Vec<String> = sections.chain(articles).chain(cards).flatten().collect();
    assert!(titles.len() > 20);
    let headings = printed("full", "ko").pdf.headings();
    for title in titles {
        let found = headings.iter().any(|(_, heading)| squash(heading).ends_with(&squash(&title)));
        assert!(found, "no heading `{title}` among {headings:#?}");
    }
    for document in all() {
        let headings = document.pdf.headings();
        let ranks = headings.iter().map(|(rank, _)| *rank);
        let mut above = 0;
        for (rank, (_, title)) in ranks.zip(&headings) {
            assert!(
                rank <= above + 1,
                "{}: `{title}` is of rank {rank} below {above}",
                document.name()
            );
            above = rank;
        }
        assert_eq!(headings.first().map(|(rank, _)| *rank), Some(1), "{}", document.name());
    }
}

/// The tagged text is the printed text: nothing that is read on the page is missing for a screen
/// reader, save what repeats on every page.
#[test]
#[ignore = "needs poppler"]
fn the_tagged_text_is_the_printed_text() {
    for document in all().filter(|document| document.format != "full") {
        let tree = inspector("pdfinfo", &["-struct-text"], &document.file);
        let quoted =
            tree.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
        let tagged = squash(&quoted.collect::<String>());
        for word in document.pages().iter().flat_map(|page| &page.body) {
            assert!(
                tagged.contains(&squash(&word.text)),
                "{}: `{}` is not tagged",
                document.name(),
                word.text
            );
        }
        assert!(!tagged.contains("Printedfrom"), "{}: the foot is read out", document.name());
    }
}

#[test]
#[ignore = "needs poppler"]
fn all_fonts_are_embedded_and_subset() {
    for document in all() {
        let fonts = inspector("pdffonts", &[], &document.file);
        let fonts: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{}: no fonts", document.name());
        for font in fonts {
            // Name and type may hold spaces: what follows the encoding is read from the end.
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            let [_, _, unicode, subset, embedded, ..] = columns[..] else { panic!("{font}") };
            assert_eq!((embedded, unicode), ("yes", "yes"), "{}: {font}", document.name());
            // Type 3 glyphs are drawn in the document itself: only those in use are there.
            assert!(subset == "yes" || font.contains("Type 3"), "{}: {font}", document.name());
        }
    }
}

#[test]
#[ignore = "needs qpdf"]
fn qpdf_finds_nothing_wrong() {
    for document in all() {
        let report = inspector("qpdf", &["--check"], &document.file);
        assert!(report.contains("No syntax or stream encoding errors"), "{report}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    let elsewhere = tempfile::tempdir().unwrap();
    let data = root().join("data");
    let data = data.to_str().unwrap();
    let variables = [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8")];
    let arguments = ["render", "--data", data, "--output", "made", "--quiet"];
    resume_in(elsewhere.path(), arguments, &variables).exits(0);
    for format in FORMATS {
        let again = fs::read(elsewhere.path().join(format!("made/{format}.pdf"))).unwrap();
        let first = fs::read(&printed(format, "ko").file).unwrap();
        assert!(again == first, "{format}.pdf differs between two runs");
    }
}

/// A reader that follows the page from top to bottom meets the words in the order of the data.
#[test]
#[ignore = "needs poppler"]
fn plain_extraction_keeps_the_head_of_every_page() {
    let document = printed("full", "ko");
    let pages = document.pages();
    let plain = reader("pdftotext", &["-enc", "UTF-8"], &document.file);
    let texts: Vec<&str> = plain.split('\u{c}').collect();
    for ((page, text), number) in pages.iter().zip(texts).zip(1..) {
        let words: Vec<&str> = page.body.iter().map(|word| word.text.as_str()).collect();
        let text = squash(text);
        let missing: Vec<&&str> =
            words.iter().filter(|word| !text.contains(&squash(word))).collect();
        assert!(missing.is_empty(), "page {number} of {} lacks {missing:?}", sentence(&page.head));
    }
}
