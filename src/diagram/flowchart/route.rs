//! The lines of edges: where they leave and meet nodes, and how they bend between.

use crate::diagram::arrows::End;
use crate::diagram::flowchart::grid::{Cell, Grid, Route};
use crate::diagram::flowchart::model::{Direction, Edge, Flowchart, LineKind, Tip};
use crate::diagram::flowchart::place::{EDGE, Places};
use crate::diagram::label::count;
use crate::diagram::scene::{Point, Step, Stroke, Style};

/// How far a loop on one node reaches.
const LOOP: f64 = 15.0;

/// Turns (u, v) into (x, y).
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    direction: Direction,
    /// Length of all ranks.
    long: f64,
    /// Where the chart begins: right of the drawing's left edge, below its title.
    origin: (f64, f64),
}

impl Turn {
    pub(super) fn new(places: &Places, origin: (f64, f64)) -> Self {
        Self { direction: places.direction, long: places.long, origin }
    }

    pub(super) fn point(self, u: f64, v: f64) -> Point {
        let (x, y) = self.origin;
        match self.direction {
            Direction::TB => Point(v + x, u + y + EDGE),
            Direction::BT => Point(v + x, self.long - u + y + EDGE),
            Direction::LR => Point(u + EDGE + x, v + y),
            Direction::RL => Point(self.long - u + EDGE + x, v + y),
        }
    }

    /// The unit vectors along and across the ranks.
    fn along(self) -> (f64, f64) {
        match self.direction {
            Direction::TB => (0.0, 1.0),
            Direction::BT => (0.0, -1.0),
            Direction::LR => (1.0, 0.0),
            Direction::RL => (-1.0, 0.0),
        }
    }

    fn across(self) -> (f64, f64) {
        if self.direction.is_tall() { (1.0, 0.0) } else { (0.0, 1.0) }
    }
}

/// Where an edge leaves its upper node and meets its lower one, as offsets from their middle.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ports {
    pub(super) upper: f64,
    pub(super) lower: f64,
}

impl Ports {
    fn of(&self, side: Side) -> f64 {
        if side == Side::Upper { self.upper } else { self.lower }
    }

    fn set(&mut self, side: Side, offset: f64) {
        *(if side == Side::Upper { &mut self.upper } else { &mut self.lower }) = offset;
    }
}

/// The end of an edge: at the node of the lower or of the higher rank number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Upper,
    Lower,
}

/// The edges that meet one side of a cell.
struct Meeting {
    cell: usize,
    side: Side,
    /// Each with the place that it comes from.
    edges: Vec<(usize, f64)>,
    /// How far from the middle a port may be.
    room: f64,
}

/// Whether an edge is drawn from one cell to another.
fn is_routed(edge: &Edge, route: &Route) -> bool {
    route.cells.len() > 1 && edge.line != LineKind::Hidden
}

/// The first and last cell of a route, from a side: the own one, its neighbour.
fn end_cells(route: &Route, side: Side) -> Option<(usize, usize)> {
    match (side, route.cells.as_slice()) {
        (Side::Upper, [own, next, ..]) | (Side::Lower, [.., next, own]) => Some((*own, *next)),
        _ => None,
    }
}

/// The ports of all edges: side by side in the order in which the lines come, then moved where
/// that makes a line straight.
pub(super) fn ports(chart: &Flowchart, grid: &Grid, places: &Places) -> Vec<Ports> {
    let tall = places.direction.is_tall();
    let mut meetings: Vec<Meeting> = Vec::new();
    let edges = || {
        let all = chart.edges.iter().zip(&grid.routes).enumerate();
        all.filter(|(_, (edge, route))| is_routed(edge, route)).map(|(at, (_, route))| (at, route))
    };
    for (index, route) in edges() {
        for side in [Side::Upper, Side::Lower] {
            let Some((cell, next)) = end_cells(route, side) else { continue };
            let line = (index, places.v[next]);
            match meetings.iter_mut().find(|it| it.cell == cell && it.side == side) {
                Some(meeting) => meeting.edges.push(line),
                None => {
                    let room = match grid.cells[cell] {
                        Cell::Node(node) => places.nodes[node].side(tall),
                        _ => 0.0,
                    };
                    meetings.push(Meeting { cell, side, edges: vec![line], room });
                }
            }
        }
    }
    let mut ports = vec![Ports::default(); chart.edges.len()];
    for Meeting { cell, side, edges, room } in &mut meetings {
        if !matches!(grid.cells[*cell], Cell::Node(_)) {
            continue;
        }
        edges.sort_by(|a, b| a.1.total_cmp(&b.1));
        // A single straight line keeps the middle, the others stand beside it.
        let own = places.v[*cell];
        let mut straight =
            edges.iter().enumerate().filter(|(_, (_, v))| (v - own).abs() < 0.5).map(|(at, _)| at);
        let last = count(edges.len() - 1);
        let half = last / 2.0;
        let mut middle = match (straight.next(), straight.next()) {
            (Some(only), None) => count(only),
            _ => half,
        };
        let widest = if tall { 13.0_f64 } else { 8.0 };
        let mut step = widest.min(*room / middle.max(last - middle).max(0.5));
        if step < 5.0 {
            (middle, step) = (half, *room / half.max(0.5));
        }
        for (at, (index, _)) in edges.iter().enumerate() {
            ports[*index].set(*side, (count(at) - middle) * step);
        }
    }
    // A port may move if it keeps its neighbours' distance and order.
    for (index, route) in edges() {
        for (side, other) in [(Side::Upper, Side::Lower), (Side::Lower, Side::Upper)] {
            let Some((own, next)) = end_cells(route, side) else { continue };
            let Some(meeting) = meetings.iter().find(|it| it.cell == own && it.side == side) else {
                continue;
            };
            let mut target = places.v[next] - places.v[own];
            if route.cells.len() == 2 {
                target += ports[index].of(other);
            }
            let now = ports[index].of(side);
            let is_free =
                |there: f64| (there < now) == (there < target) && (there - target).abs() >= 5.0;
            let mut others = meeting.edges.iter().filter(|(other, _)| *other != index);
            if target.abs() <= meeting.room
                && others.all(|(other, _)| is_free(ports[*other].of(side)))
            {
                ports[index].set(side, target);
            }
        }
    }
    ports
}

/// The line of an edge between two cells, with its ends.
pub(super) fn edge_strokes(
    (edge, route, ports): (&Edge, &Route, Ports),
    grid: &Grid,
    places: &Places,
    turn: Turn,
) -> Vec<(Style, Stroke)> {
    let (Some(&first), Some(&last)) = (route.cells.first(), route.cells.last()) else {
        return Vec::new();
    };
    let tips = (end_of(edge.tail), end_of(edge.head));
    let (first_tip, last_tip) = if route.reversed { (tips.1, tips.0) } else { tips };
    let start = end_point(first, ports.upper, 1.0, grid, places);
    let end = end_point(last, ports.lower, -1.0, grid, places);
    let style = line_style(edge.line);
    let mut strokes = Vec::new();
    let mut steps = Vec::new();
    let (mut u, mut v) = (start.0 + first_tip.length(), start.1);
    let mut begin = (u, v);
    let goal = end.0 - last_tip.length();
    for pair in route.cells.windows(2) {
        let &[here, next] = pair else { continue };
        let (here_rank, next_rank) = (places.rank_of[here], places.rank_of[next]);
        let next_top = places.top[next_rank];
        let next_end = next_top + places.depth[next_rank];
        let is_last = next == last;
        let to = if is_last { end.1 } else { places.v[next] };
        // The edges and titles of frames are crossed straight; the bend lies in the gap between.
        let is_anchor = |cell: usize| matches!(grid.cells[cell], Cell::Anchor(_));
        let after = if is_anchor(here) { 0.0 } else { places.pad_last[here_rank] };
        let leave = u.max(places.top[here_rank] + places.depth[here_rank] + after);
        let stop = if is_last { goal - 1.0 } else { next_top };
        let before = if is_last && is_anchor(next) { 0.0 } else { places.pad_first[next_rank] };
        let enter = stop.min(next_top - before);
        if (to - v).abs() > 0.05 {
            if leave > u + 0.01 {
                steps.push(Step::Line(turn.point(leave, v)));
            }
            let half = f64::midpoint(leave, enter);
            let (first, second) = (turn.point(half, v), turn.point(half, to));
            steps.push(Step::Curve(first, second, turn.point(enter, to)));
        }
        v = to;
        if is_last {
            steps.push(Step::Line(turn.point(goal, v)));
        } else if matches!(grid.cells[next], Cell::Label(_)) {
            let middle = f64::midpoint(next_top, next_end);
            let half = places.cells[next].u / 2.0;
            steps.push(Step::Line(turn.point(middle - half, v)));
            let stroke = Stroke::new(turn.point(begin.0, begin.1), std::mem::take(&mut steps));
            strokes.push((style, stroke));
            u = middle + half;
            begin = (u, v);
        } else {
            u = next_end;
            steps.push(Step::Line(turn.point(u, v)));
        }
    }
    strokes.push((style, Stroke::new(turn.point(begin.0, begin.1), steps)));
    let along = turn.along();
    strokes.extend(last_tip.strokes(turn.point(end.0, end.1), along));
    strokes.extend(first_tip.strokes(turn.point(start.0, start.1), (-along.0, -along.1)));
    strokes
}

/// Where a line meets the outline of a node or the frame of a subgraph; `sign` is 1 after it, -1
/// before it.
fn end_point(cell: usize, offset: f64, sign: f64, grid: &Grid, places: &Places) -> (f64, f64) {
    let rank = places.rank_of[cell];
    let middle = places.top[rank] + places.depth[rank] / 2.0;
    let u = match grid.cells[cell] {
        Cell::Anchor(group) if sign > 0.0 => places.frames[group].u.1,
        Cell::Anchor(group) => places.frames[group].u.0,
        Cell::Node(node) => {
            let left = (sign > 0.0) == (places.direction == Direction::RL);
            middle + sign * places.nodes[node].reach(places.direction.is_tall(), offset, left)
        }
        _ => middle,
    };
    (u, places.v[cell] + offset)
}

/// A loop on one node, at the far side of its row.
pub(super) fn loop_strokes(
    edge: &Edge,
    cell: usize,
    places: &Places,
    turn: Turn,
) -> Vec<(Style, Stroke)> {
    let tall = places.direction.is_tall();
    let node = &places.nodes[edge.from];
    let rank = places.rank_of[cell];
    let u = places.top[rank] + places.depth[rank] / 2.0;
    let (along, across) = node.extent(tall);
    let half = (along * 0.3).min(5.0);
    let v = places.v[cell] + node.reach(!tall, half, false);
    let far = places.v[cell] + across / 2.0 + LOOP;
    let head = end_of(edge.head);
    let curve = Step::Curve(
        turn.point(u - half - 3.0, far),
        turn.point(u + half + 3.0, far),
        turn.point(u + half, v + head.length() + 1.0),
    );
    let stroke = Stroke::new(turn.point(u - half, v), vec![curve]);
    let mut strokes = vec![(line_style(edge.line), stroke)];
    let (dx, dy) = turn.across();
    strokes.extend(head.strokes(turn.point(u + half, v), (-dx, -dy)));
    strokes
}

/// Where the label of a loop stands: the point next to the loop's far end.
pub(super) fn loop_label(edge: &Edge, cell: usize, places: &Places, turn: Turn) -> Point {
    let rank = places.rank_of[cell];
    let across = places.nodes[edge.from].extent(places.direction.is_tall()).1;
    let u = places.top[rank] + places.depth[rank] / 2.0;
    turn.point(u, places.v[cell] + across / 2.0 + LOOP)
}

fn line_style(line: LineKind) -> Style {
    match line {
        LineKind::Dotted => Style::Dotted,
        LineKind::Thick => Style::Thick,
        LineKind::Solid | LineKind::Hidden => Style::Solid,
    }
}

fn end_of(tip: Tip) -> End {
    match tip {
        Tip::None => End::None,
        Tip::Arrow => End::Arrow,
        Tip::Circle => End::Circle,
        Tip::Cross => End::Cross,
    }
}
