//! The subcommands.

mod check;
mod enroll;

use crate::{args::Command, cycle, exit::Failure, host::Host, settings::Settings, watch};

/// Does what was asked for.
///
/// # Errors
/// [`Failure`]: it was not done.
pub(crate) async fn run(command: Command, settings: Settings) -> Result<(), Failure> {
    match command {
        Command::Enroll(enroll) => enroll::run(&enroll, &settings).await,
        Command::Report => cycle::full(&Host::open(settings).await?).await,
        Command::Update { container } => {
            cycle::update(&Host::open(settings).await?, &container).await
        }
        Command::Watch => watch::run(settings).await,
        Command::Check => check::run(&settings).await,
        // `main` has done these before there were settings.
        Command::Become(_) | Command::Man { .. } => Err(Failure::Usage(
            "only the agent itself can ask for this".to_owned(),
        )),
    }
}
