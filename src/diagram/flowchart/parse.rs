//! The lines of a `flowchart` → nodes, edges and subgraphs.

use std::collections::HashMap;

use crate::diagram::error::{DiagramError, bounded};
use crate::diagram::flowchart::lexer::{Cursor, Link, Refusal};
use crate::diagram::flowchart::model::{Direction, Edge, Flowchart, Group, Node, Shape, inside};
use crate::diagram::source::{Line, Titles, label};

/// Statements that are ignored: the template decides on styles, and the whole chart has one
/// direction.
const STYLING: [&str; 8] =
    ["classDef", "class", "style", "linkStyle", "click", "direction", "href", "defaultInterpolate"];

#[derive(Default)]
struct Reader {
    out: Flowchart,
    errors: Vec<DiagramError>,
    nodes: HashMap<String, usize>,
    open: Vec<(usize, usize)>,
    /// Line of each edge.
    edge_lines: Vec<usize>,
}

/// Reads the header's options and the lines after it.
pub(crate) fn parse(
    options: &str,
    lines: &[Line],
    titles: Titles,
    header: usize,
) -> Result<Flowchart, Vec<DiagramError>> {
    let mut reader =
        Reader { out: Flowchart { titles, ..Flowchart::default() }, ..Reader::default() };
    match Direction::named(options) {
        Some(direction) => reader.out.direction = direction,
        None => reader.errors.push(
            DiagramError::new(header, format!("unknown direction `{options}`"))
                .hint("write `TB`, `BT`, `LR` or `RL`"),
        ),
    }
    for line in lines {
        reader.line(line);
    }
    reader.finish(header)
}

impl Reader {
    fn line(&mut self, line: &Line) {
        let (word, rest) = line.text.split_once(char::is_whitespace).unwrap_or((&line.text, ""));
        match word.trim_end_matches(';') {
            "subgraph" => self.subgraph(line.number, rest.trim()),
            "end" if rest.trim().is_empty() => {
                if self.open.pop().is_none() {
                    self.errors.push(
                        DiagramError::new(line.number, "`end` without an open subgraph")
                            .hint("remove it, or begin with `subgraph NAME`"),
                    );
                }
            }
            "direction" if Direction::named(rest.trim_end_matches(';').trim()).is_none() => {
                self.errors.push(
                    DiagramError::new(line.number, format!("unknown direction `{}`", rest.trim()))
                        .hint("write `TB`, `BT`, `LR` or `RL`"),
                )
            }
            word if STYLING.contains(&word)
                && !rest.trim_start().starts_with(['-', '=', '<', '~', '&']) => {}
            _ => {
                let mut cursor = Cursor::new(&line.text);
                while !cursor.at_end() {
                    if let Err((message, hint)) = self.chain(&mut cursor, line.number) {
                        self.errors.push(DiagramError { line: line.number, message, hint });
                        break;
                    }
                }
            }
        }
    }

    /// `A & B --> C -- text --> D`.
    fn chain(&mut self, cursor: &mut Cursor<'_>, line: usize) -> Result<(), Refusal> {
        let mut from = self.nodes(cursor)?;
        while let Some(link) = cursor.link()? {
            let to = self.nodes(cursor)?;
            // `A & B --> C & D` multiplies.
            bounded(line, 0, self.out.edges.len() + from.len() * to.len())
                .map_err(|error| (error.message, error.hint))?;
            for &start in &from {
                for &end in &to {
                    self.edge(start, end, &link, line);
                }
            }
            from = to;
        }
        cursor.end_of_statement()
    }

    fn edge(&mut self, from: usize, to: usize, link: &Link, line: usize) {
        self.edge_lines.push(line);
        self.out.edges.push(Edge {
            from,
            to,
            label: label(&link.text),
            line: link.line,
            tail: link.tail,
            head: link.head,
            length: link.length,
        });
    }

    fn nodes(&mut self, cursor: &mut Cursor<'_>) -> Result<Vec<usize>, Refusal> {
        let mut found = vec![self.node(cursor)?];
        while cursor.ampersand() {
            found.push(self.node(cursor)?);
        }
        Ok(found)
    }

    fn node(&mut self, cursor: &mut Cursor<'_>) -> Result<usize, Refusal> {
        let id = cursor.id()?;
        let drawn = cursor.shape(&id)?;
        let group = self.open.last().map(|(_, group)| *group);
        let at = *self.nodes.entry(id.clone()).or_insert_with(|| {
            self.out.nodes.push(Node { label: label(&id), id, shape: Shape::Rect, group: None });
            self.out.nodes.len() - 1
        });
        // The first subgraph that names it holds a node, unless a deeper one names it too.
        let deeper = |new: usize| {
            self.out.nodes[at].group.is_none_or(|old| inside(&self.out.groups, Some(new), old))
        };
        let moved = group.filter(|new| deeper(*new));
        let node = &mut self.out.nodes[at];
        node.group = moved.or(node.group);
        if let Some((shape, text)) = drawn {
            node.shape = shape;
            node.label = label(&text);
        }
        Ok(at)
    }

    fn subgraph(&mut self, line: usize, rest: &str) {
        let rest = rest.trim_end_matches(';');
        let (id, title) = match rest.split_once('[') {
            Some((id, title)) => (id.trim(), title.trim_end_matches(']').trim()),
            None => (rest, rest),
        };
        let title = title.trim_matches('"');
        let id = id.trim_matches('"');
        let id = if id.is_empty() { title } else { id };
        if !id.is_empty() && self.out.groups.iter().any(|group| group.id == id) {
            let hint = "give each subgraph an id of its own: `subgraph id [title]`";
            self.errors.push(
                DiagramError::new(line, format!("subgraph `{id}` is declared twice")).hint(hint),
            );
        }
        let parent = self.open.last().map(|(_, group)| *group);
        self.out.groups.push(Group { id: id.to_owned(), title: label(title), parent });
        self.open.push((line, self.out.groups.len() - 1));
    }

    fn finish(mut self, header: usize) -> Result<Flowchart, Vec<DiagramError>> {
        for (line, group) in std::mem::take(&mut self.open) {
            let id = &self.out.groups[group].id;
            self.errors.push(
                DiagramError::new(line, format!("unclosed subgraph `{id}`"))
                    .hint("close it with `end`"),
            );
        }
        self.join_groups();
        if self.errors.is_empty() && self.out.nodes.is_empty() {
            self.errors
                .push(DiagramError::new(header, "empty diagram").hint("write an edge: `A --> B`"));
        }
        let members = self.out.nodes.len().max(self.out.groups.len());
        self.errors.extend(bounded(header, members, self.out.edges.len()).err());
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.drop_empty_groups();
        Ok(self.out)
    }

    /// An edge may name a subgraph: the node made for the name becomes its anchor.
    fn join_groups(&mut self) {
        for (at, group) in self.out.groups.iter().enumerate() {
            let Some(&node) = self.nodes.get(&group.id) else {
                continue;
            };
            self.out.nodes[node].label.clone_from(&group.title);
            let peopled = self.out.nodes.iter().enumerate();
            if peopled
                .into_iter()
                .any(|(other, found)| other != node && inside(&self.out.groups, found.group, at))
            {
                self.out.nodes[node].shape = Shape::Anchor;
                self.out.nodes[node].group = Some(at);
            } else {
                // An empty subgraph that is linked to is a box like any other.
                self.out.nodes[node].group = group.parent;
            }
        }
        for (edge, line) in self.out.edges.iter().zip(&self.edge_lines) {
            for (anchor, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
                let (anchor, other) = (&self.out.nodes[anchor], &self.out.nodes[other]);
                let Some(group) = anchor.group.filter(|_| anchor.shape == Shape::Anchor) else {
                    continue;
                };
                if inside(&self.out.groups, other.group, group) {
                    let message = format!("edge joins subgraph `{}` to its own member", anchor.id);
                    self.errors.push(
                        DiagramError::new(*line, message).hint("join the members themselves"),
                    );
                    break;
                }
            }
        }
    }

    /// Empty subgraphs are left out.
    fn drop_empty_groups(&mut self) {
        let groups = std::mem::take(&mut self.out.groups);
        let used: Vec<bool> = (0..groups.len())
            .map(|group| self.out.nodes.iter().any(|node| inside(&groups, node.group, group)))
            .collect();
        let mut moved = vec![None; groups.len()];
        for (at, mut group) in groups.into_iter().enumerate() {
            if used[at] {
                moved[at] = Some(self.out.groups.len());
                group.parent = group.parent.and_then(|parent| moved[parent]);
                self.out.groups.push(group);
            }
        }
        for node in &mut self.out.nodes {
            node.group = node.group.and_then(|group| moved[group]);
        }
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
