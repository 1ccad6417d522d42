//! What is wrong with a diagram's source, and how much a diagram may hold.

/// One thing wrong in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramError {
    /// Line in the diagram's source, counted from 1.
    pub line: usize,
    /// What is wrong: lowercase, the user's text in backticks.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl DiagramError {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into(), hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Most boxes, groups or columns of one diagram; a page has room for a quarter of them.
const MEMBERS: usize = 200;
/// Most arrows, notes and the like of one diagram.
const STEPS: usize = 500;

/// Refuses a diagram that is too large for a page and would take minutes to lay out.
pub(super) fn bounded(line: usize, members: usize, steps: usize) -> Result<(), DiagramError> {
    let error = |limit, what| {
        DiagramError::new(line, format!("the diagram has more than {limit} {what}"))
            .hint("split it into several diagrams")
    };
    match () {
        () if members > MEMBERS => Err(error(MEMBERS, "boxes, groups or participants")),
        () if steps > STEPS => Err(error(STEPS, "arrows, notes or blocks")),
        () => Ok(()),
    }
}
