//! How much an entry matters, and what it is about.

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, brief};
use crate::record::declare::record;
use crate::record::model::text::Id;
use crate::record::read::{Read, Reader};
use crate::record::schema::Schemas;
use crate::record::yaml::tree::Node;

record! {
    /// How much an entry matters, and what it is about.
    pub group Priority {
        /// How much it matters; by default 3, and 1 for interests and references.
        pub importance: Option<Importance>,
        /// What it is about.
        pub tags: Vec<Id>,
    }
}

impl Priority {
    /// The importance that is given, or the usual one.
    pub fn importance(&self) -> u8 {
        self.importance.map_or(USUAL, |importance| importance.0)
    }
}

/// The importance of what names none.
const USUAL: u8 = 3;

/// How much an entry matters, from 1 (background) to 5 (must be seen).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Importance(pub u8);

impl Read for Importance {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "an importance from 1 to 5")?;
        match text.parse() {
            Ok(number @ 1..=5) => Some(Self(number)),
            _ => {
                let diagnostic =
                    Diagnostic::error("E019", format!("`{}` is not an importance", brief(text)))
                        .at(node.place)
                        .hint("1 is background, 3 is normal, 5 must be seen");
                reader.fail(diagnostic)
            }
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Importance", |_| {
            json!({
                "description": "How much an entry matters: 1 is background, 3 is normal, 5 must be seen.",
                "type": "integer",
                "minimum": 1,
                "maximum": 5,
                "default": 3,
            })
        })
    }

    fn value(&self) -> Value {
        self.0.into()
    }
}
