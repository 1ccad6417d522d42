//! The values every document is made of: texts, prose with its links, dates, periods, settings.

use std::cell::RefCell;

use crate::diagnostics::{Diagnostic, Place};
use crate::document::format::Format;
use crate::document::labels::{LABEL, Labels, Places};
use crate::document::model::frame::{self, Account, Fact, Frame, Profile, Site};
use crate::document::model::values::{Address, Link, Location, Marked, Period, Phrase, Prose, Tag};
use crate::document::request::Request;
use crate::document::words::{self, Words};
use crate::markdown::{Context, quotes};
use crate::record::Record;
use crate::record::links::addresses::{Addresses, article_path, tag_path};
use crate::record::links::phone::dial;
use crate::record::links::target::Target;
use crate::record::model::sections::SectionId;
use crate::record::model::settings::{DocumentSettings, Settings};
use crate::record::model::site::{DateForm, Listing, Paper};
use crate::record::model::text::Id;
use crate::record::model::time::Time;
use crate::record::model::{location, profile};
use crate::record::read::Spanned;
use crate::record::text::{Text, Wording};

/// Builds the values of one document.
pub(super) struct Builder<'a> {
    pub record: &'a Record,
    pub request: Request<'a>,
    pub addresses: &'a Addresses,
    languages: Vec<String>,
    /// What the format and the application set.
    pub chosen: DocumentSettings,
    pub labels: Labels,
    /// Which site paths this document prints, and under which label.
    pub printed: Places,
    /// The words of the document, its dates in their form.
    words: Words,
    /// Texts that had no wording in the document's language.
    fallbacks: RefCell<Vec<Place>>,
}

impl<'a> Builder<'a> {
    pub fn new(record: &'a Record, addresses: &'a Addresses, request: Request<'a>) -> Self {
        let mut builder = Self {
            record,
            request,
            addresses,
            languages: record.languages(),
            chosen: request.format.settings(record, request.application),
            labels: Labels::of(request.format, request.elsewhere.is_none()),
            printed: Places::new(),
            words: Words::new(),
            fallbacks: RefCell::default(),
        };
        builder.printed = builder.pages();
        builder.words = builder.words();
        builder
    }

    /// What every document has.
    pub fn frame(&self) -> Frame {
        let site = self.record.site.as_ref();
        Frame {
            format: self.request.format,
            language: self.request.language.to_owned(),
            words: self.words.clone(),
            date: self.request.date.into(),
            site: Site {
                url: url(site.and_then(|site| site.url.as_ref())),
                title: self.text_of(site.and_then(|site| site.title.as_ref())),
                home: self.text_of(site.and_then(|site| site.home.as_ref())),
            },
            settings: self.settings(),
            profile: self.profile(),
        }
    }

    fn profile(&self) -> Profile {
        let profile = &self.record.profile;
        let application = self.request.application;
        let role = application.and_then(|a| a.role.as_deref()).or(profile.role.as_deref());
        let headline =
            application.and_then(|a| a.headline.as_deref()).or(profile.headline.as_deref());
        let summary = application.and_then(|a| a.summary.as_deref()).or(profile.summary.as_deref());
        let links = profile.links.iter().map(|link| Account {
            network: self.text(&link.network),
            username: link.username.as_ref().map(|name| name.value.clone()),
            url: link.url.value.clone(),
        });
        // The keywords of the PDF's metadata.
        let fields = self.record.skills.iter().map(|group| &group.name);
        let keywords =
            profile.role.as_deref().into_iter().chain(fields).map(|text| self.text(text));
        Profile {
            name: self.text(&profile.name),
            role: self.phrase_of(role),
            headline: self.phrase_of(headline),
            // The same in all applications, because it is part of the key of every cached paragraph.
            description: self.text_of(profile.headline.as_deref()),
            keywords: keywords.collect(),
            email: profile.email.as_ref().map(|email| email.value.clone()),
            phone: profile.phone.as_ref().map(|phone| phone.value.clone()),
            tel: profile.phone.as_ref().and_then(|phone| dial(phone).ok()),
            location: self.location(profile.location.as_ref()),
            url: url(profile.url.as_ref()),
            photo: profile
                .photo
                .as_ref()
                .filter(|_| self.chosen.photo != Some(false))
                .map(|photo| self.picture(photo)),
            links: links.collect(),
            facts: profile.facts.iter().filter_map(|fact| self.fact(fact)).collect(),
            summary: self.prose_of(summary, ""),
        }
    }

    fn fact(&self, fact: &profile::Fact) -> Option<Fact> {
        Some(Fact { label: self.text(&fact.label), text: self.phrase(&fact.text)? })
    }

    /// What the record sets for the document's format alone.
    fn format_settings(&self) -> Option<&Settings> {
        self.request.format.own_settings(self.record)
    }

    /// Whether a section is not printed.
    pub fn hides(&self, section: &SectionId) -> bool {
        self.chosen.hide.iter().flatten().any(|hidden| hidden.value == *section)
    }

    /// Whether cards say how important their projects are.
    pub fn rates_projects(&self) -> bool {
        self.format_settings().and_then(|settings| settings.importance).unwrap_or(false)
    }

    /// The words of the document. The form of dates is the format's, the theme's, or the language's; in a
    /// letter it is long.
    fn words(&self) -> Words {
        let own = self.format_settings().and_then(|settings| settings.dates);
        let letter = (self.request.format == Format::Letter).then_some(DateForm::Long);
        let form = own.or(letter).or_else(|| self.record.theme.as_ref()?.dates);
        words::settled(self.request.words, self.request.language, form)
    }

    fn settings(&self) -> frame::Settings {
        let settings = self.format_settings();
        let theme = self.record.theme.as_ref();
        let paper = self.chosen.paper.or_else(|| theme.and_then(|theme| theme.paper));
        frame::Settings {
            paper: paper.unwrap_or(Paper::A4),
            fit: self.request.fit,
            link_marks: settings.and_then(|settings| settings.link_marks).unwrap_or(false),
            footer: settings
                .and_then(|settings| settings.footer)
                .unwrap_or(self.request.format != Format::Letter),
            footer_text: self.text_of(theme.and_then(|theme| theme.footer.as_ref())),
            // Set once the whole document is built.
            emoji: false,
            merged: self.request.elsewhere.is_some(),
        }
    }

    /// The wording of a text in the document's language; a fallback is noted.
    pub fn wording<'t>(&self, text: &'t Text) -> Option<&'t Wording> {
        let wording = text.wording(self.request.language, &self.languages)?;
        let language = wording.language.as_deref();
        if language.is_some_and(|language| language != self.request.language) {
            self.fallbacks.borrow_mut().push(wording.place);
        }
        Some(wording)
    }

    /// The words of a text in the document's language, with that language's quotation marks.
    pub fn text(&self, text: &Text) -> String {
        self.text_of(Some(text)).unwrap_or_default()
    }

    /// The same of a text that may be missing.
    pub fn text_of(&self, text: Option<&Text>) -> Option<String> {
        let wording = self.wording(text?)?;
        Some(quotes::typographic(&wording.plain(), self.language(wording)).into_owned())
    }

    /// A phrase in the document's language.
    pub fn phrase(&self, text: &Text) -> Option<Phrase> {
        let words = self.text_of(Some(text))?;
        let wording = self.wording(text)?;
        // Most phrases are words alone, which templates print as such.
        if wording.plain() == wording.text && wording.survey().links.is_empty() {
            return Some(Phrase::Plain(words));
        }
        Some(Phrase::Marked(Marked { words, prose: self.prose_of(Some(text), "/")? }))
    }

    /// A location: its words, or the parts of its address.
    pub fn location(&self, location: Option<&location::Location>) -> Option<Location> {
        Some(match location? {
            location::Location::Text(text) => Location::Words(self.text(text)),
            location::Location::Parts(parts) => Location::Parts(Address {
                address: self.text_of(parts.address.as_ref()),
                postal_code: self.text_of(parts.postal_code.as_ref()),
                city: self.text_of(parts.city.as_ref()),
                region: self.text_of(parts.region.as_ref()),
                country: self.text_of(parts.country.as_ref()),
            }),
        })
    }

    /// The same of a phrase that may be missing.
    pub fn phrase_of(&self, text: Option<&Text>) -> Option<Phrase> {
        self.phrase(text?)
    }

    /// The same of several texts.
    pub fn texts(&self, texts: &[Text]) -> Vec<String> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    /// The language of a wording.
    fn language<'t>(&'t self, wording: &'t Wording) -> &'t str {
        wording.language.as_deref().unwrap_or(self.request.language)
    }

    /// Prose of the page at `path`: its Markdown, what its links point to in this document, the
    /// label its heading ids begin with, and its language where that is not the document's.
    pub fn prose_of(&self, text: Option<&Text>, path: &str) -> Option<Prose> {
        let wording = self.wording(text?)?;
        let survey = wording.survey();
        let links = survey.links.iter();
        let foreign = wording.language.as_ref().filter(|l| *l != self.request.language);
        Some(Prose {
            text: wording.text.clone(),
            inline: wording.markdown == Some(Context::Inline),
            notes: if wording.text.contains("[^") {
                self.labels.notes(&wording.place)
            } else {
                String::new()
            },
            links: links.map(|link| (link.url.clone(), self.link(&link.url, path))).collect(),
            prefix: self.labels.prefix(path),
            language: foreign.cloned(),
            quotes: quotes::of(self.language(wording)).to_string(),
        })
    }

    /// Where a link of the data goes in this document: to a label in it, or out.
    fn link(&self, url: &str, from: &str) -> Link {
        if let Some(label) = url.strip_prefix(LABEL) {
            return Link::Label(label.to_owned());
        }
        match self.addresses.resolve(url, from) {
            Ok(Target::Site { path, fragment }) => self.site_link(&path, fragment.as_deref()),
            // Links without a target have stopped the run before this; only their words remain.
            _ => Link::Url(url.to_owned()),
        }
    }

    /// A page of the site on the web, whether or not it is printed here.
    pub fn canonical(&self, path: &str) -> Link {
        Link::Url(self.addresses.canonical(path, None))
    }

    /// The page that prints the career, where the record has one.
    pub fn career_path(&self, id: &str) -> Option<String> {
        let mut articles = self.record.articles.iter();
        let article = articles.find(|article| article.list == Some(Listing::Career))?;
        let path = article_path(self.record, article);
        self.addresses.page(&path)?.ids.iter().any(|known| known == id).then_some(path)
    }

    /// Tags by their names.
    pub fn tags(&self, tags: &[Id]) -> Vec<Tag> {
        let labelled = tags.iter().filter_map(|tag| {
            let (id, label) = self.record.tags.0.iter().find(|(id, _)| id == tag)?;
            Some(Tag { label: self.text(label), link: self.site_link(&tag_path(id), None) })
        });
        labelled.collect()
    }

    /// A period; the words of the record about its length, if it has some, replace the count.
    pub fn period(&self, time: &Time) -> Period {
        let period = time.period();
        let today = self.request.date;
        let own = self.format_settings().and_then(|settings| settings.durations);
        let durations = own.or_else(|| self.record.theme.as_ref()?.durations);
        Period {
            start: period.start.map(Into::into),
            end: period.end.map(Into::into),
            dates: self.text_of(time.dates.as_ref()),
            expected: period.is_expected(today),
            duration: if durations.unwrap_or(true) { self.duration(time) } else { None },
        }
    }

    /// The time of something of which only the stated duration is printed.
    pub fn stated_period(&self, time: &Time) -> Period {
        Period { duration: self.text_of(time.duration.as_ref()), ..self.period(time) }
    }

    /// How long a period is: as the record states it, or counted.
    fn duration(&self, time: &Time) -> Option<String> {
        let counted = || {
            let months = time.period().months(self.request.date)?;
            Some(words::duration(&self.words, self.request.language, months))
        };
        self.text_of(time.duration.as_ref()).or_else(counted)
    }

    /// One warning for all texts that lack the document's language.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut places = self.fallbacks.into_inner();
        places.sort_by_key(|place| (place.file, place.start));
        places.dedup();
        let Some(first) = places.first() else { return Vec::new() };
        let message = format!(
            "{} texts of `{}` have no `{}` wording: another language is used",
            places.len(),
            self.request.format.word(),
            self.request.language
        );
        let diagnostic = Diagnostic::warning("W001", message).at(*first).label("the first of them");
        let others = places.iter().skip(1);
        let diagnostic =
            others.fold(diagnostic, |diagnostic, place| diagnostic.related(*place, "and this"));
        vec![diagnostic.hint("add the wording to the map of languages, where it matters")]
    }
}

/// An address as it is typed.
pub(super) fn url(url: Option<&Spanned<String>>) -> Option<String> {
    url.map(|url| url.value.clone())
}
