//! The résumé and the portfolio: all kinds of entries, as selected.

use crate::document::builder::{Builder, url};
use crate::document::model::resume::{
    DatedEntry, Interest, Referee, Resume, SectionChoice, SpokenLanguage,
};
use crate::record::model::applications::SectionKind;
use crate::record::model::date::Date;
use crate::record::model::text;
use crate::record::read::Spanned;
use crate::record::text::Text;
use crate::tailor::Item;

impl Builder<'_> {
    /// The body of the one-page résumé and of the portfolio.
    pub fn resume(&self) -> Resume {
        let record = self.record;
        let shown = |item: Item| self.request.selection.shows(&item);
        let listed = |kind, at| shown(Item::Listed(kind, at));
        let projects = self.projects();
        let projects = projects.iter().filter(|p| shown(Item::Project(p.id.to_string())));
        let languages = record.languages.iter().filter(|_| listed(SectionKind::Languages, 0));
        let awards = record.awards.iter().enumerate();
        let awards = awards.filter(|(at, _)| listed(SectionKind::Awards, *at));
        let certificates = record.certificates.iter().enumerate();
        let certificates = certificates.filter(|(at, _)| listed(SectionKind::Certificates, *at));
        let publications = record.publications.iter().enumerate();
        let publications = publications.filter(|(at, _)| listed(SectionKind::Publications, *at));
        let interests = record.interests.iter().filter(|_| listed(SectionKind::Interests, 0));
        let references = record.references.iter().enumerate();
        let references = references.filter(|(at, _)| listed(SectionKind::References, *at));
        Resume {
            sections: self.section_choices(),
            stations: record.career.iter().map(|entry| self.career_entry(entry, None)).collect(),
            projects: projects.map(|project| self.project(project)).collect(),
            skills: self.skills(),
            languages: languages
                .map(|spoken| SpokenLanguage {
                    language: self.text(&spoken.language),
                    fluency: self.text_of(spoken.fluency.as_ref()),
                })
                .collect(),
            awards: awards
                .map(|(at, a)| self.dated(at, &a.title, &a.date, &a.awarder, &a.url, &a.summary))
                .collect(),
            certificates: certificates
                .map(|(at, c)| self.dated(at, &c.name, &c.date, &c.issuer, &c.url, &None))
                .collect(),
            publications: publications
                .map(|(at, p)| self.dated(at, &p.name, &p.date, &p.publisher, &p.url, &p.summary))
                .collect(),
            interests: interests
                .map(|interest| Interest {
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
        }
    }

    fn dated(
        &self,
        index: usize,
        name: &Text,
        date: &Option<Spanned<Date>>,
        by: &Option<Text>,
        address: &Option<Spanned<String>>,
        summary: &Option<text::Inline>,
    ) -> DatedEntry {
        DatedEntry {
            name: self.phrase(name).unwrap_or_default(),
            date: date.as_ref().map(|date| date.value.into()),
            expected: date.as_ref().is_some_and(|date| date.is_after(self.request.date)),
            by: self.text_of(by.as_ref()),
            url: url(address.as_ref()),
            summary: self.prose_of(summary.as_deref(), "/"),
            index,
        }
    }

    /// The sections in the order of the application, then in the usual one.
    fn section_choices(&self) -> Vec<SectionChoice> {
        let named = self.request.application.map(|a| a.sections.as_slice()).unwrap_or_default();
        let rest =
            SectionKind::ALL.into_iter().filter(|kind| named.iter().all(|n| n.name.value != *kind));
        let named = named.iter().map(|n| (n.name.value, n.title.as_ref()));
        let sections = named.chain(rest.map(|kind| (kind, None)));
        sections.map(|(kind, title)| SectionChoice { kind, title: self.text_of(title) }).collect()
    }
}
