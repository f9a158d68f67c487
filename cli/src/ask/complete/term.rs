//! A term as it is being typed: a name, `FIELD=`, or what stands behind a sign.

use model::purl::is_purl;
use proto_types::Field;

use super::{images, values};

/// The signs that stand between a field, or a name, and what it is compared with.
const SIGNS: [char; 5] = ['=', '<', '>', '!', '~'];
/// The word for an image by its name or digest, which is no field of the wire.
const IMAGE: &str = "image";

/// Terms that begin like this.
pub(super) fn beginning_with(typed: &str) -> Vec<String> {
    if is_purl(typed) {
        return values::purls(typed);
    }
    match typed.find(SIGNS) {
        Some(at) => compared(typed, at),
        None => named(typed),
    }
}

/// A word without a sign: artifacts, then fields, then images where one is begun.
fn named(typed: &str) -> Vec<String> {
    let mut terms = values::names(typed);
    let fields = Field::ALL.iter().map(|field| field.as_str()).chain([IMAGE]);
    terms.extend(fields.map(|field| format!("{field}=")));
    if typed.contains([':', '/']) {
        terms.extend(images::named_or_by_digest(typed));
    }
    terms
}

/// What may stand behind a sign: a value of the field, or a version of the artifact.
fn compared(typed: &str, at: usize) -> Vec<String> {
    let (word, rest) = typed.split_at(at);
    let value = rest.trim_start_matches(SIGNS);
    let begun = &typed[..typed.len() - value.len()];
    let field = Field::ALL.iter().find(|field| field.as_str() == word);
    let values = match field {
        Some(field) => values::of(*field, value),
        None if word == IMAGE => images::named_or_by_digest(value),
        None => values::versions(word),
    };
    let terms = values.into_iter().map(|value| format!("{begun}{value}"));
    terms.collect()
}
