//! Random advisories about those fleets: what is found by their keys is what each of them says of each
//! artifact in each container.

use std::ops::ControlFlow;

use index::{
    Advisories, Behind, ByAdvisory, Index, Judged, Judging, Looked, Narrowing, Pairs, Question,
    Search, Walked, Wanted,
};
use model::{
    advisory::{Advisory, Affected, Ecosystem, Event, Module, Range},
    vex::Statement,
};
use proptest::prelude::*;
use proto_types::{AffectedResult, Verdict};

use crate::{
    asked::{Asked, asked},
    commits::{Step, commits},
    grouped,
    plain::Plain,
    statements::statements,
    things::at,
    world::World,
};

const ECOSYSTEMS: &[&str] = &[
    "Debian:12",
    "Debian:11",
    "Debian",
    "Alpine:v3.20",
    "Alpine:v3.19",
    "Red Hat:enterprise_linux:9",
    "npm",
    "PyPI",
    "Go",
    "Maven",
    "SwiftURL",
    "what nobody knows",
];
const NAMES: &[&str] = &[
    "openssl",
    "OpenSSL",
    "libssl3",
    "libcrypto3",
    "x",
    "zlib",
    "core",
    "org.x:core",
    "org.x:Core",
    "jinja2",
    "Zope.Interface",
    "github.com/X/y",
    "https://github.com/apple/Swift-NIO.git",
    "@scope/it's",
    "100%",
];
/// An ecosystem and a name that artifacts of these fleets have.
const MEANT: &[(&str, &str)] = &[
    ("Debian:12", "openssl"),
    ("Debian:12", "libssl3"),
    ("Alpine:v3.20", "openssl"),
    ("npm", "@scope/it's"),
    ("PyPI", "jinja2"),
    ("Go", "github.com/X/y"),
    ("Maven", "org.x:core"),
];
const VERSIONS: &[&str] = &[
    "0", "1.0", "2.0", "2.9", "3.0.2", "3.0.9", "3.0.10", "6.1", "?",
];

fn any_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(str::to_owned)
}

fn affected() -> impl Strategy<Value = Affected> {
    let ranges =
        prop::collection::vec((any_of(VERSIONS), prop::option::of(any_of(VERSIONS))), 0..3);
    let versions = prop::collection::vec(any_of(VERSIONS), 0..2);
    let owned = |(ecosystem, name): (&str, &str)| (ecosystem.to_owned(), name.to_owned());
    let package = prop_oneof![
        2 => prop::sample::select(MEANT).prop_map(owned),
        1 => (any_of(ECOSYSTEMS), any_of(NAMES)),
    ];
    // Else most of them would lie outside.
    let every = any::<bool>();
    let parts = (package, ranges, versions, every);
    parts.prop_map(|((ecosystem, name), ranges, versions, every)| {
        let all = every.then(|| ("0".to_owned(), None));
        let ranges: Vec<_> = ranges.into_iter().chain(all).collect();
        let range = |(from, to): (String, Option<String>)| {
            let fixed = to.map(Event::Fixed);
            let events = [Some(Event::Introduced(from)), fixed];
            Range {
                events: events.into_iter().flatten().collect(),
            }
        };
        let ranges: Vec<Range> = ranges.into_iter().map(range).collect();
        Affected {
            ecosystem: Ecosystem::new(ecosystem),
            name,
            module: Module::read(&ranges, ""),
            ranges,
            versions,
            ..Affected::default()
        }
    })
}

/// Advisories in the order of an answer, each with an id of its own.
pub fn advisories() -> impl Strategy<Value = Vec<Advisory>> {
    let one = (
        prop::collection::vec(affected(), 0..4),
        prop::bool::weighted(0.1),
        (0..3_u8, 0..3_u8),
    );
    prop::collection::vec(one, 0..5).prop_map(|all| {
        type One = (Vec<Affected>, bool, (u8, u8));
        let advisory = |(number, (affected, withdrawn, (same, from))): (usize, One)| Advisory {
            id: format!("X-{number}"),
            aliases: vec![format!("CVE-2024-{same}")],
            upstream: vec![format!("CVE-2024-{from}")],
            withdrawn: withdrawn.then(|| at(5)),
            affected,
            ..Advisory::default()
        };
        all.into_iter().enumerate().map(advisory).collect()
    })
}

/// A reader who does a piece of the work after each commit.
struct Walker {
    question: Question,
    looked: Looked,
    judging: Judging,
    judged: Option<Judged>,
    narrowing: Narrowing,
    pairs: Option<Pairs>,
    groups: ByAdvisory,
    is_grouped: bool,
    rows: Vec<AffectedResult>,
    next: Option<Behind>,
}

impl Walker {
    /// One who begins at once, as of the last commit, or with the first piece.
    fn new(question: Question, last: Option<&Index>) -> Self {
        let begin = |index| Search::new(index, &question).leave();
        Self {
            looked: last.map(begin).unwrap_or_default(),
            question,
            judging: Judging::default(),
            judged: None,
            narrowing: Narrowing::default(),
            pairs: None,
            groups: ByAdvisory::page(0, 2),
            is_grouped: false,
            rows: Vec::new(),
            next: Some(Behind::default()),
        }
    }

    fn is_done(&self) -> bool {
        self.judged.is_some() && self.pairs.is_some() && self.is_grouped && self.next.is_none()
    }

    fn step(
        &mut self,
        index: &Index,
        advisories: &Advisories,
        (wanted, size): (Wanted<'_>, usize),
    ) {
        let looked = std::mem::take(&mut self.looked);
        let mut search = Search::go_on_with(index, &self.question, looked);
        if search.find(&|| true) {
            if self.judged.is_none() {
                self.judged = search.judge(&mut self.judging, advisories, &|| true);
            }
            let asked = (advisories, wanted);
            if self.pairs.is_none() {
                let narrowed = search.narrow(&mut self.narrowing, asked, (usize::MAX, &|| true));
                self.pairs = narrowed.map(|pairs| pairs.unwrap());
            }
            if !self.is_grouped {
                let grouped = search.group_by_advisory(&mut self.groups, asked, &|| true);
                self.is_grouped = grouped.is_some();
            }
            if let Some(from) = self.next.take() {
                let rows = &mut self.rows;
                let take = |row: &index::JudgedRow<'_, '_, '_>| {
                    rows.push(row.to_answer().into_owned());
                    ControlFlow::Continue(())
                };
                let walked =
                    search.judged_rows((advisories, wanted), &from, (size, &|| true), take);
                self.next = match walked {
                    Walked::All => None,
                    Walked::Paused(behind) | Walked::More(behind) => Some(behind),
                };
            }
        }
        self.looked = search.leave();
    }
}

proptest! {
    #[test]
    fn what_is_found_by_keys_is_what_each_advisory_says_of_each_artifact(
        commits in commits(),
        questions in prop::collection::vec(asked(), 1..4),
        (advisories, statements) in (advisories(), statements()),
        wanted in prop::sample::subsequence(Verdict::ALL, 1..=4),
        size in 1..5_usize,
    ) {
        play(&commits, &questions, (&advisories, &statements), (Wanted(&wanted), size));
    }
}

fn play(
    commits: &[Vec<Step>],
    questions: &[Asked],
    (plain_advisories, statements): (&[Advisory], &[Statement]),
    how: (Wanted<'_>, usize),
) {
    let advisories = Advisories::new(plain_advisories.to_vec()).with(statements.to_vec());
    let (mut world, mut index) = (World::default(), Index::new());
    let mut walkers: Vec<Walker> = Vec::new();
    for (number, steps) in commits.iter().enumerate() {
        index.apply(&world.commit(steps)).unwrap();
        if world.forgets {
            index.forget(world.last());
            walkers.retain(|walker| walker.question.pin >= world.kept_since);
        }
        if steps.iter().any(|step| matches!(step, Step::Settle)) {
            index.settle();
        }
        for walker in &mut walkers {
            walker.step(&index, &advisories, how);
        }
        let asked = &questions[number % questions.len()];
        let question = asked.question(world.last());
        let begins_at_once = (number % 3 > 0).then_some(&index);
        walkers.extend(question.map(|one| Walker::new(one, begins_at_once)));
    }
    walkers.retain(|walker| walker.question.pin >= world.kept_since);
    let asked = questions
        .iter()
        .filter_map(|one| one.question(world.last()));
    walkers.extend(asked.map(|question| Walker::new(question, None)));
    for walker in walkers {
        let by = (plain_advisories, statements);
        finish(walker, (&index, &world), by, how);
    }
    let rebuilt = world.rebuilt();
    for question in questions
        .iter()
        .filter_map(|one| one.question(world.last()))
    {
        finish(
            Walker::new(question, None),
            (&rebuilt, &world),
            (plain_advisories, statements),
            how,
        );
    }
}

fn finish(
    mut walker: Walker,
    (index, world): (&Index, &World),
    (plain_advisories, statements): (&[Advisory], &[Statement]),
    how: (Wanted<'_>, usize),
) {
    let advisories = Advisories::new(plain_advisories.to_vec()).with(statements.to_vec());
    while !walker.is_done() {
        walker.step(index, &advisories, how);
    }
    let question = &walker.question;
    let until = world
        .commits
        .partition_point(|commit| commit.seq <= question.pin);
    let plain = Plain::of(&world.commits[..until]).stating(statements);
    let judged = plain.judged(question, plain_advisories);
    assert_eq!(walker.judged, Some(judged), "{question:?}");
    let mut said = plain.said(question, plain_advisories);
    let search = Search::new(index, question);
    grouped::check_explained((&search, &advisories), (&plain, question), &said);
    said.retain(|one| how.0.0.contains(&one.result.verdict));
    let narrowed = Question {
        only: walker.pairs.clone(),
        ..question.clone()
    };
    grouped::check(Search::new(index, &narrowed), &plain, &said);
    grouped::check_by_advisory((&walker.groups, &advisories), &said);
    let said: Vec<_> = said.into_iter().map(|one| one.result).collect();
    assert_eq!(walker.rows, said, "{question:?}");
}

#[test]
fn of_advisories_with_one_id_the_newest_counts() {
    let one = |summary: &str, second| Advisory {
        id: "X-1".to_owned(),
        modified: Some(at(second)),
        summary: summary.to_owned(),
        ..Advisory::default()
    };
    let kept = |all: Vec<Advisory>| {
        let advisories = Advisories::new(all);
        assert_eq!(advisories.len(), 1);
        advisories.get(0).unwrap().summary.clone()
    };
    assert_eq!(kept(vec![one("old", 1), one("new", 2)]), "new");
    assert_eq!(kept(vec![one("new", 2), one("old", 1)]), "new");
    assert_eq!(kept(vec![one("first", 2), one("last", 2)]), "last");
}
