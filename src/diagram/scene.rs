//! What is drawn: shapes and texts with their places, in points; x to the right, y downwards.
//!
//! A shape names its style; colours and strokes belong to the template.

use serde::{Serialize, Serializer};

use crate::diagram::label::Label;
use crate::diagram::metrics::Weight;

/// A drawing that is laid out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Scene {
    /// Width of the drawing.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
    /// Shapes, the lowest first.
    pub shapes: Vec<Shape>,
    /// Texts above all shapes, in reading order.
    pub texts: Vec<SceneText>,
}

/// A shape and its style.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shape {
    /// How it is drawn.
    pub style: Style,
    /// What is drawn.
    #[serde(flatten)]
    pub form: Form,
}

/// The geometry of a shape.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum Form {
    /// A rectangle.
    Box {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// A rectangle with half circles at its left and right.
    Stadium {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// A circle.
    Circle {
        /// Centre.
        x: f64,
        /// Centre.
        y: f64,
        /// Radius.
        radius: f64,
    },
    /// Lines that are drawn as one.
    Path {
        /// The lines.
        strokes: Vec<Stroke>,
        /// Each returns to where it began.
        closed: bool,
    },
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point(pub f64, pub f64);

/// One line of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stroke {
    /// Where it begins.
    pub start: Point,
    /// Where it goes from there.
    pub steps: Vec<Step>,
}

/// A part of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Straight to a point.
    Line(Point),
    /// A cubic curve: two control points and its end.
    Curve(Point, Point, Point),
}

/// As a list of points: one for a straight line, three for a curve.
impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Line(end) => [*end].serialize(serializer),
            Self::Curve(first, second, end) => [*first, *second, *end].serialize(serializer),
        }
    }
}

/// How a shape is drawn. Lines of one style are drawn together, in the order of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// The lifeline of a participant.
    Lifeline,
    /// The end of a lifeline.
    LifelineEnd,
    /// The line between two branches of a block.
    Divider,
    /// A line.
    Solid,
    /// A dashed line.
    Dashed,
    /// A dotted line.
    Dotted,
    /// A thick line.
    Thick,
    /// A filled arrowhead.
    Arrow,
    /// An open arrowhead.
    OpenArrow,
    /// A cross at the end of a line.
    Cross,
    /// The background of neighbouring participants.
    Band,
    /// The background of a `rect` block.
    Area,
    /// The bar of an active participant.
    Bar,
    /// The frame of a block.
    Block,
    /// The tab with a block's keyword.
    Tab,
    /// A note.
    Note,
    /// The head of a participant.
    Participant,
    /// A participant drawn as a person.
    Person,
    /// The disc behind the number of a message.
    Number,
    /// The frame of a subgraph.
    Group,
    /// The frame of a subgraph in a subgraph.
    InnerGroup,
    /// What keeps lines away from the title of a subgraph.
    GroupTitle,
    /// The same in a subgraph in a subgraph.
    InnerGroupTitle,
    /// A node.
    Node,
    /// A node with round corners.
    RoundNode,
    /// Lines in a node.
    NodeDetail,
}

/// Words at a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SceneText {
    /// The words, line by line.
    pub lines: Vec<String>,
    /// Left edge of the widest line.
    pub x: f64,
    /// Upper edge of the first line.
    pub y: f64,
    /// Width of the widest line.
    pub width: f64,
    /// Size of the letters.
    pub size: f64,
    /// Whether the letters are of the stronger weight.
    pub strong: bool,
    /// Whether the lines are centred, not flush left.
    pub centered: bool,
    /// How it is drawn.
    pub style: TextStyle,
}

/// How a text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextStyle {
    /// Labels of nodes, messages and notes.
    Label,
    /// Titles of groups and conditions of blocks.
    Title,
    /// Labels of edges.
    Edge,
    /// Numbers of messages.
    Number,
}

impl Shape {
    /// A rectangle between two corners.
    pub(super) fn rect(style: Style, (x, y): (f64, f64), (right, bottom): (f64, f64)) -> Self {
        Self { style, form: Form::Box { x, y, width: right - x, height: bottom - y } }
    }

    pub(super) fn circle(style: Style, x: f64, y: f64, radius: f64) -> Self {
        Self { style, form: Form::Circle { x, y, radius } }
    }

    pub(super) fn open(style: Style, strokes: Vec<Stroke>) -> Self {
        Self { style, form: Form::Path { strokes, closed: false } }
    }

    pub(super) fn closed(style: Style, stroke: Stroke) -> Self {
        Self { style, form: Form::Path { strokes: vec![stroke], closed: true } }
    }
}

impl Stroke {
    pub(super) fn new(start: Point, steps: Vec<Step>) -> Self {
        Self { start, steps }
    }

    /// Straight lines from point to point.
    pub(super) fn lines(start: Point, points: &[Point]) -> Self {
        Self::new(start, points.iter().copied().map(Step::Line).collect())
    }
}

/// Lines as few shapes: large elements are laid out faster than many small ones.
pub(super) fn joined(mut strokes: Vec<(Style, Stroke)>) -> Vec<Shape> {
    strokes.sort_by_key(|(style, _)| *style);
    let of_one_style = strokes.chunk_by(|(a, _), (b, _)| a == b);
    of_one_style
        .filter_map(|chunk| {
            let style = chunk.first()?.0;
            let strokes = chunk.iter().map(|(_, stroke)| stroke.clone()).collect();
            Some(Shape { style, form: Form::Path { strokes, closed: style == Style::Arrow } })
        })
        .collect()
}

impl SceneText {
    /// A label with its upper left corner at x, y; `None` without words.
    pub(super) fn new(label: Label, x: f64, y: f64, style: TextStyle) -> Option<Self> {
        let Label { lines, width, size, weight, .. } = label;
        let strong = weight == Weight::Strong;
        (!lines.is_empty()).then_some(Self {
            lines,
            x,
            y,
            width,
            size,
            strong,
            centered: true,
            style,
        })
    }

    /// The same with its lines flush left.
    pub(super) fn flush_left(self) -> Self {
        Self { centered: false, ..self }
    }
}
