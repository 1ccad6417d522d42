//! What gives way where the pages hold less than what would stay.

use std::cmp::Reverse;

use crate::record::model::sections::SectionKind;
use crate::tailor::catalog::Catalog;
use crate::tailor::constraints::Constraints;
use crate::tailor::items::{Absent, Item};
use crate::tailor::lasting::Lasting;

/// What a document is without: first what is dropped, then ever more, in the order in which it gives way:
/// courses, volunteer roles, the details of old employments, which then share a line. What is pinned, or
/// has something pinned, does not give way.
pub fn ways(catalog: &Catalog, constraints: &Constraints) -> Vec<Absent> {
    let mut absent = constraints.absent();
    let mut ways = vec![absent.clone()];
    let is_free = |it: &&Lasting| {
        let mut all = it.owned.iter().chain([&it.item]);
        !all.any(|item| constraints.pinned.contains(item)) && constraints.may(&it.item)
    };
    let is_entry = |it: &Lasting| matches!(it.item, Item::Career(_));
    let free: Vec<&Lasting> = catalog.lasting.iter().filter(is_free).collect();
    let courses = |it: &&&Lasting| matches!(it.item, Item::Courses(_));
    let roles = |it: &&&Lasting| is_entry(it) && it.section == SectionKind::Volunteering;
    let given: [Vec<&&Lasting>; 2] =
        [free.iter().filter(courses).collect(), free.iter().filter(roles).collect()];
    for given in given.into_iter().filter(|given| !given.is_empty()) {
        absent.items.extend(given.into_iter().map(|it| it.item.clone()));
        ways.push(absent.clone());
    }
    let is_job = |it: &&Lasting| is_entry(it) && it.section == SectionKind::Experience;
    let mut jobs: Vec<&Lasting> = catalog.lasting.iter().filter(is_job).collect();
    // The newest first; the newest of all keeps its place.
    jobs.sort_by_key(|job| (job.end.is_some(), job.end.map(Reverse)));
    let old: Vec<&Lasting> = jobs.into_iter().skip(1).rev().filter(is_free).collect();
    let mut count = 2;
    while count <= old.len() {
        let ids = old[..count].iter().filter_map(|job| job.names.first().cloned());
        absent.condensed = ids.collect();
        ways.push(absent.clone());
        let next = count + (count / 2).max(1);
        count = if count < old.len() { next.min(old.len()) } else { next };
    }
    ways
}
