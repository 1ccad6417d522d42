//! The letter of an application, and the texts that letters share.

use serde_json::{Map, Value, json};

use crate::record::declare::{choice, record};
use crate::record::model::date::Date;
use crate::record::model::location::Location;
use crate::record::model::profile::Photo;
use crate::record::model::text::{Id, Phrase, Prose};
use crate::record::read::{Read, Reader, Spanned};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::{Kind, Node};

record! {
    /// A letter of one page. In its texts `{organization}` and `{role}` stand for those of the application,
    /// `{name}` for the person, `{other}` for the snippet with that id, and `[[id]]` names and links an entry.
    pub struct Letter as "a letter" {
        /// Where the parts stand on the paper; by default as letters of the language do.
        pub form: Option<LetterForm>,
        /// Its date; by default that of the document.
        pub date: Option<Spanned<Date>>,
        /// Who gets it.
        pub recipient: Option<Recipient>,
        /// What it is about, in a line.
        pub subject: Option<Phrase>,
        /// The line that it opens with, such as `Dear Ms Surname,`.
        pub opening: Option<Phrase>,
        /// Its paragraphs.
        pub paragraphs: Vec<Prose>,
        /// The line that it closes with, such as `Kind regards`. The name of the person stands below, or where
        /// this line has `{name}`.
        pub closing: Option<Phrase>,
        /// A picture of the signature.
        pub signature: Option<Photo>,
        /// What is sent with it.
        pub enclosures: Vec<Phrase>,
    }
}

choice! {
    /// Where the parts of a letter stand on its paper.
    pub enum LetterForm as "a form of letters" {
        /// For envelopes with a window (DIN 5008, form B), with marks where the paper is folded.
        Din5008 = "din5008",
        /// Everything at the left, the date first.
        Us = "us",
        /// The date and the name at the end.
        Korean = "korean",
    }
}

record! {
    /// Who gets a letter.
    pub struct Recipient as "a recipient" {
        /// The name of a person.
        pub name: Option<Text>,
        /// What the person does.
        pub title: Option<Text>,
        /// The organisation; by default that of the application.
        pub organization: Option<Text>,
        /// Where it is.
        pub address: Option<Location>,
    }
}

/// Texts that letters share, by id.
#[derive(Debug, Clone, Default)]
pub struct Snippets(pub Vec<(Id, Prose)>);

impl Snippets {
    /// The text with an id.
    pub fn get(&self, id: &str) -> Option<&Prose> {
        self.0.iter().find(|(own, _)| **own == id).map(|(_, text)| text)
    }
}

impl Read for Snippets {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            return reader.mismatch(node, "a map of ids to texts");
        };
        let snippets = entries.iter().filter_map(|(key, value)| {
            let id = Id::of(&key.text, key.place, reader);
            id.zip(Prose::read(value, reader))
        });
        Some(Self(snippets.collect()))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn schema(schemas: &mut Schemas) -> Value {
        json!({
            "type": "object",
            "propertyNames": { "pattern": "^[a-z0-9-]+$" },
            "additionalProperties": Prose::schema(schemas),
        })
    }

    fn value(&self) -> Value {
        let snippets = self.0.iter().map(|(id, text)| (id.to_string(), text.value()));
        snippets.collect::<Map<String, Value>>().into()
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        self.0.iter().for_each(|(_, text)| text.texts(texts));
    }
}
