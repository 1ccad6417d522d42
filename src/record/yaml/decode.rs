//! Bytes → text: UTF-8 with or without a byte order mark; any other encoding is named.
//!
//! This file must not know YAML.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// What a file is when it is not UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub struct Foreign {
    /// The encoding it looks like, by the name people use.
    pub encoding: String,
    /// Its text, read in that encoding, for an excerpt.
    pub text: String,
    /// The offset in `text` of the first character that is not UTF-8.
    pub at: usize,
}

/// Reads bytes as UTF-8 (Unicode 16, section 3.9), without the byte order mark.
///
/// # Errors
/// The encoding the bytes look like.
pub fn decode(bytes: Vec<u8>) -> Result<String, Foreign> {
    if bytes.starts_with(&[0, 0, 0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe, 0, 0]) {
        return Err(named("UTF-32"));
    }
    if let Some((encoding, length)) = Encoding::for_bom(&bytes).filter(|(found, _)| *found != UTF_8)
    {
        return Err(foreign(&bytes[length..], 0, encoding));
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => match wide(text.as_bytes()) {
            Some(encoding) => Err(foreign(text.as_bytes(), 0, encoding)),
            None => Ok(text),
        },
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let bytes = error.into_bytes();
            if let Some(encoding) = wide(&bytes) {
                return Err(foreign(&bytes, 0, encoding));
            }
            // No encoding of text has these, and a picture or an archive is full of them.
            let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
            if bytes.iter().filter(control).count() > bytes.len() / 50 {
                return Err(named("no text at all"));
            }
            // Two bytes of a Korean letter may look like one letter of UTF-8.
            let at = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(&bytes, true);
            let encoding = detector.guess(None, Utf8Detection::Deny);
            Err(foreign(&bytes, at, encoding))
        }
    }
}

/// Reads the text of a file that other programs wrote, in whatever encoding it looks like.
///
/// # Errors
/// What the bytes are where they are no text.
pub fn decode_any(bytes: Vec<u8>) -> Result<String, Foreign> {
    decode(bytes).or_else(|foreign| match foreign.text.is_empty() {
        true => Err(foreign),
        false => Ok(foreign.text),
    })
}

/// UTF-16 without its mark: most letters of a key are ASCII, so every other byte of them is 0.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = (bytes.len() / 10).max(3);
    match () {
        () if even > many && odd <= even / 10 => Some(UTF_16BE),
        () if odd > many && even <= odd / 10 => Some(UTF_16LE),
        () => None,
    }
}

/// A file whose text is not worth an excerpt.
fn named(encoding: &str) -> Foreign {
    Foreign { encoding: encoding.to_owned(), text: String::new(), at: 0 }
}

fn foreign(bytes: &[u8], at: usize, encoding: &'static Encoding) -> Foreign {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let (before, _) = encoding.decode_without_bom_handling(&bytes[..at]);
    let name = match encoding.name() {
        // The web's name for the encoding that Korean editors call by its code page.
        "EUC-KR" => "CP949".to_owned(),
        _ if encoding == UTF_16LE || encoding == UTF_16BE => "UTF-16".to_owned(),
        other => other.to_owned(),
    };
    Foreign { encoding: name, at: before.len().min(text.len()), text: text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_any};

    #[test]
    fn the_byte_order_mark_is_removed() {
        assert_eq!(decode(b"\xef\xbb\xbfname: x".to_vec()), Ok("name: x".into()));
    }

    #[test]
    fn other_encodings_are_named() {
        let korean = "profile:\n  name: 이름은 개발자이고 서울에서 일합니다\n";
        let (bytes, _, _) = encoding_rs::EUC_KR.encode(korean);
        let found = decode(bytes.into_owned()).expect_err("not UTF-8");
        assert_eq!((found.encoding.as_str(), found.text.as_str()), ("CP949", korean));
        let (bytes, _, _) = encoding_rs::EUC_KR.encode(korean);
        assert_eq!(decode_any(bytes.into_owned()), Ok(korean.to_owned()));
        assert!(decode_any(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".to_vec()).is_err());
        assert_eq!(&found.text[found.at..][..3], "이");
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("가: 나".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode(wide.clone()).expect_err("not UTF-8").encoding, "UTF-16");
        let named = |bytes: &[u8]| decode(bytes.to_vec()).expect_err("not UTF-8").encoding;
        let key = "profile: {name: 가나다}\n";
        let little: Vec<u8> = key.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = key.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!([named(&little), named(&big)], ["UTF-16", "UTF-16"], "without a mark");
        assert_eq!(named(b"\0\0\xfe\xff\0\0\0p"), "UTF-32");
        assert_eq!(named(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"), "no text at all");
        assert_eq!(decode(b"a: \0\n".to_vec()), Ok("a: \0\n".into()), "one stray character");
    }
}
