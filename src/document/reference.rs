//! The tables of `docs/templates.md`, printed from the types that templates read and report.
//!
//! [`described!`] declares such a type: its doc comments are the words of its table.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::document::format::Format;
use crate::record::model::career::CareerEntryKind;
use crate::record::model::letter::LetterForm;
use crate::record::model::sections::{SectionId, SectionKind};
use crate::record::model::site::{Listing, Paper};
use crate::record::model::theme::{
    Bullets, HeadAlignment, Margins, PhotoShape, PhotoSide, TitleStyle,
};

/// The tables of the requested types, in the order in which they were first named.
#[derive(Debug, Default)]
pub struct Reference {
    /// Headings and tables in Markdown.
    tables: Vec<(&'static str, String)>,
}

/// A type that templates read or report.
pub trait Described {
    /// How a table names the type, such as `list of [tag](#tag)`. Adds the tables that this leads to.
    fn name(reference: &mut Reference) -> String;
}

/// A field of a type: its key, the name of its type, the lines of its documentation.
pub type Field = (&'static str, String, &'static [&'static str]);

impl Reference {
    /// Adds the table of a type unless it is there; returns a link to it.
    pub fn define(
        &mut self,
        name: &'static str,
        docs: &[&str],
        fields: impl FnOnce(&mut Self) -> Vec<Field>,
    ) -> String {
        if self.tables.iter().all(|(known, _)| *known != name) {
            let at = self.tables.len();
            // Keeps the place in the order while the types of the fields are named.
            self.tables.push((name, String::new()));
            let words = |lines: &[&str]| lines.concat().trim().to_owned();
            let mut table =
                format!("### {name}\n\n{}\n\n| key | type | is |\n|---|---|---|\n", words(docs));
            for (field, type_name, docs) in fields(self) {
                let key = field.replace('_', "-");
                table += &format!("| `{key}` | {type_name} | {} |\n", words(docs));
            }
            self.tables[at].1 = table;
        }
        format!("[{name}](#{})", name.replace(' ', "-").replace(',', ""))
    }

    /// How many tables there are.
    pub(crate) fn count(&self) -> usize {
        self.tables.len()
    }

    /// The tables from one on, counted from 0, in Markdown.
    pub fn markdown(&self, from: usize) -> String {
        let tables = self.tables.iter().skip(from).map(|(_, table)| table.as_str());
        tables.collect::<Vec<_>>().join("\n")
    }
}

/// Declares structs that templates read or report, with their tables.
macro_rules! described {
    ($(
        $(#[doc = $doc:literal])*
        #[derive($derive:ident)]
        pub struct $name:ident as $word:literal {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[serde($default:ident)])?
                pub $field:ident: $type:ty,
            )*
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, serde::$derive)]
        #[serde(rename_all = "kebab-case")]
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                $(#[serde($default)])?
                pub $field: $type,
            )*
        }

        impl $crate::document::reference::Described for $name {
            fn name(reference: &mut $crate::document::reference::Reference) -> String {
                reference.define($word, &[$($doc),*], |reference| vec![$((
                    stringify!($field),
                    <$type as $crate::document::reference::Described>::name(reference),
                    &[$($field_doc),*],
                )),*])
            }
        }
    )*};
}

pub(crate) use described;

/// Names types that have no table.
macro_rules! simple {
    ($($name:literal: $($type:ty),*;)*) => {$($(
        impl Described for $type {
            fn name(_: &mut Reference) -> String {
                $name.to_owned()
            }
        }
    )*)*};
}

simple! {
    "text": String;
    "boolean": bool;
    "integer": u8, u32, i32, usize;
    "number": f64;
}

/// Names choices by their words.
macro_rules! choices {
    ($($type:ty),*) => {$(
        impl Described for $type {
            fn name(_: &mut Reference) -> String {
                let words = <$type>::ALL.map(|choice| format!("`{}`", choice.word()));
                words.join(", ")
            }
        }
    )*};
}

choices!(Format, SectionKind, CareerEntryKind, Listing, Paper, Margins, LetterForm);
choices!(TitleStyle, Bullets, HeadAlignment, PhotoSide, PhotoShape);

impl Described for SectionId {
    fn name(reference: &mut Reference) -> String {
        format!("{}, or the id of an [own section](#own-section)", SectionKind::name(reference))
    }
}

impl<T: Described> Described for Option<T> {
    fn name(reference: &mut Reference) -> String {
        format!("{} or `none`", T::name(reference))
    }
}

impl<T: Described> Described for Vec<T> {
    fn name(reference: &mut Reference) -> String {
        format!("list of {}", T::name(reference))
    }
}

impl Described for Map<String, Value> {
    fn name(_: &mut Reference) -> String {
        "dictionary".to_owned()
    }
}

impl<T: Described> Described for BTreeMap<String, T> {
    fn name(reference: &mut Reference) -> String {
        format!("dictionary of {}", T::name(reference))
    }
}
