//! Links to labels, resolved when the pages are done.
//!
//! The compiler looks up the position of a label while it lays out a link to it, and repeats the
//! layout once it has the position. But nothing on a page depends on where its links lead. Here a
//! link is laid out with the name of its label and gets the position from the finished pages.
//! Must not know what is linked.

use std::collections::{HashMap, HashSet};
use std::str::FromStr as _;

use typst::World;
use typst::diag::{At as _, EcoString, SourceResult, bail, eco_format};
use typst::foundations::{Content, Label, NativeElement as _, ShowFn, Str, StyleChain};
use typst::introspection::{Introspector, Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, LinkElem, LinkMarker, LinkTarget, Url};
use typst::syntax::Span;
use typst::text::{Lang, Region, TextElem};
use typst_layout::PagedDocument;

use crate::engine::world::with_compiler;
use crate::util::address::ascii;

/// The mark of names in addresses and alternative texts, which none of them begins with: U+FDD0, a
/// noncharacter.
const MARK: char = '\u{FDD0}';

/// How a link is laid out: the compiler's own rule, but the position of a label is not looked up,
/// and an address is in ASCII.
pub(super) const LINK_RULE: ShowFn<LinkElem> = |elem, engine, styles| {
    let span = elem.span();
    let (dest, alt) = match &elem.dest {
        LinkTarget::Dest(dest) => {
            let followed = match dest {
                Destination::Url(url) => Destination::Url(Url::new(ascii(url.as_str())).at(span)?),
                dest => dest.clone(),
            };
            (followed, dest.alt_text(engine, styles, span)?)
        }
        LinkTarget::Label(label) => {
            let lang = styles.get(TextElem::lang);
            let region = styles.get(TextElem::region);
            let region = region.as_ref().map_or("", Region::as_str);
            let name = label.resolve();
            let url = Url::new(eco_format!("{MARK}{}", name.as_str())).at(span)?;
            let alt = eco_format!("{MARK}{}{MARK}{region}{MARK}{}", lang.as_str(), name.as_str());
            (Destination::Url(url), alt)
        }
    };
    let marker = LinkMarker::new(elem.body.clone(), Some(alt)).pack().spanned(span);
    Ok(marker.set(LinkElem::current, Some(dest)))
};

/// Where the links of a document lead.
#[derive(Default)]
pub(super) struct Settled {
    /// Places, by their names in links.
    places: HashMap<EcoString, Location>,
    /// Alternative texts, by their names.
    alts: HashMap<EcoString, EcoString>,
}

impl Settled {
    /// Looks for the labels that the links of finished pages name.
    ///
    /// # Errors
    /// A label that is not there, or more than once.
    pub(super) fn of(document: &PagedDocument, world: &dyn World) -> SourceResult<Self> {
        let (mut settled, mut links) = (Self::default(), Links::default());
        document.pages().iter().for_each(|page| links.collect(&page.frame));
        let mut settle = |(alt, span)| settled.settle(&alt, span, document, world).err();
        let wrong: Vec<_> = links.found.into_iter().filter_map(&mut settle).collect();
        if wrong.is_empty() { Ok(settled) } else { Err(wrong.into_iter().flatten().collect()) }
    }

    /// Finds the place that the alternative text of a link names, and its own words.
    fn settle(
        &mut self,
        alt: &EcoString,
        span: Span,
        document: &PagedDocument,
        world: &dyn World,
    ) -> SourceResult<()> {
        if self.alts.contains_key(alt) {
            return Ok(());
        }
        let parts: Vec<&str> = alt.splitn(4, MARK).collect();
        let [_, lang, region, name] = parts[..] else {
            bail!(span, "a link begins with the noncharacter U+FDD0"; hint: "take it out");
        };
        let introspector: &dyn Introspector = &**document.introspector();
        let label = Label::construct(Str::from(name)).at(span)?;
        let target = introspector.query_label(label).at(span)?;
        let place = target.location().ok_or("a label without a place").at(span)?;
        let lang = Lang::from_str(lang).at(span)?;
        let region = Region::from_str(region).ok();
        let language = [TextElem::lang.set(lang).wrap(), TextElem::region.set(region).wrap()];
        let words = with_compiler(world, introspector, |engine| {
            let styles = StyleChain::new(&engine.library.styles);
            Destination::Location(place).alt_text(engine, styles.chain(&language), span)
        })?;
        self.places.insert(eco_format!("{MARK}{name}"), place);
        self.alts.insert(alt.clone(), words);
        Ok(())
    }

    /// Where an unresolved link leads.
    pub(super) fn place(&self, dest: &Destination) -> Option<Destination> {
        let Destination::Url(url) = dest else { return None };
        self.places.get(url.as_str()).copied().map(Destination::Location)
    }

    /// The alternative text of an unresolved link.
    pub(super) fn alt(&self, content: &Content) -> Option<&EcoString> {
        self.alts.get(unsettled(content)?)
    }
}

/// The unresolved links of some pages: their names and where they are written, each once.
#[derive(Default)]
struct Links {
    found: Vec<(EcoString, Span)>,
    seen: HashSet<(EcoString, Span)>,
}

impl Links {
    /// Adds those of a frame.
    fn collect(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.collect(&group.frame),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let link = unsettled(content).map(|alt| (alt.clone(), content.span()));
                    if let Some(link) = link.filter(|link| self.seen.insert(link.clone())) {
                        self.found.push(link);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The alternative text of an unresolved link.
fn unsettled(content: &Content) -> Option<&EcoString> {
    let marker = content.to_packed::<LinkMarker>()?;
    marker.alt.as_ref().filter(|alt| alt.starts_with(MARK))
}
