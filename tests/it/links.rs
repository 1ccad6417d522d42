//! Links that a reader can follow: public addresses, places in the document, once each.

use std::collections::BTreeMap;

use crate::support::data::{get, items, links, list, path, plain, prose, text, yaml};
use crate::support::pdf::{Link, Target};
use crate::support::printed::{LANGUAGES, all, printed};
use crate::support::words::{Page, sentence};

/// The canonical address of the record, without the slash at its end.
fn site() -> String {
    let main = yaml("resume");
    plain(get(&main, "site").unwrap(), "url").unwrap().trim_end_matches('/').to_owned()
}

fn address(link: &Link) -> Option<&str> {
    match &link.target {
        Target::Address(address) => Some(address),
        _ => None,
    }
}

#[test]
fn addresses_are_public_and_absolute() {
    for document in all() {
        let links = document.pdf.links();
        assert!(links.len() > 3, "{} has links", document.name());
        for found in links.iter().filter_map(address) {
            let known = ["https://", "http://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| found.starts_with(scheme));
            assert!(known, "{}: `{found}`", document.name());
            let host =
                found.split("//").nth(1).and_then(|rest| rest.split(['/', ':', '?', '#']).next());
            if let Some(host) = host {
                let last = host.rsplit('.').next().unwrap();
                let numeric = host.chars().all(|c| c.is_ascii_digit() || c == '.');
                let private = ["localhost", "local", "internal", "test", "lan"].contains(&last);
                assert!(
                    host.contains('.') && !numeric && !private,
                    "{}: `{found}`",
                    document.name()
                );
            }
        }
    }
}

#[test]
fn no_link_lies_on_another() {
    for document in all() {
        for page in 0..document.pdf.page_count() {
            let links = document.pdf.links_on(page);
            for (at, link) in links.iter().enumerate() {
                assert!(!link.areas.is_empty(), "{}: a link without a place", document.name());
                for other in &links[..at] {
                    let overlap =
                        link.areas.iter().any(|area| other.areas.iter().any(|o| o.overlaps(area)));
                    assert!(
                        !overlap,
                        "{}: page {}: {:?} lies on {:?}",
                        document.name(),
                        page + 1,
                        link,
                        other,
                    );
                }
            }
        }
    }
}

#[test]
fn links_inside_lead_to_a_place_in_the_document() {
    for document in all() {
        let inside =
            document.pdf.links().into_iter().filter_map(|link| document.pdf.landing(&link.target));
        let mut count = 0;
        for place in inside {
            count += 1;
            assert!(place.page < document.pdf.page_count());
            let height = document.pdf.page_size(place.page).1;
            assert!((0.0..height).contains(&place.top), "{}: {place:?}", document.name());
        }
        assert!(count > 60 || document.format != "full", "{}: {count}", document.name());
    }
}

/// What is printed in the manual is reached inside it, save where the text names the web page
/// itself by its whole address. (The English manual names the Korean edition of each article, too.)
#[test]
fn what_is_printed_is_not_linked_on_the_web() {
    let base = site();
    let main = yaml("resume");
    let mut paths: Vec<String> =
        list(&main, "sections").iter().filter_map(|section| plain(section, "path")).collect();
    paths.extend(items("articles").iter().map(|(id, article)| path(id, article)));
    assert_eq!(paths.len(), list(&main, "sections").len() + items("articles").len());
    let document = printed("full", "ko");
    let articles = items("articles");
    let texts: Vec<String> =
        articles.iter().flat_map(|(_, article)| prose(article, "ko")).collect();
    for found in document.pdf.links() {
        let whole = |found: &str| texts.iter().any(|text| text.contains(&format!("]({found})")));
        if address(&found).is_some_and(whole) {
            continue;
        }
        let Some(path) = address(&found).and_then(|found| found.strip_prefix(&base)) else {
            continue;
        };
        let page = path.split('#').next().unwrap();
        assert!(!paths.iter().any(|path| path == page), "{path} leaves the document");
    }
}

#[test]
fn mail_can_be_written() {
    let mail = format!("mailto:{}", plain(&yaml("profile"), "email").unwrap());
    for document in all() {
        let links = document.pdf.links();
        let count = links.iter().filter(|link| address(link) == Some(&mail)).count();
        assert!(count >= 1, "{} has no `{mail}`", document.name());
    }
}

/// How often each address occurs.
fn count<'a>(addresses: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for address in addresses {
        *counts.entry(address).or_default() += 1;
    }
    counts
}

/// An article has the links of its text, once each, and those inside lead where they say.
#[test]
fn articles_have_the_links_of_their_text() {
    let base = site();
    for language in LANGUAGES {
        let document = printed("full", language);
        let outline = document.pdf.outline();
        let all = document.pdf.links();
        let order = |page: usize, top: f64| page as f64 * 10_000.0 + top;
        for (id, article) in items("articles") {
            let title = text(&article, "title", language).unwrap();
            // Cards share titles with articles; an article's entry has a number.
            let at = outline.iter().position(|entry| {
                entry.title.ends_with(&title)
                    && entry.title.starts_with(|c: char| c.is_ascii_digit())
            });
            let at = at.unwrap_or_else(|| panic!("no bookmark `{title}`"));
            let begin = order(outline[at].spot.page, outline[at].spot.top);
            let end = outline[at + 1..].iter().find(|entry| entry.depth <= 1);
            let end = end.map_or(f64::MAX, |next| order(next.spot.page, next.spot.top));
            let own: Vec<&Link> = all
                .iter()
                .filter(|link| (begin..end).contains(&order(link.page, link.areas[0].top)))
                .collect();
            let texts = prose(&article, language);
            let wanted: Vec<(String, String)> = texts.iter().flat_map(|text| links(text)).collect();
            let outside = |found: &&str| !found.starts_with(&base);
            let expected =
                wanted.iter().map(|(_, url)| url.as_str()).filter(|url| url.contains(':'));
            let expected = count(expected.filter(outside));
            let found = count(own.iter().filter_map(|link| address(link)).filter(outside));
            assert_eq!(found, expected, "{}: the links of `{id}`", document.name());
            for (words, url) in wanted.iter().filter(|(_, url)| url.starts_with('/') && url != "/")
            {
                // A post is printed in the list of posts: its page is a place on that one.
                let name = url.trim_matches('/').replace("/#", "#");
                let name =
                    name.strip_prefix("posts/").map_or(name.clone(), |id| format!("posts#{id}"));
                let web = format!("{base}{url}");
                let reached = own.iter().any(|link| match &link.target {
                    Target::Name(found) => *found == name,
                    Target::Address(found) => *found == web,
                    Target::Place(place) => {
                        document.pdf.destinations().get(&name).is_some_and(|spot| spot == place)
                    }
                });
                assert!(reached, "{}: `{words}` of `{id}` does not lead to {url}", document.name());
            }
        }
    }
}

/// The words of a page that a link covers.
fn words(link: &Link, page: &Page) -> String {
    let all = page.head.iter().chain(&page.body).chain(&page.foot);
    let covered = all.filter(|word| {
        link.areas.iter().any(|area| {
            let inside = (area.top - 2.0..=area.bottom + 2.0).contains(&word.middle());
            inside && word.left < area.right - 0.5 && word.right > area.left + 0.5
        })
    });
    sentence(covered)
}

#[test]
#[ignore = "needs poppler"]
fn every_link_has_words() {
    for document in all() {
        let pages = document.pages();
        for link in document.pdf.links() {
            let words = words(&link, &pages[link.page]);
            assert!(
                words.chars().any(char::is_alphanumeric),
                "{}: page {}: {:?} has only `{words}`",
                document.name(),
                link.page + 1,
                link.target,
            );
            assert!(!words.contains('🔗'), "marks are drawn, not written: {words}");
        }
    }
}
