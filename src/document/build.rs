//! The values every document is made of: texts, prose with its links, dates, periods, settings.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Place};
use crate::document::{Format, Request};
use crate::markdown;
use crate::markdown::quotes;
use crate::record::Record;
use crate::record::links::addresses::{
    Addresses, article_path, post_path, project_path, section_path, tag_path,
};
use crate::record::links::target::Target;
use crate::record::model::articles::Post;
use crate::record::model::date::{Date, End, Period};
use crate::record::model::site::{Listing, Paper, Settings};
use crate::record::model::text::Id;
use crate::record::read::Spanned;
use crate::record::text::{Text, Wording};

/// Builds the values of one document.
pub(super) struct Builder<'a> {
    pub record: &'a Record,
    pub request: Request<'a>,
    addresses: &'a Addresses,
    languages: Vec<String>,
    /// Which site paths this document prints, and under which label.
    printed: HashMap<String, String>,
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
            printed: HashMap::new(),
            fallbacks: RefCell::default(),
        };
        builder.printed = builder.print();
        builder
    }

    /// The paths that are printed in this format, with their labels.
    fn print(&self) -> HashMap<String, String> {
        let record = self.record;
        let mut printed = HashMap::new();
        let cards = |printed: &mut HashMap<String, String>| {
            for project in self.projects() {
                printed.insert(project_path(record, &project.id), card_label(&project.id));
            }
        };
        match self.request.format {
            Format::OnePage => {}
            Format::Portfolio => cards(&mut printed),
            Format::Full => {
                if self.sections().any(|s| s.list == Some(Listing::Projects)) {
                    cards(&mut printed);
                }
                if let Some(path) = record.site.as_ref().and_then(|site| site.path.as_ref()) {
                    printed.insert(path.value.clone(), COVER.to_owned());
                }
                let sections = self.sections().map(section_path);
                let articles = record.articles.iter();
                let articles = articles.filter(|a| self.request.filter.shows_article(record, a));
                let articles = articles.map(|article| article_path(record, article));
                for path in sections.chain(articles) {
                    let label = page_label(&path);
                    printed.insert(path, label);
                }
                if let Some(section) = self.sections().find(|s| s.list == Some(Listing::Posts)) {
                    let label = page_label(&section_path(section));
                    let shown = |post: &&Post| self.request.filter.shows_post(post);
                    for post in record.posts.iter().filter(shown) {
                        printed.insert(post_path(post), format!("{label}#{}", *post.id));
                    }
                }
            }
        }
        printed
    }

    /// What every document has: format, language, date, site, person, settings.
    pub fn frame(&self) -> Value {
        let site = self.record.site.as_ref();
        let url = site.and_then(|site| site.url.as_ref()).map(|url| url.value.as_str());
        let title = site.and_then(|site| site.title.as_ref());
        let profile = &self.record.profile;
        let application = self.request.application;
        let role = application.and_then(|a| a.role.as_ref()).or(profile.role.as_ref());
        let headline = application.and_then(|a| a.headline.as_ref()).or(profile.headline.as_ref());
        let summary = application.and_then(|a| a.summary.as_ref()).or(profile.summary.as_deref());
        let links = profile.links.iter().map(|link| {
            json!({
                "network": self.text(&link.network),
                "username": link.username.as_ref().map(|name| &name.value),
                "url": link.url.value,
            })
        });
        json!({
            "format": self.request.format.word(),
            "language": self.request.language,
            "words": self.request.words,
            "date": self.request.date,
            "site": {
                "url": url,
                "title": self.text_or_null(title),
                "home": self.text_or_null(site.and_then(|site| site.home.as_ref())),
            },
            "settings": self.settings(),
            "profile": {
                "name": self.text(&profile.name),
                "role": self.text_or_null(role),
                "headline": self.text_or_null(headline),
                // What the PDF says of the person is the same in all applications: it is part of
                // every cached paragraph's name.
                "description": self.text_or_null(profile.headline.as_ref()),
                "keywords": self.keywords(),
                "email": profile.email.as_ref().map(|email| &email.value),
                "phone": profile.phone.as_ref().map(|phone| &phone.value),
                "location": self.text_or_null(profile.location.as_ref()),
                "url": profile.url.as_ref().map(|url| &url.value),
                "photo": profile.photo.as_ref().map(|photo| json!({
                    "file": photo.file.value, "alt": self.text(&photo.alt),
                })),
                "links": links.collect::<Vec<_>>(),
                "summary": self.prose_or_null(summary, ""),
            },
        })
    }

    /// What the PDF is found under: the person's role and the fields of their skills.
    fn keywords(&self) -> Value {
        let fields = self.record.skills.iter().map(|group| &group.name);
        self.record.profile.role.iter().chain(fields).map(|text| self.text(text)).collect()
    }

    fn settings(&self) -> Value {
        let formats = self.record.formats.as_ref();
        let settings: Option<&Settings> = formats.and_then(|formats| match self.request.format {
            Format::Full => formats.full.as_ref(),
            Format::OnePage => formats.one_page.as_ref(),
            Format::Portfolio => formats.portfolio.as_ref(),
        });
        let theme = self.record.theme.as_ref();
        let paper = self
            .request
            .application
            .and_then(|application| application.paper)
            .or_else(|| settings.and_then(|settings| settings.paper))
            .or_else(|| theme.and_then(|theme| theme.paper));
        json!({
            "paper": paper.unwrap_or(Paper::A4).word(),
            "fit": self.request.fit,
            "link-marks": settings.and_then(|settings| settings.link_marks).unwrap_or(false),
            "footer": settings.and_then(|settings| settings.footer).unwrap_or(true),
            "footer-text": self.text_or_null(theme.and_then(|theme| theme.footer.as_ref())),
        })
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

    pub fn text(&self, text: &Text) -> Value {
        self.wording(text).map_or(Value::Null, |wording| {
            json!(quotes::typographic(&wording.text, self.language(wording)))
        })
    }

    /// The language of a wording.
    fn language<'t>(&'t self, wording: &'t Wording) -> &'t str {
        wording.language.as_deref().unwrap_or(self.request.language)
    }

    pub fn text_or_null(&self, text: Option<&Text>) -> Value {
        text.map_or(Value::Null, |text| self.text(text))
    }

    /// Prose of the page at `path`: its Markdown, what its links point to in this document, the
    /// label its heading ids begin with, and its language where that is not the document's.
    pub fn prose(&self, text: &Text, path: &str) -> Value {
        let Some(wording) = self.wording(text) else { return Value::Null };
        let links: serde_json::Map<String, Value> = markdown::links(&wording.text)
            .into_iter()
            .map(|link| (link.url.clone(), self.link(&link.url, path)))
            .collect();
        let foreign = wording.language.as_deref().filter(|l| *l != self.request.language);
        json!({
            "text": wording.text,
            "links": links,
            "prefix": format!("{}#", page_label(path)),
            "language": foreign,
            "quotes": String::from_iter(quotes::of(self.language(wording))),
        })
    }

    pub fn prose_or_null(&self, text: Option<&Text>, path: &str) -> Value {
        text.map_or(Value::Null, |text| self.prose(text, path))
    }

    /// Where a link of the data goes in this document: to a label in it, or out.
    pub fn link(&self, url: &str, from: &str) -> Value {
        match self.addresses.resolve(url, from) {
            Ok(Target::Site { path, fragment }) => self.site_link(&path, fragment.as_deref()),
            // Links that mean nothing have stopped the run before this; the words stay.
            _ => json!({ "url": url }),
        }
    }

    pub fn site_link(&self, path: &str, fragment: Option<&str>) -> Value {
        match (self.printed.get(path), fragment) {
            (Some(label), None) => json!({ "label": label }),
            (Some(label), Some(id)) if self.request.format == Format::Full => {
                json!({ "label": format!("{label}#{id}") })
            }
            _ => json!({ "url": self.addresses.canonical(path, fragment) }),
        }
    }

    /// A page of the site on the web, whether or not it is printed here.
    pub fn canonical(&self, path: &str) -> Value {
        json!({ "url": self.addresses.canonical(path, None) })
    }

    /// The page that prints the career, where the record has one.
    pub fn station_path(&self, id: &str) -> Option<String> {
        let mut articles = self.record.articles.iter();
        let article = articles.find(|article| article.list == Some(Listing::Career))?;
        let path = article_path(self.record, article);
        self.addresses.page(&path)?.ids.iter().any(|known| known == id).then_some(path)
    }

    pub fn tags(&self, tags: &[Id]) -> Value {
        let labelled = tags.iter().filter_map(|tag| {
            let (id, label) = self.record.tags.0.iter().find(|(id, _)| id == tag)?;
            Some(json!({ "label": self.text(label), "link": self.site_link(&tag_path(id), None) }))
        });
        Value::Array(labelled.collect())
    }

    pub fn period(
        &self,
        start: &Spanned<Date>,
        end: &Spanned<End>,
        stated: Option<&Text>,
    ) -> Value {
        let period = Period { start: start.value, end: end.value };
        json!({
            "start": period.start,
            "end": match period.end { End::On(date) => json!(date), End::Present => json!("present") },
            "months": period.months(self.request.date),
            "duration": self.text_or_null(stated),
        })
    }

    /// One warning for all texts that lack the document's language.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut places = self.fallbacks.into_inner();
        places.sort_by_key(|place| (place.file, place.start));
        places.dedup();
        let Some(first) = places.first() else { return Vec::new() };
        let message = format!(
            "{} texts of `{}` have no `{}` wording: another language stands in",
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

/// The label of the manual's cover.
pub(super) const COVER: &str = "cover";

/// The label of the page at a path: the path without the slashes at its ends.
pub(super) fn page_label(path: &str) -> String {
    path.trim_matches('/').to_owned()
}

/// The label of a project's card.
pub(super) fn card_label(id: &str) -> String {
    format!("card:{id}")
}
