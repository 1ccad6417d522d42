//! What all documents of a run share, and what those of one language and application share.

use std::io;
use std::sync::OnceLock;

use crate::diagnostics::{Diagnostic, Place, brief};
use crate::engine::{Blob, Engine, Words};
use crate::error::Error;
use crate::record::Record;
use crate::record::links::addresses::Addresses;
use crate::record::model::applications::Application;
use crate::record::model::date::Date;
use crate::record::model::text::Language;
use crate::record::read::Spanned;
use crate::tailor::{Catalog, Lexis, UsedVersion, with_versions};
use crate::typeset::cache::Cache;

/// A checked record with everything its documents are made of.
pub(crate) struct Context {
    pub record: Record,
    pub addresses: Addresses,
    /// The documents' date.
    pub date: Date,
    /// The pictures by their virtual paths, with the places that name them.
    pub pictures: Vec<(String, Blob, Place)>,
    /// Ids of the requested applications; empty for none.
    pub applications: Vec<String>,
    /// Results that its pages share.
    pub cache: Cache,
    /// Each application of the record with the versions that it uses, once it is asked for.
    pub versioned: Vec<OnceLock<(Application, Vec<UsedVersion>)>>,
}

/// In which language and for which application a document is made.
#[derive(Debug, Clone)]
pub(crate) struct Variant<'a> {
    pub application: Option<&'a Application>,
    /// The language of the document.
    pub language: String,
    /// The words that the templates print and that are not in the data.
    pub words: Words,
}

impl Context {
    /// The application with an id, with the versions of the profile's texts that it uses.
    pub fn application(&self, id: &str) -> Option<&Application> {
        let at = self.record.applications.iter().position(|application| *application.id == id)?;
        match self.record.profile.has_versions() {
            true => Some(&self.versioned(at)?.0),
            false => self.record.applications.get(at),
        }
    }

    /// The versions of the profile's texts that an application uses.
    pub fn versions(&self, id: &str) -> &[UsedVersion] {
        let at = self.record.applications.iter().position(|application| *application.id == id);
        let at = at.filter(|_| self.record.profile.has_versions());
        at.and_then(|at| self.versioned(at)).map_or(&[], |(_, used)| used)
    }

    fn versioned(&self, at: usize) -> Option<&(Application, Vec<UsedVersion>)> {
        let (record, application) = (&self.record, self.record.applications.get(at)?);
        let lexis = || Lexis::of(record, &Catalog::of(record));
        let make = || with_versions(record, self.cache.lexis.get_or_init(lexis), application);
        Some(self.versioned.get(at)?.get_or_init(make))
    }

    /// The requested applications, in their order.
    pub fn asked(&self) -> impl Iterator<Item = &Application> {
        self.applications.iter().filter_map(|id| self.application(id))
    }

    /// The documents for an application, or for none, in its own language where none is requested.
    /// An application whose language has no words is reported, and has no documents; so are words that
    /// a language lacks.
    ///
    /// # Errors
    /// As [`Context::variant`], where the language is not the application's own.
    pub fn variant_or_report<'a>(
        &'a self,
        engine: &Engine,
        application: Option<&'a Application>,
        language: Option<&str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Option<Variant<'a>>, Error> {
        let unknown = self.unknown_looks(engine)?;
        if !unknown.is_empty() {
            // Every variant has the same look.
            let known = |one: &Diagnostic| diagnostics.iter().any(|d| d.place == one.place);
            let unknown: Vec<_> = unknown.into_iter().filter(|one| !known(one)).collect();
            diagnostics.extend(unknown);
            return Ok(None);
        }
        let own = application.and_then(|application| application.language.as_ref());
        match (self.variant(engine, application, language), own, language) {
            (Err(error), Some(own), None) => {
                let diagnostic = Diagnostic::error("E067", error.message).at(own.place);
                diagnostics.push(error.hint.into_iter().fold(diagnostic, Diagnostic::hint));
                Ok(None)
            }
            (variant, ..) => {
                let variant = variant?;
                let lacking = variant.lacking();
                let new = |one: &Diagnostic| diagnostics.iter().all(|d| d.message != one.message);
                let lacking = lacking.filter(new);
                diagnostics.extend(lacking);
                Ok(Some(variant))
            }
        }
    }

    /// What the record's themes name and neither the templates nor the fonts have.
    fn unknown_looks(&self, engine: &Engine) -> Result<Vec<Diagnostic>, Error> {
        let unreadable = |error: std::io::Error| Error::from(error.to_string());
        let mut found = Vec::new();
        let mut find =
            |what: &str, word: &Option<Spanned<String>>, known: Vec<String>, more: &str| {
                let Some(word) = word.as_ref().filter(|word| !known.contains(&word.value)) else {
                    return;
                };
                let message = format!("`{}` is not {what}", brief(&word.value));
                let diagnostic = Diagnostic::error("E013", message)
                    .at(word.place)
                    .suggest(&word.value, known.iter().map(String::as_str))
                    .hint(format!("one of: {}{more}", known.join(", ")));
                found.push(diagnostic);
            };
        let templates = engine.templates();
        let more = "; others are files of `--templates`";
        let themes = templates.themes().map_err(unreadable)?;
        for settings in self.record.document_settings() {
            find("a theme", &settings.theme, themes.clone(), more);
        }
        let Some(theme) = &self.record.theme else { return Ok(found) };
        find("a theme", &theme.name, themes, more);
        find("a layout", &theme.layout, templates.layouts().map_err(unreadable)?, more);
        let mut families = vec!["sans".to_owned(), "serif".to_owned()];
        for face in engine.fonts().faces() {
            if !families.contains(&face.family) {
                families.push(face.family);
            }
        }
        let more = "; `--fonts DIR` and `--system-fonts` add others";
        find("a font", &theme.font, families, more);
        Ok(found)
    }

    /// The documents for an application, or for none, in the requested language: by default the
    /// application's, or the record's first.
    ///
    /// # Errors
    /// The request is no language; or the record does not name it, and there are no words for it.
    pub fn variant<'a>(
        &'a self,
        engine: &Engine,
        application: Option<&'a Application>,
        language: Option<&str>,
    ) -> Result<Variant<'a>, Error> {
        let languages = self.record.languages();
        let own = application.and_then(|application| application.language.as_ref());
        let own = own.map(|language| language.value.0.as_str());
        let first = languages.first().map(String::as_str);
        let tag = language.or(own).or(first).unwrap_or_default();
        if Language::parse(tag).is_none() {
            let message = format!("`{tag}` is not a language tag");
            let hint = format!("this record is in {}", languages.join(", "));
            return Err(Error::new(message, format!("{}; {hint}", Language::instead(tag))));
        }
        let templates = engine.templates();
        let unreadable = |error: io::Error| Error::from(error.to_string());
        let words = self.cache.words(tag, |tag| templates.words(tag)).map_err(unreadable)?;
        if !words.known && !languages.iter().any(|own| own == tag) {
            let known = templates.languages().map_err(unreadable)?.join(", ");
            let hint = format!(
                "there are words for {known}; others go into `words/{tag}.yaml` of `--templates`"
            );
            return Err(Error::new(format!("no words for the language `{tag}`"), hint));
        }
        Ok(Variant { application, language: tag.to_owned(), words })
    }
}

impl Variant<'_> {
    /// A warning about words that its language lacks.
    fn lacking(&self) -> Option<Diagnostic> {
        let Self { language, words, .. } = self;
        let message = match words.lacking.as_slice() {
            _ if !words.known => {
                format!("there are no words for `{language}`: titles and dates are in English")
            }
            [] => return None,
            keys => {
                let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
                format!(
                    "the words for `{language}` lack {}: English ones are used",
                    keys.join(", ")
                )
            }
        };
        let file = format!("write them into `words/{language}.yaml` of a templates folder");
        let hint = format!("{file}; `resume templates --copy FOLDER` makes one");
        Some(Diagnostic::warning("W051", message).hint(hint))
    }
}
