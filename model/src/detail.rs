//! Detail: how much an agent keeps of what its scanner finds. What isn't kept can't be asked about
//! later, so an SBOM of less detail is made again where an agent that keeps more runs its image.

/// What agents of this release keep: source versions, modules, licenses and owners of artifacts,
/// and the facts of their image. The first release kept none of that, and says nothing, or 0.
pub const KEPT: u32 = 1;
