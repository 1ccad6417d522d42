//! What holds of the grid of every chart.

use crate::diagram::flowchart::arrange::arrange;
use crate::diagram::flowchart::grid::Cell;
use crate::diagram::flowchart::model::Flowchart;
use crate::diagram::{Diagram, parse};

fn read(body: &str) -> Flowchart {
    match parse(&format!("flowchart TB\n{body}")) {
        Ok(Diagram::Flowchart(found)) => *found,
        other => panic!("{other:?}"),
    }
}

fn rank(chart: &Flowchart, id: &str) -> usize {
    let node = chart.nodes.iter().position(|node| node.id == id);
    let grid = arrange(chart);
    let cell =
        grid.cells.iter().position(|cell| matches!(cell, Cell::Node(at) if Some(*at) == node));
    grid.ranks.iter().position(|row| row.iter().any(|at| Some(*at) == cell)).unwrap_or(usize::MAX)
}

/// Every cell in one row, routes from row to row, frames closed, all pairs of an alignment kept.
fn sound(chart: &Flowchart) {
    let grid = &arrange(chart);
    let mut row_of = vec![usize::MAX; grid.cells.len()];
    for (rank, row) in grid.ranks.iter().enumerate() {
        assert!(!row.is_empty(), "empty row {rank}");
        for &cell in row {
            assert_eq!(row_of[cell], usize::MAX, "cell {cell} stands twice");
            row_of[cell] = rank;
        }
        let mut open = Vec::new();
        for &cell in row {
            match grid.cells[cell] {
                Cell::Start(group) => {
                    assert_eq!(open.last().copied(), chart.groups[group].parent);
                    open.push(group);
                }
                Cell::End(group) => assert_eq!(open.pop(), Some(group)),
                Cell::Node(node) => assert_eq!(open.last().copied(), chart.nodes[node].group),
                _ => {}
            }
        }
    }
    assert!(row_of.iter().all(|row| *row < usize::MAX));
    for a in 0..chart.groups.len() {
        for b in 0..a {
            let side = |row: &Vec<usize>, group| {
                row.iter().position(|cell| grid.cells[*cell] == Cell::Start(group))
            };
            let mut orders =
                grid.ranks.iter().filter_map(|row| Some(side(row, a)? < side(row, b)?));
            let first = orders.next();
            assert!(orders.all(|order| Some(order) == first), "frames {a} and {b} cross");
        }
    }
    for (route, edge) in grid.routes.iter().zip(&chart.edges) {
        assert!(route.cells.windows(2).all(|pair| row_of[pair[1]] == row_of[pair[0]] + 1));
        let labels =
            route.cells.iter().filter(|cell| matches!(grid.cells[**cell], Cell::Label(_))).count();
        assert_eq!(labels, usize::from(!edge.label.is_empty() && edge.from != edge.to));
    }
    let pairs: usize = grid.ranks.iter().map(|row| row.len() - 1).sum();
    for alignment in &grid.alignments {
        assert_eq!(alignment.pairs.len(), pairs, "the blocks push in a circle");
        let mut pushed = vec![false; grid.cells.len()];
        for &(a, b) in &alignment.pairs {
            assert!(!pushed[alignment.blocks[b]], "a settled block is pushed");
            pushed[alignment.blocks[a]] = true;
        }
    }
}

#[test]
fn a_chain_has_a_row_each() {
    let chart = read("A --> B --> C\nA --> C");
    sound(&chart);
    assert_eq!((rank(&chart, "A"), rank(&chart, "B"), rank(&chart, "C")), (0, 1, 2));
    assert_eq!(arrange(&chart).routes[2].cells.len(), 3);
}

#[test]
fn labels_stand_between_rows() {
    let chart = read("A -->|x| B\nA --> C");
    sound(&chart);
    assert_eq!((rank(&chart, "B"), rank(&chart, "C")), (2, 2));
}

#[test]
fn cycles_and_loops_end() {
    let chart = read("A --> B --> C --> A\nB --> B\nC -->|back| B\nA --> A");
    sound(&chart);
    let reversed: Vec<_> = arrange(&chart).routes.iter().map(|route| route.reversed).collect();
    assert_eq!(reversed, [false, false, true, false, true, false]);
}

#[test]
fn nodes_with_slack_move_down() {
    let chart = read("A --> B --> C --> D\nX --> D");
    assert_eq!(rank(&chart, "X"), 2);
}

#[test]
fn frames_hold_together() {
    let chart = read(
        "subgraph one\nsubgraph in1\nA --> B\nend\nC --> A\nend\nsubgraph two\nD --> E --> F\nend\n\
         X --> B --> E\nF --> C\nX --> F\nlonely\none --> Y\nY -->|label| two\nsubgraph three\nZ\nW --> V\nend",
    );
    sound(&chart);
    assert_eq!(rank(&chart, "Z"), rank(&chart, "W"));
}

#[test]
fn order_is_the_same_every_time() {
    let source = (0..25)
        .map(|at| format!("N{at} --> N{}\nN{at} --> N{}\n", (at * 7 + 3) % 25, (at * 11 + 5) % 25))
        .collect::<String>();
    let chart = read(&source);
    sound(&chart);
    assert_eq!(arrange(&chart), arrange(&read(&source)));
}

#[test]
fn a_tree_has_no_crossing() {
    let chart = read("A --> B & C\nB --> D & E\nC --> F & G\nA --> G");
    sound(&chart);
    let row: Vec<_> = arrange(&chart).ranks[2]
        .iter()
        .filter_map(|cell| match arrange(&chart).cells[*cell] {
            Cell::Node(node) => Some(chart.nodes[node].id.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(row, ["D", "E", "F", "G"]);
}
