//! Telling the server what a scan came to: an SBOM, or a failure and whose fault it was.

use std::time::Duration;

use client::ClientError;
use model::{bounds, detail, shown::on_one_line};
use proto_types::{
    ErrorCode, Lease, ScanFailure, ScanOutcome, ScanReport, ScanStatus, ScannedImage,
};

use crate::{
    exit::Failure,
    host::Host,
    retry::{self, reason},
    scan::ScanError,
    syft::Found,
};

/// Sends what a scan found.
///
/// # Errors
/// [`Failure`]: the server is away or doesn't accept this host. What it refuses for another reason
/// doesn't keep the next image from being scanned.
pub(super) async fn found(
    host: &Host,
    lease: &Lease,
    found: Found,
    took: Duration,
) -> Result<(), Failure> {
    let count = found.artifacts.len();
    if let Some(doubt) = &found.doubt {
        tracing::warn!(image = %lease.image_digest, "the SBOM is partial: {doubt}");
    }
    let report = sbom(host, lease, found);
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
        Err(error) if stays_refused(&error) => {
            failed(host, lease, &ScanError::Refused(reason(&error))).await
        }
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
        scanner: host.scanner.clone().ok(),
        cause,
        message,
    };
    match retry::send(&host.client, &failure, host.settings.upload_patience).await {
        Ok(answer) if answer.response.quarantined => {
            tracing::warn!(%image, "the image is quarantined now");
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(error) if stays_refused(&error) => {
            tracing::warn!(%image, "the server did not accept the report of the failure: {}", reason(&error));
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the server refused for good, but only this.
fn stays_refused(error: &ClientError) -> bool {
    error.code().is_some() && !error.is_transient() && !error.is_not_authorized()
}

fn sbom(host: &Host, lease: &Lease, found: Found) -> ScanReport {
    ScanReport {
        image: ScannedImage {
            digest: lease.image_digest,
            distro: found.distro,
            distro_version: found.distro_version,
            facts: found.facts,
            artifacts: found.artifacts,
        },
        lease: Some(lease.lease.clone()),
        generation: Some(lease.generation),
        scanner: found.scanner.or_else(|| host.scanner.clone().ok()),
        detail: detail::KEPT,
        status: match found.doubt {
            None => ScanStatus::Complete,
            Some(_) => ScanStatus::Partial,
        },
        reason: found
            .doubt
            .map(|doubt| on_one_line(&doubt, bounds::MESSAGE)),
    }
}

fn say(report: &ScanReport, outcome: ScanOutcome, count: usize, took: Duration) {
    let image = report.image.digest;
    let seconds = took.as_secs_f32();
    match outcome {
        ScanOutcome::Stored => {
            tracing::info!(%image, "stored {count} artifacts in {seconds:.1} s");
        }
        ScanOutcome::AlreadyKnown => {
            tracing::info!(%image, "the same {count} artifacts were known already");
        }
        ScanOutcome::Conflict => {
            tracing::warn!(%image, "another host's scan of the image had another result; the server shows both");
        }
    }
}
