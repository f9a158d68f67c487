//! The join of everything that runs with all advisories that were imported: what each affects, kept up to date.
//!
//! What is kept is what changes slowly, the verdicts ([`Join`]): each artifact is judged once in images of each
//! distribution, by the advisories that have a key in common with it. A question looks which images hold something that
//! wasn't judged ([`new`]), has that judged ([`verdicts`]), and counts ([`counting`]). What vendors state ([`stated`]) changes
//! what counts in an image, and is counted apart.

mod classes;
mod counting;
mod images;
mod join;
mod lists;
mod new;
mod parts;
mod said;
mod stated;
mod verdicts;

pub use counting::{Joined, Reach};
pub use join::Join;
pub use new::LookingForNew;
