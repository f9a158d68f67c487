//! Which images and which of their runs count for a question, each looked up once.

mod ended;
mod few;
mod image;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    rc::Rc,
};

use model::condition::Condition;
use proto_types::{Field, Timestamp};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::store::{
    Result,
    query::FindQuery,
    sqlite::{
        listing::Filter,
        view::{Part, View},
    },
};

pub use ended::{COLUMNS, Run};
use image::Known;
pub use image::{Held, Image, Seen};

/// Where a question can be about no more images than this, each is tried by itself.
const FEW: usize = 64;
/// Where an artifact is in more images than this, all there are are read in one go.
const MANY: usize = 500;

/// The images of an artifact, and the runs of an image, as far as a question is about them.
pub struct Scope<'c> {
    connection: &'c Connection,
    image: Vec<Condition>,
    run: Vec<Condition>,
    hosts: Option<HashSet<i64>>,
    few: Option<Vec<i64>>,
    /// What the question is about.
    pub view: View,
    /// The runs that ended since, where they are read apart.
    ended: Option<HashMap<i64, Vec<Run>>>,
    /// By the images' numbers, which are given out one after the other.
    known: Vec<Option<Known>>,
    knows_all: bool,
}

impl<'c> Scope<'c> {
    /// The scope of a question.
    pub fn new(connection: &'c Connection, query: &FindQuery, view: View) -> Result<Self> {
        let (host, run): (Vec<_>, Vec<_>) = query
            .run
            .iter()
            .cloned()
            .partition(|one| one.field() == Field::Host);
        Ok(Self {
            connection,
            image: query.image.clone(),
            run,
            hosts: few::hosts(connection, &host)?,
            few: few::images(connection, query, view)?,
            view,
            ended: match view.parts().contains(&Part::Ended) {
                true => ended::since(connection, view)?,
                false => None,
            },
            known: Vec::new(),
            knows_all: false,
        })
    }

    /// The images that the question can be about, where an equality says that they are few.
    pub fn few_images(&self) -> Option<&[i64]> {
        self.few.as_deref().filter(|images| images.len() <= FEW)
    }

    /// When the images that held something that fits first and last ran. It is theirs, and not
    /// that of some of their runs: where the question is about those, nothing is said.
    pub fn seen(&self, seen: &Seen) -> (Option<Timestamp>, Option<Timestamp>) {
        if !self.run.is_empty() || self.hosts.is_some() {
            return (None, None);
        }
        let asked = self.view.asked;
        let (first, last) = seen.times(asked);
        // What ended since ran then.
        let last = last.map(|last| match self.view.pinned {
            None => last,
            Some(_) => last.min(asked),
        });
        (first, last)
    }

    /// The images that hold an artifact and count, in the order in which they were first seen.
    pub fn images(&mut self, artifact: i64) -> Result<Held> {
        let ids = self.holding(artifact)?;
        if ids.len() > MANY && !self.knows_all && self.is_live() {
            self.know_all()?;
        }
        let mut held = Held {
            images: Vec::with_capacity(ids.len()),
            seen: Seen::default(),
        };
        for id in ids {
            let known = self.known(id)?;
            held.seen.note(known);
            held.images.extend(known.image.clone());
        }
        Ok(held)
    }

    /// An image, where it and at least one of its runs count.
    pub fn image(&mut self, id: i64) -> Result<Option<Rc<Image>>> {
        Ok(self.known(id)?.image.clone())
    }

    /// What is known of an image, looked up where it wasn't before.
    fn known(&mut self, id: i64) -> Result<&Known> {
        let known = match self.place(id).take() {
            Some(known) => known,
            None => self.look_up(id)?,
        };
        Ok(self.place(id).insert(known))
    }

    /// Where an image is remembered.
    fn place(&mut self, id: i64) -> &mut Option<Known> {
        let index = usize::try_from(id).unwrap_or_default();
        if index >= self.known.len() {
            self.known.resize_with(index + 1, || None);
        }
        &mut self.known[index]
    }

    /// The condition, over `run r`, that a run of an image counts, but for [`Self::fits_run`] and
    /// for those that [`Self::ended`] has.
    pub fn filter(&self, image: i64) -> Filter {
        self.filter_in(image, self.view, self.part())
    }

    /// The part of the runs that is looked up image by image.
    fn part(&self) -> Part {
        match self.ended {
            Some(_) => Part::Live,
            None => Part::All,
        }
    }

    /// Whether that is runs that go on, and nothing else.
    fn is_live(&self) -> bool {
        self.ended.is_some() || self.view.is_of_now()
    }

    /// The table that [`Self::filter`] is over. What runs is not looked for among all that ran.
    pub fn runs(&self) -> &'static str {
        match self.is_live() {
            true => "run r INDEXED BY run_live_by_image",
            false => "run r",
        }
    }

    /// The condition for another view than the question's.
    pub fn filter_in(&self, image: i64, view: View, part: Part) -> Filter {
        let mut filter = Filter::default();
        filter.and("r.image_id = ?", [image.into()]);
        filter.and_part(view, part);
        if let Some(host) = self.only_host() {
            filter.and("r.host_id = ?", [host.into()]);
        }
        filter
    }

    /// The runs of an image that count and ended since, in order, but for [`Self::fits_run`].
    pub fn ended(&self, image: i64) -> &[Run] {
        let ended = self.ended.as_ref().and_then(|ended| ended.get(&image));
        ended.map_or(&[], Vec::as_slice)
    }

    /// The images that hold one of these artifacts and fit, whether or not a run of them counts.
    pub fn images_of_all_times(&self, artifacts: &[i64]) -> Result<BTreeSet<i64>> {
        let mut images = BTreeSet::new();
        for artifact in artifacts {
            images.extend(self.holding_of_all(*artifact)?);
        }
        let mut fitting = BTreeSet::new();
        for id in images {
            if image::one(self.connection, (&self.image, self.view), id)?
                .seen
                .is_some()
            {
                fitting.insert(id);
            }
        }
        Ok(fitting)
    }

    /// Whether a run fits what is asked of it.
    pub fn fits_run(&self, host: i64, container: &str, image_name: &str) -> bool {
        self.hosts
            .as_ref()
            .is_none_or(|hosts| hosts.contains(&host))
            && self.run.iter().all(|one| match one.field() {
                Field::Container => one.fits(container),
                _ => one.fits(image_name),
            })
    }

    /// The same of a run that was read whole.
    pub fn fits(&self, run: &Run) -> bool {
        self.fits_run(run.host, &run.key.container, &run.image_name)
    }

    fn only_host(&self) -> Option<i64> {
        let hosts = self.hosts.as_ref().filter(|hosts| hosts.len() == 1)?;
        hosts.iter().next().copied()
    }

    /// The images that hold an artifact and that the question can be about, in order.
    pub fn holding(&self, artifact: i64) -> Result<Vec<i64>> {
        match self.few_images() {
            Some(few) => self.holding_of(few, artifact),
            None => self.holding_of_all(artifact),
        }
    }

    fn holding_of_all(&self, artifact: i64) -> Result<Vec<i64>> {
        let ids = self
            .connection
            .prepare_cached("SELECT image_id FROM image_artifact WHERE artifact_id = ?1")?
            .query_map([artifact], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(ids)
    }

    fn holding_of(&self, few: &[i64], artifact: i64) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT image_id FROM image_artifact WHERE artifact_id = ?1 AND image_id = ?2",
        )?;
        let mut holding = Vec::new();
        for image in few {
            holding.extend(
                statement
                    .query_row([artifact, *image], |row| row.get::<_, i64>(0))
                    .optional()?,
            );
        }
        holding.sort_unstable();
        Ok(holding)
    }

    fn look_up(&self, id: i64) -> Result<Known> {
        let found = image::one(self.connection, (&self.image, self.view), id)?;
        if found.seen.is_none() || (self.view.is_of_now() && !found.runs) {
            return Ok(found.without_runs());
        }
        let hosts = self.run_hosts(id)?;
        Ok(found.with_runs(hosts))
    }

    /// Reads every image and every run that counts, so that none has to be looked up alone.
    fn know_all(&mut self) -> Result<()> {
        self.knows_all = true;
        if !self.run.is_empty() {
            return Ok(());
        }
        let mut hosts = image::live_hosts(self.connection, (self.view, self.part()))?;
        for (image, runs) in self.ended.iter().flatten() {
            let ended = hosts.entry(*image).or_default();
            ended.extend(runs.iter().map(|run| run.host));
        }
        if let Some(fitting) = &self.hosts {
            for hosts in hosts.values_mut() {
                hosts.retain(|host| fitting.contains(host));
            }
        }
        for (id, found) in image::all(self.connection, (&self.image, self.view))? {
            let hosts = hosts.remove(&id).unwrap_or_default();
            *self.place(id) = Some(found.with_runs(hosts));
        }
        Ok(())
    }

    fn run_hosts(&self, image: i64) -> Result<Vec<i64>> {
        let filter = self.filter(image);
        // Without a look at the texts, the index alone answers.
        let texts = match self.run.is_empty() {
            true => "'' AS container, '' AS image_name",
            false => "r.container, r.image_name",
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT r.host_id, {texts} FROM {} {}",
            self.runs(),
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
        let ended = self.ended(image).iter().filter(|run| self.fits(run));
        hosts.extend(ended.map(|run| run.host));
        Ok(hosts)
    }
}
