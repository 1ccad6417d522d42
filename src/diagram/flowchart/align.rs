//! Straight lines through the rows: which cells share a coordinate, and which cells keep clear of which.
//!
//! After Brandes and Köpf (2002): four alignments, each towards one corner. `place.rs` packs each
//! with the measured sizes and takes the median, which keeps all distances.

use crate::diagram::flowchart::grid::{Alignment, Cell, Placed};

/// The four alignments.
pub(super) fn alignments(
    placed: &[Placed],
    segments: &[(usize, usize)],
    ranks: &[Vec<usize>],
) -> Vec<Alignment> {
    let mut position = vec![0; placed.len()];
    for row in ranks {
        for (at, &cell) in row.iter().enumerate() {
            position[cell] = at;
        }
    }
    let kept = uncrossed(placed, segments, &position);
    let mut all = Vec::with_capacity(4);
    for (downwards, mirrored) in [(true, false), (true, true), (false, false), (false, true)] {
        let mut near = vec![Vec::new(); placed.len()];
        for (&(upper, lower), kept) in segments.iter().zip(&kept) {
            // An ambiguous line still counts for the median, but may not be straight.
            let (cell, other) = if downwards { (lower, upper) } else { (upper, lower) };
            near[cell].push((other, *kept));
        }
        let rows: Vec<Vec<usize>> = ranks
            .iter()
            .map(|row| {
                let mut row = row.clone();
                if mirrored {
                    row.reverse();
                }
                row
            })
            .collect();
        let blocks = blocks(&rows, &near, downwards);
        let pairs = sorted_pairs(&rows, &blocks);
        all.push(Alignment { mirrored, blocks, pairs });
    }
    all
}

/// Priority of a line: frames' sides before long edges before the rest.
fn priority(placed: &[Placed], (upper, lower): (usize, usize)) -> u8 {
    let inner = |cell: usize| matches!(placed[cell].cell, Cell::Bend(_) | Cell::Label(_));
    match placed[upper].cell {
        Cell::Start(_) | Cell::End(_) => 2,
        _ => u8::from(inner(upper) && inner(lower)),
    }
}

/// Of two lines that cross, only the one of higher priority may be straight.
fn uncrossed(placed: &[Placed], segments: &[(usize, usize)], position: &[usize]) -> Vec<bool> {
    let mut kept = vec![true; segments.len()];
    let mut by_rank: Vec<usize> = (0..segments.len()).collect();
    by_rank.sort_by_key(|at| (placed[segments[*at].0].rank, *at));
    for (turn, &at) in by_rank.iter().enumerate() {
        let a = segments[at];
        for &other in &by_rank[turn + 1..] {
            let b = segments[other];
            if placed[a.0].rank != placed[b.0].rank {
                break;
            }
            let crossing = position[a.0].cmp(&position[b.0]).is_ne()
                && position[a.1].cmp(&position[b.1]) == position[b.0].cmp(&position[a.0]);
            if !crossing {
                continue;
            }
            let (priority_a, priority_b) = (priority(placed, a), priority(placed, b));
            if priority_a > priority_b {
                kept[other] = false;
            } else if priority_b > priority_a {
                kept[at] = false;
            } else if priority_a > 0 {
                kept[other] = false;
            }
        }
    }
    kept
}

fn blocks(rows: &[Vec<usize>], near: &[Vec<(usize, bool)>], downwards: bool) -> Vec<usize> {
    let count = near.len();
    let mut place = vec![0; count];
    for row in rows {
        for (at, &cell) in row.iter().enumerate() {
            place[cell] = at;
        }
    }
    let mut root: Vec<usize> = (0..count).collect();
    let mut taken = vec![false; count];
    let mut visit = |row: &Vec<usize>| {
        let mut last: Option<usize> = None;
        for &cell in row {
            let mut others = near[cell].clone();
            others.sort_by_key(|(other, _)| place[*other]);
            let Some(top) = others.len().checked_sub(1) else {
                continue;
            };
            for median in [top / 2, top.div_ceil(2)] {
                let (other, straight) = others[median];
                if root[cell] == cell
                    && straight
                    && !taken[other]
                    && last.is_none_or(|last| last < place[other])
                {
                    root[cell] = root[other];
                    taken[other] = true;
                    last = Some(place[other]);
                }
            }
        }
    };
    if downwards {
        rows.iter().for_each(&mut visit);
    } else {
        rows.iter().rev().for_each(&mut visit);
    }
    root
}

/// Neighbours in rows, in an order in which every block comes before those it pushes.
fn sorted_pairs(rows: &[Vec<usize>], blocks: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        pairs.extend(row.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))));
    }
    let mut waits = vec![0_usize; blocks.len()];
    let mut pushes = vec![Vec::new(); blocks.len()];
    for &(a, b) in &pairs {
        waits[blocks[b]] += 1;
        pushes[blocks[a]].push((a, b));
    }
    let mut ready: Vec<usize> =
        (0..blocks.len()).filter(|block| blocks[*block] == *block && waits[*block] == 0).collect();
    let mut sorted = Vec::with_capacity(pairs.len());
    let mut next = 0;
    while let Some(&block) = ready.get(next) {
        next += 1;
        for &(a, b) in &pushes[block] {
            sorted.push((a, b));
            waits[blocks[b]] -= 1;
            if waits[blocks[b]] == 0 {
                ready.push(blocks[b]);
            }
        }
    }
    sorted
}
