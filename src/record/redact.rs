//! Removes what says who somebody is from the tree of a record, before anything is read from it: nothing that is
//! made of the record can hold it, whatever part of a document it would go to.

use percent_encoding::percent_decode_str;
use regex::{Captures, Regex, RegexBuilder};

use crate::record::declare::choice;
use crate::record::yaml::tree::{Kind, Node};
use crate::util::slug::slug;

choice! {
    /// What can be removed.
    pub enum Part as "a part to remove" {
        /// E-mail, telephone, address, home page, accounts, facts about the person, and the site.
        Contact = "contact",
        /// The name, its parts, and what they are in.
        Name = "name",
        /// The portrait, and the picture of the signature.
        Photo = "photo",
        /// The names of employers and volunteer organisations.
        Employers = "employers",
        /// The names of schools.
        Schools = "schools",
        /// The dates and durations of entries. Prose is not searched for them.
        Dates = "dates",
    }
}

/// What is removed from a record.
#[derive(Debug, Clone, Copy, Default)]
pub struct Removal<'a> {
    /// The parts.
    pub parts: &'a [Part],
    /// Whether also from the paths of its pictures: where the record itself is handed on, without them.
    pub paths: bool,
}

/// What stands for words that are removed.
pub const REMOVED: &str = "○○○";

/// Keys of the profile that say how to reach the person.
const REACH: [&str; 6] = ["email", "phone", "location", "url", "links", "facts"];
/// Keys of the site that name it.
const SITE: [&str; 3] = ["url", "path", "translations"];
/// Keys of dates and of how long something was.
const DATES: [&str; 5] = ["start", "end", "date", "dates", "duration"];
/// Keys of the record whose entries have dates.
const DATED: [&str; 8] = [
    "career",
    "projects",
    "languages",
    "awards",
    "certificates",
    "publications",
    "sections",
    "articles",
];
/// Keys of values that are a file or one of fixed words.
const CHOICES: [&str; 16] = [
    "file",
    "kind",
    "list",
    "form",
    "count",
    "paper",
    "language",
    "languages",
    "order",
    "layout",
    "margins",
    "titles",
    "bullets",
    "head",
    "side",
    "shape",
];
/// Keys of maps whose own keys are ids or words of the person.
const NAMED: [&str; 3] = ["tags", "snippets", "keywords"];
/// Forms of companies, without which their names are often said.
const FORMS: [&str; 16] = [
    "Ltd",
    "Ltd.",
    "Limited",
    "Inc",
    "Inc.",
    "LLC",
    "Corp",
    "Corp.",
    "Co.",
    "GmbH",
    "AG",
    "SE",
    "S.A.",
    "B.V.",
    "주식회사",
    "(주)",
];
/// ASCII letters of a word that is also removed inside of other words, such as those of an address.
const LONG: usize = 5;
/// Letters of a part of a name that is removed by itself.
const LETTERS: usize = 3;

/// What is removed from one record.
struct Redaction<'a> {
    parts: &'a [Part],
    paths: bool,
    /// What is searched for in all texts; `None` where there is nothing.
    words: Option<Regex>,
    /// Words that ids are made of.
    ids: Vec<String>,
    links: Option<Regex>,
}

/// The tree of a record without some parts.
pub(super) fn redacted(mut root: Node, removal: Removal) -> Node {
    let Removal { parts, paths } = removal;
    let mut words = words(&root, parts);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    let pattern = words.iter().map(|word| pattern(word)).collect::<Vec<_>>().join("|");
    let compiled = RegexBuilder::new(&pattern).case_insensitive(true).size_limit(1 << 28).build();
    let mut ids: Vec<String> = words.iter().map(|word| slug(word)).collect();
    ids.extend(entries(&root, parts).filter_map(|entry| text(entry.get("id")?)));
    ids.retain(|id| !id.is_empty());
    let links = r#"(!?)\[([^\]]*)\]\((<?([^)\s>]*)>?)((?:\s+"[^"]*")?)\)|<?\b(?:https?://|www\.)[^\s)>\]]+>?"#;
    let redaction = Redaction {
        parts,
        paths,
        words: compiled.ok().filter(|_| !words.is_empty()),
        ids,
        links: Regex::new(links).ok(),
    };
    redaction.remove_keys(&mut root);
    redaction.replace(&mut root, "");
    root
}

/// The entries of the career whose names are removed.
fn entries<'n>(root: &'n Node, parts: &'n [Part]) -> impl Iterator<Item = &'n Node> {
    items(root.get("career")).filter(|entry| is_removed(entry, parts))
}

/// Whether the name of a career entry is removed.
fn is_removed(entry: &Node, parts: &[Part]) -> bool {
    let school = entry.get("kind").and_then(text).is_some_and(|kind| kind == "education");
    parts.contains(if school { &Part::Schools } else { &Part::Employers })
}

/// The words that must not be left in any text.
fn words(root: &Node, parts: &[Part]) -> Vec<String> {
    let (mut words, profile) = (Vec::new(), root.get("profile"));
    let mut add = |node: Option<&Node>| node.into_iter().for_each(|node| scalars(node, &mut words));
    let of = |key: &str| profile.and_then(|profile| profile.get(key));
    if parts.contains(&Part::Contact) {
        ["email", "phone", "url"].into_iter().for_each(|key| add(of(key)));
        for link in items(of("links")) {
            ["url", "username"].into_iter().for_each(|key| add(link.get(key)));
        }
        for key in ["address", "postal-code"] {
            add(of("location").and_then(|location| location.get(key)));
        }
        add(root.get("site").and_then(|site| site.get("url")));
    }
    for entry in entries(root, parts) {
        ["organization", "label", "url"].into_iter().for_each(|key| add(entry.get(key)));
    }
    let short: Vec<String> = words.iter().map(|name| without_form(name)).collect();
    words.extend(short);
    // What stands in parentheses behind a name is a name, too.
    let mut names = Vec::new();
    for entry in entries(root, parts) {
        entry.get("organization").into_iter().for_each(|name| scalars(name, &mut names));
    }
    let halves = names.iter().filter(|name| name.ends_with(')'));
    let halves = halves.filter_map(|name| without_form(name).split_once('(').map(both));
    words.extend(halves.flatten());
    // Addresses are written with and without their beginning and their end.
    for word in &mut words {
        let bare = word.trim_start_matches("https://").trim_start_matches("http://");
        *word = bare.trim_start_matches("www.").trim_end_matches('/').to_owned();
    }
    if parts.contains(&Part::Name) {
        let mut names = Vec::new();
        of("name").into_iter().for_each(|name| scalars(name, &mut names));
        for name in names {
            words.extend(name_parts(&name));
        }
    }
    words.retain(|word| word.chars().count() > 1);
    words
}

/// A name and what stands in parentheses behind it.
fn both((name, inner): (&str, &str)) -> [String; 2] {
    [name, inner].map(|part| part.trim_matches([' ', ')']).to_owned())
}

/// The name of a company without its form, before it or after it.
fn without_form(name: &str) -> String {
    let name = name.trim_start_matches("(주)").trim_end_matches("(주)").replace('㈜', " ");
    let words = name.split_whitespace().filter(|word| !FORMS.contains(&word.trim_end_matches(',')));
    words.collect::<Vec<_>>().join(" ").trim_end_matches(',').to_owned()
}

/// A name, its parts, and both orders of them in one word.
fn name_parts(name: &str) -> Vec<String> {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let mut all = vec![name.to_owned()];
    if let [only] = parts.as_slice() {
        // A Korean name of three syllables ends with the given name.
        let syllables: Vec<char> = only.chars().collect();
        let hangul = |c: &char| ('가'..='힣').contains(c);
        if syllables.len() == 3 && syllables.iter().all(hangul) {
            all.push(syllables[1..].iter().collect());
        }
    } else {
        for separator in ["", "-", ".", "_", ", "] {
            all.push(parts.join(separator));
            all.push(parts.iter().rev().copied().collect::<Vec<_>>().join(separator));
        }
        let long = parts.iter().filter(|part| part.chars().count() >= LETTERS || !part.is_ascii());
        all.extend(long.map(|part| (*part).to_owned()));
    }
    all
}

/// A word as a regular expression, with any space between its parts.
fn pattern(word: &str) -> String {
    word.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+")
}

/// The items of a list.
fn items(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    match node.map(|node| &node.kind) {
        Some(Kind::List(items)) => items.as_slice(),
        _ => &[],
    }
    .iter()
}

/// The characters of a scalar.
fn text(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(scalar.text.trim().to_owned()),
        _ => None,
    }
}

/// All scalars of a value.
fn scalars(node: &Node, found: &mut Vec<String>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar(scalar) => found.push(scalar.text.trim().to_owned()),
        Kind::List(items) => items.iter().for_each(|item| scalars(item, found)),
        Kind::Map(entries) => entries.iter().for_each(|(_, value)| scalars(value, found)),
    }
}

impl Redaction<'_> {
    fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// Removes what is known by its key.
    fn remove_keys(&self, root: &mut Node) {
        let Kind::Map(entries) = &mut root.kind else { return };
        // A post is nothing without its date.
        entries.retain(|(key, _)| !(self.has(Part::Dates) && key.text == "posts"));
        for (key, value) in entries {
            match (key.text.as_str(), &mut value.kind) {
                ("profile", Kind::Map(profile)) => profile.retain(|(key, value)| {
                    let key = key.text.as_str();
                    // An account or an address that the name is a part of says the name.
                    let mut written = Vec::new();
                    scalars(value, &mut written);
                    let named = REACH.contains(&key) && written.iter().any(|it| self.is_in(it));
                    !(named
                        || self.has(Part::Contact) && REACH.contains(&key)
                        || self.has(Part::Photo) && key == "photo")
                }),
                ("site", Kind::Map(site)) => {
                    let named = site.iter().any(|(key, url)| {
                        key.text == "url" && text(url).is_some_and(|it| self.is_in(&it))
                    });
                    if named || self.has(Part::Contact) {
                        site.retain(|(key, _)| !SITE.contains(&key.text.as_str()));
                    }
                }
                ("career", Kind::List(career)) => {
                    for entry in career.iter_mut().filter(|entry| is_removed(entry, self.parts)) {
                        let Kind::Map(fields) = &mut entry.kind else { continue };
                        fields.retain(|(key, _)| {
                            !matches!(key.text.as_str(), "url" | "label" | "location")
                        });
                    }
                }
                ("applications", Kind::List(applications)) => {
                    for application in applications {
                        self.remove_signature(application);
                    }
                }
                _ => {}
            }
            if self.has(Part::Dates) && DATED.contains(&key.text.as_str()) {
                without(value, &DATES);
            }
        }
    }

    fn remove_signature(&self, application: &mut Node) {
        let Kind::Map(fields) = &mut application.kind else { return };
        for (_, letter) in fields.iter_mut().filter(|(key, _)| key.text == "letter") {
            if let Kind::Map(letter) = &mut letter.kind {
                let hides = self.has(Part::Photo) || self.has(Part::Name);
                letter.retain(|(key, _)| !(hides && key.text == "signature"));
            }
        }
    }

    /// Replaces what is left in texts, ids, links and keys; `key` is what the value stands under.
    fn replace(&self, node: &mut Node, key: &str) {
        match &mut node.kind {
            Kind::Null => {}
            // The path of a file is in no document; a choice is one of fixed words.
            Kind::Scalar(_) if CHOICES.contains(&key) && !(key == "file" && self.paths) => {}
            Kind::Scalar(scalar) => scalar.text = self.replaced(&scalar.text),
            Kind::List(items) => items.iter_mut().for_each(|item| self.replace(item, key)),
            Kind::Map(entries) => {
                let parent = key;
                entries.retain(|(key, value)| {
                    let address =
                        text(value).is_some_and(|it| it.starts_with("http") && self.is_in(&it));
                    !(address && key.text == "url")
                });
                for (key, value) in entries {
                    if NAMED.contains(&parent) && is_id(&key.text) {
                        key.text = self.id(&key.text);
                    }
                    self.replace(value, &key.text);
                }
            }
        }
    }

    fn replaced(&self, text: &str) -> String {
        if is_id(text) && self.id(text) != text {
            return self.id(text);
        }
        let Some(links) = &self.links else { return self.hidden(text) };
        let (mut replaced, mut end) = (String::new(), 0);
        for link in links.captures_iter(text) {
            let Some(all) = link.get(0) else { continue };
            replaced += &self.hidden(&text[end..all.start()]);
            replaced += &self.link(&link, all.as_str());
            end = all.end();
        }
        replaced + &self.hidden(&text[end..])
    }

    /// A link or a picture of a text. An address without a part of it leads nowhere; the path of a picture is in no
    /// document.
    fn link(&self, link: &Captures, all: &str) -> String {
        let group = |at| link.get(at).map_or("", |part| part.as_str());
        let (words, target, address, title) = (group(2), group(3), group(4), group(5));
        match link.get(1).map(|sign| sign.as_str()) {
            Some("") => {
                let own = address.starts_with(['/', '#']);
                match own && self.has(Part::Contact) || self.is_in(address) {
                    true => self.hidden(words),
                    false => self.hidden(all),
                }
            }
            Some(_) if self.paths => self.hidden(all),
            Some(_) => format!("![{}]({target}{})", self.hidden(words), self.hidden(title)),
            None if self.is_in(all) => REMOVED.to_owned(),
            None => all.to_owned(),
        }
    }

    /// A text without the words, wherever they are.
    fn hidden(&self, text: &str) -> String {
        let Some(words) = &self.words else { return text.to_owned() };
        let replaced = words.replace_all(text, |found: &Captures| {
            let Some(word) = found.get(0) else { return String::new() };
            match is_apart(text, word.start(), word.end()) {
                true => REMOVED.to_owned(),
                false => word.as_str().to_owned(),
            }
        });
        replaced.into_owned()
    }

    /// Whether one of the words is in a text, or in an address.
    fn is_in(&self, text: &str) -> bool {
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        self.hidden(&decoded) != decoded
    }

    /// An id without the words that it is made of.
    fn id(&self, id: &str) -> String {
        let mut id = format!("-{id}-");
        for (number, word) in self.ids.iter().enumerate() {
            let (inner, other) = (format!("-{word}-"), format!("-x{number}-"));
            id = id.replace(&inner, &other).replace(&format!("-{word}/"), &format!("-x{number}/"));
        }
        id[1..id.len() - 1].to_owned()
    }
}

/// Whether a text has the form of an id, perhaps with the number of a highlight.
fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '/';
    !text.is_empty() && !text.starts_with('/') && text.chars().all(fits)
}

/// Whether a word is no part of another one; a long one counts as its own.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    let word = &text[start..end];
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let joined = |inner: Option<char>, outer: Option<char>| ascii(inner) && ascii(outer);
    let before = joined(word.chars().next(), text[..start].chars().next_back());
    let after = joined(word.chars().next_back(), text[end..].chars().next());
    word.len() >= LONG || !before && !after
}

/// Removes keys from a value and all that is in it.
fn without(node: &mut Node, keys: &[&str]) {
    match &mut node.kind {
        Kind::Null | Kind::Scalar(_) => {}
        Kind::List(items) => items.iter_mut().for_each(|item| without(item, keys)),
        Kind::Map(entries) => {
            entries.retain(|(key, _)| !keys.contains(&key.text.as_str()));
            entries.iter_mut().for_each(|(_, value)| without(value, keys));
        }
    }
}
