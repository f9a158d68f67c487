//! The images of one report, each looked up once, and added where no host reported it before.

use std::collections::HashMap;

use model::lease::Lacks;
use proto_types::{ImageDigest, ReportedContainer};
use rusqlite::OptionalExtension;

use crate::store::Result;

use super::{context::Context, image_row, leases::Wanting};

/// The images of one report.
pub struct Images<'c> {
    cx: &'c Context<'c>,
    kept: u32,
    known: HashMap<ImageDigest, Image>,
}

#[derive(Clone, Copy)]
struct Image {
    id: i64,
    lacks: Option<Lacks>,
}

impl<'c> Images<'c> {
    /// None so far, of a report by an agent that keeps so much of what it finds.
    pub fn new(cx: &'c Context<'c>, kept: u32) -> Self {
        Self {
            cx,
            kept,
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
            .prepare_cached("SELECT id, sbom, sbom_detail FROM image WHERE digest = ?1")?
            .query_row([digest.as_bytes()], |row| {
                let status = image_row::status(row.get("sbom")?);
                Ok(Image {
                    id: row.get("id")?,
                    lacks: Lacks::of(status, row.get("sbom_detail")?, self.kept),
                })
            })
            .optional()?;
        Ok(image)
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
