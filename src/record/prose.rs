//! Where a record holds Markdown, and which page of the site each piece is on.

use std::collections::HashSet;

use crate::record::links::addresses::{article_path, post_path, project_path, section_path};
use crate::record::model::record::Record;
use crate::record::model::site::Listing;
use crate::record::read::Read;
use crate::record::text::Text;

/// All texts in Markdown of the record, each with the path of the page it is on.
pub fn prose<'a>(record: &'a Record) -> Vec<(&'a Text, String)> {
    let mut all: Vec<(&Text, String)> = Vec::new();
    let mut add = |text: Option<&'a Text>, path: &str| {
        all.extend(text.map(|text| (text, path.to_owned())));
    };
    for section in &record.sections {
        let path = section_path(section);
        markdown(section).for_each(|text| add(Some(text), &path));
    }
    let career = record.articles.iter().find(|a| a.list == Some(Listing::Career));
    let career = career.map_or_else(|| "/".to_owned(), |article| article_path(record, article));
    for entry in &record.career {
        add(entry.body.as_deref(), &career);
    }
    for project in &record.projects {
        let path = project_path(record, &project.id);
        add(project.summary.as_deref(), &path);
        add(project.outcome.as_deref(), &path);
    }
    for article in &record.articles {
        let path = article_path(record, article);
        add(article.intro.as_deref(), &path);
        add(article.body.as_deref(), &path);
    }
    for post in &record.posts {
        add(post.summary.as_deref(), &post_path(post));
    }
    // Everything else is on no page of its own.
    let placed: HashSet<*const Text> =
        all.iter().map(|(text, _)| std::ptr::from_ref(*text)).collect();
    let others = markdown(record).filter(|text| !placed.contains(&std::ptr::from_ref(*text)));
    all.extend(others.map(|text| (text, "/".to_owned())));
    all
}

/// The texts in Markdown of a part of the record.
fn markdown(part: &impl Read) -> impl Iterator<Item = &Text> {
    let mut texts = Vec::new();
    part.texts(&mut texts);
    let is_markdown = |text: &&Text| text.wordings().iter().any(|w| w.markdown.is_some());
    texts.into_iter().filter(is_markdown)
}
