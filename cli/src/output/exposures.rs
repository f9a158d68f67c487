//! What `affected --exposure` found, in lines before the rows: hosts by how they stand, and who was clean in time.

use model::proof;
use proto_types::{CleanWithin, ExposureRequest, ExposureResponse};

use super::{
    coverage, evidence,
    number::{counted, grouped, share},
    time::Times,
    verdicts,
};
use crate::error::Result;

/// `DSA-5764-1: 87 hosts were exposed: 5 still are, 3 unknown, 79 fixed`, and whether they were clean in time.
pub(crate) fn lines(
    subject: &str,
    request: &ExposureRequest,
    response: &ExposureResponse,
    times: &Times,
) -> Vec<String> {
    let mut parts = vec![hosts(response)];
    let images = response.unknown.images;
    if images > 0 {
        let images = counted(images, "image");
        parts.push(format!(
            "{images} unknown: `--during` with `--verdict unknown` shows why"
        ));
    }
    parts.extend(verdicts::unspoken(&response.unspoken));
    if let Some(excused) = &response.excused {
        let images = counted(excused.images, "image");
        parts.push(format!(
            "{images} excused by VEX: `--during` with `--verdict not_affected,fixed` shows them"
        ));
    }
    if let Some(left_out) = &response.left_out {
        parts.push(format!("{} left out", counted(left_out.count, "part")));
    }
    parts.extend(coverage::gaps(&response.coverage));
    let asked = verdicts::question(subject, &request.clone().into_affected(), times);
    let mut lines = vec![format!("{asked}: {}", parts.join("; "))];
    let in_time = response.within.iter().filter(|one| one.hosts > 0);
    lines.extend(in_time.map(|one| format!("clean within {}", within(one))));
    lines
}

/// How many hosts there are, by how they stand.
fn hosts(response: &ExposureResponse) -> String {
    let summary = &response.summary;
    if summary.hosts == 0 {
        return "no host was exposed".to_owned();
    }
    let were = match summary.hosts {
        1 => "was",
        _ => "were",
    };
    let each = [
        (summary.exposed, "still exposed"),
        (summary.unknown, "unknown"),
        (summary.fixed, "fixed"),
    ];
    let some = each.iter().filter(|(count, _)| *count > 0);
    let some: Vec<String> = some
        .map(|(count, word)| format!("{} {word}", grouped(*count)))
        .collect();
    let all = counted(summary.hosts, "host");
    format!("{all} {were} exposed: {}", some.join(", "))
}

/// `7 days of publication: 61 of 87 hosts (70%), 14 later, 12 unknown`.
fn within(one: &CleanWithin) -> String {
    let days = counted(one.days.into(), "day");
    let all = counted(one.hosts, "host");
    let mut text = format!(
        "{days} of publication: {} of {all} ({})",
        grouped(one.clean),
        share(one.clean, one.hosts)
    );
    let others = [
        (one.late, "not in time"),
        (one.open, "have time left"),
        (one.unknown, "unknown"),
    ];
    for (count, word) in others.iter().filter(|(count, _)| *count > 0) {
        text += &format!(", {} {word}", grouped(*count));
    }
    text
}

/// What the answer stands for, one line each. `feeds` say what the advisories are.
pub(crate) fn evidence(
    (subject, request, response): (&str, &ExposureRequest, &ExposureResponse),
    feeds: &[String],
    (server, times): (&str, &Times),
) -> Result<Vec<String>> {
    let asked = ExposureRequest {
        advisories: Vec::new(),
        limit: None,
        cursor: None,
        ..request.clone()
    };
    let query = verdicts::question(subject, &request.clone().into_affected(), times);
    let request = serde_json::to_string(&asked).map_err(std::io::Error::from)?;
    let mut found = vec![format!(
        "{}; rows: {}",
        hosts(response),
        grouped(response.total)
    )];
    let in_time = response.within.iter().map(within);
    found.extend(in_time.map(|line| format!("clean within {line}")));
    Ok(evidence::stands(&evidence::Stands {
        query: &format!("exposure to {query}"),
        request: &request,
        as_of: times.absolute(response.as_of),
        server,
        found: &found,
        also: feeds,
        word: evidence::word(proof::is_proof_of_no_exposure(response)),
        covered: &covered(response),
    }))
}

fn covered(response: &ExposureResponse) -> String {
    let mut covered = coverage::in_full(&response.coverage);
    if let Some(unspoken) = verdicts::unspoken(&response.unspoken) {
        covered += &format!("; {unspoken}");
    }
    covered
}
