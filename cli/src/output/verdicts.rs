//! What `affected` found, in one line before the rows: what is affected, and what isn't known.

use model::proof;
use proto_types::{AffectedRequest, AffectedResponse, Summary, Unspoken, Verdict};

use super::{
    coverage, evidence,
    number::{counted, either, grouped},
    time::Times,
};
use crate::{error::Result, words::terms};

/// How many distributions that no advisory speaks of are named.
const NAMED: usize = 4;

/// Said where there is no feed.
pub(crate) const NOTHING_IMPORTED: &str =
    "no feeds yet: import one with `assetctl advisories import PATH`";

/// `DSA-5764-1 (CVE-2024-6119): 14 images, 212 containers, 87 hosts affected; 3 images unknown: no feed
/// speaks of alpine 3.16`.
pub(crate) fn line(
    subject: &str,
    request: &AffectedRequest,
    response: &AffectedResponse,
    times: &Times,
) -> String {
    let mut parts = vec![affected(&response.summary.affected)];
    let wanted = request.verdicts.iter();
    let others = wanted.filter(|one| !matches!(one, Verdict::Affected | Verdict::Unknown));
    for verdict in others {
        let Summary { images, .. } = response.summary.of(*verdict);
        let word = verdict.as_str().replace('_', " ");
        parts.push(format!("{} {word}", counted(images, "image")));
    }
    parts.extend(gaps(request, response));
    parts.extend(excused(response));
    parts.extend(bugfixes_left_aside(response.bugfixes_left_aside));
    format!(
        "{}: {}",
        question(subject, request, times),
        parts.join("; ")
    )
}

/// What keeps an answer by which nothing is affected from being a proof.
pub(crate) fn gaps(request: &AffectedRequest, response: &AffectedResponse) -> Vec<String> {
    let mut gaps = Vec::from_iter(unknown(request, response));
    gaps.extend(unspoken(&response.unspoken));
    if let Some(left_out) = &response.left_out {
        gaps.push(format!("{} left out", counted(left_out.count, "part")));
    }
    let is_now = request.at.is_none() && request.during.is_none();
    gaps.extend(coverage::gaps_of(
        &response.coverage,
        &response.silent,
        is_now,
    ));
    gaps
}

/// Notices that were left aside, and how to include them.
pub(crate) fn bugfixes_left_aside(count: u64) -> Option<String> {
    let notices = either(count, "notice of a bug fix", "notices of bug fixes");
    let left = format!(
        "{} {notices} left aside: `--bugfixes` includes them",
        grouped(count)
    );
    (count > 0).then_some(left)
}

/// What the advisories are called: the one, with its CVEs, or how many there are.
pub(crate) fn subject(count: u64, first: Option<&(String, Vec<String>)>) -> String {
    let Some((id, cves)) = first.filter(|_| count == 1) else {
        let advisories = either(count, "advisory", "advisories");
        return format!("{} {advisories}", grouped(count));
    };
    let others: Vec<&str> = cves
        .iter()
        .filter(|cve| *cve != id)
        .map(String::as_str)
        .collect();
    match others.as_slice() {
        [] => id.clone(),
        few if few.len() <= NAMED => format!("{id} ({})", few.join(", ")),
        many => format!("{id} ({} CVEs)", many.len()),
    }
}

/// How much is affected, in words.
pub(crate) fn affected(summary: &Summary) -> String {
    if summary.containers == 0 {
        return "nothing affected".to_owned();
    }
    let counts = [
        counted(summary.images, "image"),
        counted(summary.containers, "container"),
        counted(summary.hosts, "host"),
    ];
    format!("{} affected", counts.join(", "))
}

/// Verdicts that are unknown, and how to see why.
fn unknown(request: &AffectedRequest, response: &AffectedResponse) -> Option<String> {
    let images = response.summary.unknown.images;
    let how = match request.verdicts.contains(&Verdict::Unknown) {
        true => "",
        false => ": `--verdict unknown` shows why",
    };
    (images > 0).then(|| format!("{} unknown{how}", counted(images, "image")))
}

/// What vendors state isn't affected, and how to see it.
fn excused(response: &AffectedResponse) -> Option<String> {
    let images = response.excused?.images;
    let images = counted(images, "image");
    Some(format!(
        "{images} excused by VEX: `--verdict not_affected,fixed` shows them"
    ))
}

/// Images of distributions that no advisory speaks of.
pub(crate) fn unspoken(unspoken: &[Unspoken]) -> Option<String> {
    let images: u64 = unspoken.iter().map(|one| one.images).sum();
    let first = unspoken.first()?;
    let others = unspoken.iter().skip(1).take(NAMED - 1).map(|one| {
        let of = format!("{} {}", one.distro, one.distro_version);
        of.trim().to_owned()
    });
    let mut named = vec![first.reason.clone()];
    named.extend(others);
    let more = unspoken.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    let images = counted(images, "image");
    Some(format!("{images} unknown: {}", named.join(", ")))
}

/// What the answer stands for, one line each. `feeds` say what the advisories are.
pub(crate) fn evidence(
    (subject, request, response): (&str, &AffectedRequest, &AffectedResponse),
    feeds: &[String],
    (server, times): (&str, &Times),
) -> Result<Vec<String>> {
    let asked = AffectedRequest {
        advisories: Vec::new(),
        limit: None,
        cursor: None,
        ..request.clone()
    };
    let asked = serde_json::to_string(&asked).map_err(std::io::Error::from)?;
    let total = grouped(response.total);
    let mut found = vec![format!(
        "{}; rows: {total}",
        affected(&response.summary.affected)
    )];
    found.extend(unknown(request, response));
    let mut covered = coverage::in_full(&response.coverage);
    if let Some(unspoken) = unspoken(&response.unspoken) {
        covered += &format!("; {unspoken}");
    }
    Ok(evidence::stands(&evidence::Stands {
        query: &question(subject, request, times),
        request: &asked,
        as_of: times.absolute(response.as_of),
        server,
        found: &found,
        also: feeds,
        word: evidence::word(proof::is_proof_of_verdicts(response)),
        covered: &covered,
    }))
}

/// What was asked, as a person would say it.
pub(crate) fn question(subject: &str, request: &AffectedRequest, times: &Times) -> String {
    let mut words = vec![subject.to_owned()];
    words.extend(request.kev.then(|| "known to be exploited".to_owned()));
    words.extend(request.matches.iter().map(terms::in_words));
    if let Some(at) = request.at {
        words.push(format!("at {}", times.absolute(at)));
    }
    if let Some(during) = request.during {
        let (from, to) = (times.absolute(during.from), times.absolute(during.to));
        words.push(format!("from {from} to {to}"));
    }
    words.join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};
    use proto_types::{AffectedRequest, AffectedResponse, Verdict};
    use serde_json::json;

    use super::{line, subject};
    use crate::output::time::Times;

    fn response(summary: [u64; 4], unspoken: &[(&str, u64)]) -> AffectedResponse {
        let of = |images| json!({"artifacts": 1, "images": images, "containers": images * 2, "hosts": images});
        let [affected, fixed, not_affected, unknown] = summary.map(of);
        let unspoken: Vec<_> = unspoken
            .iter()
            .map(|(version, images)| {
                json!({
                    "distro": "alpine", "distro_version": version, "images": images,
                    "containers": 1, "hosts": 1, "reason": format!("no feed speaks of alpine {version}"),
                })
            })
            .collect();
        serde_json::from_value(json!({
            "summary": {"affected": affected, "fixed": fixed, "not_affected": not_affected,
                        "unknown": unknown},
            "unspoken": unspoken, "advisories": 1, "total": 0, "truncated": false,
            "as_of": Timestamp::UNIX_EPOCH, "coverage": {"hosts": 9, "complete": true,
                "silent_hosts": 0, "running_images": 3, "images_without_sbom": 0, "images_partial": 0},
        }))
        .unwrap()
    }

    fn said(verdicts: &[Verdict], response: &AffectedResponse) -> String {
        let times = Times::new(Timestamp::UNIX_EPOCH, false, TimeZone::UTC);
        let request = AffectedRequest {
            verdicts: verdicts.to_vec(),
            ..AffectedRequest::default()
        };
        line("X-1", &request, response, &times)
    }

    #[test]
    fn it_says_what_is_affected_and_what_is_unknown_and_why() {
        let only = [Verdict::Affected];
        assert_eq!(
            said(&only, &response([14, 1, 1, 0], &[("3.16", 3)])),
            "X-1: 14 images, 28 containers, 14 hosts affected; \
             3 images unknown: no feed speaks of alpine 3.16"
        );
        assert_eq!(
            said(&only, &response([0, 0, 0, 1], &[])),
            "X-1: nothing affected; 1 image unknown: `--verdict unknown` shows why"
        );
        let many = [
            ("3.16", 1),
            ("3.17", 1),
            ("3.18", 1),
            ("3.19", 1),
            ("3.20", 1),
        ];
        assert_eq!(
            said(Verdict::ALL, &response([0, 2, 1, 0], &many)),
            "X-1: nothing affected; 2 images fixed; 1 image not affected; 5 images unknown: no feed \
             speaks of alpine 3.16, alpine 3.17, alpine 3.18, alpine 3.19, 1 more"
        );
    }

    #[test]
    fn few_silent_hosts_are_named() {
        let mut silent = response([0, 0, 0, 0], &[]);
        silent.coverage.silent_hosts = 1;
        silent.silent = vec!["web-09".to_owned()];
        assert_eq!(
            said(&[Verdict::Affected], &silent),
            "X-1: nothing affected; 1 host silent (web-09)"
        );
    }

    #[test]
    fn one_advisory_is_named_with_its_cves_and_many_are_counted() {
        let of = |cves: &[&str]| {
            let cves = cves.iter().map(|one| (*one).to_owned()).collect();
            Some(("DSA-1".to_owned(), cves))
        };
        assert_eq!(subject(1, of(&[]).as_ref()), "DSA-1");
        assert_eq!(
            subject(1, of(&["CVE-1", "CVE-2"]).as_ref()),
            "DSA-1 (CVE-1, CVE-2)"
        );
        assert_eq!(
            subject(1, of(&["1", "2", "3", "4", "5"]).as_ref()),
            "DSA-1 (5 CVEs)"
        );
        assert_eq!(subject(1204, of(&["CVE-1"]).as_ref()), "1,204 advisories");
    }
}
