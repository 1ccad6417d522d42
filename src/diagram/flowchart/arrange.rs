//! The rows of a flowchart: the row of every node and the rows that each edge passes.
//!
//! Rows are counted in `rank.rs`, long edges cut here into cells of one row each. The order within
//! the rows is found in `order.rs`, straight lines in `align.rs`. No sizes are needed.

use crate::diagram::flowchart::align::alignments;
use crate::diagram::flowchart::grid::{Cell, Grid, Placed, Route};
use crate::diagram::flowchart::model::{Flowchart, Group, inside};
use crate::diagram::flowchart::order::order;
use crate::diagram::flowchart::rank::{Vertex, half_ranks, middle, reversals, vertices};

/// Builds the whole grid.
pub(super) fn arrange(chart: &Flowchart) -> Grid {
    let reversed = reversals(chart);
    let ends: Vec<_> = chart
        .edges
        .iter()
        .zip(&reversed)
        .map(|(edge, turned)| if *turned { (edge.to, edge.from) } else { (edge.from, edge.to) })
        .collect();
    let (points, vertices) = vertices(chart, &ends);
    let half = half_ranks(chart, &ends, &points, &vertices);

    // Labels get a row of their own, half-way.
    let labels: Vec<Option<usize>> = chart
        .edges
        .iter()
        .zip(&points)
        .map(|(edge, &(from, to))| {
            (from != to && !edge.label.is_empty()).then(|| middle(half[from], half[to]))
        })
        .collect();
    let mut used: Vec<usize> =
        half.iter().copied().chain(labels.iter().flatten().copied()).collect();
    used.sort_unstable();
    used.dedup();
    let row = |half: usize| used.binary_search(&half).unwrap_or_else(|near| near);

    let mut placed: Vec<Placed> = vertices
        .iter()
        .zip(&half)
        .map(|(vertex, &half)| {
            let (cell, group) = match *vertex {
                Vertex::Node(node) => (Cell::Node(node), chart.nodes[node].group),
                Vertex::Top(group) | Vertex::Bottom(group) => (Cell::Anchor(group), Some(group)),
            };
            Placed { cell, rank: row(half), group }
        })
        .collect();
    let spans = spans(chart, &placed);

    let mut routes = Vec::with_capacity(chart.edges.len());
    for (index, &(from, to)) in points.iter().enumerate() {
        if from == to {
            routes.push(Route::default());
            continue;
        }
        let label = labels[index].map(row);
        let mut cells = vec![from];
        for rank in placed[from].rank + 1..placed[to].rank {
            let cell = if label == Some(rank) { Cell::Label(index) } else { Cell::Bend(index) };
            let group =
                passing(&chart.groups, &spans, (placed[from].group, placed[to].group), rank);
            cells.push(placed.len());
            placed.push(Placed { cell, rank, group });
        }
        cells.push(to);
        routes.push(Route { cells, reversed: reversed[index] });
    }
    for (group, &(first, last)) in spans.iter().enumerate() {
        for rank in first..=last {
            placed.push(Placed { cell: Cell::Start(group), rank, group: Some(group) });
            placed.push(Placed { cell: Cell::End(group), rank, group: Some(group) });
        }
    }
    let segments = segments(&placed, &routes);
    let ranks = order(&placed, &segments, &chart.groups, used.len());
    let alignments = alignments(&placed, &segments, &ranks);
    Grid {
        cells: placed.into_iter().map(|placed| placed.cell).collect(),
        ranks,
        routes,
        spans,
        alignments,
    }
}

fn spans(chart: &Flowchart, placed: &[Placed]) -> Vec<(usize, usize)> {
    (0..chart.groups.len())
        .map(|group| {
            let ranks = placed
                .iter()
                .filter(|placed| inside(&chart.groups, placed.group, group))
                .map(|placed| placed.rank);
            ranks.fold((usize::MAX, 0), |(first, last), rank| (first.min(rank), last.max(rank)))
        })
        .map(|(first, last)| (first.min(last), last))
        .collect()
}

/// The subgraph an edge is in while it passes a row: it leaves its start's frames through their
/// last row and enters its end's frames through their first.
fn passing(
    groups: &[Group],
    spans: &[(usize, usize)],
    ends: (Option<usize>, Option<usize>),
    rank: usize,
) -> Option<usize> {
    let mut at = ends.0;
    while let Some(group) = at {
        if inside(groups, ends.1, group) || rank <= spans[group].1 {
            break;
        }
        at = groups[group].parent;
    }
    if at.is_some_and(|group| !inside(groups, ends.1, group)) {
        return at;
    }
    let common = at;
    let mut down = ends.1;
    while down != common {
        match down {
            Some(group) if spans[group].0 <= rank => return down,
            Some(group) => down = groups[group].parent,
            None => break,
        }
    }
    common
}

/// Pairs of cells in neighbouring rows that a line joins, frames' sides included.
fn segments(placed: &[Placed], routes: &[Route]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = routes
        .iter()
        .flat_map(|route| {
            route.cells.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        })
        .collect();
    for (at, side) in placed.iter().enumerate() {
        if !matches!(side.cell, Cell::Start(_) | Cell::End(_)) {
            continue;
        }
        let below =
            placed.iter().position(|other| other.cell == side.cell && other.rank == side.rank + 1);
        all.extend(below.map(|below| (at, below)));
    }
    all
}

#[cfg(test)]
#[path = "arrange_tests.rs"]
mod tests;
