//! Answers: a question is looked at once ([`look`]), and everything that is asked of it is read from
//! that.
//!
//! [`fitting`] names the artifacts that fit, by the narrowest way there is. [`scope`] says which
//! images and runs count, and remembers it; [`held`] ties the two. What comes out is counted
//! ([`total`], [`groups`]) and listed ([`page`], [`cover`]).

mod counter;
mod cover;
mod few;
mod fitting;
mod groups;
mod held;
mod in_order;
mod labels;
mod look;
mod names;
mod noted;
mod page;
mod related;
mod row;
mod scope;
mod test;
mod timeline;
mod total;

pub use cover::Cover;
pub use groups::Groups;
pub use look::Search;
pub use page::Page;
pub use row::{Position, Row};
pub use total::Total;
