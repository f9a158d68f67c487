//! Which runs of an image count for a question, remembered for as long as it is answered.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    rc::Rc,
};

use proto_types::{Field, ImageDigest, Op, Timestamp};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::store::{
    Result,
    query::{Condition, FindQuery, Window},
    sqlite::{
        listing::Filter,
        sql::{digest, time, time_or_none},
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

/// When the images that were looked up ran, whether or not they count.
#[derive(Default, Clone, Copy)]
struct Seen {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    runs: bool,
}

impl Seen {
    fn note(&mut self, first: Timestamp, last: Option<Timestamp>, runs: bool) {
        self.first = Some(self.first.map_or(first, |known| known.min(first)));
        self.last = self.last.max(last);
        self.runs |= runs;
    }
}

/// An image that fits, how many of its runs go on, and when it was first and last seen.
type FittingImage = (Image, i64, Timestamp, Option<Timestamp>);

/// The images of an artifact, and the runs of an image, as far as a question is about them.
pub struct Scope<'c> {
    connection: &'c Connection,
    image: Vec<Condition>,
    run: Vec<Condition>,
    hosts: Option<HashSet<i64>>,
    window: Window,
    known: HashMap<i64, Option<Rc<Image>>>,
    seen: Seen,
}

impl<'c> Scope<'c> {
    /// The scope of a question.
    pub fn new(connection: &'c Connection, query: &FindQuery) -> Result<Self> {
        let (host, run): (Vec<_>, Vec<_>) = query
            .run
            .iter()
            .cloned()
            .partition(|one| one.field == Field::Host);
        Ok(Self {
            connection,
            image: query.image.clone(),
            run,
            hosts: hosts(connection, &host)?,
            window: query.effective_window(),
            known: HashMap::new(),
            seen: Seen::default(),
        })
    }

    /// When the images that were looked up so far first and last ran. It is theirs, and not that
    /// of some of their runs: where the question is about those, nothing is said.
    pub fn seen(&self, now: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
        if !self.run.is_empty() || self.hosts.is_some() {
            return (None, None);
        }
        let last = if self.seen.runs {
            Some(now)
        } else {
            self.seen.last
        };
        (self.seen.first, last)
    }

    /// The images that hold an artifact and count, in the order in which they were first seen.
    pub fn images(&mut self, artifact: i64) -> Result<Vec<Rc<Image>>> {
        let ids: Vec<i64> = self
            .connection
            .prepare_cached("SELECT image_id FROM image_artifact WHERE artifact_id = ?1")?
            .query_map([artifact], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut images = Vec::with_capacity(ids.len());
        for id in ids {
            images.extend(self.image(id)?);
        }
        Ok(images)
    }

    /// An image, where it and at least one of its runs count.
    pub fn image(&mut self, id: i64) -> Result<Option<Rc<Image>>> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let image = self.look_up(id)?.map(Rc::new);
        self.known.insert(id, image.clone());
        Ok(image)
    }

    /// The condition, over `run r`, that a run of an image counts, but for [`Self::fits_run`].
    pub fn filter(&self, image: i64) -> Filter {
        self.filter_in(image, self.window)
    }

    /// The same for another window than the question's.
    pub fn filter_in(&self, image: i64, window: Window) -> Filter {
        let mut filter = Filter::default();
        filter.and("r.image_id = ?", [image.into()]);
        filter.and_window(window);
        if let Some(host) = self.only_host() {
            filter.and("r.host_id = ?", [host.into()]);
        }
        filter
    }

    /// The images that hold one of these artifacts and fit, whether or not a run of them counts.
    pub fn images_of_all_times(&self, artifacts: &[i64]) -> Result<BTreeSet<i64>> {
        let mut images = BTreeSet::new();
        let mut statement = self
            .connection
            .prepare_cached("SELECT image_id FROM image_artifact WHERE artifact_id = ?1")?;
        for artifact in artifacts {
            for image in statement.query_map([artifact], |row| row.get(0))? {
                images.insert(image?);
            }
        }
        let mut fitting = BTreeSet::new();
        for image in images {
            if self.fitting_image(image)?.is_some() {
                fitting.insert(image);
            }
        }
        Ok(fitting)
    }

    /// Whether a run fits what is asked of it.
    pub fn fits_run(&self, host: i64, container: &str, image_name: &str) -> bool {
        self.hosts
            .as_ref()
            .is_none_or(|hosts| hosts.contains(&host))
            && self.run.iter().all(|one| match one.field {
                Field::Container => one.fits(container),
                _ => one.fits(image_name),
            })
    }

    fn only_host(&self) -> Option<i64> {
        let hosts = self.hosts.as_ref().filter(|hosts| hosts.len() == 1)?;
        hosts.iter().next().copied()
    }

    fn look_up(&mut self, id: i64) -> Result<Option<Image>> {
        let Some((mut image, live_runs, first, last)) = self.fitting_image(id)? else {
            return Ok(None);
        };
        self.seen.note(first, last, live_runs > 0);
        if self.window != Window::Live || live_runs > 0 {
            image.hosts = self.run_hosts(id)?;
        }
        Ok(Some(image).filter(|image| !image.hosts.is_empty()))
    }

    /// An image that fits, without its runs, and how many of them go on.
    fn fitting_image(&self, id: i64) -> Result<Option<FittingImage>> {
        let image = self
            .connection
            .prepare_cached(
                "SELECT digest, distro, distro_version, live_runs, first_seen, last_seen
                 FROM image WHERE id = ?1",
            )?
            .query_row([id], |row| {
                let image = Image {
                    id,
                    digest: digest(row, "digest")?,
                    distro: row.get("distro")?,
                    distro_version: row.get("distro_version")?,
                    hosts: Vec::new(),
                };
                let (first, last) = (time(row, "first_seen")?, time_or_none(row, "last_seen")?);
                Ok((image, row.get("live_runs")?, first, last))
            })
            .optional()?;
        Ok(image.filter(|(image, ..)| self.fits_image(image)))
    }

    fn fits_image(&self, image: &Image) -> bool {
        self.image.iter().all(|one| match one.field {
            Field::Distro => one.fits(&image.distro),
            Field::DistroVersion => one.fits(&image.distro_version),
            _ => one.fits(&image.digest.to_string()),
        })
    }

    fn run_hosts(&self, image: i64) -> Result<Vec<i64>> {
        let filter = self.filter(image);
        // Without a look at the texts, the index alone answers.
        let texts = match self.run.is_empty() {
            true => "'' AS container, '' AS image_name",
            false => "r.container, r.image_name",
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT r.host_id, {texts} FROM run r {}",
            filter.sql()
        ))?;
        let mut rows = statement.query(params_from_iter(filter.values()))?;
        let mut hosts = Vec::new();
        while let Some(row) = rows.next()? {
            let host = row.get("host_id")?;
            let container = row.get_ref("container")?.as_str().unwrap_or_default();
            let image_name = row.get_ref("image_name")?.as_str().unwrap_or_default();
            if self.fits_run(host, container, image_name) {
                hosts.push(host);
            }
        }
        Ok(hosts)
    }
}

/// The hosts that fit, those that were removed included: they have a past.
fn hosts(connection: &Connection, conditions: &[Condition]) -> Result<Option<HashSet<i64>>> {
    let Some(first) = conditions.first() else {
        return Ok(None);
    };
    let mut filter = Filter::default();
    if first.op == Op::Eq {
        filter.and("name = ?", [first.value.clone().into()]);
    }
    let mut statement =
        connection.prepare_cached(&format!("SELECT id, name FROM host {}", filter.sql()))?;
    let mut rows = statement.query(params_from_iter(filter.values()))?;
    let mut hosts = HashSet::new();
    while let Some(row) = rows.next()? {
        let name = row.get_ref("name")?.as_str().unwrap_or_default();
        if conditions.iter().all(|one| one.fits(name)) {
            hosts.insert(row.get("id")?);
        }
    }
    Ok(Some(hosts))
}

/// The images that a question can be about, where an equality says that they are few.
pub fn few_images(connection: &Connection, query: &FindQuery) -> Result<Option<Vec<i64>>> {
    let mut filter = Filter::default();
    for one in query
        .image
        .iter()
        .chain(&query.run)
        .filter(|one| one.op == Op::Eq)
    {
        let clause = match one.field {
            Field::Host => "r.host_id IN (SELECT id FROM host WHERE name = ?)",
            Field::Container => "r.container = ?",
            Field::ImageName => "r.image_name = ?",
            Field::ImageDigest => "r.image_id = (SELECT id FROM image WHERE digest = unhex(?))",
            _ => continue,
        };
        let value = one.value.trim_start_matches("sha256:").to_owned();
        filter.and(clause, [value.into()]);
    }
    if filter.sql().is_empty() {
        return Ok(None);
    }
    filter.and_window(query.effective_window());
    let images = connection
        .prepare_cached(&format!(
            "SELECT DISTINCT r.image_id FROM run r {}",
            filter.sql()
        ))?
        .query_map(params_from_iter(filter.values()), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(images))
}
