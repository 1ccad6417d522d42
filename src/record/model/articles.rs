//! Long texts: the manual's articles, and the posts it names.

use crate::record::declare::record;
use crate::record::model::date::Date;
use crate::record::model::priority::Priority;
use crate::record::model::site::Listing;
use crate::record::model::text::{Id, Inline, Prose};
use crate::record::read::Spanned;
use crate::record::text::Text;

record! {
    /// An article of the manual.
    pub struct Article as "an article" {
        /// Its name in links; by default the file's name, or made of its title.
        pub id: Id,
        /// Section it belongs to; without one it comes before all sections.
        pub section: Option<Id>,
        /// Order inside its section, lowest first; articles without one follow by date, newest first.
        pub weight: Option<u32>,
        /// Path on the site; by default that of the section and the id.
        pub path: Option<Spanned<String>>,
        /// Its title.
        pub title: Text,
        /// Its date.
        pub date: Option<Spanned<Date>>,
        /// What it is about.
        pub tags: Vec<Id>,
        /// Minutes it takes to read; by default counted from the words.
        pub reading_minutes: Option<u32>,
        /// A list set between the introduction and the body.
        pub list: Option<Listing>,
        /// Words before the list.
        pub intro: Option<Prose>,
        /// The text; its headings begin at level 2.
        pub body: Option<Prose>,
    }
}

record! {
    /// A post on the site, of which the manual prints the summary.
    pub struct Post as "a post" {
        /// Its name in links; by default made of its title.
        pub id: Id,
        /// Path on the site; by default `/posts/id/`.
        pub path: Option<Spanned<String>>,
        /// Its title.
        pub title: Text,
        /// The day it was published.
        pub date: Spanned<Date>,
        /// Minutes it takes to read.
        pub reading_minutes: Option<u32>,
        /// How much it matters, and what it is about.
        pub priority: Priority,
        /// What it says, in whole sentences.
        pub summary: Option<Inline>,
    }
}
