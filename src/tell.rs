//! What `resume` says about itself and the record: data, schema, completions, manual pages.

use std::path::Path;

use clap::CommandFactory;

use crate::cli::{Cli, Completions, DataArgs, Form, Global, Man, SchemaArgs};
use crate::data::load;
use crate::data::read::Read as _;
use crate::data::schema;
use crate::output::write;
use crate::problem::{Sources, any_error, nearest};
use crate::{Failure, Outcome};

/// The record as it was understood, as text; or what is wrong with it.
///
/// # Errors
/// What keeps the record from being read at all.
pub fn data(global: &Global, args: &DataArgs) -> Result<Result<String, Outcome>, Failure> {
    let mut sources = Sources::default();
    let loaded = load(&global.data, &mut sources)?;
    let Some(record) = loaded.record.filter(|_| !any_error(&loaded.problems)) else {
        return Ok(Err(Outcome { problems: loaded.problems, sources, ..Outcome::default() }));
    };
    let value = record.value();
    Ok(Ok(match args.form {
        Form::Json => format!("{value:#}\n"),
        Form::Yaml => serde_yaml::to_string(&value)
            .map_err(|error| Failure::from(format!("cannot write YAML: {error}")))?,
    }))
}

/// The JSON Schema of the record, or of one of its keys.
///
/// # Errors
/// The record has no such key.
pub fn schema(args: &SchemaArgs) -> Result<String, Failure> {
    let key = args.key.as_deref();
    match schema::schema(key) {
        Some(schema) => Ok(format!("{schema:#}\n")),
        None => {
            let (key, keys) = (key.unwrap_or_default(), schema::keys());
            let hint = match nearest(key, keys.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", keys.join(", ")),
            };
            Err(Failure::new(format!("a record has no key `{key}`"), hint))
        }
    }
}

/// The completions of a shell.
pub fn completions(args: &Completions) -> String {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "resume", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The manual page; or, with a folder, a list of the pages that were written there.
///
/// # Errors
/// A folder that cannot be written.
pub fn manual(args: &Man) -> Result<String, Failure> {
    let mut root = Cli::command();
    root.build();
    let Some(folder) = &args.output else { return page(root) };
    let verbs = root.get_subcommands().filter(|verb| verb.get_name() != "help");
    let mut list = String::new();
    for command in [&root].into_iter().chain(verbs).cloned() {
        let path = Path::new(folder).join(clap_mangen::Man::new(command.clone()).get_filename());
        list += &format!("{}\n", path.display());
        write(&path, page(command)?.as_bytes())?;
    }
    Ok(list)
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut out = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut out)
        .map_err(|error| Failure::from(format!("cannot write the manual: {error}")))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
