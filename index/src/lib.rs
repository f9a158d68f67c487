//! The fleet in memory: which artifacts there are, which images hold them, and which hosts run and
//! ran those. It answers `find`, and says how much an answer can know.
//!
//! The store is the truth and this a cache of it, without I/O, clock or thread of its own. It is
//! told of every commit, in order ([`Index::apply`]), or read from the store ([`Loader`]); both
//! give the same answers. Whoever shares it puts it behind a lock: a commit is taken in within
//! microseconds, and a long answer is read in pieces, each of which goes on where the last one
//! ended ([`Position`]).
//!
//! # One moment for one answer
//!
//! A question names the commit that answers ([`Question::pin`]). A run is there if that commit or
//! one before began it, its end is known if it was told by then, and so for SBOMs, names and
//! aliases. So pages and streams stay what they were while reports go on. What was replaced is kept
//! until [`Index::forget`].
//!
//! # What it costs
//!
//! Hosts, images and artifacts have the store's numbers, which are small and are given out one
//! after the other: each is a place in a row of small things, without a look-up. Texts are kept
//! once, end to end, so that a search for a piece of a name is one run over all of them.
//!
//! - An artifact is ten bytes beside the texts that it shares, and four to six where it is found by
//!   its name; its package URL is made from the others where it can be.
//! - Which images hold an artifact: four bytes, which are the number of the one where there is one,
//!   and one to two bytes for each where there are several.
//! - What an image holds: one to two bytes an artifact.
//! - A run is 40 bytes and 16 more in the lists of its image and its host, which have some room; one
//!   that ended, 56 and 8.
//!
//! What a question looks at is chosen by its narrowest condition, so that the work grows with what
//! fits, not with the fleet. What was counted of an image is remembered for the whole question; of
//! an image whose runs are asked for without conditions, the count is there already.
//!
//! What was read is laid out in the order in which it is asked for ([`Loader::finish`]): the runs of
//! one image side by side, the lists of artifacts and names one behind the other. What comes later is
//! appended, until the next start; which images hold what is laid out again where much of it changed.
//! [`Index::sizes`] says what all of it takes.
//!
//! Texts that nothing uses any more are let go of once they may be many: [`Index::forget`].

mod apply;
mod artifacts;
mod bits;
mod change;
mod column;
mod coverage;
pub mod deltas;
mod extent;
mod fleet;
mod hosts;
mod images;
mod listed;
mod lists;
mod lists_of;
mod load;
mod marks;
mod moved;
mod ordered;
pub mod packed;
mod postings;
mod question;
mod runs;
mod search;
mod sizes;
mod spread;
mod standing;
mod texts;
mod unfit;

pub use artifacts::{ArtifactAt, Kept, whole};
pub use change::{Added, Change, Commit, Run, Sbom, Seq};
pub use extent::Extent;
pub use fleet::Index;
pub use listed::{Containers, HostRuns, ImageRuns, Images, Listed, Place, Told};
pub use load::{ImageRow, Loader};
pub use question::Question;
pub use search::{
    Advisories, Behind, BehindHost, ByAdvisory, Cover, Covering, Explaining, Exposing,
    ExposureCounts, ExposureRowAt, Groups, Join, Joined, Judged, JudgedRow, Judging, Looked,
    LookingForNew, Mute, Narrowing, OfAdvisory, Page, Pairs, Position, Reach, Registries, Row,
    Search, TooMany, Total, Walked, WalkedHosts, Wanted, When,
};
pub use sizes::Sizes;
pub use standing::{Clock, Stands};
pub use unfit::Unfit;
