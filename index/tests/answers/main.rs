//! Answers: whatever happens to a fleet and whatever is asked, the index says what a plain
//! evaluation of the same fleet says.
#![allow(clippy::unwrap_used, missing_docs)]

mod asked;
mod commits;
mod exposed;
mod fields;
mod grouped;
mod joined;
mod judged;
mod listed;
mod plain;
mod plain_counts;
mod plain_coverage;
mod plain_judged;
mod plain_listed;
mod property;
mod standing;
mod statements;
mod things;
mod world;
