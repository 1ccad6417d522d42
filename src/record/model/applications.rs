//! Applications: how the record is tailored to one job. Nothing here is a fact about the person.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Place};
use crate::record::declare::{choice, record};
use crate::record::letters::normal;
use crate::record::model::letter::Letter;
use crate::record::model::questions::Question;
use crate::record::model::settings::DocumentSettings;
use crate::record::model::text::{Inline, Language, Name, Phrase};
use crate::record::read::{Read, Reader, Spanned};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::{Kind, Node};

/// The placeholders that a `file-name` may hold, without their braces.
pub const FILE_NAME_PLACEHOLDERS: [&str; 6] =
    ["name", "role", "format", "application", "organization", "language"];

record! {
    /// One application: what its documents say first, favour, pin and leave out.
    pub struct Application as "an application" {
        /// Name on the command line; by default the file's name.
        pub id: Name,
        /// The position applied for; replaces the profile's role.
        pub role: Option<Phrase>,
        /// The organisation applied to, for file names and the letter.
        pub organization: Option<Text>,
        /// Language of its documents; by default the record's first.
        pub language: Option<Spanned<Language>>,
        /// Replaces the profile's headline.
        pub headline: Option<Phrase>,
        /// Replaces the profile's summary.
        pub summary: Option<Inline>,
        /// Tags to favour, with weights.
        pub tags: Weights,
        /// Words to favour, with weights; spellings that are one word in the record or the built-in
        /// list count as one.
        pub keywords: Weights,
        /// What is set for its documents; the rest is taken from `formats`.
        pub settings: DocumentSettings,
        /// The order of what stands within an entry: its highlights and technologies, and the groups of skills
        /// with their skills; by default as they are written.
        pub order: Option<EntryOrder>,
        /// The job description.
        pub job: Option<Job>,
        /// How scores are weighed; missing keys are taken from the record's `tailoring`.
        pub tailoring: Option<Tailoring>,
        /// The letter.
        pub letter: Option<Letter>,
        /// The questions of an application form, with the answers.
        pub questions: Vec<Question>,
    }
}

choice! {
    /// The order of what stands within an entry on a tailored page.
    pub enum EntryOrder as "an order within entries" {
        /// The order in which they are written.
        AsWritten = "as-written",
        /// What fits the application best first.
        Relevance = "relevance",
    }
}

record! {
    /// How the score of an entry is weighed.
    pub struct Tailoring as "`tailoring`" {
        /// How much importance counts: 0 makes all entries equal.
        pub importance: Option<Weight>,
        /// How much tags and keywords count.
        pub relevance: Option<Weight>,
        /// How much the words of the job description count.
        pub job: Option<Weight>,
        /// After how many years the score of an entry is halved; with 0 nothing ages.
        pub half_life: Option<Weight>,
    }
}

/// A weight from 0 to 100; decimals are allowed.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Weight(pub f64);

impl Read for Weight {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a weight")?;
        let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
        match text.parse::<f64>() {
            Ok(number) if plain && (0.0..=100.0).contains(&number) => Some(Self(number)),
            _ => {
                let diagnostic = Diagnostic::error("E060", format!("`{text}` is not a weight"))
                    .at(node.place)
                    .hint("write a number from 0 to 100: 1 doubles the value, 0 leaves it");
                reader.fail(diagnostic)
            }
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Weight", |_| {
            json!({
                "description": "A weight: 1 doubles the value, 0 leaves it.",
                "type": "number",
                "minimum": 0,
                "maximum": 100,
            })
        })
    }

    fn value(&self) -> Value {
        self.0.into()
    }
}

/// Words with weights: a map, or a list of words that weigh 1.
#[derive(Debug, Clone, Default)]
pub struct Weights(pub Vec<(Spanned<String>, Weight)>);

impl Weights {
    /// The weight of a word.
    pub fn of(&self, word: &str) -> Option<f64> {
        self.0.iter().find(|(known, _)| known.value == word).map(|(_, weight)| weight.0)
    }
}

impl Read for Weights {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        // The words are looked up elsewhere, so any text is accepted.
        let word = |text: &str, place| Spanned { value: normal(text), place };
        match &node.kind {
            Kind::Null => Some(Self::default()),
            Kind::Map(entries) => {
                let weighed = entries.iter().filter_map(|(key, value)| {
                    Some((word(&key.text, key.place), Weight::read(value, reader)?))
                });
                Some(Self(weighed.collect()))
            }
            Kind::List(items) => {
                let words = items.iter().filter_map(|item| {
                    Some((word(reader.text(item, "one word")?, item.place), Weight(1.0)))
                });
                Some(Self(words.collect()))
            }
            Kind::Scalar(_) => {
                reader.mismatch(node, "a map of words to weights, or a list of words")
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Weights", |schemas| {
            json!({
                "description": "Words with weights: a map, or a list of words that weigh 1.",
                "anyOf": [
                    { "type": "object", "additionalProperties": Weight::schema(schemas) },
                    { "type": ["array", "null"], "items": { "type": ["string", "number"] } },
                ],
            })
        })
    }

    fn value(&self) -> Value {
        let weights = self.0.iter().map(|(word, weight)| (word.value.clone(), weight.value()));
        weights.collect::<Map<String, Value>>().into()
    }
}

/// A job description: its words, or `{file: …}` with a path inside the data folder.
#[derive(Debug, Clone)]
pub struct Job {
    /// The file it is read from.
    pub file: Option<Spanned<String>>,
    /// The words; empty until the file is read.
    pub text: String,
}

record! {
    /// A job description in a file of its own.
    pub struct JobFile as "a job description" {
        /// The file, inside the data folder.
        pub file: Spanned<String>,
    }
}

impl Read for Job {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.get("file").is_some() {
            let JobFile { file, place: _ } = JobFile::read(node, reader)?;
            return Some(Self { file: Some(file), text: String::new() });
        }
        let text = reader.text(node, "the words of the job, or `file: …`")?;
        Some(Self { file: None, text: normal(text) })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Job", |schemas| {
            let file = JobFile::schema(schemas);
            json!({
                "description": "A job description: its words, or `file: …` with a path inside the data folder.",
                "anyOf": [{ "type": "string" }, file],
            })
        })
    }

    fn value(&self) -> Value {
        match &self.file {
            Some(file) if self.text.is_empty() => json!({ "file": file.value }),
            _ => self.text.as_str().into(),
        }
    }
}

impl Job {
    /// A job description by its words.
    pub fn of(text: &str) -> Self {
        Self { file: None, text: normal(text.trim_start_matches('\u{feff}')) }
    }
}

impl Application {
    /// Makes its sentences serve the language of its documents, whichever that is.
    pub fn serve_all(&mut self) {
        let summary = self.summary.iter_mut().map(|summary| &mut summary.0);
        let paragraphs = self.letter.iter_mut().flat_map(|letter| &mut letter.paragraphs);
        summary.chain(paragraphs.map(|text| &mut text.0)).for_each(Text::serve_all);
    }

    /// An application without settings.
    pub fn new(id: &str, place: Place) -> Self {
        Self {
            id: Name(Spanned { value: id.to_owned(), place }),
            role: None,
            organization: None,
            language: None,
            headline: None,
            summary: None,
            tags: Weights::default(),
            keywords: Weights::default(),
            settings: DocumentSettings::default(),
            order: None,
            job: None,
            tailoring: None,
            letter: None,
            questions: Vec::new(),
            place,
        }
    }
}
