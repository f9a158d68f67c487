//! Telling the server what a scan came to: an SBOM, or a failure and whose fault it was.

use std::time::Duration;

use client::ClientError;
use model::{accept, bounds, detail, shown::on_one_line};
use proto_types::{
    ErrorCode, FailureCause, Lease, ScanFailure, ScanOutcome, ScanReport, ScanStatus, ScannedImage,
};

use crate::{
    exit::Failure,
    host::Host,
    retry::{self, reason},
    scan::ScanError,
    size,
    syft::Found,
};

/// How much of an SBOM's body is for what isn't an artifact, in bytes.
const HEAD: usize = 1 << 20;

/// Sends what a scan found.
///
/// # Errors
/// [`Failure`]: the server is away or doesn't accept this host. What it, or a proxy before it, says
/// of this one upload doesn't keep the next image from being scanned.
pub(super) async fn found(
    host: &Host,
    lease: &Lease,
    found: Found,
    took: Duration,
) -> Result<(), Failure> {
    let report = sbom(host, lease, found);
    let count = report.image.artifacts.len();
    if report.status == ScanStatus::Partial {
        let reason = on_one_line(report.reason.as_deref().unwrap_or_default(), 1000);
        let cause = report.cause.unwrap_or(FailureCause::Image);
        tracing::warn!(image = %lease.image_digest, ?cause, "the SBOM is partial: {reason}");
    }
    let sent = retry::send(&host.client, &report, host.settings.upload_patience).await;
    match sent {
        Ok(answer) => {
            say(&report, answer.response.outcome, count, took);
            Ok(())
        }
        Err(error) if error.code() == Some(ErrorCode::LeaseSuperseded) => {
            tracing::warn!(image = %lease.image_digest, "the image was given to another host in the meantime");
            Ok(())
        }
        Err(error) if is_of_this_alone(&error) => failed(host, lease, &not_taken(&error)).await,
        Err(error) => Err(error.into()),
    }
}

/// Tells the server that a scan came to nothing.
///
/// # Errors
/// As [`found`].
pub(super) async fn failed(host: &Host, lease: &Lease, error: &ScanError) -> Result<(), Failure> {
    let cause = error.cause();
    let message = on_one_line(&error.to_string(), bounds::MESSAGE);
    let image = lease.image_digest;
    tracing::warn!(%image, ?cause, "the image was not scanned: {message}");
    let failure = ScanFailure {
        image_digest: image,
        lease: Some(lease.lease.clone()),
        generation: Some(lease.generation),
        scanner: host.scanner.name(),
        cause,
        message,
    };
    match retry::send(&host.client, &failure, host.settings.upload_patience).await {
        Ok(answer) if answer.response.quarantined => {
            tracing::warn!(%image, "the image is quarantined now");
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(error) if is_of_this_alone(&error) => {
            tracing::warn!(%image, "the server did not accept the report of the failure: {}", reason(&error));
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether an answer is about this request alone: a refusal (4xx), whoever it comes from, but for
/// that of the token itself.
fn is_of_this_alone(error: &ClientError) -> bool {
    match error {
        ClientError::Refused { status, detail, .. } => {
            (400..500).contains(status) && detail.code != ErrorCode::Unauthorized
        }
        _ => error.refused_on_the_way().is_some(),
    }
}

/// Why an upload came to nothing: only of what the server says of its content, the image is the
/// cause.
fn not_taken(error: &ClientError) -> ScanError {
    match error.code() {
        Some(ErrorCode::InvalidRequest | ErrorCode::PayloadTooLarge) => {
            ScanError::Refused(reason(error))
        }
        _ => ScanError::NotTaken(match error.way_out() {
            Some(way_out) => format!("{} ({way_out})", reason(error)),
            None => reason(error),
        }),
    }
}

/// What was found, as far as the server takes it.
fn sbom(host: &Host, lease: &Lease, found: Found) -> ScanReport {
    let (_, report) = accept::scan_report(ScanReport {
        image: ScannedImage {
            digest: lease.image_digest,
            distro: found.distro,
            distro_version: found.distro_version,
            facts: found.facts,
            artifacts: found.artifacts,
        },
        lease: None,
        generation: None,
        scanner: found.scanner.or_else(|| host.scanner.name()),
        detail: detail::KEPT,
        status: match found.doubt {
            None => ScanStatus::Complete,
            Some(_) => ScanStatus::Partial,
        },
        cause: found.doubt.as_ref().map(|doubt| doubt.cause),
        reason: found.doubt.map(|doubt| doubt.reason),
    });
    let report = report.holding(|artifacts| artifacts.to_vec());
    ScanReport {
        lease: Some(lease.lease.clone()),
        generation: Some(lease.generation),
        ..fitting(report, bounds::SBOM_BODY - HEAD)
    }
}

/// The same with as many artifacts as fit into `room` bytes; what is left out makes it partial.
fn fitting(mut report: ScanReport, room: usize) -> ScanReport {
    let others = size::fit(&mut report.image.artifacts, room);
    if let Some(first) = others.first() {
        let (count, name) = (others.len(), on_one_line(&first.name, 60));
        let most = bounds::SBOM_BODY >> 20;
        let left_out = format!(
            "{count} artifacts left out, such as `{name}`: an SBOM takes at most {most} MiB"
        );
        let reasons: Vec<String> = [left_out].into_iter().chain(report.reason).collect();
        report.reason = Some(on_one_line(&reasons.join("; "), bounds::MESSAGE));
        report.status = ScanStatus::Partial;
    }
    report
}

fn say(report: &ScanReport, outcome: ScanOutcome, count: usize, took: Duration) {
    let image = report.image.digest;
    let seconds = took.as_secs_f32();
    match outcome {
        ScanOutcome::Stored => {
            tracing::info!(%image, "stored {count} artifacts in {seconds:.2} s");
        }
        ScanOutcome::AlreadyKnown => {
            tracing::info!(%image, "the same {count} artifacts were known already");
        }
        ScanOutcome::Conflict => {
            tracing::warn!(%image, "another host's scan of the image had another result; the server shows both");
        }
    }
}

#[cfg(test)]
mod tests {
    use proto_types::{Artifact, ImageDigest, ImageFacts};

    use super::*;

    #[test]
    fn what_does_not_fit_into_a_request_is_left_out_and_makes_the_sbom_partial() {
        let artifact = |name: &str| Artifact {
            name: name.to_owned(),
            ..Artifact::default()
        };
        let report = |room| {
            let image = ScannedImage {
                digest: ImageDigest::from_bytes([1; 32]),
                distro: String::new(),
                distro_version: String::new(),
                facts: ImageFacts::default(),
                artifacts: vec![artifact("a"), artifact("b"), artifact("c")],
            };
            let report = ScanReport {
                image,
                lease: None,
                generation: None,
                scanner: None,
                detail: 0,
                status: ScanStatus::Complete,
                reason: None,
                cause: None,
            };
            fitting(report, room)
        };
        assert_eq!(report(1000).status, ScanStatus::Complete);
        let partial = report(50);
        assert_eq!(partial.status, ScanStatus::Partial);
        assert_eq!(partial.image.artifacts, [artifact("a")]);
        let reason = partial.reason.unwrap_or_default();
        assert!(reason.starts_with("2 artifacts left out, such as `b`"));
    }
}
