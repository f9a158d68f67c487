//! "Did you mean": the known word that is nearest to one that isn't known.

/// How near a word must be: 1 is the same.
const NEAR: f64 = 0.75;

/// The known word nearest to `word`, where one is near at all.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearer_than(NEAR, word, known)
}

/// The same with a word of its own on how near it must be.
pub(crate) fn nearer_than<'a>(
    bound: f64,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    known
        .into_iter()
        .map(|one| (likeness(word, one), one))
        .filter(|(near, _)| *near >= bound)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, one)| one)
}

fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase())
}

/// "did you mean `x`?", or the list of what is known.
pub(crate) fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(word, known.clone()) {
        Some(one) => format!("did you mean `{one}`?"),
        None => {
            let all: Vec<&str> = known.into_iter().collect();
            format!("known: {}", all.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{hint, nearest};

    const WORDS: [&str; 4] = ["name", "version", "host", "image_name"];

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        assert_eq!(nearest("verison", WORDS), Some("version"));
        assert_eq!(nearest("Host", WORDS), Some("host"));
    }

    #[test]
    fn a_word_that_is_near_to_none_gets_the_whole_list() {
        assert_eq!(nearest("zzz", WORDS), None);
        assert_eq!(hint("zzz", WORDS), "known: name, version, host, image_name");
    }
}
