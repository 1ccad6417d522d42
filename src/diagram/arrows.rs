//! The ends of lines.

use crate::diagram::scene::{Point, Step, Stroke, Style};

/// What a line ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    None,
    Arrow,
    OpenArrow,
    Circle,
    Cross,
}

impl End {
    /// How much of its line it covers, in points.
    pub(super) fn length(self) -> f64 {
        match self {
            Self::Arrow => 4.6,
            Self::Circle => 4.4,
            Self::OpenArrow => 0.4,
            Self::None | Self::Cross => 0.0,
        }
    }

    /// The end of a line at a point, which comes along the unit vector `direction`.
    pub(super) fn strokes(self, Point(x, y): Point, direction: (f64, f64)) -> Vec<(Style, Stroke)> {
        let (dx, dy) = direction;
        let at = |along: f64, across: f64| {
            Point(x + dx * along - dy * across, y + dy * along + dx * across)
        };
        match self {
            Self::None => Vec::new(),
            Self::Arrow => {
                let points = [at(-5.6, 2.4), at(-4.6, 0.0), at(-5.6, -2.4)];
                vec![(Style::Arrow, Stroke::lines(at(0.0, 0.0), &points))]
            }
            Self::OpenArrow => {
                let points = [at(0.0, 0.0), at(-4.6, -2.8)];
                vec![(Style::OpenArrow, Stroke::lines(at(-4.6, 2.8), &points))]
            }
            Self::Circle => {
                // `k` is the distance of control points that makes a quarter of a circle.
                let (r, k) = (2.2, 1.215);
                let curve = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| {
                    Step::Curve(at(a.0, a.1), at(b.0, b.1), at(c.0, c.1))
                };
                let steps = vec![
                    curve((0.0, k), (k - r, r), (-r, r)),
                    curve((-r - k, r), (-2.0 * r, k), (-2.0 * r, 0.0)),
                    curve((-2.0 * r, -k), (-r - k, -r), (-r, -r)),
                    curve((k - r, -r), (0.0, -k), (0.0, 0.0)),
                ];
                vec![(Style::Solid, Stroke::new(at(0.0, 0.0), steps))]
            }
            Self::Cross => [2.6, -2.6]
                .map(|side| {
                    let stroke = Stroke::lines(at(-6.4, side), &[at(-1.2, -side)]);
                    (Style::Cross, stroke)
                })
                .into(),
        }
    }
}
