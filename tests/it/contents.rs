//! Finding one's way in the manual: contents, outline, running titles, feet, headings.

use std::sync::LazyLock;

use regex::Regex;

use crate::support::data::{get, items, list, plain, projects, text, yaml};
use crate::support::pdf::{Bookmark, Spot};
use crate::support::printed::{LANGUAGES, Printed, all, printed};
use crate::support::words::{Word, sentence, squash};

/// A chapter of the manual as the record orders it.
struct Chapter {
    title: String,
    cards: Vec<String>,
    articles: Vec<(String, String)>,
}

/// The map of the manual: what comes before the sections, each section, and the résumé.
fn chapters(language: &str) -> Vec<Chapter> {
    let main = yaml("resume");
    let articles = items("articles");
    let of = |section: Option<&str>| {
        let mut own: Vec<_> = articles
            .iter()
            .filter(|(_, article)| plain(article, "section").as_deref() == section)
            .collect();
        own.sort_by_cached_key(|(_, article)| {
            let weight =
                plain(article, "weight").map_or(u32::MAX, |weight| weight.parse().unwrap());
            (weight, std::cmp::Reverse(plain(article, "date")), text(article, "title", language))
        });
        own.into_iter()
            .map(|(id, article)| (id.clone(), text(article, "title", language).unwrap()))
            .collect()
    };
    let cover = Chapter {
        title: text(get(&main, "site").unwrap(), "title", language).unwrap(),
        cards: Vec::new(),
        articles: of(None),
    };
    let sections = list(&main, "sections").iter().map(|section| Chapter {
        title: text(section, "title", language).unwrap(),
        cards: match plain(section, "list").as_deref() {
            Some("projects") => {
                projects().iter().map(|p| text(&p.yaml, "name", language).unwrap()).collect()
            }
            _ => Vec::new(),
        },
        articles: of(plain(section, "id").as_deref()),
    });
    let words = yaml(&format!("../templates/words/{language}"));
    let word = |key: &str| plain(&words, key).expect("a word");
    let resume = Chapter {
        title: word("resume"),
        cards: ["experience", "skills", "education"].map(word).into(),
        articles: Vec::new(),
    };
    std::iter::once(cover).chain(sections).chain([resume]).collect()
}

/// A bookmark's title without the number or the picture before it.
fn bare(bookmark: &Bookmark) -> &str {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d+(\.\d+)*\.? ").unwrap());
    let title = bookmark.title.as_str();
    let title = NUMBER.find(title).map_or(title, |number| &title[number.end()..]);
    title.trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_ascii() || c.is_whitespace())
}

#[test]
#[ignore = "needs poppler"]
fn the_contents_name_the_page_of_every_chapter_and_article() {
    static ENTRY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:(\d+\.|\d+\.\d+) )?(.*?)(?: (\d+))?$").unwrap());
    for language in LANGUAGES {
        let document = printed("full", language);
        let pages = document.pages();
        let outline = document.pdf.outline();
        let body = outline
            .iter()
            .map(|bookmark| bookmark.spot.page)
            .filter(|page| *page > 0)
            .min()
            .unwrap();
        // A title of two lines continues the entry before it.
        let mut entries: Vec<(String, String, Option<usize>)> = Vec::new();
        for line in pages[1..body].iter().flat_map(|page| page.lines()) {
            let line = sentence(line);
            let found = ENTRY.captures(&line).unwrap();
            let page = found.get(3).map(|page| page.as_str().parse().unwrap());
            match (found.get(1), entries.last_mut()) {
                (Some(number), _) => {
                    entries.push((number.as_str().to_owned(), found[2].to_owned(), page));
                }
                (None, Some((_, title, number))) => {
                    *title = format!("{title} {}", &found[2]);
                    *number = number.or(page);
                }
                (None, None) => {}
            }
        }
        let mut expected = Vec::new();
        for (chapter, at) in chapters(language).iter().zip(1..) {
            expected.push((format!("{at}."), chapter.title.clone()));
            for ((_, title), inner) in chapter.articles.iter().zip(1..) {
                expected.push((format!("{at}.{inner}"), title.clone()));
            }
        }
        let content: Vec<(String, String)> =
            entries.iter().map(|(number, title, _)| (number.clone(), title.clone())).collect();
        assert_eq!(content, expected, "{}", document.name());
        for (number, title, page) in entries {
            let bookmark = outline
                .iter()
                .find(|entry| squash(&entry.title) == squash(&format!("{number}{title}")));
            let bookmark = bookmark.unwrap_or_else(|| panic!("no bookmark `{number} {title}`"));
            assert_eq!(
                page,
                Some(bookmark.spot.page + 1),
                "{}: the page of `{title}`",
                document.name()
            );
            let text = squash(&sentence(&pages[bookmark.spot.page].body));
            assert!(text.contains(&squash(&title)), "{}: `{title}` is not there", document.name());
        }
    }
}

#[test]
fn the_outline_is_the_map_of_the_manual() {
    for language in LANGUAGES {
        let document = printed("full", language);
        let outline = document.pdf.outline();
        let mut rest = outline.iter().peekable();
        for chapter in chapters(language) {
            let first = rest.next().expect("a chapter");
            assert_eq!(
                (first.depth, bare(first)),
                (0, chapter.title.as_str()),
                "{}",
                document.name()
            );
            let mut own = Vec::new();
            while let Some(entry) = rest.next_if(|entry| entry.depth > 0) {
                own.push(entry);
            }
            let inner: Vec<&str> = own.iter().filter(|e| e.depth == 1).map(|e| bare(e)).collect();
            let titles = chapter.articles.iter().map(|(_, title)| title);
            let expected: Vec<&str> =
                chapter.cards.iter().chain(titles).map(String::as_str).collect();
            let listed: Vec<&str> =
                inner.iter().copied().filter(|title| expected.contains(title)).collect();
            assert_eq!(listed, expected, "{}: {}", document.name(), chapter.title);
        }
        assert!(rest.next().is_none(), "more chapters than the record has");
        assert!(
            outline.iter().any(|entry| entry.depth == 3),
            "the outline holds headings of articles"
        );
    }
}

#[test]
#[ignore = "needs poppler"]
fn bookmarks_lead_to_the_page_that_shows_their_title() {
    for document in all() {
        let pages = document.pages();
        let outline = document.pdf.outline();
        assert!(!outline.is_empty(), "{} has no outline", document.name());
        for bookmark in outline {
            let title = squash(bare(&bookmark));
            let below = squash(&sentence(pages[bookmark.spot.page].below(bookmark.spot.top)));
            // The number of a heading, or a picture, may stand before it.
            let at = below.find(&title).map(|at| below[..at].chars().count());
            assert!(
                at.is_some_and(|at| at < 12),
                "{}: `{}` is not at its place on page {}, where there is `{}`",
                document.name(),
                bookmark.title,
                bookmark.spot.page + 1,
                below.chars().take(60).collect::<String>(),
            );
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn page_labels_are_the_numbers_at_the_foot() {
    for document in all() {
        let labels = document.pdf.labels();
        let cover = usize::from(document.format == "full");
        assert_eq!(labels[0], "1", "{}", document.name());
        for (page, label) in document.pages().iter().zip(&labels).skip(cover) {
            let number = page.foot.last().map(|word| &word.text);
            assert_eq!(number, Some(label), "{}", document.name());
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn every_page_but_the_cover_says_where_it_is_from_and_its_number() {
    let site = yaml("resume");
    let site = plain(get(&site, "site").unwrap(), "url").unwrap();
    for document in all() {
        let pages = document.pages();
        for (page, number) in pages.iter().zip(1..) {
            if document.format == "full" && number == 1 {
                assert!(page.foot.is_empty() && page.head.is_empty(), "the cover stands alone");
                continue;
            }
            let expected = format!("Printed from {site} {number}");
            assert_eq!(sentence(&page.foot), expected, "{}: page {number}", document.name());
            let (first, last) = (&page.foot[0], page.foot.last().unwrap());
            assert!(first.left < 80.0 && last.right > 510.0, "{}: page {number}", document.name());
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn the_running_title_is_that_of_the_page() {
    for language in LANGUAGES {
        let document = printed("full", language);
        let pages = document.pages();
        let titles = titles(document, language);
        let first =
            titles.iter().map(|(_, spot)| spot.page).filter(|page| *page > 0).min().unwrap();
        for (at, page) in pages.iter().enumerate().skip(first) {
            // The one that begins at the top of this page, with crumbs above it at most; else the
            // one that goes on there.
            let begins = titles.iter().find(|(_, spot)| spot.page == at);
            let begins = begins.filter(|(_, spot)| {
                page.body.iter().filter(|word| word.middle() < spot.top).count() < 8
            });
            let goes_on = titles.iter().rfind(|(_, spot)| spot.page < at);
            let (expected, _) = begins.or(goes_on).unwrap();
            let content = sentence(&page.head);
            assert_eq!(squash(&content), squash(expected), "{}: page {}", document.name(), at + 1);
        }
    }
}

/// Titles of chapters and articles with the place each begins at, in order.
fn titles(document: &Printed, language: &str) -> Vec<(String, Spot)> {
    let numbered = Regex::new(r"^\d+(\.\d+)*\.? ").unwrap();
    let known: Vec<String> = chapters(language)
        .into_iter()
        .flat_map(|chapter| {
            let titles = chapter.articles.into_iter().map(|(_, title)| title);
            std::iter::once(chapter.title).chain(titles)
        })
        .collect();
    let outline = document.pdf.outline();
    let found = outline.iter().filter(|entry| numbered.is_match(&entry.title));
    let found: Vec<_> = found.map(|entry| (bare(entry).to_owned(), entry.spot)).collect();
    assert_eq!(found.iter().map(|(title, _)| title.clone()).collect::<Vec<_>>(), known);
    found
}

/// An article with several headings begins with links to all of them; the label of that list is
/// never alone on a page.
#[test]
fn small_contents_lead_to_the_headings_of_their_article() {
    for language in LANGUAGES {
        let document = printed("full", language);
        let outline = document.pdf.outline();
        let articles: Vec<String> = chapters(language)
            .into_iter()
            .flat_map(|c| c.articles)
            .map(|(_, title)| title)
            .collect();
        let mut filled = 0;
        for (at, article) in outline.iter().enumerate() {
            if article.depth != 1 || !articles.iter().any(|title| title == bare(article)) {
                continue;
            }
            let inner: Vec<&Bookmark> =
                outline[at + 1..].iter().take_while(|entry| entry.depth > 1).collect();
            let links = document.pdf.links_on(article.spot.page);
            let places: Vec<_> =
                links.iter().filter_map(|link| document.pdf.landing(&link.target)).collect();
            let top: Vec<_> = inner.iter().filter(|entry| entry.depth == 2).collect();
            if top.len() < 2 {
                continue;
            }
            filled += 1;
            for heading in top {
                let linked = places.iter().any(|place| {
                    place.page == heading.spot.page && (place.top - heading.spot.top).abs() < 20.0
                });
                assert!(
                    linked,
                    "{}: `{}` does not list `{}`",
                    document.name(),
                    article.title,
                    heading.title
                );
            }
        }
        assert!(filled >= 10, "{}: only {filled} articles have contents", document.name());
    }
}

/// The words of a heading on its page, and those that follow up to the next heading of any rank.
fn under<'a>(
    bookmark: &Bookmark,
    next: Option<&Bookmark>,
    pages: &'a [crate::support::words::Page],
) -> (Vec<&'a Word>, Vec<&'a Word>) {
    let page = &pages[bookmark.spot.page];
    let end = next
        .filter(|next| next.spot.page == bookmark.spot.page)
        .map_or(f64::MAX, |next| next.spot.top);
    let mut words = page.below(bookmark.spot.top).filter(|word| word.middle() < end);
    let title = squash(bookmark.title.as_str());
    let (mut heading, mut content) = (Vec::new(), String::new());
    while !content.contains(&squash(bare(bookmark))) && content.len() < 2 * title.len() {
        let Some(word) = words.next() else { break };
        content.push_str(&squash(&word.text));
        heading.push(word);
    }
    (heading, words.collect())
}

#[test]
#[ignore = "needs poppler"]
fn headings_are_never_last_on_a_page() {
    for document in all() {
        let pages = document.pages();
        let outline = document.pdf.outline();
        for (at, bookmark) in outline.iter().enumerate() {
            // A heading may be followed by its first subheading, which is then held to the same.
            let inner = outline.get(at + 1).filter(|next| next.spot.page == bookmark.spot.page);
            if inner.is_some() {
                continue;
            }
            let (heading, text) = under(bookmark, None, pages);
            let cover = document.format == "full" && bookmark.spot.page == 0;
            assert!(
                !text.is_empty() || cover,
                "{}: `{}` is the last line of page {}",
                document.name(),
                sentence(heading),
                bookmark.spot.page + 1,
            );
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn no_heading_is_empty() {
    for document in all() {
        let pages = document.pages();
        let outline = document.pdf.outline();
        for (at, bookmark) in outline.iter().enumerate() {
            let next = outline.get(at + 1);
            if next.is_some_and(|next| next.depth > bookmark.depth) {
                continue;
            }
            let (_, text) = under(bookmark, next, pages);
            let later = next.is_none_or(|next| next.spot.page > bookmark.spot.page + 1);
            assert!(
                !text.is_empty() || later,
                "{}: nothing stands under `{}` on page {}",
                document.name(),
                bookmark.title,
                bookmark.spot.page + 1,
            );
        }
    }
}
