//! The places of a flowchart's cells and frames.
//!
//! Coordinates are (u, v), in points: u runs along the ranks, v along a row. For `TB` that is
//! (y, x), for `LR` (x, y). They are turned only when the chart is drawn.

use crate::diagram::flowchart::grid::{Alignment, Cell, Grid};
use crate::diagram::flowchart::model::{Direction, Flowchart, LineKind};
use crate::diagram::flowchart::outline::NodeBox;
use crate::diagram::label::{Label, Text, count, highest};
use crate::diagram::metrics::Metrics;

/// Room for the stroke of what stands at the edge of the drawing.
pub(super) const EDGE: f64 = 0.6;

/// The measured words of a flowchart.
pub(super) struct Texts {
    pub(super) nodes: Vec<Text>,
    pub(super) edges: Vec<Text>,
    pub(super) groups: Vec<Text>,
}

/// How closely the chart stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    pub(super) direction: Direction,
    /// Size of the letters.
    pub(super) size: f64,
    /// Width that labels are wrapped to.
    pub(super) cap: f64,
    /// Factor of the distances between ranks.
    pub(super) squeeze: f64,
}

/// The size of a cell: along the ranks, and to both sides of its place in the row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    pub(super) u: f64,
    near: f64,
    far: f64,
}

/// The frame of a subgraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) u: (f64, f64),
    pub(super) v: (f64, f64),
}

/// A chart whose parts have their places.
pub(super) struct Places {
    pub(super) direction: Direction,
    /// The row of each cell.
    pub(super) rank_of: Vec<usize>,
    /// Titles of the subgraphs.
    pub(super) titles: Vec<Label>,
    pub(super) nodes: Vec<NodeBox>,
    /// Labels of the edges.
    pub(super) labels: Vec<Label>,
    pub(super) cells: Vec<Extent>,
    /// The middle of each cell in its row.
    pub(super) v: Vec<f64>,
    /// Where each rank begins, and how deep it is.
    pub(super) top: Vec<f64>,
    pub(super) depth: Vec<f64>,
    /// Room for frames before and after each rank.
    pub(super) pad_first: Vec<f64>,
    pub(super) pad_last: Vec<f64>,
    pub(super) frames: Vec<Frame>,
    /// Length of all ranks.
    pub(super) long: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Direction {
    /// Whether ranks grow downwards or upwards.
    pub(super) fn is_tall(self) -> bool {
        matches!(self, Self::TB | Self::BT)
    }
}

/// Measures and places everything in one way.
pub(super) fn place(
    chart: &Flowchart,
    grid: &Grid,
    texts: &Texts,
    attempt: Attempt,
    metrics: &Metrics,
) -> Places {
    let Attempt { direction, size, .. } = attempt;
    let tall = direction.is_tall();
    let titles: Vec<Label> = texts.groups.iter().map(|text| text.wrap(150.0, size - 0.5)).collect();
    let labels: Vec<Label> =
        texts.edges.iter().map(|text| text.wrap(attempt.cap.min(104.0), size - 0.5)).collect();
    let nodes = nodes(chart, grid, texts, attempt, metrics);
    let cells = extents(chart, grid, &nodes, &labels, tall);
    let mut across = Across::new(grid, &cells, &titles, tall, metrics);
    if tall {
        across.widen_frames(&titles);
    }
    let v = across.places();
    let mut rank_of = vec![0; grid.cells.len()];
    for (rank, row) in grid.ranks.iter().enumerate() {
        for &cell in row {
            rank_of[cell] = rank;
        }
    }
    let mut depth: Vec<f64> =
        grid.ranks.iter().map(|row| highest(row.iter().map(|cell| cells[*cell].u))).collect();
    if !tall {
        for (title, &(first, last)) in titles.iter().zip(&grid.spans) {
            let inner = depth[first..=last].iter().sum::<f64>() + count(last - first) * 26.0;
            depth[first] += (title.width + 4.0 - inner).max(0.0);
        }
    }
    let pads = frame_pads(chart, grid, &titles, direction, metrics);
    let edge_pads = |of: fn(&(f64, f64)) -> f64, at: fn(&(usize, usize)) -> usize| -> Vec<f64> {
        let pads: Vec<(usize, f64)> = grid.spans.iter().map(at).zip(pads.iter().map(of)).collect();
        let of_rank = |rank| pads.iter().filter(move |(at, _)| *at == rank).map(|(_, pad)| *pad);
        (0..grid.ranks.len()).map(|rank| highest(of_rank(rank))).collect()
    };
    let pad_first = edge_pads(|pads| pads.0, |span| span.0);
    let pad_last = edge_pads(|pads| pads.1, |span| span.1);
    let gaps = rank_gaps(grid, &rank_of, &v, tall);
    let (mut top, mut at) = (Vec::new(), 0.0);
    for (rank, depth) in depth.iter().enumerate() {
        if rank > 0 {
            at += pad_last[rank - 1] + gaps[rank] * attempt.squeeze;
        }
        at += pad_first[rank];
        top.push(at);
        at += depth;
    }
    let long = at + pad_last.last().copied().unwrap_or_default();
    let (low, high) = ends(&v, &cells);
    let moved = |v: f64| v - low + EDGE;
    let frames = grid.spans.iter().zip(&pads).enumerate().map(|(group, (span, pads))| {
        let side = |cell| grid.cells.iter().position(|it| *it == cell).map_or(0.0, |at| v[at]);
        Frame {
            u: (top[span.0] - pads.0, top[span.1] + depth[span.1] + pads.1),
            v: (moved(side(Cell::Start(group))), moved(side(Cell::End(group)))),
        }
    });
    let frames = frames.collect();
    let (wide, deep) = (high - low + 2.0 * EDGE, long + 2.0 * EDGE);
    let (width, height) = if tall { (wide, deep) } else { (deep, wide) };
    let v = v.iter().copied().map(moved).collect();
    Places {
        direction,
        rank_of,
        titles,
        nodes,
        labels,
        cells,
        v,
        top,
        depth,
        pad_first,
        pad_last,
        frames,
        long,
        width,
        height,
    }
}

/// The nodes with their sizes.
fn nodes(
    chart: &Flowchart,
    grid: &Grid,
    texts: &Texts,
    Attempt { direction, size, cap, .. }: Attempt,
    metrics: &Metrics,
) -> Vec<NodeBox> {
    // How many lines meet each node, after it and before it.
    let mut lines = vec![(0, 0); chart.nodes.len()];
    for (edge, route) in chart.edges.iter().zip(&grid.routes) {
        if edge.from == edge.to || edge.line == LineKind::Hidden {
            continue;
        }
        let (upper, lower) =
            if route.reversed { (edge.to, edge.from) } else { (edge.from, edge.to) };
        lines[upper].0 += 1;
        lines[lower].1 += 1;
    }
    let nodes = chart.nodes.iter().zip(&texts.nodes).zip(lines);
    nodes
        .map(|((node, text), (after, before))| {
            let lines = after.max(before);
            NodeBox::new(node.shape, text, (size, cap), lines, direction.is_tall(), metrics)
        })
        .collect()
}

/// The sizes of all cells.
fn extents(
    chart: &Flowchart,
    grid: &Grid,
    nodes: &[NodeBox],
    labels: &[Label],
    tall: bool,
) -> Vec<Extent> {
    // Room that loops and their labels take along and across the ranks.
    let mut loops = vec![(0.0_f64, 0.0_f64); nodes.len()];
    for (edge, label) in chart.edges.iter().zip(labels).filter(|(edge, _)| edge.from == edge.to) {
        let (along, across) = loops[edge.from];
        let along = along.max(if tall { label.height } else { label.width });
        loops[edge.from] = (along, across.max(20.0) + loop_label_room(label, tall));
    }
    let extent = |cell: &Cell| match *cell {
        Cell::Node(node) => {
            let (u, v) = nodes[node].extent(tall);
            let (along, across) = loops[node];
            Extent { u: u.max(along), near: v / 2.0, far: v / 2.0 + across }
        }
        Cell::Label(edge) => {
            let (width, height) = (labels[edge].width, labels[edge].height + 6.0);
            let (u, v) = if tall { (height, width + 8.0) } else { (width + 6.0, height) };
            Extent { u, near: v / 2.0, far: v / 2.0 }
        }
        _ => Extent::default(),
    };
    grid.cells.iter().map(extent).collect()
}

/// Room across the ranks for the label of a loop: those of one node stand side by side.
pub(super) fn loop_label_room(label: &Label, tall: bool) -> f64 {
    match label.is_empty() {
        true => 0.0,
        false if tall => label.width + 4.0,
        false => label.height + 3.0,
    }
}

/// Where the first cell begins and the last one ends.
fn ends(v: &[f64], cells: &[Extent]) -> (f64, f64) {
    let ends = v.iter().zip(cells).map(|(v, cell)| (v - cell.near, v + cell.far));
    let all = (f64::INFINITY, f64::NEG_INFINITY);
    ends.fold(all, |(low, high), (start, end)| (low.min(start), high.max(end)))
}

/// Places across the ranks.
struct Across<'a> {
    grid: &'a Grid,
    cells: &'a [Extent],
    tall: bool,
    metrics: &'a Metrics,
    /// Room between the frame of each subgraph and what it holds, at both sides.
    pads: Vec<(f64, f64)>,
}

impl<'a> Across<'a> {
    fn new(
        grid: &'a Grid,
        cells: &'a [Extent],
        titles: &[Label],
        tall: bool,
        metrics: &'a Metrics,
    ) -> Self {
        // Where ranks grow to a side, the title stands at the near side of the frame.
        let title = |title: &Label| {
            if tall || title.is_empty() { 0.0 } else { title.height + 5.0 }
        };
        let inset = metrics.frame_inset;
        let pads = titles.iter().map(|it| (inset + title(it), inset)).collect();
        Self { grid, cells, tall, metrics, pads }
    }

    /// Makes frames as wide as their titles.
    fn widen_frames(&mut self, titles: &[Label]) {
        let grid = self.grid;
        for (group, title) in titles.iter().enumerate() {
            let row = &grid.ranks[grid.spans[group].0];
            let side = |cell| row.iter().position(|at| grid.cells[*at] == cell);
            let (Some(start), Some(end)) = (side(Cell::Start(group)), side(Cell::End(group)))
            else {
                continue;
            };
            let inner: f64 = row[start..=end].windows(2).map(|pair| self.distance(pair)).sum();
            let lack = (title.width + 20.0 - inner).max(0.0) / 2.0;
            let (near, far) = self.pads[group];
            self.pads[group] = (near + lack, far + lack);
        }
    }

    /// Least distance of two neighbouring cells of a row.
    fn distance(&self, pair: &[usize]) -> f64 {
        let &[a, b] = pair else { return 0.0 };
        let (cell_a, cell_b) = (self.grid.cells[a], self.grid.cells[b]);
        if let Cell::Start(group) = cell_a {
            return self.pads[group].0 + self.cells[b].near;
        }
        if let Cell::End(group) = cell_b {
            return self.cells[a].far + self.pads[group].1;
        }
        let framed = matches!(cell_a, Cell::End(_)) || matches!(cell_b, Cell::Start(_));
        let line = |cell| matches!(cell, Cell::Bend(_) | Cell::Label(_) | Cell::Anchor(_));
        let gap = match framed {
            true => self.metrics.frame_gap,
            false if line(cell_a) || line(cell_b) => self.metrics.line_gap,
            false => self.metrics.node_gap,
        };
        self.cells[a].far + self.cells[b].near + if self.tall { gap } else { gap * 0.75 }
    }

    /// The place of every cell: the median of four packings, all shifted to the narrowest.
    fn places(&self) -> Vec<f64> {
        let mut room = vec![0.0; self.cells.len()];
        for pair in self.grid.ranks.iter().flat_map(|row| row.windows(2)) {
            if let Some(first) = pair.first() {
                room[*first] = self.distance(pair);
            }
        }
        let alignments = self.grid.alignments.iter();
        let packs: Vec<(Vec<f64>, (f64, f64), bool)> = alignments
            .map(|alignment| {
                let v = pack(alignment, &self.grid.cells, &room);
                let ends = ends(&v, self.cells);
                (v, ends, alignment.mirrored)
            })
            .collect();
        let width = |(_, (low, high), _): &&(_, (f64, f64), _)| high - low;
        let narrowest = packs.iter().min_by(|a, b| width(a).total_cmp(&width(b)));
        let (best_low, best_high) = narrowest.map_or((0.0, 0.0), |(_, ends, _)| *ends);
        let place = |cell: usize| {
            let mut four: Vec<f64> = packs
                .iter()
                .map(|(v, (low, high), mirrored)| {
                    v[cell] + if *mirrored { best_high - high } else { best_low - low }
                })
                .collect();
            four.sort_by(f64::total_cmp);
            f64::midpoint(four[1], four[2])
        };
        (0..self.cells.len()).map(place).collect()
    }
}

/// Packs one alignment: blocks as near to their side as they go, then back to their right.
/// `room` is each cell's least distance to the next in its row.
fn pack(
    Alignment { mirrored, blocks, pairs }: &Alignment,
    cells: &[Cell],
    room: &[f64],
) -> Vec<f64> {
    let pairs: Vec<(usize, usize, f64)> = pairs
        .iter()
        .map(|&(a, b)| (blocks[a], blocks[b], room[if *mirrored { b } else { a }]))
        .collect();
    let mut v = vec![0.0_f64; room.len()];
    for &(a, b, least) in &pairs {
        v[b] = v[b].max(v[a] + least);
    }
    // How far a block may move; a frame's far side stays with what the frame holds.
    let fixed = |cell: &Cell| match cell {
        Cell::Start(_) => *mirrored,
        Cell::End(_) => !mirrored,
        _ => false,
    };
    let mut limits: Vec<Option<f64>> =
        cells.iter().map(|cell| (!fixed(cell)).then_some(f64::INFINITY)).collect();
    let moved =
        |v: f64, limit: Option<f64>| limit.filter(|it| it.is_finite()).map_or(v, |it| v.max(it));
    for &(a, b, least) in pairs.iter().rev() {
        v[b] = moved(v[b], limits[b]);
        limits[a] = limits[a].map(|limit| limit.min(v[b] - least));
    }
    for (v, limit) in v.iter_mut().zip(&limits) {
        *v = moved(*v, *limit);
    }
    blocks.iter().map(|block| if *mirrored { -v[*block] } else { v[*block] }).collect()
}

/// Room between the frame of each subgraph and what it holds along the ranks, at its first and its
/// last row: its title, and the frames in it that begin or end there.
fn frame_pads(
    chart: &Flowchart,
    grid: &Grid,
    titles: &[Label],
    direction: Direction,
    metrics: &Metrics,
) -> Vec<(f64, f64)> {
    let mut pads = vec![(0.0_f64, 0.0_f64); chart.groups.len()];
    // Children stand after their parents, so their pads are settled first from the end.
    for (group, title) in titles.iter().enumerate().rev() {
        let (first, last) = grid.spans[group];
        let (mut start, mut end) = (0.0_f64, 0.0_f64);
        for (child, _) in chart.groups.iter().enumerate().filter(|(_, it)| it.parent == Some(group))
        {
            if grid.spans[child].0 == first {
                start = start.max(pads[child].0);
            }
            if grid.spans[child].1 == last {
                end = end.max(pads[child].1);
            }
        }
        let title = if title.is_empty() { 0.0 } else { title.height + 6.0 };
        let around = |inner: f64| inner + if inner > 0.0 { 7.0 } else { metrics.frame_inset };
        let at = |side| if direction == side { title } else { 0.0 };
        pads[group] = (around(start) + at(Direction::TB), around(end) + at(Direction::BT));
    }
    pads
}

/// The distance of each rank from the one before, without frames.
fn rank_gaps(grid: &Grid, rank_of: &[usize], v: &[f64], tall: bool) -> Vec<f64> {
    let any =
        |row: &[usize], wanted: fn(Cell) -> bool| row.iter().any(|cell| wanted(grid.cells[*cell]));
    let labels = |row: &[usize]| {
        any(row, |cell| matches!(cell, Cell::Label(_))) && !any(row, |c| matches!(c, Cell::Node(_)))
    };
    // Rows that only hold the ends of whole subgraphs' edges: near to the members' side.
    let anchors = |rank: usize, side: fn((usize, usize)) -> usize| {
        let row = &grid.ranks[rank];
        let hollow = !any(row, |cell| matches!(cell, Cell::Node(_) | Cell::Label(_)));
        let ends = row.iter().filter_map(|cell| match grid.cells[*cell] {
            Cell::Anchor(group) => Some(side(grid.spans[group])),
            _ => None,
        });
        hollow && ends.into_iter().any(|end| end == rank)
    };
    let opens = |rank| anchors(rank, |span| span.0);
    let closes = |rank| anchors(rank, |span| span.1);
    // How far lines go sidewards: they need more room.
    let mut leap = vec![0.0_f64; grid.ranks.len()];
    for pair in grid.routes.iter().flat_map(|route| route.cells.windows(2)) {
        if let &[a, b] = pair {
            leap[rank_of[b]] = leap[rank_of[b]].max((v[a] - v[b]).abs());
        }
    }
    let gap = |rank: usize| {
        let Some(before) = rank.checked_sub(1) else { return 0.0 };
        let near = (closes(rank) && !opens(rank)) || (opens(before) && !closes(before));
        let base = match () {
            () if near => 1.0,
            () if labels(&grid.ranks[rank]) => 13.0,
            () if labels(&grid.ranks[before]) => 17.0,
            () => 25.0,
        };
        base + (leap[rank] * if tall { 0.11 } else { 0.2 } - 6.0).clamp(0.0, 30.0)
    };
    (0..grid.ranks.len()).map(gap).collect()
}
