//! A sequence diagram as shapes: heads, then one event after the other from top to bottom.

use std::collections::BTreeMap;

use crate::diagram::arrows::End;
use crate::diagram::label::{Label, Ruler, Text, count, highest};
use crate::diagram::metrics::{Measure, Metrics, Weight};
use crate::diagram::scene::{
    Point, Scene, SceneText, Shape, Step, Stroke, Style, TextStyle, joined,
};
use crate::diagram::sequence::columns::{
    Attempt, Columns, Span, Texts, columns, head_cap, number_radius,
};
use crate::diagram::sequence::lifelines::Lifelines;
use crate::diagram::sequence::model::{Event, FrameKind, Head, Sequence};

/// Lays a sequence diagram out in `room` points of width and, where its rows can stand closely
/// enough, `height` points of height. `keywords` are the words on the tabs of blocks.
pub(crate) fn layout(
    data: &Sequence,
    metrics: &Metrics,
    (room, height): (f64, f64),
    keywords: &BTreeMap<String, String>,
    measure: &mut Measure<'_>,
) -> Scene {
    let mut ruler = Ruler::new(measure, *metrics);
    let texts = Texts {
        participants: data
            .participants
            .iter()
            .map(|it| ruler.text(&it.label, Weight::Strong))
            .collect(),
        events: data.events.iter().map(|event| ruler.text(words(event), Weight::Normal)).collect(),
    };
    let small = Metrics { size: metrics.min_size, ..*metrics };
    let mut scene = Scene::default();
    for (metrics, air) in [(metrics, 1.0), (metrics, 0.6), (&small, 0.4)] {
        let columns = columns(data, &texts, metrics, room);
        let rows = Rows {
            data,
            texts: &texts,
            columns: &columns,
            metrics,
            ruler: &mut ruler,
            keywords,
            air,
            y: 0.0,
            last_y: 0.0,
            lifelines: Lifelines::new(&columns.lifelines, metrics.bar_width),
            open: Vec::new(),
            drawn: Drawn::default(),
        };
        scene = rows.scene();
        if scene.height <= height {
            break;
        }
    }
    scene
}

/// The words of an event, line by line.
fn words(event: &Event) -> &[String] {
    match event {
        Event::Message { label, .. }
        | Event::Note { label, .. }
        | Event::Open { label, .. }
        | Event::Branch { label } => label,
        Event::Close | Event::Activate { .. } | Event::Deactivate { .. } => &[],
    }
}

/// A block that has begun.
struct OpenBlock {
    x: Span,
    top: f64,
    /// Size of the tab; `None` for a plain background.
    tab: Option<(f64, f64)>,
    dividers: Vec<f64>,
}

/// The drawing while rows are added to it.
struct Rows<'a, 'm> {
    data: &'a Sequence,
    texts: &'a Texts,
    columns: &'a Columns,
    metrics: &'a Metrics,
    ruler: &'a mut Ruler<'m>,
    keywords: &'a BTreeMap<String, String>,
    /// Factor of the space between rows.
    air: f64,
    /// Where the next row begins.
    y: f64,
    /// Where the last arrow or note ends.
    last_y: f64,
    lifelines: Lifelines,
    open: Vec<OpenBlock>,
    drawn: Drawn,
}

/// What is drawn, by the layer that it is in.
#[derive(Default)]
struct Drawn {
    areas: Vec<Shape>,
    blocks: Vec<Shape>,
    dividers: Vec<(Style, Stroke)>,
    notes: Vec<Shape>,
    lines: Vec<(Style, Stroke)>,
    marks: Vec<Shape>,
    texts: Vec<SceneText>,
}

impl Rows<'_, '_> {
    /// Draws everything.
    fn scene(mut self) -> Scene {
        let width = self.columns.width;
        let size = self.columns.attempt.size;
        if let Some(title) = &self.data.titles.title {
            let label = self.ruler.label(title, Weight::Strong, width, size + 0.5);
            self.y = label.height + 10.0;
            self.write((width - label.width) / 2.0, 0.0, label, TextStyle::Label);
        }
        let top = self.y;
        let tops = self.heads();
        for (index, event) in self.data.events.iter().enumerate() {
            self.event(index, event);
        }
        self.y += 2.0;
        let end = self.y;
        self.lifelines.end(end - 4.0);
        let bottom = end + if self.columns.bands.is_empty() { 1.0 } else { 9.0 };
        let bands = self.columns.bands.iter();
        let mut shapes: Vec<Shape> =
            bands.map(|band| Shape::rect(Style::Band, (band.0, top), (band.1, bottom))).collect();
        let lifelines = joined(self.lifelines.strokes(&tops, end));
        let bars = self.lifelines.bars();
        let Drawn { mut areas, blocks, dividers, notes, lines, marks, texts } = self.drawn;
        // The outer block is the last of the areas, and the lowest.
        areas.reverse();
        let upper = [joined(dividers), notes, joined(lines), marks];
        shapes.extend([areas, lifelines, bars, blocks].into_iter().chain(upper).flatten());
        Scene { width, height: bottom, shapes, texts }
    }

    /// Draws the heads of the participants and the titles of the backgrounds behind them. Returns
    /// where each lifeline begins.
    fn heads(&mut self) -> Vec<f64> {
        let columns = self.columns;
        let Attempt { size, cap, rows, .. } = columns.attempt;
        let top = self.y;
        let mut titles = Vec::new();
        for (it, band) in self.data.boxes.iter().zip(&columns.bands) {
            let text = self.ruler.text(&it.title, Weight::Strong);
            titles.push((it.first, *band, text.wrap(band.1 - band.0 - 12.0, size)));
        }
        if !titles.is_empty() {
            self.y += highest(titles.iter().map(|(_, _, label)| label.height)) + 13.0;
        }
        let labels: Vec<Label> =
            self.texts.participants.iter().map(|text| text.wrap(head_cap(cap), size)).collect();
        let person = if self.data.participants.iter().any(|it| it.actor) { 6.0 } else { 0.0 };
        let inset = self.metrics.head_inset.1;
        let height = highest(labels.iter().map(|label| label.height)) + 2.0 * inset + person;
        let mut bottoms = Vec::new();
        for (at, label) in labels.into_iter().enumerate() {
            for (_, band, title) in titles.iter().filter(|(first, ..)| *first == at) {
                let x = (band.0 + band.1 - title.width) / 2.0;
                self.write(x, top + 6.0, title.clone(), TextStyle::Title);
            }
            let (x, half) = (columns.lifelines[at], columns.heads[at] / 2.0);
            let upper = self.y + count(at % rows) * (height + 5.0);
            let lower = upper + height;
            let mut words = upper + (height - label.height) / 2.0;
            if self.data.participants[at].actor {
                words = lower - label.height - 3.0;
                self.drawn.marks.extend(person_shapes(x, words - 3.5));
            } else {
                let head = Shape::rect(Style::Participant, (x - half, upper), (x + half, lower));
                self.drawn.marks.push(head);
            }
            self.write(x - label.width / 2.0, words, label, TextStyle::Label);
            bottoms.push(lower);
        }
        self.y = highest(bottoms.iter().copied()) + 13.0;
        self.last_y = self.y;
        bottoms
    }

    fn event(&mut self, index: usize, event: &Event) {
        let text = &self.texts.events[index];
        let span = self.columns.covers[index].unwrap_or_default();
        match event {
            Event::Message { from, to, .. } if from == to => self.loop_message(index, event, text),
            Event::Message { .. } => self.message(index, event, text),
            Event::Note { .. } => self.note(span, text),
            Event::Open { frame: FrameKind::Rect, .. } => {
                let top = self.y - 3.0;
                self.open.push(OpenBlock { x: span, top, tab: None, dividers: Vec::new() });
                self.y += 5.0;
            }
            Event::Open { frame, .. } => self.open_block(*frame, span, text),
            Event::Branch { .. } => self.branch(text),
            Event::Close => self.close_block(),
            Event::Activate { at } => self.lifelines.activate(*at, self.last_y),
            Event::Deactivate { at } => self.lifelines.deactivate(*at, self.last_y),
        }
    }

    /// A message to another participant.
    fn message(&mut self, index: usize, event: &Event, text: &Text) {
        let Event::Message { from, to, dashed, head, both, number, .. } = *event else { return };
        let Columns { attempt: Attempt { size, cap, loose, .. }, ref lifelines, width, .. } =
            *self.columns;
        let way = if to > from { 1.0 } else { -1.0 };
        let start = lifelines[from] + self.lifelines.edge(way, self.lifelines.active(from));
        let end = lifelines[to] + self.lifelines.edge(-way, self.bars_after(index, to));
        let r = number.map_or(0.0, number_radius);
        let before = if r > 0.0 {
            r + 3.0
        } else if both {
            8.0
        } else {
            5.0
        };
        let inner = (start + way * before, end - way * 8.0);
        let reach = (inner.1 - inner.0).abs();
        let label = text.wrap(if loose { cap.max(reach) } else { reach.max(12.0) }, size);
        // A label longer than its arrow stands above the number too.
        let lift = 3.2 + if label.width > reach && r > 0.0 { r - 2.0 } else { 0.0 };
        let y = self.y + r.max(label.height + lift);
        let x = (inner.0 + inner.1 - label.width) / 2.0;
        let x = x.clamp(0.0, (width - label.width).max(0.0));
        let tip = end_of(head);
        let short = tip.length();
        let begin = if both { start + way * short } else { start };
        let stroke = Stroke::lines(Point(begin, y), &[Point(end - way * short, y)]);
        self.drawn.lines.push((line_style(dashed), stroke));
        self.drawn.lines.extend(tip.strokes(Point(end, y), (way, 0.0)));
        if both {
            self.drawn.lines.extend(tip.strokes(Point(start, y), (-way, 0.0)));
        }
        self.number(number, start, y);
        let top = y - lift - label.height;
        if !label.is_empty() {
            let x = (x - 2.0, x + label.width + 2.0);
            self.lifelines.leave_free(x, (top - 0.6, y - lift + 0.6));
        }
        self.write(x, top, label, TextStyle::Label);
        self.last_y = y;
        self.y = y + (self.metrics.row_gap * self.air).max(r + 5.0 * self.air);
    }

    /// A message of a participant to itself.
    fn loop_message(&mut self, index: usize, event: &Event, text: &Text) {
        let Event::Message { from, dashed, head, number, .. } = *event else { return };
        let Columns { attempt: Attempt { size, cap, .. }, ref lifelines, width, .. } =
            *self.columns;
        let x = lifelines[from] + self.lifelines.edge(1.0, self.lifelines.active(from));
        let end = lifelines[from] + self.lifelines.edge(1.0, self.bars_after(index, from));
        let room = lifelines.get(from + 1).map_or(width - x - 22.0, |next| next - x - 32.0);
        let label = text.wrap(cap.max(room), size);
        let r = number.map_or(0.0, number_radius);
        let tall = (r * 2.0 + 3.0).max(13.0);
        let top = self.y + r / 2.0 + (label.height.max(tall) - tall) / 2.0;
        let (far, bottom) = (x + 19.0, top + tall);
        let tip = end_of(head);
        let (upper, lower) = (Point(far, top), Point(far, bottom));
        let steps = vec![
            Step::Line(Point(far - 3.0, top)),
            Step::Curve(upper, upper, Point(far, top + 3.0)),
            Step::Line(Point(far, bottom - 3.0)),
            Step::Curve(lower, lower, Point(far - 3.0, bottom)),
            Step::Line(Point(end + tip.length(), bottom)),
        ];
        self.drawn.lines.push((line_style(dashed), Stroke::new(Point(x, top), steps)));
        self.drawn.lines.extend(tip.strokes(Point(end, bottom), (-1.0, 0.0)));
        self.number(number, x, top);
        let words = top + (tall - label.height) / 2.0;
        let below = words + label.height;
        let x = (far + 4.0, far + 6.0 + label.width);
        self.lifelines.leave_free(x, (words - 1.0, below + 1.0));
        self.write_left(far + 5.0, words, label, TextStyle::Label);
        self.last_y = bottom;
        self.y = bottom.max(below) + self.metrics.row_gap * self.air;
    }

    fn note(&mut self, x: Span, text: &Text) {
        let inset = self.metrics.note_inset;
        // A point of slack, so that the words are not wrapped anew.
        let label = text.wrap(x.1 - x.0 - 2.0 * inset.0 + 1.0, self.columns.attempt.size);
        let (top, bottom) = (self.y, self.y + label.height + 2.0 * inset.1);
        self.drawn.notes.push(Shape::rect(Style::Note, (x.0, top), (x.1, bottom)));
        let left = (x.0 + x.1 - label.width) / 2.0;
        self.write(left, top + inset.1, label, TextStyle::Label);
        self.lifelines.leave_free(x, (top, bottom));
        self.last_y = bottom;
        self.y = bottom + self.metrics.row_gap * self.air;
    }

    /// Begins a block: its keyword in a tab, its condition beside it.
    fn open_block(&mut self, kind: FrameKind, x: Span, text: &Text) {
        let size = self.columns.attempt.size;
        let keyword = self.keywords.get(kind.word()).map_or(kind.word(), String::as_str);
        let word = self.ruler.label(keyword, Weight::Strong, 100.0, size - 0.5);
        let tab = (word.width + 16.0, word.height + 5.0);
        let left = x.0 + tab.0 + 4.0;
        let label = text.wrap(self.room(left, x.1 - 8.0, text.longest * size), size);
        let title = if label.is_empty() { 0.0 } else { label.width + 7.0 };
        let bottom = self.y + tab.1.max(label.height + 5.0);
        self.lifelines.leave_free((x.0, x.0 + tab.0 + title), (self.y, bottom));
        let top = self.y;
        self.y += tab.1.max(label.height + 4.0) + 9.0 * self.air;
        let words = top + 2.5 + (word.height - size * self.metrics.line_height) / 2.0;
        self.write_left(x.0 + 5.0, top + 2.5, word, TextStyle::Label);
        self.write_left(left, words, label, TextStyle::Title);
        self.open.push(OpenBlock { x, top, tab: Some(tab), dividers: Vec::new() });
    }

    /// Begins the next branch of a block.
    fn branch(&mut self, text: &Text) {
        let y = self.y;
        let Some(block) = self.open.last_mut() else { return };
        block.dividers.push(y);
        let (left, right) = block.x;
        let lifelines = &self.columns.lifelines;
        // Beside the first lifeline of the block, if that stands near its edge.
        let near = lifelines.iter().position(|x| *x > left);
        let near = near.filter(|at| lifelines[*at] < left + 40.0 && lifelines[*at] + 40.0 < right);
        let x = near.map_or(left + 7.0, |at| {
            lifelines[at] + 7.0 + self.metrics.bar_width / 2.0 * count(self.lifelines.active(at))
        });
        let size = self.columns.attempt.size;
        let label = text.wrap(self.room(x, right - 7.0, text.longest * size), size);
        self.y += label.height + if label.is_empty() { 9.0 } else { 14.0 };
        if !label.is_empty() {
            let x = (x - 2.0, x + label.width + 2.0);
            self.lifelines.leave_free(x, (y + 4.0, y + label.height + 6.0));
        }
        self.write_left(x, y + 5.0, label, TextStyle::Title);
    }

    /// Draws the innermost block.
    fn close_block(&mut self) {
        let Some(OpenBlock { x: (left, right), top, tab, dividers }) = self.open.pop() else {
            return;
        };
        let corner = (right, self.y - 2.0);
        match tab {
            None => self.drawn.areas.push(Shape::rect(Style::Area, (left, top), corner)),
            Some((width, height)) => {
                self.drawn.blocks.push(Shape::rect(Style::Block, (left, top), corner));
                let (end, bottom) = (left + width, top + height);
                let points = [
                    Point(end, top),
                    Point(end, bottom - 4.0),
                    Point(end - 4.0, bottom),
                    Point(left, bottom),
                ];
                let tab = Stroke::lines(Point(left, top), &points);
                self.drawn.blocks.push(Shape::closed(Style::Tab, tab));
                self.drawn.dividers.extend(
                    dividers.into_iter().map(|y| {
                        (Style::Divider, Stroke::lines(Point(left, y), &[Point(right, y)]))
                    }),
                );
            }
        }
        self.y += 8.0;
    }

    /// Room for words from `x` to `end`, or to the next bar if that leaves `least` points.
    fn room(&self, x: f64, end: f64, least: f64) -> f64 {
        let bar = self.lifelines.next_bar(x);
        let room = bar.map_or(end, |bar| end.min(bar - 7.0)) - x;
        if room >= least.max(36.0) { room } else { (end - x).max(20.0) }
    }

    /// The bars on a lifeline after those are begun that an event activates.
    fn bars_after(&self, index: usize, column: usize) -> usize {
        let next = self.data.events.iter().skip(index + 1);
        let begun = next
            .map_while(|event| if let Event::Activate { at } = event { Some(*at) } else { None })
            .filter(|at| *at == column);
        self.lifelines.active(column) + begun.count()
    }

    /// The number of a message in its disc, with the centre at x, y.
    fn number(&mut self, number: Option<u32>, x: f64, y: f64) {
        let Some(number) = number else { return };
        self.drawn.marks.push(Shape::circle(Style::Number, x, y, number_radius(number)));
        let size = self.metrics.min_size;
        let label = self.ruler.label(&number.to_string(), Weight::Strong, 60.0, size);
        // Figures have no descenders: their middle is a little lower than that of the line.
        let above = size * (self.metrics.line_height / 2.0 - 0.02);
        self.write(x - label.width / 2.0, y - above, label, TextStyle::Number);
    }

    fn write(&mut self, x: f64, y: f64, label: Label, style: TextStyle) {
        self.drawn.texts.extend(SceneText::new(label, x, y, style));
    }

    fn write_left(&mut self, x: f64, y: f64, label: Label, style: TextStyle) {
        self.drawn.texts.extend(SceneText::new(label, x, y, style).map(SceneText::flush_left));
    }
}

fn line_style(dashed: bool) -> Style {
    if dashed { Style::Dashed } else { Style::Solid }
}

fn end_of(head: Head) -> End {
    match head {
        Head::None => End::None,
        Head::Arrow => End::Arrow,
        Head::Cross => End::Cross,
        Head::Open => End::OpenArrow,
    }
}

/// A small person who stands on y.
fn person_shapes(x: f64, y: f64) -> [Shape; 2] {
    let at = |dx: f64, dy: f64| Point(x + dx, y - dy);
    let body = vec![
        Step::Curve(at(-6.0, 4.6), at(-3.6, 6.4), at(0.0, 6.4)),
        Step::Curve(at(3.6, 6.4), at(6.0, 4.6), at(6.0, 0.0)),
    ];
    [
        Shape::circle(Style::Person, x, y - 11.6, 3.1),
        Shape::open(Style::Person, vec![Stroke::new(at(-6.0, 0.0), body)]),
    ]
}
