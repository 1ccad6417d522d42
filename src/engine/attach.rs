//! Files attached to a PDF.
//!
//! They are put into the finished pages, so that templates need no code for them. Must not know
//! what the files are.

use std::sync::Arc;

use typst::foundations::{Bytes, Derived, NativeElement as _, PathOrStr};
use typst::introspection::{Location, Tag, TagFlags};
use typst::layout::{FrameItem, Point};
use typst::model::Document as _;
use typst::pdf::{AttachElem, AttachedFileRelationship};
use typst_layout::PagedDocument;

/// A file that the document was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name in the list of attachments.
    pub name: String,
    /// What it holds.
    pub text: Arc<str>,
    /// Its kind, such as `application/yaml`.
    pub mime: &'static str,
    /// What it is, for people.
    pub description: String,
}

/// The same pages with files attached as their sources.
pub(super) fn attach(document: &PagedDocument, files: &[Attachment]) -> PagedDocument {
    let mut pages = document.pages().to_vec();
    // Nothing is drawn: the file is attached to an invisible element on the first page.
    for (file, number) in files.iter().zip(1..) {
        let Some(page) = pages.first_mut() else { break };
        let name = PathOrStr::Str(file.name.as_str().into());
        let derived = Derived::new(name, file.name.as_str().into());
        let element = AttachElem::new(derived, Bytes::from_string(file.text.clone()))
            .with_relationship(Some(AttachedFileRelationship::Source))
            .with_mime_type(Some(file.mime.into()))
            .with_description(Some(file.description.as_str().into()));
        // The compiler's own locations are hashes; these small numbers do not collide with them.
        let location = Location::new(number);
        let flags = TagFlags { introspectable: true, tagged: false };
        let content = element.pack().located(location);
        page.frame.push(Point::zero(), FrameItem::Tag(Tag::Start(content, flags)));
        page.frame.push(Point::zero(), FrameItem::Tag(Tag::End(location, number, flags)));
    }
    PagedDocument::new(pages.into(), document.info().clone())
}
