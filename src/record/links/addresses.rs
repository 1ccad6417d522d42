//! The addresses a record has: which site paths and heading ids exist, and what a link means.
//!
//! Links in the data are written as on the site (`/project/x-ray/`, `/career/#nextlab`,
//! `#push-mode`). This file resolves them to pages and headings; each document decides whether it
//! prints these.

use std::collections::BTreeMap;

use crate::record::links::external::{external, whole};
use crate::record::links::target::{Dangling, Target};
use crate::record::model::articles::{Article, Post};
use crate::record::model::record::Record;
use crate::record::model::sections::Section;
use crate::record::model::site::Listing;
use crate::record::text::{Text, Wording};

/// A page of the site, as far as links are concerned.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Ids of the headings on it.
    pub ids: Vec<String>,
    /// Whether its ids are unknown: a page that only the site has may hold any.
    pub open: bool,
}

/// All pages of the record by their paths.
#[derive(Debug, Default)]
pub struct Addresses {
    pages: BTreeMap<String, Page>,
    base: Option<String>,
}

impl Addresses {
    /// Collects the pages of a record.
    pub fn of(record: &Record) -> Self {
        let mut pages = BTreeMap::new();
        let mut add = |path: String, ids: Vec<String>, open: bool| {
            let page: &mut Page = pages.entry(path).or_default();
            page.ids.extend(ids);
            page.open |= open;
        };
        add("/".to_owned(), Vec::new(), true);
        if let Some(path) = record.site.as_ref().and_then(|site| site.path.as_ref()) {
            add(slashed(path), Vec::new(), true);
        }
        for section in &record.sections {
            let ids = section.text.iter().flat_map(|text| heading_ids(text)).collect();
            add(section_path(section), ids, false);
        }
        for article in &record.articles {
            add(article_path(record, article), article_ids(record, article), false);
        }
        for project in &record.projects {
            add(project_path(record, &project.id), Vec::new(), false);
        }
        for post in &record.posts {
            add(post_path(post), Vec::new(), true);
        }
        for (tag, _) in &record.tags.0 {
            add(tag_path(tag), Vec::new(), true);
        }
        let base = record
            .site
            .as_ref()
            .and_then(|site| site.url.as_ref())
            .map(|url| url.value.trim_end_matches('/').to_owned());
        Self { pages, base }
    }

    /// Paths that links may name.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }

    /// The page at a path.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.pages.get(path)
    }

    /// What a link on the page at `from` means.
    ///
    /// # Errors
    /// Why it means nothing.
    pub fn resolve(&self, url: &str, from: &str) -> Result<Target, Dangling> {
        if url.is_empty() {
            return Err(Dangling::Malformed(
                "write the address between the parentheses".to_owned(),
            ));
        }
        if let Some(fragment) = url.strip_prefix('#') {
            // The headings of an open page are not in the record, so a heading cannot be found.
            if self.page(from).is_some_and(|page| page.open) {
                return Err(Dangling::Heading(from.to_owned()));
            }
            return self.site(from, Some(fragment));
        }
        if url.starts_with('/') && !url.starts_with("//") {
            whole(url)?;
            let (path, fragment) = match url.split_once('#') {
                Some((path, fragment)) => (path, Some(fragment)),
                None => (url, None),
            };
            return self.site(&slashed(path), fragment.filter(|f| !f.is_empty()));
        }
        external(url)
    }

    fn site(&self, path: &str, fragment: Option<&str>) -> Result<Target, Dangling> {
        let page = self.pages.get(path).ok_or_else(|| Dangling::Page(path.to_owned()))?;
        if let Some(id) = fragment
            && !page.open
            && !page.ids.iter().any(|known| known == id)
        {
            return Err(Dangling::Heading(path.to_owned()));
        }
        if self.base.is_none() {
            return Err(Dangling::NoSite);
        }
        Ok(Target::Site { path: path.to_owned(), fragment: fragment.map(str::to_owned) })
    }

    /// The address of a site path on the web.
    pub fn canonical(&self, path: &str, fragment: Option<&str>) -> String {
        let base = self.base.as_deref().unwrap_or_default();
        let hash = fragment.map(|id| format!("#{id}")).unwrap_or_default();
        format!("{base}{path}{hash}")
    }
}

/// The path of a section's cover.
pub fn section_path(section: &Section) -> String {
    match &section.path {
        Some(path) => slashed(path),
        None => format!("/{}/", *section.id),
    }
}

/// The path of an article.
pub fn article_path(record: &Record, article: &Article) -> String {
    if let Some(path) = &article.path {
        return slashed(path);
    }
    let section = article
        .section
        .as_ref()
        .and_then(|wanted| record.sections.iter().find(|section| *section.id == **wanted));
    let parent = section.map_or_else(|| "/".to_owned(), section_path);
    format!("{parent}{}/", *article.id)
}

/// The path of a project: its article's where it has one, else one under the section that lists
/// the projects.
pub fn project_path(record: &Record, id: &str) -> String {
    if let Some(article) = record.articles.iter().find(|article| *article.id == id) {
        return article_path(record, article);
    }
    let section = record.sections.iter().find(|s| s.list == Some(Listing::Projects));
    let parent = section.map_or_else(|| "/project/".to_owned(), section_path);
    format!("{parent}{id}/")
}

/// The path of a post.
pub fn post_path(post: &Post) -> String {
    match &post.path {
        Some(path) => slashed(path),
        None => format!("/posts/{}/", *post.id),
    }
}

/// The path of a tag's page on the site.
pub fn tag_path(tag: &str) -> String {
    format!("/tags/{tag}/")
}

/// Ids of all headings an article prints, those of its list included.
fn article_ids(record: &Record, article: &Article) -> Vec<String> {
    let mut ids = Vec::new();
    if article.list == Some(Listing::Career) {
        ids.extend(record.career.iter().map(|entry| entry.id.to_string()));
        ids.extend(record.career.iter().flat_map(|s| s.body.iter()).flat_map(|b| heading_ids(b)));
    }
    for prose in article.intro.iter().chain(&article.body) {
        ids.extend(heading_ids(prose));
    }
    ids
}

fn heading_ids(text: &Text) -> Vec<String> {
    let surveys = text.wordings().iter().map(Wording::survey);
    surveys.flat_map(|survey| survey.headings.clone()).filter_map(|heading| heading.id).collect()
}

fn slashed(path: &str) -> String {
    let trimmed = path.trim_matches('/');
    if trimmed.is_empty() { "/".to_owned() } else { format!("/{trimmed}/") }
}
