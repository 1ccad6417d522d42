//! One document, from the choice of what it shows to its files.

use std::time::Instant;

use crate::document::Format;
use crate::files::Wanted;
use crate::press::{Made, Note, Press};
use crate::tailor::{Fit, Selection};

impl Press<'_> {
    /// Makes one document as the files it is wanted as, or says why there is none: the résumé shows
    /// what fits its page best, the others everything. `name` is what its pictures say they are of.
    pub fn make(&self, format: Format, wanted: &Wanted, name: &str) -> (Option<Made>, Vec<Note>) {
        let began = Instant::now();
        let mut notes = Vec::new();
        let laid_out = match format {
            Format::OnePage => self.tailored(false, &mut notes).map(|tailored| {
                let fitted = tailored.fitted;
                (fitted.choice.selection(), fitted.document)
            }),
            Format::Full | Format::Portfolio => {
                let all = Selection::all();
                let pages = self.lay_out(format, &all, Fit::REGULAR, &mut notes);
                pages.map(|pages| (all, pages))
            }
        };
        self.finish(format, began, laid_out, (wanted, name), notes)
    }
}
