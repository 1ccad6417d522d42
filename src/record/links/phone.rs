//! Telephone numbers, judged by their form alone: what a reader's tap dials.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

/// Digits of the shortest number one can call, and of the longest (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;
/// Least digits of a number that counts as complete where one field has several.
const WHOLE: usize = 7;
/// Country codes of two digits (ITU-T E.164); those of one are 1 and 7, all others have three.
const TWO_DIGITS: &str = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 \
                          62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
/// Country codes behind which a 0 is dialled: it is a part of the number there.
const KEEPS_ZERO: [&str; 7] = ["39", "225", "229", "241", "242", "378", "379"];
/// The hint where there is no better one.
const FORM: &str = "write it as `+82 10-0000-0000`";

/// The `tel:` address (RFC 3966) that calls a number as it is typed. Blanks, hyphens, dashes, `.`, `/` and
/// parentheses group digits; `(0)` behind a country code is not dialled; an extension is `ext. 42`,
/// `;ext=42`, `x42` or `내선 42`.
///
/// # Errors
/// What to write instead.
pub fn dial(number: &str) -> Result<String, String> {
    static EXTENSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(.*[0-9)])[\s,;]*(?i:ext(?:ension)?\.?|x|내선(?:번호)?)[\s.:=]*([0-9]{1,7})$")
            .ok()
    });
    let number = number.trim();
    if number.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("tel:")) {
        return Err(format!("leave out `tel:`: write `{}`", number[4..].trim()));
    }
    let wide: String = number.nfkc().collect();
    let same = |c: char| if c.is_whitespace() { ' ' } else { c };
    if !number.chars().map(same).eq(wide.chars().map(same)) {
        return Err(format!("write it in usual digits: `{wide}`"));
    }
    let found = EXTENSION.as_ref().and_then(|extension| extension.captures(number));
    let (main, extension) = match &found {
        Some(found) => (found.get(1).map_or("", |main| main.as_str()), Some(&found[2])),
        None => (number, None),
    };
    if let Some(first) = several(main) {
        return Err(format!("give one number: write `{first}`"));
    }
    if main.chars().any(char::is_alphabetic) {
        return Err(
            spelt(main).map_or_else(|| FORM.to_owned(), |number| format!("write `{number}`"))
        );
    }
    let digits = dialled(main)?;
    let extension = extension.map(|digits| format!(";ext={digits}")).unwrap_or_default();
    Ok(format!("tel:{digits}{extension}"))
}

/// The digits of a number, behind a `+` if it has one.
fn dialled(number: &str) -> Result<String, String> {
    let grouping = |c: char| {
        c.is_whitespace()
            || "-./()".contains(c)
            || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
    };
    let start = number.find(|c: char| c != '(' && !c.is_whitespace()).unwrap_or(0);
    let (plus, rest) = match number[start..].strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", number),
    };
    if !rest.chars().all(|c| c.is_ascii_digit() || grouping(c)) {
        return Err(FORM.to_owned());
    }
    let only = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut digits = only(rest);
    if !DIGITS.contains(&digits.len()) {
        return Err(FORM.to_owned());
    }
    if plus.is_empty() {
        return Ok(digits);
    }
    let code = country_code(&digits).len();
    let keeps = KEEPS_ZERO.contains(&&digits[..code]);
    if digits[code..].starts_with('0') && !keeps {
        digits.remove(code);
        // A 0 in parentheses is by convention not dialled from abroad.
        let aside = rest.split_once("(0)").is_some_and(|(before, _)| only(before).len() == code);
        if !aside {
            let without = format!("+{} {}", &digits[..code], &digits[code..]);
            return Err(format!("no 0 is dialled behind the country code: write `{without}`"));
        }
    }
    Ok(format!("+{digits}"))
}

/// The country code that a number begins with.
fn country_code(digits: &str) -> &str {
    let length = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        _ if TWO_DIGITS.split(' ').any(|code| digits.starts_with(code)) => 2,
        _ => 3,
    };
    digits.get(..length).unwrap_or(digits)
}

/// The first of several whole numbers.
fn several(text: &str) -> Option<&str> {
    let second = text
        .char_indices()
        .skip(1)
        .find(|(at, c)| *c == '+' && text[..*at].contains(|c: char| c.is_ascii_digit()));
    let parts: Vec<&str> = match second {
        Some((at, _)) => vec![&text[..at], &text[at..]],
        None => text
            .split(['/', ',', ';', '|'])
            .flat_map(|part| part.split(" or "))
            .flat_map(|part| part.split("또는"))
            .collect(),
    };
    let whole = |part: &&str| part.chars().filter(char::is_ascii_digit).count() >= WHOLE;
    let first = parts.iter().find(|part| whole(part))?;
    let ends = |c: char| c.is_whitespace() || "/,;|(".contains(c);
    (parts.iter().filter(|part| whole(part)).count() > 1).then(|| first.trim_matches(ends))
}

/// A number whose last digits are spelt in letters, in the digits of a telephone's keys.
fn spelt(number: &str) -> Option<String> {
    let keys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
    let key = |c: char| {
        let at = keys.iter().position(|key| key.contains(c.to_ascii_lowercase()))?;
        char::from_digit(at as u32 + 2, 10)
    };
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let all = number.chars().map(|c| if c.is_alphabetic() { key(c) } else { Some(c) });
    let all: String = all.collect::<Option<_>>()?;
    (DIGITS.contains(&digits) && dialled(&all).is_ok()).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::dial;

    #[test]
    fn a_number_is_dialled_as_it_is_meant() {
        for (number, digits) in [
            ("112", "112"),
            ("+82 10-1234-5678", "+821012345678"),
            ("(+82) 10-1234-5678", "+821012345678"),
            ("+44 (0)20 7946 0018", "+442079460018"),
            ("+39 (0)6 1234 5678", "+390612345678"),
            ("+39 06 1234 5678", "+390612345678"),
            ("(02) 123-4567", "021234567"),
            ("030/1234567", "0301234567"),
            ("010.1234.5678", "01012345678"),
            ("+82 10–1234–5678", "+821012345678"),
            ("+1\u{a0}555\u{a0}010\u{a0}0000", "+15550100000"),
            ("02-123-4567 내선 42", "021234567;ext=42"),
            ("+1 555-010-0000 ext. 42", "+15550100000;ext=42"),
            ("+1 555-010-0000;ext=42", "+15550100000;ext=42"),
            ("+1 555 010 0000 x42", "+15550100000;ext=42"),
        ] {
            assert_eq!(dial(number), Ok(format!("tel:{digits}")), "{number}");
        }
    }

    #[test]
    fn invalid_numbers_suggest_the_number_to_write() {
        for (number, hint) in [
            ("tel:+82-10-1234-5678", "leave out `tel:`: write `+82-10-1234-5678`"),
            (
                "+82 010-1234-5678",
                "no 0 is dialled behind the country code: write `+82 1012345678`",
            ),
            ("010-1234-5678 / 02-123-4567", "give one number: write `010-1234-5678`"),
            ("010-1234-5678, 02-123-4567", "give one number: write `010-1234-5678`"),
            ("+82 10-1234-5678 +82 2-123-4567", "give one number: write `+82 10-1234-5678`"),
            ("1-800-FLOWERS", "write `1-800-3569377`"),
            ("０１０-1234-5678", "write it in usual digits: `010-1234-5678`"),
        ] {
            assert_eq!(dial(number), Err(hint.to_owned()), "{number}");
        }
        let long = "1".repeat(16);
        for number in ["", "12", "+", "()", "abc", "on request", "1+2345", "javascript:111", &long]
        {
            assert_eq!(dial(number), Err("write it as `+82 10-0000-0000`".to_owned()), "{number}");
        }
    }
}
