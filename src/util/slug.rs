//! Names that links can hold.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// How many characters a name has at most.
const LONGEST: usize = 40;

/// A name of a–z, 0–9 and hyphens, made of a text: `Company & Söhne` becomes `company-sohne`. Empty where
/// the text has no Latin letter.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_are_made_of_texts() {
        assert_eq!(slug("Company & Söhne (GmbH)"), "company-sohne-gmbh");
        assert_eq!(slug("회사"), "");
    }
}
