//! The letter and the answers of an application.

use crate::document::builder::Builder;
use crate::document::labels::LABEL;
use crate::document::model::frame::Photo;
use crate::document::model::letter::{Letter, Question, Questions, Recipient};
use crate::document::model::values::Link;
use crate::record::model::{letter, profile, text};
use crate::record::placeholders::{Kind, Named, fill, named, placeholders, value};
use crate::record::redact::REMOVED;
use crate::record::text::{Text, Wording};

/// The word in braces that stands for the name of the person.
const NAME: &str = "name";

impl Builder<'_> {
    /// The body of the letter.
    pub fn letter(&self) -> Letter {
        let application = self.request.application;
        let own = application.and_then(|application| application.letter.as_ref());
        let phrase = |text: Option<&text::Phrase>| self.phrase(&self.filled(text?)?);
        let closing = own.and_then(|own| own.closing.as_ref());
        let signs = |text: &str| placeholders(text).any(|found| found.kind == Kind::Value(NAME));
        let signed = closing.and_then(|closing| self.wording(closing));
        let signed = signed.is_some_and(|wording| signs(&wording.text));
        let paragraphs = own.iter().flat_map(|own| &own.paragraphs);
        let paragraphs = paragraphs.filter_map(|text| {
            let filled = self.filled(text)?;
            self.prose_of(Some(&filled), "/")
        });
        let enclosures = own.iter().flat_map(|own| &own.enclosures);
        let date = own.and_then(|own| own.date.as_ref()).map(|date| date.value);
        Letter {
            form: own.and_then(|own| own.form),
            sent: date.unwrap_or(self.request.date).into(),
            recipient: self.recipient(own.and_then(|own| own.recipient.as_ref())),
            subject: phrase(own.and_then(|own| own.subject.as_ref())),
            opening: phrase(own.and_then(|own| own.opening.as_ref())),
            paragraphs: paragraphs.collect(),
            closing: phrase(closing),
            signed,
            signature: own.and_then(|own| Some(self.picture(own.signature.as_ref()?))),
            enclosures: enclosures.filter_map(|text| phrase(Some(text))).collect(),
        }
    }

    /// Who gets the letter; the organisation is that of the application where no other is named.
    fn recipient(&self, own: Option<&letter::Recipient>) -> Recipient {
        let applied_to = self.request.application.and_then(|own| own.organization.as_ref());
        let organization = own.and_then(|own| own.organization.as_ref()).or(applied_to);
        Recipient {
            name: self.text_of(own.and_then(|own| own.name.as_ref())),
            title: self.text_of(own.and_then(|own| own.title.as_ref())),
            organization: self.text_of(organization),
            address: self.location(own.and_then(|own| own.address.as_ref())),
        }
    }

    /// A picture of the person.
    pub fn picture(&self, own: &profile::Photo) -> Photo {
        Photo { file: own.file.value.clone(), alt: self.text(&own.alt) }
    }

    /// The body of the answers.
    pub fn questions(&self) -> Questions {
        let own = self.request.application.iter().flat_map(|application| &application.questions);
        let questions = own.map(|question| Question {
            ask: self.text(&question.ask),
            // Straight quotation marks stay, because the answer is pasted as it is typed.
            answer: question.answer.as_ref().and_then(|own| Some(self.wording(own)?.text.clone())),
        });
        Questions { questions: questions.collect() }
    }

    /// A text of a letter in the document's language, with what its placeholders stand for.
    fn filled(&self, text: &Text) -> Option<Text> {
        let wording = self.wording(text)?;
        Some(wording.with_words(fill(&wording.text, |kind| self.words_of(kind))).into())
    }

    /// The Markdown that stands for a placeholder. One that names nothing has stopped the run before this.
    fn words_of(&self, kind: Kind) -> String {
        match kind {
            Kind::Value(name) => {
                let text = self.request.application.and_then(|own| value(self.record, own, name));
                let Some(wording) = text.and_then(|text| self.wording(text)) else {
                    return String::new();
                };
                match wording.markdown {
                    // A snippet has placeholders of its own, but holds no snippet.
                    Some(_) => fill(wording.text.trim(), |inner| match inner {
                        Kind::Value(id) if self.record.snippets.get(id).is_some() => String::new(),
                        inner => self.words_of(inner),
                    }),
                    None => as_typed(&wording.text),
                }
            }
            Kind::Entry(id, words) => {
                // A redaction leaves an entry without its name or its id.
                let Some(entry) = named(self.record).find(|entry| entry.id == id) else {
                    return words.unwrap_or(REMOVED).to_owned();
                };
                let name = self.wording(entry.name).map(Wording::plain);
                let name = name.filter(|name| !name.is_empty()).unwrap_or(REMOVED.to_owned());
                let words = words.map_or_else(|| as_typed(&name), str::to_owned);
                match self.target_of(&entry) {
                    Some(Link::Url(address)) => format!("[{words}](<{address}>)"),
                    Some(Link::Label(label)) => format!("[{words}](<{LABEL}{label}>)"),
                    None => words,
                }
            }
        }
    }

    /// Where an entry is in another document of the same file; else its page on the web, or its own address.
    fn target_of(&self, entry: &Named) -> Option<Link> {
        let place = entry.path.clone().unwrap_or_else(|| format!("#{}", entry.id));
        if let Some(label) = self.elsewhere(&place) {
            return Some(Link::Label(label.to_owned()));
        }
        let site = self.record.site.as_ref().is_some_and(|site| site.url.is_some());
        let page = match &entry.path {
            _ if !site => None,
            Some(path) => Some(self.canonical(path)),
            None => self.career_path(entry.id).map(|path| self.site_link(&path, Some(entry.id))),
        };
        page.or_else(|| entry.url.map(|url| Link::Url(url.value.clone())))
    }
}

/// Words as Markdown that prints them as they are.
fn as_typed(words: &str) -> String {
    let mut markdown = String::new();
    for c in words.chars() {
        if "\\`*_[]<>&~|".contains(c) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}
