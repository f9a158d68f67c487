//! Since when and until when those hosts were exposed: what the index finds by keys and images is what a look at every
//! run of every host tells, by the rules of the model.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use index::{
    Advisories, BehindHost, Exposing, ExposureCounts, Index, Question, Search, WalkedHosts, When,
};
use model::{
    advisory::Advisory,
    exposure::{self, Exposure, GOES_ON, Known, Unknown, worst_state},
    presence::{Lapse, Span},
};
use proptest::prelude::*;
use proto_types::{ExposureState, HostExposure, ScanStatus, UnknownKind, Verdict};

use crate::{
    asked::asked, commits::commits, judged::advisories, plain::Plain, plain_judged::Said,
    standing::clock, statements::statements, things::at, world::World,
};

const DAYS: [u32; 2] = [0, 7];

impl Plain {
    /// Every host that was exposed by an advisory, by name and number.
    fn exposed(
        &self,
        question: &Question,
        (advisory, when): (&Advisory, When),
    ) -> Vec<(u32, Exposure)> {
        let said = self.said(question, std::slice::from_ref(advisory));
        let of = |verdict: Verdict| said.iter().filter(move |one| one.result.verdict == verdict);
        let affected: BTreeSet<u64> = of(Verdict::Affected).map(|one| one.found.run).collect();
        let may_be = of(Verdict::Unknown).filter(|one| !affected.contains(&one.found.run));
        let may_be: Vec<&Said> = may_be.collect();
        let mut hosts: BTreeMap<(&str, u32), Vec<Span>> = BTreeMap::new();
        for one in of(Verdict::Affected) {
            let host = (one.result.found.host.as_str(), one.found.host);
            hosts.entry(host).or_default().push(span(one));
        }
        let exposed = hosts.into_iter().filter_map(|((_, host), ran)| {
            let touches = |time: Span| ran.iter().any(|span| span.touches(time));
            if !when.during.is_none_or(touches) {
                return None;
            }
            let mut unknown = self.not_known(host, question, when);
            unknown.extend(exposure::removed(&self.stands[&host].times, &ran));
            let of_host = may_be.iter().filter(|one| one.found.host == host);
            unknown.extend(of_host.map(|one| (UnknownKind::Verdict, span(one))));
            let known = Known {
                ran: &ran,
                unknown: &unknown,
                published: advisory.published,
                now: when.clock.now,
            };
            Some((host, exposure::exposure(&known)?))
        });
        exposed.collect()
    }

    fn not_known(&self, host: u32, question: &Question, when: When) -> Vec<Unknown> {
        let kept = |span: &Span| self.kept_since.is_none_or(|kept| kept <= span.until);
        let lapses = self.lapses.iter().filter(|(one, _)| *one == host);
        let lapses: Vec<Lapse> = lapses
            .map(|(_, lapse)| *lapse)
            .filter(|lapse| kept(&lapse.span))
            .collect();
        let unseen = self
            .unseen
            .iter()
            .filter(|(one, _, count, _)| (*one, *count > 0) == (host, true));
        let unseen: Vec<Span> = unseen.map(|(.., span)| *span).filter(kept).collect();
        let told = exposure::Told {
            times: self.stands[&host].times,
            unseen: self.stands[&host].unseen,
            lapses: &lapses,
            unseen_then: &unseen,
            kept_since: self.kept_since,
        };
        let mut unknown = exposure::of_host(&told, when.clock.silent_after, when.clock.now);
        let of_host = self.runs.values().filter(|(run, _)| run.host == host);
        for (run, until) in of_host.filter(|(run, until)| self.counts(run, *until, question)) {
            let sbom = self.images[&run.image].sbom.as_ref();
            if sbom.and_then(|sbom| sbom.status) != Some(ScanStatus::Complete) {
                let time = Span::new(run.since, until.unwrap_or(GOES_ON));
                unknown.push((UnknownKind::Sbom, time));
            }
        }
        unknown
    }
}

fn span(one: &Said) -> Span {
    let found = &one.result.found;
    Span::new(found.running_since, found.until.unwrap_or(GOES_ON))
}

proptest! {
    #[test]
    fn hosts_were_exposed_as_long_as_a_look_at_every_run_tells(
        commits in commits(),
        asked in asked(),
        advisories in advisories(),
        statements in statements(),
        published in prop::collection::vec(prop::option::of(0..90_i64), 5),
        size in 1..4_usize,
    ) {
        let mut advisories = advisories;
        for (advisory, published) in advisories.iter_mut().zip(published) {
            advisory.published = published.map(at);
        }
        let (mut world, mut index) = (World::default(), Index::new());
        for steps in &commits {
            index.apply(&world.commit(steps)).unwrap();
        }
        let Some(question) = asked.question(world.last()) else {
            return Ok(());
        };
        let now = at(world.second());
        let when = When { during: question.time, clock: clock(now) };
        let always = Span::new(at(-1000), Span::at(now).until);
        let question = Question { time: Some(always), ..question };
        let plain = world.now.clone().stating(&statements);
        for index in [&index, &world.rebuilt()] {
            holds(index, &plain, &question, (&advisories, when, size));
        }
    }
}

fn holds(
    index: &Index,
    plain: &Plain,
    question: &Question,
    (plain_advisories, when, size): (&[Advisory], When, usize),
) {
    let advisories = Advisories::new(plain_advisories.to_vec());
    let advisories = advisories.with(plain.statements.clone());
    let search = Search::new(index, question);
    let (mut wanted, mut states) = (Vec::new(), BTreeMap::new());
    for advisory in plain_advisories {
        for (host, exposure) in plain.exposed(question, (advisory, when)) {
            let state = states.entry(host).or_insert(exposure.state);
            *state = worst_state(*state, exposure.state);
            wanted.push((advisory.id.clone(), plain.hosts[&host].clone(), exposure));
        }
    }
    let rows = rows(&search, &advisories, (when, size));
    let found: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                &row.advisory,
                &row.host,
                row.first_exposed,
                row.fixed_at,
                row.state,
            )
        })
        .collect();
    let same: Vec<_> = wanted
        .iter()
        .map(|(id, host, one)| (id, host, one.first, one.fixed, one.state))
        .collect();
    assert_eq!(found, same, "{question:?}");
    for (row, (.., exposure)) in rows.iter().zip(&wanted) {
        let times = exposure.unknown_times.iter().take(20);
        let times: Vec<_> = times.map(|(kind, span)| (*kind, span.from)).collect();
        let listed: Vec<_> = row.unknown.iter().map(|one| (one.kind, one.from)).collect();
        assert_eq!(listed, times, "{question:?}");
    }
    let mut counts = ExposureCounts::default();
    let mut exposing = Exposing::default();
    while counts
        .go_on(
            &search,
            (&advisories, &mut exposing),
            (&DAYS, when, &|| true),
        )
        .is_none()
    {}
    assert_eq!(counts.rows, wanted.len() as u64);
    let summary = counts.summary();
    let of = |state| states.values().filter(|one| **one == state).count() as u64;
    assert_eq!(
        (summary.exposed, summary.unknown, summary.fixed),
        (
            of(ExposureState::Exposed),
            of(ExposureState::Unknown),
            of(ExposureState::Fixed)
        )
    );
    for within in counts.within(&DAYS) {
        assert_eq!(
            within.hosts,
            within.clean + within.late + within.open + within.unknown
        );
        assert!(within.hosts <= summary.hosts);
    }
}

/// All rows, in pages.
fn rows(
    search: &Search<'_>,
    advisories: &Advisories,
    (when, size): (When, usize),
) -> Vec<HostExposure> {
    let (mut rows, mut from) = (Vec::new(), BehindHost::default());
    let mut exposing = Exposing::default();
    loop {
        let take = |row: &index::ExposureRowAt<'_, '_>| {
            rows.push(row.to_answer().into_owned());
            ControlFlow::Continue(())
        };
        let walked = search.exposure_rows(
            (advisories, &mut exposing),
            &from,
            (size, when, &|| true),
            take,
        );
        from = match walked {
            WalkedHosts::All => return rows,
            WalkedHosts::Paused(behind) | WalkedHosts::More(behind) => behind,
        };
    }
}
