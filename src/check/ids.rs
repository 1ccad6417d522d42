//! Names that entries call each other by.

use crate::check::Subject;
use crate::data::text::Id;
use crate::problem::Problem;

/// Two entries of one kind must not share an id: links and selections could mean either.
pub(super) fn unique(subject: &Subject, problems: &mut Vec<Problem>) {
    let record = subject.record;
    let highlights = record.career.iter().flat_map(|station| &station.highlights);
    let highlights = highlights.chain(record.projects.iter().flat_map(|p| &p.highlights));
    let kinds: [(&str, Vec<&Id>); 6] = [
        ("stations", record.career.iter().map(|station| &station.id).collect()),
        ("projects", record.projects.iter().map(|project| &project.id).collect()),
        ("articles", record.articles.iter().map(|article| &article.id).collect()),
        ("sections", record.sections.iter().map(|section| &section.id).collect()),
        ("posts", record.posts.iter().map(|post| &post.id).collect()),
        ("highlights", highlights.filter_map(|highlight| highlight.id.as_ref()).collect()),
    ];
    for (kind, ids) in kinds {
        for (at, id) in ids.iter().enumerate() {
            if let Some(first) = ids[..at].iter().find(|first| *first == id) {
                problems.push(
                    Problem::error("E020", format!("two {kind} have the id `{}`", id.0.value))
                        .at(id.0.place)
                        .related(first.0.place, "the first")
                        .hint("give one of them another id"),
                );
            }
        }
    }
}

/// An entry may only name stations, sections and tags that there are.
pub(super) fn known(subject: &Subject, problems: &mut Vec<Problem>) {
    let record = subject.record;
    let stations: Vec<&str> = record.career.iter().map(|station| station.id.as_str()).collect();
    let sections: Vec<&str> = record.sections.iter().map(|section| section.id.as_str()).collect();
    let tags: Vec<&str> = record.tags.0.iter().map(|(tag, _)| tag.as_str()).collect();
    let mut look = |id: &Id, known: &[&str], kind: &str, hint: &str| {
        if !known.contains(&id.as_str()) {
            let problem = Problem::error("E021", format!("there is no {kind} `{}`", **id))
                .at(id.0.place)
                .suggest(id, known.iter().copied());
            problems.push(if problem.hints.is_empty() { problem.hint(hint) } else { problem });
        }
    };
    for project in &record.projects {
        if let Some(station) = &project.at {
            look(station, &stations, "station", "stations are the ids of `career`");
        }
    }
    for article in &record.articles {
        if let Some(section) = &article.section {
            look(section, &sections, "section", "sections are the ids of `sections`");
        }
    }
    let highlights = record.career.iter().flat_map(|station| &station.highlights);
    let highlights = highlights.chain(record.projects.iter().flat_map(|p| &p.highlights));
    let named = record.projects.iter().flat_map(|project| &project.tags);
    let named = named.chain(record.articles.iter().flat_map(|article| &article.tags));
    let named = named.chain(record.posts.iter().flat_map(|post| &post.tags));
    for tag in named.chain(highlights.flat_map(|highlight| &highlight.tags)) {
        look(tag, &tags, "tag", "add it to `tags`, with its label");
    }
}
