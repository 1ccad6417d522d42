//! Tree → typed values, all problems of a file in one pass.
//!
//! [`Read`] says how one type is read; [`record!`](crate::data::read::record) writes a struct and
//! its reader from one declaration, so that a field, its key, its documentation and its rules are
//! said once. A value that cannot be read is reported and left out; reading goes on.

use serde::Serialize;

use crate::data::yaml::{Kind, Node};
use crate::problem::{Place, Problem};

/// What reading needs beside the tree: where problems go and which languages the record speaks.
#[derive(Debug, Default)]
pub struct Reader {
    /// Everything found so far.
    pub problems: Vec<Problem>,
    /// The languages of `site.languages`; the first is the default.
    pub languages: Vec<String>,
    /// Whether a file could not be read at all: nobody knows then what is missing.
    pub unreadable: bool,
}

impl Reader {
    /// Notes a problem and reads nothing.
    pub fn fail<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }

    /// Notes that a value has another form than its field wants.
    pub fn mismatch<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        let problem = Problem::error("E010", format!("expected {wanted}, found {}", node.describe()));
        self.fail(problem.at(node.place))
    }

    /// The characters of a scalar, or a problem that says what was wanted instead.
    pub fn scalar<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n str> {
        match &node.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => self.mismatch(node, wanted),
        }
    }
}

/// How a type is read from a node.
pub trait Read: Sized {
    /// Reads the value, or notes what is wrong with it.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;

    /// What a missing key means: `None` makes the key required.
    fn absent() -> Option<Self> {
        None
    }
}

impl<T: Read> Read for Option<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match node.kind {
            Kind::Null => Some(None),
            _ => T::read(node, reader).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            Kind::Null => Some(Vec::new()),
            Kind::List(items) => {
                Some(items.iter().filter_map(|item| T::read(item, reader)).collect())
            }
            _ => reader.mismatch(node, "a list (lines that begin with `- `)"),
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

impl Read for bool {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match reader.scalar(node, "`true` or `false`")? {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let message = format!("expected `true` or `false`, found `{other}`");
                reader.fail(Problem::error("E010", message).at(node.place))
            }
        }
    }
}

impl Read for u32 {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a whole number")?;
        match text.parse() {
            Ok(number) => Some(number),
            Err(_) => {
                let message = format!("expected a whole number, found `{text}`");
                reader.fail(Problem::error("E010", message).at(node.place))
            }
        }
    }
}

/// A value with the place it was read from.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(transparent)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// Two values are the same wherever they stand.
impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Read> Read for Spanned<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        Some(Self { value: T::read(node, reader)?, place: node.place })
    }
}

impl Read for String {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        reader.scalar(node, "one text").map(crate::data::text::normal)
    }
}

/// The entries of a map that no field claims are problems, each with the nearest field's name.
pub fn unknown_keys(node: &Node, what: &str, known: &[String], reader: &mut Reader) {
    let Kind::Map(entries) = &node.kind else { return };
    for (key, _) in entries {
        if !known.contains(&key.text) {
            let problem = Problem::error("E011", format!("unknown key `{}` in {what}", key.text))
                .at(key.place)
                .suggest(&key.text, known.iter().map(String::as_str));
            let problem = if problem.hints.is_empty() {
                problem.hint(format!("known keys: {}", known.join(", ")))
            } else {
                problem
            };
            reader.problems.push(problem);
        }
    }
}

/// Reads one field of a map; a missing key is what its type says it is.
pub fn field<T: Read>(node: &Node, key: &str, what: &str, reader: &mut Reader) -> Option<T> {
    if let Some(value) = node.get(key) {
        return T::read(value, reader);
    }
    T::absent().or_else(|| {
        let problem = Problem::error("E012", format!("{what} lacks the key `{key}`"));
        reader.fail(problem.at(node.place).label("this one").hint(format!("add a line `{key}: …`")))
    })
}

/// The YAML key of a Rust field: `link_marks` is written `link-marks`.
pub fn key_of(field: &str) -> String {
    field.trim_start_matches("r#").replace('_', "-")
}

/// Declares a struct of the record together with its reader.
///
/// Each field is a key (underscores become hyphens); its documentation is the field's
/// documentation; its type decides whether it may be missing. `place` is where the map begins.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident as $what:literal {
        $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            /// Where this entry begins.
            pub place: $crate::problem::Place,
        }

        impl $crate::data::read::Read for $name {
            fn read(
                node: &$crate::data::yaml::Node,
                reader: &mut $crate::data::read::Reader,
            ) -> Option<Self> {
                if !matches!(node.kind, $crate::data::yaml::Kind::Map(_)) {
                    return reader.mismatch(node, concat!($what, " (lines of `key: value`)"));
                }
                let known = [$($crate::data::read::key_of(stringify!($field)),)*];
                $crate::data::read::unknown_keys(node, $what, &known, reader);
                // Every field is read before any may fail, so that all problems are found.
                $(let $field = $crate::data::read::field(
                    node,
                    &$crate::data::read::key_of(stringify!($field)),
                    $what,
                    reader,
                );)*
                Some(Self { $($field: $field?,)* place: node.place })
            }
        }
    };
}

/// Declares an enumeration whose arms are written as words in the data.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident as $what:literal {
        $($(#[$arm_meta:meta])* $arm:ident = $word:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$arm_meta])* $arm,)* }

        impl $name {
            /// The word that stands for this choice in data, on the command line and in templates.
            pub fn word(self) -> &'static str {
                match self { $(Self::$arm => $word,)* }
            }
        }

        impl $crate::data::read::Read for $name {
            fn read(
                node: &$crate::data::yaml::Node,
                reader: &mut $crate::data::read::Reader,
            ) -> Option<Self> {
                let words = [$($word,)*];
                match reader.scalar(node, $what)? {
                    $($word => Some(Self::$arm),)*
                    other => {
                        let message = format!("`{other}` is not {}", $what);
                        let problem = $crate::problem::Problem::error("E013", message)
                            .at(node.place)
                            .suggest(other, words)
                            .hint(format!("one of: {}", words.join(", ")));
                        reader.fail(problem)
                    }
                }
            }

            fn absent() -> Option<Self> {
                [$(Self::$arm,)*].into_iter().next()
            }
        }
    };
}

pub(crate) use {choice, record};
