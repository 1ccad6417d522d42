//! Letters of every script that the fonts cover: readers of PDF find what was typed.

use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

use crate::support::program::{folder, resume};
use crate::support::readers::texts;

/// What is typed, and what everybody reads where that differs.
const LINES: [(&str, Option<&str>); 20] = [
    ("Latin: Łódź, Århus, Čeština, Großstraße, İstanbul, œuvre", None),
    ("Marks: Olúṣẹ́gun Àpẹẹrẹ, Ọ̀rọ̀ àkọ́kọ́, ė̃ ū́ r̥ṣi m̐ G̃uarani g̃ ɔ̃ m̀ x̄ p̂, Ẹ̀kọ́", None),
    ("Stacked: a\u{301}\u{302} o\u{323}\u{308} o\u{338} x\u{327} ı\u{301} 1\u{301}", None),
    ("Old Hangul: \u{1112}\u{119e}\u{11ab}", None),
    ("Vietnamese: Nguyễn Thị Hồng Nhung, Đường Trần Hưng Đạo", None),
    ("Greek: Ελλάδα, Αθήνα, ΰ, Ώ", None),
    ("Cyrillic: Київ, Москва, Ђорђе, Ёлка", None),
    ("Hangul: 한글 맞춤법, 뷁, 각", None),
    ("Jamo: \u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", Some("Jamo: 한글")),
    ("Hanja: 大韓民國 慶熙 學歷", None),
    ("Kana: ひらがな カタカナ ガギグ", None),
    ("Ligatures: e\u{fb03}cient \u{fb01}le \u{fb02}ow", Some("Ligatures: efficient file flow")),
    ("Radicals: ⼈事, ⻑⻘", Some("Radicals: 人事, 長青")),
    ("Alphabets: 𝗕𝗼𝗹𝗱 𝘪𝘵𝘢𝘭𝘪𝘤 𝟮𝟬", Some("Alphabets: Bold italic 20")),
    ("Decomposed: cafe\u{301} u\u{308}ber", Some("Decomposed: café über")),
    ("Symbols: ± × ÷ ≤ ≥ ≠ ∞ √ ∑ µ ° € £ ¥ ₩ § © ® ™ № ½ ² ①", None),
    ("Arrows: → ← ↑ ↓ ↔ ⇒", None),
    ("Boxes: ┌─┐│└┘├┤ ■ □ ● ○ ▲ ▼ ★ ☆", None),
    ("Signs: “a” ‘b’ — – … · • ‰ † ¶ «c»", None),
    ("Punctuation: 「가」 『나』 【다】 〈라〉 《마》、바。", None),
];

/// Emoji: each with the selectors and joiners it is typed with.
const EMOJI: [&str; 5] = ["🚀", "👩‍💻", "🇰🇷", "👍🏽", "1️⃣"];

fn made(kind: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let points: String = LINES.iter().map(|(typed, _)| format!("      - '{typed}'\n")).collect();
    let emoji: String = EMOJI.iter().map(|it| format!("      - 'Emoji {it} here'\n")).collect();
    let record = format!(
        "site: {{languages: [en]}}\nprofile: {{name: Name Surname}}\nprojects:\n  - id: a\n    name: A\n    \
         start: 2020\n    end: 2021\n    highlights:\n{points}{emoji}"
    );
    let data = folder(&[("resume.yaml", &record)]);
    let out = data.path().join("out");
    let (path, to) = (data.path().display().to_string(), out.display().to_string());
    let words = ["render", "--format", "portfolio", "--as", kind, "--data", &path, "--output", &to];
    resume(words).exits(0);
    let file = out.join(format!("portfolio.{kind}"));
    (data, file)
}

/// A text without what readers leave out or add between words.
fn words(text: &str) -> String {
    // pdf.js reads the micro sign as the Greek letter.
    let shown = text.chars().filter(|c| *c != '\u{fe0f}').map(|c| if c == 'µ' { 'μ' } else { c });
    shown.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asserts that a text holds all lines.
fn holds(name: &str, text: &str) {
    let typed = LINES.iter().map(|(typed, read)| read.unwrap_or(typed).to_owned());
    let emoji = EMOJI.iter().map(|it| format!("Emoji {it} here"));
    let missing: Vec<String> =
        typed.chain(emoji).map(|line| words(&line)).filter(|line| !text.contains(line)).collect();
    assert!(missing.is_empty(), "{name} lacks {missing:#?} in {text}");
}

#[test]
fn text_outputs_hold_what_was_typed() {
    let (_data, file) = made("txt");
    holds("txt", &words(&std::fs::read_to_string(file).expect("a text")));
}

#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn every_reader_finds_what_was_typed() {
    let (_data, file) = made("pdf");
    for (reader, found) in texts(&[&file as &Path]) {
        // With `-raw`, poppler sees a blank where the compiler sets two full-width signs closer.
        let closer = if reader == "poppler -raw" { ("》 、", "》、") } else { ("", "") };
        holds(&reader, &words(&found[0]).replace(closer.0, closer.1));
    }
}

/// The mark of a letter from right to left is a run of its own to the compiler, before its letter.
#[test]
#[ignore = "needs poppler, `tests/readers/install` and the package fonts-noto-core"]
fn marks_of_letters_from_right_to_left_are_read() {
    for (tag, words) in [("ar", "يعمل يوميًا ومكتبًا وشُكرًا"), ("he", "אומר שָׁלוֹם לכולם")]
    {
        let record = format!(
            "site: {{date: 2024-11-30, languages: [{tag}]}}\nprofile: {{name: Qqq, summary: {words}}}\n"
        );
        let data = folder(&[("resume.yaml", &record)]);
        let (path, file) = (data.path().display().to_string(), data.path().join("one-page.pdf"));
        let output = file.display().to_string();
        let flags = ["render", "--format", "one-page", "--system-fonts", "--data", &path];
        resume(flags.into_iter().chain(["--output", &output])).exits(0);
        // The others print letters with marks in the order of the page.
        let texts = texts(&[&file]);
        for reader in ["poppler", "pdfium"] {
            let found = self::words(&texts[reader][0]);
            let found = found.replace(['\u{202a}', '\u{202b}', '\u{202c}'], "");
            assert!(found.contains(&self::words(words)), "{tag}, {reader}: {found}");
        }
    }
}
