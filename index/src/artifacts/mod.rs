//! Artifacts: what is known of each, and how they are found by name, source package, version and
//! package.

mod facts;
mod kept;
mod orders;
mod origins;
mod packages;
pub mod purls;
mod rows;
mod settle;
mod styles;
mod view;

use model::{
    advisory::other_keys,
    age,
    fields::ArtifactFields,
    purl::{Purl, folded},
};

use crate::{
    bits::Bits,
    lists_of::ListsOf,
    ordered::{Merged, Ordered},
    texts::Texts,
    unfit::Unfit,
};
use facts::Facts;
pub use kept::{Kept, whole};
use orders::Orders;
use origins::UNKNOWN;
use packages::Packages;
use rows::Fact;
pub use view::ArtifactAt;

/// All artifacts.
#[derive(Debug, Default)]
pub struct Artifacts {
    facts: Facts,
    of_name: ListsOf<u32>,
    of_source: ListsOf<u32>,
    /// The names that artifacts have or had.
    names: Ordered,
    listed: Bits,
    orders: Orders,
    packages: Packages,
    /// How many were dropped since it was last looked for texts that are left.
    dropped: usize,
}

impl Artifacts {
    /// Adds an artifact.
    ///
    /// # Errors
    /// [`Unfit`] where its number is taken, or there is too much text.
    pub fn add(&mut self, number: u32, artifact: &impl Kept) -> Result<(), Unfit> {
        let fact = self.read(number, artifact)?;
        self.list(number, fact);
        Ok(())
    }

    /// Adds an artifact that is found once all are laid out.
    ///
    /// # Errors
    /// [`Unfit`] as for [`Self::add`].
    pub fn read(&mut self, number: u32, artifact: &impl Kept) -> Result<Fact, Unfit> {
        if self.is_known(number) {
            let (what, number) = ("artifact", number.into());
            return Err(Unfit::Kept { what, number });
        }
        let fact = self.facts.add(number, artifact)?;
        if let Some(other) = self.facts.styles.other_name(fact.style, artifact) {
            self.packages.add_odd(other, number);
        }
        for other in other_keys(artifact) {
            self.packages.add_odd(other, number);
        }
        Ok(fact)
    }

    /// Takes an artifact out.
    pub fn remove(&mut self, number: u32) {
        let name = self.name(number);
        self.of_name.retain(name, |one| *one != number);
        let source = self.facts.origin(number).source;
        self.of_source.retain(source, |one| *one != number);
        self.orders.take(name);
        for called in self.odd_names(number) {
            self.packages.remove_odd(&called, number);
        }
        self.facts.rows.remove(number);
        self.dropped += 1;
    }

    /// Whether a number belongs to an artifact.
    pub fn is_known(&self, number: u32) -> bool {
        self.name(number) != UNKNOWN
    }

    /// The numbers of all artifacts, rising.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        self.facts.rows.all()
    }

    /// A number that no artifact has, nor any above it.
    pub fn end(&self) -> usize {
        self.facts.end()
    }

    /// An artifact.
    pub const fn at(&self, number: u32) -> ArtifactAt<'_> {
        ArtifactAt::new(&self.facts, number)
    }

    /// The number of an artifact's name.
    #[inline]
    pub fn name(&self, number: u32) -> u32 {
        self.facts.rows.name(number)
    }

    /// An artifact's type.
    pub fn kind(&self, number: u32) -> &str {
        self.facts.styles.kind(self.facts.rows.style(number))
    }

    /// The types that artifacts have or had, by number.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.facts.styles.kinds()
    }

    /// The number of an artifact's type.
    pub fn kind_number(&self, number: u32) -> u32 {
        self.facts.styles.kind_number(self.facts.rows.style(number))
    }

    /// The number of an artifact's version.
    pub fn version(&self, number: u32) -> u32 {
        self.facts.rows.version(number)
    }

    /// The texts of names.
    pub const fn texts(&self) -> &Texts {
        &self.facts.texts
    }

    /// The names that artifacts have or had, in order, from a text on.
    pub fn names(&self, from: Option<&str>) -> Merged<'_> {
        self.names.from(from, &self.facts.texts)
    }

    /// The artifacts of a name.
    pub fn of_name(&self, name: u32) -> &[u32] {
        self.of_name.get(name)
    }

    /// The artifacts that are one with another in all that is kept.
    pub fn same<'a>(&'a self, other: &impl Kept) -> impl Iterator<Item = u32> + 'a {
        let fact = self.facts.find(other);
        let named = fact.map_or(&[][..], |fact| self.of_name(fact.name));
        named
            .iter()
            .copied()
            .filter(move |number| Some(self.facts.rows.get(*number)) == fact)
    }

    /// The artifacts that are of one name, type, version and package URL with another.
    pub fn alike<'a>(&'a self, other: &'a impl Kept) -> impl Iterator<Item = u32> + 'a {
        let name = self.facts.texts.find(other.name());
        let version = self.facts.versions.find(other.version());
        let named = name.map_or(&[][..], |name| self.of_name(name));
        let of_version = named
            .iter()
            .filter(move |number| Some(self.version(**number)) == version);
        of_version.copied().filter(|number| {
            let known = self.at(*number);
            known.artifact_type() == other.artifact_type() && known.purl() == other.purl()
        })
    }

    /// The artifacts that are built from a source package.
    pub fn of_source(&self, name: u32) -> &[u32] {
        self.of_source.get(name)
    }

    /// The artifacts in a version.
    pub fn of_version<'a>(&'a self, version: &str) -> impl Iterator<Item = u32> + 'a {
        let wanted = self.facts.versions.find(version);
        let all = self.all();
        all.filter(move |number| Some(self.version(*number)) == wanted)
    }

    /// The artifacts whose packages may be called so; among them are all that are.
    pub fn of_package<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = u32> + 'a {
        let names = self.packages.names(folded, &self.facts.texts);
        let called = names.flat_map(|name| self.of_name(name));
        called.chain(self.packages.odd(folded)).copied()
    }

    /// Hands over the artifacts that may have an advisory's key of this name; among them are all that
    /// do, and some perhaps twice.
    pub fn each_of_key(&self, name: &str, mut take: impl FnMut(u32)) {
        self.of_package(&folded(name)).for_each(&mut take);
        let source = self.facts.texts.find(name);
        let built = source.map_or(&[][..], |source| self.of_source(source));
        built.iter().copied().for_each(take);
    }

    /// The artifacts of a name by type, version (newest first) and number.
    pub fn in_order(&self, name: u32) -> &[u32] {
        self.orders.get(name, || self.sorted(self.of_name(name)))
    }

    /// These artifacts of one name by type, version (newest first) and number.
    ///
    /// Not every ecosystem's order is transitive: what comes later is put into the order that
    /// stands, which so never changes for what was in it.
    fn sorted(&self, numbers: &[u32]) -> Box<[u32]> {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        let mut views: Vec<_> = numbers.into_iter().map(|number| self.at(number)).collect();
        versions::sort_by(&mut views, |a, b| age::newest_first(a, b));
        views.iter().map(ArtifactAt::number).collect()
    }

    /// Lays out what was read, so that it is small and quick to be read in order.
    pub fn lay_out(&mut self) {
        self.facts.shrink();
        let (facts, all) = (&self.facts, || self.facts.rows.all());
        self.of_name = ListsOf::of(|| all().map(|number| (facts.rows.name(number), number)));
        self.of_source = ListsOf::of(|| {
            let built = all().map(|number| (facts.origin(number).source, number));
            built.filter(|(source, _)| *source != UNKNOWN)
        });
        self.listed = all().map(|number| facts.rows.name(number)).collect();
        self.names = Ordered::of(self.listed.iter(), &facts.texts);
        for name in self.listed.iter() {
            self.packages.add_name(name, &facts.texts);
        }
        self.orders.make_room(facts.texts.len());
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        let lists = self.of_name.size() + self.of_source.size() + self.names.size();
        self.facts.size() + lists + self.orders.size()
    }

    /// What else than by its name an artifact may be found by.
    fn odd_names(&self, number: u32) -> Vec<String> {
        let artifact = self.at(number);
        let mut names = other_keys(&artifact);
        names.push(Purl::of(&artifact).folded_name());
        names
    }

    /// Puts an artifact into the lists that find it.
    fn list(&mut self, number: u32, fact: Fact) {
        if self.listed.insert(fact.name) {
            self.packages.add_name(fact.name, &self.facts.texts);
            self.names.insert(fact.name, &self.facts.texts);
            self.orders.make_room(self.facts.texts.len());
        }
        self.of_name.push(fact.name, number);
        let source = self.facts.origin(number).source;
        if source != UNKNOWN {
            self.of_source.push(source, number);
        }
        if let Some(order) = self.orders.take(fact.name) {
            let order = self.with(order.into_vec(), number);
            self.orders.put(fact.name, order);
        }
    }

    /// An order with one more in it.
    fn with(&self, mut order: Vec<u32>, number: u32) -> Box<[u32]> {
        let new = self.at(number);
        let place = order.partition_point(|one| {
            let age = age::newest_first(&self.at(*one), &new);
            age.then(one.cmp(&number)).is_lt()
        });
        order.insert(place, number);
        order.into_boxed_slice()
    }
}
