//! The images of one report, each looked up once, and added where no host reported it before.

use std::collections::HashMap;

use model::lease::Lacks;
use proto_types::{ImageDigest, ReportedContainer};
use rusqlite::{OptionalExtension, Row};

use crate::store::Result;

use super::{
    context::Context,
    image_row,
    leases::Wanting,
    opinions::{self, Said},
};

/// The images of one report.
pub struct Images<'c> {
    cx: &'c Context<'c>,
    asker: Asker<'c>,
    known: HashMap<ImageDigest, Image>,
}

/// Who reports.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// The host, by its number.
    pub host: i64,
    /// What it scans with.
    pub scanner: Option<&'a str>,
    /// How much its agent keeps of what it finds.
    pub kept: u32,
}

#[derive(Clone, Copy)]
struct Image {
    id: i64,
    lacks: Option<Lacks>,
}

impl<'c> Images<'c> {
    /// None so far, of a report.
    pub fn new(cx: &'c Context<'c>, asker: Asker<'c>) -> Self {
        Self {
            cx,
            asker,
            known: HashMap::new(),
        }
    }

    /// The image that a container uses, added where it is new.
    pub fn seen(&mut self, container: &ReportedContainer) -> Result<i64> {
        let digest = container.image_digest;
        if let Some(image) = self.known.get(&digest) {
            return Ok(image.id);
        }
        let image = match self.known_before(digest)? {
            Some(image) => image,
            None => self.add(container)?,
        };
        self.known.insert(digest, image);
        Ok(image.id)
    }

    /// The container's image where it lacks something, the first time that it is asked for.
    pub fn wanting(&mut self, container: &ReportedContainer) -> Option<Wanting> {
        let image = self.known.get_mut(&container.image_digest)?;
        image.lacks.take().map(|lacks| Wanting {
            image_id: image.id,
            digest: container.image_digest,
            lacks,
        })
    }

    fn known_before(&self, digest: ImageDigest) -> Result<Option<Image>> {
        let image = self
            .cx
            .prepare_cached(&format!(
                "SELECT id, sbom, sbom_detail, again, {} FROM image WHERE digest = ?1",
                opinions::COLUMNS
            ))?
            .query_row([digest.as_bytes()], |row| {
                Ok(Image {
                    id: row.get("id")?,
                    lacks: self.lacks(row)?,
                })
            })
            .optional()?;
        Ok(image)
    }

    fn lacks(&self, row: &Row<'_>) -> rusqlite::Result<Option<Lacks>> {
        let Asker {
            host,
            scanner,
            kept,
        } = self.asker;
        let status = image_row::status(row.get("sbom")?);
        let known = Lacks::of(status, row.get("sbom_detail")?, row.get("again")?, kept);
        if known.is_some() {
            return Ok(known);
        }
        let wants = Said::from_row(row)?.wants(self.cx, host, scanner);
        Ok(wants.then_some(Lacks::Opinion))
    }

    fn add(&self, container: &ReportedContainer) -> Result<Image> {
        let digest = container.image_digest;
        let id = image_row::add(self.cx, digest, &container.image_name)?;
        Ok(Image {
            id,
            lacks: Some(Lacks::Sbom),
        })
    }
}
