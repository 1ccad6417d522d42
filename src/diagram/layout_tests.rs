//! What holds of every drawing: nothing is outside it, nothing overlaps, arrows end at what they
//! point to.

use std::collections::BTreeMap;

use crate::diagram::metrics::{Metrics, Weight};
use crate::diagram::scene::{Form, Point, Scene, SceneText, Step, Style, TextStyle};
use crate::diagram::{layout, parse};

const METRICS: Metrics = Metrics {
    size: 8.5,
    min_size: 7.0,
    line_height: 0.96,
    line_pitch: 1.26,
    node_inset: (10.0, 6.0),
    head_inset: (8.0, 5.5),
    note_inset: (6.0, 4.5),
    node_gap: 20.0,
    line_gap: 12.0,
    frame_gap: 13.0,
    frame_inset: 10.0,
    row_gap: 10.0,
    bar_width: 6.0,
};
/// The text of a page of the manual.
const ROOM: (f64, f64) = (450.0, 640.0);
/// A very small area.
const NARROW: (f64, f64) = (180.0, 240.0);

/// Letters of two widths, wider where they are strong.
fn measure(word: &str, weight: Weight) -> f64 {
    let letter = |c: char| if c.is_ascii() { 0.5 } else { 0.9 };
    let width: f64 = word.chars().map(letter).sum();
    if weight == Weight::Strong { width * 1.05 } else { width }
}

fn laid_out(source: &str, room: (f64, f64)) -> Scene {
    let diagram = parse(source).unwrap_or_else(|errors| panic!("{errors:?} in\n{source}"));
    layout(&diagram, &METRICS, room, &BTreeMap::new(), &mut measure)
}

/// Left, top, right, bottom.
type Area = [f64; 4];

fn text_area(text: &SceneText) -> Area {
    let lines = text.lines.len() - 1;
    let lines =
        METRICS.line_height + METRICS.line_pitch * u32::try_from(lines).map_or(0.0, f64::from);
    [text.x, text.y, text.x + text.width, text.y + lines * text.size]
}

fn overlap(a: Area, b: Area) -> bool {
    let meet = |from: usize| a[from].max(b[from]) + 0.05 < a[from + 2].min(b[from + 2]);
    meet(0) && meet(1)
}

/// The smallest rectangle around a shape.
fn area(form: &Form) -> Area {
    match form {
        Form::Box { x, y, width, height } | Form::Stadium { x, y, width, height } => {
            [*x, *y, x + width, y + height]
        }
        Form::Circle { x, y, radius } => [x - radius, y - radius, x + radius, y + radius],
        Form::Path { strokes, .. } => {
            let points = strokes.iter().flat_map(|stroke| {
                let steps = stroke.steps.iter().map(|step| match step {
                    Step::Line(end) | Step::Curve(_, _, end) => *end,
                });
                std::iter::once(stroke.start).chain(steps)
            });
            let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
            points.fold(none, |[l, t, r, b], Point(x, y)| [l.min(x), t.min(y), r.max(x), b.max(y)])
        }
    }
}

/// The outlines of what arrows point to.
fn boxes(scene: &Scene) -> impl Iterator<Item = &Form> {
    let of = [Style::Node, Style::RoundNode, Style::Participant, Style::Note];
    scene.shapes.iter().filter(move |shape| of.contains(&shape.style)).map(|shape| &shape.form)
}

/// The points of arrowheads.
fn tips(scene: &Scene) -> Vec<Point> {
    let arrows = scene.shapes.iter().filter(|shape| shape.style == Style::Arrow);
    let strokes = arrows.flat_map(|shape| match &shape.form {
        Form::Path { strokes, .. } => strokes.as_slice(),
        _ => &[],
    });
    strokes.map(|stroke| stroke.start).collect()
}

/// How far a point is from an outline; a little less where a curve bulges.
fn distance(form: &Form, Point(x, y): Point) -> f64 {
    let to_line = |Point(ax, ay): Point, Point(bx, by): Point| {
        let (dx, dy) = (bx - ax, by - ay);
        let part = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        (x - ax - part * dx).hypot(y - ay - part * dy)
    };
    let around = |corners: &[Point]| {
        let next = corners.iter().cycle().skip(1);
        corners.iter().zip(next).map(|(a, b)| to_line(*a, *b)).fold(f64::INFINITY, f64::min)
    };
    match form {
        Form::Circle { x: cx, y: cy, radius } => ((x - cx).hypot(y - cy) - radius).abs(),
        Form::Path { strokes, .. } => {
            let outlines = strokes.iter().map(|stroke| {
                let mut corners = vec![stroke.start];
                for step in &stroke.steps {
                    match *step {
                        Step::Line(end) => corners.push(end),
                        Step::Curve(a, b, end) => {
                            let start = corners[corners.len() - 1];
                            corners.extend(
                                (1..=16).map(|at| curve(start, a, b, end, f64::from(at) / 16.0)),
                            );
                        }
                    }
                }
                around(&corners)
            });
            outlines.fold(f64::INFINITY, f64::min)
        }
        Form::Stadium { x: left, y: top, width, height } => {
            let r = height / 2.0;
            let (near, far) = (left + r, left + width - r);
            let middle = x.clamp(near, far);
            ((x - middle).hypot(y - top - r) - r).abs()
        }
        Form::Box { x: l, y: t, width, height } => {
            let (r, b) = (l + width, t + height);
            around(&[Point(*l, *t), Point(r, *t), Point(r, b), Point(*l, b)])
        }
    }
}

fn curve(start: Point, a: Point, b: Point, end: Point, t: f64) -> Point {
    let s = 1.0 - t;
    let at = |p: f64, q: f64, r: f64, u: f64| {
        s * s * s * p + 3.0 * s * s * t * q + 3.0 * s * t * t * r + t * t * t * u
    };
    Point(at(start.0, a.0, b.0, end.0), at(start.1, a.1, b.1, end.1))
}

/// Asserts what holds of every drawing.
fn sound(source: &str, scene: &Scene) {
    let page = [0.0, 0.0, scene.width, scene.height];
    let inside =
        |[l, t, r, b]: Area| l >= -0.05 && t >= -0.05 && r <= page[2] + 0.05 && b <= page[3] + 0.05;
    for shape in &scene.shapes {
        assert!(inside(area(&shape.form)), "{shape:?} leaves {page:?}\n{source}");
    }
    for (at, text) in scene.texts.iter().enumerate() {
        assert!(inside(text_area(text)), "{text:?} leaves {page:?}\n{source}");
        for other in &scene.texts[..at] {
            assert!(!overlap(text_area(text), text_area(other)), "{text:?} on {other:?}\n{source}");
        }
    }
    let boxes: Vec<&Form> = boxes(scene).collect();
    for (at, form) in boxes.iter().enumerate() {
        for other in &boxes[..at] {
            assert!(!overlap(area(form), area(other)), "{form:?} on {other:?}\n{source}");
        }
        for text in scene.texts.iter().filter(|text| text.style == TextStyle::Edge) {
            assert!(!overlap(area(form), text_area(text)), "{text:?} on {form:?}\n{source}");
        }
    }
}

/// Asserts that every arrow of a flowchart ends at the outline of a node or a frame.
fn arrows_end_at_boxes(source: &str, scene: &Scene) {
    let of = [Style::Node, Style::RoundNode, Style::Group, Style::InnerGroup];
    for tip in tips(scene) {
        let ends = scene.shapes.iter().filter(|shape| of.contains(&shape.style));
        let near = ends.map(|shape| distance(&shape.form, tip)).fold(f64::INFINITY, f64::min);
        assert!(near < 0.3, "an arrow ends {near} pt from a box at {tip:?}\n{source}");
    }
}

/// Asserts that every arrow of a sequence diagram ends at a lifeline or at the edge of a bar on it.
fn arrows_end_at_lifelines(source: &str, scene: &Scene) {
    let lifelines = scene.shapes.iter().filter(|shape| shape.style == Style::LifelineEnd);
    let lifelines: Vec<f64> = lifelines
        .flat_map(|shape| match &shape.form {
            Form::Path { strokes, .. } => strokes.as_slice(),
            _ => &[],
        })
        .map(|stroke| stroke.start.0 + 5.0)
        .collect();
    for tip in tips(scene) {
        // Each bar stands half of its width further right than the one below.
        let ends = lifelines.iter().map(|x| (tip.0 - x) / 3.0);
        let near =
            ends.map(|steps| (steps - steps.round()).abs() + 9.0 * f64::from(steps.abs() > 9.5));
        assert!(near.fold(f64::INFINITY, f64::min) < 0.01, "{tip:?} ends nowhere\n{source}");
    }
}

/// The words of a drawing, in reading order.
fn words(scene: &Scene) -> Vec<String> {
    scene.texts.iter().map(|text| text.lines.join(" ")).collect()
}

#[test]
fn a_flowchart_keeps_its_reading_order() {
    let source =
        "flowchart TB\nA[첫째] -->|yes, it is| B{둘째?}\nB --> C[(third)]\nA --> C\nC --> C";
    let scene = laid_out(source, ROOM);
    assert_eq!(words(&scene), ["첫째", "yes, it is", "둘째?", "third"]);
    sound(source, &scene);
    arrows_end_at_boxes(source, &scene);
    assert_eq!(tips(&scene).len(), 4);
}

#[test]
fn a_chain_is_straight() {
    let scene = laid_out("flowchart TB\nA[a] --> B[a longer label] --> C[c]", ROOM);
    let middle = scene.width / 2.0;
    let tips = tips(&scene);
    assert_eq!(tips.len(), 2);
    assert!(tips.iter().all(|tip| (tip.0 - middle).abs() < 0.01), "{tips:?} beside {middle}");
}

#[test]
fn directions_turn_the_chart() {
    for (direction, along) in [("TB", 1.0), ("BT", -1.0), ("LR", 1.0), ("RL", -1.0)] {
        let source = format!("flowchart {direction}\nA[A] --> B[B]");
        let scene = laid_out(&source, ROOM);
        let [a, b] = scene.texts.as_slice() else { panic!("{scene:?}") };
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let (long, across) = if matches!(direction, "TB" | "BT") { (dy, dx) } else { (dx, dy) };
        assert!(long * along > 20.0 && across.abs() < 0.01, "{direction}: {dx} {dy}");
    }
}

#[test]
fn every_shape_is_met_by_its_arrows() {
    let shapes = [
        "[w]", "(w)", "([w])", "[(w)]", "((w))", "(((w)))", "{w}", "{{w}}", "[/w/]", "[\\w\\]",
        "[[w]]", ">w]",
    ];
    for direction in ["TB", "BT", "LR", "RL"] {
        for shape in shapes {
            let shape = shape.replace('w', "낱말 of a node");
            let source =
                format!("flowchart {direction}\nA --> N{shape}\nB --> N\nC --> N\nN --> D & E");
            let scene = laid_out(&source, ROOM);
            sound(&source, &scene);
            arrows_end_at_boxes(&source, &scene);
            assert_eq!(tips(&scene).len(), 5, "{source}");
        }
    }
}

#[test]
fn long_labels_wrap_and_keep_their_words() {
    let long =
        "이 이름은 한 줄에 들어가기에는 너무 길어서 여러 줄로 나뉘어야 합니다 and so does this";
    for source in [
        format!("flowchart TB\nA[{long}] -->|{long}| B[b]"),
        format!("sequenceDiagram\nparticipant A as {long}\nA->>B: {long}\nNote over A,B: {long}"),
    ] {
        let scene = laid_out(&source, ROOM);
        sound(&source, &scene);
        assert!(scene.width <= ROOM.0, "{} is too wide", scene.width);
        let texts: Vec<_> = scene.texts.iter().filter(|text| text.lines.len() > 1).collect();
        assert!(texts.len() >= 2 && texts.iter().all(|text| text.lines.join(" ") == long));
    }
}

#[test]
fn a_word_longer_than_a_line_is_cut() {
    let long = "https://example.org/".to_owned() + &"path/".repeat(30);
    let scene = laid_out(&format!("flowchart TB\nA[\"{long}\"] --> B"), ROOM);
    let lines = &scene.texts[0].lines;
    assert!(scene.width <= ROOM.0 && lines.len() > 3);
    assert_eq!(lines.concat(), long);
    assert!(lines[..lines.len() - 1].iter().all(|line| line.ends_with('/')), "{lines:?}");
}

#[test]
fn wide_charts_wrap_shrink_and_turn() {
    let names = |count: usize| {
        (0..count).map(|at| format!("N{at}[이름이 {at}인 상자]")).collect::<Vec<_>>()
    };
    let source = format!("flowchart LR\n{}", names(9).join(" --> "));
    let scene = laid_out(&source, ROOM);
    sound(&source, &scene);
    assert!(scene.width <= ROOM.0 && scene.height > scene.width, "it is not turned");
    let source = format!("flowchart LR\nA --> {}", names(4).join(" & "));
    let wide = laid_out(&source, (1000.0, 640.0));
    let narrow = laid_out(&source, (130.0, 640.0));
    assert!(narrow.width < wide.width);
    assert!(narrow.texts.iter().all(|text| text.size >= METRICS.min_size));
}

#[test]
fn a_sequence_keeps_its_reading_order() {
    let source = "sequenceDiagram\nautonumber\ntitle 흐름\nbox 서버\nparticipant A as 가\nparticipant B\nend\n\
                  actor C\nA->>+B: 묻다\nalt 있음\nB-->>-A: 답하다\nelse 없음\nB-)C: to\nend\nNote over A,C: 메모\n\
                  C-xC: 혼자\nA<<->>B: both";
    let scene = laid_out(source, ROOM);
    sound(source, &scene);
    arrows_end_at_lifelines(source, &scene);
    let expected = [
        "흐름",
        "서버",
        "가",
        "B",
        "C",
        "1",
        "묻다",
        "alt",
        "있음",
        "2",
        "답하다",
        "없음",
        "3",
        "to",
        "메모",
        "4",
        "혼자",
        "5",
        "both",
    ];
    assert_eq!(words(&scene), expected);
    let has = |style| scene.shapes.iter().filter(|shape| shape.style == style).count();
    assert_eq!((has(Style::Block), has(Style::Tab), has(Style::Band)), (1, 1, 1));
    assert_eq!((has(Style::Number), has(Style::Participant), has(Style::Person)), (5, 2, 2));
}

#[test]
fn keywords_are_those_of_the_language() {
    let diagram = parse("sequenceDiagram\nloop 매일\nA->>B: x\nend").expect("a diagram");
    let keywords = BTreeMap::from([("loop".to_owned(), "반복".to_owned())]);
    let scene = layout(&diagram, &METRICS, ROOM, &keywords, &mut measure);
    assert!(words(&scene).contains(&"반복".to_owned()));
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }

    fn label(&mut self) -> String {
        const WORDS: [&str; 8] = [
            "결제",
            "승인을 기다림",
            "API",
            "load balancer",
            "번호판 인식 서버",
            "a",
            "PostgreSQL 15",
            "다시",
        ];
        let count = 1 + self.below(4);
        (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}

fn random_flowchart(random: &mut Random) -> String {
    const SHAPES: [(&str, &str); 6] =
        [("[", "]"), ("(", ")"), ("{", "}"), ("[(", ")]"), ("((", "))"), ("([", "])")];
    let mut lines = vec![format!("flowchart {}", ["TB", "LR", "BT", "RL"][random.below(4)])];
    let nodes = 2 + random.below(10);
    let mut open = 0;
    for node in 0..nodes {
        if random.below(5) == 0 {
            lines.push(format!("subgraph g{node} [{}]", random.label()));
            open += 1;
        }
        let (before, after) = SHAPES[random.below(SHAPES.len())];
        lines.push(format!("N{node}{before}\"{}\"{after}", random.label()));
        if open > 0 && random.below(2) == 0 {
            lines.push("end".into());
            open -= 1;
        }
    }
    lines.extend((0..open).map(|_| "end".to_owned()));
    for _ in 0..random.below(14) {
        let (from, to) = (random.below(nodes), random.below(nodes));
        let label =
            if random.below(3) == 0 { format!("|{}|", random.label()) } else { String::new() };
        let arrow = ["-->", "---", "-.->", "==>"][random.below(4)];
        lines.push(format!("N{from} {arrow}{label} N{to}"));
    }
    lines.join("\n")
}

fn random_sequence(random: &mut Random) -> String {
    let mut lines = vec!["sequenceDiagram".to_owned()];
    if random.below(2) == 0 {
        lines.push("autonumber".into());
    }
    let columns = 2 + random.below(5);
    lines.extend((0..columns).map(|at| format!("participant P{at} as {}", random.label())));
    let mut open: Vec<&str> = Vec::new();
    let mut active = Vec::new();
    for _ in 0..random.below(16) {
        let (from, to) = (random.below(columns), random.below(columns));
        let label = random.label();
        match random.below(9) {
            0 => {
                open.push(["loop", "alt", "par", "rect"][random.below(4)]);
                lines.push(format!("{} {label}", open[open.len() - 1]));
            }
            1 => lines.extend(open.pop().map(|_| "end".to_owned())),
            2 if open.last() == Some(&"alt") => lines.push(format!("else {label}")),
            3 => lines.push(format!("Note over P{},P{}: {label}", from.min(to), from.max(to))),
            4 => lines.push(format!("Note right of P{from}: {label}")),
            5 => {
                lines.push(format!("P{from}->>+P{to}: {label}"));
                active.push(to);
            }
            6 => {
                if let Some(from) = active.pop() {
                    lines.push(format!("P{from}-->>-P{to}: {label}"));
                }
            }
            _ => lines.push(format!("P{from}->>P{to}: {label}")),
        }
    }
    lines.extend(open.iter().map(|_| "end".to_owned()));
    lines.join("\n")
}

#[test]
fn any_flowchart_is_sound() {
    let mut random = Random(7);
    for _ in 0..400 {
        let source = random_flowchart(&mut random);
        for room in [ROOM, NARROW] {
            let scene = laid_out(&source, room);
            sound(&source, &scene);
            arrows_end_at_boxes(&source, &scene);
            assert_eq!(scene, laid_out(&source, room), "{source}");
        }
    }
}

#[test]
fn any_sequence_is_sound() {
    let mut random = Random(11);
    for _ in 0..400 {
        let source = random_sequence(&mut random);
        for room in [ROOM, NARROW] {
            let scene = laid_out(&source, room);
            sound(&source, &scene);
            arrows_end_at_lifelines(&source, &scene);
            assert_eq!(scene, laid_out(&source, room), "{source}");
        }
    }
}
