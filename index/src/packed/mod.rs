//! Artifacts as a store keeps them: many in one piece of bytes, each text once.
//!
//! A piece begins with how many texts and how many artifacts there are, and how long each text is.
//! Then comes a column for each field with a number for each artifact: 0 is the next text that no
//! number before has named, 1 is none, and from 2 on they are the texts. A column of flags follows,
//! one byte for each artifact, and then the texts. Numbers are written as [`crate::deltas`] writes
//! them. So what is alike lies side by side, and a packer finds it.
//!
//! Of a package URL there is what [`purls`](crate::artifacts::purls) leaves of it.

mod form;
mod read;
mod write;

pub use read::{Malformed, PackedArtifact, read};
pub use write::pack;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use proto_types::Artifact;

    use super::{pack, read};
    use crate::whole;

    fn artifact() -> impl Strategy<Value = (Artifact, bool)> {
        let text = || prop::option::of("[ab:1]{0,2}");
        let words = ("[abé]{0,2}", "[ab]{0,2}", "[ab1:]{0,3}");
        let rest = (text(), text(), text());
        let purl = prop::option::of("(pkg:deb/)?[ab]{0,2}(@[ab1:]{0,3})?(\\?upstream=[ab]{0,2})?");
        let licenses = prop::collection::vec("[A:1]{0,2}", 0..3);
        (words, rest, purl, licenses, any::<[bool; 2]>()).prop_map(
            |(words, rest, purl, licenses, [owned_by_os, again])| {
                let artifact = Artifact {
                    artifact_type: words.0,
                    name: words.1,
                    version: words.2,
                    purl,
                    source: rest.0,
                    source_version: rest.1,
                    module: rest.2,
                    licenses,
                    owned_by_os,
                };
                (artifact, again)
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_packed_is_read(artifacts in prop::collection::vec(artifact(), 0..20)) {
            let packed = pack(artifacts.iter().map(|(artifact, again)| (artifact, *again)));
            let all = read(&packed).unwrap();
            let found: Vec<_> = all.iter().map(|one| (whole(one), one.again)).collect();
            prop_assert_eq!(found, artifacts);
        }

        #[test]
        fn bytes_of_any_kind_are_read_or_refused(
            artifacts in prop::collection::vec(artifact(), 1..4),
            (place, byte) in (any::<prop::sample::Index>(), any::<u8>()),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut packed = pack(artifacts.iter().map(|(artifact, again)| (artifact, *again)));
            let place = place.index(packed.len());
            packed[place] = byte;
            let _ = read(&packed);
            let _ = read(&packed[..cut.index(packed.len())]);
        }
    }
}
