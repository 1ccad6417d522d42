//! The manual: chapters, covers and articles in their order, numbered, with their mini contents.

use crate::document::builder::Builder;
use crate::document::labels::POSTS;
use crate::document::model::manual::{
    Article, Chapter, Cover, Crumb, Items, List, Manual, Section, Translation,
};
use crate::document::model::resume::Resume;
use crate::document::model::values::Link;
use crate::record::links::addresses::{article_path, section_path};
use crate::record::model::site::Listing;
use crate::record::model::{articles, sections};

/// The path of the career of a record that lists it nowhere.
const CAREER: &str = "/career/";
/// Hangul syllables read in a minute of a technical text.
const SYLLABLES_A_MINUTE: f64 = 500.0;
/// Words of other scripts read in a minute of a technical text.
const WORDS_A_MINUTE: f64 = 220.0;

impl Builder<'_> {
    /// The body of the manual: its chapters in order, the first being the cover's own.
    pub fn manual(&self) -> Manual {
        let record = self.record;
        let title = record.site.as_ref().and_then(|site| site.title.as_ref());
        let cover = Cover {
            title: self.text(title.unwrap_or(&record.profile.name)),
            label: self.labels.cover(),
            text: self.prose_of(record.cover.as_deref(), "/"),
        };
        let first = Chapter { section: None, articles: self.articles_of(None) };
        let sections = self.sections().map(|section| Chapter {
            section: Some(self.section(section)),
            articles: self.articles_of(Some(section)),
        });
        let mut chapters: Vec<Chapter> = std::iter::once(first).chain(sections).collect();
        chapters.extend(self.implied());
        if chapters.iter().all(|chapter| chapter.section.is_none() && chapter.articles.is_empty()) {
            chapters.clear();
        }
        Manual { cover, chapters, record: self.record_part() }
    }

    /// The chapters of long texts that the record lists nowhere: those of its career, and its posts. The
    /// template titles them.
    fn implied(&self) -> Vec<Chapter> {
        let (record, filter) = (self.record, self.request.filter);
        let texts =
            record.career.iter().any(|entry| entry.body.is_some()) && filter.only.is_empty();
        let posts = record.posts.iter().any(|post| filter.shows_post(post));
        let lists = [(Listing::Career, CAREER, texts), (Listing::Posts, POSTS, posts)];
        let lists =
            lists.into_iter().filter(|(list, _, any)| *any && self.lists_at(*list).is_none());
        let chapter = |(list, path, _): (Listing, &str, bool)| {
            let section = Section {
                title: None,
                label: self.labels.page(path),
                crumbs: Vec::new(),
                description: None,
                list: Some(self.list(list, path)),
                own: None,
            };
            Chapter { section: Some(section), articles: Vec::new() }
        };
        lists.map(chapter).collect()
    }

    /// The path of the chapter or the article that lists something.
    pub fn lists_at(&self, list: Listing) -> Option<String> {
        let record = self.record;
        let mut sections = self.sections().filter(|section| section.list == Some(list));
        let articles = record.articles.iter().filter(|article| article.list == Some(list));
        let mut articles = articles.filter(|a| self.request.filter.shows_article(record, a));
        let article = || articles.next().map(|article| article_path(record, article));
        sections.next().map(section_path).or_else(article)
    }

    /// The résumé in the manual: without the projects that a chapter shows as cards and the sections that
    /// are chapters. None where only some entries are asked for.
    fn record_part(&self) -> Option<Resume> {
        if !self.request.filter.only.is_empty() {
            return None;
        }
        let mut resume = self.resume();
        if self.lists_at(Listing::Projects).is_some() {
            resume.projects.clear();
        }
        let chapters: Vec<&str> = self.sections().map(|section| section.id.as_str()).collect();
        resume.own.retain(|own| !chapters.contains(&own.id.as_str()));
        resume.sections.retain(|section| {
            section.kind.usual().is_some() || !chapters.contains(&section.kind.word())
        });
        Some(resume)
    }

    /// The chapters that are shown.
    pub fn sections(&self) -> impl Iterator<Item = &sections::Section> {
        let Self { record, request, .. } = self;
        let chapters = record.sections.iter().filter(|section| record.is_chapter(section));
        let chapters = chapters.filter(|section| !self.hides(&section.section_id()));
        chapters.filter(|section| request.filter.shows_section(record, section))
    }

    fn section(&self, section: &sections::Section) -> Section {
        let path = section_path(section);
        Section {
            title: self.text_of(section.title.as_ref()),
            label: self.labels.page(&path),
            crumbs: self.section_crumbs(),
            description: self.prose_of(section.description.as_deref(), &path),
            list: section.list.map(|list| self.list(list, &path)),
            own: section.has_content().then(|| self.own_section(section)),
        }
    }

    fn articles_of(&self, section: Option<&sections::Section>) -> Vec<Article> {
        let record = self.record;
        let id = section.map(|section| section.id.as_str());
        let mut articles: Vec<&articles::Article> = record
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
        articles.into_iter().map(|article| self.article(article, section)).collect()
    }

    fn article(&self, article: &articles::Article, section: Option<&sections::Section>) -> Article {
        let path = article_path(self.record, article);
        let minutes = article.reading_minutes.unwrap_or_else(|| self.minutes(article));
        let site = self.record.site.as_ref();
        let translations = site.iter().flat_map(|site| &site.translations);
        let translations =
            translations.filter(|t| t.language.0 != self.request.language).map(|t| {
                let url = format!("{}{}", t.url.value.trim_end_matches('/'), path);
                Translation { name: self.text(&t.name), link: Link::Url(url) }
            });
        Article {
            id: article.id.to_string(),
            title: self.text(&article.title),
            label: self.labels.page(&path),
            crumbs: self.crumbs(section),
            date: article.date.as_ref().map(|date| date.value.into()),
            minutes,
            author: self.text(&self.record.profile.name),
            translations: translations.collect(),
            intro: self.prose_of(article.intro.as_deref(), &path),
            list: article.list.map(|list| self.list(list, &path)),
            body: self.prose_of(article.body.as_deref(), &path),
            tags: self.tags(&article.tags),
        }
    }

    /// The way to a page: the site's front page, then the section, or the manual for a section.
    fn crumbs(&self, section: Option<&sections::Section>) -> Vec<Crumb> {
        let site = self.record.site.as_ref();
        let home = site.filter(|site| site.url.is_some()).map(|site| Crumb {
            title: self.text_of(site.home.as_ref()),
            link: self.canonical("/"),
        });
        let section = section.map(|section| Crumb {
            title: self.text_of(section.title.as_ref()),
            link: self.site_link(&section_path(section), None),
        });
        home.into_iter().chain(section).collect()
    }

    /// The way to a chapter: the site's front page, then the manual's cover.
    fn section_crumbs(&self) -> Vec<Crumb> {
        let title = self.record.site.as_ref().and_then(|site| site.title.as_ref());
        let cover = title.map(|title| Crumb {
            title: self.text_of(Some(title)),
            link: Link::Label(self.labels.cover()),
        });
        self.crumbs(None).into_iter().chain(cover).collect()
    }

    fn list(&self, kind: Listing, path: &str) -> List {
        let record = self.record;
        let items = match kind {
            Listing::Career => {
                let entries = self.career();
                Items::Career(entries.map(|entry| self.career_entry(entry, Some(path))).collect())
            }
            Listing::Projects => {
                Items::Projects(self.projects().into_iter().map(|p| self.project(p)).collect())
            }
            Listing::Posts => {
                let page = self.labels.page(path);
                let posts = record.posts.iter().filter(|post| self.request.filter.shows_post(post));
                Items::Posts(posts.map(|post| self.post(post, &page)).collect())
            }
            Listing::Skills => Items::Skills(self.skills()),
        };
        List { kind, prefix: self.labels.prefix(path), items }
    }

    /// Minutes an article takes to read, at least one.
    fn minutes(&self, article: &articles::Article) -> u32 {
        let own = article.intro.iter().chain(&article.body);
        let career = (article.list == Some(Listing::Career)).then_some(&self.record.career);
        let listed = career.into_iter().flatten().filter_map(|entry| entry.body.as_ref());
        let minutes: f64 = own
            .chain(listed)
            .filter_map(|prose| self.wording(prose))
            .map(|wording| {
                let text = wording.plain();
                let hangul = |c: &char| ('가'..='힣').contains(c);
                let syllables = text.chars().filter(hangul).count() as f64;
                let words = text.split_whitespace().filter(|w| !w.chars().any(|c| hangul(&c)));
                syllables / SYLLABLES_A_MINUTE + words.count() as f64 / WORDS_A_MINUTE
            })
            .sum();
        (minutes.round() as u32).max(1)
    }
}
