//! Addresses as programs read them and as people do.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::is_nfc;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// The ASCII characters that no address may hold as they are (RFC 3986, 2).
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address in ASCII, which every program follows: hosts in Punycode (UTS #46), other characters
/// as `%` and the digits of their UTF-8 (RFC 3987, 3.1).
pub fn ascii(address: &str) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, UNSAFE).to_string();
    let host = |name: &str| idna::domain_to_ascii(name).unwrap_or_else(|_| encoded(name));
    let parts = address.split_once(':').filter(|_| !address.is_ascii());
    match parts.map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest)) {
        Some((scheme, rest)) if scheme == "mailto" => {
            let (to, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
            let to = match to.rsplit_once('@') {
                Some((name, domain)) => format!("{}@{}", encoded(name), host(domain)),
                None => encoded(to),
            };
            format!("mailto:{to}{}", encoded(query))
        }
        Some((scheme, rest)) if rest.starts_with("//") => {
            let rest = &rest[2..];
            let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            let (name, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            format!("{scheme}://{}{}{}", host(name), encoded(port), encoded(path))
        }
        _ => encoded(address),
    }
}

/// An address as people read it: letters that are encoded in it as `%` and digits are shown. An
/// address that has others than letters and digits in this form, or letters that are not `shown`,
/// stays as it is, because it would mean something else or could not be printed.
pub fn readable(address: &str, shown: impl Fn(char) -> bool) -> String {
    let is_letter = |c: char| {
        let group = c.general_category_group();
        matches!(
            group,
            GeneralCategoryGroup::Letter
                | GeneralCategoryGroup::Mark
                | GeneralCategoryGroup::Number
        )
    };
    // Runs of encoded bytes that are no ASCII: those that are may be signs with a meaning.
    let mut out = String::new();
    let mut rest = address;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let high = |at: usize| {
            let byte = rest.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            rest[at..].starts_with('%') && byte.is_some_and(|byte| byte >= 0x80)
        };
        let length = (0..rest.len())
            .step_by(3)
            .take_while(|at| rest.is_char_boundary(*at) && high(*at))
            .count()
            * 3;
        let run = &rest[..length];
        let decoded = percent_decode_str(run).decode_utf8().ok();
        let decoded = decoded.filter(|text| text.chars().all(|c| is_letter(c) && shown(c)));
        match decoded.filter(|_| length > 0) {
            Some(text) => out.push_str(&text),
            None => out.push_str(if length > 0 { run } else { "%" }),
        }
        rest = &rest[length.max(1)..];
    }
    out.push_str(rest);
    // NFC would make another address of it.
    if is_nfc(&out) { out } else { address.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{ascii, readable};

    #[test]
    fn addresses_become_ascii() {
        for (address, wanted) in [
            ("https://example.org/a%20b?c=d#e", "https://example.org/a%20b?c=d#e"),
            ("https://bücher.example/über-mich", "https://xn--bcher-kva.example/%C3%BCber-mich"),
            ("https://한국.kr:8443", "https://xn--3e0b707e.kr:8443"),
            (
                "HTTPS://example.org/길?a=가&b=%20c#절",
                "https://example.org/%EA%B8%B8?a=%EA%B0%80&b=%20c#%EC%A0%88",
            ),
            (
                "mailto:이름@한국.kr?subject=안녕",
                "mailto:%EC%9D%B4%EB%A6%84@xn--3e0b707e.kr?subject=%EC%95%88%EB%85%95",
            ),
            ("tel:+82-2-123-4567", "tel:+82-2-123-4567"),
            ("https://example.org/{a}|\"b\"", "https://example.org/%7Ba%7D%7C%22b%22"),
        ] {
            assert_eq!(ascii(address), wanted, "{address}");
            assert!(ascii(address).is_ascii());
        }
    }

    #[test]
    fn addresses_become_readable_and_mean_the_same() {
        for (address, wanted) in [
            (
                "https://example.org/in/%ED%99%8D%EA%B8%B8%EB%8F%99-12/",
                "https://example.org/in/홍길동-12/",
            ),
            ("https://example.org/a%20b%2Fc%25", "https://example.org/a%20b%2Fc%25"),
            ("https://example.org/%E2%80%AEx", "https://example.org/%E2%80%AEx"),
            ("https://example.org/%FF%C3%BC", "https://example.org/%FF%C3%BC"),
            ("https://example.org/%C3", "https://example.org/%C3"),
            ("100%", "100%"),
            ("https://example.org/u%CC%88", "https://example.org/u%CC%88"),
        ] {
            assert_eq!(readable(address, |_| true), wanted, "{address}");
            assert_eq!(ascii(&readable(address, |_| true)), ascii(address));
        }
        let encoded = "https://example.org/%ED%99%8D";
        assert_eq!(readable(encoded, |_| false), encoded);
    }
}
