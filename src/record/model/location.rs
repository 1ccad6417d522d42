//! Where something is.

use serde_json::{Value, json};

use crate::record::declare::record;
use crate::record::read::{Read, Reader, has_any};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::Node;

/// Where something is: in words, or by the parts of an address.
#[derive(Debug, Clone)]
pub enum Location {
    /// As it is printed.
    Text(Text),
    /// Parts, which each language prints in its own order.
    Parts(Box<LocationParts>),
}

record! {
    /// The parts of an address, which each language prints in its own order.
    pub struct LocationParts as "a location" {
        /// Street and number.
        pub address: Option<Text>,
        /// Postal code.
        pub postal_code: Option<Text>,
        /// City.
        pub city: Option<Text>,
        /// State, province or county.
        pub region: Option<Text>,
        /// Country.
        pub country: Option<Text>,
    }
}

impl Read for Location {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if has_any(node, &LocationParts::keys()) {
            return LocationParts::read(node, reader).map(|parts| Self::Parts(Box::new(parts)));
        }
        Text::read(node, reader).map(Self::Text)
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Location", |schemas| {
            let parts = LocationParts::schema(schemas);
            json!({
                "description": "Where something is: in words, or by the parts of an address.",
                "anyOf": [Text::schema(schemas), parts],
                "examples": ["Seoul", { "city": "Seoul", "country": "Korea" }],
            })
        })
    }

    fn value(&self) -> Value {
        match self {
            Self::Text(text) => text.value(),
            Self::Parts(parts) => parts.value(),
        }
    }

    fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
        match self {
            Self::Text(text) => text.texts(texts),
            Self::Parts(parts) => parts.texts(texts),
        }
    }
}
