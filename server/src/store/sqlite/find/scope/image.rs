//! Images as a question sees them, read one at a time or all at once.

use std::{collections::HashMap, rc::Rc};

use model::condition::Condition;
use proto_types::{Field, ImageDigest, Op, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use crate::store::{
    Result,
    sqlite::{
        aliases,
        listing::Filter,
        sql::{digest, time, time_or_none},
        view::{Part, View},
    },
};

/// An image with what counts of its runs.
pub struct Image {
    /// Its number.
    pub id: i64,
    /// Its digest.
    pub digest: ImageDigest,
    /// Its distribution.
    pub distro: String,
    /// Its distribution's version.
    pub distro_version: String,
    /// The host of each run that counts: as many entries as there are runs.
    pub hosts: Vec<i64>,
}

/// An image that was read, before its runs are known.
pub struct Found {
    image: Option<Image>,
    /// When it was first and last seen, where it fits.
    pub seen: Option<(Timestamp, Option<Timestamp>)>,
    /// Whether it runs now.
    pub runs: bool,
}

/// What is known of an image.
pub struct Known {
    /// The image, where it fits and a run of it counts.
    pub image: Option<Rc<Image>>,
    seen: Option<(Timestamp, Option<Timestamp>)>,
    runs: bool,
}

impl Found {
    /// The image with the hosts of the runs that count.
    pub fn with_runs(self, hosts: Vec<i64>) -> Known {
        let image = self.image.filter(|_| !hosts.is_empty());
        Known {
            image: image.map(|image| Rc::new(Image { hosts, ..image })),
            seen: self.seen,
            runs: self.runs,
        }
    }

    /// The image where none of its runs counts.
    pub fn without_runs(self) -> Known {
        self.with_runs(Vec::new())
    }

    fn new(
        (image, aliases): (Image, &[ImageDigest]),
        row: &Row<'_>,
        (conditions, view): (&[Condition], View),
    ) -> rusqlite::Result<Self> {
        let known = view.knows(row.get("sbom_seq")?);
        let fits = known
            && conditions.iter().all(|one| match one.field() {
                Field::Distro => one.fits(&image.distro),
                Field::DistroVersion => one.fits(&image.distro_version),
                _ => fits_digest(one, image.digest, aliases),
            });
        let seen = (time(row, "first_seen")?, time_or_none(row, "last_seen")?);
        Ok(Self {
            image: Some(image).filter(|_| fits),
            seen: Some(seen).filter(|_| fits),
            runs: row.get("runs")?,
        })
    }
}

/// What holds an artifact, as far as a question is about it.
pub struct Held {
    /// The images that count.
    pub images: Vec<Rc<Image>>,
    /// When those that fit ran, whether or not a run of them counts.
    pub seen: Seen,
}

/// When images ran, whether or not a run of them counts.
#[derive(Default)]
pub struct Seen {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    runs: bool,
}

impl Seen {
    /// Takes an image in.
    pub fn note(&mut self, known: &Known) {
        let Some((first, last)) = known.seen else {
            return;
        };
        self.first = Some(self.first.map_or(first, |known| known.min(first)));
        self.last = self.last.max(last);
        self.runs |= known.runs;
    }

    /// Takes others in.
    pub fn add(&mut self, others: &Self) {
        self.first = match (self.first, others.first) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.last = self.last.max(others.last);
        self.runs |= others.runs;
    }

    /// The first and the last time; `now` where one runs.
    pub fn times(&self, now: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
        let last = if self.runs { Some(now) } else { self.last };
        (self.first, last)
    }
}

const SELECT: &str = "SELECT id, digest, distro, distro_version, first_seen, last_seen,
                             live_runs > 0 AS runs, sbom_seq FROM image";

/// Whether a digest that names an image fits; where none may be equal, whether all of them do.
fn fits_digest(one: &Condition, digest: ImageDigest, aliases: &[ImageDigest]) -> bool {
    let mut digests = std::iter::once(&digest).chain(aliases);
    match one.op() {
        Op::Ne => digests.all(|digest| one.fits(&digest.to_string())),
        _ => digests.any(|digest| one.fits(&digest.to_string())),
    }
}

fn looks_at_digests(conditions: &[Condition]) -> bool {
    conditions
        .iter()
        .any(|one| one.field() == Field::ImageDigest)
}

/// One image, as far as it fits.
pub fn one(
    connection: &Connection,
    (conditions, view): (&[Condition], View),
    id: i64,
) -> Result<Found> {
    let aliases = match looks_at_digests(conditions) {
        true => aliases::of_image(connection, id)?,
        false => Vec::new(),
    };
    let found = connection
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], |row| {
            Found::new((from_row(row)?, &aliases), row, (conditions, view))
        })
        .optional()?;
    Ok(found.unwrap_or(Found {
        image: None,
        seen: None,
        runs: false,
    }))
}

/// Every image.
pub fn all(
    connection: &Connection,
    (conditions, view): (&[Condition], View),
) -> Result<Vec<(i64, Found)>> {
    let aliases = match looks_at_digests(conditions) {
        true => aliases::all(connection)?,
        false => HashMap::new(),
    };
    let mut statement = connection.prepare_cached(SELECT)?;
    let rows = statement.query_map([], |row| {
        let image = from_row(row)?;
        let aliases = aliases.get(&image.id).map_or(&[][..], Vec::as_slice);
        let id = image.id;
        let found = Found::new((image, aliases), row, (conditions, view))?;
        Ok((id, found))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The host of each run that goes on, as far as a view knows it, by the run's image: one walk along
/// an index.
pub fn live_hosts(
    connection: &Connection,
    (view, part): (View, Part),
) -> Result<HashMap<i64, Vec<i64>>> {
    let mut filter = Filter::default();
    filter.and_part(view, part);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT image_id, host_id FROM run r INDEXED BY run_live_by_image {}",
        filter.sql()
    ))?;
    let mut rows = statement.query(params_from_iter(filter.values()))?;
    let mut hosts: HashMap<i64, Vec<i64>> = HashMap::new();
    while let Some(row) = rows.next()? {
        hosts.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(hosts)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Image> {
    Ok(Image {
        id: row.get("id")?,
        digest: digest(row, "digest")?,
        distro: row.get("distro")?,
        distro_version: row.get("distro_version")?,
        hosts: Vec::new(),
    })
}
