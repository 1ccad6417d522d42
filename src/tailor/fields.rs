//! Fields of work, such as testing or settlement of payments: what an advertisement and a result have to do with each
//! other where they share no term.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::tailor::advert::{Clause, Part};
use crate::tailor::lexicon::{FIELDS, POSTS, Post, has_words};
use crate::tailor::terms::Terms;

/// Fields, each with a weight.
pub(super) type Fields = BTreeMap<usize, f64>;

/// What a field counts that a line of an advertisement speaks of, against a term that is named.
const FIELD: f64 = 1.2;
/// What each further line that speaks of a field adds to the first, and how many add something.
const LINE: (f64, usize) = (0.25, 4);
/// What a field counts that is the core of a post, one that is clearly wanted for it, and one that is near.
const POST: [f64; 3] = [3.0, 1.0, 0.3];
/// How much something speaks of the fields near to one that its words name.
const NEAR: f64 = 0.2;
/// How much a result speaks of the fields of what it belongs to.
pub(super) const OWNED: f64 = 0.3;

/// The words of the fields, as terms, and the fields of each.
static WORDS: LazyLock<(Terms, Vec<Vec<usize>>)> = LazyLock::new(|| {
    let (mut terms, mut fields): (Terms, Vec<Vec<usize>>) = (Terms::default(), Vec::new());
    for (at, field) in FIELDS.iter().enumerate() {
        for word in &field.words {
            let Some(term) = terms.add(&[word]) else { continue };
            fields.resize(fields.len().max(term + 1), Vec::new());
            fields[term].push(at);
        }
    }
    (terms, fields)
});

/// The name of a field, in lower case.
pub(super) fn name(field: usize) -> String {
    FIELDS.get(field).map_or(String::new(), |field| field.name.to_lowercase())
}

/// The fields that the words of a text name.
fn named(text: &str) -> impl Iterator<Item = usize> {
    let (terms, fields) = &*WORDS;
    terms.find(text).into_keys().flat_map(|term| fields[term].iter().copied())
}

/// The fields that a text speaks of, and how much: 1 for those that its words name, less for those near to them.
pub(super) fn fields_of(text: &str) -> Fields {
    let mut found: Fields = named(text).map(|field| (field, 1.0)).collect();
    let near: Vec<usize> = found.keys().flat_map(|at| &FIELDS[*at].near).copied().collect();
    for field in near {
        found.entry(field).or_insert(NEAR);
    }
    found
}

/// The fields that something names itself.
pub(super) fn direct(fields: &Fields) -> impl Iterator<Item = usize> {
    fields.iter().filter(|(_, part)| **part == 1.0).map(|(field, _)| *field)
}

/// What an advertisement asks for, with what a post of its name is about.
pub(super) fn with_post(asked: impl IntoIterator<Item = (usize, f64)>, post: &Fields) -> Fields {
    let mut all = post.clone();
    for (field, weight) in asked {
        *all.entry(field).or_default() += weight;
    }
    all
}

/// Adds the fields of something else, each with a part of its weight, where they are not known with more.
pub(super) fn add(fields: &mut Fields, others: &Fields, part: f64) {
    for (field, weight) in others {
        let known = fields.entry(*field).or_default();
        *known = known.max(weight * part);
    }
}

/// The fields that a post is about, by its name, each with what it counts.
pub(super) fn post_fields(post: &str) -> Fields {
    let post = post.to_lowercase();
    let longest = |kind: &'static Post| {
        let named = kind.words.iter().filter(|word| has_words(&post, word));
        Some((kind, *named.max_by_key(|word| word.len())?))
    };
    let kinds: Vec<(&Post, &str)> = POSTS.iter().filter_map(longest).collect();
    // An Objective-C developer is no C developer.
    let is_part =
        |word: &str| kinds.iter().any(|(_, it)| it.len() > word.len() && it.contains(word));
    let mut found = Fields::new();
    for (kind, _) in kinds.iter().filter(|(_, word)| !is_part(word)) {
        for (tier, counts) in kind.tiers.iter().zip(POST) {
            let tier: Fields = tier.iter().map(|field| (*field, counts)).collect();
            add(&mut found, &tier, 1.0);
        }
    }
    found
}

/// The fields that an advertisement speaks of, each with its weight: by the most important part that does, and
/// by how many lines do.
pub(super) fn asked_fields(clauses: &[Clause]) -> Fields {
    let mut asked: BTreeMap<usize, (Part, usize)> = BTreeMap::new();
    for clause in clauses.iter().filter(|clause| clause.part.weight() > 0.0) {
        let fields: BTreeSet<usize> = named(&clause.text).collect();
        for field in fields {
            let (part, lines) = asked.entry(field).or_insert((clause.part, 0));
            *part = clause.part.max(*part);
            *lines += 1;
        }
    }
    let weight = |(part, lines): (Part, usize)| {
        FIELD * part.weight() * (1.0 + LINE.0 * (lines - 1).min(LINE.1) as f64)
    };
    asked.into_iter().map(|(field, found)| (field, weight(found))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{NEAR, fields_of, name, post_fields};
    use crate::tailor::lexicon::{FIELDS, POSTS, Post, field};

    #[test]
    fn the_lists_name_fields_that_exist_once() {
        let names: HashSet<_> = FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(names.len(), FIELDS.len());
        for of in FIELDS.iter() {
            assert!(of.words.len() > 20 && of.words.iter().all(|word| !word.trim().is_empty()));
        }
        let lines = |text: &'static str| {
            text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
        };
        let fields: Vec<_> = lines(include_str!("lexicon/fields.txt")).collect();
        assert_eq!(fields.len(), FIELDS.len());
        for (line, of) in fields.into_iter().zip(FIELDS.iter()) {
            let named = line.split_once(": ").unwrap().0.split([',', '>']).count() - 1;
            let is_other = of.near.iter().all(|near| FIELDS[*near].name != of.name);
            assert!(of.near.len() == named && is_other, "{line}");
        }
        let posts: Vec<_> = lines(include_str!("lexicon/posts.txt")).collect();
        assert_eq!(posts.len(), POSTS.len());
        for (line, Post { words, tiers }) in posts.into_iter().zip(POSTS.iter()) {
            let named = line.split_once(": ").unwrap().1.split([',', ';']).count();
            let fields: HashSet<_> = tiers.iter().flatten().collect();
            assert_eq!((tiers.len(), fields.len()), (3, named), "{line}");
            let is_clear = |word: &str| word.is_ascii() || word.chars().count() > 1;
            assert!(
                words.iter().all(|word| *word == word.to_lowercase() && is_clear(word)),
                "{line}"
            );
        }
    }

    #[test]
    fn a_text_speaks_of_fields_and_of_those_near_to_them() {
        let fields = fields_of("Took over on-call; wrote the runbooks.");
        assert_eq!(fields[&field("Incident response").unwrap()], 1.0);
        assert_eq!(fields[&field("System administration").unwrap()], NEAR);
        let fields = fields_of("장애 대응 체계를 만들었습니다.");
        assert_eq!(fields[&field("Incident response").unwrap()], 1.0);
        assert!(fields_of("Something else").is_empty());
    }

    #[test]
    fn the_name_of_a_post_says_what_it_is_about() {
        let core = |post: &str| {
            let found = post_fields(post).into_iter();
            found.filter(|(_, weight)| *weight == super::POST[0]).map(|(at, _)| name(at)).collect()
        };
        let posts = [
            ("Embedded Software Engineer", "embedded systems"),
            ("백엔드개발자", "back end"),
            ("Site Reliability Engineer", "reliability"),
            ("중환자실 간호사", "patient care"),
            ("Senior Product Designer", "visual design"),
            (".NET Developer", "back end"),
            ("Objective-C Developer", "mobile"),
            ("Software Quality Engineer", "testing"),
            ("Data Platform Engineer", "data pipelines"),
        ];
        for (post, field) in posts {
            let core: Vec<String> = core(post);
            assert!(core.iter().any(|name| name == field), "{post}: {core:?}");
        }
        let systems = field("Systems programming").unwrap();
        assert_ne!(post_fields("Objective-C Developer").get(&systems), Some(&super::POST[0]));
        assert!(post_fields("Astronaut").is_empty());
    }
}
