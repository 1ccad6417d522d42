//! The letters that a text is made of, whatever characters they were pasted as.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Radicals that are copied from PDFs in place of the ideographs that they look like, each before its own
/// (Unicode, `Equivalent_Unified_Ideograph`). Those of U+2F00 to U+2FD5 are decomposed by NFKC.
const RADICALS: &str = "⺒巳⺓幺⺛旡⺜日⺝月⺞歺⺠民⺧牛⺩王⺫目⺬示⺯糹⺱罓⺶羊⺻聿⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻏邑⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页\
     ⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀";

/// Canonical composition (Unicode NFC): decomposed Hangul would neither search nor break well. Shapes of
/// letters become the letters, as [`shape`] says.
pub fn normal(text: &str) -> String {
    // Nearly all text is normal already, and that is fast to test.
    if !text.contains(is_shape) {
        return match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => text.to_owned(),
            _ => text.nfc().collect(),
        };
    }
    let mut letters = String::new();
    for c in text.chars() {
        match shape(c) {
            Some(plain) => letters += &plain,
            None => letters.push(c),
        }
    }
    letters.nfc().collect()
}

/// What a character is a shape of, where nobody searches for the shape: ligatures (`ﬃ`), positional forms
/// of Arabic letters, radicals (`⼈`), and the alphabets of mathematics, which pass for bold and italics
/// (`𝗕𝗼𝗹𝗱`). Fonts have shapes of their own. Signs that are written on purpose stay: `½`, `①`, `㎡`, `Ａ`.
pub fn shape(c: char) -> Option<String> {
    if !is_shape(c) {
        return None;
    }
    let mut radicals = RADICALS.chars();
    let radical = radicals.find(|it| *it == c).and_then(|_| radicals.next());
    let plain = radical.map_or_else(|| c.nfkc().collect(), String::from);
    (!plain.chars().eq([c])).then_some(plain)
}

/// Whether a character may be a shape of another.
fn is_shape(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FD5}' | '\u{FB00}'..='\u{FB17}' | '\u{FB20}'..='\u{FB28}'
        | '\u{FB4F}'..='\u{FDF9}' | '\u{FE80}'..='\u{FEFC}' | '\u{1D400}'..='\u{1D7FF}')
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn shapes_become_letters_and_signs_stay() {
        for (typed, read) in [
            ("e\u{fb03}cient \u{fb05}op", "efficient stop"),
            ("⼈事 ⻑⻘", "人事 長青"),
            ("𝗕𝗼𝗹𝗱 𝟐𝟎 𝛼", "Bold 20 α"),
            ("\u{feb3}\u{fefc}\u{fee1}", "سلام"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("½ ① ㎡ ™ Ａ ｶ № \u{fd3e}\u{fdfa}", "½ ① ㎡ ™ Ａ ｶ № \u{fd3e}\u{fdfa}"),
        ] {
            assert_eq!(normal(typed), read);
        }
    }
}
