//! Answers: a question is looked at once ([`look`]), and everything that is asked of it is read from
//! that.
//!
//! [`finding`] names the artifacts that fit, by the narrowest way there is. [`scope`] says which
//! images and runs count, and remembers it; [`held`] ties the two. What comes out is counted
//! ([`counting`], [`groups`]) and listed ([`page`], [`cover`]); [`judged`] by what advisories say of it, and
//! [`joined`] by what all do that were imported.

mod by_image;
mod counted;
mod counter;
mod counting;
mod cover;
mod exposed;
mod few;
mod finding;
mod fitting;
mod groups;
mod held;
mod in_order;
mod joined;
mod judged;
mod labels;
mod lined_up;
mod look;
mod names;
mod noted;
mod page;
mod registries;
mod related;
mod row;
mod running;
mod scope;
mod test;
mod timeline;
mod together;
mod under_way;
mod walking;

pub use counted::Total;
pub use cover::Cover;
pub use exposed::{BehindHost, Exposing, ExposureCounts, ExposureRowAt, WalkedHosts, When};
pub use few::hosts as hosts_asked;
pub use groups::Groups;
pub use joined::{Join, Joined, LookingForNew, Reach};
pub use judged::{
    Advisories, Behind, ByAdvisory, Explaining, Judged, JudgedRow, Judging, Mute, Narrowing,
    OfAdvisory, Pairs, TooMany, Walked, Wanted,
};
pub use look::{Looked, Search};
pub use page::Page;
pub use registries::Registries;
pub use row::{Position, Row};
pub use under_way::Covering;
