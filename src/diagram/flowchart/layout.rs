//! A flowchart as shapes: frames, lines, nodes, words.

use crate::diagram::flowchart::arrange::arrange;
use crate::diagram::flowchart::grid::{Cell, Grid};
use crate::diagram::flowchart::model::{Direction, Flowchart, LineKind};
use crate::diagram::flowchart::place::{Attempt, Places, Texts, loop_label_room, place};
use crate::diagram::flowchart::route::{
    Ports, Turn, edge_strokes, loop_label, loop_strokes, ports,
};
use crate::diagram::label::{Label, Ruler, count};
use crate::diagram::metrics::{Measure, Metrics, Weight};
use crate::diagram::scene::{Point, Scene, SceneText, Shape, Style, TextStyle, joined};

/// Lays a flowchart out in `room`, a width and a height in points, if it is possible: labels wrap,
/// then letters shrink, then the chart is turned.
pub(crate) fn layout(
    chart: &Flowchart,
    metrics: &Metrics,
    room: (f64, f64),
    measure: &mut Measure<'_>,
) -> Scene {
    let mut ruler = Ruler::new(measure, *metrics);
    let texts = Texts {
        nodes: chart.nodes.iter().map(|it| ruler.text(&it.label, Weight::Normal)).collect(),
        edges: chart.edges.iter().map(|it| ruler.text(&it.label, Weight::Normal)).collect(),
        groups: chart.groups.iter().map(|it| ruler.text(&it.title, Weight::Strong)).collect(),
    };
    let title = chart.titles.title.as_ref().map(|title| {
        let label = ruler.label(title, Weight::Strong, room.0, metrics.size + 0.5);
        (label.height + 10.0, label)
    });
    let head = title.as_ref().map_or(0.0, |(head, _)| *head);
    let grid = arrange(chart);
    let (large, small) = (metrics.size, metrics.min_size);
    let middle = f64::midpoint(large, small);
    let (own, turned) = (chart.direction, chart.direction.turned());
    let attempts = [
        (own, large, 124.0, 1.0),
        (own, large, 84.0, 1.0),
        (own, middle, 78.0, 0.85),
        (own, small, 64.0, 0.75),
        (turned, large, 110.0, 1.0),
        (turned, middle, 84.0, 0.9),
        (turned, small, 70.0, 0.75),
    ];
    let mut best: Option<(f64, f64, Places)> = None;
    let mut first_fit = 1.0;
    for (at, (direction, size, cap, squeeze)) in attempts.into_iter().enumerate() {
        // The chart is far too large: the steps between cannot help.
        if first_fit < 0.55 && matches!(at, 1 | 2) {
            continue;
        }
        let attempt = Attempt { direction, size, cap, squeeze };
        let places = place(chart, &grid, &texts, attempt, metrics);
        let fit = (room.0 / places.width).min((room.1 - head) / places.height).min(1.0);
        if best.as_ref().is_none_or(|(best_fit, best_size, _)| {
            fit * size > best_fit * best_size || (fit >= 1.0 && *best_fit < 1.0)
        }) {
            best = Some((fit, size, places));
        }
        if at == 0 {
            first_fit = fit;
        }
        if fit >= 1.0 {
            break;
        }
    }
    best.map_or_else(Scene::default, |(_, _, places)| scene(chart, &grid, &places, title))
}

impl Direction {
    fn turned(self) -> Self {
        match self {
            Self::TB => Self::LR,
            Self::BT => Self::RL,
            Self::LR => Self::TB,
            Self::RL => Self::BT,
        }
    }
}

/// All shapes and texts of a placed chart, below its title.
fn scene(chart: &Flowchart, grid: &Grid, places: &Places, title: Option<(f64, Label)>) -> Scene {
    let (head, title) = title.map_or((0.0, None), |(head, label)| (head, Some(label)));
    let width = title.as_ref().map_or(0.0, |label| label.width).max(places.width);
    let shift = (width - places.width) / 2.0;
    let turn = Turn::new(places, (shift, head));
    let ports = ports(chart, grid, places);
    let mut texts: Vec<SceneText> = Vec::new();
    if let Some(label) = title {
        texts.extend(SceneText::new(
            label.clone(),
            (width - label.width) / 2.0,
            0.0,
            TextStyle::Label,
        ));
    }
    let (mut frames, mut above) = (Vec::new(), Vec::new());
    for group in 0..chart.groups.len() {
        let (frame, plate, text) = frame_shapes(chart, grid, places, group, &ports, turn, shift);
        frames.push(frame);
        above.extend(plate);
        texts.extend(text);
    }
    let mut cell_of = vec![None; chart.nodes.len()];
    for (at, cell) in grid.cells.iter().enumerate() {
        if let Cell::Node(node) = cell {
            cell_of[*node] = Some(at);
        }
    }
    let middle = |cell: usize| {
        let rank = places.rank_of[cell];
        turn.point(places.top[rank] + places.depth[rank] / 2.0, places.v[cell])
    };
    let mut lines = Vec::new();
    // Space that the labels of loops on each node take.
    let mut loop_labels = vec![0.0; chart.nodes.len()];
    // The words on edges, each with the node that its edge comes from.
    let mut words: Vec<(usize, SceneText)> = Vec::new();
    for (index, edge) in chart.edges.iter().enumerate() {
        if edge.line == LineKind::Hidden {
            continue;
        }
        let label = &places.labels[index];
        let write = |x, y| SceneText::new(label.clone(), x, y, TextStyle::Edge);
        if edge.from == edge.to {
            let Some(cell) = cell_of[edge.from] else { continue };
            lines.extend(loop_strokes(edge, cell, places, turn));
            let Point(x, y) = loop_label(edge, cell, places, turn);
            let (tall, before) = (places.direction.is_tall(), loop_labels[edge.from]);
            let text = if tall {
                write(x + before + 1.0, y - label.height / 2.0).map(SceneText::flush_left)
            } else {
                write(x - label.width / 2.0, y + before)
            };
            loop_labels[edge.from] += loop_label_room(label, tall);
            words.extend(text.map(|text| (edge.from, text)));
            continue;
        }
        let route = &grid.routes[index];
        for &cell in route.cells.iter().filter(|it| matches!(grid.cells[**it], Cell::Label(_))) {
            let Point(x, y) = middle(cell);
            let text = write(x - label.width / 2.0, y - label.height / 2.0);
            words.extend(text.map(|text| (edge.from, text)));
        }
        lines.extend(edge_strokes((edge, route, ports[index]), grid, places, turn));
    }
    // Nodes in the order of the source, each followed by the words on its lines.
    for (index, cell) in cell_of.into_iter().enumerate() {
        if let Some(cell) = cell {
            let (node, Point(x, y)) = (&places.nodes[index], middle(cell));
            above.extend(node.shapes(x, y));
            texts.extend(node.text(x, y));
        }
        texts.extend(words.iter().filter(|(from, _)| *from == index).map(|(_, it)| it.clone()));
    }
    let shapes = [frames, joined(lines), above].into_iter().flatten().collect();
    Scene { width, height: places.height + head, shapes, texts }
}

/// The frame of a subgraph, what keeps lines away from its title, and the title.
fn frame_shapes(
    chart: &Flowchart,
    grid: &Grid,
    places: &Places,
    group: usize,
    ports: &[Ports],
    turn: Turn,
    shift: f64,
) -> (Shape, Option<Shape>, Option<SceneText>) {
    let parents = std::iter::successors(chart.groups[group].parent, |at| chart.groups[*at].parent);
    let (style, title_style) = match parents.count() % 2 {
        0 => (Style::Group, Style::GroupTitle),
        _ => (Style::InnerGroup, Style::InnerGroupTitle),
    };
    let frame = places.frames[group];
    let Point(x0, y0) = turn.point(frame.u.0, frame.v.0);
    let Point(x1, y1) = turn.point(frame.u.1, frame.v.1);
    let (left, top) = (x0.min(x1), y0.min(y1));
    let shape = Shape::rect(style, (left, top), (x0.max(x1), y0.max(y1)));
    let label = &places.titles[group];
    let (x, is_free) = match places.direction.is_tall() {
        true => {
            let (v, is_free) = title_place(grid, places, group, ports);
            (v + shift, is_free)
        }
        false => (left + 8.0, true),
    };
    let plate = (!is_free && !label.is_empty()).then(|| {
        let (right, bottom) = (x + label.width + 3.0, top + label.height + 6.5);
        Shape::rect(title_style, (x - 3.0, top + 3.5), (right, bottom))
    });
    let text = SceneText::new(label.clone(), x, top + 5.5, TextStyle::Title);
    (shape, plate, text.map(SceneText::flush_left))
}

/// Where the title of a subgraph stands along the top of its frame, and whether no line crosses
/// it there.
fn title_place(grid: &Grid, places: &Places, group: usize, ports: &[Ports]) -> (f64, bool) {
    let downwards = places.direction == Direction::TB;
    let (first, last) = grid.spans[group];
    let edge = if downwards { first } else { last };
    let mut crossings = Vec::new();
    for (route, ports) in grid.routes.iter().zip(ports) {
        for (at, &cell) in route.cells.iter().enumerate() {
            let is_anchor = matches!(grid.cells[cell], Cell::Anchor(_));
            if places.rank_of[cell] != edge || is_anchor {
                continue;
            }
            let is_last = at + 1 == route.cells.len();
            let port = match downwards {
                true if at == 0 => continue,
                true => {
                    if is_last {
                        ports.lower
                    } else {
                        0.0
                    }
                }
                false if is_last => continue,
                false => {
                    if at == 0 {
                        ports.upper
                    } else {
                        0.0
                    }
                }
            };
            crossings.push(places.v[cell] + port);
        }
    }
    let width = places.titles[group].width;
    let (low, high) = (places.frames[group].v.0 + 8.0, places.frames[group].v.1 - 8.0 - width);
    let steps = (0_usize..).map(|step| low + count(step) * 3.0);
    let free = steps
        .take_while(|at| *at <= high.max(low))
        .find(|at| crossings.iter().all(|v| *v < at - 4.0 || *v > at + width + 4.0));
    (free.unwrap_or(low), free.is_some())
}
