//! Flags → the options of the commands, each built once.

use std::path::Path;

use crate::cli::{
    CheckArgs, Cli, Command, ExportRecordArgs, ExportTypstArgs, FileType, Form, FormatWord, Global,
    ImportArgs, InitArgs, OverrideArgs, RenderArgs, TailorArgs, TailorNewArgs, WatchArgs,
};
use crate::commands::{
    Applications, CheckOptions, DataForm, ExportRecordOptions, ImportOptions, InitOptions,
    NewApplicationOptions, Overrides, PreviewOptions, Project, RenderOptions, TailorOptions,
    Target, TypstOptions, WatchOptions,
};
use crate::document::{Filter, Format};
use crate::export::{self, ExportOptions};
use crate::session::EngineOptions;

impl Cli {
    /// The flags with those that are not given filled in: by the record that is found, and by what it
    /// says of how it is built.
    pub(super) fn settled(&self) -> Self {
        let mut settled = self.clone();
        settled.settle();
        settled
    }

    /// The options of `watch`, as the record has them now.
    pub(super) fn watch_options(&self) -> WatchOptions {
        let Self { command, global } = self.settled();
        match command {
            Command::Watch(args) => args.options(&global),
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

impl OverrideArgs {
    fn overrides(&self, tags: &[String]) -> Overrides {
        Overrides { role: self.role.clone(), job: self.job.clone(), tags: tags.to_vec() }
    }
}

impl RenderArgs {
    /// The options of `render`.
    pub fn options(&self) -> RenderOptions {
        RenderOptions {
            formats: self.format.map(|word| word.formats().to_vec()),
            max_pages: self.max_pages.map(usize::from),
            languages: self.lang.clone(),
            applications: match self.all_applications {
                true => Applications::All,
                false => Applications::Ids(self.application.clone()),
            },
            overrides: self.overrides.overrides(&self.tag),
            filter: Filter {
                min_importance: self.min_importance,
                tags: self.tag.clone(),
                only: self.only.clone(),
                sort: self.sort,
            },
            redacted: self.redact.clone(),
            export: ExportOptions {
                types: self.types.iter().copied().map(FileType::into).collect(),
                pages: self.pages.clone(),
                ppi: self.ppi,
                standards: self.pdf_standard.clone(),
                attach_data: self.attach_data,
                merge: self.merge.clone(),
                max_size: self.max_size,
                question: self.question,
            },
            partition: self.partition.unwrap_or_default(),
            output: self.output.clone().unwrap_or_else(|| RenderOptions::default().output),
            date: self.date.clone(),
        }
    }
}

impl WatchArgs {
    /// The options of `watch`.
    fn options(&self, global: &Global) -> WatchOptions {
        WatchOptions {
            render: self.render.options(),
            engine: global.engine_options(),
            write: !self.no_write,
            preview: (!self.no_serve)
                .then(|| PreviewOptions { port: self.port, editor: self.editor.clone() }),
        }
    }
}

impl TailorArgs {
    /// The options of `tailor`.
    pub fn options(&self) -> TailorOptions {
        TailorOptions {
            application: self.application.clone(),
            max_pages: self.max_pages.map(usize::from),
            language: self.lang.clone(),
            overrides: self.overrides.overrides(&self.tag),
            compare: self.compare.clone(),
            preview: self.preview.clone(),
            date: self.date.clone(),
        }
    }
}

impl TailorNewArgs {
    /// The options of `tailor new`.
    pub fn options(&self) -> NewApplicationOptions {
        NewApplicationOptions { name: self.name.clone(), job: self.job.clone() }
    }
}

impl CheckArgs {
    /// The options of `check`.
    pub fn options(&self) -> CheckOptions {
        CheckOptions {
            allow: self.allow.clone(),
            deny_warnings: self.deny.is_some(),
            language: self.lang.clone(),
            date: self.date.clone(),
        }
    }
}

impl ExportTypstArgs {
    /// The options of `export typst`.
    pub fn options(&self) -> TypstOptions {
        TypstOptions {
            folder: self.folder.clone(),
            formats: self.format.formats().to_vec(),
            language: self.lang.clone(),
            application: self.application.clone(),
            date: self.date.clone(),
        }
    }
}

impl ExportRecordArgs {
    /// The options of an export of the record to a program.
    pub fn options(&self, target: Target) -> ExportRecordOptions {
        ExportRecordOptions { target, output: self.output.clone(), language: self.lang.clone() }
    }
}

impl ImportArgs {
    /// The options of `import`, with the folder that `--data` names.
    pub fn options(&self, data: &Path) -> ImportOptions {
        ImportOptions {
            file: self.file.clone(),
            format: self.from.clone(),
            output: self.output.clone().unwrap_or_else(|| data.to_path_buf()),
            single_file: self.single_file,
            language: self.lang.clone(),
            into: self.into.clone(),
        }
    }
}

impl InitArgs {
    /// The options of `init`.
    pub fn options(&self) -> InitOptions {
        InitOptions {
            folder: self.folder.clone(),
            language: self.lang.clone(),
            single_file: self.single_file,
        }
    }
}

impl FormatWord {
    /// The formats a word means.
    fn formats(self) -> &'static [Format] {
        match self {
            Self::Full => &[Format::Full],
            Self::Cv => &[Format::Cv],
            Self::OnePage => &[Format::OnePage],
            Self::Portfolio => &[Format::Portfolio],
            Self::Letter => &[Format::Letter],
            Self::Questions => &[Format::Questions],
            Self::All => &Format::ALL,
        }
    }
}

impl From<FileType> for export::FileType {
    fn from(word: FileType) -> Self {
        match word {
            FileType::Pdf => Self::Pdf,
            FileType::Png => Self::Png,
            FileType::Svg => Self::Svg,
            FileType::Txt => Self::Txt,
            FileType::Md => Self::Md,
        }
    }
}

impl From<Form> for DataForm {
    fn from(word: Form) -> Self {
        match word {
            Form::Json => Self::Json,
            Form::Yaml => Self::Yaml,
        }
    }
}
