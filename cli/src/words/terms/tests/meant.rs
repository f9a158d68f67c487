//! What people type first: understood as it is meant, or refused with the line to type.

use super::*;

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
        assert!(error(empty).contains("shell variable"), "{empty}");
    }
}

#[test]
fn an_artifact_has_one_name() {
    let refused = |terms: &[&str]| format!("{:?}", read_all(&words(terms)).unwrap_err());
    let error = refused(&["openssl", "libssl3", "host=web*"]);
    assert!(
        error.contains("nothing is named both `openssl` and `libssl3`"),
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
    assert!(error.contains("search for each separately"), "{error}");
    let error = refused(&["lib*", "*ssl"]);
    assert!(error.contains("nothing is named both"), "{error}");
    let both = read_all(&words(&["name=lib*", "name=*ssl"])).unwrap();
    assert!(check_together(&both.matches).is_ok());
    let one = read_all(&words(&["openssl", "version<3", "host=a"])).unwrap();
    assert_eq!(one.names, ["openssl"]);
    let two = read_all(&words(&["host=a", "openssl", "host=b"])).unwrap();
    let error = format!("{:?}", check_together(&two.matches).unwrap_err());
    assert!(
        error.contains("nothing matches both `host=a` and `host=b`"),
        "{error}"
    );
    assert!(error.contains("'host={a,b}'"), "{error}");
}
