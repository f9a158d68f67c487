//! The row types: what each list shows of the wire's types, declared once.

mod advisories;
pub(crate) mod affected;
mod artifacts;
mod changes;
mod containers;
pub(crate) mod exposure;
mod find;
pub(crate) mod groups;
mod hosts;
mod images;
pub(crate) mod settings;
mod states;
mod tokens;

pub(crate) use advisories::Package;
pub(crate) use hosts::unseen;
pub(crate) use states::{host_state, image_state, opinion};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod documented;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
