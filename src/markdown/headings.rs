//! Ids and levels of headings.

use comrak::Node;
use comrak::nodes::NodeValue;

/// Takes the `{#id}` suffix off a heading and returns the id.
pub fn take_heading_id<'a>(heading: Node<'a>) -> Option<String> {
    let last = heading.last_child()?;
    let mut data = last.data_mut();
    let text = data.value.text_mut()?;
    let (title, id) = strip_id(text);
    let (title, id) = (title.to_owned(), id?.to_owned());
    *text = title.into();
    Some(id)
}

/// Gives headings levels that start at `base` and never skip one.
pub(super) fn set_levels<'a>(root: Node<'a>, base: u8) {
    let mut open: Vec<u8> = Vec::new();
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data_mut().value {
            open.retain(|&outer| outer < heading.level);
            open.push(heading.level);
            // At most six are open.
            heading.level = base.saturating_add(open.len() as u8 - 1);
        }
    }
}

/// Splits `Title {#id}` into title and id.
pub(super) fn strip_id(text: &str) -> (&str, Option<&str>) {
    let trimmed = text.trim_end();
    let split = trimmed.strip_suffix('}').and_then(|rest| rest.rsplit_once("{#"));
    match split {
        Some((title, id)) if is_id(id) => (title.trim_end(), Some(id)),
        _ => (text, None),
    }
}

/// Whether a string can be a heading id.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}
