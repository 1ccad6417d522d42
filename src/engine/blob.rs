//! Bytes that jobs share.

use typst::foundations::Bytes;

/// Bytes that are cheap to share between jobs.
#[derive(Debug, Clone, Hash)]
pub struct Blob(pub(super) Bytes);

impl Blob {
    /// Takes over bytes.
    pub fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self(Bytes::new(bytes))
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for Blob {
    fn from(text: String) -> Self {
        Self::new(text.into_bytes())
    }
}
