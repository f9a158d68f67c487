//! What vendors state (VEX) of what the advisories of a join are about, and which of an image's lists that changes.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use model::{
    advisory::Advisory,
    vex::{Place, Statement, stated},
};

use super::lists::{Hit, Lists, Says};
use crate::{artifacts::ArtifactAt, search::look::Search};

/// What is stated, and what came of it.
#[derive(Default)]
pub(super) struct Stated {
    /// By the numbers of advisories.
    about: HashMap<u32, About>,
    /// How many statements those are.
    count: usize,
    /// The digests of images that any of them names.
    images: HashSet<String>,
    /// By their numbers, whether an advisory in a list has statements.
    touched: Vec<bool>,
    /// What a list is for an artifact in images that no statement names.
    elsewhere: HashMap<(u32, u32), u32>,
}

/// An advisory without its packages, and what is stated of what it is about.
struct About {
    advisory: Advisory,
    statements: Vec<Statement>,
}

impl Stated {
    pub(super) fn is_nothing(&self) -> bool {
        self.about.is_empty()
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Notes what is stated of an advisory, the same whenever it is.
    pub(super) fn note(&mut self, number: u32, advisory: &Advisory, statements: &[Statement]) {
        if statements.is_empty() || self.about.contains_key(&number) {
            return;
        }
        self.count += statements.len();
        let images = statements.iter().flat_map(Statement::images);
        self.images.extend(images);
        let about = About {
            advisory: Advisory {
                // What it is an erratum by goes, and what that makes its CVEs stays.
                affected: Vec::new(),
                upstream: advisory.cves().into_iter().map(str::to_owned).collect(),
                ..advisory.clone()
            },
            statements: statements.to_vec(),
        };
        self.about.insert(number, about);
    }

    /// Looks which lists it may change, once all are there that were judged.
    pub(super) fn settle(&mut self, lists: &Lists) {
        if self.is_nothing() {
            return;
        }
        let is_about = |hit: &Hit| self.about.contains_key(&hit.advisory);
        let touched = lists.iter().map(|list| list.iter().any(is_about));
        self.touched = touched.collect();
    }

    /// The digests of an image, where it depends on them what its lists are.
    pub(super) fn digests(&self, search: &Search<'_>, image: u32) -> Vec<String> {
        if self.images.is_empty() {
            return Vec::new();
        }
        let all = search.digests(image).into_iter();
        all.filter(|one| self.images.contains(one.trim_start_matches("sha256:")))
            .collect()
    }

    /// The list that an artifact has in an image with these of the digests that are named.
    pub(super) fn list(
        &mut self,
        lists: &mut Lists,
        list: u32,
        (artifact, digests): (&ArtifactAt<'_>, &[String]),
    ) -> u32 {
        let is_touched = self.touched.get(list as usize).is_some_and(|is| *is);
        if !is_touched {
            return list;
        }
        let key = (artifact.number(), list);
        let known = self.elsewhere.get(&key).filter(|_| digests.is_empty());
        if let Some(known) = known {
            return *known;
        }
        let place = Place { artifact, digests };
        let of = lists.get(list).iter().map(|hit| self.hit(*hit, &place));
        let changed = lists.number(of.collect());
        if digests.is_empty() {
            self.elsewhere.insert(key, changed);
        }
        changed
    }

    fn hit(&self, hit: Hit, place: &Place<'_, ArtifactAt<'_>>) -> Hit {
        let about = self.about.get(&hit.advisory);
        let is_excused = about.is_some_and(|about| {
            let statements: Vec<&Statement> = about.statements.iter().collect();
            stated(&statements, &about.advisory, place).is_some_and(Statement::excuses)
        });
        match is_excused {
            true => Hit {
                says: Says::Excused,
                ..hit
            },
            false => hit,
        }
    }
}

/// Digests in short, to see whether they are others.
pub(super) fn in_short(digests: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    digests.hash(&mut hasher);
    hasher.finish()
}
