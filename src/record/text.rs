//! Words a person reads: one text for all languages, or one per language.

use std::sync::Arc;

use crate::diagnostics::{Place, Sources};
use crate::language::tag::fallbacks;
use crate::markdown::{Context, Survey, plain_text, survey};
use crate::record::letters::normal;

/// A text in one language.
#[derive(Debug, Clone)]
pub struct Wording {
    /// The language tag, or `None` for a text that serves every language.
    pub language: Option<String>,
    /// The words.
    pub text: String,
    /// Their place.
    pub place: Place,
    /// How its Markdown is read; `None` for a text that prints as it is typed.
    pub markdown: Option<Context>,
    /// Whether the words are a literal block, so that each line is a line of the file.
    pub(super) literal: bool,
}

impl Wording {
    /// What its Markdown holds; nothing where it is none.
    pub fn survey(&self) -> Arc<Survey> {
        self.markdown.map(|context| survey(&self.text, context)).unwrap_or_default()
    }

    /// The words a reader sees.
    pub fn plain(&self) -> String {
        match self.markdown {
            Some(context) => plain_text(&self.text, context),
            None => self.text.clone(),
        }
    }

    /// The same with other words.
    pub fn with_words(&self, text: String) -> Self {
        Self { text, ..self.clone() }
    }

    /// The place of `needle` in line `line` (from 1) of this text, as near as the YAML form allows.
    pub fn find(&self, sources: &Sources, line: usize, needle: &str) -> Place {
        let source = sources.text(self.place.file);
        let from = if self.literal {
            // The place of a literal block begins at its first words; lines before them are empty.
            let empty = self.text.bytes().take_while(|byte| *byte == b'\n').count();
            let mut at = self.place.start;
            for _ in 0..(line - 1).saturating_sub(empty) {
                match source.get(at..).and_then(|rest| rest.find('\n')) {
                    Some(newline) => at += newline + 1,
                    None => return self.place,
                }
            }
            at
        } else {
            self.place.start
        };
        let Some(rest) = source.get(from..) else { return self.place };
        let within = if self.literal {
            rest.lines().next().unwrap_or_default()
        } else {
            &rest[..(self.place.end.max(from) - from).min(rest.len())]
        };
        match within.find(needle) {
            Some(at) => {
                let start = from + at;
                Place { start, end: start + needle.len(), ..self.place }
            }
            None if self.literal => {
                let indent = within.len() - within.trim_start().len();
                Place { start: from + indent, end: from + within.len(), ..self.place }
            }
            None => self.place,
        }
    }
}

/// A text in one language or several.
#[derive(Debug, Clone)]
pub struct Text {
    pub(super) wordings: Vec<Wording>,
    /// Whether it was written as a map of languages.
    pub(super) map: bool,
    /// The place of the text, or of its map of languages.
    pub place: Place,
}

impl From<Wording> for Text {
    fn from(wording: Wording) -> Self {
        Self { map: false, place: wording.place, wordings: vec![wording] }
    }
}

impl Text {
    /// A text that serves every language.
    pub fn plain(text: &str, place: Place) -> Self {
        let wording =
            Wording { language: None, text: normal(text), place, markdown: None, literal: false };
        Self { wordings: vec![wording], map: false, place }
    }

    /// Makes a text that names no languages serve every language.
    pub fn serve_all(&mut self) {
        if !self.map {
            self.wordings.iter_mut().for_each(|wording| wording.language = None);
        }
    }

    /// Each wording, in the order of the file.
    pub fn wordings(&self) -> &[Wording] {
        &self.wordings
    }

    /// Whether the text names its languages.
    pub fn is_map(&self) -> bool {
        self.map
    }

    /// The wording for a language: its own, the one that serves all, that of a wider language
    /// (`ko` for `ko-KP`), or the first of `order` that exists.
    pub fn wording(&self, language: &str, order: &[String]) -> Option<&Wording> {
        let of = |wanted: &str| {
            self.wordings.iter().find(|w| w.language.as_deref().is_none_or(|l| l == wanted))
        };
        of(language)
            .or_else(|| fallbacks(language).iter().find_map(|wider| of(wider)))
            .or_else(|| order.iter().find_map(|language| of(language)))
            .or_else(|| self.wordings.first())
    }
}
