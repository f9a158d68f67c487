//! Lists: the containers and the images that there are, in order, from where the last page ended,
//! as of any commit that is kept.

mod containers;
mod hosts;
mod images;
mod order;
mod told;

pub use containers::{Containers, Listed};
pub use hosts::HostRuns;
pub use images::{ImageRuns, Images};
pub use order::Place;
pub use told::Told;
