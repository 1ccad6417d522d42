//! The rules that are enforced while pictures are read and pages are laid out.

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Rule, Severity};
use crate::record::model::settings::Settings;

/// Pages that a limit may allow.
const MOST_PAGES: u32 = 100;

/// Rules that are enforced while pictures are read and pages are laid out.
pub(super) const RULES: &[Check] = &[
    Check {
        rule: Rule {
            code: "E040",
            name: "missing glyph",
            severity: Severity::Error,
            what: "No font has a character of the document.",
            why: "It would print as an empty box, and PDF/UA forbids it.",
            bad: "interests:\n  - name: \"\u{12000} cuneiform\"\n",
            good: "interests:\n  - name: cuneiform\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "E041",
            name: "the pages overflow",
            severity: Severity::Error,
            what: "What must be in the one-page résumé takes more than one page, or in the complete résumé \
                   more than `max-pages`.",
            why: "Highlights, projects and skills give way by their importance; what is left, employers \
              and schools and the summary, does not.",
            bad: "",
            good: "",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "E044",
            name: "text over the edge",
            severity: Severity::Error,
            what: "A run of text without a place to break is wider than its page, or a block that cannot \
                   break is taller.",
            why: "Its end would be cut off in print.",
            bad: "// portfolio/main.typ\n#set document(title: \"Work\")\n#set page(width: 80mm)\n= Work\n#box(width: 300pt)[#h(1fr) Edge]\n",
            good: "// portfolio/main.typ\n#set document(title: \"Work\")\n#set page(width: 80mm)\n= Work\n#box(width: 100%)[#h(1fr) Edge]\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "E046",
            name: "a limit of pages",
            severity: Severity::Error,
            what: "`max-pages` is 0 or more than 100, or it is given for a format without a choice.",
            why: "Only `cv` chooses among the entries by a number of pages; `one-page` always has one.",
            bad: "formats:\n  cv: {max-pages: 0}\n",
            good: "formats:\n  cv: {max-pages: 2}\n",
        },
        find: Some(limits),
    },
    Check {
        rule: Rule {
            code: "E050",
            name: "the document cannot be made",
            severity: Severity::Error,
            what: "A template fails, or the pages break PDF/UA-1 or PDF/A-2a.",
            why: "A document that does not conform is not written: readers with assistive technology and \
              archives would be let down.",
            bad: "// portfolio/main.typ\n#set document(title: \"Work\")\n== Work\n",
            good: "// portfolio/main.typ\n#set document(title: \"Work\")\n= Work\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W050",
            name: "a template is warned about",
            severity: Severity::Warning,
            what: "Setting the pages gave a warning, such as a font family that is not there.",
            why: "The pages may look different from what the template means.",
            bad: "// portfolio/main.typ\n#set document(title: \"Work\")\n#set text(font: \"Nowhere\")\n= Work\n",
            good: "// portfolio/main.typ\n#set document(title: \"Work\")\n#set text(font: \"Pretendard\")\n= Work\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W051",
            name: "missing words",
            severity: Severity::Warning,
            what: "The templates lack words in a language of the record: all, or those of some keys.",
            why: "The titles of sections and the words beside dates are in English instead.",
            bad: "site: {languages: [en, tlh]}\n",
            good: "site: {languages: [en, ko]}\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "E070",
            name: "missing picture",
            severity: Severity::Error,
            what: "A picture that the record names is not in the data folder.",
            why: "Paths of pictures begin at the data folder, whichever file names them.",
            bad: "cover: |\n  ![A chart of the load](none.png)\n",
            good: "cover: |\n  ![A chart of the load](picture.png)\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "E071",
            name: "file outside the data folder",
            severity: Severity::Error,
            what: "A path is absolute, climbs with `..`, is an address, or follows a link out of the data \
               folder; or it names a folder or a device.",
            why: "Rendering somebody else's record must not read files of this machine or reach into the \
              network.",
            bad: "cover: |\n  ![A chart of the load](../picture.png)\n",
            good: "cover: |\n  ![A chart of the load](picture.png)\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "E072",
            name: "unreadable picture",
            severity: Severity::Error,
            what: "A picture is corrupt or cut off, has more than 50 million pixels or 150 MB once decoded, \
               or is not what its name says: PNG, JPEG, GIF, WebP or SVG; or an SVG has filters, too many \
               parts, or numbers beyond a thousand million.",
            why: "It would fail or print half, decoding enormous pictures takes the memory of the machine, \
              and PDF/A has no larger numbers.",
            bad: "cover: |\n  ![A chart of the load](corrupt.png)\n",
            good: "cover: |\n  ![A chart of the load](picture.png)\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "E073",
            name: "SVG that reaches out",
            severity: Severity::Error,
            what: "An SVG declares entities, or refers to files, addresses, scripts or foreign content.",
            why: "A drawing must hold all it shows; entities can be made to grow without end.",
            bad: "cover: |\n  ![A chart of the load](outside.svg)\n",
            good: "cover: |\n  ![A chart of the load](drawing.svg)\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "E074",
            name: "missing alternative text",
            severity: Severity::Error,
            what: "A picture has no alternative text.",
            why: "A reader who does not see it learns nothing, and PDF/UA forbids it.",
            bad: "cover: |\n  ![](picture.png)\n",
            good: "cover: |\n  ![A chart of the load](picture.png)\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W052",
            name: "a section is left out",
            severity: Severity::Warning,
            what: "A résumé of so many pages has no room for a section of the record.",
            why: "Who reads it takes the section for empty. A shorter summary makes room, or `pin`, or a second page.",
            bad: "",
            good: "",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W053",
            name: "what must be seen is left out",
            severity: Severity::Warning,
            what: "An entry of importance 5 is not on the pages, although its section is.",
            why: "More entries are of importance 5 than the pages hold, so that it says nothing.",
            bad: "",
            good: "",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W054",
            name: "long summary",
            severity: Severity::Warning,
            what: "The summary of a résumé of so many pages takes more than five lines.",
            why: "It stands before what was done, and takes the room of entries.",
            bad: "",
            good: "",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W055",
            name: "merged file without a standard",
            severity: Severity::Warning,
            what: "`--merge` names a PDF of another program, so that the file claims neither PDF/UA nor PDF/A.",
            why: "What is in that PDF cannot be checked. The documents of the record in the file are tagged all the same.",
            bad: "",
            good: "",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W056",
            name: "parts of a merged PDF are lost",
            severity: Severity::Warning,
            what: "A PDF that is merged has form fields, comments, links, bookmarks or attachments.",
            why: "Its pages alone are merged: what was typed into a form would be missing on them.",
            bad: "",
            good: "",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W071",
            name: "coarse picture",
            severity: Severity::Warning,
            what: "A picture has fewer than 150 pixels to the inch where it is printed.",
            why: "Its pixels show in print. A larger original, or a smaller `width=…%`, fixes it.",
            bad: "cover: |\n  ![A chart of the load](tiny.png \"width=100%\")\n",
            good: "cover: |\n  ![A chart of the load](picture.png \"width=20%\")\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W001",
            name: "another language is used",
            severity: Severity::Warning,
            what: "A document prints texts in another language because they lack a wording in its own.",
            why: "A reader of the English résumé may not read Korean.",
            bad: "site: {languages: [ko, en]}\nprofile:\n  name: Your Name\n  summary: 서버를 만듭니다.\n",
            good: "site: {languages: [ko, en]}\nprofile:\n  name: Your Name\n  summary: {ko: 서버를 만듭니다., en: Builds servers.}\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W090",
            name: "allowance of nothing",
            severity: Severity::Warning,
            what: "A comment `# resume: allow …` names no code of a warning.",
            why: "It has no effect, although its author expects one.",
            bad: "# resume: allow W999\ninterests: []\n",
            good: "# resume: allow W012\ninterests: []\n",
        },
        find: None,
    },
];

/// Limits of pages are numbers of pages, and limit a choice.
fn limits(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let formats = subject.record.formats.as_ref();
    let others =
        formats.map(|it| [&it.full, &it.one_page, &it.portfolio, &it.letter, &it.questions]);
    let limit = |settings: &Option<Settings>| settings.as_ref()?.document.max_pages;
    for limit in others.into_iter().flatten().filter_map(limit) {
        let message = "only `cv` takes `max-pages`";
        let hint = "write it under `formats: {cv: …}`";
        diagnostics.push(Diagnostic::error("E046", message).at(limit.place).hint(hint));
    }
    let applications = &subject.record.applications;
    let own = applications.iter().filter_map(|application| application.settings.max_pages);
    let limits = formats.and_then(|it| limit(&it.cv)).into_iter().chain(own);
    for limit in limits.filter(|most| !(1..=MOST_PAGES).contains(&most.value)) {
        let message = format!("`{}` is not a limit of pages", limit.value);
        let hint = format!("write a number from 1 to {MOST_PAGES}");
        diagnostics.push(Diagnostic::error("E046", message).at(limit.place).hint(hint));
    }
}
