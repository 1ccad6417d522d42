//! The manual: chapters, covers and articles in their order, numbered, with their mini contents.

use serde_json::{Value, json};

use crate::document::build::{Builder, COVER, page_label};
use crate::markdown;
use crate::record::links::addresses::{article_path, section_path};
use crate::record::model::articles::Article;
use crate::record::model::site::{Listing, Section};

/// Hangul syllables read in a minute of a technical text.
const SYLLABLES_A_MINUTE: f64 = 500.0;
/// Words of other scripts read in a minute of a technical text.
const WORDS_A_MINUTE: f64 = 220.0;

impl Builder<'_> {
    /// The body of the manual: its chapters in order, the first being the cover's own.
    pub fn manual(&self) -> Value {
        let record = self.record;
        let title = record.site.as_ref().and_then(|site| site.title.as_ref());
        let cover = json!({
            "title": self.text(title.unwrap_or(&record.profile.name)),
            "label": COVER,
            "text": self.prose_or_null(record.cover.as_deref(), "/"),
        });
        let first = json!({
            "section": null,
            "articles": self.articles_of(None),
        });
        let sections = self.sections().map(|section| {
            json!({ "section": self.section(section), "articles": self.articles_of(Some(section)) })
        });
        let implied = record.sections.is_empty().then(|| self.implied()).into_iter().flatten();
        let chapters: Vec<Value> = std::iter::once(first).chain(sections).chain(implied).collect();
        json!({ "cover": cover, "chapters": chapters })
    }

    /// The chapters of a record that names none: its career, its projects, its skills. The
    /// template titles them.
    fn implied(&self) -> Vec<Value> {
        let record = self.record;
        let lists = [
            (Listing::Career, !record.career.is_empty()),
            (Listing::Projects, !self.projects().is_empty()),
            (Listing::Skills, !record.skills.is_empty()),
        ];
        let filled = lists.into_iter().filter(|(_, filled)| *filled);
        let chapter = |(list, _): (Listing, bool)| {
            let path = format!("/{}/", list.word());
            let section = json!({
                "title": null,
                "label": page_label(&path),
                "crumbs": [],
                "description": null,
                "list": self.listing(Some(list), &path),
            });
            json!({ "section": section, "articles": [] })
        };
        filled.map(chapter).collect()
    }

    /// The chapters that are shown.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        let shown = |section: &&Section| self.request.filter.shows_section(self.record, section);
        self.record.sections.iter().filter(shown)
    }

    fn section(&self, section: &Section) -> Value {
        let path = section_path(section);
        json!({
            "title": self.text(&section.title),
            "label": page_label(&path),
            "crumbs": self.section_crumbs(),
            "description": self.prose_or_null(section.description.as_deref(), &path),
            "list": self.listing(section.list, &path),
        })
    }

    fn articles_of(&self, section: Option<&Section>) -> Value {
        let record = self.record;
        let id = section.map(|section| section.id.as_str());
        let mut articles: Vec<&Article> = record
            .articles
            .iter()
            .filter(|article| article.section.as_ref().map(|s| s.as_str()) == id)
            .filter(|article| self.request.filter.shows_article(record, article))
            .collect();
        // With an order asked for, articles follow their projects.
        let order: Vec<&str> = match self.request.filter.sort {
            Some(_) => self.projects().iter().map(|project| project.id.as_str()).collect(),
            None => Vec::new(),
        };
        articles.sort_by_cached_key(|article| {
            let asked = order.iter().position(|id| *id == article.id.as_str());
            let title = self.wording(&article.title).map(|w| w.text.clone());
            let date = article.date.as_ref().map(|date| date.first_day());
            let weight = article.weight.unwrap_or(u32::MAX);
            (asked, weight, std::cmp::Reverse(date), title)
        });
        Value::Array(articles.into_iter().map(|article| self.article(article, section)).collect())
    }

    fn article(&self, article: &Article, section: Option<&Section>) -> Value {
        let path = article_path(self.record, article);
        let minutes = article.reading_minutes.unwrap_or_else(|| self.minutes(article));
        let site = self.record.site.as_ref();
        let translations = site.iter().flat_map(|site| &site.translations);
        let translations =
            translations.filter(|t| t.language.0 != self.request.language).map(|t| {
                let url = format!("{}{}", t.url.value.trim_end_matches('/'), path);
                json!({ "name": self.text(&t.name), "link": { "url": url } })
            });
        json!({
            "id": *article.id,
            "title": self.text(&article.title),
            "label": page_label(&path),
            "crumbs": self.crumbs(section),
            "date": article.date.as_ref().map(|date| date.value),
            "minutes": minutes,
            "author": self.text(&self.record.profile.name),
            "translations": translations.collect::<Vec<_>>(),
            "intro": self.prose_or_null(article.intro.as_deref(), &path),
            "list": self.listing(article.list, &path),
            "body": self.prose_or_null(article.body.as_deref(), &path),
            "tags": self.tags(&article.tags),
        })
    }

    /// The way to a page: the site's front page, then the section, or the manual for a section.
    fn crumbs(&self, section: Option<&Section>) -> Value {
        let site = self.record.site.as_ref();
        let home = site.filter(|site| site.url.is_some()).map(|site| {
            json!({ "title": self.text_or_null(site.home.as_ref()), "link": self.canonical("/") })
        });
        let section = section.map(|section| {
            let link = self.site_link(&section_path(section), None);
            json!({ "title": self.text(&section.title), "link": link })
        });
        Value::Array(home.into_iter().chain(section).collect())
    }

    /// The way to a chapter: the site's front page, then the manual's cover.
    fn section_crumbs(&self) -> Value {
        let mut crumbs = self.crumbs(None);
        let title = self.record.site.as_ref().and_then(|site| site.title.as_ref());
        if let (Value::Array(crumbs), Some(title)) = (&mut crumbs, title) {
            crumbs.push(json!({ "title": self.text(title), "link": { "label": COVER } }));
        }
        crumbs
    }

    fn listing(&self, list: Option<Listing>, path: &str) -> Value {
        let record = self.record;
        let Some(list) = list else { return Value::Null };
        let items: Vec<Value> = match list {
            Listing::Career => record.career.iter().map(|s| self.station(s, Some(path))).collect(),
            Listing::Projects => {
                self.projects().into_iter().map(|project| self.project(project)).collect()
            }
            Listing::Posts => {
                let page = page_label(path);
                let posts = record.posts.iter().filter(|post| self.request.filter.shows_post(post));
                posts.map(|post| self.post(post, &page)).collect()
            }
            Listing::Skills => (0..record.skills.len()).filter_map(|at| self.skills(at)).collect(),
        };
        json!({ "kind": list.word(), "prefix": format!("{}#", page_label(path)), "items": items })
    }

    /// Minutes an article takes to read, at least one.
    fn minutes(&self, article: &Article) -> u32 {
        let own = article.intro.iter().chain(&article.body);
        let career = (article.list == Some(Listing::Career)).then_some(&self.record.career);
        let listed = career.into_iter().flatten().filter_map(|station| station.body.as_ref());
        let minutes: f64 = own
            .chain(listed)
            .filter_map(|prose| self.wording(prose))
            .map(|wording| {
                let text = markdown::plain_text(&wording.text);
                let hangul = |c: &char| ('가'..='힣').contains(c);
                let syllables = text.chars().filter(hangul).count() as f64;
                let words = text.split_whitespace().filter(|w| !w.chars().any(|c| hangul(&c)));
                syllables / SYLLABLES_A_MINUTE + words.count() as f64 / WORDS_A_MINUTE
            })
            .sum();
        (minutes.round() as u32).max(1)
    }
}
