//! The terms of `find`: `openssl`, `openssl<3.0.15`, `version<3.0.15`, `host=web*` become matches.

mod colon;
mod compared;
mod image;
mod letters;
mod order;
mod package;
mod parse;
mod quoted;
mod range;
mod said;
mod sign;
mod spelled;
mod term;
mod together;
mod unlike;
mod value;
mod word;

#[cfg(test)]
mod tests;

pub(crate) use self::{
    compared::{is, version},
    image::{TypedImage, digest, image, may_be_digits},
    parse::{is_bare, parse},
    said::{in_words, typed},
    spelled::from_words,
    term::Term,
    together::{check_together, read},
    value::is_version,
};
