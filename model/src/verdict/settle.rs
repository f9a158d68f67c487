//! One verdict of all that the entries of an advisory say.

use std::cmp::Ordering;

use proto_types::Verdict;

use super::{
    because::{Because, Why},
    entry,
    judgement::Judgement,
    release::{self, Fit},
    spoken::{self, By},
    steps::Steps,
    subject::Subject,
    within::Said,
    worst::worst_first,
};
use crate::{
    advisory::{Advisory, Affected, Event},
    fields::ArtifactFields,
};

/// What one entry says, and how much that counts.
struct Entry<'a> {
    affected: &'a Affected,
    by: By,
    fit: Fit,
    said: Said<'a>,
}

/// Judges an artifact by an advisory.
pub(super) fn settle<'a, A: ArtifactFields>(
    advisory: &'a Advisory,
    subject: &Subject<'a, A>,
    steps: &mut Steps,
) -> Option<Judgement<'a>> {
    let entries = entries(advisory, subject, steps);
    let speaking = entries.len();
    let mut counting = counting(entries, subject);
    if advisory.is_erratum() {
        leave_out_rebuilds(&mut counting);
    }
    let chosen =
        counting
            .into_iter()
            .reduce(|chosen, other| match order(&chosen, &other, subject) {
                Ordering::Greater => other,
                _ => chosen,
            })?;
    let judgement = judgement(advisory, subject, &chosen);
    steps.chosen(&judgement.because, speaking);
    steps.verdict(&judgement);
    Some(judgement)
}

/// The entries that speak of an artifact, each with what it says.
fn entries<'a, A: ArtifactFields>(
    advisory: &'a Advisory,
    subject: &Subject<'a, A>,
    steps: &mut Steps,
) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for affected in &advisory.affected {
        let Some(family) = affected.ecosystem.family() else {
            continue;
        };
        let Some(by) = spoken::means(family, affected, subject) else {
            continue;
        };
        if subject.owned_by_os && !subject.is_of_distribution() {
            steps.owned(subject);
            return Vec::new();
        }
        let fit = release::fit(family, &affected.ecosystem, subject.distro);
        steps.release(affected, (by, fit), subject);
        let said = match fit {
            Fit::No => continue,
            _ if advisory.withdrawn.is_some() => Said::not_affected(Why::Withdrawn),
            Fit::Unknown(why) => Said::unknown(why),
            Fit::Yes | Fit::Extended => entry::said(affected, subject, by),
        };
        if matches!(fit, Fit::Yes | Fit::Extended) && advisory.withdrawn.is_none() {
            steps.bounds(affected);
        }
        let entry = Entry {
            affected,
            by,
            fit,
            said,
        };
        steps.entry(&because(advisory, subject, &entry), said.verdict);
        entries.push(entry);
    }
    entries
}

/// The entries that count, the others left out:
///
/// - Where one is surely about the image's release, what may be about another one says no more.
/// - A fix that not everybody gets is a fix for who has it; for the others it is none.
/// - The path of a Go module says more than the same without its major version.
/// - The name of an rpm says more than that of its source, and a source of unknown version less than
///   anything else.
fn counting<'a, A: ArtifactFields>(
    mut entries: Vec<Entry<'a>>,
    subject: &Subject<'a, A>,
) -> Vec<Entry<'a>> {
    let is_sure = |entry: &Entry<'_>| !matches!(entry.fit, Fit::Unknown(_));
    keep_if_any(&mut entries, is_sure);
    let has_fix =
        |entry: &Entry<'_>| entry.fit == Fit::Extended && entry.said.verdict == Verdict::Fixed;
    match entries.iter().any(has_fix) && may_have_extended(subject) {
        true => entries.retain(has_fix),
        false => keep_if_any(&mut entries, |entry| entry.fit != Fit::Extended),
    }
    keep_if_any(&mut entries, |entry| entry.by != By::WithoutMajor);
    if subject.artifact.artifact_type() == "rpm" {
        keep_if_any(&mut entries, |entry| entry.by == By::Own);
    }
    keep_if_any(&mut entries, |entry| entry.said.why != Why::SourceUnknown);
    entries
}

/// An erratum lists the builds that carry its fixes, of one package often several: a rebuild for another
/// architecture or a later minor release. Who is at any of them has the fix.
fn leave_out_rebuilds(entries: &mut Vec<Entry<'_>>) {
    let builds = entries.iter().filter(|entry| is_build(entry.affected));
    let fixed = builds.filter(|entry| entry.said.verdict == Verdict::Fixed);
    let fixed: Vec<&str> = fixed.map(|entry| entry.affected.name.as_str()).collect();
    let gives_way = |entry: &Entry<'_>| {
        entry.said.verdict == Verdict::Affected || entry.said.why == Why::ModuleUnknown
    };
    entries.retain(|entry| {
        let is_rebuild = is_build(entry.affected) && fixed.contains(&entry.affected.name.as_str());
        !is_rebuild || !gives_way(entry)
    });
}

/// Whether an entry is of everything up to one fix.
fn is_build(affected: &Affected) -> bool {
    let [range] = affected.ranges.as_slice() else {
        return false;
    };
    let is_from_the_beginning = |event: &Event| matches!(event, Event::Introduced(at) if at == "0");
    affected.versions.is_empty()
        && matches!(range.events.as_slice(), [first, Event::Fixed(_)] if is_from_the_beginning(first))
}

/// The worst verdict first, and of two that are affected the one with the oldest fix.
fn order<A: ArtifactFields>(a: &Entry<'_>, b: &Entry<'_>, subject: &Subject<'_, A>) -> Ordering {
    worst_first(a.said.verdict, b.said.verdict).then_with(|| match (a.said.fixed, b.said.fixed) {
        (Some(a), Some(b)) => versions::compare(subject.artifact.artifact_type(), a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    })
}

/// Leaves out what doesn't fit, where something does.
fn keep_if_any(entries: &mut Vec<Entry<'_>>, fits: impl Fn(&Entry<'_>) -> bool) {
    if entries.iter().any(&fits) {
        entries.retain(fits);
    }
}

/// Whether a package can be one that not everybody gets: Ubuntu Pro's have `esm` in their version,
/// and Red Hat's extended updates are older than what follows them.
fn may_have_extended<A: ArtifactFields>(subject: &Subject<'_, A>) -> bool {
    subject.artifact.artifact_type() == "rpm" || subject.artifact.version().contains("esm")
}

fn judgement<'a, A: ArtifactFields>(
    advisory: &'a Advisory,
    subject: &Subject<'a, A>,
    entry: &Entry<'a>,
) -> Judgement<'a> {
    Judgement {
        verdict: entry.said.verdict,
        fixed: entry.said.fixed,
        because: because(advisory, subject, entry),
    }
}

fn because<'a, A: ArtifactFields>(
    advisory: &'a Advisory,
    subject: &Subject<'a, A>,
    entry: &Entry<'a>,
) -> Because<'a> {
    let artifact = subject.artifact;
    let version = artifact.source_version().unwrap_or_default();
    let source = artifact.source().map(|source| (source, version));
    Because {
        id: &advisory.id,
        ecosystem: entry.affected.ecosystem.as_str(),
        name: artifact.name(),
        version: artifact.version(),
        source: source.filter(|_| entry.by == By::Source),
        why: entry.said.why,
    }
}
