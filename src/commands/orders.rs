//! Which documents are made of a record: the options of `resume render`, and what they ask for.

use std::path::PathBuf;
use std::str::FromStr;

use crate::commands::context::{Applications, Overrides};
use crate::commands::outcome::Outcome;
use crate::document::file_name::file_name;
use crate::document::{Filter, Format};
use crate::engine::Engine;
use crate::error::Error;
use crate::export::{ExportOptions, FileType, MERGED, MergePart};
use crate::output::Destination;
use crate::record::Record;
use crate::record::redact;
use crate::typeset::{Context, Variant};

/// What is printed of a file that a run would write if the record had something for it.
const EARLIER: &str = "stays from an earlier run: the record has nothing for it now";

/// Which documents are made, as what, and where they go.
#[derive(Debug, Clone)]
pub struct RenderOptions {
    /// The formats; `None` for those that the record has content for, for the one-page résumé where
    /// applications are named, and for the complete résumé where `max_pages` is given.
    pub formats: Option<Vec<Format>>,
    /// How many pages the complete résumé may have, in place of what the record says.
    pub max_pages: Option<usize>,
    /// The languages; by default the application's, or the record's first.
    pub languages: Vec<String>,
    /// The applications whose documents are made.
    pub applications: Applications,
    /// Values of the applications that replace those of the record.
    pub overrides: Overrides,
    /// Which projects and articles the manual and the portfolio are limited to, in which order.
    pub filter: Filter,
    /// What the documents are made without.
    pub redacted: Vec<redact::Part>,
    /// What the documents are exported as.
    pub export: ExportOptions,
    /// The part of the documents that is made.
    pub partition: Partition,
    /// A folder, a file for a single document, or `-` for standard output.
    pub output: PathBuf,
    /// The documents' date: `2024-11-08` or `today`; by default `site.date`, then
    /// `SOURCE_DATE_EPOCH`, then the latest date of the record.
    pub date: Option<String>,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            formats: None,
            max_pages: None,
            languages: Vec::new(),
            applications: Applications::default(),
            overrides: Overrides::default(),
            filter: Filter::default(),
            redacted: Vec::new(),
            export: ExportOptions::default(),
            partition: Partition::default(),
            output: PathBuf::from("output"),
            date: None,
        }
    }
}

/// A part of the documents: the k-th of n. The default is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition {
    /// Which part, from 1.
    pub part: usize,
    /// How many there are.
    pub of: usize,
}

impl Default for Partition {
    fn default() -> Self {
        Self { part: 1, of: 1 }
    }
}

impl Partition {
    /// The items that belong to the part.
    pub(crate) fn of<T>(self, items: Vec<T>) -> Vec<T> {
        items.into_iter().skip(self.part - 1).step_by(self.of).collect()
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts =
            text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((part, of)) if (1..=of).contains(&part) => Ok(Self { part, of }),
            _ => Err("write it as `1/4`: the first of four".to_owned()),
        }
    }
}

/// One document to make.
pub struct Order<'a> {
    /// The language and the application.
    pub variant: &'a Variant<'a>,
    /// The format.
    pub format: Format,
    /// The name of its files, without their ending.
    pub name: String,
}

/// The requested languages and applications, in order. An application whose language has no
/// words fails alone.
///
/// # Errors
/// As [`Context::variant`], where the language is not the application's own.
pub fn variants<'a>(
    options: &RenderOptions,
    context: &'a Context,
    engine: &Engine,
    outcome: &mut Outcome,
) -> Result<Vec<Variant<'a>>, Error> {
    let mut applications: Vec<_> = context.asked().map(Some).collect();
    if applications.is_empty() {
        applications.push(None);
    }
    let languages = match options.languages.as_slice() {
        [] => vec![None],
        tags => tags.iter().map(|tag| Some(tag.as_str())).collect(),
    };
    let pairs = applications
        .into_iter()
        .flat_map(|application| languages.iter().map(move |language| (application, *language)));
    let mut variants = Vec::new();
    for (application, tag) in pairs {
        let found = &mut outcome.diagnostics;
        match context.variant_or_report(engine, application, tag, found)? {
            Some(variant) => variants.push(variant),
            None => outcome.failed.extend(application.map(|one| one.id.to_string())),
        }
    }
    Ok(variants)
}

/// The formats that are made of a record. One that it cannot fill is reported: as an error where it is
/// the only one that is asked for.
fn formats(options: &RenderOptions, context: &Context, outcome: &mut Outcome) -> Vec<Format> {
    let RenderOptions { formats, max_pages, filter, export, .. } = options;
    let named = names_applications(options, context);
    let record = &context.record;
    let asked = match formats {
        Some(formats) => formats.clone(),
        None if export.question.is_some() => vec![Format::Questions],
        None if !export.merge.is_empty() => {
            let documents = export.merge.iter().filter_map(|part| match part {
                MergePart::Document(format) => Some(*format),
                MergePart::File(_) => None,
            });
            documents.collect()
        }
        None if max_pages.is_some() => vec![Format::Cv],
        None if named => vec![Format::OnePage, Format::Letter, Format::Questions],
        None => {
            let usual =
                |format: &Format| *format == Format::Portfolio || filter.is_usual(*format, record);
            Format::ALL.into_iter().filter(usual).collect()
        }
    };
    let (made, empty): (Vec<Format>, Vec<Format>) =
        asked.into_iter().partition(|format| filter.fills(*format, record));
    let merges = !export.merge.is_empty();
    for format in empty {
        if made.is_empty() || merges {
            let message = format!("there is no project to fill `{}` with", format.word());
            let hint = match merges {
                true => "add a project, or leave it out of `--merge`",
                false => "add a project, or make another `--format`; `cv` has every section",
            };
            outcome.errors.push(Error::new(message, hint));
            outcome.failed.push(format.word().to_owned());
        } else {
            outcome.skipped.push((format.word().to_owned(), "not made: there is no project"));
        }
    }
    // A file without one of its documents is not what was asked for.
    if merges && !outcome.errors.is_empty() { Vec::new() } else { made }
}

/// Whether applications are named, and the record has some of them.
fn names_applications(options: &RenderOptions, context: &Context) -> bool {
    options.applications != Applications::default() && !context.applications.is_empty()
}

/// Files of documents that the record had content for in an earlier run. They are the user's now, so
/// they stay.
pub fn earlier(
    options: &RenderOptions,
    context: &Context,
    variants: &[Variant],
    destination: &Destination,
    types: &[FileType],
) -> Vec<(String, &'static str)> {
    let RenderOptions { formats, max_pages, export, .. } = options;
    let is_usual = formats.is_none() && max_pages.is_none() && export.question.is_none();
    if !is_usual || !export.merge.is_empty() || names_applications(options, context) {
        return Vec::new();
    }
    let (record, all) = (&context.record, Filter::default());
    let gone = Format::ALL.into_iter().filter(|format| !all.is_usual(*format, record));
    let names = gone.flat_map(|format| {
        let variants = variants.iter().filter(move |it| format.has_content(it.application));
        variants.map(move |it| file_name(record, it.application, &it.language, format))
    });
    let paths = names.flat_map(|name| {
        types.iter().filter_map(move |one| destination.path(&name, "", one.extension()))
    });
    let there = paths.filter(|path| path.is_file());
    there.map(|path| (path.display().to_string(), EARLIER)).collect()
}

/// Everything that is to be made of a record, in order. What the record cannot fill is reported. What an
/// application has nothing for is reported where it is asked for by name: as an error where nothing else
/// is made.
pub fn orders<'a>(
    options: &RenderOptions,
    context: &Context,
    variants: &'a [Variant<'a>],
    outcome: &mut Outcome,
) -> Vec<Order<'a>> {
    let made = formats(options, context, outcome);
    let RenderOptions { formats, export, .. } = options;
    let (mut orders, mut empty) = (Vec::new(), Vec::new());
    for variant in variants {
        let (application, language) = (variant.application, &variant.language);
        for &format in &made {
            let mut name = file_name(&context.record, application, language, format);
            if let Some(number) = export.question {
                name += &format!("-{number}");
            }
            if format.has_content(application) {
                orders.push(Order { variant, format, name });
            } else {
                empty.push((name, application.is_some(), format));
            }
        }
    }
    let asked = formats.is_some() || export.question.is_some() || !export.merge.is_empty();
    for (name, has_application, format) in empty.into_iter().filter(|_| asked) {
        let key = format.word();
        if !orders.is_empty() {
            let why = match has_application {
                true => "not made: the application has none",
                false => "not made: no application is named",
            };
            outcome.skipped.push((name, why));
        } else {
            let (message, hint) = match has_application {
                true => (
                    format!("the application has no `{key}`"),
                    format!("write it under `{key}:` in the application's file"),
                ),
                false => (
                    format!("`{key}` is for an application, and none is named"),
                    format!("name one that has `{key}:` with `--application ID`"),
                ),
            };
            outcome.errors.push(Error::new(message, hint));
            outcome.failed.push(name);
        }
    }
    if !export.merge.is_empty() {
        merge(&mut orders, &made, outcome);
    }
    orders
}

/// Makes one order of those of each variant; one that lacks a document is reported, and is not made.
fn merge(orders: &mut Vec<Order>, formats: &[Format], outcome: &mut Outcome) {
    orders.dedup_by(|next, one| std::ptr::eq(next.variant, one.variant));
    orders.retain_mut(|Order { variant, name, format }| {
        *name = name.replacen(format.word(), MERGED, 1);
        let lacking = formats.iter().find(|format| !format.has_content(variant.application));
        let Some(lacking) = lacking.map(|format| format.word()) else { return true };
        let message = format!("`{name}` has no `{lacking}` to merge");
        let instead = match variant.application {
            Some(_) => format!("write it under `{lacking}:` in the application's file"),
            None => "name an application that has it with `--application ID`".to_owned(),
        };
        let hint = format!("{instead}, or leave `{lacking}` out of `--merge`");
        outcome.errors.push(Error::new(message, hint));
        outcome.failed.push(name.clone());
        false
    });
}

/// Two documents must not take the same name: the second would write over the first. Neither must
/// one be named like a page of another, where pages are files.
///
/// # Errors
/// The name, and how to give the documents others.
pub fn unique(orders: &[Order], types: &[FileType]) -> Result<(), Error> {
    let mut names: Vec<&str> = orders.iter().map(|order| order.name.as_str()).collect();
    names.sort_unstable();
    let same = names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
    let like_a_page = |name: &str| {
        name.rsplit_once('-').is_some_and(|(stem, page)| {
            let numbered = !page.is_empty() && page.chars().all(|c| c.is_ascii_digit());
            numbered && names.binary_search(&stem).is_ok()
        })
    };
    let paged = types.iter().any(|one| one.is_paged());
    let page = names.iter().find(|name| paged && like_a_page(name));
    let message = match (same, page) {
        (Some(name), _) => format!("two documents would be named `{name}`"),
        (None, Some(name)) => format!("`{name}` would be named like a page of another document"),
        (None, None) => return Ok(()),
    };
    Err(Error::new(
        message,
        "distinguish them with `{application}`, `{format}` or `{language}` in `file-name`",
    ))
}

/// The filter must name what the record has, and leave something to show.
///
/// # Errors
/// What it names that there is not; that nothing is left.
pub fn names_something(filter: &Filter, record: &Record) -> Result<(), Error> {
    let projects = record.projects.iter().map(|project| project.id.as_str());
    let ids: Vec<&str> =
        projects.chain(record.articles.iter().map(|article| article.id.as_str())).collect();
    let tags: Vec<&str> = record.tags.0.iter().map(|(tag, _)| tag.as_str()).collect();
    for (given, known, kind) in
        [(&filter.only, &ids, "project or article"), (&filter.tags, &tags, "tag")]
    {
        if let Some(unknown) = given.iter().find(|id| !known.contains(&id.as_str())) {
            let message = format!("there is no {kind} `{unknown}`");
            return Err(Error::unknown(message, unknown, known.iter().copied(), || {
                format!("there are {}", known.join(", "))
            }));
        }
    }
    if !filter.shows_anything(record) {
        let message = "no project and no article is left to show";
        return Err(Error::new(message, "loosen `--min-importance`, `--tag` or `--only`"));
    }
    Ok(())
}
