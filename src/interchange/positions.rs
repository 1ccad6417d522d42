//! Positions of one employer or school.

use crate::interchange::commented_yaml::{Block, Written};
use crate::interchange::mapping::MISSING;
use crate::interchange::walk::Walk;

/// Makes positions of one entry out of neighbouring entries of one employer or school.
pub fn join_positions(walk: &mut Walk) {
    let Some(Written::List(items)) = walk.record.take("career") else { return };
    let mut joined: Vec<Block> = Vec::new();
    let mut merged = false;
    for item in items {
        let Written::Block(mut block) = item else { continue };
        match joined.last_mut().filter(|last| same_employer(last, &block)) {
            None => joined.push(block),
            Some(last) => {
                merged = true;
                move_to_position(last);
                move_to_position(&mut block);
                if let Some(Written::List(positions)) = block.take("positions") {
                    positions.into_iter().for_each(|position| last.push("positions", position));
                }
                last.comments.append(&mut block.comments);
            }
        }
    }
    if merged {
        walk.account.remark("neighbouring entries of one employer became its positions");
    }
    walk.record.set("career", Written::List(joined.into_iter().map(Written::Block).collect()));
}

/// What an entry with one position says of it, and what moves into the position where there are more.
pub const OF_POSITION: [&str; 3] = ["summary", "highlights", "technologies"];

/// Moves what an entry says of its only position into it.
pub fn move_to_position(block: &mut Block) {
    for key in OF_POSITION {
        if let Some(value) = block.take(key) {
            block.set(&format!("positions[].{key}"), value);
        }
    }
}

/// Whether two entries are one employer's, and differ in nothing but their positions.
fn same_employer(one: &Block, other: &Block) -> bool {
    let named = one.text("organization").is_some_and(|name| name != MISSING);
    let own = |block: &Block| {
        let of_position =
            |key: &str| ["id", "positions"].contains(&key) || OF_POSITION.contains(&key);
        let entries = block.entries.iter().filter(|(key, _)| !of_position(key));
        entries.cloned().collect::<Vec<_>>()
    };
    named && own(one) == own(other)
}
