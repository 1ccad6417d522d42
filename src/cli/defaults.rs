//! Flags that are not given, filled in: by the record that is found, and by what it says of how it is
//! built.

use std::path::Path;

use crate::cli::{Cli, Command, Global};
use crate::commands::{Project, WatchOptions};
use crate::session::EngineOptions;

impl Cli {
    /// The flags with those that are not given filled in.
    pub(super) fn settled(&self) -> Self {
        let mut settled = self.clone();
        settled.settle();
        settled
    }

    /// The options of `watch`, as the record has them now.
    pub(super) fn watch_options(&self) -> WatchOptions {
        let Self { command, global } = self.settled();
        match command {
            Command::Watch(args) => args.options(global.engine_options()),
            _ => WatchOptions::default(),
        }
    }

    fn settle(&mut self) {
        let path = match &mut self.command {
            Command::Render(args) => args.path.take(),
            Command::Watch(args) => args.render.path.take(),
            Command::Check(args) => args.path.take(),
            Command::Data(args) => args.path.take(),
            // An import makes a record.
            Command::Import(_) | Command::Init(_) => return,
            _ => None,
        };
        let global = &mut self.global;
        let Project { data, templates, fonts, output: place, sent } =
            Project::find(path.or(global.data.take()).as_deref());
        global.data = Some(data);
        global.templates = global.templates.take().or(templates);
        if global.fonts.is_empty() {
            global.fonts = fonts;
        }
        let (folder, usual) = match &mut self.command {
            Command::Render(args) => (&mut args.output, place),
            Command::Watch(args) => (&mut args.render.output, place),
            Command::Send(args) => (&mut args.archive.folder, sent),
            Command::Sent(args) => (&mut args.archive.folder, sent),
            Command::Diff(args) => (&mut args.archive.folder, sent),
            _ => return,
        };
        folder.get_or_insert(usual);
    }
}

impl Global {
    /// The record.
    pub fn data(&self) -> &Path {
        self.data.as_deref().unwrap_or(Path::new("data"))
    }

    /// Where the engine finds templates and fonts.
    pub fn engine_options(&self) -> EngineOptions {
        EngineOptions {
            templates: self.templates.clone(),
            fonts: self.fonts.clone(),
            system_fonts: self.system_fonts,
        }
    }
}
