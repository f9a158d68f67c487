//! How much each verdict is about, as it is answered.

use index::{Judged, Judging, Mute};
use model::{
    bounds,
    tally::Counts,
    verdict::{self, Distro, absent},
};
use proto_types::{AffectedSummary, Summary, Unspoken, Verdict};

use super::best;
use crate::store::{
    Result,
    query::{JudgedCounts, affected::AffectedQuery},
    sqlite::find::Asking,
};

/// Judges everything, and counts it.
///
/// # Errors
/// As [`Asking::find`].
pub fn counted(asking: &mut Asking<'_>, query: &AffectedQuery) -> Result<JudgedCounts> {
    let mut judging = Judging::default();
    let judge = |search: &mut index::Search<'_>, pause: &dyn Fn() -> bool| {
        search.judge(&mut judging, &query.advisories, pause)
    };
    let judged = asking.pieces(judge)?;
    let of = |verdict: Verdict| {
        let place = Verdict::ALL.iter().position(|one| *one == verdict);
        judged
            .counts
            .get(place.unwrap_or_default())
            .map(summary)
            .unwrap_or_default()
    };
    // Each image may be said to be of a distribution of its own.
    let mute = judged.unspoken.iter();
    let mut unspoken: Vec<_> = mute.filter_map(|one| unspoken(one, query)).collect();
    unspoken.sort_by_key(|one| std::cmp::Reverse(one.hosts));
    let in_all = unspoken.len();
    unspoken.truncate(bounds::UNSPOKEN_NAMED);
    Ok(JudgedCounts {
        rows: rows(&judged, &query.wanted),
        summary: AffectedSummary {
            affected: of(Verdict::Affected),
            fixed: of(Verdict::Fixed),
            not_affected: of(Verdict::NotAffected),
            unknown: of(Verdict::Unknown),
        },
        excused: (judged.excused.artifacts > 0).then(|| summary(&judged.excused)),
        unspoken_total: (in_all > unspoken.len()).then_some(in_all as u64),
        unspoken,
    })
}

fn rows(judged: &Judged, wanted: &[Verdict]) -> u64 {
    let each = Verdict::ALL.iter().zip(judged.rows);
    let wanted = each.filter(|(verdict, _)| wanted.contains(verdict));
    wanted.map(|(_, rows)| rows).sum()
}

fn summary(counts: &Counts) -> Summary {
    Summary {
        artifacts: counts.artifacts,
        images: counts.images,
        containers: counts.containers,
        hosts: counts.hosts,
        ..Summary::default()
    }
}

/// As it is answered, unless something is known of it after all: by what was imported, a feed that lists everything has
/// nothing on it.
fn unspoken(mute: &Mute, query: &AffectedQuery) -> Option<Unspoken> {
    let distro = Distro {
        id: &mute.distro,
        version: &mute.version,
    };
    let all = query.advisories.vulnerabilities() as u64;
    let of_advisories = || verdict::unspoken(distro, (&mute.first, mute.vulnerabilities, all));
    let reason = match &query.feeds {
        Some(_) if !distro.id.is_empty() && !distro.version.is_empty() => {
            let best = best::of_distro(distro, query);
            let (verdict, reason) = absent(best, &format!("{} {}", distro.id, distro.version));
            (verdict == Verdict::Unknown).then_some(reason)?
        }
        _ => of_advisories(),
    };
    Some(Unspoken {
        distro: mute.distro.clone(),
        distro_version: mute.version.clone(),
        images: mute.counts.images,
        containers: mute.counts.containers,
        hosts: mute.counts.hosts,
        reason,
    })
}
