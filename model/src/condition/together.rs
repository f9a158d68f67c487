//! Conditions that can't all hold: whoever asks for two names at once gets an answer that is empty
//! whatever runs, and proves nothing.

use proto_types::{Field, Match, Op};

use super::{one::Condition, pattern::Room, unusable::Unusable};

/// The first two of some matches that nothing fits both of, where there are such.
///
/// Only what is plain is found: a field that is to be one text, and something else besides. Several
/// digests may name one image, and several package URLs one package.
///
/// # Errors
/// [`Unusable`] where a match can't be used.
pub fn contradiction(matches: &[Match]) -> Result<Option<(&Match, &Match)>, Unusable> {
    let room = Room::of(matches)?;
    let exact = matches
        .iter()
        .enumerate()
        .filter(|(_, one)| one.op == Op::Eq && is_one_text(one.field));
    for (place, exact) in exact {
        for (other_place, other) in matches.iter().enumerate() {
            if other_place == place || other.field != exact.field || other.op.is_ordering() {
                continue;
            }
            if !Condition::new(other.clone(), &room)?.fits(&exact.value) {
                let (first, second) = match place < other_place {
                    true => (exact, other),
                    false => (other, exact),
                };
                return Ok(Some((first, second)));
            }
        }
    }
    Ok(None)
}

const fn is_one_text(field: Field) -> bool {
    !matches!(field, Field::ImageDigest | Field::Purl)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proto_types::{Field, Match, Op};

    use super::contradiction;

    fn is(field: Field, op: Op, value: &str) -> Match {
        let value = value.to_owned();
        Match { field, op, value }
    }

    #[test]
    fn a_field_that_is_to_be_two_things_at_once_is_found() {
        let openssl = is(Field::Name, Op::Eq, "openssl");
        for other in [
            is(Field::Name, Op::Eq, "libssl3"),
            is(Field::Name, Op::Ne, "openssl"),
            is(Field::Name, Op::Glob, "lib*"),
            is(Field::Name, Op::Regex, "^lib"),
            is(Field::Name, Op::Prefix, "lib"),
        ] {
            let both = [openssl.clone(), other.clone()];
            assert_eq!(contradiction(&both), Ok(Some((&both[0], &both[1]))));
            let both = [other, openssl.clone()];
            assert_eq!(contradiction(&both), Ok(Some((&both[0], &both[1]))));
        }
    }

    #[test]
    fn what_may_hold_at_once_is_left_alone() {
        for (one, other) in [
            (is(Field::Name, Op::Eq, "a"), is(Field::Name, Op::Eq, "a")),
            (is(Field::Name, Op::Eq, "a"), is(Field::Name, Op::Ne, "b")),
            (is(Field::Name, Op::Eq, "a"), is(Field::Source, Op::Eq, "b")),
            (
                is(Field::Name, Op::Glob, "a*"),
                is(Field::Name, Op::Glob, "*b"),
            ),
            (
                is(Field::Version, Op::Eq, "1"),
                is(Field::Version, Op::Lt, "2"),
            ),
            (
                is(Field::Purl, Op::Eq, "pkg:npm/a"),
                is(Field::Purl, Op::Eq, "pkg:npm/a@1"),
            ),
        ] {
            assert_eq!(contradiction(&[one, other]), Ok(None));
        }
    }
}
