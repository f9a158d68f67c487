//! One of a few words, as an option takes it.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use proto_types::Word;

/// Reads one of the words of the wire; help texts and errors list them all.
pub(crate) fn choice<W: Word>() -> impl TypedValueParser<Value = W> {
    PossibleValuesParser::new(W::ALL.iter().map(|one| one.as_str())).try_map(|word| {
        let found = W::ALL.iter().find(|one| one.as_str() == word);
        found.copied().ok_or("not one of the possible values")
    })
}
