//! Names that a host or an operator gives, and short texts that only people read.

use proto_types::CreateToken;

use super::refused::{Refused, too_long};
use crate::{bounds, shown::on_one_line};

/// A host's name.
///
/// # Errors
/// [`Refused`] where it is empty, too long, or has a character that isn't taken.
pub fn host_name(name: &str) -> Result<(), Refused> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let begins = name
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphanumeric());
    let most = bounds::HOST_NAME;
    if begins && name.len() <= most && name.bytes().all(fits) {
        return Ok(());
    }
    Err(Refused(format!(
        "`{}` can't be a host's name: it takes letters, digits, `.`, `_` and `-`, begins with a \
         letter or a digit, and has at most {most} of them",
        short(name)
    )))
}

/// A token to be made.
///
/// # Errors
/// [`Refused`] where its name is empty or too long, or where it can't expire then.
pub fn token(token: &CreateToken) -> Result<(), Refused> {
    let (name, most) = (&token.name, bounds::TOKEN_NAME);
    if name.is_empty() {
        return Err(Refused("a token's name must not be empty".to_owned()));
    }
    if name.len() > most {
        return Err(Refused(too_long("the token's name", name, most)));
    }
    match token.expires_in_seconds {
        Some(seconds) if !(1..=bounds::TOKEN_SECONDS).contains(&seconds) => Err(Refused(format!(
            "a token can't expire in {seconds} seconds: 1 to {} are taken",
            bounds::TOKEN_SECONDS
        ))),
        _ => Ok(()),
    }
}

/// The name of a feed's source.
///
/// # Errors
/// [`Refused`] where it is empty or too long, or nothing that can be read.
pub fn source(source: &str) -> Result<(), Refused> {
    let most = bounds::FEED_SOURCE;
    if source.trim().is_empty() || source.chars().any(char::is_control) {
        let what = format!("`{}` can't be the name of a feed's source", short(source));
        return Err(Refused(what));
    }
    match source.len() > most {
        true => Err(Refused(too_long(
            "the name of a feed's source",
            source,
            most,
        ))),
        false => Ok(()),
    }
}

/// A text that only people read, cut to its bound.
pub(super) fn cut(mut text: String) -> String {
    if text.len() > bounds::FIELD {
        let end = (0..=bounds::FIELD)
            .rev()
            .find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or(0));
    }
    text
}

/// The same where there may be none; an empty one says nothing.
pub(super) fn cut_or_none(text: Option<String>) -> Option<String> {
    text.map(cut).filter(|text| !text.is_empty())
}

/// A name as an answer repeats it: short, and without anything that a terminal would obey.
pub(super) fn short(name: &str) -> String {
    const LONGEST: usize = 60;
    on_one_line(name, LONGEST)
}

#[cfg(test)]
mod tests {
    use proto_types::Role;

    use super::*;

    #[test]
    fn a_hosts_name_is_a_dns_name_or_near_to_one() {
        let longest = "x".repeat(253);
        for name in ["web", "web-1.example.org", "0", "a_b", longest.as_str()] {
            assert_eq!(host_name(name), Ok(()), "{name}");
        }
        let too_long = "x".repeat(254);
        for name in ["", "-x", "a b", "a/b", "über", "a\n", too_long.as_str()] {
            assert!(host_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_token_has_a_name_and_expires_within_a_hundred_years() {
        let token = |name: &str, expires_in_seconds| {
            token(&CreateToken {
                name: name.to_owned(),
                role: Role::Reader,
                expires_in_seconds,
                certificate: None,
            })
        };
        assert_eq!(token("ci", None), Ok(()));
        assert_eq!(token("ci", Some(bounds::TOKEN_SECONDS)), Ok(()));
        for (name, seconds) in [
            ("", None),
            (&*"x".repeat(257), None),
            ("ci", Some(0)),
            ("ci", Some(u64::MAX)),
        ] {
            assert!(token(name, seconds).is_err(), "{name} {seconds:?}");
        }
    }

    #[test]
    fn a_text_is_cut_between_two_characters() {
        let text = cut("ü".repeat(600));
        assert_eq!((text.len(), text.chars().count()), (1024, 512));
        let text = cut(format!("x{}", "ü".repeat(600)));
        assert_eq!(text.len(), 1023);
    }

    #[test]
    fn a_name_is_repeated_short_and_harmless() {
        assert_eq!(short("web"), "web");
        assert_eq!(short("a\u{1b}[2J\u{202e}b"), "a\\x1b[2J\\u{202e}b");
        assert_eq!(short(&"x".repeat(61)).chars().count(), 60);
        assert!(short(&"x".repeat(61)).ends_with('…'));
    }
}
