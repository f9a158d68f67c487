//! Fields and ops by their own names, as `--match FIELD OP VALUE` takes them.

use proto_types::{Field, Match, Op};

use crate::{
    error::{CliError, Result},
    words::suggest,
};

/// Reads `--match FIELD OP VALUE`, which means what it says.
pub(crate) fn from_words(field_word: &str, op_word: &str, value: &str) -> Result<Match> {
    let (field, op) = (field(field_word)?, op(op_word)?);
    let value = value.to_owned();
    Ok(Match { field, op, value })
}

/// The field of that name.
pub(super) fn field(word: &str) -> Result<Field> {
    Field::from_word(word).ok_or_else(|| unknown_field(word))
}

/// What is said of a field that there isn't.
pub(super) fn unknown_field(word: &str) -> CliError {
    let known: Vec<&str> = Field::ALL.iter().map(|one| one.as_str()).collect();
    CliError::failed(format!("`{word}` is not a field")).hint(suggest::hint(word, known))
}

fn op(word: &str) -> Result<Op> {
    Op::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = Op::ALL.iter().map(|one| one.as_str()).collect();
        CliError::failed(format!("`{word}` is not an operator")).hint(suggest::hint(word, known))
    })
}
