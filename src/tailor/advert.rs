//! The text of an advertisement as lines, each with the part of the advertisement it belongs to.
//!
//! Parts are recognised by their headings and by cues inside a line; both are lists in
//! `lexicon/headings.txt`. Every step takes time in proportion to the text.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::tailor::lexicon::{has_cue, phrases};
use crate::tailor::plain::lines;
use crate::tailor::words::{Word, key, plain_key, words};

/// Words of a heading at most.
const HEADING: usize = 12;
/// Words that a line alone between blank lines has at most to be a heading, and one of unknown words.
const ALONE: (usize, usize) = (6, 3);
/// The part of a heading that its cue makes up at least.
const CUE: f64 = 0.5;
/// Signs before an item of a list; U+119E is the compatible form of `ㆍ`.
const BULLETS: [char; 15] =
    ['-', '–', '—', '•', '·', '\u{119e}', '*', '▪', '▶', '►', '✓', '✔', '‣', '・', '∙'];

/// Signs that begin a heading and stand before no item.
const HEADING_SIGNS: [char; 9] = ['#', '[', '【', '<', '(', '『', '「', '〈', '《'];

/// What a line of an advertisement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The process, benefits, the company, and legal notices.
    Other,
    /// What stands before the first heading, or below one that is not known.
    About,
    /// What the post is about.
    Duties,
    /// What is welcome.
    Preferred,
    /// What is required.
    Required,
}

impl Part {
    /// Its word in a report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Preferred => "preferred",
            Self::Duties => "duty",
            Self::About | Self::Other => "named",
        }
    }

    /// What a term counts that stands in it.
    pub fn weight(self) -> f64 {
        match self {
            Self::Other => 0.0,
            Self::About | Self::Duties => 0.4,
            Self::Preferred => 0.6,
            Self::Required => 1.0,
        }
    }
}

/// A line, or a clause of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The part it belongs to.
    pub part: Part,
    /// Its words.
    pub text: String,
    /// The paragraph it stands in.
    pub paragraph: usize,
}

/// The clauses of an advertisement in their order, headings left out.
pub fn clauses(text: &str) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut part, mut bulleted, mut blank, mut paragraph) = (Part::About, false, true, 0);
    let (mut headed, mut after_item, mut level) = (false, false, 0);
    let lines = lines(text);
    let signs = item_signs(&lines);
    for (at, line) in lines.iter().enumerate() {
        if line.is_empty() {
            (blank, after_item, paragraph) = (true, false, paragraph + 1);
            continue;
        }
        let (mark, words) = unmarked(line, &signs);
        // The first line names the post, whatever signs stand before it.
        let is_title = clauses.is_empty() && part == Part::About && mark != Mark::None;
        let below = lines[at + 1..].iter().find(|line| !line.is_empty());
        // Where the parts have numbers, no other headings stand between them.
        let is_part = blank
            && !headed
            && number(line).is_some()
            && below.is_some_and(|below| number(below).is_none())
            && heading(words, Mark::Heading, Alone::No).is_some_and(|it| it.0 != Part::About);
        let mark = match mark {
            _ if is_title => Mark::None,
            Mark::Item if is_part => Mark::Heading,
            mark => mark,
        };
        let before_items = below.is_some_and(|below| unmarked(below, &signs).0 == Mark::Item);
        let alone = match lines.get(at + 1).is_none_or(String::is_empty) {
            _ if clauses.is_empty() => Alone::No,
            _ if !blank => {
                if after_item && before_items {
                    Alone::BetweenItems
                } else {
                    Alone::No
                }
            }
            true if before_items => Alone::BeforeBlankAndItems,
            true => Alone::BeforeBlank,
            false if before_items => Alone::BeforeItems,
            false => Alone::No,
        };
        if let Some((next, rest)) = heading(words, mark, alone) {
            // `Salary: …` says only what it says in its line.
            let is_line = next == Part::Other && !rest.is_empty() && part != Part::Other;
            // One of other words below another heading parts what that one begins.
            let own = line.chars().take_while(|c| *c == '#').count();
            if next == Part::About && 0 < level && level < own {
                (blank, bulleted, after_item) = (false, false, false);
                continue;
            }
            if !is_line {
                (part, bulleted, level) = (next, false, own);
                // By a heading without a number.
                headed |= next != Part::About && number(line).is_none();
            }
            (blank, after_item) = (false, false);
            clauses.extend(rest.split(';').map(|own| clause_of(next, own, true, paragraph)));
            continue;
        }
        let is_item = mark == Mark::Item;
        (bulleted, after_item) = (bulleted || is_item, is_item);
        // What follows a list and is no item of one is a last word.
        if blank && bulleted && !is_item && part != Part::About {
            part = Part::Other;
        }
        blank = false;
        let of_line = words.split(';').flat_map(|clause| match is_item {
            true => vec![clause],
            false => clause.unicode_sentences().collect(),
        });
        clauses.extend(of_line.map(|own| clause_of(part, own, is_item, paragraph)));
    }
    let parts = [Part::Required, Part::Duties];
    let is_parted = clauses.iter().any(|clause| parts.contains(&clause.part));
    // The first one names the post.
    for clause in clauses.iter_mut().skip(1).filter(|clause| clause.part == Part::About) {
        clause.part = part_of_prose(&clause.text, is_parted);
    }
    clauses.retain(|clause| !clause.text.is_empty());
    clauses
}

/// The part of a sentence that no heading of a part stands before.
fn part_of_prose(text: &str, is_parted: bool) -> Part {
    let small = text.to_lowercase();
    let has = |list| has_cue(&small, list);
    match is_parted {
        false if has("cues of a requirement") => Part::Required,
        _ if has("cues of a duty") => Part::Duties,
        _ => Part::About,
    }
}

/// A clause with the part that its own cues give it.
fn clause_of(part: Part, text: &str, is_item: bool, paragraph: usize) -> Clause {
    let text = text.trim();
    let small = text.to_lowercase();
    let has = |list| has_cue(&small, list);
    let part = match part {
        Part::Other => Part::Other,
        _ if !is_item && has("cues of what is no part of the post") => Part::Other,
        Part::Required | Part::Duties | Part::About if has("cues of a wish") => Part::Preferred,
        Part::Preferred | Part::Duties if has("cues of a must") => Part::Required,
        part => part,
    };
    Clause { part, text: text.to_owned(), paragraph }
}

/// What stands before the words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Nothing.
    None,
    /// The sign of an item of a list, or its number.
    Item,
    /// The sign of a heading.
    Heading,
}

/// Whether a line stands alone after a blank line, and before what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alone {
    /// It does not.
    No,
    /// Directly above a list.
    BeforeItems,
    /// Directly above a list and directly below another.
    BetweenItems,
    /// Above a list, with a blank line between.
    BeforeBlankAndItems,
    /// Before a blank line that no items follow, or at the end.
    BeforeBlank,
}

/// The signs of items: those of [`BULLETS`], and every other that stands before a blank on two lines in turn.
fn item_signs(lines: &[String]) -> Vec<char> {
    let sign = |line: &String| {
        let mut chars = line.chars();
        let sign = chars.next().filter(|c| !c.is_alphanumeric() && !HEADING_SIGNS.contains(c))?;
        (chars.next() == Some(' ')).then_some(sign)
    };
    let pairs = lines
        .windows(2)
        .filter_map(|pair| sign(&pair[0]).filter(|_| sign(&pair[0]) == sign(&pair[1])));
    BULLETS.into_iter().chain(pairs).collect()
}

/// A line without the sign before it; `signs` stand before items.
fn unmarked<'l>(line: &'l str, signs: &[char]) -> (Mark, &'l str) {
    let rest = line.trim_start_matches(signs);
    if rest.len() < line.len() {
        return (Mark::Item, rest.trim_start());
    }
    if let Some(end) = number(line) {
        return (Mark::Item, &line[end..]);
    }
    let letter = |c: char| c.is_alphanumeric() || c == '.' || c == '(';
    let rest = line.trim_start_matches(|c: char| !letter(c));
    if rest.len() < line.len() { (Mark::Heading, rest) } else { (Mark::None, line) }
}

/// The end of the number that a line begins with: `1. `, `2) `, `(3) `, `가. `, `a) `.
fn number(line: &str) -> Option<usize> {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\(?(\d{1,3}[.)]|[가나다라마바사아자차카타파하][.)]|[a-z]\))\s+").ok()
    });
    NUMBER.as_ref()?.find(line).map(|number| number.end())
}

/// The part that a line begins, and what follows the heading in the line.
fn heading(line: &str, mark: Mark, alone: Alone) -> Option<(Part, &str)> {
    let (head, rest) = line.split_once([':', '：']).unwrap_or((line, ""));
    // A word in capitals is taken for an acronym.
    let small = head.to_lowercase();
    let all = words(&small);
    if all.is_empty() || all.len() > HEADING {
        return None;
    }
    let rest = rest.trim();
    if let Some(part) = HEADINGS.get(&plain_key(&small)) {
        return Some((*part, rest));
    }
    let part = by_word(&small);
    // A sentence may begin a list: `다음과 같은 업무를 담당합니다.`
    let is_sentence = match alone {
        _ if line.ends_with("...") => false,
        Alone::BeforeItems | Alone::BeforeBlankAndItems if part.is_some() => false,
        _ => line.ends_with(['.', ',']),
    };
    if (mark == Mark::Item || is_sentence) && rest.is_empty() {
        return None;
    }
    if let Some(part) = by_cue(&all) {
        return Some((part, rest));
    }
    let names_company = ["about ", "meet ", "why "].iter().any(|start| small.starts_with(start));
    if names_company && mark != Mark::Item && all.len() <= 5 {
        return Some((Part::Other, rest));
    }
    let is_alone = match alone {
        Alone::No => false,
        Alone::BeforeItems => true,
        Alone::BeforeBlankAndItems => part.is_some(),
        Alone::BetweenItems => part.is_some() && all.len() <= ALONE.0,
        // A list may have its items between blank lines, without signs.
        Alone::BeforeBlank => all.len() <= if part.is_some() { ALONE.0 } else { ALONE.1 },
    };
    let is_bare = rest.is_empty() && (mark == Mark::Heading || line.ends_with(':') || is_alone);
    is_bare.then_some((part.unwrap_or(Part::About), rest))
}

/// The part that a heading of other words begins, by what it says.
fn by_word(small: &str) -> Option<Part> {
    // `저희 팀은 다음과 같은 업무를 담당합니다`
    let small = small.rsplit_once("같은 ").map_or(small, |(_, rest)| rest);
    let lists = [
        ("words of a preferred heading", Part::Preferred),
        ("words of another heading", Part::Other),
        ("words of a required heading", Part::Required),
        ("words of a duties heading", Part::Duties),
    ];
    lists.into_iter().find(|(list, _)| has_cue(small, list)).map(|(_, part)| part)
}

/// The part whose heading makes up most of a line.
fn by_cue(words: &[Word]) -> Option<Part> {
    let letters: usize = words.iter().map(|word| word.text.chars().count()).sum();
    let mut best: Option<(usize, Part)> = None;
    for start in 0..words.len() {
        for end in start + 1..=words.len() {
            let run = &words[start..end];
            let own: usize = run.iter().map(|word| word.text.chars().count()).sum();
            let is_enough = own as f64 >= CUE * letters as f64;
            if !is_enough || best.is_some_and(|(most, _)| own <= most) {
                continue;
            }
            best = HEADINGS.get(&key(run)).map(|part| (own, *part)).or(best);
        }
    }
    best.map(|(_, part)| part)
}

/// The parts that headings begin, by the keys of their words.
static HEADINGS: LazyLock<HashMap<String, Part>> = LazyLock::new(|| {
    let lists = [
        ("duties", Part::Duties),
        ("required", Part::Required),
        ("preferred", Part::Preferred),
        ("process", Part::Other),
        ("benefits", Part::Other),
        ("company", Part::Other),
        ("legal", Part::Other),
    ];
    let keyed = |(list, part)| phrases(list).map(move |phrase| (plain_key(phrase), part));
    lists.into_iter().flat_map(keyed).collect()
});

#[cfg(test)]
mod tests {
    use super::{Part, clauses};

    fn parts(text: &str) -> Vec<(Part, String)> {
        clauses(text).into_iter().map(|clause| (clause.part, clause.text)).collect()
    }

    fn has(text: &str, part: Part, clauses: &str) {
        let parts = parts(text);
        let has = |own: &str| parts.contains(&(part, own.to_owned()));
        assert!(clauses.split(" | ").all(has), "{parts:?}");
    }

    #[test]
    fn a_sign_before_several_lines_stands_before_items() {
        let text = "프로그래머 모집\n\n【 담당 업무 】\n◎ 서버 개발\n◎ Redis 운영\n\n【 자격 요건 】\n◎ C++ 경험\n◎ 5년";
        has(text, Part::Duties, "서버 개발");
        has(text, Part::Required, "C++ 경험");
    }

    #[test]
    fn numbers_before_lists_and_texts_are_those_of_parts() {
        let text = "백엔드 개발자\n\n1. 왜 채용하나요?\n결제를 다시 설계합니다.\n\n2. 어떤 일을 하나요?\n- 서버 개발\n\n\
                    3. 꼭 필요해요\n- Go 경험\n\n4. 이런 환경에서 일해요\n- 자율 출퇴근";
        has(text, Part::Duties, "결제를 다시 설계합니다. | 서버 개발");
        has(text, Part::Required, "Go 경험");
        has(text, Part::Other, "자율 출퇴근");
        let list = "Engineer\n\nRequirements\n\n1. Go\n\n2. Rust\n- traits\n\n3. Skills in SQL\n\nPreferred\n\n1. C";
        has(list, Part::Required, "Go | Rust | traits | Skills in SQL");
        has(list, Part::Preferred, "C");
    }

    #[test]
    fn parts_are_recognised_by_their_headings() {
        let text = "Engineer\n\n## What you'll do\n- Run it\n\nRequirements:\n- Go\n\nNice to have\n- \
                    Rust; C is required\n\nWe look forward to you.\n\nPerks\nYoga";
        has(text, Part::About, "Engineer");
        has(text, Part::Duties, "Run it");
        has(text, Part::Required, "Go | C is required");
        has(text, Part::Preferred, "Rust");
        has(text, Part::Other, "We look forward to you. | Yoga");
        let text =
            "■ 주요업무\nㆍ서버 개발\n[자격 요건]\n1. Go 경험\n2. Rust 우대\n◎ 복리후생\n- 간식";
        has(text, Part::Duties, "서버 개발");
        has(text, Part::Required, "Go 경험");
        has(text, Part::Preferred, "Rust 우대");
        has(text, Part::Other, "간식");
        has("Required: Go; a degree", Part::Required, "a degree");
    }

    #[test]
    fn what_is_not_required_is_preferred() {
        let wishes = [
            "It would be great, but isn't required, if you have:",
            "Helpful, not required",
            "It would be lovely if you also have",
        ];
        for heading in wishes {
            let text = format!(
                "Cook\n\nYou'll need\nYears with Python\n\n- Rust\n\n{heading}\n\n- Kafka\n"
            );
            has(&text, Part::Required, "Years with Python | Rust");
            has(&text, Part::Preferred, "Kafka");
        }
        has("Cook\n\nWhat you would be doing\n- Soup", Part::Duties, "Soup");
    }

    #[test]
    fn a_heading_may_be_in_capitals_or_bold_or_stand_below_a_rule() {
        has("Manager\n\nKEY ACCOUNTABILITIES\n\n- Budget", Part::Duties, "Budget");
        let text =
            "Engineer\n**What we need:**\n* Go\n**What to expect once you apply:**\n* A quiz";
        has(text, Part::Required, "Go");
        has(text, Part::Other, "A quiz");
        let text = "개발자 모집\n\n――――\n이런 개발자를 찾습니다\n\n- Go\n――――\n합류하시면\n\n간식과 책을 지원합니다.";
        has(text, Part::Required, "Go");
        has(text, Part::Other, "간식과 책을 지원합니다.");
        let text =
            "교원 채용\n2. 담당 업무\n   가. 수업\n   나. 생활 지도\n3. 지원 자격\n   (1) 정교사";
        has(text, Part::Duties, "생활 지도");
        has(text, Part::Required, "정교사");
    }

    #[test]
    fn a_heading_may_stand_between_two_lists_without_a_blank_line() {
        let text = "기획자\n이런 업무를 해요\nㆍ운영\n이런 분들을 찾고 있어요\nㆍ분석\n이런 분이면 더 좋아요\nㆍ통계\n\
                    함께하면 이런 점들이 좋아요\nㆍ의자";
        has(text, Part::Duties, "운영");
        has(text, Part::Required, "분석");
        has(text, Part::Preferred, "통계");
        has(text, Part::Other, "의자");
        // The rest of an item is none.
        has("Cook\n\nDuties\n- Menus for\nDaily Work\nand more\n- Soup", Part::Duties, "Soup");
    }

    #[test]
    fn items_may_stand_between_blank_lines() {
        let text = "Analyst\n\nWhat you'll do\n\nBuild marketing models across paid channels\n\nMentor a \
                    junior Data Analyst\n\nWhat you bring\n\nStrong SQL skills and knowledge of warehouse design";
        has(text, Part::Duties, "Build marketing models across paid channels");
        has(text, Part::Duties, "Mentor a junior Data Analyst");
        has(text, Part::Required, "Strong SQL skills and knowledge of warehouse design");
    }

    #[test]
    fn only_words_are_read() {
        let html = "<style>p{}</style><h2>Requirements</h2><ul><li>A&nbsp;<b>B</b> <a \
                    href='https://x.example/java'>C#</a></li></ul><script>var go</script>";
        has(html, Part::Required, "A B C#");
        has("Kuber-\nnetes at a@b.example, https://x.example/go", Part::About, "Kubernetes at  ,");
        has("Ku\u{ad}ber\u{ad}netes", Part::About, "Kubernetes");
        has("Ｋａｆｋａ", Part::About, "Kafka");
    }
}
