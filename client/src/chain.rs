//! An error and everything behind it, as text.

use std::{error::Error, iter};

/// The error's own sentence and then each of its causes, the deepest last.
///
/// Wrappers that only repeat what they wrap are left out.
pub fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = String> + 'a {
    let all = iter::successors(Some(error), |&one| one.source()).map(ToString::to_string);
    let mut last = String::new();
    all.filter(move |one| {
        let is_new = *one != last;
        last.clone_from(one);
        is_new
    })
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::chain;

    #[derive(Debug, thiserror::Error)]
    #[error("{what}")]
    struct Wrapper {
        what: &'static str,
        #[source]
        source: io::Error,
    }

    #[test]
    fn causes_follow_their_error_and_none_is_said_twice_in_a_row() {
        let wrapped = |what| Wrapper {
            what,
            source: io::Error::other("broken"),
        };
        let said = |error: &Wrapper| chain(error).collect::<Vec<_>>();
        assert_eq!(said(&wrapped("no answer")), ["no answer", "broken"]);
        assert_eq!(said(&wrapped("broken")), ["broken"]);
    }
}
