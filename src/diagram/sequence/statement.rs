//! One line of a `sequenceDiagram` → one statement.
//!
//! Each line is read alone: names are not yet columns, blocks are not yet paired.

use crate::diagnostics::nearest;
use crate::diagram::sequence::model::{FrameKind, Head, Side};
use crate::diagram::source::label;

/// An arrow token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) dashed: bool,
    pub(super) head: Head,
    pub(super) both: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Statement {
    Title(String),
    Number(u32, u32),
    NumberOff,
    Participant { id: String, label: Vec<String>, actor: bool },
    Message { from: String, to: String, arrow: Arrow, label: Vec<String>, starts: bool, ends: bool },
    Note { side: Side, names: Vec<String>, label: Vec<String> },
    Activate(String),
    Deactivate(String),
    Open(FrameKind, Vec<String>),
    Branch(&'static str, Vec<String>),
    Box(Vec<String>),
    End,
    Ignored,
}

/// Message and hint for a line that cannot be read.
type Refusal = (String, Option<String>);

/// Longest first at equal places, so that `-->>` is never read as `-->`.
const ARROWS: [(&str, Arrow); 10] = [
    ("<<-->>", Arrow { dashed: true, head: Head::Arrow, both: true }),
    ("<<->>", Arrow { dashed: false, head: Head::Arrow, both: true }),
    ("-->>", Arrow { dashed: true, head: Head::Arrow, both: false }),
    ("->>", Arrow { dashed: false, head: Head::Arrow, both: false }),
    ("-->", Arrow { dashed: true, head: Head::None, both: false }),
    ("->", Arrow { dashed: false, head: Head::None, both: false }),
    ("--x", Arrow { dashed: true, head: Head::Cross, both: false }),
    ("-x", Arrow { dashed: false, head: Head::Cross, both: false }),
    ("--)", Arrow { dashed: true, head: Head::Open, both: false }),
    ("-)", Arrow { dashed: false, head: Head::Open, both: false }),
];

const WORDS: [&str; 20] = [
    "participant",
    "actor",
    "note",
    "activate",
    "deactivate",
    "autonumber",
    "title",
    "par",
    "and",
    "alt",
    "else",
    "opt",
    "loop",
    "break",
    "critical",
    "option",
    "rect",
    "box",
    "end",
    "create",
];

/// CSS colour words that may stand before a box's title; the template's tint is drawn instead.
const COLOURS: &str = " transparent aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond \
 blue blueviolet brown cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan \
 darkgray darkgreen darkgrey darkorange darkred deepskyblue dimgray dodgerblue firebrick floralwhite forestgreen \
 fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory \
 khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgray lightgreen lightgrey \
 lightpink lightsalmon lightseagreen lightskyblue lightslategray lightsteelblue lightyellow lime limegreen linen \
 magenta maroon mediumblue midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive orange orchid \
 palegreen paleturquoise papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue \
 salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray snow springgreen steelblue tan teal \
 thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen ";

/// Reads one line; `known` are the declared names, which settle ambiguous arrows.
pub(super) fn statement(line: &str, known: &[String]) -> Result<Statement, Refusal> {
    let line = line.trim_end_matches(';').trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    // `end->>A: x` is a message of a participant called `end`; a keyword stands alone.
    let keyword = word.to_ascii_lowercase();
    if let Some(found) = keyed(&keyword, word, rest) {
        return found;
    }
    if let Some(found) = message(line, known) {
        return found;
    }
    let near = nearest(word, WORDS).map(|near| format!("did you mean `{near}`?"));
    let hint = near.unwrap_or_else(|| "a message is written `A->>B: text`".to_owned());
    Err((format!("cannot read `{line}`"), Some(hint)))
}

fn keyed(keyword: &str, word: &str, rest: &str) -> Option<Result<Statement, Refusal>> {
    let frame = |kind| Ok(Statement::Open(kind, label(rest)));
    Some(match keyword {
        "participant" | "actor" if !rest.is_empty() => participant(keyword == "actor", rest),
        "participant" | "actor" => {
            let hint = format!("write `{word} A`, or `{word} A as Words`");
            Err((format!("`{word}` without a name"), Some(hint)))
        }
        "autonumber" => number(rest),
        "title" => Ok(Statement::Title(rest.trim_start_matches(':').trim().to_owned())),
        "title:" => Ok(Statement::Title(rest.to_owned())),
        "note" => note(rest),
        "activate" if !rest.is_empty() => Ok(Statement::Activate(rest.to_owned())),
        "deactivate" if !rest.is_empty() => Ok(Statement::Deactivate(rest.to_owned())),
        "par" => frame(FrameKind::Par),
        "alt" => frame(FrameKind::Alt),
        "opt" => frame(FrameKind::Opt),
        "loop" => frame(FrameKind::Loop),
        "break" => frame(FrameKind::Break),
        "critical" => frame(FrameKind::Critical),
        "rect" => Ok(Statement::Open(FrameKind::Rect, Vec::new())),
        "and" => Ok(Statement::Branch("and", label(rest))),
        "else" => Ok(Statement::Branch("else", label(rest))),
        "option" => Ok(Statement::Branch("option", label(rest))),
        "box" => Ok(Statement::Box(label(uncoloured(rest)))),
        "end" if rest.is_empty() => Ok(Statement::End),
        "link" | "links" | "properties" | "details" => Ok(Statement::Ignored),
        "create" | "destroy" => Err((
            format!("unsupported statement `{word}`"),
            Some("every participant is in the top row: `participant Name`".to_owned()),
        )),
        _ => return None,
    })
}

fn participant(actor: bool, rest: &str) -> Result<Statement, Refusal> {
    if rest.contains("@{") {
        let hint = "write `actor Name` or `participant Name as Label`".to_owned();
        return Err((format!("unsupported participant shape `{rest}`"), Some(hint)));
    }
    let (id, shown) = rest.split_once(" as ").unwrap_or((rest, ""));
    Ok(Statement::Participant { id: id.trim().to_owned(), label: label(shown), actor })
}

fn number(rest: &str) -> Result<Statement, Refusal> {
    if rest == "off" {
        return Ok(Statement::NumberOff);
    }
    let numbers: Result<Vec<u32>, _> = rest.split_whitespace().map(str::parse).collect();
    match numbers.as_deref() {
        Ok([]) => Ok(Statement::Number(1, 1)),
        Ok([start]) => Ok(Statement::Number(*start, 1)),
        Ok([start, step]) => Ok(Statement::Number(*start, *step)),
        _ => Err((
            format!("cannot number by `{rest}`"),
            Some("write `autonumber`, `autonumber 10 5` or `autonumber off`".to_owned()),
        )),
    }
}

fn note(rest: &str) -> Result<Statement, Refusal> {
    let hint = || {
        Some(
            "write `Note over A,B: text`, `Note left of A: text` or `Note right of A: text`"
                .to_owned(),
        )
    };
    let Some((place, text)) = rest.split_once(':') else {
        return Err((format!("note without text: `{rest}`"), hint()));
    };
    let place = place.trim();
    let lower = place.to_ascii_lowercase();
    let sides = [("over ", Side::Over), ("left of ", Side::Left), ("right of ", Side::Right)];
    let Some((prefix, side)) = sides.into_iter().find(|(prefix, _)| lower.starts_with(prefix))
    else {
        return Err((format!("unknown note position `{place}`"), hint()));
    };
    let names: Vec<String> = place[prefix.len()..]
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    if side != Side::Over && names.len() > 1 {
        return Err((format!("a note {prefix}takes one participant"), hint()));
    }
    Ok(Statement::Note { side, names, label: label(text) })
}

fn uncoloured(rest: &str) -> &str {
    if rest.starts_with("rgb") || rest.starts_with("hsl") {
        return rest.find(')').map_or(rest, |end| rest[end + 1..].trim());
    }
    let (word, title) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let spaced = format!(" {} ", word.to_ascii_lowercase());
    if word.starts_with('#') || (!word.is_empty() && COLOURS.contains(&spaced)) {
        title.trim()
    } else {
        rest
    }
}

/// Splits at the arrow; among several readings the one that names known participants wins,
/// then a pointed arrow, then the earliest.
fn message(line: &str, known: &[String]) -> Option<Result<Statement, Refusal>> {
    let (head, text) = line.split_once(':').unwrap_or((line, ""));
    let mut best: Option<(u8, Statement)> = None;
    let mut skip = 0;
    for (at, _) in head.char_indices() {
        if at < skip {
            continue;
        }
        let Some((token, arrow)) = ARROWS.iter().find(|(token, _)| head[at..].starts_with(token))
        else {
            continue;
        };
        skip = at + token.len();
        let from = head[..at].trim();
        let after = head[at + token.len()..].trim();
        let (to, starts, ends) = match after.as_bytes().first() {
            Some(b'+') => (after[1..].trim(), true, false),
            Some(b'-') => (after[1..].trim(), false, true),
            _ => (after, false, false),
        };
        let known_ends =
            [from, to].into_iter().filter(|name| known.iter().any(|other| other == name)).count();
        let certainty = match (known_ends, arrow.head) {
            (2, _) => 0,
            (_, Head::Cross) => 2,
            _ => 1,
        };
        if best.as_ref().is_some_and(|(found, _)| *found <= certainty) {
            continue;
        }
        let (from, to) = (from.to_owned(), to.to_owned());
        best = Some((
            certainty,
            Statement::Message { from, to, arrow: *arrow, label: label(text), starts, ends },
        ));
    }
    let (_, found) = best?;
    if let Statement::Message { from, to, .. } = &found
        && (from.is_empty() || to.is_empty())
    {
        let missing = if from.is_empty() { "sender" } else { "receiver" };
        return Some(Err((
            format!("message without a {missing}: `{line}`"),
            Some("write `A->>B: text`".to_owned()),
        )));
    }
    Some(Ok(found))
}
