//! SBOMs: what becomes of an upload. Nothing that is known is overwritten by something else of
//! the same worth, nothing complete by something partial, and nothing by less detail.

use index::Change;
use model::{
    artifacts::ArtifactSet,
    examples::Examples,
    lease::{Known, LeaseClaim, Upload, judge},
    sbom::{Content, Difference},
};
use proto_types::ScanOutcome;
use rusqlite::{Connection, params};

use crate::store::{HostIdentity, Result, sbom::Sbom};

use super::{
    artifacts::{self, Numbers},
    conflicts::{self, Differs},
    context::Context,
    facts,
    image_row::{self, NO_OPINION},
    latest::Latest,
    leases,
    numbers::number,
    opinions::{self, Said},
    scan,
    sql::ms,
};

/// An SBOM as it comes in, with what can be said of it before the writer has it.
pub struct Incoming {
    sbom: Sbom,
    hash: [u8; 32],
    numbers: Option<Numbers>,
}

impl Incoming {
    /// Looks at an SBOM.
    pub fn new(latest: &Latest, sbom: Sbom) -> Self {
        Self {
            hash: sbom.content_hash(),
            numbers: Numbers::of(latest, &sbom.artifacts),
            sbom,
        }
    }
}

/// What the row of an image says of its SBOM.
struct Stored {
    known: Known,
    hash: Option<[u8; 32]>,
    distro: String,
    distro_version: String,
    said: Said,
}

impl Stored {
    /// What it says of its image, with the artifacts, which stand elsewhere.
    fn content<'a>(&'a self, artifacts: &'a ArtifactSet) -> Content<'a> {
        Content {
            distro: (&self.distro, &self.distro_version),
            artifacts,
        }
    }
}

/// Takes in the SBOM of an image that the host leases.
pub fn scan_report(
    cx: &Context<'_>,
    host: &HostIdentity,
    claim: &LeaseClaim,
    incoming: &Incoming,
) -> Result<ScanOutcome> {
    let Incoming { sbom, hash, .. } = incoming;
    let (image, scan) = leases::claimed(cx, host, sbom.image, claim)?;
    let upload = Upload {
        status: sbom.status,
        generation: scan.generation,
        detail: sbom.detail,
        cause: sbom.cause,
    };
    let stored = stored(cx, image)?;
    let difference = difference(cx, image, &stored, (sbom, hash))?;
    let outcome = judge(&stored.known, &upload, &difference);
    match outcome {
        ScanOutcome::Stored => {
            if stored.known.again {
                // What differed did so from what an admin has replaced.
                conflicts::forget(cx, image)?;
            }
            store(cx, (image, &upload), host, incoming)?;
        }
        ScanOutcome::Conflict => conflict(cx, (image, &stored), host, incoming, &difference)?,
        ScanOutcome::AlreadyKnown => {}
    }
    let scanner = sbom.scanner.as_deref();
    let opined = stored.said.opined();
    if let Some(opinion) = opined.after((host.id, scanner), (upload.status, outcome)) {
        opinions::note(cx, image, (host, scanner), opinion)?;
    }
    let words = (sbom.reason.as_deref(), scanner);
    let change = scan.uploaded(
        (&stored.known, &upload),
        outcome,
        words,
        &cx.rules.leases,
        cx.now,
    );
    change.map_or(Ok(()), |change| scan::write(cx, image, &change))?;
    Ok(outcome)
}

fn stored(connection: &Connection, image: i64) -> Result<Stored> {
    let stored = connection
        .prepare_cached(&format!(
            "SELECT sbom, content_hash, sbom_generation, sbom_detail, distro, distro_version, again,
                    {}
             FROM image WHERE id = ?1",
            opinions::COLUMNS
        ))?
        .query_row([image], |row| {
            let generation: Option<i64> = row.get("sbom_generation")?;
            Ok(Stored {
                known: Known {
                    sbom: image_row::status(row.get("sbom")?),
                    generation: generation.map(i64::unsigned_abs),
                    detail: row.get("sbom_detail")?,
                    again: row.get("again")?,
                },
                said: Said::from_row(row)?,
                hash: row.get("content_hash")?,
                distro: row.get("distro")?,
                distro_version: row.get("distro_version")?,
            })
        })?;
    Ok(stored)
}

/// How an upload differs from what is stored.
fn difference(
    cx: &Context<'_>,
    image: i64,
    stored: &Stored,
    (sbom, hash): (&Sbom, &[u8; 32]),
) -> Result<Difference> {
    // Where the hash differs it may yet be the same: an older server made it of fewer fields.
    if stored.known.sbom.is_none() || stored.hash.as_ref() == Some(hash) {
        return Ok(Difference::NONE);
    }
    let here = artifacts::set_of_image(cx, image)?;
    Ok(Difference::between(stored.content(&here), told(sbom)))
}

/// Notes how an upload differs from what is stored, with some of it by name.
fn conflict(
    cx: &Context<'_>,
    (image, stored): (i64, &Stored),
    host: &HostIdentity,
    Incoming { sbom, hash, .. }: &Incoming,
    difference: &Difference,
) -> Result<()> {
    let differs = Differs { hash, difference };
    if conflicts::note(cx, image, host, sbom, &differs)? {
        let here = artifacts::set_of_image(cx, image)?;
        let examples = Examples::between(stored.content(&here), told(sbom));
        conflicts::name(cx, image, hash, &examples)?;
    }
    Ok(())
}

/// What an upload says of its image.
fn told(sbom: &Sbom) -> Content<'_> {
    Content {
        distro: (&sbom.distro, &sbom.distro_version),
        artifacts: &sbom.artifacts,
    }
}

fn store(
    cx: &Context<'_>,
    (image, upload): (i64, &Upload),
    host: &HostIdentity,
    incoming: &Incoming,
) -> Result<()> {
    let Incoming {
        sbom,
        hash,
        numbers,
    } = incoming;
    let artifacts = artifacts::replace(cx, image, &sbom.artifacts, numbers.as_ref())?;
    cx.tell(Change::Sbom {
        image: number(image)?,
        sbom: index::Sbom {
            status: Some(upload.status),
            detail: upload.detail,
            distro: sbom.distro.clone(),
            distro_version: sbom.distro_version.clone(),
            artifacts,
        },
    });
    facts::store(cx, image, &sbom.facts)?;
    cx.prepare_cached(&format!(
        "UPDATE image SET sbom = ?2, distro = ?3, distro_version = ?4, artifact_count = ?5,
                              content_hash = ?6, sbom_generation = ?7, scanner = ?8,
                              scanned_by = ?9, scanned_at = ?10, partial_reason = ?11,
                              sbom_detail = ?12, sbom_seq = ifnull(sbom_seq, ?13),
                              complete_seq = CASE WHEN ?2 = 2 THEN ifnull(complete_seq, ?13) END,
                              scanned_by_host = ?14, again = 0, {NO_OPINION}
             WHERE id = ?1"
    ))?
    .execute(params![
        image,
        image_row::column(upload.status),
        sbom.distro,
        sbom.distro_version,
        i64::try_from(sbom.artifacts.len()).unwrap_or(i64::MAX),
        hash,
        upload.generation.cast_signed(),
        sbom.scanner,
        host.name,
        ms(cx.now),
        sbom.reason,
        upload.detail,
        cx.seq,
        host.id
    ])?;
    Ok(())
}
