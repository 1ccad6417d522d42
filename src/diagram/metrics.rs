//! The sizes that a template gives a diagram, and the measuring of its words.

/// Sizes of letters and spaces; those of a template are in its tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Size of the letters, in points.
    pub size: f64,
    /// The least size of the letters before the drawing is scaled, in points.
    pub min_size: f64,
    /// Height of a line of text, in em.
    pub line_height: f64,
    /// Distance from one baseline to the next, in em.
    pub line_pitch: f64,
    /// Space between a node's outline and its label, left and right, above and below, in points.
    pub node_inset: (f64, f64),
    /// The same for the head of a participant.
    pub head_inset: (f64, f64),
    /// The same for a note.
    pub note_inset: (f64, f64),
    /// Space between neighbouring nodes of a row, in points.
    pub node_gap: f64,
    /// Space between a line and its neighbour in a row, in points.
    pub line_gap: f64,
    /// Space between the frame of a subgraph and its neighbour, in points.
    pub frame_gap: f64,
    /// Space between the frame of a subgraph and what it holds, in points.
    pub frame_inset: f64,
    /// Space below a message or a note, in points.
    pub row_gap: f64,
    /// Width of the bar on the lifeline of an active participant, in points.
    pub bar_width: f64,
}

/// The weight of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Of labels.
    Normal,
    /// Of titles, participants and numbers.
    Strong,
}

/// Returns the width of a word in one line, in em.
pub type Measure<'a> = dyn FnMut(&str, Weight) -> f64 + 'a;
