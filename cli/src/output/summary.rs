//! What `find` found, in one line before the rows, and what is related to it.

use proto_types::{Field, FindRequest, FindResponse, Op, RelatedArtifact};

use super::{
    coverage,
    number::{counted, grouped},
    time::Times,
};
use crate::words::terms;

/// How many related artifacts are named.
const NAMED: usize = 4;

/// `openssl <3.0.15: 14 images, 212 containers, 87 hosts; 1 host silent (db-03)`.
pub(crate) fn line(request: &FindRequest, response: &FindResponse, times: &Times) -> String {
    let summary = &response.summary;
    let mut parts = vec![found(response)];
    let looks_back = request.at.is_some() || request.during.is_some();
    if let (true, Some(first)) = (looks_back, summary.first_seen) {
        parts.push(format!("first seen {}", times.show(first)));
    }
    if let (true, Some(last)) = (looks_back || summary.containers == 0, summary.last_seen) {
        parts.push(format!("last seen {}", times.show(last)));
    }
    let (coverage, silent) = (&response.coverage, &response.silent);
    parts.extend(coverage::gaps_of(coverage, silent, !looks_back));
    format!("{}: {}", question(request, times), parts.join("; "))
}

/// `14 images, 212 containers, 87 hosts`, or that there is nothing.
pub(crate) fn found(response: &FindResponse) -> String {
    let summary = &response.summary;
    if summary.containers == 0 {
        return "nothing found".to_owned();
    }
    [
        counted(summary.images, "image"),
        counted(summary.containers, "container"),
        counted(summary.hosts, "host"),
    ]
    .join(", ")
}

/// What was asked, as a person would say it.
pub(crate) fn question(request: &FindRequest, times: &Times) -> String {
    let mut words: Vec<String> = request.matches.iter().map(terms::in_words).collect();
    match request.any.as_slice() {
        [] => {}
        [one] => words.insert(0, terms::in_words(one)),
        many => {
            let names = grouped(u64::try_from(many.len()).unwrap_or(u64::MAX));
            words.insert(0, format!("any of {names} names"));
        }
    }
    if words.is_empty() {
        words.push("everything".to_owned());
    }
    if let Some(at) = request.at {
        words.push(format!("at {}", times.absolute(at)));
    }
    if let Some(during) = request.during {
        let (from, to) = (times.absolute(during.from), times.absolute(during.to));
        words.push(format!("from {from} to {to}"));
    }
    words.join(" ")
}

/// What else is built from the same source package, where anything is.
pub(crate) fn related(request: &FindRequest, related: &[RelatedArtifact]) -> Option<String> {
    let (last, others) = related.get(..related.len().min(NAMED))?.split_last()?;
    let mut names: Vec<String> = others.iter().map(related_in_words).collect();
    let more = related.len().saturating_sub(NAMED);
    let end = if more > 0 {
        names.push(related_in_words(last));
        format!("{more} more")
    } else {
        related_in_words(last)
    };
    let listed = if names.is_empty() {
        end
    } else {
        format!("{} and {end}", names.join(", "))
    };
    let are = if related.len() == 1 { "is" } else { "are" };
    let source = source(request);
    let ask = source.map(|name| format!("; ask with source={name}"));
    let from = source.unwrap_or("the same source package");
    Some(format!(
        "{listed} {are} built from {from}{}",
        ask.unwrap_or_default()
    ))
}

/// Each with its own count: a container that runs two of them must not count twice.
fn related_in_words(one: &RelatedArtifact) -> String {
    let containers = counted(one.containers, "container");
    format!("{} ({}, {containers})", one.name, one.artifact_type)
}

/// The one name that was asked for, which the server looked up as a source package.
fn source(request: &FindRequest) -> Option<&str> {
    let mut names = request
        .matches
        .iter()
        .chain(&request.any)
        .filter(|one| one.field == Field::Name && one.op == Op::Eq);
    let first = names.next()?;
    names.next().is_none().then_some(first.value.as_str())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};
    use proto_types::{Coverage, FindRequest, FindResponse, RelatedArtifact, Summary};

    use super::{line, related};
    use crate::{output::time::Times, words::terms};

    fn request(words: &[&str]) -> FindRequest {
        FindRequest {
            matches: words
                .iter()
                .flat_map(|term| terms::parse(term).unwrap().matches)
                .collect(),
            ..FindRequest::default()
        }
    }

    fn response(summary: Summary, coverage: Coverage) -> FindResponse {
        // From JSON, so that a new optional field doesn't matter here.
        serde_json::from_value(serde_json::json!({
            "summary": summary,
            "total": 0,
            "truncated": false,
            "as_of": Timestamp::UNIX_EPOCH,
            "coverage": coverage,
        }))
        .unwrap()
    }

    fn times() -> Times {
        Times::new(Timestamp::UNIX_EPOCH, false, TimeZone::UTC)
    }

    #[test]
    fn it_says_what_was_asked_what_was_found_and_what_is_missing() {
        let summary = Summary {
            artifacts: 3,
            images: 14,
            containers: 1212,
            hosts: 87,
            ..Summary::default()
        };
        let coverage = Coverage {
            hosts: 90,
            silent_hosts: 3,
            images_without_sbom: 2,
            ..Coverage::default()
        };
        assert_eq!(
            line(
                &request(&["openssl", "version<3.0.15"]),
                &response(summary, coverage),
                &times()
            ),
            "openssl <3.0.15: 14 images, 1,212 containers, 87 hosts; \
             3 hosts silent (`assetctl hosts --state silent`); 2 images have no SBOM"
        );
        let mut few = response(summary, coverage);
        few.silent = ["db-03", "web-07", "web-09"].map(str::to_owned).to_vec();
        assert_eq!(
            line(&request(&["openssl"]), &few, &times()),
            "openssl: 14 images, 1,212 containers, 87 hosts; \
             3 hosts silent (db-03, web-07, web-09); 2 images have no SBOM"
        );
    }

    #[test]
    fn where_nothing_runs_it_says_when_something_last_did() {
        let summary = Summary {
            last_seen: Some("2026-03-28T12:00:00Z".parse().unwrap()),
            ..Summary::default()
        };
        let coverage = Coverage {
            hosts: 1,
            ..Coverage::default()
        };
        let mut asked = request(&[]);
        asked.any = request(&["a", "type=deb"]).matches;
        asked.at = Some("2026-04-01T00:00:00Z".parse().unwrap());
        assert_eq!(
            line(&asked, &response(summary, coverage), &times()),
            "any of 2 names at 2026-04-01T00:00:00.000Z: nothing found; \
             last seen 2026-03-28T12:00:00.000Z"
        );
    }

    #[test]
    fn related_artifacts_are_named_with_the_way_to_ask_for_them() {
        let one = |name: &str, artifact_type: &str, containers| RelatedArtifact {
            artifact_type: artifact_type.to_owned(),
            name: name.to_owned(),
            images: 1,
            containers,
            hosts: 1,
        };
        let asked = request(&["openssl", "version<3"]);
        let both = [one("libssl3", "deb", 12), one("libcrypto3", "apk", 1)];
        assert_eq!(
            related(&asked, &both).unwrap(),
            "libssl3 (deb, 12 containers) and libcrypto3 (apk, 1 container) \
             are built from openssl; ask with source=openssl"
        );
        assert_eq!(
            related(&request(&["libssl*"]), &both[..1]).unwrap(),
            "libssl3 (deb, 12 containers) is built from the same source package"
        );
        let many = vec![both[0].clone(); 6];
        assert!(
            related(&asked, &many)
                .unwrap()
                .contains(" and 2 more are built")
        );
        assert_eq!(related(&asked, &[]), None);
    }
}
