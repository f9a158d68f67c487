//! The short terms of `find`: `openssl`, `version<3.0.15`, `host=web*` become matches.

use model::{condition::GLOB_SIGNS, purl::is_purl};
use proto_types::{Field, Match, Op};

use crate::{
    error::{CliError, Result},
    words::{names::field_of, suggest},
};

/// The operators, longer ones first, since `<` also begins `<=`.
const OPERATORS: [(&str, Op); 7] = [
    ("!=", Op::Ne),
    ("<=", Op::Le),
    (">=", Op::Ge),
    ("=", Op::Eq),
    ("~", Op::Regex),
    ("<", Op::Lt),
    (">", Op::Gt),
];
/// The characters that operators begin with.
const SIGNS: [char; 5] = ['=', '!', '~', '<', '>'];

/// Whether a word has no operator and is no package URL: it is a name then, or a piece of one.
pub(crate) fn is_bare(word: &str) -> bool {
    first_sign(word).is_none() && !is_purl(word)
}

/// Where a term's operator begins. The `!` of a pattern such as `lib[!x]` begins none.
fn first_sign(term: &str) -> Option<usize> {
    let is_sign = |(at, sign): &(usize, &str)| *sign != "!" || !term[..*at].ends_with('[');
    let mut signs = term.match_indices(SIGNS);
    signs.find(is_sign).map(|(at, _)| at)
}

/// Reads one term.
///
/// Only the first operator counts: versions contain `~`, `=`, `:` and `+` themselves.
pub(crate) fn parse(term: &str) -> Result<Match> {
    let term = term.trim();
    if term.is_empty() {
        return Err(CliError::failed("an empty term finds nothing"));
    }
    if field_of(term) == Field::Purl {
        return spelled_out(Field::Purl, Op::Eq, term);
    }
    match first_sign(term) {
        None => with_globs(Field::Name, Op::Eq, term, term),
        Some(at) => with_operator(term, at),
    }
}

fn with_operator(term: &str, at: usize) -> Result<Match> {
    let (word, rest) = term.split_at(at);
    let Some((sign, op)) = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign)) else {
        return Err(
            CliError::failed(format!("`{term}` has no operator after `{word}`"))
                .hint("the operators are = != ~ < <= > >="),
        );
    };
    let field = field(word.trim()).map_err(|error| error.about(&format!("in `{term}`")))?;
    let value = rest[sign.len()..].trim_start();
    // `==`, `=~`, `=>` would silently look for a value that begins with the sign.
    if value.starts_with(['=', '~', '<', '>']) {
        return Err(
            CliError::failed(format!("`{term}` has two operators in a row")).hint(
                "the operators are = != ~ < <= > >=; `--match FIELD OP VALUE` takes any value",
            ),
        );
    }
    if value.is_empty() && !matches!(op, Op::Eq | Op::Ne) {
        return Err(CliError::failed(format!(
            "`{term}` has no value after `{sign}`"
        )));
    }
    with_globs(field, *op, value, term)
}

fn with_globs(field: Field, op: Op, value: &str, term: &str) -> Result<Match> {
    if !value.contains(GLOB_SIGNS) {
        return spelled_out(field, op, value);
    }
    match op {
        Op::Eq => spelled_out(field, Op::Glob, value),
        Op::Ne => Err(
            CliError::failed(format!("`{term}`: a pattern can't be negated")).hint(format!(
                "`--match {field} ne '{value}'` compares with the text as it stands"
            )),
        ),
        _ => spelled_out(field, op, value),
    }
}

#[allow(clippy::unnecessary_wraps)] // it ends every path of functions that can fail
fn spelled_out(field: Field, op: Op, value: &str) -> Result<Match> {
    let value = value.to_owned();
    Ok(Match { field, op, value })
}

/// Reads `--match FIELD OP VALUE`.
pub(crate) fn from_words(field_word: &str, op_word: &str, value: &str) -> Result<Match> {
    spelled_out(field(field_word)?, op(op_word)?, value)
}

fn field(word: &str) -> Result<Field> {
    Field::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = Field::ALL.iter().map(|one| one.as_str()).collect();
        CliError::failed(format!("`{word}` is not a field")).hint(suggest::hint(word, known))
    })
}

fn op(word: &str) -> Result<Op> {
    Op::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = Op::ALL.iter().map(|one| one.as_str()).collect();
        CliError::failed(format!("`{word}` is not an op")).hint(suggest::hint(word, known))
    })
}

/// A match as a person would say it: `openssl`, `<3.0.15`, `host=web*`.
pub(crate) fn in_words(one: &Match) -> String {
    let Match { field, op, value } = one;
    let sign = OPERATORS
        .iter()
        .find(|(_, known)| known == op)
        .map(|(sign, _)| *sign);
    match (field, op, sign) {
        (Field::Name, Op::Eq | Op::Glob, _) | (Field::Purl, Op::Eq, _) => value.clone(),
        (Field::Version, Op::Lt | Op::Le | Op::Gt | Op::Ge, Some(sign)) => {
            format!("{sign}{value}")
        }
        (_, Op::Glob, _) => format!("{field}={value}"),
        (_, _, Some(sign)) => format!("{field}{sign}{value}"),
        (_, _, None) => format!("{field} {op} {value}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{from_words, in_words, parse};

    fn read(term: &str) -> String {
        let one = parse(term).unwrap();
        format!("{} {} {}", one.field, one.op, one.value)
    }

    fn error(term: &str) -> String {
        format!("{:?}", parse(term).unwrap_err())
    }

    #[test]
    fn a_bare_word_is_a_name_and_a_purl_is_a_purl() {
        assert_eq!(read("openssl"), "name eq openssl");
        assert_eq!(read("libstdc++6"), "name eq libstdc++6");
        assert_eq!(read("@babel/core"), "name eq @babel/core");
        let purl = "pkg:deb/debian/x@1?arch=amd64";
        assert_eq!(read(purl), format!("purl eq {purl}"));
    }

    #[test]
    fn the_exclamation_mark_of_a_pattern_is_no_operator() {
        assert_eq!(read("lib[!x]"), "name glob lib[!x]");
        assert_eq!(read("host=web[!0-9]"), "host glob web[!0-9]");
        assert!(error("lib!x").contains("no operator after `lib`"));
    }

    #[test]
    fn every_operator_has_its_op() {
        assert_eq!(read("name=a"), "name eq a");
        assert_eq!(read("name!=a"), "name ne a");
        assert_eq!(read("name~^a.*$"), "name regex ^a.*$");
        assert_eq!(read("version<1"), "version lt 1");
        assert_eq!(read("version<=1"), "version le 1");
        assert_eq!(read("version>1"), "version gt 1");
        assert_eq!(read("version >= 1"), "version ge 1");
    }

    #[test]
    fn only_the_first_operator_counts_since_versions_hold_them_too() {
        assert_eq!(
            read("version<3.0.15-1~deb12u1"),
            "version lt 3.0.15-1~deb12u1"
        );
        assert_eq!(read("version=1:2.0+a=b"), "version eq 1:2.0+a=b");
        assert_eq!(read("version~1=2"), "version regex 1=2");
    }

    #[test]
    fn glob_characters_make_an_equal_a_glob() {
        for value in ["web*", "web?", "web[12]", "{a,b}"] {
            assert_eq!(read(&format!("host={value}")), format!("host glob {value}"));
        }
        assert_eq!(read("libssl*"), "name glob libssl*");
        assert_eq!(read("name~a*"), "name regex a*");
    }

    #[test]
    fn a_glob_cannot_be_negated_and_the_error_says_what_can() {
        let error = error("host!=web*");
        assert!(error.contains("can't be negated"), "{error}");
        assert!(error.contains("--match host ne"), "{error}");
    }

    #[test]
    fn doubled_operators_are_refused_rather_than_looked_for() {
        for term in [
            "name==a",
            "name=~a",
            "version=<1",
            "version=>1",
            "name!~a",
            "name!a",
        ] {
            assert!(error(term).contains("= != ~ < <= > >="), "{term}");
        }
    }

    #[test]
    fn an_unknown_field_or_op_gets_the_nearest_one() {
        assert!(error("verison<1").contains("did you mean `version`"));
        let wrong = format!("{:?}", from_words("name", "zzz", "x").unwrap_err());
        assert!(wrong.contains("known: eq, ne"), "{wrong}");
        let near = format!("{:?}", from_words("name", "contain", "x").unwrap_err());
        assert!(near.contains("did you mean `contains`"), "{near}");
    }

    #[test]
    fn a_value_may_be_empty_only_where_that_can_be_equal() {
        assert_eq!(read("distro="), "distro eq ");
        assert!(error("version<").contains("no value"));
        assert!(error("").contains("empty term"));
    }

    #[test]
    fn a_match_reads_back_as_it_is_typed() {
        for term in ["openssl", "host=web*", "name~^a", "type!=deb", "libssl*"] {
            assert_eq!(in_words(&parse(term).unwrap()), term);
        }
        assert_eq!(in_words(&parse("version<3.0.15").unwrap()), "<3.0.15");
        let spelled = from_words("name", "prefix", "lib").unwrap();
        assert_eq!(in_words(&spelled), "name prefix lib");
    }
}
