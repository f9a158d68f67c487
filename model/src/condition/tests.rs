//! What conditions match.
#![allow(clippy::unwrap_used)]

use globset::GlobBuilder;
use proptest::prelude::*;
use proto_types::{Artifact, Field, Match, Op};

use super::{AnyOf, Condition, Room, Unusable};

fn asked(field: Field, op: Op, value: &str) -> Match {
    let value = value.to_owned();
    Match { field, op, value }
}

fn condition(field: Field, op: Op, value: &str) -> Result<Condition, Unusable> {
    let one = asked(field, op, value);
    let room = Room::of([&one]).unwrap();
    Condition::new(one, &room)
}

fn fits(op: Op, value: &str, text: &str) -> bool {
    condition(Field::Name, op, value).unwrap().fits(text)
}

fn refused(op: Op, value: &str) -> String {
    condition(Field::Name, op, value).unwrap_err().message
}

fn dmsetup() -> Artifact {
    Artifact {
        artifact_type: "deb".to_owned(),
        name: "dmsetup".to_owned(),
        version: "2:1.02.185-2".to_owned(),
        purl: Some("pkg:deb/debian/dmsetup@2%3A1.02.185-2?arch=amd64".to_owned()),
        source: Some("lvm2".to_owned()),
        source_version: Some("2.03.16-2".to_owned()),
        module: None,
        ..Artifact::default()
    }
}

fn fits_dmsetup(field: Field, op: Op, value: &str) -> bool {
    condition(field, op, value)
        .unwrap()
        .fits_artifact(&dmsetup())
}

#[test]
fn text_is_compared_as_it_stands() {
    assert!(fits(Op::Eq, "zlib", "zlib") && !fits(Op::Eq, "zlib", "Zlib"));
    assert!(fits(Op::Ne, "zlib", "zlib1g") && !fits(Op::Ne, "zlib", "zlib"));
    assert!(fits(Op::Contains, "li", "zlib") && fits(Op::Prefix, "zl", "zlib"));
    assert!(!fits(Op::Prefix, "li", "zlib"));
}

#[test]
fn a_glob_and_a_regular_expression_count_characters_and_not_bytes() {
    for (glob, text) in [
        ("lib?", "libé"),
        ("lib[é]", "libé"),
        ("lib[!x]", "libé"),
        ("lib[à-ü]", "libé"),
        ("日??", "日本語"),
        ("*é*", "café au lait"),
    ] {
        assert!(fits(Op::Glob, glob, text), "{glob} {text}");
    }
    assert!(!fits(Op::Glob, "lib??", "libé"));
    assert!(!fits(Op::Glob, "lib[!é]", "libé"));
    assert!(fits(Op::Regex, "^lib.$", "libé") && fits(Op::Regex, "[[:alpha:]]", "b"));
}

#[test]
fn a_glob_fits_the_whole_text() {
    for (glob, text, fits_it) in [
        ("lib*", "libssl3", true),
        ("lib*", "zlib", false),
        ("lib*[0-9]", "libssl3", true),
        ("{lib,z}*", "zlib", true),
        ("{a,{b,c}}d", "cd", true),
        ("{,x}y", "y", true),
        ("a,b", "a,b", true),
        (r"\*", "*", true),
        (r"\*", "x", false),
        ("a.c", "abc", false),
        ("[]]", "]", true),
        ("[a-]", "-", true),
        ("*", "two\nlines/and a slash", true),
        ("**", "", true),
        ("?", "\n", true),
    ] {
        assert_eq!(fits(Op::Glob, glob, text), fits_it, "{glob} {text}");
    }
}

#[test]
fn a_pattern_that_cannot_be_used_says_why() {
    for (glob, why) in [
        ("[a", "a `[` is never closed"),
        ("[]", "a `[` is never closed"),
        ("{a", "a `{` is never closed"),
        ("a}", "closes nothing"),
        ("[z-a]", "the range `z-a` goes down"),
        ("a\\", "at the end"),
        (&"{".repeat(2000), "never closed"),
        (
            &format!("{}{}", "{".repeat(2000), "}".repeat(2000)),
            "too deep or too large",
        ),
    ] {
        let said = refused(Op::Glob, glob);
        assert!(
            said.contains("is not a usable glob") && said.contains(why),
            "{said}"
        );
    }
    let said = refused(Op::Regex, "(a");
    assert!(
        said.ends_with("is not a usable regular expression: unclosed group"),
        "{said}"
    );
    assert!(refused(Op::Regex, r"\w{500}").contains("size limit"));
}

#[test]
fn many_patterns_share_the_room_that_one_question_has() {
    let patterns = |count| vec![asked(Field::Name, Op::Regex, r"\w{14}N"); count];
    let compile = |matches: Vec<Match>| {
        let room = Room::of(&matches)?;
        matches
            .into_iter()
            .map(|one| Condition::new(one, &room))
            .collect::<Result<Vec<_>, _>>()
    };
    assert_eq!(compile(patterns(8)).unwrap().len(), 8);
    assert!(
        compile(patterns(64))
            .unwrap_err()
            .message
            .contains("size limit")
    );
    let too_many = compile(patterns(65)).unwrap_err();
    assert!(
        too_many
            .message
            .contains("65 globs and regular expressions"),
        "{too_many}"
    );
}

#[test]
fn versions_and_source_versions_are_ordered_and_nothing_else_is() {
    assert!(fits_dmsetup(Field::SourceVersion, Op::Lt, "2.03.17"));
    assert!(fits_dmsetup(Field::SourceVersion, Op::Ge, "2.03.16-2"));
    assert!(!fits_dmsetup(Field::SourceVersion, Op::Gt, "2.03.16-2"));
    // Its own version is of another epoch, and newer by that.
    assert!(!fits_dmsetup(Field::Version, Op::Lt, "2.03.17"));
    let unknown = Artifact {
        source_version: None,
        ..dmsetup()
    };
    for op in [Op::Lt, Op::Ge] {
        let one = condition(Field::SourceVersion, op, "1").unwrap();
        assert!(!one.fits_artifact(&unknown));
    }
    let error = condition(Field::Source, Op::Lt, "1").unwrap_err();
    assert_eq!(error.message, "`lt` can't order the field `source`");
    assert_eq!(
        error.hint.as_deref(),
        Some("lt, le, gt and ge look at `version` and `source_version` only")
    );
    assert_eq!(
        condition(Field::SourceVersion, Op::Lt, " ")
            .unwrap_err()
            .message,
        "`source_version lt` has no version to compare with"
    );
}

#[test]
fn a_purl_is_compared_as_the_package_that_it_means() {
    assert!(fits_dmsetup(Field::Purl, Op::Eq, "pkg:deb/debian/dmsetup"));
    assert!(!fits_dmsetup(Field::Purl, Op::Ne, "pkg:deb/debian/dmsetup"));
    assert!(fits_dmsetup(Field::Purl, Op::Ne, "pkg:deb/debian/lvm2"));
    // All other ops look at its text, as does a value that is no package URL.
    assert!(fits_dmsetup(
        Field::Purl,
        Op::Prefix,
        "pkg:deb/debian/dmsetup@2%3A"
    ));
    assert!(!fits_dmsetup(
        Field::Purl,
        Op::Prefix,
        "pkg:deb/debian/dmsetup@2:"
    ));
    assert!(fits_dmsetup(Field::Purl, Op::Glob, "pkg:deb/*?arch=amd64"));
    assert!(!fits_dmsetup(Field::Purl, Op::Eq, "") && fits_dmsetup(Field::Purl, Op::Ne, ""));
}

#[test]
fn what_is_not_known_is_the_empty_text() {
    assert!(fits_dmsetup(Field::Module, Op::Eq, ""));
    assert!(!fits_dmsetup(Field::Module, Op::Prefix, "nodejs"));
    assert!(!fits_dmsetup(Field::Host, Op::Ne, "web1"));
}

#[test]
fn a_nul_is_looked_for_as_it_is_kept() {
    assert!(fits(Op::Eq, "n\0ul", "n\u{fffd}ul") && fits(Op::Glob, "n\0*", "n\u{fffd}ul"));
}

#[test]
fn of_several_texts_one_has_to_fit_and_none_may_be_excluded() {
    let names = ["web", "db"];
    let one = |op, value| {
        condition(Field::ImageName, op, value)
            .unwrap()
            .fits_texts(names)
    };
    assert!(one(Op::Eq, "db") && one(Op::Glob, "w*") && !one(Op::Eq, "x"));
    assert!(one(Op::Ne, "x") && !one(Op::Ne, "db"));
}

#[test]
fn any_of_a_list_has_to_fit() {
    let list = vec![
        asked(Field::Name, Op::Eq, "zlib"),
        asked(Field::Purl, Op::Eq, "pkg:deb/debian/dmsetup@2:1.02.185-2"),
        asked(Field::Purl, Op::Eq, "pkg:deb/debian/openssl"),
        asked(Field::Version, Op::Prefix, "9."),
    ];
    let any = AnyOf::new(list, &Room::of([]).unwrap()).unwrap();
    let named = |name: &str, version: &str| Artifact {
        artifact_type: "deb".to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        ..Artifact::default()
    };
    assert!(any.fits_artifact(&dmsetup()));
    assert!(any.fits_artifact(&named("zlib", "1")));
    assert!(any.fits_artifact(&named("openssl", "1")));
    assert!(any.fits_artifact(&named("x", "9.1")));
    assert!(!any.fits_artifact(&named("x", "8")));
    assert!(AnyOf::default().fits_artifact(&named("x", "8")));
    let host = vec![asked(Field::Host, Op::Eq, "web1")];
    let error = AnyOf::new(host, &Room::of([]).unwrap()).unwrap_err();
    assert!(error.message.contains("can't look at `host`"), "{error}");
}

proptest! {
    #[test]
    fn no_text_makes_a_pattern_panic(
        value in ".*|[a-c*?\\[\\]{},!^\\\\-]{0,40}|[(){}|*+?\\[\\]\\\\^$.a-c0-9]{0,30}",
        text in ".*",
    ) {
        for op in Op::ALL {
            if let Ok(one) = condition(Field::Name, *op, &value) {
                let _ = one.fits(&text);
            }
        }
    }

    #[test]
    fn a_text_fits_itself_with_its_signs_escaped(text in ".*") {
        let escaped: String = text.chars().flat_map(|one| ['\\', one]).collect();
        let kept = crate::text::without_nul(text);
        prop_assert!(fits(Op::Glob, &escaped, &kept));
    }

    #[test]
    fn one_question_mark_is_one_character(text in "\\PC{0,12}") {
        let marks = "?".repeat(text.chars().count());
        prop_assert!(fits(Op::Glob, &marks, &text));
        let marks = format!("{marks}?");
        prop_assert!(!fits(Op::Glob, &marks, &text));
    }

    /// globset reads globs of ASCII as they are read here, but for `**`, which walks folders there.
    #[test]
    fn globs_of_ascii_fit_as_globset_has_them(
        glob in "([abc/.-]|\\*[abc]|\\?|\\[!?[ab][bc-]?\\]|\\{[ab]{1,2}(,[ab?]{1,2}){0,2}\\}|\\\\[*?\\[{]){0,6}",
        text in "[abc/.*?\\[{-]{0,8}",
    ) {
        if let Ok(known) = GlobBuilder::new(&glob).literal_separator(false).build() {
            let known = known.compile_matcher();
            prop_assert_eq!(fits(Op::Glob, &glob, &text), known.is_match(&text), "{} {}", glob, text);
        }
    }
}
