//! A document for the plain compiler: a folder that `typst compile` sets without this program.
//!
//! What templates get from the engine (Markdown, diagrams) is computed once here and written as
//! Typst code; strings of the data become string literals, never markup.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{
    Content, Label, NativeElement as _, Repr as _, Selector, SequenceElem, Str, Value,
};
use typst::introspection::{Introspector as _, MetadataElem};
use typst::model::{EnumItem, FigureCaption, ListItem, TableCell, TableHeader, TermItem};
use typst::text::{SpaceElem, TextElem};

use crate::diagram::parse;
use crate::engine::blob::Blob;
use crate::engine::compile::Engine;
use crate::engine::fault::Fault;
use crate::engine::job::Job;
use crate::engine::templates::serves;

/// The names of the engine's functions in templates.
const NAMES: [&str; 11] = [
    "first-family",
    "height-of",
    "in-parts",
    "keep-all",
    "keep-last",
    "layout-diagram",
    "line-widths",
    "markdown",
    "parse-diagram",
    "readable-address",
    "together",
];

/// Replaces the engine's functions by ones that record their calls.
const RECORDING: &str = include_str!("recording.typ");

/// Replaces the engine's functions for the plain compiler.
const PLAIN: &str = include_str!("plain.typ");

/// The rule for links that looks labels up during layout.
const LINKS: &str = "\
// The first layout has no labels yet, and a link to nowhere would take no space.
#show link: it => if type(it.dest) == label and query(it.dest).len() == 0 { it.body } else { it }
";

impl Engine {
    /// The files of a document that the plain compiler sets: templates, data, pictures, and the
    /// fonts, below `fonts/`. `main.typ` is where it begins.
    ///
    /// # Errors
    /// What is wrong with the template or its data; content that has no form as code.
    pub fn typst_project(&self, job: &Job) -> Result<BTreeMap<String, Blob>, Vec<Fault>> {
        let mut recording = job.clone().with_file("/engine.typ", RECORDING.to_owned());
        let mut files: BTreeMap<String, Blob> = BTreeMap::new();
        for path in self.templates().list().map_err(|error| plain(&error))? {
            let bytes = self.templates().read(&path).map_err(|error| plain(&error))?;
            let blob = match std::str::from_utf8(&bytes) {
                Ok(text) if path.ends_with(".typ") => Blob::from(importing(text)),
                _ => Blob::from(bytes.into_owned()),
            };
            if path.ends_with(".typ") {
                recording = recording.with_file(format!("/{path}"), blob.clone());
            }
            if serves(&path, &job.main) {
                files.insert(path, blob);
            }
        }
        let document = self.compile(&recording)?;
        let mut code = Code::default();
        let label = Label::construct(Str::from("noted")).map_err(|error| plain(&error))?;
        for noted in document.paged.introspector().query(&Selector::Label(label)) {
            let Some(metadata) = noted.to_packed::<MetadataElem>() else { continue };
            let Value::Dict(asked) = &metadata.value else { continue };
            if let (Ok(Value::Str(key)), Ok(Value::Content(made))) =
                (asked.get("key"), asked.get("made"))
            {
                let made = code.content(made)?;
                code.texts.insert(key.to_string(), made);
            }
            if let (Ok(Value::Str(source)), Ok(room), Ok(scene)) =
                (asked.get("source"), asked.get("room"), asked.get("scene"))
            {
                let scene = code.value(scene)?;
                let scenes = code.scenes.entry(source.to_string()).or_default();
                scenes.insert(room.repr().to_string(), scene);
            }
        }
        if let Some(data) = job.files.get("/document.json") {
            code.diagrams(&serde_json::from_slice(data.as_slice()).unwrap_or_default());
        }
        let own = job.files.iter();
        files.extend(
            own.map(|(path, blob)| (path.trim_start_matches('/').to_owned(), blob.clone())),
        );
        let families: BTreeSet<Str> =
            self.fonts().faces().into_iter().map(|face| face.family.into()).collect();
        let families = code.value(&Value::Array(families.into_iter().map(Value::Str).collect()))?;
        let families = format!("#let families = {families}\n");
        files.insert("families.typ".to_owned(), families.into());
        files.insert("engine.typ".to_owned(), PLAIN.to_owned().into());
        files.insert("asked.typ".to_owned(), code.file().into());
        files.insert("main.typ".to_owned(), format!("{LINKS}#include {:?}\n", job.main).into());
        for (name, bytes) in self.fonts().files() {
            files.insert(format!("fonts/{name}"), bytes);
        }
        Ok(files)
    }
}

/// A template that takes the engine's functions from a file.
fn importing(text: &str) -> String {
    let named: Vec<&str> = NAMES.into_iter().filter(|name| text.contains(name)).collect();
    match named.as_slice() {
        [] => text.to_owned(),
        names => format!("#import \"/engine.typ\": {}\n{text}", names.join(", ")),
    }
}

/// A fault without a place.
fn plain(message: &impl ToString) -> Vec<Fault> {
    vec![Fault::plain(message.to_string())]
}

/// The results of the templates' calls, as code.
#[derive(Default)]
struct Code {
    texts: BTreeMap<String, String>,
    diagrams: BTreeMap<String, String>,
    /// Diagrams that are laid out, by their source and the space they were given.
    scenes: BTreeMap<String, BTreeMap<String, String>>,
}

impl Code {
    /// The file with the recorded results.
    fn file(&self) -> String {
        let entries = |map: &BTreeMap<String, String>, before: &str| {
            let line = |(key, code): (&String, &String)| {
                format!("  {}: {before}{code},\n", Str::from(key.as_str()).repr())
            };
            map.iter().map(line).collect::<String>()
        };
        let by_room = |rooms: &BTreeMap<String, String>| format!("(\n{})", entries(rooms, ""));
        let scenes: BTreeMap<String, String> =
            self.scenes.iter().map(|(source, rooms)| (source.clone(), by_room(rooms))).collect();
        format!(
            "// Markdown by what was asked; diagrams by their source.\n\
             #import \"/engine.typ\": task-mark\n\
             #let texts = (:\n{})\n#let diagrams = (:\n{})\n#let scenes = (:\n{})\n",
            entries(&self.texts, "blocks => "),
            entries(&self.diagrams, ""),
            entries(&scenes, ""),
        )
        .replace("(:\n)", "(:)")
        .replace("(:\n", "(\n")
    }

    /// Content as an expression.
    fn content(&mut self, content: &Content) -> Result<String, Vec<Fault>> {
        let code = self.unlabelled(content)?;
        Ok(match content.label() {
            Some(label) => format!("[#{code} #{}]", label.repr()),
            None => code,
        })
    }

    /// The same without its label.
    fn unlabelled(&mut self, content: &Content) -> Result<String, Vec<Fault>> {
        if let Some(text) = content.to_packed::<TextElem>() {
            return Ok(format!("text({})", Str::from(text.text.as_str()).repr()));
        }
        if content.is::<SpaceElem>() {
            return Ok("[ ]".to_owned());
        }
        if let Some(sequence) = content.to_packed::<SequenceElem>() {
            let parts: Result<Vec<String>, _> =
                sequence.children.iter().map(|child| self.content(child)).collect();
            let parts = parts?;
            return Ok(if parts.is_empty() {
                "[]".into()
            } else {
                format!("{{ {} }}", parts.join("; "))
            });
        }
        if let Some(metadata) = content.to_packed::<MetadataElem>() {
            return self.block(&metadata.value);
        }
        let params = content.elem().params();
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        for (name, value) in content.fields() {
            let Some(param) = params.iter().find(|param| param.name == name.as_str()) else {
                continue;
            };
            match (&value, param.variadic) {
                (Value::Array(values), true) => {
                    for value in values {
                        positional.push(self.value(value)?);
                    }
                }
                _ if param.positional => positional.push(self.value(&value)?),
                _ => named.push(format!("{name}: {}", self.value(&value)?)),
            }
        }
        named.extend(positional);
        Ok(format!("{}({})", path(content), named.join(", ")))
    }

    /// A value as an expression.
    fn value(&mut self, value: &Value) -> Result<String, Vec<Fault>> {
        Ok(match value {
            Value::Content(content) => self.content(content)?,
            Value::Array(values) => {
                let values: Result<Vec<String>, _> =
                    values.iter().map(|value| self.value(value)).collect();
                let values = values?;
                if values.is_empty() { "()".into() } else { format!("({},)", values.join(", ")) }
            }
            // The compiler's own representation leaves out the middle of long lists.
            Value::Dict(values) if !values.is_empty() => {
                let pair = |(key, value): (&Str, &Value)| {
                    Ok::<_, Vec<Fault>>(format!("{}: {}", key.repr(), self.value(value)?))
                };
                format!("({})", values.iter().map(pair).collect::<Result<Vec<_>, _>>()?.join(", "))
            }
            Value::Func(function) => match function.name() {
                Some("task_mark" | "task-mark") => "task-mark".to_owned(),
                _ => return Err(plain(&"a function given to `markdown` has no form as code")),
            },
            other => other.repr().to_string(),
        })
    }

    /// Records the dictionary of a diagram; a text that is no diagram is skipped.
    fn diagram(&mut self, source: &str) {
        if !self.diagrams.contains_key(source)
            && let Ok(diagram) = parse(source)
            && let Ok(value) = serde_json::to_value(diagram)
            && let Ok(value) = serde_json::from_value::<Value>(value)
            && let Ok(code) = self.value(&value)
        {
            self.diagrams.insert(source.to_owned(), code);
        }
    }

    /// Records every text of the data that is a diagram.
    fn diagrams(&mut self, data: &serde_json::Value) {
        match data {
            serde_json::Value::String(text) => self.diagram(text),
            serde_json::Value::Array(values) => {
                values.iter().for_each(|value| self.diagrams(value))
            }
            serde_json::Value::Object(values) => {
                values.values().for_each(|value| self.diagrams(value));
            }
            _ => {}
        }
    }

    /// A block of code for which the template has a function: the call of that function.
    fn block(&mut self, asked: &Value) -> Result<String, Vec<Fault>> {
        let Value::Array(asked) = asked else { return Err(plain(&"unexpected metadata")) };
        let [Value::Str(kind), Value::Str(source), info] = asked.as_slice() else {
            return Err(plain(&"unexpected metadata"));
        };
        self.diagram(source);
        Ok(format!("(blocks.at({}))({}, {})", kind.repr(), source.repr(), info.repr()))
    }
}

/// What a kind of content is called in code.
fn path(content: &Content) -> &'static str {
    match content.elem() {
        elem if elem == ListItem::ELEM => "list.item",
        elem if elem == EnumItem::ELEM => "enum.item",
        elem if elem == TermItem::ELEM => "terms.item",
        elem if elem == TableCell::ELEM => "table.cell",
        elem if elem == TableHeader::ELEM => "table.header",
        elem if elem == FigureCaption::ELEM => "figure.caption",
        elem => elem.name(),
    }
}
