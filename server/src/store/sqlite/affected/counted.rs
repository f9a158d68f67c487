//! How much each verdict is about, as it is answered.

use index::{Judged, Judging, Mute};
use model::{
    bounds,
    tally::Counts,
    verdict::{self, Distro},
};
use proto_types::{AffectedSummary, Summary, Unspoken, Verdict};

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
    let mut mute = judged.unspoken.clone();
    mute.sort_by_key(|one| std::cmp::Reverse(one.counts.hosts));
    let in_all = mute.len();
    let all = query.advisories.vulnerabilities() as u64;
    mute.truncate(bounds::UNSPOKEN_NAMED);
    Ok(JudgedCounts {
        rows: rows(&judged, &query.wanted),
        summary: AffectedSummary {
            affected: of(Verdict::Affected),
            fixed: of(Verdict::Fixed),
            not_affected: of(Verdict::NotAffected),
            unknown: of(Verdict::Unknown),
        },
        unspoken_total: (in_all > mute.len()).then_some(in_all as u64),
        unspoken: mute.into_iter().map(|one| unspoken(one, all)).collect(),
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

/// As it is answered, where so many vulnerabilities are asked about.
fn unspoken(mute: Mute, all: u64) -> Unspoken {
    let distro = Distro {
        id: &mute.distro,
        version: &mute.version,
    };
    let reason = verdict::unspoken(distro, (&mute.first, mute.vulnerabilities, all));
    Unspoken {
        distro: mute.distro,
        distro_version: mute.version,
        images: mute.counts.images,
        containers: mute.counts.containers,
        hosts: mute.counts.hosts,
        reason,
    }
}
