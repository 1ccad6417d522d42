//! The values of single fields: what a field takes of a value, and how it is written into the record.

use crate::interchange::commented_yaml::{Block, Written};
use crate::interchange::mapping::{Field, How};
use crate::interchange::source::Source;
use crate::interchange::values::{self, When, when};
use crate::record::links::external::is_email;
use crate::record::links::phone::dial;

/// Why a value does not go into its field.
pub enum Refused {
    /// The field has it already.
    Repeated,
    /// What is wrong with it.
    Because(&'static str),
}

/// The part of a value that a field can take, the rest of it, and why.
pub fn split(how: How, value: Source) -> (Source, Source, &'static str) {
    match (how, value) {
        (How::Picture, value) => {
            let why = "pictures are not fetched: put it into this folder, and write `photo: {file: NAME, alt: Portrait}`";
            (Source::Empty, value, why)
        }
        (How::Location, Source::Map(entries)) => {
            let (taken, left) = entries.into_iter().partition(|(key, value)| {
                LOCATION.iter().any(|(name, _)| name == key) && value.text().is_some()
            });
            (Source::Map(taken), Source::Map(left), "")
        }
        (How::Highlights | How::Nested | How::Names, Source::List(items)) => {
            let (taken, left) =
                items.into_iter().partition(|item| item.text().is_some() || item.is_empty());
            (Source::List(taken), Source::List(left), "")
        }
        (_, Source::Text(text)) => (Source::Text(text), Source::Empty, ""),
        (_, Source::List(mut items)) => match items.iter().position(|item| item.text().is_some()) {
            Some(at) => (items.remove(at), Source::List(items), "one value only"),
            None => (Source::Empty, Source::List(items), ""),
        },
        (_, other) => (Source::Empty, other, ""),
    }
}

/// The parts of a place: their names in other formats, and in the record.
const LOCATION: [(&str, &str); 13] = [
    ("address", "address"),
    ("AddressLine", "address"),
    ("postalCode", "postal-code"),
    ("PostalCode", "postal-code"),
    ("city", "city"),
    ("CityName", "city"),
    ("Municipality", "city"),
    ("region", "region"),
    ("state", "region"),
    ("country", "country"),
    ("countryCode", "country"),
    ("Country", "country"),
    ("CountryCode", "country"),
];

/// Writes a value into its field; returns the addresses of links that it held.
pub fn write(field: &Field, value: &Source, block: &mut Block) -> Result<Vec<String>, Refused> {
    let text = value.text().unwrap_or_default();
    let no = |why| Err(Refused::Because(why));
    let mut links = Vec::new();
    let written = match field.how {
        How::Plain => {
            let (words, found) = values::plain(text);
            links = found;
            if words.is_empty() {
                return no("no words");
            }
            Written::Text(words)
        }
        How::Inline | How::Prose | How::Bullets => {
            let text = match field.how {
                How::Prose => values::markdown(text),
                How::Inline => values::inline(text),
                _ => {
                    let (text, items) = values::paragraphs_and_items(text);
                    let list = match field.to.rsplit_once('.') {
                        Some((parent, _)) => format!("{parent}.highlights"),
                        None => "highlights".to_owned(),
                    };
                    // The summary stands before the highlights.
                    if !text.is_empty() && block.get(field.to).is_none() {
                        block.set(field.to, Written::Text(String::new()));
                    }
                    items.into_iter().for_each(|item| block.push(&list, Written::Text(item)));
                    text
                }
            };
            if text.is_empty() {
                return Ok(links);
            }
            match block.text(field.to) {
                Some("") => Written::Text(text),
                Some(there) if there == text => return Err(Refused::Repeated),
                Some(there) => {
                    let text = format!("{there}\n\n{text}");
                    block.set(field.to, Written::Text(text));
                    return Ok(links);
                }
                None => Written::Text(text),
            }
        }
        How::Highlights | How::Nested => {
            let texts: Vec<String> = match value {
                Source::List(items) => {
                    items.iter().filter_map(Source::text).map(str::to_owned).collect()
                }
                _ => {
                    text.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect()
                }
            };
            for text in texts {
                let text = values::inline(&text);
                let text = if field.how == How::Nested { nested(&text) } else { text };
                if !text.is_empty() {
                    block.push(field.to, Written::Text(text));
                }
            }
            return Ok(links);
        }
        How::Names => {
            let texts: Vec<&str> = match value {
                Source::List(items) => items.iter().filter_map(Source::text).collect(),
                _ => names(text),
            };
            for text in texts {
                let (words, found) = values::plain(text);
                links.extend(found);
                if !words.is_empty() {
                    block.push(field.to, Written::Text(words));
                }
            }
            return Ok(links);
        }
        How::Date => match when(text) {
            Some(When { date: Some(date), wording, .. }) => {
                if let Some(wording) = wording {
                    block.set("dates", Written::Text(wording));
                }
                Written::Bare(date.to_string())
            }
            _ => return no("not a date"),
        },
        How::Url => match values::address(text) {
            Some(url) => Written::Text(url),
            None => return no("not an address that readers reach"),
        },
        How::Doi => {
            let doi = text
                .trim_start_matches("https://doi.org/")
                .trim_start_matches("http://dx.doi.org/");
            let doi = doi.trim_start_matches("doi:").trim();
            if !doi.starts_with("10.") || doi.contains(char::is_whitespace) {
                return no("not a DOI");
            }
            Written::Text(doi.to_owned())
        }
        How::Email => {
            let address = text.trim_start_matches("mailto:");
            if !is_email(address) {
                return no("not an e-mail address");
            }
            Written::Text(address.to_owned())
        }
        How::Phone => {
            let number = text.trim_start_matches("tel:");
            if dial(number).is_err() {
                return no("not a telephone number that can be dialled");
            }
            Written::Text(number.to_owned())
        }
        How::Location => match value {
            Source::Map(entries) => {
                let mut parts = Block::default();
                for (key, value) in entries {
                    let name = LOCATION.iter().find(|(name, _)| name == key).map(|(_, name)| name);
                    let words = values::plain(value.text().unwrap_or_default()).0;
                    if let Some(name) = name.filter(|_| !words.is_empty()) {
                        parts.set(name, Written::Text(words));
                    }
                }
                parts.arrange(&LOCATION.map(|(_, name)| name.to_owned()));
                match parts.entries.as_slice() {
                    [(name, city)] if name == "city" => city.clone(),
                    _ => Written::Block(parts),
                }
            }
            _ => Written::Text(values::plain(text).0),
        },
        How::Joined(_) | How::DateParts | How::Period { .. } | How::Picture => return no(""),
    };
    match block.get(field.to) {
        Some(Written::Text(there)) if there.is_empty() => block.set(field.to, written),
        None => block.set(field.to, written),
        Some(there) if *there == written => return Err(Refused::Repeated),
        Some(_) => return no("the field has another value"),
    }
    Ok(links)
}

/// The names in a text with commas, semicolons or line breaks between them. Commas in parentheses
/// belong to a name.
fn names(text: &str) -> Vec<&str> {
    let (mut names, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | ';' | '\n' | '、' if depth <= 0 => {
                names.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    names.push(&text[from..]);
    let names: Vec<&str> =
        names.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    // A sentence is no list of names.
    let sentence = |name: &&str| {
        let mut words = name.split_whitespace();
        let first = words.next().unwrap_or_default();
        ["and", "und", "et", "y", "e", "og", "och", "en"].contains(&first) || words.count() >= 4
    };
    if names.iter().any(sentence) { vec![text.trim()] } else { names }
}

/// A text in which ` - ` begins a bullet of its own line.
fn nested(text: &str) -> String {
    if text.contains('\n') { text.to_owned() } else { text.replace(" - ", "\n- ") }
}
