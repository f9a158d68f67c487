//! What is said of a subcommand that isn't there: most who type one look for an artifact. And of `affected -f FILE`:
//! most who type that mean a file of advisories.

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

/// Whether the line of usage has this, as that of the command that was typed.
fn is_of(usage: &Error, command: &str) -> bool {
    match usage.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string().contains(command),
        _ => false,
    }
}

/// Adds the line to type, where nothing else can be meant.
pub(crate) fn pointed(usage: Error) -> Error {
    match usage.kind() {
        // Where every command begins, and not behind `token` or `host`.
        ErrorKind::InvalidSubcommand if is_of(&usage, "assetctl <COMMAND>") => to_find(usage),
        ErrorKind::MissingRequiredArgument if is_of(&usage, "assetctl affected --file") => {
            let tip = "advisories take no option: `assetctl affected FILE`; --file has names to narrow them to";
            tipped(usage, tip.to_owned())
        }
        _ => usage,
    }
}

fn tipped(mut usage: Error, tip: String) -> Error {
    let tips = vec![StyledStr::from(tip)];
    usage.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    usage
}

/// The way to `find`.
fn to_find(mut usage: Error) -> Error {
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
                 `hosts` list what is there"
            .to_owned(),
        false => format!(
            "to see where it runs, type `assetctl find {}`",
            shell::line([word])
        ),
    };
    usage.remove(ContextKind::SuggestedSubcommand);
    tipped(usage, tip)
}
