//! Judging: what advisories mean for what runs.
//!
//! The artifacts that an advisory may speak of are looked up by its keys ([`meant`]), and each is judged
//! once for each distribution of the images that hold it. What comes out is counted by verdict
//! ([`judging`]) and listed ([`rows`]); what no advisory speaks of is told beside it ([`unspoken`]).

mod advisories;
mod distros;
mod judging;
mod meant;
mod rows;
mod said;
mod unspoken;
mod urgent;

pub use advisories::Advisories;
pub use distros::Numbered;
pub use judging::{Judged, Judging, Mute};
pub(super) use meant::meant;
pub use rows::{Behind, JudgedRow, Walked, Wanted};
pub(super) use said::{ByDistro, depends_on_distro};
