//! The layers of an image, put together by the agent itself where podman can't: it mounts no image of
//! an additional store.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use crate::{
    process::{Program, ProgramError},
    settings::Words,
};

/// So many layers the kernel puts together at most, one of which is an empty one.
const MOST: usize = 499;
/// Puts folders together as podman does, the first one on top, in a file system that nobody else sees:
/// both are in a namespace of this process's own, and go when its standard input ends, whatever ended
/// the agent. The kernel wants short names, none with a colon, and more than one layer.
const PUT_TOGETHER: &str = r#"place=$1 && shift && number=0 && lower= &&
mount -t tmpfs -o mode=700,size=1m tmpfs "$place" && cd "$place" && mkdir tree empty &&
for layer; do
    ln -s "$layer" "$number" && lower=$lower$number: && number=$((number + 1)) || exit
done &&
mount -t overlay -o "ro,nosuid,nodev,noexec,lowerdir=${lower}empty" overlay tree &&
printf '%s %s\n' "$$" "$place/tree" && exec cat"#;

/// The folders of an image's layers, the topmost first, and which folders they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layers(Vec<Layer>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Layer {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl Layers {
    /// Those at these paths.
    ///
    /// # Errors
    /// One isn't there.
    pub(super) fn at(paths: Vec<PathBuf>) -> io::Result<Self> {
        let layers = paths.into_iter().map(|path| {
            let found = fs::symlink_metadata(&path)?;
            let (device, inode) = (found.dev(), found.ino());
            Ok(Layer {
                path,
                device,
                inode,
            })
        });
        layers.collect::<io::Result<_>>().map(Self)
    }

    /// The program that puts them together at `place`, a folder of the agent's, for as long as it is
    /// held.
    pub(super) fn put_together(&self, place: &Path) -> Program {
        let layers = self.0.iter().map(|layer| &layer.path);
        let mut program = Program::new(&Words::one("unshare"))
            .args(&["--mount", "sh", "-c", PUT_TOGETHER, "sh"])
            .arg(place);
        for layer in layers.take(MOST) {
            program = program.arg(layer);
        }
        program
    }

    /// Whether there are few enough.
    pub(super) fn fit(&self) -> bool {
        (1..=MOST).contains(&self.0.len())
    }
}

/// Whether podman can't mount an image because it looks for it in its own store alone.
pub(super) fn is_elsewhere(error: &ProgramError) -> bool {
    matches!(error, ProgramError::Failed { stderr, .. } if stderr.contains("layer not known"))
}
