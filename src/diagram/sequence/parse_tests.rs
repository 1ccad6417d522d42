//! What a sequence diagram must understand and refuse.

use crate::diagram::sequence::model::{Event, FrameKind, Head, Sequence, Side};
use crate::diagram::{Diagram, parse};

fn read(body: &str) -> Sequence {
    match parse(&format!("sequenceDiagram\n{body}")) {
        Ok(Diagram::Sequence(found)) => found,
        other => panic!("{other:?}"),
    }
}

fn errors(body: &str) -> Vec<(usize, String, Option<String>)> {
    let found = parse(&format!("sequenceDiagram\n{body}")).err().unwrap_or_default();
    found.into_iter().map(|error| (error.line, error.message, error.hint)).collect()
}

fn arrow(line: &str) -> (String, String, bool, Head, bool) {
    let found = read(line);
    let Some(Event::Message { from, to, dashed, head, both, .. }) = found.events.first() else {
        panic!("{line}")
    };
    let name = |at: &usize| found.participants[*at].id.clone();
    (name(from), name(to), *dashed, *head, *both)
}

#[test]
fn every_arrow_is_known() {
    let expected = [
        ("->", false, Head::None, false),
        ("-->", true, Head::None, false),
        ("->>", false, Head::Arrow, false),
        ("-->>", true, Head::Arrow, false),
        ("-x", false, Head::Cross, false),
        ("--x", true, Head::Cross, false),
        ("-)", false, Head::Open, false),
        ("--)", true, Head::Open, false),
        ("<<->>", false, Head::Arrow, true),
        ("<<-->>", true, Head::Arrow, true),
    ];
    for (token, dashed, head, both) in expected {
        assert_eq!(
            arrow(&format!("A{token}B: x")),
            ("A".into(), "B".into(), dashed, head, both),
            "{token}"
        );
        assert_eq!(
            arrow(&format!("A {token} B")),
            ("A".into(), "B".into(), dashed, head, both),
            "{token}"
        );
    }
}

#[test]
fn names_may_hold_hyphens_and_spaces() {
    assert_eq!(arrow("auth-x-service->>Influx DB: a->b").1, "Influx DB");
    assert_eq!(arrow("auth-x-service->>B: t").0, "auth-x-service");
    let found = read("participant a-x\nparticipant b\na-x-xb: t");
    assert_eq!(found.participants.len(), 2);
}

#[test]
fn numbers_and_activations() {
    let found = read("autonumber 10 5\nA->>+B: one\nB-->>-A: two\nautonumber off\nA->>A: three");
    let numbers: Vec<_> = found
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Message { number, .. } => Some(*number),
            _ => None,
        })
        .collect();
    assert_eq!(numbers, [Some(10), Some(15), None]);
    assert_eq!(found.events[1], Event::Activate { at: 1 });
    assert_eq!(found.events[3], Event::Deactivate { at: 1 });
}

#[test]
fn boxes_notes_and_frames() {
    let found = read(
        "title 흐름\nparticipant P\nbox rgb(1,2,3) 서버 묶음\nparticipant Q as 큐<br/>대기열\nactor R\nend\n\
         par 하나\nP->>Q: a\nand 둘\nQ->>R: b\nalt yes\nR->>P: c\nelse no\nR-xP: d\nend\nend\n\
         Note right of R: 메모\nnote over P,R: 둘 다",
    );
    assert_eq!(found.titles.title.as_deref(), Some("흐름"));
    assert_eq!(
        (found.boxes[0].first, found.boxes[0].last, found.boxes[0].title[0].as_str()),
        (1, 2, "서버 묶음")
    );
    assert_eq!(found.participants[1].label, ["큐", "대기열"]);
    assert!(found.participants[2].actor);
    assert_eq!(found.events[0], Event::Open { frame: FrameKind::Par, label: vec!["하나".into()] });
    assert_eq!(found.events.iter().filter(|event| matches!(event, Event::Close)).count(), 2);
    assert!(matches!(
        found.events.last(),
        Some(Event::Note { side: Side::Over, first: 0, last: 2, .. })
    ));
}

#[test]
fn all_mistakes_in_one_run() {
    let found = errors(
        "participant Redis\nparticipant Node\nReids->>Node: a\npar x\nelse y\nactivat Node\nNote over Nobody: z\n\
         deactivate Node\ncreate participant Z\nNode->>: q",
    );
    let hints: Vec<_> = found.iter().map(|(line, message, _)| (*line, message.as_str())).collect();
    assert_eq!(
        hints,
        [
            (4, "unknown participant `Reids`"),
            (5, "unclosed `par` block"),
            (6, "`else` outside a `alt` block"),
            (7, "cannot read `activat Node`"),
            (8, "unknown participant `Nobody`"),
            (9, "participant `Node` is not active"),
            (10, "unsupported statement `create`"),
            (11, "message without a receiver: `Node->>: q`"),
        ]
    );
    assert_eq!(found[0].2.as_deref(), Some("did you mean `Redis`?"));
    assert_eq!(found[3].2.as_deref(), Some("did you mean `activate`?"));
}

#[test]
fn numbered_names_are_not_misspellings() {
    assert_eq!(read("participant Worker1\nWorker1->>Worker2: x").participants.len(), 2);
}

#[test]
fn stray_end_and_empty_box() {
    assert_eq!(errors("A->>B: x\nend")[0].1, "`end` without an open block");
    assert_eq!(errors("A->>B: x\nbox Aqua Title\nend")[0].1, "box without participants");
}
