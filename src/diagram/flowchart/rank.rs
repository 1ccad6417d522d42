//! The row of every node: cycles are broken, rows counted by longest path.
//!
//! Rows are counted in halves here, so that labels have rows between nodes.

use crate::diagram::flowchart::model::{Flowchart, Shape, inside};

/// What gets a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Vertex {
    Node(usize),
    /// Where edges arrive at a subgraph.
    Top(usize),
    /// Where edges leave a subgraph.
    Bottom(usize),
}

/// Edges to turn round so that no cycle is left: those that close one when the nodes are
/// visited in source order.
pub(super) fn reversals(chart: &Flowchart) -> Vec<bool> {
    let members = |node: usize| -> Vec<usize> {
        match (chart.nodes[node].shape, chart.nodes[node].group) {
            (Shape::Anchor, Some(group)) => (0..chart.nodes.len())
                .filter(|other| chart.nodes[*other].shape != Shape::Anchor)
                .filter(|other| inside(&chart.groups, chart.nodes[*other].group, group))
                .collect(),
            _ => vec![node],
        }
    };
    let targets: Vec<_> = chart.edges.iter().map(|edge| members(edge.to)).collect();
    let mut leaving = vec![Vec::new(); chart.nodes.len()];
    for (index, edge) in chart.edges.iter().enumerate().filter(|(_, edge)| edge.from != edge.to) {
        for node in members(edge.from) {
            leaving[node].push(index);
        }
    }
    let mut reversed = vec![false; chart.edges.len()];
    let (mut seen, mut on_path) = (vec![false; chart.nodes.len()], vec![false; chart.nodes.len()]);
    for root in 0..chart.nodes.len() {
        // Each step: a node, the next edge to follow, the targets of the edge still to visit.
        let mut stack: Vec<(usize, usize, Vec<usize>)> = Vec::new();
        if !seen[root] {
            stack.push((root, 0, Vec::new()));
        }
        while let Some((node, next, waiting)) = stack.last_mut() {
            let node = *node;
            seen[node] = true;
            on_path[node] = true;
            if let Some(target) = waiting.pop() {
                if !seen[target] {
                    stack.push((target, 0, Vec::new()));
                }
            } else if let Some(&edge) = leaving[node].get(*next) {
                *next += 1;
                if targets[edge].iter().any(|target| on_path[*target]) {
                    reversed[edge] = true;
                } else {
                    waiting.extend(targets[edge].iter().rev());
                }
            } else {
                on_path[node] = false;
                stack.pop();
            }
        }
    }
    reversed
}

/// Gives every node and every used subgraph side a vertex; edges as pairs of vertices.
pub(super) fn vertices(
    chart: &Flowchart,
    ends: &[(usize, usize)],
) -> (Vec<(usize, usize)>, Vec<Vertex>) {
    let mut all: Vec<Vertex> = (0..chart.nodes.len())
        .filter(|node| chart.nodes[*node].shape != Shape::Anchor)
        .map(Vertex::Node)
        .collect();
    let mut find = |node: usize, leaves: bool| {
        let vertex = match (chart.nodes[node].shape, chart.nodes[node].group) {
            (Shape::Anchor, Some(group)) if leaves => Vertex::Bottom(group),
            (Shape::Anchor, Some(group)) => Vertex::Top(group),
            _ => Vertex::Node(node),
        };
        all.iter().position(|other| *other == vertex).unwrap_or_else(|| {
            all.push(vertex);
            all.len() - 1
        })
    };
    let points = ends.iter().map(|&(from, to)| (find(from, true), find(to, false))).collect();
    (points, all)
}

/// Rows counted in halves: nodes on even ones, so that labels have rows between them.
pub(super) fn half_ranks(
    chart: &Flowchart,
    ends: &[(usize, usize)],
    points: &[(usize, usize)],
    vertices: &[Vertex],
) -> Vec<usize> {
    let anchored = |vertex: usize| !matches!(vertices[vertex], Vertex::Node(_));
    let mut arcs: Vec<(usize, usize, usize)> = Vec::new();
    for ((edge, &(from, to)), &(start, end)) in chart.edges.iter().zip(points).zip(ends) {
        if start == end {
            continue;
        }
        let least = match (anchored(from), anchored(to)) {
            (false, false) | (true, true) => 2 * edge.length,
            _ if edge.label.is_empty() => 2 * edge.length - 1,
            _ => 2 * edge.length + 1,
        };
        arcs.push((from, to, least));
    }
    for (at, vertex) in vertices.iter().enumerate() {
        let (Vertex::Top(group) | Vertex::Bottom(group)) = *vertex else {
            continue;
        };
        for (other, member) in vertices.iter().enumerate() {
            let Vertex::Node(node) = *member else {
                continue;
            };
            if inside(&chart.groups, chart.nodes[node].group, group) {
                arcs.push(if matches!(vertex, Vertex::Top(_)) {
                    (at, other, 1)
                } else {
                    (other, at, 1)
                });
            }
        }
    }
    let mut rank = vec![0; vertices.len()];
    // No cycle is left; the bound makes sure that the loop ends.
    for _ in 0..=vertices.len() {
        let mut settled = true;
        for &(from, to, least) in &arcs {
            if rank[to] < rank[from] + least {
                rank[to] = rank[from] + least;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    tighten(chart, &arcs, vertices, &mut rank);
    rank
}

/// Moves nodes with slack down, nearer to the nodes that they point to.
fn tighten(
    chart: &Flowchart,
    arcs: &[(usize, usize, usize)],
    vertices: &[Vertex],
    rank: &mut [usize],
) {
    for _ in 0..3 {
        let mut by_rank: Vec<usize> = (0..vertices.len()).collect();
        by_rank.sort_by_key(|vertex| std::cmp::Reverse(rank[*vertex]));
        for vertex in by_rank {
            let arriving = arcs.iter().filter(|arc| arc.1 == vertex).count();
            let room = arcs
                .iter()
                .filter(|arc| arc.0 == vertex)
                .map(|arc| rank[arc.1].saturating_sub(arc.2));
            let leaving = arcs.iter().filter(|arc| arc.0 == vertex).count();
            if leaving > arriving
                && let Some(lowest) = room.min()
            {
                rank[vertex] = lowest.max(rank[vertex]);
            }
        }
    }
    // A member without edges is in the row of the other members.
    for (at, vertex) in vertices.iter().enumerate() {
        let Vertex::Node(node) = *vertex else {
            continue;
        };
        let Some(group) = chart.nodes[node].group else {
            continue;
        };
        if arcs.iter().any(|arc| arc.0 == at || arc.1 == at) {
            continue;
        }
        let fellows = vertices.iter().enumerate().filter(|(other, fellow)| match fellow {
            Vertex::Node(fellow) => {
                inside(&chart.groups, chart.nodes[*fellow].group, group)
                    && arcs.iter().any(|arc| arc.0 == *other || arc.1 == *other)
            }
            _ => false,
        });
        if let Some(first) = fellows.map(|(other, _)| rank[other]).min() {
            rank[at] = first;
        }
    }
}

/// The row for a label: between the ends, odd where possible.
pub(super) fn middle(from: usize, to: usize) -> usize {
    let middle = usize::midpoint(from, to);
    if middle.is_multiple_of(2) && middle > from + 1 { middle - 1 } else { middle }
}
