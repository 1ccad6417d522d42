//! The order of cells within each row: few crossings, subgraphs unbroken.
//!
//! Sweeps down and up by barycentre, keeps the best order seen, then swaps neighbours while that
//! reduces crossings. Deterministic: the source order breaks ties.

use crate::diagram::flowchart::grid::{Cell, Placed};
use crate::diagram::flowchart::model::{Group, inside};

const SWEEPS: usize = 16;

struct Sorter<'a> {
    placed: &'a [Placed],
    groups: &'a [Group],
    /// Cells of each row in source order.
    members: Vec<Vec<usize>>,
    up: Vec<Vec<usize>>,
    down: Vec<Vec<usize>>,
    ranks: Vec<Vec<usize>>,
    position: Vec<f64>,
}

/// Orders the cells of every row.
pub(super) fn order(
    placed: &[Placed],
    segments: &[(usize, usize)],
    groups: &[Group],
    rows: usize,
) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); rows];
    for (at, cell) in placed.iter().enumerate() {
        members[cell.rank].push(at);
    }
    let (mut up, mut down) = (vec![Vec::new(); placed.len()], vec![Vec::new(); placed.len()]);
    for &(upper, lower) in segments {
        up[lower].push(upper);
        down[upper].push(lower);
    }
    let mut sorter = Sorter {
        placed,
        groups,
        members,
        up,
        down,
        ranks: vec![Vec::new(); rows],
        position: vec![0.0; placed.len()],
    };
    sorter.start();
    let mut best = (sorter.crossings(), sorter.ranks.clone());
    for sweep in 0..SWEEPS {
        sorter.sweep(sweep % 2 == 0);
        let crossings = sorter.crossings();
        if crossings < best.0 {
            best = (crossings, sorter.ranks.clone());
        }
    }
    sorter.adopt(best.1);
    sorter.swap_neighbours();
    sorter.ranks
}

impl Sorter<'_> {
    /// The first order: that of a walk from the top.
    fn start(&mut self) {
        let mut met = vec![f64::MAX; self.placed.len()];
        let mut count = 0.0;
        for rank in 0..self.members.len() {
            for &root in &self.members[rank] {
                let mut stack = vec![root];
                while let Some(cell) = stack.pop() {
                    if met[cell] < f64::MAX {
                        continue;
                    }
                    met[cell] = count;
                    count += 1.0;
                    stack.extend(self.down[cell].iter().rev());
                }
            }
        }
        self.position.clone_from(&met);
        let weights = self.weights();
        for rank in 0..self.members.len() {
            self.arrange(rank, &met, &weights);
        }
    }

    fn adopt(&mut self, ranks: Vec<Vec<usize>>) {
        self.ranks = ranks;
        for row in &self.ranks {
            for (at, &cell) in row.iter().enumerate() {
                self.position[cell] = place(at);
            }
        }
    }

    fn sweep(&mut self, downwards: bool) {
        let rows = self.members.len();
        // One order of the subgraphs for all rows of a sweep, the first included.
        let weights = self.weights();
        for step in 0..rows {
            let rank = if downwards { step } else { rows - 1 - step };
            let mut keys = self.position.clone();
            for &cell in &self.members[rank] {
                let near = if downwards { &self.up[cell] } else { &self.down[cell] };
                if step > 0 && !near.is_empty() {
                    keys[cell] = near.iter().map(|other| self.position[*other]).sum::<f64>()
                        / place(near.len());
                }
            }
            self.arrange(rank, &keys, &weights);
        }
    }

    /// Sorts one row by key, each subgraph in one piece between its frame's sides.
    fn arrange(&mut self, rank: usize, keys: &[f64], weights: &[f64]) {
        let mut row = Vec::with_capacity(self.members[rank].len());
        self.block(None, rank, keys, weights, &mut row);
        for (at, &cell) in row.iter().enumerate() {
            self.position[cell] = place(at);
        }
        self.ranks[rank] = row;
    }

    fn block(
        &self,
        parent: Option<usize>,
        rank: usize,
        keys: &[f64],
        weights: &[f64],
        row: &mut Vec<usize>,
    ) {
        /// A cell or a whole subgraph, and its preferred position.
        enum Item {
            Cell(usize),
            Group(usize),
        }
        let mut items: Vec<(f64, f64, Item)> = Vec::new();
        for &cell in &self.members[rank] {
            if self.placed[cell].group == parent
                && !matches!(self.placed[cell].cell, Cell::Start(_) | Cell::End(_))
            {
                items.push((keys[cell], self.position[cell], Item::Cell(cell)));
            }
        }
        for (group, found) in self.groups.iter().enumerate() {
            if found.parent != parent {
                continue;
            }
            let within = self.members[rank].iter().filter(|cell| self.holds(group, **cell));
            let within: Vec<f64> = within.map(|cell| keys[*cell]).collect();
            if !within.is_empty() {
                let mean = within.iter().sum::<f64>() / place(within.len());
                items.push((mean, mean, Item::Group(group)));
            }
        }
        items.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        // Neighbouring subgraphs keep one order through all rows, or their frames would cross.
        let mut turn: Vec<usize> = items
            .iter()
            .filter_map(|item| if let Item::Group(group) = item.2 { Some(group) } else { None })
            .collect();
        turn.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]).then(a.cmp(b)));
        let mut turn = turn.into_iter();
        let side = |wanted: Cell| {
            self.members[rank].iter().copied().find(move |cell| self.placed[*cell].cell == wanted)
        };
        for (_, _, item) in items {
            match item {
                Item::Cell(cell) => row.push(cell),
                Item::Group(_) => {
                    let Some(group) = turn.next() else { continue };
                    row.extend(side(Cell::Start(group)));
                    self.block(Some(group), rank, keys, weights, row);
                    row.extend(side(Cell::End(group)));
                }
            }
        }
    }

    /// Whether the cell is in the subgraph or deeper.
    fn holds(&self, group: usize, cell: usize) -> bool {
        inside(self.groups, self.placed[cell].group, group)
    }

    fn weights(&self) -> Vec<f64> {
        (0..self.groups.len()).map(|group| self.weight(group)).collect()
    }

    /// Mean place of a subgraph over all its rows.
    fn weight(&self, group: usize) -> f64 {
        let cells = (0..self.placed.len()).filter(|cell| self.holds(group, *cell));
        let (sum, count) =
            cells.fold((0.0, 0.0), |(sum, count), cell| (sum + self.position[cell], count + 1.0));
        if count > 0.0 { sum / count } else { 0.0 }
    }

    fn crossings(&self) -> usize {
        (1..self.members.len()).map(|rank| self.crossings_above(rank)).sum()
    }

    /// Crossings between a row and the one above.
    fn crossings_above(&self, rank: usize) -> usize {
        let mut lines: Vec<(f64, f64)> = Vec::new();
        for &cell in &self.members[rank] {
            lines.extend(
                self.up[cell].iter().map(|other| (self.position[*other], self.position[cell])),
            );
        }
        lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        // A line crosses all earlier ones that end further along.
        let mut ends: Vec<f64> = Vec::with_capacity(lines.len());
        let mut count = 0;
        for (_, end) in lines {
            let before = ends.partition_point(|other| *other <= end);
            count += ends.len() - before;
            ends.insert(before, end);
        }
        count
    }

    fn swap_neighbours(&mut self) {
        for _ in 0..8 {
            let mut settled = true;
            for rank in 0..self.ranks.len() {
                for at in 1..self.ranks[rank].len() {
                    settled &= !self.swap(rank, at);
                }
            }
            if settled {
                break;
            }
        }
    }

    fn swap(&mut self, rank: usize, at: usize) -> bool {
        let (a, b) = (self.ranks[rank][at - 1], self.ranks[rank][at]);
        let fixed = |cell: usize| matches!(self.placed[cell].cell, Cell::Start(_) | Cell::End(_));
        if fixed(a) || fixed(b) {
            return false;
        }
        // Crossings of the lines of two neighbours, the first standing before the second.
        let between = |first: usize, second: usize| {
            let sides =
                [(&self.up[first], &self.up[second]), (&self.down[first], &self.down[second])];
            let pairs = sides
                .into_iter()
                .flat_map(|(a, b)| a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y))));
            pairs.filter(|(x, y)| self.position[*x] > self.position[*y]).count()
        };
        let better = between(b, a) < between(a, b);
        if better {
            self.position.swap(a, b);
            self.ranks[rank].swap(at - 1, at);
        }
        better
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows hold far fewer cells than an f64 can count")]
fn place(at: usize) -> f64 {
    at as f64
}
