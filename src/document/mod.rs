//! A [`Record`] and a choice of what to show → one [`Document`], which templates and exporters read.
//!
//! Languages, dates, order and links are settled here. This module knows neither Typst nor where
//! anything is on a page.

mod builder;
mod entries;
pub mod file_name;
mod format;
mod labels;
mod letter;
mod manual;
pub mod model;
mod own_name;
mod places;
mod project_filter;
pub(crate) mod reference;
mod request;
mod resume;
mod words;

use unicode_properties::UnicodeEmoji;

use crate::diagnostics::Diagnostic;
use crate::record::Record;
use crate::record::links::addresses::Addresses;

pub use self::format::Format;
pub(crate) use self::labels::Places;
pub use self::model::document::{Body, Document};
pub use self::model::preview::{Preview, ThemePage};
pub use self::model::theme::Theme;
pub use self::project_filter::{Filter, Sort};
pub use self::request::Request;

use self::builder::Builder;
use self::model::frame::Frame;
use self::model::letter::{Letter, Questions};
use self::model::manual::Manual;
use self::model::resume::Resume;
use self::reference::{Described, Reference};

/// Builds one document, and reports the texts that are not in its language.
pub fn build(
    record: &Record,
    addresses: &Addresses,
    request: Request,
) -> (Document, Vec<Diagnostic>) {
    let builder = Builder::new(record, addresses, request);
    let frame = builder.frame();
    let body = match request.format {
        Format::Full => Body::Manual(Box::new(builder.manual())),
        Format::Cv | Format::OnePage | Format::Portfolio => {
            Body::Resume(Box::new(builder.resume()))
        }
        Format::Letter => Body::Letter(Box::new(builder.letter())),
        Format::Questions => Body::Questions(builder.questions()),
    };
    let mut document = Document { frame, body };
    document.frame.settings.emoji = has_emoji(&document.json());
    (document, builder.into_diagnostics())
}

/// Where a document prints what other documents of the same file can link to.
pub(crate) fn places(record: &Record, addresses: &Addresses, request: Request) -> Places {
    Builder::new(record, addresses, request).places()
}

/// Whether a document may contain an emoji; the template checks exactly. JSON keeps all characters
/// but those of ASCII as they are.
fn has_emoji(json: &str) -> bool {
    let emoji =
        |c: char| matches!(c, '\u{20E3}' | '\u{FE0F}') || !c.is_ascii() && c.is_emoji_char();
    // `&#9889;` is one, too, once Markdown has been read.
    json.chars().any(emoji) || json.contains("&#")
}

/// The tables of `/document.json` and `/theme.json`.
pub fn reference() -> Reference {
    let mut reference = Reference::default();
    for name in
        [Frame::name, Manual::name, Resume::name, Letter::name, Questions::name, Theme::name]
    {
        name(&mut reference);
    }
    reference
}

#[cfg(test)]
mod tests {
    use super::has_emoji;

    #[test]
    fn emoji_are_found_in_all_their_forms() {
        for text in ["⚡", "1\u{FE0F}\u{20E3}", "&#9889;", "🇰🇷"] {
            assert!(has_emoji(&format!(r#"{{"name":"{text}"}}"#)), "{text}");
        }
        assert!(!has_emoji(r#"{"name":"이름 – “A*” · #1, 100~200 & 2"}"#));
    }
}
