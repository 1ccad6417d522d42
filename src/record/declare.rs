//! The declarations of what a record may hold: a struct or a choice together with its reader, its
//! schema and how it is written.

/// The names that the declarations use.
pub(crate) mod scope {
    pub(crate) use serde_json::{Map, Value};

    pub(crate) use crate::diagnostics::{Diagnostic, Place, brief};
    pub(crate) use crate::record::read::{Read, Reader, unknown_keys};
    pub(crate) use crate::record::schema::{Key, Object, Schemas, words};
    pub(crate) use crate::record::text::Text;
    pub(crate) use crate::record::yaml::tree::{Kind, Node};
}

/// Declares a struct of the record together with its reader.
///
/// Each field is a key (underscores become hyphens); its documentation is the field's
/// documentation; its type decides whether it may be missing. `#[also("…")]` names keys that are
/// read for it, too. `place` is where the map begins. A `group` has no map of its own: its fields
/// are keys of each map that has a field of its type.
macro_rules! record {
    ($(#[doc = $doc:literal])* pub struct $name:ident as $what:literal {
        $(
            $(#[doc = $field_doc:literal])*
            $(#[also($($also:literal),+)])?
            pub $field:ident: $type:ty,
        )*
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
            /// Where this entry begins.
            pub place: $crate::diagnostics::Place,
        }

        $crate::record::declare::fields!($name [$($doc)*] {
            $([$($field_doc)*] [$($($also),+)?] $field: $type,)*
        } {
            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                if !matches!(node.kind, Kind::Map(_)) {
                    return reader.mismatch(node, concat!($what, " (lines of `key: value`)"));
                }
                unknown_keys(node, $what, &Self::keys(), reader);
                // Every field is read before any may fail, so that all problems are found.
                $(let $field = <$type>::read_field(
                    node,
                    &Key::of(stringify!($field), &[$($($also),+)?]),
                    $what,
                    reader,
                );)*
                let place = node.place;
                Some(Self {
                    $($field: $field.or_else(|| <$type>::placeholder(place))?,)*
                    place,
                })
            }

            fn placeholder(place: Place) -> Option<Self> {
                Some(Self { $($field: <$type>::placeholder(place)?,)* place })
            }

            fn schema(schemas: &mut Schemas) -> Value {
                schemas.define(stringify!($name), Self::describe)
            }
        });
    };
    ($(#[doc = $doc:literal])* pub group $name:ident {
        $(
            $(#[doc = $field_doc:literal])*
            $(#[also($($also:literal),+)])?
            pub $field:ident: $type:ty,
        )*
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
        }

        $crate::record::declare::fields!($name [$($doc)*] {
            $([$($field_doc)*] [$($($also),+)?] $field: $type,)*
        } {
            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                Self::read_field(node, &Key::of("", &[]), "", reader)
            }

            fn placeholder(place: Place) -> Option<Self> {
                Some(Self { $($field: <$type>::placeholder(place)?,)* })
            }

            fn schema(schemas: &mut Schemas) -> Value {
                Self::describe(schemas)
            }

            fn keys_of(_: Key) -> Vec<Key> {
                Self::keys()
            }

            fn read_field(
                node: &Node,
                _: &Key,
                what: &str,
                reader: &mut Reader,
            ) -> Option<Self> {
                $(let $field = <$type>::read_field(
                    node,
                    &Key::of(stringify!($field), &[$($($also),+)?]),
                    what,
                    reader,
                );)*
                Some(Self {
                    $($field: $field.or_else(|| <$type>::placeholder(node.place))?,)*
                })
            }

            fn describe_field(object: &mut Object, _: &Key, _: &[&str], schemas: &mut Schemas) {
                Self::describe_fields(object, schemas);
            }

            fn put_field(&self, _: &Key, map: &mut Map<String, Value>) {
                self.put(map);
            }
        });
    };
}

/// What structs with a map and groups have in common: their keys, described and written; and the
/// `methods` of [`Read`](crate::record::read::Read) in which they differ.
macro_rules! fields {
    ($name:ident [$($doc:literal)*] {
        $([$($field_doc:literal)*] [$($also:literal),*] $field:ident: $type:ty,)*
    } { $($methods:tt)* }) => {
        impl $name {
            /// The keys that it may have.
            pub fn keys() -> Vec<$crate::record::schema::Key> {
                use $crate::record::declare::scope::*;
                let keys = [$(<$type>::keys_of(Key::of(stringify!($field), &[$($also),*])),)*];
                keys.into_iter().flatten().collect()
            }
        }

        const _: () = {
            use $crate::record::declare::scope::*;

            impl $name {
                fn describe(schemas: &mut Schemas) -> Value {
                    let mut object = Object::default();
                    Self::describe_fields(&mut object, schemas);
                    object.build(&[$($doc),*])
                }

                fn describe_fields(object: &mut Object, schemas: &mut Schemas) {
                    $(<$type>::describe_field(
                        object,
                        &Key::of(stringify!($field), &[$($also),*]),
                        &[$($field_doc),*],
                        schemas,
                    );)*
                }

                fn put(&self, map: &mut Map<String, Value>) {
                    $(self.$field.put_field(&Key::of(stringify!($field), &[$($also),*]), map);)*
                }
            }

            impl Read for $name {
                $($methods)*

                fn value(&self) -> Value {
                    let mut map = Map::new();
                    self.put(&mut map);
                    map.into()
                }

                fn texts<'a>(&'a self, texts: &mut Vec<&'a Text>) {
                    $(self.$field.texts(texts);)*
                }
            }
        };
    };
}

/// Declares an enumeration whose arms are written as words in the data.
macro_rules! choice {
    ($(#[doc = $doc:literal])* pub enum $name:ident as $what:literal {
        $($(#[doc = $arm_doc:literal])* $arm:ident = $word:literal,)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $arm_doc])* $arm,)* }

        impl $name {
            /// All choices, in the order in which they are declared.
            pub const ALL: [Self; [$($word,)*].len()] = [$(Self::$arm,)*];

            /// The word that stands for this choice in data, on the command line and in templates.
            pub fn word(self) -> &'static str {
                match self { $(Self::$arm => $word,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                let found = Self::ALL.into_iter().find(|choice| choice.word() == word);
                found.ok_or_else(|| format!("it is one of {}", Self::ALL.map(Self::word).join(", ")))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        const _: () = {
            use $crate::record::declare::scope::*;

            impl Read for $name {
                fn read(
                    node: &Node,
                    reader: &mut Reader,
                ) -> Option<Self> {
                    match reader.scalar(node, $what)? {
                        $($word => Some(Self::$arm),)*
                        other => {
                            let message = format!("`{}` is not {}", brief(other), $what);
                            let diagnostic = Diagnostic::error("E013", message)
                                .at(node.place)
                                .suggest(other, Self::ALL.map(Self::word))
                                .hint(format!("one of: {}", Self::ALL.map(Self::word).join(", ")));
                            reader.fail(diagnostic)
                        }
                    }
                }

                fn absent() -> Option<Self> {
                    Self::ALL.first().copied()
                }

                fn schema(schemas: &mut Schemas) -> Value {
                    schemas.define(stringify!($name), |_| {
                        let arms = [$(format!("`{}`: {}", $word, words(&[$($arm_doc),*])),)*];
                        let about = words(&[$($doc),*]);
                        serde_json::json!({
                            "description": format!("{about} {}", arms.join(" ")),
                            "enum": [$($word,)*],
                        })
                    })
                }

                fn value(&self) -> Value {
                    self.word().into()
                }
            }
        };
    };
}

pub(crate) use {choice, fields, record};
