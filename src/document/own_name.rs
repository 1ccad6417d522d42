//! The person's own name among the authors of a publication, however it is spelt there.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::record::text::Text;

/// Letters of a word of capitals that may be initials: `Surname JP`.
const INITIALS: usize = 3;

/// The spellings that a record has of one name.
pub(super) struct OwnName {
    names: Vec<Vec<String>>,
}

impl OwnName {
    /// The name in all its languages.
    pub fn of(name: &Text) -> Self {
        Self { names: name.wordings().iter().map(|wording| words(&wording.text)).collect() }
    }

    /// Whether an author is the person: the whole name in any order, or the surname with matching
    /// initials. Case, accents, points and hyphens do not matter.
    pub fn is(&self, author: &str) -> bool {
        let authors = spellings(author);
        self.names.iter().any(|own| {
            let whole = own.concat();
            !whole.is_empty()
                && authors.iter().any(|(given, family)| {
                    [[given.concat(), family.clone()], [family.clone(), given.concat()]]
                        .iter()
                        .any(|both| both.concat() == whole)
                        || parts(own).any(|(g, f)| f == family && agree(g, given))
                })
        })
    }
}

/// An author's given names and surname: in the order that a comma shows, else in both orders.
fn spellings(author: &str) -> Vec<(Vec<String>, String)> {
    if let Some((family, given)) = author.split_once(',') {
        // `van der Surname, N.`: what is before the surname belongs to it in some orders only.
        let mut before = words(family);
        let family = before.pop().unwrap_or_default();
        return vec![([words(given), before].concat(), family)];
    }
    let words = words(author);
    let both = parts(&words).map(|(given, family)| (given.to_vec(), family.to_owned()));
    both.collect()
}

/// The given names and the surname, where the surname is last and where it is first.
fn parts(words: &[String]) -> impl Iterator<Item = (&[String], &String)> {
    let last = words.split_last().map(|(family, given)| (given, family));
    let first = words.split_first().map(|(family, given)| (given, family));
    last.into_iter().chain(first)
}

/// Whether given names are the same as far as both go: one may be the initial of the other.
fn agree(own: &[String], other: &[String]) -> bool {
    let same = |(a, b): (&String, &String)| {
        a == b || is_initial(a) && b.starts_with(a) || is_initial(b) && a.starts_with(b)
    };
    !own.is_empty() && !other.is_empty() && own.iter().zip(other).all(same)
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// The words of a name in small letters without accents; initials that are written together are
/// words of their own.
fn words(name: &str) -> Vec<String> {
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let several = name.split_whitespace().count() > 1;
    words
        .flat_map(|word| {
            let capitals = word.chars().all(char::is_uppercase) && word.len() <= INITIALS;
            match several && capitals {
                true => word.chars().map(|c| c.to_lowercase().collect()).collect(),
                false => vec![word.to_lowercase()],
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{OwnName, words};

    fn is(own: &[&str], author: &str) -> bool {
        OwnName { names: own.iter().map(|name| words(name)).collect() }.is(author)
    }

    #[test]
    fn a_name_is_recognised_in_its_usual_spellings() {
        for author in [
            "Pat Placeholder",
            "P. Placeholder",
            "P Placeholder",
            "Placeholder, Pat",
            "Placeholder, P.",
            "Placeholder P",
            "PLACEHOLDER, P. Q.",
            "Placeholder PQ",
            "Pat Q. Placeholder",
            "Pát Pláceholder",
        ] {
            assert!(is(&["Pat Placeholder"], author), "{author}");
        }
        for author in [
            "이름",
            "Gildong Hong",
            "Hong Gil-dong",
            "Hong, G.-D.",
            "G. D. Hong",
            "홍길동",
            "홍 길동",
        ] {
            let own = ["이름", "Gildong Hong", "홍길동"];
            assert!(is(&own, author), "{author}");
        }
        assert!(is(&["Jan van der Berg"], "van der Berg, J."));
        assert!(is(&["Jan van der Berg"], "J. van der Berg"));
    }

    #[test]
    fn others_are_not() {
        for author in [
            "A. Author",
            "Q. Placeholder",
            "Paul Placeholder",
            "Placeholder",
            "P.",
            "Placeholder, Q. P.",
            "Pat Author",
            "et al.",
            "",
        ] {
            assert!(!is(&["Pat Placeholder"], author), "{author}");
        }
        assert!(!is(&["홍길동"], "홍길순"));
        assert!(!is(&["Pat Q. Placeholder"], "P. R. Placeholder"));
        assert!(!is(&[""], ""));
    }
}
