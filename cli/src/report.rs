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
    if let Some(hint) = way_out(error, settings) {
        out.say(Label::Hint, hint);
    }
    if let (true, Some(settings)) = (error.concerns_server(), settings) {
        for line in settings.in_use() {
            out.say(Label::Server, &line);
        }
    }
    error.exit()
}

/// The way out. Of someone who showed a certificate, it is no other token.
fn way_out<'e>(error: &'e CliError, settings: Option<&Settings>) -> Option<&'e str> {
    match settings {
        Some(settings) if error.is_of_someone_unknown() && settings.shows_certificate() => Some(
            "have an admin bind the certificate by `assetctl token create --certificate FILE`; \
             `assetctl config` shows which one is shown, and from where",
        ),
        _ => error.way_out(),
    }
}
