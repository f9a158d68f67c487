//! Quotes that the shell left in a term: `"openssl"` is called so by nobody.

use crate::{
    error::{CliError, Result},
    words::shell,
};

/// Refuses a term that begins or ends with quotes.
pub(super) fn check(term: &str) -> Result<()> {
    if !term.starts_with(is_quote) && !term.ends_with(is_quote) {
        return Ok(());
    }
    let bare = term.replace(is_quote, "");
    let error = CliError::failed(format!("the quotes in `{term}` are part of the term"));
    Err(match bare.trim() {
        "" => error,
        bare => error.hint(format!("`assetctl find {}`", shell::quote(bare))),
    })
}

const fn is_quote(one: char) -> bool {
    matches!(
        one,
        '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}'
    )
}
