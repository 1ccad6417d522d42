//! What letters have in braces and in double brackets, and what each stands for.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::record::links::addresses::{article_path, post_path, project_path};
use crate::record::model::applications::Application;
use crate::record::model::record::Record;
use crate::record::read::Spanned;
use crate::record::text::Text;

/// The words in braces that stand for values of the application and the person.
pub const VALUES: [&str; 3] = ["organization", "role", "name"];

/// `{name}`, `[[id]]` and `[[id|words]]`, each perhaps behind a backslash.
static FORMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\\?(?:\{([A-Za-z0-9-]+)\}|\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\])").ok()
});

/// A part of a text that stands for another.
#[derive(Debug, PartialEq, Eq)]
pub struct Placeholder<'t> {
    /// What it names.
    pub kind: Kind<'t>,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// What a placeholder names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'t> {
    /// A value or a snippet.
    Value(&'t str),
    /// An entry, and the words to print in place of its name.
    Entry(&'t str, Option<&'t str>),
}

/// The placeholders of a text. A backslash before one makes it a part of the text.
pub fn placeholders(text: &str) -> impl Iterator<Item = Placeholder<'_>> {
    let found = FORMS.iter().flat_map(|forms| forms.captures_iter(text));
    found.filter_map(|captures| {
        let whole = captures.get(0).filter(|whole| !whole.as_str().starts_with('\\'))?;
        let group = |at| captures.get(at).map(|part| part.as_str());
        let kind = match group(1) {
            Some(name) => Kind::Value(name),
            None => Kind::Entry(group(2)?.trim(), group(3).map(str::trim)),
        };
        Some(Placeholder { kind, range: whole.range() })
    })
}

/// A text with its placeholders replaced.
pub fn fill(text: &str, mut words: impl FnMut(Kind) -> String) -> String {
    let (mut filled, mut end) = (String::new(), 0);
    for Placeholder { kind, range } in placeholders(text) {
        filled += &text[end..range.start];
        filled += &words(kind);
        end = range.end;
    }
    filled + &text[end..]
}

/// What a word in braces stands for: a value of the application or of the person, or a snippet.
pub fn value<'r>(record: &'r Record, application: &'r Application, name: &str) -> Option<&'r Text> {
    match name {
        "organization" => application.organization.as_ref(),
        "role" => application.role.as_deref().or(record.profile.role.as_deref()),
        "name" => Some(&record.profile.name),
        id => record.snippets.get(id).map(|text| &text.0),
    }
}

/// An entry that a letter can name.
pub struct Named<'r> {
    /// Its id.
    pub id: &'r str,
    /// What it is called.
    pub name: &'r Text,
    /// Its page of the site; `None` for a part of the career's.
    pub path: Option<String>,
    /// Its own address.
    pub url: Option<&'r Spanned<String>>,
}

/// The entries that a letter can name. Where two have one id, the first is meant.
pub fn named(record: &Record) -> impl Iterator<Item = Named<'_>> {
    let projects = record.projects.iter().map(|own| {
        let path = Some(project_path(record, &own.id));
        Named { id: &own.id, name: &own.name, path, url: own.url.as_ref() }
    });
    let career = record.career.iter().map(|own| {
        let url = own.url.as_ref();
        Named { id: &own.id, name: &own.organization, path: None, url }
    });
    let articles = record.articles.iter().map(|own| {
        let path = Some(article_path(record, own));
        Named { id: &own.id, name: &own.title, path, url: None }
    });
    let posts = record.posts.iter().map(|own| {
        let path = Some(post_path(own));
        Named { id: &own.id, name: &own.title, path, url: None }
    });
    projects.chain(career).chain(articles).chain(posts)
}

#[cfg(test)]
mod tests {
    use super::{Kind, fill};

    #[test]
    fn braces_and_brackets_are_replaced_and_a_backslash_keeps_them() {
        let text = "{role} at {organization}: [[a-1]]과 [[b|the other]], \\{role} \\[[a]] {#id} {} [a] {두}";
        let words = |kind: Kind| match kind {
            Kind::Value(name) => format!("<{name}>"),
            Kind::Entry(id, words) => format!("({id} {})", words.unwrap_or("-")),
        };
        assert_eq!(
            fill(text, words),
            "<role> at <organization>: (a-1 -)과 (b the other), \\{role} \\[[a]] {#id} {} [a] {두}"
        );
    }
}
