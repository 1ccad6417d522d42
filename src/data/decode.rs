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
    /// Where in `text` the first character stands that is not UTF-8.
    pub at: usize,
}

/// Reads bytes as UTF-8 (Unicode 16, section 3.9), without the byte order mark.
///
/// # Errors
/// The encoding the bytes look like.
pub fn decode(bytes: Vec<u8>) -> Result<String, Foreign> {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes).filter(|(found, _)| *found != UTF_8)
    {
        return Err(foreign(&bytes[length..], 0, encoding));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let bytes = error.into_bytes();
            // Two bytes of a Korean letter may look like one letter of UTF-8.
            let at = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(&bytes, true);
            let encoding = detector.guess(None, Utf8Detection::Deny);
            Err(foreign(&bytes, at, encoding))
        }
    }
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
    use super::decode;

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode(b"\xef\xbb\xbfname: x".to_vec()), Ok("name: x".into()));
    }

    #[test]
    fn other_encodings_are_named() {
        let korean = "profile:\n  name: 이름은 개발자이고 서울에서 일합니다\n";
        let (bytes, _, _) = encoding_rs::EUC_KR.encode(korean);
        let found = decode(bytes.into_owned()).expect_err("not UTF-8");
        assert_eq!((found.encoding.as_str(), found.text.as_str()), ("CP949", korean));
        assert_eq!(&found.text[found.at..][..3], "이");
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("가: 나".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode(wide).expect_err("not UTF-8").encoding, "UTF-16");
    }
}
