//! The names of an ecosystem's packages: the known ones first, then as many as are needed in its style.

use std::collections::HashSet;

use super::{
    ecosystem::Ecosystem,
    known,
    words::{FUNCTIONS, MAKERS, QUALITIES, THINGS},
};
use crate::chance::{Dice, draw};

/// How many packages besides `lodash` have its name in theirs.
const LODASHES: u32 = 256;
/// The first of them comes at this place by popularity, the next so many places behind it.
const LODASH_FIRST: u32 = 55_000;
const LODASH_STEP: u32 = 130;

/// A package, with the source that it is built from, where its ecosystem has such.
pub struct Package {
    /// Its name.
    pub name: Box<str>,
    /// Its source.
    pub source: Option<Source>,
}

/// A source package.
pub struct Source {
    /// Its name.
    pub name: Box<str>,
    /// What chance is drawn from for it.
    pub seed: u64,
}

/// The packages of an ecosystem, most popular first.
pub fn packages(ecosystem: Ecosystem) -> Vec<Package> {
    if ecosystem.is_of_distribution() {
        return of_distribution(ecosystem);
    }
    let mut seen = HashSet::new();
    let mut packages = Vec::with_capacity(ecosystem.packages() as usize);
    let mut dice = Dice::of(&[ecosystem as u64, 1]);
    let known = known::names(ecosystem);
    let mut take = |name: String, packages: &mut Vec<Package>| {
        if seen.insert(name.clone()) {
            packages.push(Package {
                name: name.into(),
                source: None,
            });
        }
    };
    for name in known {
        take((*name).to_owned(), &mut packages);
    }
    let mut lodashes = (ecosystem == Ecosystem::Npm)
        .then(lodashes)
        .into_iter()
        .flatten();
    while packages.len() < ecosystem.packages() as usize {
        let place = u32::try_from(packages.len()).unwrap_or(u32::MAX);
        let is_lodashs =
            place >= LODASH_FIRST && (place - LODASH_FIRST).is_multiple_of(LODASH_STEP);
        match is_lodashs.then(|| lodashes.next()).flatten() {
            Some(name) => take(name, &mut packages),
            None => take(made(ecosystem, &mut dice), &mut packages),
        }
    }
    packages
}

/// The packages of a distribution, those of a source beside each other.
fn of_distribution(ecosystem: Ecosystem) -> Vec<Package> {
    let mut seen = HashSet::new();
    let mut packages = Vec::with_capacity(ecosystem.packages() as usize);
    let mut take = |source: &str, name: String, packages: &mut Vec<Package>| {
        if seen.insert(name.clone()) {
            packages.push(Package {
                name: name.into(),
                source: Some(Source {
                    name: source.into(),
                    seed: text(source),
                }),
            });
        }
    };
    for (source, names) in known::sources(ecosystem) {
        for name in *names {
            take(source, (*name).to_owned(), &mut packages);
        }
    }
    let mut dice = Dice::of(&[ecosystem as u64, 2]);
    while packages.len() < ecosystem.packages() as usize {
        let source = match dice.below(3) {
            0 => format!("{}{}", dice.one(QUALITIES), dice.one(THINGS)),
            1 => format!("{}-{}", dice.one(THINGS), dice.one(MAKERS)),
            _ => format!("{}-{}", dice.one(QUALITIES), dice.one(THINGS)),
        };
        for built in 0..=dice.below(4) {
            take(
                &source,
                binary(ecosystem, &source, built, &mut dice),
                &mut packages,
            );
        }
    }
    packages
}

/// The name of what is built from a source: of the first thing, of the second, ….
fn binary(ecosystem: Ecosystem, source: &str, built: u32, dice: &mut Dice) -> String {
    let number = dice.below(9) + 1;
    match (ecosystem, built) {
        (Ecosystem::Deb, 0) => format!("lib{source}{number}"),
        (Ecosystem::Deb, 1) => format!("{source}-common"),
        (Ecosystem::Deb, 2) => format!("python3-{source}"),
        (_, 0) => source.to_owned(),
        (_, 1) => format!("{source}-libs"),
        (_, 2) => format!("{source}-devel"),
        _ => format!("{source}-utils"),
    }
}

/// `lodash.merge`, `@types/lodash.merge`, and what others make of it.
fn lodashes() -> impl Iterator<Item = String> {
    (0..LODASHES).map(|at| {
        let number = at as usize;
        match number / FUNCTIONS.len() {
            0 => format!("lodash.{}", FUNCTIONS[number]),
            1 => format!("@types/lodash.{}", FUNCTIONS[number - FUNCTIONS.len()]),
            _ => format!("{}-lodash-{}", QUALITIES[number % 97], THINGS[number % 89]),
        }
    })
}

/// A name in the style of the ecosystem.
fn made(ecosystem: Ecosystem, dice: &mut Dice) -> String {
    let (quality, thing, other) = (dice.one(QUALITIES), dice.one(THINGS), dice.one(THINGS));
    let maker = dice.one(MAKERS);
    match (ecosystem, dice.below(4)) {
        (Ecosystem::Go, 0) => format!("github.com/{maker}-{other}/go-{thing}"),
        (Ecosystem::Go, 1) => format!(
            "github.com/{maker}/{quality}-{thing}/v{}",
            dice.below(8) + 2
        ),
        (Ecosystem::Go, _) => format!("github.com/{maker}{quality}/{thing}-{other}"),
        (Ecosystem::Java, 0) => format!("{maker}-{thing}-spring-boot-starter"),
        (Ecosystem::Java, _) => format!("{maker}-{thing}-{other}"),
        (Ecosystem::Npm, 0) => format!("@{maker}/{thing}"),
        (Ecosystem::Npm, 1) => format!("{quality}-{thing}"),
        (Ecosystem::Npm, 2) => format!("{thing}-{other}"),
        (Ecosystem::Npm, _) => format!("{quality}-{thing}-{}", dice.below(90)),
        (Ecosystem::Python, 0) => format!("django-{thing}-{other}"),
        (Ecosystem::Python, 1) => format!("py{quality}{thing}"),
        (Ecosystem::Rust | Ecosystem::Gem, _) => format!("{quality}_{thing}_{maker}"),
        _ => format!("{quality}-{thing}-{maker}"),
    }
}

/// The name of a module that a project makes for itself.
#[must_use]
pub fn own(ecosystem: Ecosystem, project: u32, module: u32) -> String {
    let first = Dice::of(&[3, u64::from(project)]).roll() as usize % THINGS.len();
    let part = THINGS[(first + module as usize) % THINGS.len()];
    let (team, name) = (team(project), THINGS[first]);
    match ecosystem {
        Ecosystem::Npm => format!("@{team}/{name}{project}-{part}"),
        Ecosystem::Go => format!("git.example.org/{team}/{name}{project}/{part}"),
        _ => format!("{team}-{name}{project}-{part}"),
    }
}

/// The team that makes a project.
#[must_use]
pub fn team(project: u32) -> &'static str {
    Dice::of(&[4, u64::from(project)]).one(MAKERS)
}

/// A project's name, like no other's.
#[must_use]
pub fn project_name(project: u32) -> String {
    let mut dice = Dice::of(&[5, u64::from(project)]);
    format!("{}-{}{project}", dice.one(THINGS), dice.one(THINGS))
}

/// A number for a text.
fn text(of: &str) -> u64 {
    of.bytes()
        .fold(9, |sum, byte| draw(&[sum, u64::from(byte)]))
}
