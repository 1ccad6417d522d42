//! The person: name, role and how to reach them.

use crate::record::declare::record;
use crate::record::model::location::Location;
use crate::record::model::priority::Priority;
use crate::record::model::text::{Inline, Phrase};
use crate::record::model::versions::Versions;
use crate::record::read::Spanned;
use crate::record::text::Text;

record! {
    /// Who the record is about (JSON Resume's `basics`).
    pub struct Profile as "`profile`" {
        /// Full name.
        pub name: Text,
        /// What the person does, in two or three words (JSON Resume's `label`). Of several versions an application uses the one that fits it best; other documents use the first.
        pub role: Option<Versions<Phrase>>,
        /// One line on what sets the person apart; several versions are possible, as for `role`.
        pub headline: Option<Versions<Phrase>>,
        /// E-mail address.
        pub email: Option<Spanned<String>>,
        /// Telephone number.
        pub phone: Option<Spanned<String>>,
        /// City, or city and country, or a whole address.
        pub location: Option<Location>,
        /// Home page.
        pub url: Option<Spanned<String>>,
        /// Portrait for countries where a résumé carries one.
        pub photo: Option<Photo>,
        /// Accounts elsewhere.
        pub links: Vec<Link>,
        /// What else an application must say of the person, such as a date of birth, a work permit or
        /// military service.
        pub facts: Vec<Fact>,
        /// Two to four sentences for the top of a résumé; several versions are possible, as for `role`.
        pub summary: Option<Versions<Inline>>,
    }
}

impl Profile {
    /// How much each version matters, and what it is about.
    pub fn priorities(&self) -> impl Iterator<Item = &Priority> {
        let role = self.role.iter().flat_map(Versions::priorities);
        let headline = self.headline.iter().flat_map(Versions::priorities);
        role.chain(headline).chain(self.summary.iter().flat_map(Versions::priorities))
    }

    /// Whether an application chooses between versions of a text.
    pub fn has_versions(&self) -> bool {
        let counts = [
            self.role.as_ref().map(Versions::count),
            self.headline.as_ref().map(Versions::count),
            self.summary.as_ref().map(Versions::count),
        ];
        counts.into_iter().flatten().any(|count| count > 1)
    }
}

record! {
    /// A fact about the person.
    pub struct Fact as "a fact" {
        /// What it is about, such as `Date of birth`.
        pub label: Text,
        /// The fact itself.
        pub text: Phrase,
    }
}

record! {
    /// A portrait, or a signature.
    pub struct Photo as "a picture" {
        /// File inside the data folder.
        pub file: Spanned<String>,
        /// Its description for readers who cannot see it.
        pub alt: Text,
    }
}

record! {
    /// An account elsewhere (JSON Resume's `profiles`).
    pub struct Link as "a link" {
        /// Name of the network.
        pub network: Text,
        /// The name there.
        pub username: Option<Spanned<String>>,
        /// Address of the account.
        pub url: Spanned<String>,
    }
}
