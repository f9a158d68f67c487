//! What each term means, and what each is refused with.
#![allow(clippy::unwrap_used)]

mod meant;

use super::{check_together, from_words, in_words, parse, read as read_all, typed, version};

fn shown(matches: &[proto_types::Match]) -> String {
    let shown: Vec<String> = matches
        .iter()
        .map(|one| format!("{} {} {}", one.field, one.op, one.value))
        .collect();
    shown.join("; ")
}

fn read(term: &str) -> String {
    shown(&parse(term).unwrap().matches)
}

fn error(term: &str) -> String {
    format!("{:?}", parse(term).unwrap_err())
}

fn words(terms: &[&str]) -> Vec<String> {
    terms.iter().map(|&one| one.to_owned()).collect()
}

#[test]
fn a_bare_word_is_a_name_and_a_purl_is_a_purl() {
    for name in [
        "openssl",
        "libstdc++6",
        "@babel/core",
        "postgresql-16",
        "Net::SSLeay",
        "github.com/gin-gonic/gin",
    ] {
        assert_eq!(read(name), format!("name eq {name}"));
        assert_eq!(parse(name).unwrap().name.as_deref(), Some(name));
    }
    let purl = "pkg:deb/debian/x@1?arch=amd64";
    assert_eq!(read(purl), format!("purl eq {purl}"));
    assert_eq!(read(&format!("purl={purl}")), format!("purl eq {purl}"));
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
    assert_eq!(read("name==a"), "name eq a");
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
        "name===a",
        "name=~a",
        "version=<1",
        "version=>1",
        "name!~a",
        "name!a",
        "openssl~=3",
    ] {
        assert!(error(term).contains("= != ~ < <= > >="), "{term}");
    }
}

#[test]
fn an_unknown_field_or_op_gets_the_nearest_one() {
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
    for term in [
        "openssl",
        "host=web*",
        "name~^a",
        "type!=deb",
        "libssl*",
        "image=nginx",
    ] {
        let one = &parse(term).unwrap().matches[0];
        assert_eq!(in_words(one), term);
        let again = parse(&typed(one).unwrap()).unwrap();
        assert_eq!(again.matches[0], *one);
        assert_eq!(again.name, None);
    }
    assert_eq!(
        in_words(&parse("version<3.0.15").unwrap().matches[0]),
        "<3.0.15"
    );
    let spelled = from_words("name", "prefix", "lib").unwrap();
    assert_eq!(in_words(&spelled), "name prefix lib");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".*|[a-c0-9@:/,*?\\[\\]{}!^~=<> .'\\\\-]{0,40}") {
        let _ = parse(&text);
        let _ = version(&text);
    }
}
