//! The advisories of a question, in the order of its answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{
    advisory::{Advisory, Ecosystem, Vulnerabilities},
    urgency::Urgency,
    verdict::{Distro, can_speak},
    vex::Statement,
};

use super::{statements::Statements, urgent::Urgent};

/// Advisories, each once: the most urgent first, and then by id.
#[derive(Debug, Default)]
pub struct Advisories {
    list: Vec<Advisory>,
    /// How urgent each of them is.
    urgent: Vec<Urgent>,
    /// Their places, by their ids.
    by_id: Vec<u32>,
    statements: Statements,
    /// What they are about.
    pub(super) vulnerabilities: Vulnerabilities,
    ecosystems: Ecosystems,
    /// Whether they are all that is known, of every distribution.
    are_all: bool,
}

/// The ecosystems that are distributions', each once, and by their numbers those of each advisory.
#[derive(Debug, Default)]
struct Ecosystems {
    all: Vec<Ecosystem>,
    of_advisories: Vec<Vec<u32>>,
}

impl Advisories {
    /// Puts advisories in order. Of those with one id, the one that was changed last counts, and of
    /// those that are as new, the last.
    #[must_use]
    pub fn new(all: impl IntoIterator<Item = Advisory>) -> Self {
        Self::urgent(all, |_| Urgency::default())
    }

    /// The same, where something is known of how urgent they are.
    #[must_use]
    pub fn urgent(
        all: impl IntoIterator<Item = Advisory>,
        urgency: impl Fn(&Advisory) -> Urgency,
    ) -> Self {
        let mut by_id: BTreeMap<String, Advisory> = BTreeMap::new();
        for one in all {
            match by_id.get_mut(&one.id) {
                Some(known) if known.modified > one.modified => {}
                Some(known) => *known = one,
                None => drop(by_id.insert(one.id.clone(), one)),
            }
        }
        let all = by_id.into_values().map(|one| (urgency(&one), one));
        let mut all: Vec<(Urgency, Advisory)> = all.collect();
        all.sort_by_key(|(urgency, _)| urgency.rank());
        let urgent = all.iter().map(|(urgency, _)| Urgent::of(urgency)).collect();
        let list: Vec<Advisory> = all.into_iter().map(|(_, one)| one).collect();
        let mut by_id: Vec<u32> = (0..).take(list.len()).collect();
        by_id.sort_by(|one, other| id(&list, *one).cmp(id(&list, *other)));
        Self {
            urgent,
            by_id,
            statements: Statements::default(),
            vulnerabilities: Vulnerabilities::of(&list),
            ecosystems: Ecosystems::of(&list),
            list,
            are_all: false,
        }
    }

    /// The same of all that is known of what was `asked` about by an id each, and of which these advisories speak, by their
    /// ids: that none speaks of a distribution is looked for whatever they speak of.
    #[must_use]
    pub fn asked(
        all: impl IntoIterator<Item = Advisory>,
        urgency: impl Fn(&Advisory) -> Urgency,
        asked: &[(String, BTreeSet<String>)],
    ) -> Self {
        let all = Self::urgent(all, urgency);
        Self {
            vulnerabilities: Vulnerabilities::asked(&all.list, asked),
            are_all: true,
            ..all
        }
    }

    /// The same with what vendors state of what they are about.
    #[must_use]
    pub fn with(mut self, statements: Vec<Statement>) -> Self {
        self.statements = Statements::of(statements, &self.list);
        self
    }

    /// What vendors state of what one of them is about, by its place.
    pub(in crate::search) fn stated_of(&self, place: usize) -> Vec<&Statement> {
        self.statements.of_advisory(place)
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// One of them, by its place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Advisory> {
        self.list.get(place)
    }

    /// The place of the one with an id.
    #[must_use]
    pub fn place_of(&self, of: &str) -> Option<usize> {
        let place = self
            .by_id
            .binary_search_by(|one| id(&self.list, *one).cmp(of))
            .ok()?;
        self.by_id.get(place).map(|one| *one as usize)
    }

    /// How urgent one of them is, by its place.
    pub(super) fn urgent_at(&self, place: usize) -> Option<&Urgent> {
        self.urgent.get(place)
    }

    /// How many vulnerabilities they are about.
    #[must_use]
    pub const fn vulnerabilities(&self) -> usize {
        self.vulnerabilities.len()
    }

    /// Of each vulnerability, whether any advisory on it is about a distribution's packages, or all together are.
    pub(super) fn about_distributions(&self) -> Vec<bool> {
        if self.are_all {
            return vec![true; self.vulnerabilities.len()];
        }
        let of = |place: usize| self.ecosystems.of_advisories.get(place);
        self.vulnerabilities
            .spoken_of(|place| of(place).is_some_and(|of| !of.is_empty()))
    }

    /// Of each vulnerability, whether any advisory on it is about this distribution.
    pub(super) fn about(&self, distro: Distro<'_>) -> Vec<bool> {
        let all = self.ecosystems.all.iter();
        let is: Vec<bool> = all.map(|one| can_speak(one, distro)).collect();
        let is = |number: &u32| is.get(*number as usize).is_some_and(|is| *is);
        let of = |place: usize| self.ecosystems.of_advisories.get(place);
        self.vulnerabilities
            .spoken_of(|place| of(place).is_some_and(|of| of.iter().any(is)))
    }
}

fn id(list: &[Advisory], place: u32) -> &str {
    list.get(place as usize).map_or("", |one| &one.id)
}

impl Ecosystems {
    fn of(list: &[Advisory]) -> Self {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut found = Self::default();
        for advisory in list {
            let named = advisory.affected.iter().map(|one| &one.ecosystem);
            let is_of_distribution = |one: &&Ecosystem| {
                let family = one.family();
                family.is_some_and(|family| family.is_distribution())
            };
            let mut of_it = BTreeSet::new();
            for one in named.filter(is_of_distribution) {
                let next = found.all.len() as u32;
                let number = *numbers.entry(one.as_str()).or_insert(next);
                if number == next {
                    found.all.push(one.clone());
                }
                of_it.insert(number);
            }
            found.of_advisories.push(of_it.into_iter().collect());
        }
        found
    }
}
