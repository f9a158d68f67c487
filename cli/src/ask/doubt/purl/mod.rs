//! Package URLs that nothing fits: of a type that there isn't, without what a distribution adds to
//! a version, with qualifiers that only a feed of advisories has, in another writing.

mod kind;
mod listed;
mod parts;
mod pattern;
mod qualifiers;
mod typed;

pub(super) use self::{kind::check as check_kind, listed::check as check_listed, typed::check};
