//! A simulator of a fleet's agents, and what assetmon is measured with.
//!
//! A [`fleet::Fleet`] follows from the few numbers of a [`shape::Shape`]: hosts, containers,
//! images and what is in them, with realistic names, versions and sharing. [`agents`] are its
//! hosts' agents: they fill a server through its API by the client that the genuine agent uses,
//! and go on reporting. [`questions`] and [`lists`] are what is asked afterwards, [`feed`] is what advisories say of them.

pub mod agents;
pub mod ask;
pub mod catalog;
pub mod chance;
pub mod feed;
pub mod figures;
pub mod fleet;
pub mod landmarks;
pub mod lists;
pub mod questions;
pub mod rows;
pub mod shape;
