//! Korean words stay whole at line ends.
//!
//! The compiler may break Hangul between any two syllables. [`join`] puts U+2060 WORD JOINER
//! between the clusters of an 어절; after layout `scrub` takes every joiner out of the pages again.
//! Compounds such as `cloud-native` stay whole too: a reader that finds `-` at a line end between
//! letters takes it for hyphenation and drops it from copied text (`PDFium` prints U+0002).
//! Must not know Markdown or what the text says.

use typst::diag::{HintedStrResult, bail};
use typst::foundations::{Content, SequenceElem, Str, StyledElem, Value, func};
use typst::model::{EmphElem, LinkElem, StrongElem};
use typst::text::{HighlightElem, SpaceElem, StrikeElem, TextElem, UnderlineElem};
use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation;

use crate::engine::substitutions::without_substitutions;
use crate::markdown::is_hangul;

/// U+2060 WORD JOINER: no line break before or after it.
pub(super) const JOINER: char = '\u{2060}';

/// U+2060 as a string.
pub(super) const JOINER_STR: &str = "\u{2060}";

/// What stands for an inline that is not text: an image, a footnote mark, a box.
pub(super) const OBJECT: char = '\u{FFFC}';

/// Longest token that never breaks.
pub(super) const LONGEST: usize = 14;

/// Longest compound with hyphens that never breaks.
const LONGEST_COMPOUND: usize = 30;

/// How many clusters stay together at each end of a longer token.
const ENDS: usize = 3;

/// Longest run of letters and digits that no line breaks; a longer one would leave the page.
pub(super) const LONGEST_RUN: usize = 40;

/// How many clusters of an enormous run stay together: the compiler tries each place where a line may
/// break.
const ENORMOUS: (usize, usize) = (1_000, 8);

/// Longest beginning of an address, host and all, that no line breaks.
const LONGEST_HOST: usize = 70;

/// U+200B ZERO WIDTH SPACE: a line may break here. `scrub` removes it like the joiners.
const BREAK: char = '\u{200B}';

/// Longest last word that never stands alone on a line.
const LAST_WORD: usize = 8;

/// Longest pair of last words that is kept on one line.
const LAST_PAIR: usize = 20;

/// Keeps Korean words whole, and signs such as `->` as they are typed.
///
/// `keep-all("경력 요약")` returns the string with joiners, `keep-all[…]` the content, with joiners
/// also where bold, a link or struck text meets the particle that follows it.
/// A template says once, before everything else:
///
/// ```typ
/// #show text: keep-all
/// ```
#[func]
pub fn keep_all(
    /// A string or content.
    body: Value,
) -> HintedStrResult<Value> {
    Ok(match body {
        Value::Str(text) => Value::Str(join(&text).map_or(text, Str::from)),
        Value::Content(content) => Value::Content(join_content(content)),
        Value::None => Value::None,
        other => bail!("expected string or content, found {}", other.ty()),
    })
}

/// Glues a short last word to the word before it, so that no line holds it alone.
///
/// `keep-last("… 서비스를 만든 사람")`; markdown paragraphs have it already.
#[func]
pub fn keep_last(
    /// A string.
    text: Str,
) -> Str {
    glue_last(&text).map_or(text, Str::from)
}

/// Joins all clusters that must not part. `None` when nothing changes.
pub(super) fn join(text: &str) -> Option<String> {
    let plain = |c| !may_join(c) && c != '/';
    if text.chars().all(plain) && !text.split_whitespace().any(|word| word.len() > LONGEST_RUN) {
        return None;
    }
    let mut out = String::with_capacity(2 * text.len());
    for token in text.split_inclusive(char::is_whitespace) {
        join_token(token, &mut out);
    }
    (out.len() != text.len()).then_some(out)
}

/// Whether a token with this character may need a joiner.
fn may_join(c: char) -> bool {
    matches!(c, '-' | '+') || is_hangul(c)
}

/// Whether a joiner belongs between two neighbours.
pub(super) fn belongs(before: char, after: char) -> bool {
    (is_hangul(before) || is_hangul(after))
        && ![before, after].iter().any(|&c| c.is_whitespace() || c == JOINER)
        && before != '/'
}

/// Glues a short last word to the one before it when others precede them.
pub(super) fn glue_last(text: &str) -> Option<String> {
    let end = text.trim_end();
    let (rest, last) = end.rsplit_once(' ')?;
    let (first, before) = rest.rsplit_once(' ')?;
    let (length, last_length) = (clusters(before) + clusters(last), clusters(last));
    let short = last_length <= LAST_WORD && length <= LAST_PAIR;
    let enough = short && !last.starts_with(JOINER) && first.contains(' ');
    enough.then(|| format!("{rest} {JOINER}{last}{}", &text[end.len()..]))
}

/// Joins one token with the white space that ends it.
fn join_token(token: &str, out: &mut String) {
    if is_address(token) {
        join_address(token, out);
        return;
    }
    // A hyphen before a blank goes with what follows (`Ein- und Ausgabe`): at a line end poppler takes it for
    // hyphenation.
    let word = token.trim_end();
    if word.len() < token.len() && word.ends_with('-') {
        join_token(word, out);
        out.push_str(&token[word.len()..]);
        out.push(JOINER);
        return;
    }
    let length = clusters(token.trim_end());
    if length <= LONGEST_RUN && !token.chars().any(may_join) || token.contains(BREAK) {
        out.push_str(token);
        return;
    }
    if length <= LONGEST || !token.chars().any(is_hangul) {
        join_piece(token, length, out);
        return;
    }
    let mut piece = 0;
    for (at, c) in token.char_indices() {
        let after = at + c.len_utf8();
        let cut = if is_separator(c) {
            after
        } else if matches!(c, '(' | '[' | '「' | '“' | '‘') {
            at
        } else {
            continue;
        };
        if piece < cut {
            join_piece(&token[piece..cut], clusters(&token[piece..cut]), out);
            piece = cut;
        }
    }
    join_piece(&token[piece..], clusters(token[piece..].trim_end()), out);
}

/// Joins a run of clusters; a run that is too long only near its ends.
fn join_piece(piece: &str, length: usize, out: &mut String) {
    let runs = piece.split(|c| matches!(c, '/' | '?' | '&' | '-') || has_breaks(c));
    let loose = length > LONGEST_RUN && runs.map(clusters).max() > Some(LONGEST_RUN);
    let step = if length > ENORMOUS.0 { ENORMOUS.1 } else { 1 };
    let (mut earlier, mut before) = (' ', ' ');
    for (at, cluster) in piece.graphemes(true).enumerate() {
        let after = cluster.chars().next().unwrap_or(' ');
        let near_end = length <= LONGEST || at < ENDS || at + ENDS > length;
        // `cloud-native`, and the two signs of `C++` and `->`.
        let compound = before == '-' && earlier.is_alphanumeric() && after.is_alphabetic()
            || matches!((before, after), ('+', '+') | ('-', '>'));
        if near_end && belongs(before, after) || compound && length <= LONGEST_COMPOUND {
            out.push(JOINER);
        } else if loose
            && before != ' '
            && at % step == 0
            && !has_breaks(before)
            && !has_breaks(after)
        {
            // Nothing else would keep so long a run on the page.
            out.push(BREAK);
        }
        out.push_str(cluster);
        earlier = before;
        before = cluster.chars().next_back().unwrap_or(' ');
    }
}

/// Whether the compiler breaks lines beside a character where no blank is: in Chinese, Japanese, Thai and the
/// languages that are written like them.
fn has_breaks(c: char) -> bool {
    use Script::{Bopomofo, Han, Hiragana, Katakana, Khmer, Lao, Myanmar, Thai};
    let script =
        matches!(c.script(), Bopomofo | Han | Hiragana | Katakana | Khmer | Lao | Myanmar | Thai);
    // Punctuation of East Asia, and wide forms.
    script || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}')
}

/// Whether a token is an address on the web: `https://…`, or a host with a path.
fn is_address(token: &str) -> bool {
    let Some((host, _)) = token.split_once('/') else { return false };
    let host = host.trim_start_matches(['(', '[', '<', '“', '‘']);
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    token.contains("://") || host.contains('.') && host.split('.').all(label)
}

/// An address breaks after a slash of its path and before what begins its query or fragment:
/// never in its host, never so that a mark at a line end could be taken for one of the sentence.
/// A piece that is too long for that breaks before its other marks, then anywhere.
fn join_address(token: &str, out: &mut String) {
    if token.contains([JOINER, BREAK]) {
        out.push_str(token);
        return;
    }
    let host = token.find("://").map_or(0, |at| at + 3);
    let path = token[host..].find(['/', '?', '#']).map_or(token.len(), |at| host + at);
    let steps: Vec<(usize, &str)> = token.grapheme_indices(true).collect();
    let cuts = |at: usize, marks: &str| {
        let (place, after) = steps[at];
        place > path && !after.starts_with(char::is_whitespace) && {
            let before = steps[at - 1].1;
            before == "/" && after != "/" || marks.contains(after) && before != after
        }
    };
    let mut pieces = vec![0];
    pieces.extend((1..steps.len()).filter(|&at| cuts(at, "?#&")));
    pieces.push(steps.len());
    for piece in pieces.windows(2) {
        let most = if piece[0] == 0 { LONGEST_HOST } else { LONGEST_RUN };
        let long = piece[1] - piece[0] > most;
        let mut run = 0;
        for at in piece[0]..piece[1] {
            let (_, cluster) = steps[at];
            run += 1;
            let free = at == piece[0] || long && (cuts(at, "-._~=%+,;:@!") || run > LONGEST);
            if free && at > 0 {
                out.push(BREAK);
                run = 0;
            } else if at > 0 && !cluster.starts_with(char::is_whitespace) {
                let plain = |step: &str| step.chars().all(|c| c.is_ascii_alphanumeric());
                if !plain(cluster) || !plain(steps[at - 1].1) {
                    out.push(JOINER);
                }
            }
            out.push_str(cluster);
        }
    }
}

/// Where a long token may break: after a slash, a middle dot, an arrow, a dash, a comma.
fn is_separator(c: char) -> bool {
    matches!(c, '/' | '?' | '·' | '‧' | '・' | '∙' | '→' | '—' | '|' | ',' | '&')
}

/// How many clusters a reader counts, joiners aside.
fn clusters(text: &str) -> usize {
    text.graphemes(true).filter(|&cluster| cluster != JOINER_STR).count()
}

/// Joins the text of content, across the borders of its inline elements.
fn join_content(mut content: Content) -> Content {
    let mut before = ' ';
    join_in(&mut content, &mut before);
    content
}

/// Joins in place; `before` is the last character seen.
fn join_in(content: &mut Content, before: &mut char) {
    if let Some(text) = content.to_packed::<TextElem>() {
        let own = text.text.clone();
        let Some(first) = own.chars().next() else { return };
        let glued = belongs(*before, first).then(|| format!("{JOINER}{own}"));
        *before = own.chars().next_back().unwrap_or(' ');
        let glued = glued.as_deref().unwrap_or(&own);
        let joined = join(glued).unwrap_or_else(|| glued.to_owned());
        if joined.len() != own.len()
            && let Some(text) = content.to_packed_mut::<TextElem>()
        {
            text.text = joined.into();
        }
        if let Some(pieces) = without_substitutions(content) {
            *content = pieces;
        }
    } else if let Some(sequence) = content.to_packed_mut::<SequenceElem>() {
        sequence.children.iter_mut().for_each(|child| join_in(child, before));
    } else if let Some(styled) = content.to_packed_mut::<StyledElem>() {
        join_in(&mut styled.child, before);
    } else if let Some(strong) = content.to_packed_mut::<StrongElem>() {
        join_in(&mut strong.body, before);
    } else if let Some(emph) = content.to_packed_mut::<EmphElem>() {
        join_in(&mut emph.body, before);
    } else if let Some(link) = content.to_packed_mut::<LinkElem>() {
        join_in(&mut link.body, before);
    } else if let Some(strike) = content.to_packed_mut::<StrikeElem>() {
        join_in(&mut strike.body, before);
    } else if let Some(line) = content.to_packed_mut::<UnderlineElem>() {
        join_in(&mut line.body, before);
    } else if let Some(mark) = content.to_packed_mut::<HighlightElem>() {
        join_in(&mut mark.body, before);
    } else {
        *before = if content.is::<SpaceElem>() { ' ' } else { OBJECT };
    }
}

#[cfg(test)]
mod tests {
    use super::{JOINER, LONGEST, glue_last, join};

    /// Joiners shown as `_`.
    fn shown(text: &str) -> String {
        join(text).unwrap_or_else(|| text.to_owned()).replace(JOINER, "_")
    }

    #[test]
    fn a_word_is_joined_and_its_spaces_are_not() {
        assert_eq!(shown("경력 요약"), "경_력 요_약");
        assert_eq!(shown("plain words"), "plain words");
        assert_eq!(shown("Kubernetes를 쓴다."), "Kubernetes_를 쓴_다_.");
        assert_eq!(shown("도커(Docker)를"), "도_커_(Docker)_를");
        assert_eq!(shown("24개월"), "24_개_월");
        assert_eq!(shown("C++와 C++"), "C+_+_와 C+_+");
    }

    #[test]
    fn a_word_may_break_after_a_slash() {
        assert_eq!(shown("수집/적재"), "수_집_/적_재");
    }

    #[test]
    fn a_compound_does_not_break_after_its_hyphen() {
        assert_eq!(shown("cloud-native"), "cloud-_native");
        assert_eq!(shown("cloud-native하게"), "cloud-_native_하_게");
        assert_eq!(shown("2024-06 --flag - x -- y"), "2024-06 --flag - _x -- _y");
        assert_eq!(shown("Ein- und Ausgabe -"), "Ein- _und Ausgabe -");
        assert_eq!(shown("a->b --> c"), "a-_>b --_> c");
        let long = "a-very-long-slug-of-more-than-thirty-letters";
        assert_eq!(shown(long), long);
    }

    #[test]
    fn words_in_text_without_blanks_stay_whole() {
        for text in [
            "把结算系统从单体迁移到微服务（Kubernetes），".repeat(3),
            "มาตรฐานการเขียนโค้ด".repeat(4),
        ] {
            assert_eq!(join(&text), None);
        }
    }

    #[test]
    fn a_word_longer_than_a_line_may_break_anywhere() {
        let word = "a".repeat(200);
        let loose = join(&word).unwrap_or_default();
        assert_eq!(loose.replace('\u{200B}', ""), word);
        assert_eq!(loose.matches('\u{200B}').count(), 199);
        assert_eq!(join(&loose), None);
    }

    #[test]
    fn joining_twice_changes_nothing() {
        let once = join("서비스를 설계했다").unwrap_or_default();
        assert_eq!(join(&once), None);
        assert_eq!(shown("\u{2060}를 본"), "_를 본");
    }

    #[test]
    fn long_tokens_break_where_a_reader_expects_it() {
        assert_eq!(
            shown("요구사항분석·화면설계·배포자동화"),
            "요_구_사_항_분_석_·화_면_설_계_·배_포_자_동_화"
        );
        assert_eq!(
            shown("가나다라마바사아자차카타파하거너"),
            "가_나_다라마바사아자차카타파하_거_너"
        );
    }

    /// Joiners taken out, places where a line may break shown as `|`.
    fn breaks(text: &str) -> String {
        let joined = join(text).unwrap_or_else(|| text.to_owned());
        joined.replace(JOINER, "").replace(super::BREAK, "|")
    }

    #[test]
    fn an_address_breaks_in_its_path_only() {
        assert_eq!(
            breaks("https://my-host.example.com/very/long에서"),
            "https://my-host.example.com/|very/|long에서"
        );
        assert_eq!(breaks("(github.com/a-b/c?d=e&f#g)"), "(github.com/|a-b/|c|?d=e|&f|#g)");
        assert_eq!(shown("https://a-b.kr/"), "https_:_/_/_a_-_b_._kr_/");
        let slug = format!("https://a.kr/{}", "word-".repeat(12));
        assert!(breaks(&slug).contains("word|-word|-"), "{}", breaks(&slug));
        let blob = format!("https://a.kr/{}", "x".repeat(90));
        let pieces = breaks(&blob);
        assert!(pieces.split('|').all(|piece| piece.len() <= LONGEST + 1), "{pieces}");
        let host = "https://my-quite-long-host.example-of-many-letters.org/";
        assert_eq!(breaks(&format!("{host}a")), format!("{host}|a"));
        assert_eq!(breaks("수집/적재"), "수집/적재");
        let once = join("https://a.kr/b-c").unwrap_or_default();
        assert_eq!(join(&once), None);
    }

    #[test]
    fn decomposed_and_joined_clusters_stay_whole() {
        let apart = "\u{1100}\u{1161}\u{11a8}";
        assert_eq!(shown(&format!("각{apart} 👨‍👩‍👧가")), format!("각_{apart} 👨‍👩‍👧_가"));
    }

    #[test]
    fn a_short_last_word_is_glued() {
        let glued = |text| glue_last(text).map(|out: String| out.replace(JOINER, "_"));
        assert_eq!(glued("하나 둘 셋 넷을 본다."), Some("하나 둘 셋 넷을 _본다.".into()));
        assert_eq!(glued("하나 둘"), None);
        assert_eq!(glued("개발하며 JavaScript에 입문했습니다."), None);
        assert_eq!(
            glued("처음 개발하며 JavaScript에 입문했습니다."),
            Some("처음 개발하며 JavaScript에 _입문했습니다.".into())
        );
        assert_eq!(glued("이것은 그 어떤 서버를 구축하였었습니다."), None);
        assert_eq!(glued("이것은 그 어떤 고가용분산애플리케이션서버를 구축했습니다."), None);
    }
}
