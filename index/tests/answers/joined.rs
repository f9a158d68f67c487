//! Advisories that are kept beside those fleets: what a join that is kept up to date counts is what each of them says of
//! each artifact in each container.

use std::collections::{BTreeMap, BTreeSet};

use index::{Extent, Index, Join, Joined, Looked, LookingForNew, Question, Registries, Search};
use model::{
    advisory::{Advisory, Family},
    vex::Statement,
};
use proptest::prelude::*;
use proto_types::Verdict;

use crate::{
    commits::{Step, commits},
    judged::advisories,
    plain::{Found, Plain},
    statements::{about, statements},
    world::World,
};

/// What an advisory is about: affected, unknown, and excused.
type Reaches = BTreeMap<String, [Extent; 3]>;
/// Advisories, and what vendors state.
type By<'a> = (&'a [Advisory], &'a [Statement]);

/// A reader who does a piece of the work after each commit.
struct Walker {
    question: Question,
    looked: Looked,
    stage: Stage,
}

enum Stage {
    Looking(LookingForNew),
    Noting(u32),
    Counting(Joined),
    Done(Reaches),
}

impl Walker {
    fn new(pin: u64) -> Self {
        Self {
            question: Question {
                pin,
                ..Question::default()
            },
            looked: Looked::default(),
            stage: Stage::Looking(LookingForNew::default()),
        }
    }

    fn step(&mut self, index: &Index, join: &mut Join, (advisories, statements): By<'_>) {
        let looked = std::mem::take(&mut self.looked);
        let search = Search::go_on_with(index, &self.question, looked);
        let anew = || Stage::Looking(LookingForNew::default());
        let next = match &mut self.stage {
            Stage::Looking(looking) => {
                search
                    .look_for_new(join, looking, &|| true)
                    .map(|()| match join.has_new() {
                        true => {
                            for one in advisories {
                                let about = about(statements, one);
                                assert!(index.judge_new(join, (7, one), &about));
                            }
                            join.settle();
                            anew()
                        }
                        false => Stage::Noting(0),
                    })
            }
            Stage::Noting(from) => {
                search
                    .note_lists(join, from, &|| true)
                    .map(|is_of| match is_of {
                        true => Stage::Counting(Joined::default()),
                        false => anew(),
                    })
            }
            Stage::Counting(joined) => {
                let counted = search.count_joined(join, joined, &|| true);
                counted.map(|is_of| match is_of {
                    true => Stage::Done(reaches(join, joined)),
                    false => anew(),
                })
            }
            Stage::Done(_) => None,
        };
        self.looked = search.leave();
        if let Some(next) = next {
            self.stage = next;
        }
    }
}

fn reaches(join: &Join, joined: &Joined) -> Reaches {
    let all = joined.reaches(join);
    all.map(|one| {
        assert_eq!(one.feed, 7);
        (one.id.to_owned(), [one.affected, one.unknown, one.excused])
    })
    .collect()
}

/// The same by asking each advisory of each artifact in each container.
fn plainly(world: &World, question: &Question, (advisories, statements): By<'_>) -> Reaches {
    let until = world
        .commits
        .partition_point(|commit| commit.seq <= question.pin);
    let plain = Plain::of(&world.commits[..until]).stating(statements);
    let mut found: BTreeMap<String, [Vec<Found>; 3]> = BTreeMap::new();
    for said in plain.said(question, advisories) {
        let place = match said.result.verdict {
            Verdict::Affected => 0,
            Verdict::Unknown => 1,
            _ if said.excuse.is_some() => 2,
            _ => continue,
        };
        found.entry(said.result.advisory).or_default()[place].push(said.found);
    }
    let extents = |each: [Vec<Found>; 3]| each.map(|rows| extent(&rows));
    found
        .into_iter()
        .map(|(id, each)| (id, extents(each)))
        .collect()
}

/// Which registries' packages run, but for those that belong to packages of a distribution.
fn check_registries(index: &Index, world: &World, question: &Question) {
    let until = world
        .commits
        .partition_point(|commit| commit.seq <= question.pin);
    let plain = Plain::of(&world.commits[..until]);
    let mut rows: BTreeMap<Family, Vec<Found>> = BTreeMap::new();
    for row in plain.rows(question) {
        let artifact = &plain.artifacts[&row.artifact];
        let family = Family::of_artifacts(&artifact.artifact_type);
        if let Some(family) = family.filter(|_| !artifact.owned_by_os) {
            rows.entry(family).or_default().push(row);
        }
    }
    let plain: Vec<(Family, Extent)> = rows
        .iter()
        .map(|(family, rows)| (*family, extent(rows)))
        .collect();
    let (search, mut counting) = (Search::new(index, question), Registries::default());
    while search.count_registries(&mut counting, &|| true).is_none() {}
    assert_eq!(
        counting.counted().collect::<Vec<_>>(),
        plain,
        "{question:?}"
    );
}

fn extent(rows: &[Found]) -> Extent {
    let count = |of: &dyn Fn(&Found) -> u64| {
        let each: BTreeSet<u64> = rows.iter().map(of).collect();
        each.len() as u64
    };
    Extent {
        images: count(&|row| row.image.into()),
        containers: count(&|row| row.run),
        hosts: count(&|row| row.host.into()),
    }
}

proptest! {
    #[test]
    fn what_a_join_counts_that_is_kept_is_what_each_advisory_says_of_each_artifact(
        commits in commits(),
        advisories in advisories(),
        statements in statements(),
        rebuilt_after in 0..24_usize,
    ) {
        play(&commits, (&advisories, &statements), rebuilt_after);
    }
}

fn play(commits: &[Vec<Step>], advisories: By<'_>, rebuilt_after: usize) {
    let (mut world, mut index) = (World::default(), Index::new());
    let mut join = Join::default();
    let mut walker = Walker::new(0);
    for (number, steps) in commits.iter().enumerate() {
        index.apply(&world.commit(steps)).unwrap();
        if world.forgets {
            index.forget(world.last());
        }
        if steps.iter().any(|step| matches!(step, Step::Settle)) {
            index.settle();
        }
        if number == rebuilt_after {
            index = world.rebuilt();
            world.kept_since = world.kept_since.max(world.rebuilt_since);
        }
        if walker.question.pin < world.kept_since {
            walker = Walker::new(world.last());
        }
        // What is known of the last commit is known without a walk.
        check_registries(&index, &world, &Walker::new(world.last()).question);
        walker.step(&index, &mut join, advisories);
        if let Stage::Done(counted) = &walker.stage {
            let plain = plainly(&world, &walker.question, advisories);
            assert_eq!(*counted, plain, "{:?}", walker.question);
            check_registries(&index, &world, &walker.question);
            walker = Walker::new(world.last());
        }
    }
    for mut walker in [walker, Walker::new(world.last())] {
        while !matches!(walker.stage, Stage::Done(_)) {
            walker.step(&index, &mut join, advisories);
        }
        if let Stage::Done(counted) = &walker.stage {
            let plain = plainly(&world, &walker.question, advisories);
            assert_eq!(*counted, plain, "{:?}", walker.question);
        }
    }
}
