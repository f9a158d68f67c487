//! What is asked of feeds beside advisories.

use clap::Args;

#[derive(Args)]
pub(super) struct FeedArgs {
    /// Only what is known to be exploited, by CISA's catalog (KEV), which must have been imported
    #[arg(long)]
    pub(super) kev: bool,
}
