//! Which images and which of their runs count for a question, each looked at once.

mod runs;

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    sync::Arc,
};

use model::condition::Condition;
use proto_types::Field;

use super::{few, labels::Labels, noted::Noted};
use crate::{
    bits::Bits,
    fleet::Index,
    images::{Distro, Holds, Image, Set},
    marks::Marks,
    question::Question,
    spread::Counted,
};

/// What is known of an image, as far as a question is about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It was not looked at.
    Unknown,
    /// It doesn't fit, or nothing was known of what it holds.
    Out,
    /// What holds an artifact of it holds it at the pin.
    In,
    /// It has had several SBOMs: which artifacts are in that of the pin is to be looked up.
    Several,
}

/// Stands where an image's runs were not counted.
const UNKNOWN: u32 = u32::MAX;

/// The images and runs of a question.
pub struct Scope<'i> {
    index: &'i Index,
    question: &'i Question,
    /// The moments that are asked about, in milliseconds: from one to before another.
    time: Option<(i64, i64)>,
    labels: Labels<'i>,
    memo: Memo,
}

/// What was found of images and hosts. It is as of the question's commit, and so stays true while
/// the index takes in others; [`Scope::resume`] looks again at what does not.
#[derive(Default)]
pub struct Memo {
    hosts: Option<Bits>,
    few: Option<Bits>,
    states: Vec<Cell<State>>,
    counts: Vec<Cell<u32>>,
    noted: Noted,
    whole: Option<Arc<Counted>>,
    sets: RefCell<HashMap<u32, Arc<[u32]>>>,
}

impl<'i> Scope<'i> {
    /// The scope of a question.
    pub fn new(index: &'i Index, question: &'i Question) -> Self {
        let mut scope = Self::resume(index, question, Memo::default());
        let hosts = few::hosts(index, question);
        let few = match scope.labels.fit_nothing() {
            true => Some(Bits::default()),
            false => few::images(index, question, hosts.as_ref()),
        };
        let images = index.images.end();
        let is_whole = question.is_of_everything() && index.seq() <= question.pin;
        scope.memo = Memo {
            hosts,
            few,
            whole: is_whole.then(|| Arc::clone(index.spread.counted())),
            states: vec![Cell::new(State::Unknown); images],
            counts: vec![Cell::new(UNKNOWN); images],
            ..Memo::default()
        };
        scope
    }

    /// The same, with what was found before.
    pub fn resume(index: &'i Index, question: &'i Question, memo: Memo) -> Self {
        let time = question.time.map(|time| {
            let from = time.from.as_millisecond();
            (from, time.until.as_millisecond())
        });
        // What holds an artifact of an image with a new SBOM need not have held it at the pin.
        let replaced = index.images.replaced();
        for cell in replaced.filter_map(|image| memo.states.get(image as usize)) {
            cell.set(State::Unknown);
        }
        Self {
            index,
            question,
            time,
            labels: Labels::new(&question.run, index.runs.texts()),
            memo,
        }
    }

    /// What was found.
    pub fn into_memo(self) -> Memo {
        self.memo
    }

    /// The images that the question can be about, where they are few.
    pub const fn few(&self) -> Option<&Bits> {
        self.memo.few.as_ref()
    }

    /// How much runs of each distribution's packages and of each registry's, where the question is about everything that
    /// runs now, and was asked first when its commit was the last one.
    pub fn whole(&self) -> Option<&Arc<Counted>> {
        let whole = self.memo.whole.as_ref();
        whole.filter(|_| self.question.is_of_everything())
    }

    /// A set of hosts, with none in it.
    pub fn no_hosts(&self) -> Marks {
        Marks::below(self.index.hosts.end())
    }

    /// Whether the question is about some of an image's runs, whatever the time.
    pub const fn is_of_runs(&self) -> bool {
        !self.question.run.is_empty()
    }

    /// Whether an image fits and something is known of what it holds.
    pub fn fits(&self, image: u32) -> bool {
        self.state(image) != State::Out
    }

    /// Whether an image fits and holds an artifact that one of its SBOMs lists.
    #[inline]
    pub fn holds(&self, image: u32, artifact: u32) -> bool {
        match self.state(image) {
            State::In => true,
            State::Several => self.set_of(image).binary_search(&artifact).is_ok(),
            State::Out | State::Unknown => false,
        }
    }

    /// What an image holds that fits.
    pub fn set(&self, image: u32) -> Option<&'i Set> {
        let image = self.index.images.get(image).filter(|_| self.fits(image))?;
        image.set_at(self.question.pin)
    }

    /// The distribution of an image that fits.
    #[inline]
    pub fn distro(&self, image: u32) -> Option<&'i Distro> {
        match self.state(image) {
            State::Out | State::Unknown => None,
            State::In => {
                let images = &self.index.images;
                images.distro_of(images.distro_number(image))
            }
            State::Several => self.set(image).map(|set| &set.distro),
        }
    }

    /// The same by number, where its last set is the one that counts.
    #[inline]
    pub fn distro_number(&self, image: u32) -> Option<u32> {
        let is_last = self.state(image) == State::In;
        is_last.then(|| self.index.images.distro_number(image))
    }

    #[inline]
    fn state(&self, image: u32) -> State {
        let Some(cell) = self.memo.states.get(image as usize) else {
            return State::Out;
        };
        if cell.get() == State::Unknown {
            cell.set(self.look_at(image));
        }
        cell.get()
    }

    fn look_at(&self, number: u32) -> State {
        match self.index.images.holds(number) {
            Holds::Nothing => return State::Out,
            Holds::Since(since) if since > self.question.pin => return State::Out,
            Holds::Since(_) if self.memo.few.is_none() && self.question.image.is_empty() => {
                return State::In;
            }
            Holds::Since(_) | Holds::Several => {}
        }
        let is_asked = self
            .memo
            .few
            .as_ref()
            .is_none_or(|few| few.contains(number));
        let image = self.index.images.get(number).filter(|_| is_asked);
        let Some(image) = image else {
            return State::Out;
        };
        match image.set_at(self.question.pin) {
            Some(set) if self.image_fits(image, set) => match image.sets.len() {
                1 => State::In,
                _ => State::Several,
            },
            _ => State::Out,
        }
    }

    fn image_fits(&self, image: &Image, set: &Set) -> bool {
        self.question.image.iter().all(|one| match one.field() {
            Field::Distro => one.fits(&set.distro.0),
            Field::DistroVersion => one.fits(&set.distro.1),
            _ => self.digest_fits(one, image),
        })
    }

    fn digest_fits(&self, one: &Condition, image: &Image) -> bool {
        let known = |(since, _): &&(_, _)| *since <= self.question.pin;
        let aliases = image.aliases.iter().filter(known).map(|(_, alias)| alias);
        let names = std::iter::once(&image.digest).chain(aliases);
        let names: Vec<String> = names.map(ToString::to_string).collect();
        one.fits_texts(names.iter().map(String::as_str))
    }

    fn set_of(&self, image: u32) -> Arc<[u32]> {
        if let Some(set) = self.memo.sets.borrow().get(&image) {
            return Arc::clone(set);
        }
        let set = self.index.images.get(image);
        let set = set.and_then(|image| image.set_at(self.question.pin));
        let set: Arc<[u32]> = set.map_or_else(Arc::default, |set| set.artifacts().collect());
        self.memo.sets.borrow_mut().insert(image, Arc::clone(&set));
        set
    }
}
