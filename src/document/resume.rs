//! The résumés and the portfolio: all kinds of entries, as selected.

use crate::document::builder::{Builder, url};
use crate::document::model::resume::{
    Author, Condensed, CondensedJob, DatedEntry, Interest, LanguageTest, OwnEntry, OwnLine,
    OwnSection, OwnText, Publication, Referee, Resume, SectionChoice, SpokenLanguage,
};
use crate::document::own_name::OwnName;
use crate::document::words;
use crate::record::links::addresses::section_path;
use crate::record::model::career::CareerEntry;
use crate::record::model::sections::{Section, SectionId, SectionKind, SectionPart};
use crate::record::model::time::Time;
use crate::record::model::{extras, text};
use crate::record::read::Spanned;
use crate::record::text::Text;
use crate::tailor::{CONDENSED, Item};

impl Builder<'_> {
    /// The body of the résumés and of the portfolio.
    pub fn resume(&self) -> Resume {
        let record = self.record;
        let shown = |item: Item| self.request.selection.shows(&item);
        let listed = |kind: SectionKind, at| shown(Item::Listed(kind.into(), at));
        let condenses = |entry: &&CareerEntry| self.request.selection.condenses(&entry.id);
        let condensed = self.career().filter(condenses);
        let jobs: Vec<CondensedJob> = condensed.map(|entry| self.condensed(entry)).collect();
        let stations = self.career().filter(|entry| !condenses(entry));
        let languages = record.languages.iter().enumerate();
        let languages = languages.filter(|(at, _)| listed(SectionKind::Languages, *at));
        let awards = record.awards.iter().enumerate();
        let awards = awards.filter(|(at, _)| listed(SectionKind::Awards, *at));
        let certificates = record.certificates.iter().enumerate();
        let certificates = certificates.filter(|(at, _)| listed(SectionKind::Certificates, *at));
        let publications = record.publications.iter().enumerate();
        let publications = publications.filter(|(at, _)| listed(SectionKind::Publications, *at));
        let interests = record.interests.iter().enumerate();
        let interests = interests.filter(|(at, _)| listed(SectionKind::Interests, *at));
        let references = record.references.iter().enumerate();
        let references = references.filter(|(at, _)| listed(SectionKind::References, *at));
        Resume {
            sections: self.section_choices(),
            stations: stations.map(|entry| self.career_entry(entry, None)).collect(),
            condensed: if jobs.is_empty() {
                Vec::new()
            } else {
                vec![Condensed { id: CONDENSED.to_owned(), jobs }]
            },
            projects: self.projects().into_iter().map(|project| self.project(project)).collect(),
            skills: self.skills(),
            languages: languages
                .map(|(_, spoken)| SpokenLanguage {
                    language: self.text(&spoken.language),
                    fluency: self.text_of(spoken.fluency.as_ref()),
                    tests: spoken.tests.iter().map(|test| self.language_test(test)).collect(),
                })
                .collect(),
            awards: awards
                .map(|(at, a)| self.dated(at, &a.name, &a.time, &a.by, &a.url, &a.summary))
                .collect(),
            certificates: certificates
                .map(|(at, c)| self.dated(at, &c.name, &c.time, &c.by, &c.url, &c.summary))
                .collect(),
            publications: publications.map(|(at, own)| self.publication(at, own)).collect(),
            interests: interests
                .map(|(_, interest)| Interest {
                    name: self.text(&interest.name),
                    keywords: self.texts(&interest.keywords),
                })
                .collect(),
            references: references
                .map(|(index, referee)| Referee {
                    name: self.text(&referee.name),
                    reference: self.prose_of(referee.reference.as_deref(), "/"),
                    index,
                })
                .collect(),
            own: self.own_sections().map(|section| self.own_section(section)).collect(),
        }
    }

    /// An employment that shares an entry with others.
    fn condensed(&self, entry: &CareerEntry) -> CondensedJob {
        let times = entry.positions.iter().map(|position| &position.time);
        let title = entry.positions.first().and_then(|position| self.phrase(&position.title));
        CondensedJob {
            title: title.unwrap_or_default(),
            organization: self.phrase(&entry.organization).unwrap_or_default(),
            periods: times.map(|time| self.period(time)).collect(),
        }
    }

    /// The sections of the record's own that are not hidden, in its order.
    pub fn own_sections(&self) -> impl Iterator<Item = &Section> {
        let shown = |own: &&Section| own.has_content() && !self.hides(&own.section_id());
        self.record.sections.iter().filter(shown)
    }

    /// A section of the record's own.
    pub fn own_section(&self, section: &Section) -> OwnSection {
        let path = section_path(section);
        let item = |index| Item::Listed(section.section_id(), index);
        let mut own = OwnSection {
            id: section.id.to_string(),
            label: self.labels.page(&path),
            has_entries: !section.entries.is_empty(),
            texts: Vec::new(),
            entries: Vec::new(),
            lines: Vec::new(),
        };
        let parts = section.parts().enumerate();
        for (index, part) in parts.filter(|(at, _)| self.request.selection.shows(&item(*at))) {
            match part {
                SectionPart::Text(text) => {
                    let text = self.prose_of(Some(text), &path);
                    own.texts.extend(text.map(|text| OwnText { text, index }));
                }
                SectionPart::Line(line) => {
                    let label = self.text(&line.label);
                    let text = self.prose_of(Some(&line.text), &path);
                    own.lines.extend(text.map(|text| OwnLine { label, text, index }));
                }
                SectionPart::Entry(entry) => own.entries.push(OwnEntry {
                    name: self.phrase(&entry.name).unwrap_or_default(),
                    by: self.phrase_of(entry.by.as_deref()),
                    period: self.stated_period(&entry.time),
                    location: self.location(entry.location.as_ref()),
                    url: url(entry.url.as_ref()),
                    summary: self.prose_of(entry.summary.as_deref(), &path),
                    highlights: self.highlights(&entry.highlights, 0, |at| {
                        Item::ListedHighlight(section.section_id(), index, at)
                    }),
                    index,
                }),
            }
        }
        own
    }

    fn dated(
        &self,
        index: usize,
        name: &Text,
        time: &Time,
        by: &Option<text::Phrase>,
        address: &Option<Spanned<String>>,
        summary: &Option<text::Inline>,
    ) -> DatedEntry {
        DatedEntry {
            name: self.phrase(name).unwrap_or_default(),
            period: self.stated_period(time),
            by: self.phrase_of(by.as_deref()),
            url: url(address.as_ref()),
            summary: self.prose_of(summary.as_deref(), "/"),
            publication: None,
            index,
        }
    }

    fn publication(&self, index: usize, own: &extras::Publication) -> DatedEntry {
        let name = OwnName::of(&self.record.profile.name);
        let authors = own.authors.iter().filter_map(|author| {
            let is_own = author.wordings().iter().any(|wording| name.is(&wording.plain()));
            Some(Author { name: self.phrase(author)?, own: is_own })
        });
        let publication = Publication {
            authors: authors.collect(),
            venue: self.text_of(own.venue.as_ref()),
            volume: self.text_of(own.volume.as_ref()),
            issue: self.text_of(own.issue.as_ref()),
            pages: self.text_of(own.pages.as_ref()),
            doi: url(own.doi.as_ref().map(|doi| &doi.0)),
            kind: self.text_of(own.kind.as_ref()),
            status: self.text_of(own.status.as_ref()),
        };
        DatedEntry {
            publication: Some(publication),
            ..self.dated(index, &own.name, &own.time, &own.by, &own.url, &own.summary)
        }
    }

    fn language_test(&self, test: &extras::LanguageTest) -> LanguageTest {
        LanguageTest {
            name: self.text(&test.name),
            score: self.text_of(test.score.as_ref()),
            period: self.stated_period(&test.time),
        }
    }

    /// The sections in the order that is set, then in that of the language, then in the usual one. Those of the record's own
    /// follow the publications: what comes after them is short.
    fn section_choices(&self) -> Vec<SectionChoice> {
        let named = self.chosen.sections.iter().flatten();
        let own = self.own_sections();
        let own: Vec<(SectionId, Option<&Text>)> =
            own.map(|section| (section.section_id(), section.title.as_ref())).collect();
        let mut all = Vec::new();
        let order = words::sections(self.request.words);
        let rest = SectionKind::ALL.into_iter().filter(|kind| !order.contains(kind));
        for kind in order.iter().copied().chain(rest) {
            all.push((kind.into(), None));
            if kind == SectionKind::Publications {
                all.extend(own.iter().cloned());
            }
        }
        let named = named.map(|choice| {
            let usual = all.iter().find(|(id, _)| *id == choice.name.value);
            let title = choice.title.as_ref().or(usual.and_then(|(_, title)| *title));
            (choice.name.value.clone(), title)
        });
        let named: Vec<_> = named.collect();
        let rest = all.iter().filter(|(id, _)| named.iter().all(|(other, _)| other != id));
        let sections = named.iter().chain(rest).filter(|(id, _)| !self.hides(id)).cloned();
        sections.map(|(kind, title)| SectionChoice { kind, title: self.text_of(title) }).collect()
    }
}
