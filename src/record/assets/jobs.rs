//! Job descriptions in files of their own.

use crate::diagnostics::Diagnostic;
use crate::record::folder::{Folder, JOB_LIMIT, Refusal};
use crate::record::model::applications::{Application, Job};
use crate::record::read::Reader;
use crate::record::refused::refused;
use crate::record::yaml::decode::decode_any;

/// Reads the job descriptions that are in files of their own.
pub fn read_jobs(applications: &mut [Application], folder: &Folder, reader: &mut Reader) {
    for job in applications.iter_mut().filter_map(|application| application.job.as_mut()) {
        let Some(file) = &job.file else { continue };
        let read = folder.inside(&file.value).and_then(|(path, _)| folder.read(&path, JOB_LIMIT));
        match read.map(decode_any) {
            Ok(Ok(text)) => job.text = Job::of(&text).text,
            Ok(Err(foreign)) => {
                let encoding = foreign.encoding;
                let message = format!("the job description is no text; it looks like {encoding}");
                let diagnostic = Diagnostic::error("E061", message).at(file.place);
                reader
                    .diagnostics
                    .push(diagnostic.hint("save the advertisement as a text or as HTML"));
            }
            Err(Refusal::Missing) => reader.diagnostics.push(
                Diagnostic::error("E061", "cannot read the job description: no such file")
                    .at(file.place)
                    .hint("the path begins at the data folder"),
            ),
            Err(refusal) => reader.diagnostics.push(refused(&refusal).at(file.place)),
        }
    }
}
