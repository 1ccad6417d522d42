//! What a flowchart must understand and refuse.

use crate::diagram::flowchart::model::{Direction, Flowchart, LineKind, Shape, Tip};
use crate::diagram::{Diagram, parse};

fn read(body: &str) -> Flowchart {
    match parse(&format!("flowchart TB\n{body}")) {
        Ok(Diagram::Flowchart(found)) => *found,
        other => panic!("{other:?}"),
    }
}

fn errors(body: &str) -> Vec<(usize, String)> {
    let found = parse(&format!("flowchart TB\n{body}")).err().unwrap_or_default();
    found.into_iter().map(|error| (error.line, error.message)).collect()
}

#[test]
fn every_shape_is_known() {
    let chart = read(
        "a\nb[사각 상자]\nc(round)\nd([stadium])\ne[(DB)]\nf((c))\ng{yes?}\nh{{hex}}\ni[/in/]\nj[[sub]]\n\
         k[\"f(x) [y]<br/>둘째 줄\"]\nl>flag]\nm(((d)))\nn[/trapez\\]:::cls\no-p.q[x]",
    );
    let shapes: Vec<_> = chart.nodes.iter().map(|node| node.shape).collect();
    use Shape::{
        Circle, Cylinder, Diamond, Double, Flag, Hexagon, Rect, Round, Slant, Stadium, Subroutine,
    };
    assert_eq!(
        shapes,
        [
            Rect, Rect, Round, Stadium, Cylinder, Circle, Diamond, Hexagon, Slant, Subroutine,
            Rect, Flag, Double, Slant, Rect,
        ]
    );
    assert_eq!(chart.nodes[10].label, ["f(x) [y]", "둘째 줄"]);
    assert_eq!(chart.nodes[14].id, "o-p.q");
}

#[test]
fn every_link_is_known() {
    let cases = [
        ("A-->B", LineKind::Solid, Tip::None, Tip::Arrow, ""),
        ("A --- B", LineKind::Solid, Tip::None, Tip::None, ""),
        ("A -.-> B", LineKind::Dotted, Tip::None, Tip::Arrow, ""),
        ("A -.- B", LineKind::Dotted, Tip::None, Tip::None, ""),
        ("A ==> B", LineKind::Thick, Tip::None, Tip::Arrow, ""),
        ("A <--> B", LineKind::Solid, Tip::Arrow, Tip::Arrow, ""),
        ("A o--x B", LineKind::Solid, Tip::Circle, Tip::Cross, ""),
        ("A --o B", LineKind::Solid, Tip::None, Tip::Circle, ""),
        ("A ~~~ B", LineKind::Hidden, Tip::None, Tip::None, ""),
        ("A -->|예, 그렇다| B", LineKind::Solid, Tip::None, Tip::Arrow, "예, 그렇다"),
        ("A -- text here --> B", LineKind::Solid, Tip::None, Tip::Arrow, "text here"),
        ("A-- \"quoted\" ---B", LineKind::Solid, Tip::None, Tip::None, "quoted"),
        ("A -. maybe .-> B", LineKind::Dotted, Tip::None, Tip::Arrow, "maybe"),
        ("A == must ==> B", LineKind::Thick, Tip::None, Tip::Arrow, "must"),
    ];
    for (line, kind, tail, head, label) in cases {
        let chart = read(line);
        assert_eq!(chart.nodes.len(), 2, "{line}");
        let edge = &chart.edges[0];
        assert_eq!(
            (edge.line, edge.tail, edge.head, edge.label.join(" ").as_str()),
            (kind, tail, head, label),
            "{line}"
        );
    }
}

#[test]
fn chains_and_fans() {
    let chart = read("A & B --> C --> D & E; D --> F");
    let pairs: Vec<_> = chart.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    assert_eq!(pairs, [(0, 2), (1, 2), (2, 3), (2, 4), (3, 5)]);
}

#[test]
fn subgraphs_nest_and_styling_is_read_over() {
    let chart = read(
        "classDef x fill:#fff\nstyle A fill:#000\nlinkStyle 0 stroke:red\nsubgraph aws [AWS 계정]\ndirection LR\n\
         subgraph \"VPC zone\"\nA --> B\nend\nC\nend\nclass A x\nsubgraph none\nend\nB --> D",
    );
    assert_eq!(chart.groups.len(), 2);
    assert_eq!(chart.groups[1].parent, Some(0));
    assert_eq!(chart.groups[0].title, ["AWS 계정"]);
    assert_eq!(chart.groups[1].title, ["VPC zone"]);
    let groups: Vec<_> = chart.nodes.iter().map(|node| node.group).collect();
    assert_eq!(groups, [Some(1), Some(1), Some(0), None]);
    let chart = read("subgraph a\nX --> Y\nsubgraph b\nY\nend\nend\nsubgraph c\nX\nend");
    assert_eq!((chart.nodes[0].group, chart.nodes[1].group), (Some(0), Some(1)));
}

#[test]
fn an_edge_may_name_a_subgraph() {
    let chart = read("subgraph one\nA --> B\nend\nsubgraph two\nC\nend\none --> two\nX --> one");
    let anchors: Vec<_> = chart
        .nodes
        .iter()
        .filter(|node| node.shape == Shape::Anchor)
        .map(|node| node.group)
        .collect();
    assert_eq!(anchors, [Some(0), Some(1)]);
    assert_eq!(
        errors("subgraph one\nA --> one\nend"),
        [(3, "edge joins subgraph `one` to its own member".into())]
    );
}

#[test]
fn all_mistakes_in_one_run() {
    assert_eq!(
        errors("A[open --> B\nA --> \nB -- x\nsubgraph g\nA >> B\nA@{ shape: x }\nA -->|x B"),
        [
            (2, "unclosed `[` after node `A`".into()),
            (3, "node expected at the end of the line".into()),
            (4, "unfinished link `-- x`".into()),
            (5, "unclosed subgraph `g`".into()),
            (6, "cannot read `>> B`".into()),
            (7, "unsupported node attributes after `A`".into()),
            (8, "unclosed label `|x B`".into()),
        ]
    );
    assert_eq!(errors("A\nend")[0].1, "`end` without an open subgraph");
    let wrong = parse("graph UP\nA").err().unwrap_or_default();
    assert_eq!(wrong[0].message, "unknown direction `UP`");
}

#[test]
fn header_may_carry_statements() {
    let Ok(Diagram::Flowchart(chart)) = parse("graph LR; A --> B; B --> C") else {
        panic!("unread")
    };
    assert_eq!((chart.direction, chart.nodes.len()), (Direction::LR, 3));
}
