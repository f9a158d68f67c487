//! How an error is shown: what failed, why, the way out, and which server was asked.

use crate::{
    error::CliError,
    exit::Exit,
    output::console::{Label, Out},
    settings::Settings,
};

/// Shows an error on standard error, and says what to exit with.
pub(crate) fn report(error: &CliError, settings: Option<&Settings>, out: &Out) -> Exit {
    if error.is_reader_gone() {
        return error.exit();
    }
    out.say(Label::Error, &error.to_string());
    for cause in error.causes() {
        out.say(Label::CausedBy, &cause);
    }
    if let Some(hint) = error.way_out() {
        out.say(Label::Hint, hint);
    }
    if let (true, Some(settings)) = (error.concerns_server(), settings) {
        for line in settings.in_use() {
            out.say(Label::Server, &line);
        }
    }
    error.exit()
}
