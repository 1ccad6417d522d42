//! The outlines of nodes: how large they are, where lines meet them, how they are drawn.

use crate::diagram::flowchart::model::Shape as Kind;
use crate::diagram::label::{Label, Text, count};
use crate::diagram::metrics::Metrics;
use crate::diagram::scene::{Form, Point, SceneText, Shape, Step, Stroke, Style, TextStyle};

/// Height of the lid of a cylinder, half of it.
const LID: f64 = 4.5;
/// How far a slanted side goes sidewards, as a part of its height.
const SLANT: f64 = 0.35;
/// Depth of the notch of a flag.
const NOTCH: f64 = 8.0;

/// A node with its size, in points.
#[derive(Debug, Clone)]
pub(super) struct NodeBox {
    pub(super) kind: Kind,
    pub(super) label: Label,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl NodeBox {
    /// A node that `lines` lines meet on one side, its label wrapped to `cap` points. `tall` where
    /// ranks grow downwards or upwards.
    pub(super) fn new(
        kind: Kind,
        text: &Text,
        (size, cap): (f64, f64),
        lines: usize,
        tall: bool,
        metrics: &Metrics,
    ) -> Self {
        let narrow = matches!(kind, Kind::Diamond | Kind::Circle | Kind::Double);
        let label = text.wrap(if narrow { cap * 0.8 } else { cap }, size);
        let (w, h) = (label.width, label.height);
        let (x, y) = (2.0 * metrics.node_inset.0, 2.0 * metrics.node_inset.1);
        let slope = h + y;
        let (width, height) = match kind {
            Kind::Anchor => (0.0, 0.0),
            Kind::Diamond => ((w + 6.0) * 1.56 + 4.0, (h + 4.0) * 2.75),
            Kind::Circle | Kind::Double => {
                let ring = if kind == Kind::Double { 6.0 } else { 0.0 };
                let across = w.hypot(h) + 9.0;
                (across.max(26.0) + ring, across.max(26.0) + ring)
            }
            Kind::Stadium => (w + h + x - 2.0, slope),
            Kind::Cylinder => (w + x, slope + 2.0 * LID),
            Kind::Hexagon => (w + x - 2.0 + slope * 0.6, slope),
            Kind::Slant | Kind::Backslant => (w + x - 2.0 + slope * 0.7, slope),
            Kind::Subroutine => (w + x + 8.0, slope),
            Kind::Flag => (w + x + 6.0, slope),
            Kind::Rect | Kind::Round => (w + x, slope),
        };
        // Lines that meet one side stand side by side.
        let (least_width, least_height) = match kind {
            Kind::Anchor | Kind::Circle | Kind::Double | Kind::Diamond => (0.0, 0.0),
            _ if tall => ((count(lines) * 7.0 + 6.0).max(34.0), 0.0),
            _ => (34.0, count(lines) * 6.0 + 4.0),
        };
        let (width, height) = (width.max(least_width), height.max(least_height));
        Self { kind, label, width, height }
    }

    /// Its sizes along and across the ranks.
    pub(super) fn extent(&self, tall: bool) -> (f64, f64) {
        if tall { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// The part of its side that lines may meet, measured from the middle.
    pub(super) fn side(&self, tall: bool) -> f64 {
        let share = match self.kind {
            Kind::Diamond => 0.16,
            Kind::Circle | Kind::Double => 0.2,
            Kind::Stadium | Kind::Hexagon => 0.3,
            _ => 0.4,
        };
        let across = self.extent(tall).1;
        // The sides of a cylinder end where its lids begin.
        let lid = if self.kind == Kind::Cylinder && !tall { LID } else { 0.0 };
        (across * share).min(across / 2.0 - lid)
    }

    /// How far from the centre the outline lies, along the ranks, at `offset` across them;
    /// `left` for the left side,
    /// where the sides are of different forms.
    pub(super) fn reach(&self, tall: bool, offset: f64, left: bool) -> f64 {
        let (along, across) = self.extent(tall);
        let (along, across) = (along / 2.0, across / 2.0);
        let part = (offset.abs() / across.max(0.1)).min(1.0);
        let bulge = (1.0 - part * part).sqrt();
        match self.kind {
            Kind::Diamond => along * (1.0 - part),
            Kind::Circle | Kind::Double => along * bulge,
            Kind::Cylinder if tall => along - LID * (1.0 - bulge),
            Kind::Hexagon if !tall => along - self.height * 0.3 * part,
            Kind::Slant | Kind::Backslant if !tall => {
                let outwards = if (self.kind == Kind::Slant) == left { offset } else { -offset };
                along + SLANT * (outwards - self.height / 2.0)
            }
            Kind::Stadium if !tall => along - across * (1.0 - bulge),
            Kind::Stadium => {
                let over = (offset.abs() - (across - along)).clamp(0.0, along);
                (along * along - over * over).sqrt()
            }
            Kind::Flag if !tall && left => along - NOTCH * (1.0 - part),
            _ => along,
        }
    }

    /// The outline with its centre at x, y.
    pub(super) fn shapes(&self, x: f64, y: f64) -> Vec<Shape> {
        let (width, height) = (self.width, self.height);
        let (l, t, r, b) = (x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0);
        let node = |style| Shape::rect(style, (l, t), (r, b));
        let corners = |points: &[(f64, f64)]| {
            let points: Vec<Point> = points.iter().map(|(x, y)| Point(*x, *y)).collect();
            let (first, rest) = points.split_first()?;
            Some(Shape::closed(Style::Node, Stroke::lines(*first, rest)))
        };
        let polygon = |points: &[(f64, f64)]| corners(points).into_iter().collect();
        match self.kind {
            Kind::Anchor => Vec::new(),
            Kind::Rect => vec![node(Style::Node)],
            Kind::Round => vec![node(Style::RoundNode)],
            Kind::Stadium => vec![Shape {
                style: Style::Node,
                form: Form::Stadium { x: l, y: t, width, height },
            }],
            Kind::Diamond => polygon(&[(x, t), (r, y), (x, b), (l, y)]),
            Kind::Circle => vec![Shape::circle(Style::Node, x, y, width / 2.0)],
            Kind::Double => vec![
                Shape::circle(Style::Node, x, y, width / 2.0),
                Shape::circle(Style::NodeDetail, x, y, width / 2.0 - 3.0),
            ],
            Kind::Hexagon => {
                let d = height * 0.3;
                polygon(&[(l, y), (l + d, t), (r - d, t), (r, y), (r - d, b), (l + d, b)])
            }
            Kind::Slant => {
                let d = height * SLANT;
                polygon(&[(l + d, t), (r, t), (r - d, b), (l, b)])
            }
            Kind::Backslant => {
                let d = height * SLANT;
                polygon(&[(l, t), (r - d, t), (r, b), (l + d, b)])
            }
            Kind::Flag => polygon(&[(l, t), (r, t), (r, b), (l, b), (l + NOTCH, y)]),
            Kind::Subroutine => {
                let side = |x| Stroke::lines(Point(x, t), &[Point(x, b)]);
                let sides = vec![side(l + 4.0), side(r - 4.0)];
                vec![node(Style::Node), Shape::open(Style::NodeDetail, sides)]
            }
            Kind::Cylinder => cylinder((l, t), (r, b)),
        }
    }

    /// The label in the middle of the outline.
    pub(super) fn text(&self, x: f64, y: f64) -> Option<SceneText> {
        let (dx, dy) = match self.kind {
            Kind::Cylinder => (0.0, 3.0),
            Kind::Flag => (3.0, 0.0),
            _ => (0.0, 0.0),
        };
        let (x, y) = (x - self.label.width / 2.0 + dx, y - self.label.height / 2.0 + dy);
        SceneText::new(self.label.clone(), x, y, TextStyle::Label)
    }
}

/// A cylinder between two corners.
fn cylinder((l, t): (f64, f64), (r, b): (f64, f64)) -> Vec<Shape> {
    // The distance of control points that makes a quarter of an ellipse, for a radius of 1.
    const QUARTER: f64 = 0.5523;
    let x = f64::midpoint(l, r);
    let (cx, cy) = ((r - l) / 2.0 * QUARTER, LID * QUARTER);
    // The lower half of an ellipse, from its left end to its right end.
    let lower = |y: f64| {
        [
            Step::Curve(Point(l, y + cy), Point(x - cx, y + LID), Point(x, y + LID)),
            Step::Curve(Point(x + cx, y + LID), Point(r, y + cy), Point(r, y)),
        ]
    };
    let lid = t + LID;
    let [left, right] = lower(b - LID);
    let outline = vec![
        Step::Line(Point(l, b - LID)),
        left,
        right,
        Step::Line(Point(r, lid)),
        Step::Curve(Point(r, lid - cy), Point(x + cx, t), Point(x, t)),
        Step::Curve(Point(x - cx, t), Point(l, lid - cy), Point(l, lid)),
    ];
    vec![
        Shape::closed(Style::Node, Stroke::new(Point(l, lid), outline)),
        Shape::open(Style::NodeDetail, vec![Stroke::new(Point(l, lid), lower(lid).into())]),
    ]
}
