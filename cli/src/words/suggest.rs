//! "Did you mean": the known word that is nearest to one that isn't known.

/// How near a word must be: 1 is the same.
const NEAR: f64 = 0.75;
/// From how many letters on a word may hold two slips.
const LONG: usize = 8;

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
        // Of those that are as near, the first.
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, one)| one)
}

/// The name nearest to one that isn't known, as machines and images are named: `web1` and `web-1`
/// mean `web-01`, and so does `web` where several begin like that.
pub(crate) fn nearest_name<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = plain(word);
    let all = || known.iter().copied();
    let same = all().find(|one| self::plain(one) == plain);
    let beginning = || {
        let fitting = all().filter(|one| begins(one, word, &plain));
        fitting.min_by_key(|one| (one.len(), *one))
    };
    same.or_else(beginning).or_else(|| nearest(word, all()))
}

/// Whether a word is another but for one slip of the finger, or two where it is long.
pub(crate) fn is_slip(word: &str, of: &str) -> bool {
    let slips = strsim::damerau_levenshtein(&word.to_lowercase(), &of.to_lowercase());
    slips <= if word.chars().count() < LONG { 1 } else { 2 }
}

fn begins(name: &str, word: &str, plain: &str) -> bool {
    !plain.is_empty() && (name.starts_with(word) || self::plain(name).starts_with(plain))
}

/// A name without its case, its separators and the zeros in front of its numbers.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    let mut chars = name.chars().flat_map(char::to_lowercase).peekable();
    while let Some(one) = chars.next() {
        let in_number = plain.ends_with(|last: char| last.is_ascii_digit());
        let before_digit = chars.peek().is_some_and(char::is_ascii_digit);
        if !matches!(one, '-' | '_' | '.') && (one != '0' || in_number || !before_digit) {
            plain.push(one);
        }
    }
    plain
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
    use super::{hint, is_slip, nearest, nearest_name};

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

    #[test]
    fn a_machine_is_meant_by_its_name_without_zeros_and_dashes() {
        let known = ["db-01", "web-01", "web-02", "web-10", "web-14"];
        for (word, near) in [
            ("web1", "web-01"),
            ("web-1", "web-01"),
            ("WEB01", "web-01"),
            ("web", "web-01"),
            ("web-0", "web-01"),
            ("web-2", "web-02"),
            ("wbe-02", "web-02"),
            ("web-03", "web-01"),
        ] {
            assert_eq!(nearest_name(word, &known), Some(near), "{word}");
        }
        assert_eq!(nearest_name("zzz", &known), None);
    }

    #[test]
    fn one_slip_is_another_word_only_where_it_is_short() {
        assert!(is_slip("debain", "debian") && is_slip("Debian", "debian"));
        assert!(is_slip("almalniux", "almalinux"));
        assert!(!is_slip("fedora", "debian") && !is_slip("alpine", "almalinux"));
    }
}
