//! One document, from the choice of what it shows to its bytes.

use std::time::Instant;

use crate::document::Format;
use crate::press::{Made, Note, Press};
use crate::tailor::{Fit, Selection};

impl Press<'_> {
    /// Makes one document, or says why there is none: the résumé shows what fits its page best, the
    /// others everything.
    pub fn make(&self, format: Format) -> (Option<Made>, Vec<Note>) {
        let began = Instant::now();
        let mut notes = Vec::new();
        let laid_out = match format {
            Format::OnePage => self.tailored(&mut notes).map(|tailored| tailored.fitted.document),
            Format::Full | Format::Portfolio => {
                self.lay_out(format, &Selection::all(), Fit::REGULAR, &mut notes)
            }
        };
        self.finish(format, began, laid_out, notes)
    }
}
