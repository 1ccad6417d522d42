//! A `sequenceDiagram` as data: participants, and the events between them in source order.

use serde::Serialize;

use crate::diagram::source::Titles;

/// A whole sequence diagram.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Sequence {
    /// Title and description.
    #[serde(flatten)]
    pub titles: Titles,
    /// The columns, left to right.
    pub participants: Vec<Participant>,
    /// Tinted backgrounds behind neighbouring columns.
    pub boxes: Vec<Band>,
    /// Everything that happens, top to bottom.
    pub events: Vec<Event>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Participant {
    /// The name used in the source.
    pub id: String,
    /// The name shown, line by line.
    pub label: Vec<String>,
    /// Drawn as a person, not as a box.
    pub actor: bool,
}

/// `box … end`: a titled background behind the columns `first..=last`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Band {
    /// The title, line by line; may be empty.
    pub title: Vec<String>,
    /// First column.
    pub first: usize,
    /// Last column.
    pub last: usize,
}

/// What an arrow ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Head {
    /// A bare line.
    None,
    /// A filled triangle.
    Arrow,
    /// A cross: the message is lost.
    Cross,
    /// An open angle: the sender does not wait for an answer.
    Open,
}

/// Where a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Across its participants.
    Over,
    /// Left of the participant.
    Left,
    /// Right of the participant.
    Right,
}

/// The sort of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FrameKind {
    /// At the same time.
    Par,
    /// One of several ways.
    Alt,
    /// Perhaps.
    Opt,
    /// Again and again.
    Loop,
    /// Ends the whole exchange.
    Break,
    /// All or nothing.
    Critical,
    /// A plain tinted background.
    Rect,
}

impl FrameKind {
    /// The keyword that opens the block.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Par => "par",
            Self::Alt => "alt",
            Self::Opt => "opt",
            Self::Loop => "loop",
            Self::Break => "break",
            Self::Critical => "critical",
            Self::Rect => "rect",
        }
    }

    /// The keyword that divides the block, if it can be divided.
    pub(super) fn divider(self) -> Option<&'static str> {
        match self {
            Self::Par => Some("and"),
            Self::Alt => Some("else"),
            Self::Critical => Some("option"),
            _ => None,
        }
    }
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Event {
    /// An arrow from one column to another, or to itself.
    Message {
        /// Column of the sender.
        from: usize,
        /// Column of the receiver.
        to: usize,
        /// The words on the arrow, line by line.
        label: Vec<String>,
        /// A dashed line: an answer.
        dashed: bool,
        /// The far end.
        head: Head,
        /// The same head at the near end too.
        both: bool,
        /// Its number, when numbered.
        number: Option<u32>,
    },
    /// Words beside or across lifelines.
    Note {
        /// Where it stands.
        side: Side,
        /// First column it belongs to.
        first: usize,
        /// Last column it belongs to.
        last: usize,
        /// The words, line by line.
        label: Vec<String>,
    },
    /// A block begins.
    Open {
        /// Its sort.
        frame: FrameKind,
        /// Its condition or name.
        label: Vec<String>,
    },
    /// The block's next branch begins.
    Branch {
        /// Its condition or name.
        label: Vec<String>,
    },
    /// The block ends.
    Close,
    /// The participant starts working.
    Activate {
        /// Its column.
        at: usize,
    },
    /// The participant stops working.
    Deactivate {
        /// Its column.
        at: usize,
    },
}
