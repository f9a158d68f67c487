//! Completions of what only a server or the settings know: names of hosts, artifacts and images,
//! versions, tokens, contexts.

mod asking;
mod images;
mod term;
mod values;

use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, ValueCompleter};
use proto_types::{Field, ListAdvisories, ListFeeds, ListTokens, Op};

use self::asking::{MOST, ask};
use crate::{
    completion::{before, value_of},
    output::columns,
    settings,
    words::times,
};

/// Completes a host's name.
pub(crate) fn hosts() -> ArgValueCompleter {
    field(Field::Host)
}

/// Completes a value of a field.
pub(crate) fn field(field: Field) -> ArgValueCompleter {
    completer(move |typed| values::of(field, typed))
}

/// Completes an image: its name, however much of it is left out in front, or its digest.
pub(crate) fn images() -> ArgValueCompleter {
    completer(images::named_or_by_digest)
}

/// Completes a term: `openssl`, `host=web-01`, `openssl<3.0.15`.
pub(crate) fn terms() -> ArgValueCompleter {
    completer(term::beginning_with)
}

/// Completes a side of a diff: a host, or an image.
pub(crate) fn sides() -> ArgValueCompleter {
    completer(|typed| {
        let is_bare = !typed.is_empty() && !typed.starts_with("host:");
        let hosts = values::hosts().into_iter();
        let mut sides: Vec<String> = hosts
            .map(|host| match is_bare && !"host:".starts_with(typed) {
                true => host,
                false => format!("host:{host}"),
            })
            .collect();
        sides.extend(images::named_or_by_digest(typed));
        sides
    })
}

/// Completes a token's name.
pub(crate) fn tokens() -> ArgValueCompleter {
    completer(|_| {
        let tokens = ask(async |client| Some(client.send(&ListTokens {}).await.ok()?.tokens));
        let tokens = tokens.unwrap_or_default().into_iter();
        tokens.map(|token| token.name).collect()
    })
}

/// Completes a moment, in the words that there are for one.
pub(crate) fn times() -> ArgValueCompleter {
    completer(|_| words(times::WORDS.into_iter()))
}

/// Completes a range of time: a day, or a moment and on.
pub(crate) fn ranges() -> ArgValueCompleter {
    completer(|_| {
        let days = times::DAYS.into_iter().map(str::to_owned);
        let until_now = times::WORDS.iter().filter(|word| **word != "now");
        days.chain(until_now.map(|from| format!("{from}..")))
            .collect()
    })
}

/// Completes the id of an advisory that was imported.
pub(crate) fn advisories() -> ArgValueCompleter {
    completer(|typed| {
        let request = ListAdvisories {
            id_prefix: Some(typed.to_owned()),
            limit: Some(MOST),
            ..ListAdvisories::default()
        };
        let known = ask(async |client| Some(client.send(&request).await.ok()?.advisories));
        let known = known.unwrap_or_default().into_iter();
        known.map(|advisory| advisory.id).collect()
    })
}

/// Completes the source of a feed.
pub(crate) fn feeds() -> ArgValueCompleter {
    completer(|_| {
        let feeds = ask(async |client| Some(client.send(&ListFeeds {}).await.ok()?.feeds));
        let feeds = feeds.unwrap_or_default().into_iter();
        feeds.map(|feed| feed.source).collect()
    })
}

/// Completes the name of a context of the settings file.
pub(crate) fn contexts() -> ArgValueCompleter {
    completer(|_| settings::known_contexts())
}

/// Completes the name of a column of what the command lists.
pub(crate) fn column_names() -> ArgValueCompleter {
    completer(|_| columns::of_command(before(), value_of("--group-by").as_deref()))
}

/// Completes the three words of `--match`.
pub(crate) fn conditions() -> ArgValueCompleter {
    ArgValueCompleter::new(Condition)
}

struct Condition;

impl ValueCompleter for Condition {
    fn complete(&self, typed: &OsStr) -> Vec<CompletionCandidate> {
        self.complete_at(0, typed)
    }

    fn complete_at(&self, place: usize, typed: &OsStr) -> Vec<CompletionCandidate> {
        let named = || before().iter().nth_back(1).map(String::as_str);
        beginning(typed, |typed| match place {
            0 => words(Field::ALL.iter().map(|one| one.as_str())),
            1 => words(Op::ALL.iter().map(|one| one.as_str())),
            _ => {
                let mut fields = Field::ALL.iter().copied();
                let field = fields.find(|one| Some(one.as_str()) == named());
                field.map_or_else(Vec::new, |field| values::of(field, typed))
            }
        })
    }
}

fn words<'a>(all: impl Iterator<Item = &'a str>) -> Vec<String> {
    all.map(str::to_owned).collect()
}

fn completer(values: impl Fn(&str) -> Vec<String> + Send + Sync + 'static) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| beginning(typed, &values))
}

/// Those of the values that begin with what is typed, each once and in their order.
fn beginning(typed: &OsStr, values: impl FnOnce(&str) -> Vec<String>) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let mut known = std::collections::HashSet::new();
    let fitting = values(&typed).into_iter();
    fitting
        .filter(|value| value.starts_with(typed.as_ref()) && known.insert(value.clone()))
        .map(CompletionCandidate::new)
        .collect()
}
