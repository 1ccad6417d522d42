//! What of a record is optional on a page, and by which names an application calls it.

use chrono::NaiveDate;

use crate::record::Record;
use crate::record::model::applications::SectionKind;
use crate::record::model::career::Highlight;
use crate::record::model::date::{Date, End};
use crate::record::model::text::Id;
use crate::record::text::Text;
use crate::tailor::Item;

/// What a station's own line is worth, on the scale of importance.
const SUMMARY: u8 = 4;
/// What entries without an importance of their own are worth.
const LISTED: [(SectionKind, u8); 6] = [
    (SectionKind::Certificates, 3),
    (SectionKind::Awards, 3),
    (SectionKind::Publications, 3),
    (SectionKind::Languages, 3),
    (SectionKind::Interests, 1),
    (SectionKind::References, 1),
];

/// One optional entry.
#[derive(Debug, Clone)]
pub struct Optional<'a> {
    /// Which one.
    pub item: Item,
    /// Names by which an application pins or drops it; the first is the one to print.
    pub names: Vec<String>,
    /// The section it stands in.
    pub section: SectionKind,
    /// The entry it cannot stand without.
    pub owner: Option<Item>,
    /// Its importance, 1–5.
    pub importance: u8,
    /// The importance of the entry it belongs to; its own where it belongs to none.
    pub of: u8,
    /// Its own tags.
    pub tags: Vec<&'a Id>,
    /// Tags of the entry it belongs to.
    pub inherited: Vec<&'a Id>,
    /// What it says.
    pub texts: Vec<&'a Text>,
    /// Other words that name the same things.
    pub aliases: Vec<&'a str>,
    /// The day after its last; `None` while it goes on or when it has no time.
    pub end: Option<NaiveDate>,
}

/// All optional entries of a record, in its order.
#[derive(Debug, Clone)]
pub struct Catalog<'a> {
    /// The entries.
    pub entries: Vec<Optional<'a>>,
    /// The names of groups of skills, with their indexes.
    groups: Vec<(Vec<String>, usize)>,
    stations: Vec<&'a str>,
}

/// What a name in `pin` or `drop` means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// These entries.
    Items(Vec<Item>),
    /// A station, which always stays.
    Station,
    /// Nothing.
    Unknown,
}

impl<'a> Catalog<'a> {
    /// Lists a record.
    pub fn of(record: &'a Record) -> Self {
        let mut entries = Vec::new();
        for station in &record.career {
            let section = section_of(station.kind.word());
            let ends = station.positions.iter().map(|position| position.end.value);
            let end = latest(ends);
            let base = Optional {
                item: Item::StationSummary(station.id.to_string()),
                names: vec![format!("{}/summary", *station.id)],
                section,
                owner: None,
                importance: SUMMARY,
                of: SUMMARY,
                tags: Vec::new(),
                inherited: Vec::new(),
                texts: station.summary.iter().collect(),
                aliases: Vec::new(),
                end,
            };
            let own = |at, highlight: &'a Highlight| Optional {
                item: Item::StationHighlight(station.id.to_string(), at),
                of: highlight.importance.0,
                ..of_highlight(&base, &station.id, at, highlight)
            };
            let highlights = station.highlights.iter().enumerate().map(|(at, h)| own(at, h));
            let highlights: Vec<_> = highlights.collect();
            entries.extend(station.summary.is_some().then_some(base.clone()));
            entries.extend(highlights);
        }
        for project in &record.projects {
            let mut texts: Vec<&Text> = vec![&project.name];
            texts.extend(project.role.iter().chain(&project.technologies));
            let base = Optional {
                item: Item::Project(project.id.to_string()),
                names: vec![project.id.to_string()],
                section: SectionKind::Projects,
                owner: None,
                importance: project.importance.0,
                of: project.importance.0,
                tags: project.tags.iter().collect(),
                inherited: Vec::new(),
                texts,
                aliases: Vec::new(),
                end: latest([project.end.value]),
            };
            let highlights =
                project.highlights.iter().enumerate().map(|(at, highlight)| Optional {
                    item: Item::ProjectHighlight(project.id.to_string(), at),
                    owner: Some(base.item.clone()),
                    inherited: project.tags.iter().collect(),
                    ..of_highlight(&base, &project.id, at, highlight)
                });
            let highlights: Vec<_> = highlights.collect();
            entries.push(base);
            entries.extend(highlights);
        }
        let plain = |item, names, section, importance, texts| Optional {
            item,
            names,
            section,
            owner: None,
            importance,
            of: importance,
            tags: Vec::new(),
            inherited: Vec::new(),
            texts,
            aliases: Vec::new(),
            end: None,
        };
        let mut groups = Vec::new();
        for (group, skills) in record.skills.iter().enumerate() {
            groups.push((wordings(&skills.name), group));
            for (at, skill) in skills.skills.iter().enumerate() {
                let aliases: Vec<&str> = skill.aliases.iter().map(|a| a.value.as_str()).collect();
                let mut names = wordings(&skill.name);
                names.extend(aliases.iter().map(|alias| (*alias).to_owned()));
                entries.push(Optional {
                    of: skills.importance.0,
                    aliases,
                    ..plain(
                        Item::Skill(group, at),
                        names,
                        SectionKind::Skills,
                        skill.importance.0,
                        vec![&skill.name],
                    )
                });
            }
        }
        for (section, importance) in LISTED {
            for (at, texts) in listed(record, section).into_iter().enumerate() {
                let names = match section {
                    SectionKind::Languages | SectionKind::Interests => {
                        vec![section.word().to_owned()]
                    }
                    _ => texts.first().map(|text| wordings(text)).unwrap_or_default(),
                };
                entries.push(plain(Item::Listed(section, at), names, section, importance, texts));
            }
        }
        let stations = record.career.iter().map(|station| station.id.as_str()).collect();
        Self { entries, groups, stations }
    }

    /// The entry of an item.
    pub fn get(&self, item: &Item) -> Option<&Optional<'a>> {
        self.entries.iter().find(|entry| entry.item == *item)
    }

    /// What a name means: one entry, a station, all skills of a group, or all entries of a section.
    pub fn named(&self, name: &str) -> Named {
        let called =
            self.entries.iter().filter(|entry| entry.names.iter().any(|known| known == name));
        let mut items: Vec<Item> = called.map(|entry| entry.item.clone()).collect();
        if self.stations.contains(&name) {
            return Named::Station;
        }
        let group = self.groups.iter().find(|(names, _)| names.iter().any(|known| known == name));
        if let (true, Some((_, group))) = (items.is_empty(), group) {
            let of = |item: &&Item| matches!(item, Item::Skill(of, _) if of == group);
            items = self.entries.iter().map(|entry| &entry.item).filter(of).cloned().collect();
        }
        if items.is_empty() {
            let section = SectionKind::of(name);
            let within = self.entries.iter().filter(|entry| Some(entry.section) == section);
            items = within.map(|entry| entry.item.clone()).collect();
        }
        if items.is_empty() { Named::Unknown } else { Named::Items(items) }
    }

    /// All names there are; a section has to have an entry.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let within = |section: &&SectionKind| self.entries.iter().any(|e| e.section == **section);
        let sections = SectionKind::ALL.iter().filter(within).map(|section| section.word());
        let names = self.entries.iter().flat_map(|entry| entry.names.iter());
        let groups = self.groups.iter().flat_map(|(names, _)| names);
        names
            .chain(groups)
            .map(|name| -> &str { name })
            .chain(sections.map(|word| -> &str { word }))
    }
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
        importance: highlight.importance.0,
        tags: highlight.tags.iter().collect(),
        texts: vec![&highlight.text],
        ..owner.clone()
    }
}

fn wordings(text: &Text) -> Vec<String> {
    text.wordings().iter().map(|wording| wording.text.clone()).collect()
}

/// The day after the latest end; `None` when one of them is still to come.
fn latest(ends: impl IntoIterator<Item = End>) -> Option<NaiveDate> {
    let days = ends.into_iter().map(|end| match end {
        End::On(date) => Some(Date::end(date)),
        End::Present => None,
    });
    days.collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// The texts of each entry of a shorter section.
fn listed(record: &Record, section: SectionKind) -> Vec<Vec<&Text>> {
    match section {
        SectionKind::Certificates => record.certificates.iter().map(|c| vec![&c.name]).collect(),
        SectionKind::Awards => record.awards.iter().map(|award| vec![&award.title]).collect(),
        SectionKind::Publications => record.publications.iter().map(|p| vec![&p.name]).collect(),
        SectionKind::References => record.references.iter().map(|r| vec![&r.name]).collect(),
        SectionKind::Languages if !record.languages.is_empty() => {
            vec![record.languages.iter().map(|language| &language.language).collect()]
        }
        SectionKind::Interests if !record.interests.is_empty() => {
            let interests = record.interests.iter();
            vec![interests.flat_map(|i| std::iter::once(&i.name).chain(&i.keywords)).collect()]
        }
        _ => Vec::new(),
    }
}
