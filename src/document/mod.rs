//! A [`Record`] and a choice of what to show → `document.json`, the one thing templates see.
//!
//! Languages, dates, order and links are settled here, so that templates only set what they are
//! given. This room must not know Typst, nor where anything is on the page.

mod build;
mod filter;
mod manual;
mod parts;

pub use filter::{Filter, Sort};

use serde_json::{Value, json};
use unicode_properties::UnicodeEmoji;

use crate::diagnostics::Diagnostic;
use crate::record::Record;
use crate::record::links::addresses::Addresses;
use crate::record::model::applications::Application;
use crate::record::model::date::Date;
use crate::record::model::theme::{FontKind, Margins, Theme, ThemeName};
use crate::record::read::choice;
use crate::tailor::{Fit, Selection};

choice! {
    /// What a document is for.
    pub enum Format as "a format" {
        /// The whole record as a manual.
        Full = "full",
        /// The résumé of exactly one page.
        OnePage = "one-page",
        /// The projects.
        Portfolio = "portfolio",
    }
}

impl Format {
    /// All formats, in the order they are made.
    pub const ALL: [Self; 3] = [Self::Full, Self::OnePage, Self::Portfolio];

    /// The template that sets it.
    pub fn template(self) -> String {
        format!("{}/main.typ", self.word())
    }
}

/// What to build.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The format.
    pub format: Format,
    /// The language of the document.
    pub language: &'a str,
    /// The language whose words the templates use for what is not in the data.
    pub words: &'a str,
    /// Its date.
    pub date: Date,
    /// The application it is for.
    pub application: Option<&'a Application>,
    /// Which optional entries it shows.
    pub selection: &'a Selection,
    /// Which projects and articles the manual and the portfolio are limited to, in which order.
    pub filter: &'a Filter,
    /// How it is made to measure.
    pub fit: Fit,
}

/// What the record asks of the templates' tokens: the theme's name, and `null` for what it leaves
/// to the theme. A file of its own, so that the look and the content change apart.
pub fn theme(theme: Option<&Theme>) -> Value {
    json!({
        "name": theme.map_or(ThemeName::Modern, |theme| theme.name).word(),
        "accent": theme.and_then(|theme| theme.accent.as_ref()).map(|accent| &accent.0.value),
        "font": theme.and_then(|theme| theme.font).map(FontKind::word),
        "size": theme.and_then(|theme| theme.size).map(|size| size.0),
        "margins": theme.map_or(Margins::Normal, |theme| theme.margins).word(),
    })
}

/// Builds the data of one document, and says what it had to make do with.
pub fn build(record: &Record, addresses: &Addresses, request: Request) -> (Value, Vec<Diagnostic>) {
    let builder = build::Builder::new(record, addresses, request);
    let mut document = builder.frame();
    let body = match request.format {
        Format::Full => builder.manual(),
        Format::OnePage | Format::Portfolio => builder.resume(),
    };
    if let (Value::Object(document), Value::Object(body)) = (&mut document, body) {
        document.extend(body);
    }
    document["settings"]["emoji"] = has_emoji(&document).into();
    (document, builder.into_diagnostics())
}

/// Whether an emoji may stand in a text; the template looks closely.
fn has_emoji(value: &Value) -> bool {
    let emoji =
        |c: char| matches!(c, '\u{20E3}' | '\u{FE0F}') || !c.is_ascii() && c.is_emoji_char();
    match value {
        // `&#9889;` is one, too, once Markdown has been read.
        Value::String(text) => text.chars().any(emoji) || text.contains("&#"),
        Value::Array(items) => items.iter().any(has_emoji),
        Value::Object(fields) => fields.values().any(has_emoji),
        _ => false,
    }
}
