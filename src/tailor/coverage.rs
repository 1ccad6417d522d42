//! Which words of a job the page has, which only the record has, and which neither.
//!
//! It reports; it never adds a word to a page.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::Record;
use crate::record::prose::prose;
use crate::record::text::Text;
use crate::tailor::terms::{Terms, salient};

/// The terms of a job's text, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// On the page.
    pub on_page: Vec<String>,
    /// In the record, and not on the page.
    pub in_record: Vec<String>,
    /// Not in the record.
    pub missing: Vec<String>,
}

/// Compares a job's text with a page and the record it is made of.
pub fn cover(record: &Record, job: &str, page: &str) -> Coverage {
    let mut terms = Terms::of(record);
    let asked = salient(&mut terms, job);
    let on_page = terms.find(page);
    let in_record = of_record(record, &terms);
    let mut coverage = Coverage::default();
    for (term, _) in asked {
        let list = if on_page.contains_key(&term) {
            &mut coverage.on_page
        } else if in_record.contains_key(&term) {
            &mut coverage.in_record
        } else {
            &mut coverage.missing
        };
        list.push(terms.name(term).to_owned());
    }
    coverage
}

/// The terms of everything the record says, applications aside.
fn of_record(record: &Record, terms: &Terms) -> BTreeMap<usize, usize> {
    let own: Vec<*const Text> = record
        .applications
        .iter()
        .flat_map(|a| [a.headline.as_deref(), a.summary.as_deref()])
        .flatten()
        .map(std::ptr::from_ref)
        .collect();
    let mut texts: Vec<&Text> = prose(record)
        .into_iter()
        .map(|(text, _)| text)
        .filter(|t| !own.contains(&std::ptr::from_ref(*t)))
        .collect();
    let profile = &record.profile;
    texts.extend(&profile.role);
    texts.extend(record.tags.0.iter().map(|(_, label)| label));
    for entry in &record.career {
        texts.extend(entry.summary.iter());
        for position in &entry.positions {
            texts.extend(
                std::iter::once(&position.title)
                    .chain(&position.department)
                    .chain(&position.courses),
            );
        }
    }
    for project in &record.projects {
        texts.extend(
            std::iter::once(&project.name).chain(&project.role).chain(&project.technologies),
        );
    }
    for group in &record.skills {
        texts.extend(
            std::iter::once(&group.name).chain(group.skills.iter().map(|skill| &skill.name)),
        );
    }
    texts.extend(record.sections.iter().filter_map(|section| section.title.as_ref()));
    texts.extend(record.articles.iter().map(|article| &article.title));
    texts.extend(record.posts.iter().map(|post| &post.title));
    texts.extend(record.languages.iter().map(|spoken| &spoken.language));
    for interest in &record.interests {
        texts.extend(std::iter::once(&interest.name).chain(&interest.keywords));
    }
    let wordings = texts.into_iter().flat_map(|text| text.wordings());
    let whole = wordings.map(|wording| wording.text.as_str()).collect::<Vec<_>>().join("\n\n");
    terms.find(&whole)
}
