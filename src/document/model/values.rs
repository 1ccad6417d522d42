//! The values that entries are made of: dates, links, prose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use crate::document::reference::{Described, Reference, described};
use crate::record::model::{date, time};

described! {
    /// A calendar date, as exact as it is known.
    #[derive(Serialize)]
    pub struct Date as "date" {
        /// The year, four digits.
        pub year: i32,
        /// The month, 1–12.
        pub month: Option<u32>,
        /// The day of the month, 1–31.
        pub day: Option<u32>,
    }

    /// The time from one date to another, or a single date. All keys but `expected` may be `none`.
    #[derive(Serialize)]
    pub struct Period as "period" {
        /// When it began, where that is known.
        pub start: Option<Date>,
        /// When it ended, where that is known; the date of what has one only.
        pub end: Option<End>,
        /// The words of the record that are printed instead of the dates.
        pub dates: Option<String>,
        /// Whether its end is later than the document's date.
        pub expected: bool,
        /// How long it is in words: as the record states it, or in whole calendar months, both ends
        /// counted. `none` where that is not known or not wanted.
        pub duration: Option<String>,
    }

    /// Markdown of the record. `prose` of `shared/parts.typ` sets it.
    #[derive(Serialize)]
    pub struct Prose as "prose" {
        /// The Markdown.
        pub text: String,
        /// Whether it is a short text, which has paragraphs and bullets as its only blocks.
        pub inline: bool,
        /// Names its notes: two texts may have the same words. Empty where it has no notes.
        pub notes: String,
        /// Where each address in it leads.
        pub links: BTreeMap<String, Link>,
        /// What its heading ids begin with as labels.
        pub prefix: String,
        /// Its language tag where that is not the document's.
        pub language: Option<String>,
        /// The quotation marks of its language, four characters: open and close, then open and close
        /// inside a quotation. A blank behind them stands on the inner side of the first two.
        pub quotes: String,
    }

    /// A phrase with emphasis, code or links.
    #[derive(Serialize)]
    pub struct Marked as "marked phrase" {
        /// Its words alone.
        pub words: String,
        /// The phrase. `phrase` of `shared/parts.typ` sets it.
        pub prose: Prose,
    }

    /// The parts of an address, which the words of each language put in order. All keys may be `none`.
    #[derive(Serialize)]
    pub struct Address as "address" {
        /// Street and number.
        pub address: Option<String>,
        /// The postal code.
        pub postal_code: Option<String>,
        /// The city.
        pub city: Option<String>,
        /// The state, province or county.
        pub region: Option<String>,
        /// The country.
        pub country: Option<String>,
    }

    /// A tag of the record.
    #[derive(Serialize)]
    pub struct Tag as "tag" {
        /// Its name.
        pub label: String,
        /// The page of the site that lists what has this tag.
        pub link: Link,
    }
}

impl From<date::Date> for Date {
    fn from(date::Date { year, month, day }: date::Date) -> Self {
        Self { year, month, day }
    }
}

/// A name or another phrase.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Phrase {
    /// Words alone.
    Plain(String),
    /// Words with emphasis, code or links.
    Marked(Marked),
}

impl Default for Phrase {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl Described for Phrase {
    fn name(reference: &mut Reference) -> String {
        format!("text or {}", Marked::name(reference))
    }
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Location {
    /// As it is printed.
    Words(String),
    /// The parts of an address.
    Parts(Address),
}

impl Described for Location {
    fn name(reference: &mut Reference) -> String {
        format!("text or {}", Address::name(reference))
    }
}

/// The end of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum End {
    /// A date.
    On(Date),
    /// It goes on.
    #[serde(serialize_with = "present")]
    Present,
}

fn present<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("present")
}

impl From<time::End> for End {
    fn from(end: time::End) -> Self {
        match end {
            time::End::On(date) => Self::On(date.into()),
            time::End::Present => Self::Present,
        }
    }
}

impl Described for End {
    fn name(reference: &mut Reference) -> String {
        format!("{} or `present`", Date::name(reference))
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Link {
    /// To a label of this document.
    Label(String),
    /// To an address.
    Url(String),
}

impl Described for Link {
    fn name(reference: &mut Reference) -> String {
        reference.define("link", &["Where a link leads. It has one of the two keys."], |_| {
            let text = || "text".to_owned();
            vec![
                ("label", text(), &["A label of this document."]),
                ("url", text(), &["An address."]),
            ]
        })
    }
}
