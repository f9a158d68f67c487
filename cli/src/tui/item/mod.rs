//! A row of any list, with what identifies it and what a filter may look at.

mod row;
mod texts;

pub(crate) use row::{Item, image_label};
