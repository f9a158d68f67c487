//! Package URLs: which package one means.
//!
//! Two package URLs mean the same package where their type, namespace, name and version are the
//! same by the rules of package URLs: percent-encoding doesn't count, nor does the case of letters
//! where the type says so. A question asks for no more than what stands in it:
//!
//! - without a version it means any, and without an epoch any epoch;
//! - a qualifier or a subpath counts only where the question has it;
//! - where a type's namespace says who packaged something (`deb`, `rpm`, `maven`, …), a missing one
//!   is not known, on either side, and may be any.
//!
//! An artifact without a package URL is what its type, name and version say, and nothing that they
//! don't say tells it apart: a question that may mean it finds it. An empty answer must be a proof.

mod artifact;
mod kind;
mod package;
mod parse;

pub use kind::folded;
pub(crate) use kind::{of_artifact as type_of, written};
pub use package::Purl;
pub use parse::is_purl;

#[cfg(test)]
mod tests;
