//! Rules on links and addresses.

use std::collections::HashMap;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, Rule, Severity, brief};
use crate::record::links::external::{external, is_email};
use crate::record::links::phone::dial;
use crate::record::links::target::Dangling;
use crate::record::model::sections::{Section, SectionPart};
use crate::record::model::text::Phrase;
use crate::record::read::Spanned;

pub(super) const RULES: &[Check] = &[
    Check {
        find: Some(meaningful),
        ..Check::error(
            "E030",
            "link to no page",
            "A link begins with `/` and names no page of the record's site.",
            "It would lead nowhere, in the PDF and on the site.",
            "site: {url: \"https://example.org/\"}\ncover: See [work](/wrok/).\nsections: [{id: notes, title: Notes, description: My notes.}]\n",
            "site: {url: \"https://example.org/\"}\ncover: See [notes](/notes/).\nsections: [{id: notes, title: Notes, description: My notes.}]\n",
        )
    },
    Check::error(
        "E031",
        "link to no heading",
        "A link names a heading id that its page does not have.",
        "It would lead to the top of the page at best.",
        "site: {url: \"https://example.org/\"}\narticles:\n  - {id: a, title: A, body: \"See [there](#b).\"}\n",
        "site: {url: \"https://example.org/\"}\narticles:\n  - id: a\n    title: A\n    body: |\n      See [there](#b).\n\n      ## There {#b}\n\n      Here.\n",
    ),
    Check::error(
        "E032",
        "relative link",
        "A link is neither a site path nor an address.",
        "A PDF has no folder beside which the page could lie.",
        "cover: See [this](example.org).\n",
        "cover: See [this](https://example.org).\n",
    ),
    Check {
        find: Some(email),
        ..Check::error(
            "E033",
            "malformed e-mail address",
            "`profile.email` is not an e-mail address.",
            "It is how a reader answers.",
            "profile: {name: Your Name, email: you at example.org}\n",
            "profile: {name: Your Name, email: you@example.org}\n",
        )
    },
    Check::error(
        "E034",
        "link with another scheme",
        "A link uses another scheme than http, https, mailto or tel.",
        "Links such as `file:` and `javascript:` open what is on the reader's machine.",
        "cover: See [this](file:///etc/hosts).\n",
        "cover: See [this](https://example.org/hosts).\n",
    ),
    Check::error(
        "E035",
        "link to a private host",
        "A link leads to `localhost`, a private network or a name without a dot.",
        "Only the author's own machine reaches it (RFC 6761, RFC 1918).",
        "cover: See [this](http://localhost:8080/).\n",
        "cover: See [this](https://example.org/).\n",
    ),
    Check::error(
        "E036",
        "site path without a site",
        "A link begins with `/`, and the record names no site.",
        "There is nothing the path could belong to.",
        "cover: See [notes](/notes/).\nsections: [{id: notes, title: Notes, description: My notes.}]\n",
        "site: {url: \"https://example.org/\"}\ncover: See [notes](/notes/).\nsections: [{id: notes, title: Notes, description: My notes.}]\n",
    ),
    Check::error(
        "E037",
        "malformed address",
        "An address lacks a part, contains blanks, backslashes, a name and password, an invalid port or a \
         `%` that encodes nothing, or spells a host as a number.",
        "Readers' programs disagree about what it means, and a password in print is public.",
        "profile: {name: Your Name, url: \"https:/example.org\"}\n",
        "profile: {name: Your Name, url: \"https://example.org\"}\n",
    ),
    Check {
        find: Some(phone),
        ..Check::error(
            "E038",
            "malformed telephone number",
            "`profile.phone` is not one number of 3 to 15 digits, perhaps after a `+` and before an \
             extension, with blanks, `-`, `.`, `/` and parentheses between them.",
            "A tap on it dials the digits.",
            "profile: {name: Your Name, phone: on request}\n",
            "profile: {name: Your Name, phone: +82 2-123-4567}\n",
        )
    },
    Check {
        rule: Rule {
            code: "W030",
            name: "the same link twice",
            severity: Severity::Warning,
            what: "Two of the profile's links, or one and its home page, have the same address.",
            why: "One of them was probably meant to lead elsewhere.",
            bad: "profile:\n  name: Your Name\n  links:\n    - {network: GitHub, url: \"https://example.org/you\"}\n    - {network: GitLab, url: \"https://example.org/you\"}\n",
            good: "profile:\n  name: Your Name\n  links:\n    - {network: GitHub, url: \"https://example.org/you\"}\n    - {network: GitLab, url: \"https://example.com/you\"}\n",
        },
        find: Some(twice),
    },
    Check {
        rule: Rule {
            code: "W031",
            name: "link in a link",
            severity: Severity::Warning,
            what: "A name has a link of its own, and the entry has an address that the whole name leads to.",
            why: "Only the address of the entry is followed; a link cannot hold another one.",
            bad: "certificates: [{name: \"[CKA](https://example.org/cka)\", url: \"https://example.org/me\"}]\n",
            good: "certificates: [{name: CKA, url: \"https://example.org/me\"}]\n",
        },
        find: Some(nested),
    },
];

/// Every link in prose and every address in a field must mean something outside the author's own
/// machine: a dangling id, a relative address, a private host or an odd scheme is an error. Finds
/// E030 to E037, which differ only in why.
fn meaningful(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for piece in &subject.prose {
        for link in &piece.survey.links {
            if let Err(why) = subject.addresses.resolve(&link.url, &piece.path) {
                let place = piece.wording.find(subject.sources, link.line, &link.url);
                diagnostics.push(explain(why, &link.url, place, subject));
            }
        }
    }
    for url in fields(subject) {
        if let Err(why) = external(&url.value) {
            diagnostics.push(explain(why, &url.value, url.place, subject));
        }
    }
}

/// The addresses in fields.
fn fields<'a>(subject: &Subject<'a>) -> Vec<&'a Spanned<String>> {
    let record = subject.record;
    let site = record.site.iter().flat_map(|site| &site.url);
    let translations = record.site.iter().flat_map(|site| &site.translations).map(|t| &t.url);
    let profile = record.profile.url.iter().chain(record.profile.links.iter().map(|l| &l.url));
    let career = record.career.iter().filter_map(|entry| entry.url.as_ref());
    let projects = record.projects.iter().filter_map(|project| project.url.as_ref());
    let extras = record.awards.iter().filter_map(|award| award.url.as_ref());
    let extras = extras.chain(record.certificates.iter().filter_map(|c| c.url.as_ref()));
    let extras = extras.chain(record.publications.iter().filter_map(|p| p.url.as_ref()));
    let own = record.sections.iter().flat_map(|section| &section.entries);
    let extras = extras.chain(own.filter_map(|entry| entry.url.as_ref()));
    let fields = site.chain(translations).chain(profile).chain(career).chain(projects);
    fields.chain(extras).collect()
}

/// The e-mail address has a name, an `@` and a host.
fn email(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let Some(email) = &subject.record.profile.email else { return };
    if !is_email(email) {
        let message = format!("`{}` is not an e-mail address", brief(email));
        let diagnostic = Diagnostic::error("E033", message);
        diagnostics.push(diagnostic.at(email.place).hint("write it as `name@example.org`"));
    }
}

/// The telephone number has digits that can be called: a reader's tap on it dials them.
fn phone(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let Some(phone) = &subject.record.profile.phone else { return };
    if let Err(hint) = dial(phone) {
        let message = format!("`{}` is no telephone number", brief(phone));
        diagnostics.push(Diagnostic::error("E038", message).at(phone.place).hint(hint));
    }
}

/// The profile's links differ from each other and from the home page.
fn twice(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let profile = &subject.record.profile;
    let mut first: HashMap<&str, Place> = HashMap::new();
    for url in profile.url.iter().chain(profile.links.iter().map(|link| &link.url)) {
        let place = *first.entry(url.trim_end_matches('/')).or_insert(url.place);
        if place != url.place {
            diagnostics.push(
                Diagnostic::warning("W030", format!("`{}` is linked twice", url.value))
                    .at(url.place)
                    .related(place, "the first")
                    .hint("correct the address, or remove one of them"),
            );
        }
    }
}

/// A name that leads somewhere as a whole has no links of its own.
fn nested(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let mut names: Vec<(&Phrase, &Option<Spanned<String>>)> = Vec::new();
    names.extend(record.career.iter().map(|own| (&own.organization, &own.url)));
    names.extend(record.awards.iter().map(|own| (&own.name, &own.url)));
    names.extend(record.certificates.iter().map(|own| (&own.name, &own.url)));
    names.extend(record.publications.iter().map(|own| (&own.name, &own.url)));
    for part in record.sections.iter().flat_map(Section::parts) {
        if let SectionPart::Entry(own) = part {
            names.push((&own.name, &own.url));
        }
    }
    for (name, url) in names {
        let Some(url) = url else { continue };
        for wording in name.wordings() {
            for link in &wording.survey().links {
                let message = format!("the link to `{}` is not followed", brief(&link.url));
                diagnostics.push(
                    Diagnostic::warning("W031", message)
                        .at(wording.find(subject.sources, link.line, &link.url))
                        .related(url.place, "the whole name leads here")
                        .hint("remove one of the two addresses"),
                );
            }
        }
    }
}

fn explain(why: Dangling, url: &str, place: Place, subject: &Subject) -> Diagnostic {
    let diagnostic = |code, message: String| Diagnostic::error(code, message).at(place);
    match why {
        Dangling::Page(path) => diagnostic("E030", format!("the link `{url}` leads to no page"))
            .suggest(&path, subject.addresses.paths())
            .hint("site paths are those of sections, articles, projects, posts and tags"),
        Dangling::Heading(path) => {
            let ids = subject.addresses.page(&path).map(|page| page.ids.as_slice()).unwrap_or(&[]);
            let id = url.rsplit('#').next().unwrap_or_default();
            let found = diagnostic("E031", format!("the link `{url}` leads to no heading"))
                .suggest(id, ids.iter().map(String::as_str));
            let names = if ids.is_empty() { "no ids".to_owned() } else { ids.join(", ") };
            found.hint(format!("`{path}` has {names}; a heading gets one with `## Title {{#id}}`"))
        }
        Dangling::Relative => {
            diagnostic("E032", format!("`{url}` is neither a site path nor an address"))
                .hint("begin with `/` for a page of the site, or with `https://`")
        }
        Dangling::Scheme(scheme) => diagnostic("E034", format!("a link may not use `{scheme}:`"))
            .hint("links are http, https, mailto or tel"),
        Dangling::Private(host) => {
            diagnostic("E035", format!("`{host}` is a host that no reader reaches"))
                .hint("link to the public address, or to the site path")
        }
        Dangling::NoSite => {
            diagnostic("E036", format!("`{url}` is a site path, and no site is named"))
                .hint("set `site: {url: https://…}` in `resume.yaml`")
        }
        Dangling::Malformed(hint) => {
            diagnostic("E037", format!("`{}` is not an address", brief(url))).hint(hint)
        }
    }
}
