//! The name of the post that an advertisement is for.

use crate::tailor::advert::{Clause, Part};
use crate::tailor::lexicon::{self, ends_with_post, is_before_post, is_post_label};
use crate::tailor::words::{Word, stems, words};

/// Words that end the name of a post in a title.
const AFTER_POSTS: [&str; 8] = ["required", "wanted", "needed", "for", "to", "with", "who", "at"];
/// Clauses that may name the post.
const FIRST: usize = 12;
/// Words of a clause that is a title at most.
const TITLE: usize = 12;
/// Words of the name of a post at most.
const NAME: usize = 8;
/// How Korean words end that describe who is wanted or are the object of a verb: 함께할, 담당해주실, 서버를.
const ATTRIBUTIVE: [&str; 12] =
    ["주실", "하실", "가실", "오실", "할", "는", "을", "를", "줄", "될", "갈", "위한"];
/// Words of a post at most that stand in a sentence.
const PHRASE: usize = 4;

/// The post: what stands behind `Position:`; else the first line, or else the first words in a sentence, that end in
/// the word for a post, such as `engineer` or 간호사; else the first line, where it is no sentence.
/// `[Company] Backend developer, hiring now` is a backend developer.
pub(super) fn post(clauses: &[Clause]) -> Option<String> {
    let first = &clauses[..clauses.len().min(FIRST)];
    let texts: Vec<String> = first.iter().map(|clause| bare(&clause.text)).collect();
    let labelled = texts.iter().find_map(|text| labelled(text));
    let by_title = || texts.iter().take(3).find_map(|text| titled(text));
    let by_phrase = || texts.iter().find_map(|text| phrase(text));
    let by_line = || {
        let about = texts.first().filter(|_| first[0].part == Part::About)?;
        line(about)
    };
    labelled.or_else(by_title).or_else(by_phrase).or_else(by_line)
}

/// A text without signs of Markdown.
fn bare(text: &str) -> String {
    text.trim_start_matches('#')
        .chars()
        .filter(|c| !matches!(c, '*' | '`' | '“' | '”' | '"'))
        .collect()
}

/// `Position: Site Engineer`
fn labelled(text: &str) -> Option<String> {
    let (label, rest) = text.split_once([':', '：'])?;
    let label: String = label.split_whitespace().collect::<Vec<_>>().concat().to_lowercase();
    let label = label.strip_prefix("job").filter(|rest| !rest.is_empty()).unwrap_or(&label);
    if !is_post_label(label) { None } else { titled(rest).or_else(|| phrase(rest)) }
}

/// The first line of an advertisement up to a sign that ends a title.
fn line(text: &str) -> Option<String> {
    let text = match text.split_once([']', '】']) {
        Some((_, rest)) if !rest.trim().is_empty() => rest,
        _ => text,
    };
    let name = text.split([',', '|', '(', '·', '/', '–', '—', ':']).next()?;
    let name = name.split(" - ").next()?;
    let ends = ["채용", "모집", "공고", "구합니다", "찾습니다", "구인", "hiring", "wanted"];
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_end = |word: &&&str| {
        let small = word.to_lowercase();
        ends.iter().any(|end| small.starts_with(end))
    };
    let kept = words.len() - words.iter().rev().take_while(is_end).count();
    let name = words[..kept].join(" ");
    let is_sentence = name.ends_with(['.', '!', '?']);
    ((1..=NAME).contains(&kept) && !is_sentence).then_some(name)
}

/// A line that is a title: `Site Engineer required for …` is a site engineer.
fn titled(text: &str) -> Option<String> {
    let name = line(text)?;
    let all = words(&name);
    if words(text).len() > TITLE {
        return None;
    }
    // `Head chef`, `Lead data engineer for payments`: the last word for a post before what describes it.
    let of = all.iter().position(|word| AFTER_POSTS.contains(&word.text)).unwrap_or(all.len());
    let at = all[..of].iter().rposition(is_name)?;
    let before = |word: &Word| match word.is_hangul() {
        true => is_attributive(word),
        false => is_before_post(&word.text.to_lowercase()),
    };
    let start = all[..at].iter().rposition(before).map_or(0, |before| before + 1);
    // What follows in capitals or behind `of` belongs to the name; a particle does not.
    let ends = all.get(at + 1).is_some_and(|next| !next.is_capital() && next.text != "of");
    let last = if ends || all[at].is_hangul() { at } else { all.len() - 1 };
    Some(cut(&name, &all[start..=last]))
}

/// The last words up to one for a post: 담당해주실 인프라 엔지니어를 모십니다.
fn phrase(text: &str) -> Option<String> {
    let all = words(text);
    let is_post = |at: &usize| is_name(&all[*at]) && (*at == 0 || all[*at - 1].text != "채용");
    let at = (0..all.len()).find(is_post)?;
    let belongs = |word: &&Word| {
        if word.is_hangul() {
            !is_attributive(word)
        } else {
            word.is_capital() && !is_before_post(&word.text.to_lowercase())
        }
    };
    let joined = |word: &&Word| matches!(word.between, " " | "" | "-" | "/" | "·");
    let mut start = at;
    while start > 0 && at - start < PHRASE - 1 && joined(&&all[start]) && belongs(&&all[start - 1])
    {
        start -= 1;
    }
    let is_named = start < at || all[at].is_hangul() && !lexicon::is_post(all[at].text);
    is_named.then(|| cut(text, &all[start..=at]))
}

/// Whether a Korean word describes another or is the object of a verb.
fn is_attributive(word: &Word) -> bool {
    ATTRIBUTIVE.iter().any(|ending| word.text.ends_with(ending))
}

/// Whether a word is one for a post, with or without what follows a Korean noun.
fn is_name(word: &Word) -> bool {
    match word.is_hangul() {
        true => post_of(word.text).is_some(),
        false => lexicon::is_post(&word.text.to_lowercase()),
    }
}

/// The word for a post that a Korean word is, without what follows the noun.
fn post_of(word: &str) -> Option<&str> {
    std::iter::once(word).chain(stems(word)).find(|stem| ends_with_post(stem))
}

/// Words as they stand in a text, the last without what follows a Korean noun.
fn cut(text: &str, run: &[Word]) -> String {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return String::new() };
    let from = first.text.as_ptr() as usize - text.as_ptr() as usize;
    let to = last.text.as_ptr() as usize - text.as_ptr() as usize;
    let end = post_of(last.text).filter(|_| last.is_hangul()).unwrap_or(last.text);
    text[from..to].to_owned() + end
}

#[cfg(test)]
mod tests {
    use super::post;
    use crate::tailor::advert::clauses;

    #[test]
    fn the_post_is_found_where_it_is_named() {
        let named = [
            ("[Company A] Backend developer, hiring now\n", "Backend developer"),
            ("Site Engineer required for a contractor, Leeds.\n", "Site Engineer"),
            (
                "---\ntitle: Site Reliability Engineer\n---\nWe are a startup.\n",
                "Site Reliability Engineer",
            ),
            ("Job title: Director of Operations\nWe deliver.\n", "Director of Operations"),
            ("Mechanical Engineer II, Flow Control\n", "Mechanical Engineer II"),
            (
                "안녕하세요!\n\n인프라 구축을 담당해주실 **인프라 엔지니어**를 모십니다.\n",
                "인프라 엔지니어",
            ),
            ("제품보안 엔지니어를 찾습니다\n", "제품보안 엔지니어"),
            ("중환자실 간호사(경력) 채용 공고\n", "중환자실 간호사"),
            (
                "We help people everywhere.\nYou will join us as a Senior Platform Engineer in Leeds.\n",
                "Senior Platform Engineer",
            ),
            ("Barista\nCoffee, all day.\n", "Barista"),
            ("Head chef, London\n", "Head chef"),
            ("Lead data engineer for payments\n", "Lead data engineer"),
            ("C# developer\n", "C# developer"),
            ("Hiring a Backend Engineer\n", "Backend Engineer"),
            ("Position: full time\nNurse\n", "Nurse"),
            ("직무 : 서버 / 백엔드 개발자\n", "백엔드 개발자"),
            ("안녕하세요, 채용 담당자입니다.\n함께할 조리사를 찾습니다.\n", "조리사"),
        ];
        for (text, name) in named {
            assert_eq!(post(&clauses(text)).as_deref(), Some(name), "{text}");
        }
        assert_eq!(post(&clauses("안녕하세요!\n우리는 일합니다.\n")), None);
    }
}
