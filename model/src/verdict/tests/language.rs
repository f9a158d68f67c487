//! Packages of languages: names, owners, and versions that say nothing.

use proto_types::Artifact;

use super::{ANY, about, advisory, artifact, verdict};

fn with_purl(artifact: Artifact, purl: &str) -> Artifact {
    Artifact {
        purl: Some(purl.to_owned()),
        ..artifact
    }
}

/// Ecosystem and name of a record, type and name of an artifact, and whether they are one package.
#[rustfmt::skip]
const NAMES: &[(&str, &str, &str, &str, bool)] = &[
    ("PyPI", "Zope.Interface", "python", "zope_interface", true),
    ("npm", "@babel/core", "npm", "@babel/core", true),
    ("npm", "core", "npm", "@babel/core", false),
    ("Go", "github.com/gin-gonic/gin", "go-module", "github.com/gin-gonic/gin", true),
    ("Go", "github.com/foo/bar", "go-module", "github.com/foo/bar/v2", false),
    ("Go", "stdlib", "go-module", "stdlib", true),
    ("crates.io", "rand_core", "rust-crate", "rand_core", true),
    ("RubyGems", "rails", "gem", "rails", true),
    ("NuGet", "Newtonsoft.Json", "dotnet", "newtonsoft.json", true),
    ("Packagist", "symfony/http-kernel", "php-composer", "Symfony/http-kernel", true),
    ("Packagist:https://packages.drupal.org/8", "drupal/core", "php-composer", "drupal/core", true),
    ("Hex", "phoenix", "hex", "phoenix", true),
    ("Pub", "http", "dart-pub", "http", true),
    ("Bitnami", "nginx", "bitnami", "nginx", true),
    ("npm", "nginx", "bitnami", "nginx", false),
    ("Maven", "org.a:b", "java-archive", "org.a:b", true),
    ("GitHub Actions", "actions/checkout", "github-action", "actions/checkout", true),
];

#[test]
fn a_name_is_one_by_the_rules_of_its_ecosystem() {
    for (ecosystem, name, artifact_type, own, is_one) in NAMES {
        let record = about(ecosystem, name, "+0 -2.0.0");
        let package = artifact(artifact_type, own, "1.0.0");
        let found = verdict(&record, &package, ANY);
        let expected = match is_one {
            true => "affected 2.0.0",
            false => "silent",
        };
        assert_eq!(found, expected, "{ecosystem} {name} {own}");
    }
}

#[test]
fn a_java_archive_is_known_by_its_group_and_unknown_without_one() {
    let record = about(
        "Maven",
        "org.apache.logging.log4j:log4j-core",
        "+2.0 -2.15.0",
    );
    let judged = |version: &str, purl: &str| {
        let archive = artifact("java-archive", "log4j-core", version);
        verdict(&record, &with_purl(archive, purl), ANY)
    };
    let own = "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1";
    assert_eq!(judged("2.14.1", own), "affected 2.15.0");
    let other = "pkg:maven/com.example/log4j-core@2.14.1";
    assert_eq!(judged("2.14.1", other), "silent");
    // The scanner had no group, and wrote the name in its place.
    let guessed = "pkg:maven/log4j-core/log4j-core@2.14.1";
    assert_eq!(judged("2.14.1", guessed), "unknown");
    assert_eq!(judged("2.15.0", guessed), "fixed 2.15.0");
    // Scanners guess a part of it too, or more than there is.
    for guessed in ["org.apache.logging", "org.apache.logging.log4j.core"] {
        let purl = format!("pkg:maven/{guessed}/log4j-core@2.14.1");
        assert_eq!(judged("2.14.1", &purl), "unknown");
    }
    // Or they take the name of its bundle, which ends in the artifact's.
    let bundle = "pkg:maven/org.example.log4j.core/log4j-core@2.14.1";
    assert_eq!(judged("2.14.1", bundle), "unknown");
    let other = "pkg:maven/org.apache.log/log4j-core@2.14.1";
    assert_eq!(judged("2.14.1", other), "silent");
    // This one's group is called like it.
    let record = about("Maven", "commons-io:commons-io", "+0 -2.7");
    let archive = artifact("java-archive", "commons-io", "2.6");
    let archive = with_purl(archive, "pkg:maven/commons-io/commons-io@2.6");
    assert_eq!(verdict(&record, &archive, ANY), "affected 2.7");
}

#[test]
fn a_package_that_belongs_to_the_distribution_is_judged_by_its_advisories_alone() {
    let record = about("PyPI", "requests", "+0 -2.31.0");
    let package = artifact("python", "requests", "2.28.1");
    assert_eq!(verdict(&record, &package, ANY), "affected 2.31.0");
    let owned = Artifact {
        owned_by_os: true,
        ..package
    };
    assert_eq!(verdict(&record, &owned, ANY), "silent");
}

#[test]
fn go_s_versions_are_read_with_and_without_what_stands_in_front() {
    let record = about("Go", "stdlib", "+0 -1.21.8 +1.22.0 -1.22.1");
    let judged = |version| verdict(&record, &artifact("go-module", "stdlib", version), ANY);
    assert_eq!(judged("go1.22.0"), "affected 1.22.1");
    assert_eq!(judged("1.21.9"), "fixed 1.21.8");
    let mut record = about("Go", "example.com/x", "");
    record.affected[0].versions = vec!["1.2.3".to_owned()];
    let judged = |version| {
        verdict(
            &record,
            &artifact("go-module", "example.com/x", version),
            ANY,
        )
    };
    assert_eq!(judged("v1.2.3"), "affected");
    assert_eq!(judged("v1.2.4"), "not_affected");
}

#[test]
fn a_build_s_own_version_of_its_main_module_is_unknown_and_not_old() {
    let record = about("Go", "github.com/prometheus/prometheus", "+0 -2.50.0");
    let judged = |version| {
        let module = artifact("go-module", "github.com/prometheus/prometheus", version);
        verdict(&record, &module, ANY)
    };
    assert_eq!(judged("(devel)"), "unknown");
    assert_eq!(judged("v0.0.0-20240226145621-2c4a81e8d5a1"), "unknown");
    assert_eq!(judged(""), "unknown");
    // This one says which release it follows.
    assert_eq!(
        judged("v2.49.2-0.20240226145621-2c4a81e8d5a1"),
        "affected 2.50.0"
    );
}

#[test]
fn a_go_module_that_was_built_from_a_folder_has_no_version() {
    let record = about("Go", "k8s.io/apiserver", "+0 -0.15.10");
    let judged = |version| {
        verdict(
            &record,
            &artifact("go-module", "k8s.io/apiserver", version),
            ANY,
        )
    };
    assert_eq!(judged("v0.0.0"), "unknown");
    assert_eq!(judged("v0.0.1"), "affected 0.15.10");
}

#[test]
fn what_a_build_wrote_behind_a_python_version_doesn_t_count() {
    let judged = |events, version| {
        let record = about("PyPI", "torch", events);
        verdict(&record, &artifact("python", "torch", version), ANY)
    };
    assert_eq!(judged("+0 =2.0.1", "2.0.1+cu118"), "affected");
    assert_eq!(judged("+0 =2.0.1", "2.0.2+cu118"), "not_affected");
    assert_eq!(judged("+0 -2.0.1", "2.0.1+cu118"), "fixed 2.0.1");
    assert_eq!(judged("+0 -2.0.1", "2.0.0+cu118"), "affected 2.0.1");
    // A vendor's own fix.
    assert_eq!(judged("+0 -2.0.1+v2", "2.0.1+v1"), "affected 2.0.1+v2");
    let mut record = about("PyPI", "torch", "");
    record.affected[0].versions = vec!["2.0.1".to_owned()];
    let torch = artifact("python", "torch", "2.0.1+cu118");
    assert_eq!(verdict(&record, &torch, ANY), "affected");
}

#[test]
fn a_flavor_of_the_last_java_archive_that_is_affected_is_affected_too() {
    let record = about("Maven", "com.google.guava:guava", "+0 =29.0");
    let judged = |version: &str| {
        let guava = artifact("java-archive", "guava", version);
        verdict(
            &record,
            &with_purl(guava, "pkg:maven/com.google.guava/guava"),
            ANY,
        )
    };
    assert_eq!(judged("29.0"), "affected");
    assert_eq!(judged("29.0-jre"), "affected");
    assert_eq!(judged("29.0.1-jre"), "not_affected");
    assert_eq!(judged("30.0-jre"), "not_affected");
}

#[test]
fn the_platform_of_a_gem_is_no_prerelease() {
    let record = about("RubyGems", "nokogiri", "+0 -1.15.0");
    let judged = |version: &str| verdict(&record, &artifact("gem", "nokogiri", version), ANY);
    for platform in [
        "x86_64-linux",
        "java",
        "arm64-darwin",
        "aarch64-linux-gnu",
        "x64-mingw-ucrt",
    ] {
        let version = format!("1.15.0-{platform}");
        assert_eq!(judged(&version), "fixed 1.15.0", "{version}");
    }
    assert_eq!(judged("1.15.0-rc1"), "affected 1.15.0");
}

#[test]
fn a_dependency_s_pseudo_version_is_compared() {
    // Nobody's main module, and without tags until there were some.
    let record = about("Go", "golang.org/x/net", "+0 -0.7.0");
    let net = artifact(
        "go-module",
        "golang.org/x/net",
        "v0.0.0-20220722155237-a158d28d115b",
    );
    assert_eq!(verdict(&record, &net, ANY), "affected 0.7.0");
    let fixed = "+0 -0.0.0-20230101000000-abcdefabcdef";
    let record = about("Go", "example.com/x", fixed);
    let judged = |version| {
        verdict(
            &record,
            &artifact("go-module", "example.com/x", version),
            ANY,
        )
    };
    let old = "v0.0.0-20220722155237-a158d28d115b";
    assert_eq!(judged(old), "affected 0.0.0-20230101000000-abcdefabcdef");
    let new = "v0.0.0-20240722155237-a158d28d115b";
    assert_eq!(judged(new), "fixed 0.0.0-20230101000000-abcdefabcdef");
}

#[test]
fn a_revision_of_bitnami_s_packaging_is_no_prerelease() {
    let record = about("Bitnami", "nginx", "+0.6.18 -1.20.1");
    let judged = |version| verdict(&record, &artifact("bitnami", "nginx", version), ANY);
    assert_eq!(judged("1.20.1-3"), "fixed 1.20.1");
    assert_eq!(judged("1.20.0-3"), "affected 1.20.1");
    let record = about("Bitnami", "nginx", "+0 =1.20.1");
    let judged = |version| verdict(&record, &artifact("bitnami", "nginx", version), ANY);
    assert_eq!(judged("1.20.1-3"), "affected");
    assert_eq!(judged("1.20.2-0"), "not_affected");
    // Some bounds have a revision themselves, or one that belongs to the version.
    let record = about("Bitnami", "cassandra", "+0 -4.0.20-0");
    let judged = |version| verdict(&record, &artifact("bitnami", "cassandra", version), ANY);
    assert_eq!(judged("4.0.20-0"), "fixed 4.0.20-0");
    assert_eq!(judged("4.0.19-7"), "affected 4.0.20-0");
    let record = about("Bitnami", "java", "+17.0.3-1 =17.0.3-1");
    let judged = |version| verdict(&record, &artifact("bitnami", "java", version), ANY);
    assert_eq!(judged("17.0.3-1-2"), "affected");
    assert_eq!(judged("17.0.10-13-0"), "not_affected");
}

#[test]
fn an_action_that_is_named_by_a_commit_has_no_version() {
    let record = about("GitHub Actions", "actions/checkout", "+0 -4.1.0");
    let judged = |version| {
        let action = artifact("github-action", "actions/checkout", version);
        verdict(&record, &action, ANY)
    };
    assert_eq!(judged("v3.6.0"), "affected 4.1.0");
    assert_eq!(judged("4.2.0"), "fixed 4.1.0");
    let commit = "8ade135a41bc03ea155e62e844d188df1ea18608";
    assert_eq!(judged(commit), "unknown");
    assert_eq!(judged("main"), "unknown");
}

#[test]
fn a_bound_that_can_t_be_read_makes_it_unknown() {
    let record = about(
        "Bitnami",
        "openbao",
        "+0 -0.0.0-20250806193153-183891f8d535",
    );
    let openbao = artifact("bitnami", "openbao", "2.3.1-0");
    assert_eq!(verdict(&record, &openbao, ANY), "unknown");
    // What the record says of releases counts.
    let record = about(
        "Bitnami",
        "openbao",
        "+0 -0.0.0-20250806193153-183891f8d535 +0.0.1 -2.3.2",
    );
    assert_eq!(verdict(&record, &openbao, ANY), "affected 2.3.2");
    let fixed = artifact("bitnami", "openbao", "2.4.2");
    assert_eq!(verdict(&record, &fixed, ANY), "fixed 2.3.2");
    let before = artifact("bitnami", "openbao", "0.0.0-20250101000000-183891f8d535");
    assert_eq!(verdict(&record, &before, ANY), "unknown");
    let record = about("PyPI", "pytz", "+0 -2004d");
    assert_eq!(
        verdict(&record, &artifact("python", "pytz", "2024.1"), ANY),
        "unknown"
    );
}

/// A tag, the events of a record, and what comes of it.
#[rustfmt::skip]
const TAGS: &[(&str, &str, &str)] = &[
    // What the tag was on at the time may be before the fix or behind it.
    ("v4", "+0 -4.1.7", "unknown"),
    ("v4", "+4.0.0 -4.1.7", "unknown"),
    ("v4.1", "+0 -4.1.7", "unknown"),
    ("4", "+0 -4.1.7", "unknown"),
    ("v4", "+0 =4.0.0", "unknown"),
    ("v4", "+0 -3.5.1 +4.0.0 -4.1.7", "unknown"),
    ("v3", "+0 -3.5.1 +4.0.0 -4.1.7", "unknown"),
    // All that it can have been on are on one side.
    ("v3", "+0 -4.1.7", "affected 4.1.7"),
    ("v5", "+0 -4.1.7", "fixed 4.1.7"),
    ("v4", "+0 -4.0.0", "fixed 4.0.0"),
    ("v4.2", "+0 -4.1.7", "fixed 4.1.7"),
    ("v2", "+0 -3.5.1 +4.0.0 -4.1.7", "affected 3.5.1"),
    ("v4", "+0", "affected"),
    ("v4.1.7", "+0 -4.1.7", "fixed 4.1.7"),
    ("v4.1.6", "+0 -4.1.7", "affected 4.1.7"),
];

#[test]
fn a_tag_of_an_action_moves_and_is_known_only_where_all_of_its_versions_are_on_one_side() {
    for (tag, events, expected) in TAGS {
        let record = about("GitHub Actions", "actions/download-artifact", events);
        let action = artifact("github-action", "actions/download-artifact", tag);
        assert_eq!(verdict(&record, &action, ANY), *expected, "{tag} {events}");
    }
    let mut record = about("GitHub Actions", "tj-actions/changed-files", "");
    record.affected[0].versions = vec!["45.0.7".to_owned()];
    let judged = |tag| {
        let action = artifact("github-action", "tj-actions/changed-files", tag);
        verdict(&record, &action, ANY)
    };
    assert_eq!(judged("v45"), "unknown");
    assert_eq!(judged("v44"), "not_affected");
    assert_eq!(judged("v45.0.7"), "affected");
    assert_eq!(judged("45.0.7"), "affected");
}

/// The events of a record about `example.com/x`, the version of its `/v2`, and what comes of it.
#[rustfmt::skip]
const MAJORS: &[(&str, &str, &str)] = &[
    // It speaks of versions from 2.0.0 on, which only have a path with /v2.
    ("+2.0.0 -2.3.1", "v2.3.0", "affected 2.3.1"),
    ("+2.0.0 -2.3.1", "v2.3.1", "fixed 2.3.1"),
    ("+0 -2.3.1", "v2.1.0", "affected 2.3.1"),
    ("+0 -3.1.0", "v2.1.0", "affected 3.1.0"),
    ("+2.1.0", "v2.1.0", "affected"),
    ("+0 -1.5.0 +2.0.0 =2.2.0", "v2.1.0", "affected"),
    // The versions before 2.0.0 alone: of another module.
    ("+0 -1.5.0", "v2.1.0", "silent"),
    ("+1.0.0 =1.5.0", "v2.1.0", "silent"),
    ("+0 -2.0.0", "v2.1.0", "silent"),
    // All versions, which may be those of this path or not.
    ("+0", "v2.1.0", "unknown"),
    ("+1.2.0", "v2.1.0", "unknown"),
    ("+0 **", "v2.1.0", "unknown"),
];

#[test]
fn a_record_may_name_a_go_module_without_its_major_version() {
    for (events, version, expected) in MAJORS {
        let record = about("Go", "example.com/x", events);
        let module = artifact("go-module", "example.com/x/v2", version);
        let found = verdict(&record, &module, ANY);
        assert_eq!(found, *expected, "{events} {version}");
    }
    let mut record = about("Go", "Example.com/X", "");
    record.affected[0].versions = vec!["2.1.0".to_owned()];
    let module = artifact("go-module", "example.com/x/v2", "v2.1.0");
    assert_eq!(verdict(&record, &module, ANY), "affected");
    // And not the other way round, nor by another major version.
    let record = about("Go", "example.com/x/v2", "+0 -2.3.1");
    for path in ["example.com/x", "example.com/x/v3"] {
        let module = artifact("go-module", path, "v1.0.0");
        assert_eq!(verdict(&record, &module, ANY), "silent", "{path}");
    }
}

#[test]
fn a_record_that_names_the_major_version_of_a_go_module_means_it_there() {
    let record = advisory(
        "GHSA-x",
        &[
            ("Go", "example.com/x", "+0"),
            ("Go", "example.com/x/v2", "+0 -2.3.1"),
        ],
    );
    let judged = |version| {
        let module = artifact("go-module", "example.com/x/v2", version);
        verdict(&record, &module, ANY)
    };
    assert_eq!(judged("v2.3.0"), "affected 2.3.1");
    assert_eq!(judged("v2.3.1"), "fixed 2.3.1");
}
