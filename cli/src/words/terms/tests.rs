//! What each term means, and what each is refused with.
#![allow(clippy::unwrap_used)]

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
fn a_name_may_have_its_version_with_it() {
    for (term, means) in [
        ("openssl<3.0.15", "name eq openssl; version lt 3.0.15"),
        ("openssl < 3.0.15", "name eq openssl; version lt 3.0.15"),
        (
            "openssl>=3.0.0,<3.0.15",
            "name eq openssl; version ge 3.0.0; version lt 3.0.15",
        ),
        ("openssl=3.0.9", "name eq openssl; version eq 3.0.9"),
        ("openssl==3.0.9", "name eq openssl; version eq 3.0.9"),
        ("openssl!=3.0.9", "name eq openssl; version ne 3.0.9"),
        ("openssl@3.0.9", "name eq openssl; version eq 3.0.9"),
        ("openssl@3.0.*", "name eq openssl; version glob 3.0.*"),
        (
            "openssl@3.0.9-1~deb12u1",
            "name eq openssl; version eq 3.0.9-1~deb12u1",
        ),
        ("openssl=3.0.*", "name eq openssl; version glob 3.0.*"),
        ("lib*<3", "name glob lib*; version lt 3"),
        (
            "@babel/core@7.24.0",
            "name eq @babel/core; version eq 7.24.0",
        ),
        (
            "golang.org/x/net@v0.23.0",
            "name eq golang.org/x/net; version eq v0.23.0",
        ),
        ("perl<5.36", "name eq perl; version lt 5.36"),
        ("<3.0.15", "version lt 3.0.15"),
        ("=3.0.9", "version eq 3.0.9"),
        ("version>=3,<4", "version ge 3; version lt 4"),
    ] {
        assert_eq!(read(term), means, "{term}");
    }
    for (text, means) in [
        ("<3", "version lt 3"),
        (">=1, <2", "version ge 1; version lt 2"),
        ("3.0.*", "version glob 3.0.*"),
        ("3.0.9", "version eq 3.0.9"),
    ] {
        assert_eq!(shown(&version(text).unwrap()), means);
    }
}

#[test]
fn a_slip_in_a_fields_name_is_no_artifact() {
    for (term, near) in [
        ("verison<1", "did you mean `version`?"),
        ("versions=3", "did you mean `version`?"),
        ("source_versoin<1", "did you mean `source_version`?"),
        ("hots=web1", "did you mean `host`?"),
        ("colour=red", "known: name, type"),
        ("openssl~3", "known: name, type"),
    ] {
        let error = error(term);
        assert!(error.contains(near), "{term}: {error}");
    }
}

#[test]
fn an_image_is_meant_by_its_reference_or_its_digest() {
    let glob = "image_name glob {,*/}nginx:1.27{,@*}";
    for term in ["nginx:1.27", "image=nginx:1.27"] {
        assert_eq!(read(term), glob);
        assert_eq!(parse(term).unwrap().name, None);
    }
    assert_eq!(
        in_words(&parse("nginx:1.27").unwrap().matches[0]),
        "image=nginx:1.27"
    );
    assert_eq!(read("image=nginx"), "image_name glob {,*/}nginx{,:*,@*}");
    assert_eq!(
        read("localhost:5000/app:2"),
        "image_name glob {,*/}localhost:5000/app:2{,@*}"
    );
    let digits = "ab".repeat(32);
    let whole = format!("image_digest eq sha256:{digits}");
    for term in [
        digits.clone(),
        format!("sha256:{digits}"),
        format!("docker.io/library/nginx@sha256:{digits}"),
    ] {
        assert_eq!(read(&term), whole);
    }
    assert_eq!(read("sha256:AB"), "image_digest prefix sha256:ab");
    assert!(error("sha256:xy").contains("not an image digest"));
    assert!(error("image=").contains("no image is named"));
}

#[test]
fn other_tools_names_are_understood_or_refused_with_the_line_to_type() {
    assert_eq!(
        read("org.apache.logging.log4j:log4j-core:2.14.1"),
        "purl eq pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"
    );
    for (term, line) in [
        (
            "org.example:thing",
            "`assetctl find pkg:maven/org.example/thing`",
        ),
        ("npm:lodash", "`assetctl find lodash type=npm`"),
        ("pypi:requests", "`assetctl find requests type=python`"),
        ("openssl:amd64", "`assetctl find openssl`"),
        ("openssl 3.0.9", "`assetctl find openssl 'version=3.0.9*'`"),
        ("openssl libssl3", "`assetctl find '{openssl,libssl3}'`"),
        ("openssl version<3", "`assetctl find openssl 'version<3'`"),
        ("openssl,zlib", "`assetctl find '{openssl,zlib}'`"),
        ("host=web1,web2", "`assetctl find 'host={web1,web2}'`"),
        ("https://example.org/x", "`--image nginx:1.27`"),
        ("pkg:openssl", "pkg:deb/debian/openssl"),
        ("purl=openssl", "pkg:deb/debian/openssl"),
    ] {
        let error = error(term);
        assert!(error.contains(line), "{term}: {error}");
    }
}

#[test]
fn what_is_no_artifact_is_refused() {
    for id in [
        "CVE-2024-3094",
        "ghsa-rxwq-x6h5-x02r",
        "DSA-5649-1",
        "RHSA-2024:1234",
        "CVE-2024-3094<5",
    ] {
        let error = error(id);
        assert!(error.contains("is the id of an advisory"), "{error}");
    }
    for field in ["version", "host", "Version"] {
        let error = error(field);
        assert!(error.contains("is a field"), "{error}");
        assert!(error.contains("'version<3.0.15'"), "{error}");
    }
    assert_eq!(read("name=version"), "name eq version");
    for empty in ["name=", "version=", "host==", "type="] {
        assert!(error(empty).contains("variable of the shell"), "{empty}");
    }
}

#[test]
fn an_artifact_has_one_name() {
    let refused = |terms: &[&str]| format!("{:?}", read_all(&words(terms)).unwrap_err());
    let error = refused(&["openssl", "libssl3", "host=web*"]);
    assert!(
        error.contains("nothing is called both `openssl` and `libssl3`"),
        "{error}"
    );
    assert!(
        error.contains("`assetctl find '{openssl,libssl3}' 'host=web*'`"),
        "{error}"
    );
    let error = refused(&["openssl", "3.0.9"]);
    assert!(
        error.contains("`assetctl find openssl 'version=3.0.9*'`"),
        "{error}"
    );
    let error = refused(&["openssl<3", "libssl3<3"]);
    assert!(
        error.contains("`assetctl find '{openssl,libssl3}' 'version<3'`"),
        "{error}"
    );
    let error = refused(&["openssl<3", "libssl3<4"]);
    assert!(error.contains("ask for each by itself"), "{error}");
    let error = refused(&["lib*", "*ssl"]);
    assert!(error.contains("nothing is called both"), "{error}");
    let both = read_all(&words(&["name=lib*", "name=*ssl"])).unwrap();
    assert!(check_together(&both.matches).is_ok());
    let one = read_all(&words(&["openssl", "version<3", "host=a"])).unwrap();
    assert_eq!(one.names, ["openssl"]);
    let two = read_all(&words(&["host=a", "openssl", "host=b"])).unwrap();
    let error = format!("{:?}", check_together(&two.matches).unwrap_err());
    assert!(
        error.contains("nothing fits both `host=a` and `host=b`"),
        "{error}"
    );
    assert!(error.contains("'host={a,b}'"), "{error}");
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
