//! What is said of a subcommand that isn't there: most who type one look for an artifact.

use clap::{
    Error,
    builder::StyledStr,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::words::{shell, suggest};

/// Words for what `find` and the lists do.
const VERBS: [&str; 8] = [
    "get", "grep", "list", "locate", "ls", "query", "search", "where",
];

/// Whether it stands where every command begins, and not behind `token` or `host`.
fn is_first(usage: &Error) -> bool {
    match usage.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string().contains("assetctl <COMMAND>"),
        _ => false,
    }
}

/// Adds the way to `find`, where nothing else can be meant.
pub(crate) fn pointed(mut usage: Error) -> Error {
    if usage.kind() != ErrorKind::InvalidSubcommand || !is_first(&usage) {
        return usage;
    }
    let Some(ContextValue::String(word)) = usage.get(ContextKind::InvalidSubcommand) else {
        return usage;
    };
    let word = word.clone();
    let is_slip = match usage.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::String(near)) => suggest::is_slip(&word, near),
        Some(ContextValue::Strings(near)) => near.iter().any(|one| suggest::is_slip(&word, one)),
        _ => false,
    };
    let is_verb = VERBS.contains(&word.as_str());
    if is_slip && !is_verb {
        return usage;
    }
    let tip = match is_verb {
        true => "`assetctl find NAME` shows where an artifact runs; `containers`, `images` and \
                 `hosts` list what there is"
            .to_owned(),
        false => format!(
            "to see where it runs, type `assetctl find {}`",
            shell::line([word])
        ),
    };
    usage.remove(ContextKind::SuggestedSubcommand);
    let tips = vec![StyledStr::from(tip)];
    usage.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    usage
}
