//! Project cards: whole on their page, complete, with their importance.

use crate::support::data::{list, plain, projects, quoted, say, text, unmarked, yaml};
use crate::support::printed::{LANGUAGES, Printed, printed};
use crate::support::program::{folder, resume_in};
use crate::support::words::{sentence, squash};

/// The formats that print cards.
const FORMATS: [&str; 2] = ["full", "portfolio"];

/// The text of a page from the beginning of a card to the next card, without white space.
fn card(document: &Printed, id: &str) -> String {
    let places = document.pdf.destinations();
    let place = places.get(&format!("card:{id}")).unwrap_or_else(|| panic!("no card `{id}`"));
    let same_page = places.iter().filter(|(name, spot)| {
        name.starts_with("card:") && spot.page == place.page && spot.top > place.top + 1.0
    });
    let end = same_page.map(|(_, spot)| spot.top).fold(f64::MAX, f64::min);
    let page = &document.pages()[place.page];
    let words = page.below(place.top).filter(|word| word.middle() < end);
    squash(&sentence(words))
}

#[test]
#[ignore = "needs poppler"]
fn cards_are_whole_and_on_one_page() {
    for (format, language) in FORMATS.iter().flat_map(|f| LANGUAGES.map(|l| (*f, l))) {
        let document = printed(format, language);
        let career = yaml("career");
        for project in projects() {
            let card = card(document, &project.id);
            let employer = career
                .as_sequence()
                .unwrap()
                .iter()
                .find(|s| plain(s, "id") == plain(&project.yaml, "at"));
            let label =
                employer.map(|employer| format!("@{}", text(employer, "label", language).unwrap()));
            let fields = ["name", "role", "summary", "outcome"];
            let fields = fields.iter().filter_map(|field| text(&project.yaml, field, language));
            let highlights = list(&project.yaml, "highlights").iter();
            let highlights = highlights
                .filter_map(|one| text(one, "text", language).or_else(|| say(one, language)));
            let chips =
                list(&project.yaml, "technologies").iter().filter_map(|chip| say(chip, language));
            for content in fields.chain(highlights).chain(chips).chain(label) {
                let wanted = squash(&quoted(&unmarked(&content)));
                assert!(
                    card.contains(&wanted),
                    "{}: the card `{}` lacks `{wanted}` on its page: {card}",
                    document.name(),
                    project.id,
                );
            }
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn importance_can_be_read() {
    for (format, language) in FORMATS.iter().flat_map(|f| LANGUAGES.map(|l| (*f, l))) {
        let document = printed(format, language);
        let word = if language == "ko" { "중요도" } else { "Importance" };
        for project in projects() {
            let card = card(document, &project.id);
            let importance = plain(&project.yaml, "importance").unwrap_or_else(|| "3".into());
            let wanted = format!("{word}{importance}");
            assert!(
                card.contains(&wanted),
                "{}: `{}` lacks `{wanted}`",
                document.name(),
                project.id
            );
        }
    }
}

/// The portfolio begins with what matters most, the manual with what came last.
#[test]
fn cards_are_ordered() {
    let order = |format: &str| {
        let mut cards: Vec<_> = printed(format, "ko").pdf.destinations().into_iter().collect();
        cards.retain(|(name, _)| name.starts_with("card:"));
        cards.sort_by(|(_, a), (_, b)| (a.page, a.top).partial_cmp(&(b.page, b.top)).unwrap());
        cards.into_iter().map(|(name, _)| name["card:".len()..].to_owned()).collect::<Vec<_>>()
    };
    let latest: Vec<String> = projects().into_iter().map(|project| project.id).collect();
    assert_eq!(order("full"), latest);
    let importance = |id: &String| {
        let all = projects();
        let project = all.iter().find(|project| project.id == *id).unwrap();
        plain(&project.yaml, "importance").map_or(3, |importance| importance.parse::<u8>().unwrap())
    };
    let portfolio = order("portfolio");
    assert_eq!(portfolio.len(), latest.len());
    assert!(portfolio.is_sorted_by_key(|id| std::cmp::Reverse(importance(id))), "{portfolio:?}");
}

#[test]
fn a_card_says_how_important_a_project_is_only_where_it_is_asked_to() {
    let project = "profile: {name: Name Surname}\nprojects: [{id: a, name: A, start: 2023, end: 2024, \
                   importance: 4, summary: What it is.}]\n";
    let says = |more: &str, format: &str| {
        let folder = folder(&[("data/resume.yaml", &format!("{project}{more}"))]);
        let words = ["render", "--format", format, "--lang", "en", "--as", "txt", "-o", "-"];
        let text = resume_in(folder.path(), words, &[]).exits(0).stdout;
        String::from_utf8(text).expect("UTF-8").contains("Importance 4")
    };
    for format in ["full", "portfolio"] {
        assert!(!says("", format), "{format}");
        assert!(
            says(&format!("formats: {{{format}: {{importance: true}}}}\n"), format),
            "{format}"
        );
    }
}
