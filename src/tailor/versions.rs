//! Which version of a text of the profile an application uses.

use std::ops::Deref;

use crate::record::Record;
use crate::record::model::applications::Application;
use crate::record::model::versions::Versions;
use crate::record::text::Text;
use crate::tailor::fields::{fields_of, with_post};
use crate::tailor::lexis::{Lexis, wordings};
use crate::tailor::relevance::{ENOUGH, Favoured, Scale, Spoken};

/// A version that an application uses, and why.
#[derive(Debug, Clone)]
pub struct UsedVersion {
    /// The key of the profile.
    pub field: &'static str,
    /// Which one, counted from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// Its words.
    pub text: Text,
    /// How well it fits: 0 where nothing matches.
    pub fits: f64,
    /// The tags, keywords and terms that match.
    pub matched: Vec<String>,
}

/// An application with the versions of the profile's texts that it uses, where it has no text of its own:
/// those that fit it best, the first of equals.
pub fn with_versions(
    record: &Record,
    lexis: &Lexis,
    application: &Application,
) -> (Application, Vec<UsedVersion>) {
    let job = application.job.as_ref().map_or("", |job| job.text.as_str());
    let wanted = lexis.wanted(Some(application), job);
    let fields = with_post(wanted.asked.fields.clone(), &wanted.asked.post_fields);
    let favoured = Favoured {
        application: Some(application),
        weights: wanted.asked.list.iter().map(|asked| (asked.term, asked.weight)).collect(),
        fields,
        // Versions are compared with each other, whatever the entries of the record have.
        best: ENOUGH,
        wanted: &wanted,
        scale: Scale::of(record, Some(application)),
    };
    let (mut own, mut used) = (application.clone(), Vec::new());
    let profile = &record.profile;
    own.role = own.role.or_else(|| best(&favoured, "role", profile.role.as_ref(), &mut used));
    own.headline =
        own.headline.or_else(|| best(&favoured, "headline", profile.headline.as_ref(), &mut used));
    own.summary =
        own.summary.or_else(|| best(&favoured, "summary", profile.summary.as_ref(), &mut used));
    (own, used)
}

/// The version of a text that fits best; `None` where there is only one.
fn best<T: Clone + Deref<Target = Text>>(
    favoured: &Favoured,
    field: &'static str,
    versions: Option<&Versions<T>>,
    used: &mut Vec<UsedVersion>,
) -> Option<T> {
    let versions = versions.filter(|versions| versions.count() > 1)?;
    let mut best: Option<(UsedVersion, T)> = None;
    for (at, version) in versions.all().enumerate() {
        let terms = &favoured.wanted.terms;
        let words = wordings(&version.text);
        let found = terms.find(&words).into_keys().collect();
        let tags: Vec<_> = version.priority.tags.iter().collect();
        let fields = fields_of(&words);
        let spoken = Spoken { terms: &found, only: None, fields: &fields };
        let (relevance, matched) = favoured.relevance(&tags, &[], &spoken, ENOUGH);
        let fits = (relevance - 1.0) * f64::from(version.priority.importance());
        if best.as_ref().is_none_or(|(best, _)| fits > best.fits) {
            let (number, count, text) = (at + 1, versions.count(), version.text.deref().clone());
            let own = UsedVersion { field, number, count, text, fits, matched };
            best = Some((own, version.text.clone()));
        }
    }
    let (own, text) = best?;
    used.push(own);
    Some(text)
}
