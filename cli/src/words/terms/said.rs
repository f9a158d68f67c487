//! Matches in the words of people: how they are shown, and how they are typed.

use model::reference;
use proto_types::{Field, Match, Op};

use super::sign;

/// A match as a person would say it: `openssl`, `<3.0.15`, `host=web*`.
pub(crate) fn in_words(one: &Match) -> String {
    let Match { field, op, value } = one;
    match (field, op, sign::of(*op)) {
        (Field::Name, Op::Eq | Op::Glob, _) | (Field::Purl, Op::Eq, _) => value.clone(),
        (Field::Version, Op::Lt | Op::Le | Op::Gt | Op::Ge, Some(sign)) => {
            format!("{sign}{value}")
        }
        (Field::ImageName, Op::Glob, _) => match reference::written(value) {
            Some(written) => format!("image={written}"),
            None => format!("{field}={value}"),
        },
        (_, Op::Glob, _) => format!("{field}={value}"),
        (_, _, Some(sign)) => format!("{field}{sign}{value}"),
        (_, _, None) => format!("{field} {op} {value}"),
    }
}

/// A match as it is typed, with its field, so that nothing else is taken for it: `name=openssl`.
/// `None` for what only `--match` can say.
pub(crate) fn typed(one: &Match) -> Option<String> {
    let Match { field, op, value } = one;
    match (field, op) {
        (Field::Purl, Op::Eq) => Some(value.clone()),
        (Field::ImageName, Op::Glob) => Some(in_words(one)),
        (_, Op::Glob) => Some(format!("{field}={value}")),
        (Field::ImageDigest, Op::Prefix) => Some(format!("{field}={value}*")),
        _ => sign::of(*op).map(|sign| format!("{field}{sign}{value}")),
    }
}
