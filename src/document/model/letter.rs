//! What letters and answers have.

use crate::document::model::frame::Photo;
use crate::document::model::values::{Date, Location, Phrase, Prose};
use crate::document::reference::described;
use crate::record::model::letter::LetterForm;

described! {
    /// A letter.
    #[derive(Serialize)]
    pub struct Letter as "letter" {
        /// Where its parts stand on the paper; `none` for the form of the language, `letter-form` of the words.
        pub form: Option<LetterForm>,
        /// The date that it is written on.
        pub sent: Date,
        /// Who gets it. All its keys may be `none`.
        pub recipient: Recipient,
        /// What it is about.
        pub subject: Option<Phrase>,
        /// The line that it opens with.
        pub opening: Option<Phrase>,
        /// Its paragraphs.
        pub paragraphs: Vec<Prose>,
        /// The line that it closes with.
        pub closing: Option<Phrase>,
        /// Whether `closing` has the name of the person, which otherwise stands below.
        pub signed: bool,
        /// A picture of the signature.
        pub signature: Option<Photo>,
        /// What is sent with it.
        pub enclosures: Vec<Phrase>,
    }

    /// Who gets a letter.
    #[derive(Serialize)]
    pub struct Recipient as "recipient" {
        /// The name of a person.
        pub name: Option<String>,
        /// What the person does.
        pub title: Option<String>,
        /// The organisation.
        pub organization: Option<String>,
        /// Where it is.
        pub address: Option<Location>,
    }

    /// The answers to the questions of an application form.
    #[derive(Serialize)]
    pub struct Questions as "questions" {
        /// The questions, in their order.
        pub questions: Vec<Question>,
    }

    /// A question with its answer.
    #[derive(Serialize)]
    pub struct Question as "question" {
        /// What is asked.
        pub ask: String,
        /// The answer, which is no Markdown; `none` where there is none yet.
        pub answer: Option<String>,
    }
}
