//! Links that lead somewhere.

use crate::check::Subject;
use crate::data::addresses::{Dangling, external};
use crate::data::prose::prose;
use crate::markdown;
use crate::problem::{Place, Problem};

/// Every link in prose and every address in a field must mean something outside the author's own
/// machine: a dangling id, a relative address, a private host or an odd scheme is an error.
pub(super) fn meaningful(subject: &Subject, problems: &mut Vec<Problem>) {
    for (text, path) in prose(subject.record) {
        for wording in text.wordings() {
            for link in markdown::links(&wording.text) {
                if let Err(why) = subject.addresses.resolve(&link.url, &path) {
                    let place = wording.find(subject.sources, link.line, &link.url);
                    problems.push(explain(why, &link.url, place, subject));
                }
            }
        }
    }
    let record = subject.record;
    let site = record.site.iter().flat_map(|site| &site.url);
    let translations = record.site.iter().flat_map(|site| &site.translations).map(|t| &t.url);
    let profile = record.profile.url.iter().chain(record.profile.links.iter().map(|l| &l.url));
    let stations = record.career.iter().filter_map(|station| station.url.as_ref());
    let projects = record.projects.iter().filter_map(|project| project.url.as_ref());
    let extras = record.awards.iter().filter_map(|award| award.url.as_ref());
    let extras = extras.chain(record.certificates.iter().filter_map(|c| c.url.as_ref()));
    let extras = extras.chain(record.publications.iter().filter_map(|p| p.url.as_ref()));
    let fields = site.chain(translations).chain(profile).chain(stations).chain(projects);
    for url in fields.chain(extras) {
        if let Err(why) = external(&url.value) {
            problems.push(explain(why, &url.value, url.place, subject));
        }
    }
    if let Some(email) = &record.profile.email {
        let parts: Vec<&str> = email.split('@').collect();
        let fits = matches!(parts.as_slice(), [name, host] if !name.is_empty() && host.contains('.'));
        if !fits || email.contains(char::is_whitespace) {
            let problem = Problem::error("E033", format!("`{}` is not an e-mail address", email.value));
            problems.push(problem.at(email.place).hint("write it as `name@example.org`"));
        }
    }
}

fn explain(why: Dangling, url: &str, place: Place, subject: &Subject) -> Problem {
    let problem = |code, message: String| Problem::error(code, message).at(place);
    match why {
        Dangling::Page(path) => problem("E030", format!("the link `{url}` leads to no page"))
            .suggest(&path, subject.addresses.paths())
            .hint("site paths are those of sections, articles, projects, posts and tags"),
        Dangling::Heading(path) => {
            let ids = subject.addresses.page(&path).map(|page| page.ids.as_slice()).unwrap_or(&[]);
            let id = url.rsplit('#').next().unwrap_or_default();
            let found = problem("E031", format!("the link `{url}` leads to no heading"))
                .suggest(id, ids.iter().map(String::as_str));
            let names = if ids.is_empty() { "no ids".to_owned() } else { ids.join(", ") };
            found.hint(format!("`{path}` has {names}; a heading gets one with `## Title {{#id}}`"))
        }
        Dangling::Relative => problem("E032", format!("`{url}` is neither a site path nor an address"))
            .hint("begin with `/` for a page of the site, or with `https://`"),
        Dangling::Scheme(scheme) => problem("E034", format!("a link may not use `{scheme}:`"))
            .hint("links are http, https, mailto or tel"),
        Dangling::Private(host) => {
            problem("E035", format!("`{host}` is a host that no reader reaches"))
                .hint("link to the public address, or to the site path")
        }
        Dangling::NoSite => problem("E036", format!("`{url}` is a site path, and no site is named"))
            .hint("set `site: {url: https://…}` in `resume.yaml`"),
        Dangling::Malformed => problem("E037", format!("`{url}` is not an address"))
            .hint("check for blanks and missing parts"),
    }
}
