//! A `flowchart` as data: nodes, edges and subgraphs.

use serde::Serialize;

use crate::diagram::source::Titles;

/// A whole flowchart.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Flowchart {
    /// Title and description.
    #[serde(flatten)]
    pub titles: Titles,
    /// Where the ranks grow to.
    pub direction: Direction,
    /// All boxes, in source order.
    pub nodes: Vec<Node>,
    /// All arrows, in source order.
    pub edges: Vec<Edge>,
    /// All subgraphs, parents before children.
    pub groups: Vec<Group>,
}

/// Where the ranks grow to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Direction {
    /// Downwards.
    #[default]
    TB,
    /// Upwards.
    BT,
    /// To the right.
    LR,
    /// To the left.
    RL,
}

impl Direction {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "" | "TB" | "TD" => Some(Self::TB),
            "BT" => Some(Self::BT),
            "LR" => Some(Self::LR),
            "RL" => Some(Self::RL),
            _ => None,
        }
    }
}

/// The outline of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// `A[…]` or bare `A`.
    Rect,
    /// `A(…)`.
    Round,
    /// `A([…])`.
    Stadium,
    /// `A[(…)]`: a data store.
    Cylinder,
    /// `A((…))`.
    Circle,
    /// `A(((…)))`.
    Double,
    /// `A{…}`: a decision.
    Diamond,
    /// `A{{…}}`.
    Hexagon,
    /// `A[/…/]`, leaning right.
    Slant,
    /// `A[\…\]`, leaning left.
    Backslant,
    /// `A[[…]]`: a subroutine.
    Subroutine,
    /// `A>…]`: a flag.
    Flag,
    /// Not drawn: represents a whole subgraph at the end of an edge.
    Anchor,
}

/// One box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The name used in the source.
    pub id: String,
    /// The words in it, line by line.
    pub label: Vec<String>,
    /// Its outline.
    pub shape: Shape,
    /// The innermost subgraph it is in.
    pub group: Option<usize>,
}

/// How an edge is stroked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// `---`.
    Solid,
    /// `-.-`.
    Dotted,
    /// `===`.
    Thick,
    /// `~~~`: orders the nodes, is not drawn.
    Hidden,
}

/// What an edge ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tip {
    /// Nothing.
    None,
    /// A filled triangle.
    Arrow,
    /// A small circle.
    Circle,
    /// A cross.
    Cross,
}

/// One connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// Node it starts at (the anchor, for a whole subgraph).
    pub from: usize,
    /// Node it ends at (the anchor, for a whole subgraph).
    pub to: usize,
    /// The words on it, line by line.
    pub label: Vec<String>,
    /// Its stroke.
    pub line: LineKind,
    /// Its near end.
    pub tail: Tip,
    /// Its far end.
    pub head: Tip,
    /// How many rows it spans at least.
    #[serde(skip)]
    pub(super) length: usize,
}

/// One subgraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The name used in the source.
    pub id: String,
    /// The title, line by line.
    pub title: Vec<String>,
    /// The subgraph around it.
    pub parent: Option<usize>,
}

/// Whether `start` is `wanted` or is inside it.
pub(super) fn inside(groups: &[Group], start: Option<usize>, wanted: usize) -> bool {
    let mut at = start;
    while let Some(group) = at {
        if group == wanted {
            return true;
        }
        at = groups[group].parent;
    }
    false
}
