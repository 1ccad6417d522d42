//! The optional entries of a record, and the names by which applications refer to them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::record::Record;
use crate::record::model::career::Highlight;
use crate::record::model::priority::Priority;
use crate::record::model::sections::{Section, SectionId, SectionKind, SectionPart};
use crate::record::model::text::Id;
use crate::record::model::time::Time;
use crate::record::text::{Text, Wording};
use crate::tailor::items::{Absent, Item};
use crate::tailor::lasting::{Lasting, lasting_of, latest};
use crate::tailor::outline::{CONDENSED, Entry};

/// The importance of the lines on what was done at an employer or school, and of those on a project.
const SUMMARY: u8 = 3;
/// The importance of entries that have none of their own.
const LISTED: [(SectionKind, u8); 6] = [
    (SectionKind::Certificates, 3),
    (SectionKind::Awards, 3),
    (SectionKind::Publications, 3),
    (SectionKind::Languages, 3),
    (SectionKind::Interests, 1),
    (SectionKind::References, 1),
];

/// The importance of what does not age: a licence that somebody calls most important still holds.
const LASTS: u8 = 5;

/// One optional entry.
#[derive(Debug, Clone)]
pub struct Optional<'a> {
    /// Which one.
    pub item: Item,
    /// Names by which an application pins or drops it; the first is the one to print.
    pub names: Vec<String>,
    /// Its section.
    pub section: SectionId,
    /// The entry it cannot be shown without.
    pub owner: Option<Item>,
    /// Its importance, 1–5.
    pub importance: u8,
    /// The importance of the entry it belongs to; its own where it belongs to none.
    pub of: f64,
    /// Its own tags.
    pub tags: Vec<&'a Id>,
    /// Tags of the entry it belongs to.
    pub inherited: Vec<&'a Id>,
    /// Its texts.
    pub texts: Vec<&'a Text>,
    /// Other words that name the same things.
    pub aliases: Vec<&'a str>,
    /// The day after its last; `None` while it goes on, when it has no time and where it does not age.
    pub end: Option<NaiveDate>,
}

/// All optional entries of a record, in its order.
#[derive(Debug, Clone)]
pub struct Catalog<'a> {
    /// The entries.
    pub entries: Vec<Optional<'a>>,
    /// What is shown together, section by section.
    pub outline: Vec<Entry>,
    /// The names of groups of skills, with their indexes.
    groups: Vec<(Vec<String>, usize)>,
    /// What is shown unless it is dropped or has to give way.
    pub lasting: Vec<Lasting>,
}

/// What a name in `pin` or `drop` means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// These entries.
    Items(Vec<Item>),
    /// Nothing.
    Unknown,
}

impl<'a> Catalog<'a> {
    /// Lists a record.
    pub fn of(record: &'a Record) -> Self {
        let mut entries = Vec::new();
        let mut outline = Vec::new();
        let mut lasting = Vec::new();
        let outlined = |section: SectionId, id: String, index, has_summary, parts| Entry {
            section,
            id,
            index,
            has_summary,
            parts,
            positions: Vec::new(),
        };
        for (at, entry) in record.career.iter().enumerate() {
            let section = section_of(entry.kind.word());
            lasting.extend(lasting_of(entry, section.into()));
            let (summary, parts) =
                (entry.remarks().next().is_some(), entry.all_highlights().count());
            let by_position = entry.positions.iter().filter(|_| entry.is_by_position());
            let positions = by_position
                .map(|position| (position.highlights.len(), latest([&position.time])))
                .collect();
            let career = outlined(section.into(), entry.id.to_string(), at, summary, parts);
            outline.push(Entry { positions, ..career });
            let end = latest(entry.positions.iter().map(|position| &position.time));
            let base = Optional {
                item: Item::CareerSummary(entry.id.to_string()),
                names: vec![format!("{}/summary", *entry.id)],
                section: section.into(),
                owner: None,
                importance: SUMMARY,
                of: f64::from(SUMMARY) * share(&entry.priority),
                tags: entry.priority.tags.iter().collect(),
                inherited: Vec::new(),
                texts: entry.remarks().collect(),
                aliases: Vec::new(),
                end,
            };
            // Those of the whole time first, then those of each position.
            let whole = entry.highlights.iter().map(|highlight| (highlight, None));
            let positions = entry.positions.iter();
            let within = positions.flat_map(|p| p.highlights.iter().map(move |h| (h, Some(p))));
            let highlights = whole.chain(within).enumerate().map(|(at, (highlight, position))| {
                let mut inherited: Vec<&Id> = entry.priority.tags.iter().collect();
                inherited.extend(position.into_iter().flat_map(|own| &own.priority.tags));
                let of = f64::from(highlight.priority.importance()) * share(&entry.priority);
                Optional {
                    item: Item::CareerHighlight(entry.id.to_string(), at),
                    of: of * position.map_or(1.0, |position| share(&position.priority)),
                    inherited,
                    end: position
                        .map_or(end, |position| latest([&position.time]).filter(|_| end.is_some())),
                    ..of_highlight(&base, &entry.id, at, highlight)
                }
            });
            let highlights: Vec<_> = highlights.collect();
            entries.extend(summary.then_some(base.clone()));
            entries.extend(highlights);
        }
        for (at, project) in record.projects.iter().enumerate() {
            let parts = project.highlights.len();
            let summary: Vec<&Text> =
                project.summary.iter().chain(&project.outcome).map(|text| &**text).collect();
            let section = SectionKind::Projects.into();
            outline.push(outlined(section, project.id.to_string(), at, !summary.is_empty(), parts));
            let mut texts: Vec<&Text> = vec![&project.name];
            texts.extend(project.role.as_deref().into_iter().chain(&project.technologies));
            let base = Optional {
                item: Item::Project(project.id.to_string()),
                names: vec![project.id.to_string()],
                section: SectionKind::Projects.into(),
                owner: None,
                importance: project.priority.importance(),
                of: project.priority.importance().into(),
                tags: project.priority.tags.iter().collect(),
                inherited: Vec::new(),
                texts,
                aliases: Vec::new(),
                end: latest([&project.time]),
            };
            let highlights =
                project.highlights.iter().enumerate().map(|(at, highlight)| Optional {
                    item: Item::ProjectHighlight(project.id.to_string(), at),
                    owner: Some(base.item.clone()),
                    inherited: project.priority.tags.iter().collect(),
                    ..of_highlight(&base, &project.id, at, highlight)
                });
            let highlights: Vec<_> = highlights.collect();
            let summary = (!summary.is_empty()).then(|| Optional {
                item: Item::ProjectSummary(project.id.to_string()),
                names: vec![format!("{}/summary", *project.id)],
                owner: Some(base.item.clone()),
                importance: SUMMARY,
                tags: Vec::new(),
                inherited: base.tags.clone(),
                texts: summary,
                ..base.clone()
            });
            entries.push(base);
            entries.extend(summary);
            entries.extend(highlights);
        }
        let plain = |item, names, section: SectionKind, importance, texts| Optional {
            item,
            names,
            section: section.into(),
            owner: None,
            importance,
            of: f64::from(importance),
            tags: Vec::new(),
            inherited: Vec::new(),
            texts,
            aliases: Vec::new(),
            end: None,
        };
        let mut groups = Vec::new();
        for (group, skills) in record.skills.iter().enumerate() {
            groups.push((wordings(&skills.name), group));
            outline.push(outlined(
                SectionKind::Skills.into(),
                group.to_string(),
                group,
                false,
                skills.skills.len(),
            ));
            for (at, skill) in skills.skills.iter().enumerate() {
                let aliases: Vec<&str> = skill.aliases.iter().map(|a| a.value.as_str()).collect();
                let mut names = wordings(&skill.name);
                names.extend(aliases.iter().map(|alias| (*alias).to_owned()));
                entries.push(Optional {
                    of: skills.priority.importance().into(),
                    tags: skill.priority.tags.iter().collect(),
                    inherited: skills.priority.tags.iter().collect(),
                    aliases,
                    ..plain(
                        Item::Skill(group, at),
                        names,
                        SectionKind::Skills,
                        skill.priority.importance(),
                        vec![&skill.name],
                    )
                });
            }
        }
        for (section, importance) in LISTED {
            let listed = listed(record, section);
            let count = listed.len();
            let is_line = matches!(section, SectionKind::Languages | SectionKind::Interests);
            if is_line && count > 0 {
                outline.push(outlined(section.into(), "0".to_owned(), 0, false, count));
            }
            for (at, Listed { id, texts, priority, time }) in listed.into_iter().enumerate() {
                if !is_line {
                    outline.push(outlined(section.into(), at.to_string(), at, false, 0));
                }
                let mut names: Vec<String> = id.iter().map(|id| id.to_string()).collect();
                names.extend(texts.first().map(|text| wordings(text)).unwrap_or_default());
                let item = Item::Listed(section.into(), at);
                let importance = priority.importance.map_or(importance, |own| own.0);
                // A line counts as much as one entry, however many share it.
                let of = f64::from(importance) / if is_line { count as f64 } else { 1.0 };
                let tags = priority.tags.iter().collect();
                let end = time.filter(|_| importance < LASTS).and_then(|time| latest([time]));
                entries.push(Optional {
                    of,
                    tags,
                    end,
                    ..plain(item, names, section, importance, texts)
                });
            }
        }
        for section in record.sections.iter().filter(|section| section.has_content()) {
            for (at, part) in section.parts().enumerate() {
                let (whole, highlights) = own_part(section, at, part);
                outline.push(outlined(
                    section.section_id(),
                    at.to_string(),
                    at,
                    false,
                    highlights.len(),
                ));
                entries.push(whole);
                entries.extend(highlights);
            }
        }
        Self { entries, outline, groups, lasting }
    }

    /// The same without the summaries of projects that have highlights, which say it on one page; pinned
    /// ones stay.
    pub fn brief(mut self, pinned: &BTreeSet<Item>) -> Self {
        for entry in &mut self.outline {
            let own = entry.summary().filter(|_| entry.section == SectionKind::Projects);
            if let Some(summary) = own.filter(|own| entry.parts > 0 && !pinned.contains(own)) {
                entry.has_summary = false;
                self.entries.retain(|entry| entry.item != summary);
            }
        }
        self
    }

    /// The entry of an item.
    pub fn get(&self, item: &Item) -> Option<&Optional<'a>> {
        self.entries.iter().find(|entry| entry.item == *item)
    }

    /// What a name means: one entry, all skills of a group, or all entries of a section.
    pub fn named(&self, name: &str) -> Named {
        let called =
            self.entries.iter().filter(|entry| entry.names.iter().any(|known| known == name));
        let mut items: Vec<Item> = called.map(|entry| entry.item.clone()).collect();
        let lasting = self.lasting.iter().filter(|it| it.names.iter().any(|known| known == name));
        items.extend(lasting.map(|it| it.item.clone()));
        let group = self.groups.iter().find(|(names, _)| names.iter().any(|known| known == name));
        if let (true, Some((_, group))) = (items.is_empty(), group) {
            let of = |item: &&Item| matches!(item, Item::Skill(of, _) if of == group);
            items = self.entries.iter().map(|entry| &entry.item).filter(of).cloned().collect();
        }
        if items.is_empty() {
            items = self.within(name);
        }
        if items.is_empty() { Named::Unknown } else { Named::Items(items) }
    }

    /// The same without what is absent. Employers that share a line are one entry.
    pub fn without(&self, absent: &Absent) -> Self {
        let mut catalog = self.clone();
        let is_condensed =
            |entry: &Entry| entry.is_career() && absent.condensed.contains(&entry.id);
        let is_absent = |entry: &Entry| {
            entry.is_career() && absent.items.contains(&Item::Career(entry.id.clone()))
        };
        let line = self.outline.iter().find(|entry| is_condensed(entry)).map(|entry| Entry {
            id: CONDENSED.to_owned(),
            has_summary: false,
            parts: 0,
            positions: Vec::new(),
            ..entry.clone()
        });
        catalog.outline.retain(|entry| !is_condensed(entry) && !is_absent(entry));
        catalog.outline.extend(line);
        let gone = |it: &&Lasting| match &it.item {
            Item::Career(id) if absent.condensed.contains(id) => true,
            item => absent.items.contains(item),
        };
        let gone = self.lasting.iter().filter(gone);
        let owned: BTreeSet<&Item> = gone.flat_map(|it| &it.owned).collect();
        catalog.entries.retain(|entry| !owned.contains(&entry.item));
        catalog
    }

    /// All entries of a section, by its word or its id.
    pub fn within(&self, section: &str) -> Vec<Item> {
        let entries = self.entries.iter().filter(|entry| entry.section.word() == section);
        let lasting = self.lasting.iter().filter(|it| it.section.word() == section);
        let items = entries.map(|entry| &entry.item).chain(lasting.map(|it| &it.item));
        items.cloned().collect()
    }

    /// All names that exist; a section must have an entry.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let sections = self.entries.iter().map(|entry| &entry.section);
        let sections = sections.chain(self.lasting.iter().map(|it| &it.section));
        let sections: BTreeSet<&str> = sections.map(SectionId::word).collect();
        let names = self.entries.iter().flat_map(|entry| entry.names.iter());
        let names = names.chain(self.lasting.iter().flat_map(|it| it.names.iter()));
        let groups = self.groups.iter().flat_map(|(names, _)| names);
        names.chain(groups).map(|name| -> &str { name }).chain(sections)
    }
}

/// How much what belongs to an entry counts, against an entry of the usual importance.
fn share(priority: &Priority) -> f64 {
    f64::from(priority.importance()) / f64::from(Priority::default().importance())
}

fn section_of(kind: &str) -> SectionKind {
    match kind {
        "education" => SectionKind::Education,
        "volunteering" => SectionKind::Volunteering,
        _ => SectionKind::Experience,
    }
}

fn of_highlight<'a>(
    owner: &Optional<'a>,
    id: &str,
    at: usize,
    highlight: &'a Highlight,
) -> Optional<'a> {
    let own = highlight.id.iter().map(|id| id.to_string());
    Optional {
        names: own.chain([format!("{id}/{}", at + 1)]).collect(),
        importance: highlight.priority.importance(),
        tags: highlight.priority.tags.iter().collect(),
        texts: vec![&highlight.text],
        ..owner.clone()
    }
}

/// A part of a section of the record's own, and its highlights.
fn own_part<'a>(
    section: &'a Section,
    at: usize,
    part: SectionPart<'a>,
) -> (Optional<'a>, Vec<Optional<'a>>) {
    let number = format!("{}/{}", *section.id, at + 1);
    let base = Optional {
        item: Item::Listed(section.section_id(), at),
        names: vec![number.clone()],
        section: section.section_id(),
        owner: None,
        importance: section.priority.importance(),
        of: section.priority.importance().into(),
        tags: Vec::new(),
        inherited: section.priority.tags.iter().collect(),
        texts: section.title.iter().collect(),
        aliases: Vec::new(),
        end: None,
    };
    match part {
        SectionPart::Text(text) => {
            (Optional { texts: vec![text], tags: base.inherited.clone(), ..base }, Vec::new())
        }
        SectionPart::Line(line) => {
            let mut names = wordings(&line.label);
            names.push(number);
            let whole = Optional {
                names,
                importance: line.priority.importance(),
                tags: line.priority.tags.iter().collect(),
                texts: vec![&line.label, &line.text],
                ..base
            };
            (whole, Vec::new())
        }
        SectionPart::Entry(entry) => {
            let id = entry.id.as_ref().map_or(number.as_str(), |id| id.as_str());
            let mut names = vec![id.to_owned()];
            names.extend(wordings(&entry.name));
            let mut texts: Vec<&Text> = vec![&entry.name];
            texts.extend(entry.by.as_deref().into_iter().chain(entry.summary.as_deref()));
            let whole = Optional {
                names,
                importance: entry.priority.importance(),
                tags: entry.priority.tags.iter().collect(),
                texts,
                end: latest([&entry.time]).filter(|_| entry.priority.importance() < LASTS),
                ..base
            };
            let highlights = entry.highlights.iter().enumerate();
            let highlights = highlights.map(|(index, highlight)| Optional {
                item: Item::ListedHighlight(section.section_id(), at, index),
                owner: Some(whole.item.clone()),
                of: entry.priority.importance().into(),
                inherited: entry.priority.tags.iter().chain(&section.priority.tags).collect(),
                ..of_highlight(&whole, id, index, highlight)
            });
            let highlights = highlights.collect();
            (whole, highlights)
        }
    }
}

fn wordings(text: &Text) -> Vec<String> {
    text.wordings().iter().map(Wording::plain).collect()
}

/// An entry of a shorter section.
struct Listed<'a> {
    id: Option<&'a Id>,
    texts: Vec<&'a Text>,
    priority: &'a Priority,
    time: Option<&'a Time>,
}

/// The entries of a shorter section.
fn listed(record: &Record, section: SectionKind) -> Vec<Listed<'_>> {
    /// Lists the entries of one kind.
    macro_rules! list {
        ($field:ident, |$it:ident| $texts:expr, $time:expr) => {
            record
                .$field
                .iter()
                .map(|$it| Listed {
                    id: $it.id.as_ref(),
                    texts: $texts,
                    priority: &$it.priority,
                    time: $time,
                })
                .collect()
        };
    }
    match section {
        SectionKind::Certificates => list!(certificates, |it| vec![&*it.name], Some(&it.time)),
        SectionKind::Awards => list!(awards, |it| vec![&*it.name], Some(&it.time)),
        SectionKind::Publications => list!(publications, |it| vec![&*it.name], Some(&it.time)),
        SectionKind::References => list!(references, |it| vec![&it.name], None),
        SectionKind::Languages => list!(languages, |it| vec![&it.language], None),
        SectionKind::Interests => {
            list!(interests, |it| std::iter::once(&it.name).chain(&it.keywords).collect(), None)
        }
        _ => Vec::new(),
    }
}
