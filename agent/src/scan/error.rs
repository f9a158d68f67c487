//! Why a scan came to nothing, and whose fault it was.

use std::{io, os::unix::process::ExitStatusExt, process::ExitStatus};

use proto_types::FailureCause;
use rustix::process::Signal;

use crate::{
    podman::PodmanError,
    process::{Excess, ProgramError},
    syft::{SyftError, names_obstacle},
};

/// Why a scan came to nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ScanError {
    /// There is no room for temporary files, or no right to write them.
    #[error("the scan's temporary folder can't be created: {0}")]
    Folder(#[source] io::Error),
    /// The image couldn't be mounted, or podman couldn't say whether it is.
    #[error("{0}")]
    Mount(#[source] PodmanError),
    /// The tree can't be looked into.
    #[error("the image's files can't be read: {0}")]
    Tree(#[source] io::Error),
    /// The image went away in the middle.
    #[error("the image was removed or unmounted during the scan")]
    Gone,
    /// The lease would have run out.
    #[error("the lease ended before the scan did")]
    LeaseEnded,
    /// None of the host's stores runs a container on it.
    #[error("no container on this host runs the image")]
    NotRunning,
    /// The scanner doesn't work, on any image.
    #[error("{0}")]
    NoScanner(String),
    /// Syft failed.
    #[error("{0}")]
    Syft(#[source] SyftError),
    /// The server didn't take what was found.
    #[error("the server refused the SBOM: {0}")]
    Refused(String),
    /// What was found didn't come through, for a reason that isn't in it.
    #[error("the SBOM was not taken: {0}")]
    NotTaken(String),
}

impl ScanError {
    /// Whose fault it was: an image's counts against it, the host's doesn't.
    pub(crate) fn cause(&self) -> FailureCause {
        match self {
            Self::Refused(_) => FailureCause::Image,
            Self::Syft(error) if error.is_the_images() => FailureCause::Image,
            _ => FailureCause::Environment,
        }
    }

    /// Whether the scanner may be what is broken rather than the image: no bound was passed.
    pub(crate) const fn may_be_the_scanners(&self) -> bool {
        use ProgramError::{Failed, NotStarted};
        use SyftError::{Document, Program};
        matches!(
            self,
            Self::Syft(Document(_) | Program(Failed { .. } | NotStarted { .. }))
        )
    }
}

impl SyftError {
    /// The bound that ended it, if one did.
    pub(super) const fn excess(&self) -> Option<Excess> {
        match self {
            Self::Program(ProgramError::Excess { excess, .. }) => Some(*excess),
            _ => None,
        }
    }

    /// Whether another host would fare the same.
    fn is_the_images(&self) -> bool {
        match self {
            Self::Program(ProgramError::Excess { excess, .. }) => {
                !matches!(excess, Excess::Starved(_))
            }
            Self::Document(_) => true,
            Self::Program(ProgramError::Failed { status, stderr, .. }) => {
                !names_obstacle(stderr) && is_the_images(*status)
            }
            Self::Program(ProgramError::NotStarted { .. } | ProgramError::Unreadable { .. }) => {
                false
            }
        }
    }
}

/// Whether a program may have ended so for what it read. 126 and 127 are how a wrapper says that
/// there is no syft, 128 and more how it says that syft was killed. Who kills is the host: at its
/// bounds of memory, or as it goes down. A crash is the program's own.
fn is_the_images(status: ExitStatus) -> bool {
    const CRASHES: [Signal; 5] = [
        Signal::ILL,
        Signal::ABORT,
        Signal::BUS,
        Signal::FPE,
        Signal::SEGV,
    ];
    let signal = match (status.signal(), status.code()) {
        (None, Some(126 | 127)) => return false,
        (None, Some(code)) if code > 128 => code - 128,
        (Some(signal), _) => signal,
        (None, _) => return true,
    };
    CRASHES.iter().any(|crash| crash.as_raw() == signal)
}

#[cfg(test)]
mod tests {
    use std::{os::unix::process::ExitStatusExt, process::ExitStatus, time::Duration};

    use proto_types::FailureCause;

    use super::{Excess, ProgramError, ScanError, SyftError};

    fn failed(status: i32, stderr: &str) -> FailureCause {
        cause(ProgramError::Failed {
            program: "syft".to_owned(),
            status: ExitStatus::from_raw(status),
            stderr: stderr.to_owned(),
        })
    }

    fn cause(error: ProgramError) -> FailureCause {
        ScanError::Syft(SyftError::Program(error)).cause()
    }

    #[test]
    fn an_image_that_syft_fails_on_counts() {
        assert_eq!(failed(1 << 8, "panic: x"), FailureCause::Image);
        assert_eq!(failed(11, ""), FailureCause::Image);
        assert_eq!(failed(134 << 8, ""), FailureCause::Image);
        assert_eq!(over(Excess::Time(Duration::ZERO)), FailureCause::Image);
    }

    #[test]
    fn an_image_for_whose_scan_the_host_had_no_processor_does_not_count() {
        let starved = Excess::Starved(Duration::ZERO);
        assert_eq!(over(starved), FailureCause::Environment);
    }

    fn over(excess: Excess) -> FailureCause {
        let program = "syft".to_owned();
        cause(ProgramError::Excess { program, excess })
    }

    #[test]
    fn a_scanner_that_was_killed_does_not_count_against_the_image() {
        for status in [9, 15, 13, 1, 137 << 8, 143 << 8] {
            assert_eq!(failed(status, ""), FailureCause::Environment, "{status}");
        }
        for said in [
            "fatal error: runtime: out of memory",
            "runtime: failed to create new OS thread (have 9 already; errno=11)",
        ] {
            assert_eq!(failed(2 << 8, said), FailureCause::Environment, "{said}");
        }
    }

    #[test]
    fn a_host_that_is_full_or_lacks_syft_does_not_count_against_the_image() {
        assert_eq!(
            failed(1 << 8, "x: No space left on device"),
            FailureCause::Environment
        );
        assert_eq!(
            failed(127 << 8, "syft: not found"),
            FailureCause::Environment
        );
        assert_eq!(ScanError::Gone.cause(), FailureCause::Environment);
        let not_taken = ScanError::NotTaken(String::new());
        assert_eq!(not_taken.cause(), FailureCause::Environment);
        assert_eq!(ScanError::LeaseEnded.cause(), FailureCause::Environment);
    }
}
