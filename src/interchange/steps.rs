//! Steps that several formats need when the fields of an entry are read.

use crate::interchange::commented_yaml::{Block, Written};
use crate::interchange::values;
use crate::interchange::walk::Walk;

/// A degree without a name is named by its field; every entry has a position.
pub fn position(block: &mut Block) -> bool {
    let title = block.text("positions[].title").is_some();
    if let (false, Some(Written::List(items))) = (title, block.get("positions").cloned())
        && let Some(Written::Block(mut first)) = items.first().cloned()
        && let Some(department) = first.take("department")
    {
        first.entries.insert(0, ("title".to_owned(), department));
        block.set("positions[]", Written::Block(first));
    }
    true
}

/// An account gets the address that its network and its name make, and a network's name from its
/// address.
pub fn complete_link(block: &mut Block) -> bool {
    let text = |block: &Block, key| block.text(key).map(str::to_owned);
    if block.get("url").is_none() {
        let username = text(block, "username").unwrap_or_default();
        let url = values::account(&text(block, "network").unwrap_or_default(), &username);
        let Some(url) = url.or_else(|| values::address(&username)) else { return false };
        block.set("url", Written::Text(url));
    }
    if block.get("network").is_none()
        && let Some(host) = text(block, "url").as_deref().and_then(values::host)
    {
        block.entries.insert(0, ("network".to_owned(), Written::Text(host.to_owned())));
    }
    true
}

/// A group of skills needs a name: that of its only skill, or those of all.
pub fn named_group(block: &mut Block) -> bool {
    if block.get("name").is_none() {
        let Some(Written::List(skills)) = block.get("skills") else { return false };
        let Some(Written::Text(first)) = skills.first().cloned() else { return false };
        if skills.len() > 1 {
            let title = Written::Text("…".to_owned());
            block.entries.insert(0, ("name".to_owned(), title));
            block
                .comments
                .push("name: the source has none; write what these are in place of …".to_owned());
            return true;
        }
        block.take("skills");
        block.entries.insert(0, ("name".to_owned(), Written::Text(first)));
    }
    true
}

/// Skills without a group become the members of one group, each with its level.
pub fn gather_skills(walk: &mut Walk) {
    let Some(Written::List(groups)) = walk.record.get("skills").cloned() else { return };
    let (single, mut groups): (Vec<Written>, Vec<Written>) = groups.into_iter().partition(|group| {
        matches!(group, Written::Block(group) if group.get("skills").is_none() && group.comments.is_empty())
    });
    if single.is_empty() {
        return;
    }
    let skills = single.into_iter().map(|skill| match skill {
        Written::Block(skill) if skill.get("level").is_none() => {
            skill.get("name").cloned().unwrap_or(Written::Block(skill))
        }
        skill => skill,
    });
    let mut group = Block::default();
    group.set("name", Written::Text(walk.words.title("skills")));
    group.set("skills", Written::List(skills.collect()));
    groups.insert(0, Written::Block(group));
    walk.record.set("skills", Written::List(groups));
    walk.account.remark("skills without a group are members of one");
}
