//! Questions of an application form, with the person's answers.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::record::declare::{choice, record};
use crate::record::read::Spanned;
use crate::record::text::Text;

record! {
    /// A question of an application form, and its answer.
    pub struct Question as "a question" {
        /// What is asked.
        pub ask: Text,
        /// The answer, as it will be pasted: no Markdown is read in it.
        pub answer: Option<Text>,
        /// How long the answer may be, in what `count` counts.
        pub limit: Option<Spanned<u32>>,
        /// What the limit counts.
        pub count: Count,
    }
}

choice! {
    /// What the length of an answer is counted in. The end of a line counts as one.
    pub enum Count as "a count" {
        /// Characters as a reader sees them, blanks included.
        Chars = "chars",
        /// The same without blanks and ends of lines.
        CharsNoSpace = "chars-no-space",
        /// Bytes in EUC-KR, as Korean forms count: two for Hangul, one for ASCII; two also for a character that EUC-KR lacks.
        BytesEuckr = "bytes-euckr",
        /// Bytes in UTF-8: three for Hangul, one for ASCII.
        BytesUtf8 = "bytes-utf8",
    }
}

impl Count {
    /// The length of a text.
    pub fn of(self, text: &str) -> usize {
        let text = text.replace("\r\n", "\n");
        let blank = |cluster: &&str| cluster.chars().all(char::is_whitespace);
        let clusters = text.graphemes(true);
        match self {
            Self::Chars => clusters.count(),
            Self::CharsNoSpace => clusters.filter(|cluster| !blank(cluster)).count(),
            Self::BytesEuckr => text.chars().map(|c| in_euckr(c).unwrap_or(2)).sum(),
            Self::BytesUtf8 => text.len(),
        }
    }

    /// Whether it counts bytes.
    pub fn is_bytes(self) -> bool {
        matches!(self, Self::BytesEuckr | Self::BytesUtf8)
    }
}

/// The bytes of a character in EUC-KR, as browsers encode it (with all syllables, as code page 949); `None` for
/// one that it lacks.
pub fn in_euckr(c: char) -> Option<usize> {
    let mut utf8 = [0; 4];
    let (bytes, _, lacking) = encoding_rs::EUC_KR.encode(c.encode_utf8(&mut utf8));
    (!lacking).then_some(bytes.len())
}
