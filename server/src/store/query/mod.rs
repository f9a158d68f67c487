//! What a `find` asks, checked and made ready: conditions by what they look at, and the window.

pub mod affected;
mod answer;
mod cursor;
pub mod exposure;

use model::{
    bounds,
    condition::{AnyOf, Condition, Room},
    presence::Span,
};
use proto_types::{FindRequest, GroupBy, Match, TimelineRequest, Timestamp};

use super::{Result, StoreError};
pub use answer::{Document, Lines, Rest};
pub use cursor::{Counted, Cursor, ExposedCounts, JudgedCounts, Position, foreign, from_ahead};

/// How many results a request gets that asks for no number.
const DEFAULT_LIMIT: usize = 100;
/// One document holds no more results, whatever is asked; streams have no bound.
const LARGEST_PAGE: usize = 100_000;

/// The time that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// What runs now.
    Live,
    /// What ran at a moment.
    At(Timestamp),
    /// What ran at any moment of `[from, to)`.
    During(Timestamp, Timestamp),
}

impl Window {
    /// The moments of it that are asked about, in whole milliseconds as times are kept; `None`
    /// for now.
    #[must_use]
    pub fn span(self) -> Option<Span> {
        let whole =
            |time: Timestamp| Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time);
        match self {
            Self::Live => None,
            Self::At(at) => Some(Span::at(whole(at))),
            Self::During(from, to) => Some(Span::new(whole(from), whole(to))),
        }
    }
}

/// A checked `find`.
#[derive(Debug, Clone)]
pub struct FindQuery {
    /// Conditions on the artifact, all of which must hold.
    pub artifact: Vec<Condition>,
    /// Conditions on the artifact of which one must hold, where there are any.
    pub any: AnyOf,
    /// Conditions on the image.
    pub image: Vec<Condition>,
    /// Conditions on the run: container, image name, host.
    pub run: Vec<Condition>,
    /// The time that is asked about.
    pub window: Window,
    /// What the answers are counted by.
    pub group_by: Option<GroupBy>,
    /// Whether the images to rebuild are asked for.
    pub cover: bool,
    /// The timeline that is asked for besides.
    pub timeline: Option<TimelineRequest>,
    /// At most so many results.
    pub limit: usize,
    /// Where the page begins.
    pub cursor: Option<Cursor>,
}

impl FindQuery {
    /// Checks a request.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming the value that can't be used, and why.
    pub fn new(request: FindRequest) -> Result<Self> {
        let window = window(&request)?;
        if request.group_by.is_some() && request.cover {
            return Err(StoreError::invalid(
                "`group_by` and `cover` can't be asked together",
            ));
        }
        check_count(&request.matches, bounds::MATCHES, "match")?;
        check_count(&request.any, bounds::ANY, "any")?;
        let room = Room::of(request.matches.iter().chain(&request.any))?;
        let conditions = compile(request.matches, &room)?;
        let (artifact, others) = split(conditions, |c| c.field().is_of_artifact());
        let (image, run) = split(others, |c| c.field().is_of_image());
        Ok(Self {
            artifact,
            any: AnyOf::new(request.any, &room)?,
            image,
            run,
            window,
            group_by: request.group_by,
            cover: request.cover,
            timeline: request.timeline.map(check_timeline).transpose()?,
            limit: limit(request.limit),
            cursor: request.cursor.as_deref().map(Cursor::decode).transpose()?,
        })
    }
}

/// How many rows a page holds, for a limit as requests write it.
#[must_use]
pub fn limit(asked: Option<u64>) -> usize {
    match asked {
        None => DEFAULT_LIMIT,
        Some(0) => LARGEST_PAGE,
        Some(some) => usize::try_from(some)
            .unwrap_or(LARGEST_PAGE)
            .min(LARGEST_PAGE),
    }
}

fn window(request: &FindRequest) -> Result<Window> {
    match (request.at, request.during) {
        (None, None) => Ok(Window::Live),
        (Some(at), None) => Ok(Window::At(at)),
        (None, Some(during)) if during.from < during.to => {
            Ok(Window::During(during.from, during.to))
        }
        (None, Some(during)) => Err(StoreError::invalid(format!(
            "the range from {} to {} ends before it starts",
            during.from, during.to
        ))),
        (Some(_), Some(_)) => Err(StoreError::invalid(
            "`at` and `during` can't be asked together",
        )),
    }
}

fn check_timeline(timeline: TimelineRequest) -> Result<TimelineRequest> {
    if timeline.range.from >= timeline.range.to {
        return Err(StoreError::invalid(format!(
            "the timeline from {} to {} ends before it starts",
            timeline.range.from, timeline.range.to
        )));
    }
    if !bounds::TIMELINE_POINTS.contains(&timeline.points) {
        return Err(StoreError::invalid(format!(
            "a timeline has {} to {} points, not {}",
            bounds::TIMELINE_POINTS.start(),
            bounds::TIMELINE_POINTS.end(),
            timeline.points
        )));
    }
    Ok(timeline)
}

fn check_count(matches: &[Match], most: usize, list: &str) -> Result<()> {
    if matches.len() <= most {
        return Ok(());
    }
    Err(StoreError::invalid(format!(
        "`{list}` lists {} conditions: at most {most} are taken",
        matches.len()
    )))
}

fn compile(matches: Vec<Match>, room: &Room) -> Result<Vec<Condition>> {
    let conditions = matches.into_iter().map(|one| Condition::new(one, room));
    Ok(conditions.collect::<std::result::Result<_, _>>()?)
}

fn split(
    conditions: Vec<Condition>,
    which: impl Fn(&Condition) -> bool,
) -> (Vec<Condition>, Vec<Condition>) {
    conditions.into_iter().partition(|one| which(one))
}
