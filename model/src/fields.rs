//! Fields: what an artifact says of itself, however it is held.

use proto_types::{Artifact, FindResult};

/// What conditions and orders look at of an artifact. What isn't known is `None`.
///
/// Whoever holds artifacts otherwise than as [`Artifact`]s (a row of an answer, a place in an
/// index) says by this what is in which field. A field is only asked for when it is looked at.
pub trait ArtifactFields {
    /// Its type: `deb`.
    fn artifact_type(&self) -> &str;
    /// Its name: `libssl3`.
    fn name(&self) -> &str;
    /// Its version: `3.0.15-1~deb12u1`.
    fn version(&self) -> &str;
    /// Its package URL.
    fn purl(&self) -> Option<&str>;
    /// The source package that it was built from: `openssl`.
    fn source(&self) -> Option<&str>;
    /// The version of that source package.
    fn source_version(&self) -> Option<&str>;
    /// The label of the rpm module that it comes from.
    fn module(&self) -> Option<&str>;
}

/// Implements the fields for a struct of the wire, which names them as they are.
macro_rules! by_name {
    ($($type:ty),+) => {
        $(impl ArtifactFields for $type {
            fn artifact_type(&self) -> &str {
                &self.artifact_type
            }
            fn name(&self) -> &str {
                &self.name
            }
            fn version(&self) -> &str {
                &self.version
            }
            fn purl(&self) -> Option<&str> {
                self.purl.as_deref()
            }
            fn source(&self) -> Option<&str> {
                self.source.as_deref()
            }
            fn source_version(&self) -> Option<&str> {
                self.source_version.as_deref()
            }
            fn module(&self) -> Option<&str> {
                self.module.as_deref()
            }
        })+
    };
}

by_name!(Artifact, FindResult);
