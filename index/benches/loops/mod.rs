//! The hot loops, each as a function of an index: what both benches run.

#[path = "../../examples/large/fleet.rs"]
mod fleet;
#[path = "../../examples/large/random.rs"]
mod random;

use index::{Change, Commit, Index, Loader, Question, Run, Search};
use model::condition::{Condition, Room};
use proto_types::{Field, GroupBy, Match, Op};

/// A loop by its name: it answers with a number that depends on what it did.
pub type Loop = (&'static str, fn(&Index) -> u64);

/// All that only read.
pub const READING: &[Loop] = &[
    ("one_name_with_total", one_name_with_total),
    ("older_than_a_version", older_than_a_version),
    ("by_version", by_version),
    ("by_host", by_host),
    ("names_that_contain", names_that_contain),
    ("names_that_fit_a_pattern", names_that_fit_a_pattern),
    ("everything_by_name", everything_by_name),
    ("all_rows_of_a_name", all_rows_of_a_name),
];

/// A fleet with containers on so many hosts.
pub fn index(hosts: u32, images: u32) -> Index {
    let mut loader = Loader::default();
    fleet::Fleet::new(hosts, images).load(&mut loader);
    loader.finish(fleet::LAST, fleet::at(fleet::NOW)).unwrap()
}

/// The next commit after what an index knows: a container of each of the first hosts starts.
pub fn commit(index: &Index, hosts: u32) -> Commit {
    let began = |host| {
        Change::RunBegan(Run {
            run: u64::from(1_000_000_000 + host),
            host,
            image: 1,
            container: format!("new-{host}"),
            image_name: "registry.example.org/team/new:1".to_owned(),
            since: index.at(),
        })
    };
    Commit {
        seq: index.seq() + 1,
        at: index.at(),
        changes: (1..=hosts).map(began).collect(),
    }
}

pub fn one_name_with_total(index: &Index) -> u64 {
    first_100(index, &[(Field::Name, Op::Eq, "openssl")])
}

pub fn older_than_a_version(index: &Index) -> u64 {
    let older = [
        (Field::Name, Op::Eq, "openssl"),
        (Field::Version, Op::Lt, "4"),
    ];
    first_100(index, &older)
}

pub fn by_version(index: &Index) -> u64 {
    groups(index, &[(Field::Name, Op::Eq, "openssl")], GroupBy::Version)
}

pub fn by_host(index: &Index) -> u64 {
    groups(index, &[(Field::Name, Op::Eq, "openssl")], GroupBy::Host)
}

pub fn names_that_contain(index: &Index) -> u64 {
    groups(
        index,
        &[(Field::Name, Op::Contains, "crypt")],
        GroupBy::Name,
    )
}

pub fn names_that_fit_a_pattern(index: &Index) -> u64 {
    groups(
        index,
        &[(Field::Name, Op::Regex, "^lib.*ssl")],
        GroupBy::Name,
    )
}

pub fn everything_by_name(index: &Index) -> u64 {
    groups(index, &[], GroupBy::Name)
}

pub fn all_rows_of_a_name(index: &Index) -> u64 {
    let question = question(index, &[(Field::Name, Op::Eq, "openssl")]);
    let mut rows = 0;
    Search::new(index, &question).rows(None, usize::MAX, |_| {
        rows += 1;
        std::ops::ControlFlow::Continue(())
    });
    rows
}

fn first_100(index: &Index, matches: &[(Field, Op, &str)]) -> u64 {
    let question = question(index, matches);
    let search = Search::new(index, &question);
    search.total().rows + search.page(None, 100).rows.len() as u64
}

fn groups(index: &Index, matches: &[(Field, Op, &str)], by: GroupBy) -> u64 {
    let question = question(index, matches);
    Search::new(index, &question).groups(by, 0, 100).total
}

fn question(index: &Index, matches: &[(Field, Op, &str)]) -> Question {
    let room = Room::of(&[]).unwrap();
    let condition = |&(field, op, value): &(Field, Op, &str)| {
        let value = value.to_owned();
        Condition::new(Match { field, op, value }, &room).unwrap()
    };
    Question {
        artifact: matches.iter().map(condition).collect(),
        pin: index.seq(),
        ..Question::default()
    }
}
