//! Where a document prints what: the targets of links.

use crate::document::builder::Builder;
use crate::document::format::Format;
use crate::document::labels::{POSTS, Places};
use crate::document::model::values::Link;
use crate::record::links::addresses::{article_path, post_path, project_path, section_path};
use crate::record::model::articles::Post;
use crate::record::model::site::Listing;
use crate::tailor::Item;

impl Builder<'_> {
    /// The paths that this document prints, with their labels.
    pub fn pages(&self) -> Places {
        match self.request.format {
            Format::Cv | Format::OnePage | Format::Letter | Format::Questions => Places::new(),
            Format::Portfolio => self.project_pages(),
            Format::Full => self.manual_pages(),
        }
    }

    fn project_pages(&self) -> Places {
        let page = |id: &str| (project_path(self.record, id), self.labels.project(id));
        self.projects().into_iter().map(|project| page(&project.id)).collect()
    }

    fn manual_pages(&self) -> Places {
        let (record, filter) = (self.record, self.request.filter);
        let mut printed = self.project_pages();
        if let Some(path) = record.site.as_ref().and_then(|site| site.path.as_ref()) {
            printed.insert(path.value.clone(), self.labels.cover());
        }
        let own = self.own_sections();
        let own = own.filter(|own| !record.is_chapter(own) && filter.only.is_empty());
        let sections = self.sections().chain(own).map(section_path);
        let articles = record.articles.iter().filter(|a| filter.shows_article(record, a));
        let articles = articles.map(|article| article_path(record, article));
        for path in sections.chain(articles) {
            let label = self.labels.page(&path);
            printed.insert(path, label);
        }
        let posts = self.lists_at(Listing::Posts);
        let prefix = self.labels.prefix(posts.as_deref().unwrap_or(POSTS));
        let shown = |post: &&Post| filter.shows_post(post);
        for post in record.posts.iter().filter(shown) {
            printed.insert(post_path(post), format!("{prefix}{}", *post.id));
        }
        printed
    }

    /// All that other documents of the same file can link to.
    pub fn places(&self) -> Places {
        let mut places = self.printed.clone();
        let career = |prefix: Option<String>| {
            let label = move |id: &str| match &prefix {
                Some(prefix) => format!("{prefix}{id}"),
                None => self.labels.career(id),
            };
            let shown = self.career().filter(|own| !self.request.selection.condenses(&own.id));
            shown.map(move |own| (format!("#{}", *own.id), label(&own.id)))
        };
        match self.request.format {
            Format::Letter | Format::Questions | Format::Portfolio => {}
            Format::Cv | Format::OnePage => {
                places.extend(career(None));
                places.extend(self.project_pages());
            }
            Format::Full => {
                let list = self.lists_at(Listing::Career);
                places.extend(career(list.map(|path| self.labels.prefix(&path))));
                for (path, label) in &self.printed {
                    let ids = self.addresses.page(path).into_iter().flat_map(|page| &page.ids);
                    let ids = ids.filter(|id| self.has(path, id));
                    places.extend(ids.map(|id| (format!("{path}#{id}"), format!("{label}#{id}"))));
                }
            }
        }
        places
    }

    /// Where a page of the site is: in this document or in another one of its file, or on the web.
    pub fn site_link(&self, path: &str, fragment: Option<&str>) -> Link {
        match (self.printed.get(path), fragment) {
            (Some(label), None) => Link::Label(label.clone()),
            (Some(label), Some(id))
                if self.request.format == Format::Full && self.has(path, id) =>
            {
                Link::Label(format!("{label}#{id}"))
            }
            _ => self.link_out(path, fragment),
        }
    }

    /// Where a page of the site is outside this document.
    pub fn link_out(&self, path: &str, fragment: Option<&str>) -> Link {
        let place = format!("{path}{}", fragment.map(|id| format!("#{id}")).unwrap_or_default());
        match self.elsewhere(&place) {
            Some(label) => Link::Label(label.to_owned()),
            None => Link::Url(self.addresses.canonical(path, fragment)),
        }
    }

    /// The label of a place in another document of the same file.
    pub fn elsewhere(&self, place: &str) -> Option<&str> {
        self.request.elsewhere?.get(place).map(String::as_str)
    }

    /// Whether a page prints a heading of this id; of a post only the summary is printed.
    fn has(&self, path: &str, id: &str) -> bool {
        let is_shown = self.request.selection.shows(&Item::Career(id.to_owned()));
        is_shown && self.addresses.page(path).is_some_and(|page| page.ids.iter().any(|it| it == id))
    }
}
