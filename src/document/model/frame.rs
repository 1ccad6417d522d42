//! What every document has.

use serde_json::{Map, Value};

use crate::document::format::Format;
use crate::document::model::values::{Date, Location, Phrase, Prose};
use crate::document::reference::{Described, Reference, described};
use crate::record::model::site::Paper;
use crate::tailor::Fit;

described! {
    /// What every document has.
    #[derive(Serialize)]
    pub struct Frame as "document" {
        /// The format.
        pub format: Format,
        /// The language tag of the document, such as `ko`.
        pub language: String,
        /// The words of the language by their keys, as in `words/LANGUAGE.yaml`. `date` has a pattern for
        /// a `year`, and twelve each for a `month` and a `day`; `tag` is the language.
        pub words: Map<String, Value>,
        /// The date of the document.
        pub date: Date,
        /// The site of the person.
        pub site: Site,
        /// How the document is printed.
        pub settings: Settings,
        /// The person.
        pub profile: Profile,
    }

    /// The site of the person. All keys are `none` where there is none.
    #[derive(Serialize)]
    pub struct Site as "site" {
        /// Its base address.
        pub url: Option<String>,
        /// Its title.
        pub title: Option<String>,
        /// The name of its front page.
        pub home: Option<String>,
    }

    /// How a document is printed.
    #[derive(Serialize)]
    pub struct Settings as "settings" {
        /// The paper, by its name in Typst.
        pub paper: Paper,
        /// How large everything is.
        pub fit: Fit,
        /// Whether links carry a mark.
        pub link_marks: bool,
        /// Whether pages have a footer.
        pub footer: bool,
        /// The words at the foot of each page, with `{site}` for the address; `none` for the usual
        /// ones.
        pub footer_text: Option<String>,
        /// Whether there may be emoji in the document. Words or templates that have emoji of their own
        /// pass `pictured: true` to `base`.
        pub emoji: bool,
        /// Whether it is one of several documents in a file, whose outline then says what it is.
        pub merged: bool,
    }

    /// The person.
    #[derive(Serialize)]
    pub struct Profile as "profile" {
        /// The name.
        pub name: String,
        /// What the person does, in two or three words; that of the application, if it has one.
        pub role: Option<Phrase>,
        /// One line that sets the person apart; that of the application, if it has one.
        pub headline: Option<Phrase>,
        /// The headline without an application, for the PDF's metadata. It is the same in all
        /// documents of a language.
        pub description: Option<String>,
        /// The role and the names of the groups of skills, for the PDF's metadata.
        pub keywords: Vec<String>,
        /// The e-mail address.
        pub email: Option<String>,
        /// The telephone number, as it is typed.
        pub phone: Option<String>,
        /// The address that calls it: `tel:` and digits; `none` where it cannot be called.
        pub tel: Option<String>,
        /// The city, or city and country, or an address. `location` of `shared/parts.typ` sets it.
        pub location: Option<Location>,
        /// The home page.
        pub url: Option<String>,
        /// A portrait.
        pub photo: Option<Photo>,
        /// Accounts elsewhere.
        pub links: Vec<Account>,
        /// What else is said of the person, such as a date of birth or a work permit.
        pub facts: Vec<Fact>,
        /// Two to four sentences; those of the application, if it has some.
        pub summary: Option<Prose>,
    }

    /// A fact about the person.
    #[derive(Serialize)]
    pub struct Fact as "fact" {
        /// What it is about.
        pub label: String,
        /// The fact itself.
        pub text: Phrase,
    }

    /// A portrait.
    #[derive(Serialize)]
    pub struct Photo as "photo" {
        /// Its path below `/data/`.
        pub file: String,
        /// Its description for readers who cannot see it.
        pub alt: String,
    }

    /// An account elsewhere.
    #[derive(Serialize)]
    pub struct Account as "account" {
        /// The name of the network.
        pub network: String,
        /// The name of the person there.
        pub username: Option<String>,
        /// Its address.
        pub url: String,
    }
}

impl Described for Fit {
    fn name(_: &mut Reference) -> String {
        "[fit](#fit)".to_owned()
    }
}
