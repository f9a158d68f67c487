//! How an error is shown: what failed, why, the way out, and which server was asked.

use std::borrow::Cow;

use crate::{
    error::CliError,
    exit::Exit,
    output::console::{Label, Out},
    settings::{Origin, Settings},
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
        out.say(Label::Hint, &hint);
    }
    if let (true, Some(settings)) = (error.concerns_server(), settings) {
        for line in settings.in_use() {
            out.say(Label::Server, &line);
        }
    }
    error.exit()
}

/// The way out, by what is known of the settings.
fn way_out<'e>(error: &'e CliError, settings: Option<&'e Settings>) -> Option<Cow<'e, str>> {
    let own = || error.way_out().map(Cow::Borrowed);
    let Some(settings) = settings else {
        return own();
    };
    if error.is_unreachable() && settings.server.origin == Origin::Default {
        return Some(Cow::Borrowed(
            "set ASSETCTL_SERVER to a server's address, or start one here: `assetmon-server`",
        ));
    }
    if !error.is_of_someone_unknown() {
        return own();
    }
    if settings.shows_certificate() {
        return Some(Cow::Borrowed(
            "have an admin bind the certificate by `assetctl token create --certificate FILE`; \
             `assetctl config` shows which one is shown, and from where",
        ));
    }
    match &settings.token {
        Some(token) => Some(Cow::Owned(format!(
            "the token is from {}; an admin creates another with \
             `assetctl token create NAME --role reader`",
            token.origin
        ))),
        None => own(),
    }
}
