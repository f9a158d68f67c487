//! Random histories and questions: told or read, paged or not, at any commit that is kept.

use index::{Commit, Cover, Index, Looked, Position, Question, Search, Seq};
use model::presence::Span;
use proptest::prelude::*;
use proto_types::{During, Field, FindResult, Group, GroupBy, TimelinePoint, TimelineRequest};

use crate::{
    asked::{Asked, asked},
    commits::{Step, commits},
    listed::{Filters, check_containers, check_images, filters},
    plain::Plain,
    standing::clock,
    things::{HOSTS, at},
    world::World,
};

/// A reader who does a piece of the work after each commit, and then takes a page after each.
struct Walker {
    question: Question,
    looked: Looked,
    size: usize,
    rows: Vec<FindResult>,
    next: Option<Position>,
    is_done: bool,
    /// The same for a timeline, and for the images to rebuild.
    over: Question,
    line: (Looked, Option<Vec<TimelinePoint>>),
    cover: (Looked, Option<Cover>),
}

impl Walker {
    fn new(question: Question, size: usize) -> Self {
        Self {
            over: question.over(timeline()),
            line: Default::default(),
            cover: Default::default(),
            question,
            looked: Looked::default(),
            size,
            rows: Vec::new(),
            next: None,
            is_done: false,
        }
    }

    fn step(&mut self, index: &Index) {
        self.draw(index);
        self.choose(index);
        if self.is_done {
            return;
        }
        let looked = std::mem::take(&mut self.looked);
        let mut search = Search::go_on_with(index, &self.question, looked);
        if search.find(&|| true) && search.count(&|| true) {
            let page = search.page(self.next.as_ref(), self.size);
            assert!(page.rows.len() <= self.size);
            assert!(page.next.is_none() || page.rows.len() == self.size);
            self.rows.extend(page.rows);
            self.is_done = page.next.is_none();
            self.next = page.next;
        }
        self.looked = search.leave();
    }

    fn draw(&mut self, index: &Index) {
        let (looked, points) = &mut self.line;
        if points.is_none() {
            let before = std::mem::take(looked);
            let mut search = Search::go_on_with(index, &self.over, before);
            if search.find(&|| true) {
                *points = search.line(timeline(), &|| true);
            }
            *looked = search.leave();
        }
    }

    fn choose(&mut self, index: &Index) {
        let (looked, cover) = &mut self.cover;
        if cover.is_none() {
            let before = std::mem::take(looked);
            let mut search = Search::go_on_with(index, &self.question, before);
            if search.find(&|| true)
                && let Some(covering) = search.covering(&|| true)
            {
                *cover = Some(search.rebuilds(&covering, &covering.choose(self.size)));
            }
            *looked = search.leave();
        }
    }

    fn finish(mut self, index: &Index, commits: &[Commit]) {
        while !self.is_done || self.line.1.is_none() || self.cover.1.is_none() {
            self.step(index);
        }
        let plain = plain_at(commits, self.question.pin);
        let line = plain.timeline(&self.question, timeline());
        assert_eq!(self.line.1, Some(line), "{:?}", self.question);
        let cover = plain.cover(&self.question, self.size);
        assert_eq!(self.cover.1, Some(cover), "{:?}", self.question);
        let total = Search::go_on_with(index, &self.question, self.looked).total();
        assert_eq!(total, plain.total(&self.question), "{:?}", self.question);
        let wanted = plain.rows(&self.question);
        let wanted: Vec<FindResult> = wanted.into_iter().map(|row| row.result).collect();
        assert_eq!(self.rows, wanted, "{:?}", self.question);
    }
}

fn plain_at(commits: &[Commit], pin: Seq) -> Plain {
    let until = commits.partition_point(|commit| commit.seq <= pin);
    Plain::of(&commits[..until])
}

fn check(index: &Index, commits: &[Commit], question: &Question) {
    let plain = plain_at(commits, question.pin);
    let search = Search::new(index, question);
    assert_eq!(search.total(), plain.total(question), "{question:?}");
    let rows = plain.rows(question).into_iter().map(|row| row.result);
    let rows: Vec<FindResult> = rows.collect();
    assert_eq!(search.page(None, usize::MAX).rows, rows, "{question:?}");
}

/// What is counted of an answer, and the pages of that.
fn check_counts(index: &Index, commits: &[Commit], question: &Question, size: usize) {
    let plain = plain_at(commits, question.pin);
    let mut search = Search::new(index, question);
    for by in GroupBy::ALL.iter().copied() {
        let wanted = plain.groups(question, by);
        assert_eq!(
            search.groups(by, 0, usize::MAX),
            wanted,
            "{by} {question:?}"
        );
        if by == GroupBy::Name {
            check_names_after((index, question), &wanted.groups, size);
        }
        let page = search.groups(by, size - 1, size);
        let on_page = wanted.groups.iter().skip(size - 1).take(size);
        assert!(page.groups.iter().eq(on_page), "{by} {question:?}");
        assert_eq!(page.total, wanted.total);
    }
    for limit in [size, usize::MAX] {
        assert_eq!(
            search.cover(limit),
            plain.cover(question, limit),
            "{question:?}"
        );
    }
    assert_eq!(
        search.timeline(timeline()),
        plain.timeline(question, timeline()),
        "{question:?}"
    );
    assert_eq!(search.related(), plain.related(question), "{question:?}");
}

fn timeline() -> TimelineRequest {
    let range = During {
        from: at(-70),
        to: at(100),
    };
    TimelineRequest { range, points: 18 }
}

/// The groups by name behind each name, without the first page's.
fn check_names_after((index, question): (&Index, &Question), wanted: &[Group], size: usize) {
    let search = Search::new(index, question);
    for (place, group) in wanted.iter().enumerate() {
        let behind = wanted.iter().skip(place + 1).take(size);
        let found = search.names_after(&group.key, size);
        assert!(found.iter().eq(behind), "{} {question:?}", group.key);
    }
}

/// How much is known of the time of a question and of one host, as of the last commit.
fn check_coverage(index: &Index, world: &World, question: &Question, now: i64) {
    let (time, clock, plain) = (question.time, clock(at(now)), &world.now);
    for detail in [1, 2] {
        let said = index.running_of_less_detail(detail);
        assert_eq!(said, plain.running_of_less_detail(detail), "{detail}");
    }
    let said = index.coverage(time, clock);
    assert_eq!(said, plain.coverage(None, time, clock), "{time:?} {now}");
    if question.pin == world.last() {
        let of_host = question.run.iter();
        let of_host: Vec<_> = of_host.filter(|one| one.field() == Field::Host).collect();
        let fits = |host: &str| of_host.iter().all(|one| one.fits(host));
        let said = index.coverage_for(question, time, clock);
        let wanted = plain.coverage_where(fits, time, clock);
        assert_eq!(said, wanted, "{question:?} {now}");
    }
    for host in HOSTS {
        let said = index.coverage_of(host, time, clock);
        assert_eq!(
            said,
            plain.coverage(Some(host), time, clock),
            "{host} {time:?} {now}"
        );
    }
}

/// A pin that is kept.
fn pin(world: &World, back: usize) -> Seq {
    let kept = world.commits.iter().rev().map(|commit| commit.seq);
    let mut kept = kept.take_while(|seq| *seq >= world.kept_since);
    kept.nth(back)
        .unwrap_or_else(|| world.kept_since.max(world.last()))
}

proptest! {
    #[test]
    fn every_answer_is_that_of_a_plain_evaluation(
        commits in commits(),
        questions in prop::collection::vec((asked(), 0..4_usize, 1..5_usize), 1..6),
        filters in filters(),
        rebuilt_after in 0..24_usize,
    ) {
        play(&commits, &questions, &filters, rebuilt_after);
    }
}

fn check_lists(
    index: &Index,
    world: &World,
    (filters, time, pin): (&Filters, Option<Span>, Seq),
    size: usize,
) {
    let plain = plain_at(&world.commits, pin);
    check_containers(index, &plain, (filters, time, pin), size);
    if pin >= world.withdrawn_at {
        check_images(index, &plain, (filters, pin), size);
    }
}

fn play(
    commits: &[Vec<Step>],
    questions: &[(Asked, usize, usize)],
    filters: &Filters,
    rebuilt_after: usize,
) {
    let (mut world, mut index) = (World::default(), Index::new());
    let mut walkers: Vec<Walker> = Vec::new();
    for (number, steps) in commits.iter().enumerate() {
        let before = world.commits.len();
        let commit = world.commit(steps);
        // No reader stands for what is dropped.
        let kept_since = world.kept_since;
        let (left, gone): (Vec<_>, Vec<_>) = walkers
            .into_iter()
            .partition(|walker| walker.question.pin >= kept_since);
        walkers = left;
        for walker in gone {
            walker.finish(&index, &world.commits[..before]);
        }
        index.apply(&commit).unwrap();
        if world.forgets {
            index.forget(commit.seq);
        }
        if steps.iter().any(|step| matches!(step, Step::Settle)) {
            index.settle();
        }
        for walker in &mut walkers {
            walker.step(&index);
        }
        if number == rebuilt_after {
            index = world.rebuilt();
            world.kept_since = world.kept_since.max(world.rebuilt_since);
            walkers.retain(|walker| walker.question.pin >= world.kept_since);
        }
        let (asked, back, size) = &questions[number % questions.len()];
        if let Some(question) = asked.question(pin(&world, *back)) {
            walkers.push(Walker::new(question, *size));
        }
    }
    for walker in walkers {
        walker.finish(&index, &world.commits);
    }
    for (asked, back, size) in questions {
        for pin in [world.last(), pin(&world, *back)] {
            if let Some(question) = asked.question(pin) {
                for now in [world.second(), 300, 40] {
                    check_coverage(&index, &world, &question, now);
                    check_coverage(&world.rebuilt(), &world, &question, now);
                }
                check(&index, &world.commits, &question);
                check_counts(&index, &world.commits, &question, *size);
                check_lists(&index, &world, (filters, question.time, pin), *size);
                if pin >= world.rebuilt_since {
                    check_lists(
                        &world.rebuilt(),
                        &world,
                        (filters, question.time, pin),
                        *size,
                    );
                    check(&world.rebuilt(), &world.commits, &question);
                }
            }
        }
    }
}
