//! Where a record holds prose, and on which page of the site each piece stands.

use crate::record::links::addresses::{article_path, post_path, project_path, section_path};
use crate::record::model::record::Record;
use crate::record::model::site::Listing;
use crate::record::model::text::Prose;
use crate::record::text::Text;

/// All prose of the record with the path of the page it stands on.
pub fn prose<'a>(record: &'a Record) -> Vec<(&'a Text, String)> {
    let mut all: Vec<(&Text, String)> = Vec::new();
    let mut add = |text: Option<&'a Prose>, path: &str| {
        all.extend(text.map(|text| (&text.0, path.to_owned())));
    };
    add(record.cover.as_ref(), "/");
    add(record.profile.summary.as_ref(), "/");
    for section in &record.sections {
        add(section.description.as_ref(), &section_path(section));
    }
    let career = record.articles.iter().find(|a| a.list == Some(Listing::Career));
    let career = career.map_or_else(|| "/".to_owned(), |article| article_path(record, article));
    for entry in &record.career {
        add(entry.body.as_ref(), &career);
        entry.highlights.iter().for_each(|highlight| add(Some(&highlight.text), "/"));
    }
    for project in &record.projects {
        let path = project_path(record, &project.id);
        add(project.summary.as_ref(), &path);
        add(project.outcome.as_ref(), &path);
        project.highlights.iter().for_each(|highlight| add(Some(&highlight.text), "/"));
    }
    for article in &record.articles {
        let path = article_path(record, article);
        add(article.intro.as_ref(), &path);
        add(article.body.as_ref(), &path);
    }
    for post in &record.posts {
        add(post.summary.as_ref(), &post_path(post));
    }
    record.awards.iter().for_each(|award| add(award.summary.as_ref(), "/"));
    record.publications.iter().for_each(|publication| add(publication.summary.as_ref(), "/"));
    record.references.iter().for_each(|reference| add(reference.reference.as_ref(), "/"));
    let applications = record.applications.iter().filter_map(|a| a.summary.as_ref());
    all.extend(applications.map(|summary| (summary, "/".to_owned())));
    all
}
