//! Judging: what advisories mean for what runs.
//!
//! The artifacts that an advisory may speak of are looked up by its keys ([`meant`]), and each is judged
//! once for each distribution of the images that hold it. What comes out is counted by verdict
//! ([`judging`]), by advisory ([`by_advisory`]) and, once what fits is [`narrowed`] to it, as any
//! question's answer is, listed ([`rows`]) and [`explained`]; what no advisory speaks of is told beside it ([`unspoken`]).

mod advisories;
mod by_advisory;
mod distros;
mod explained;
mod judging;
mod meant;
mod narrowed;
mod outcome;
mod rows;
mod said;
mod statements;
mod unspoken;
mod urgent;
mod wanted;

pub use advisories::Advisories;
pub use by_advisory::{ByAdvisory, OfAdvisory};
pub use distros::Numbered;
pub use explained::Explaining;
pub use judging::Judging;
pub(super) use meant::meant;
pub use narrowed::{Narrowing, Pairs, TooMany};
pub use outcome::{Judged, Mute};
pub use rows::{Behind, JudgedRow, Walked, Wanted};
pub(super) use said::{ByDistro, depends_on_distro, said_in};
pub(super) use statements::Stated;
