//! Versions are ordered as each artifact's own ecosystem orders them.

use std::process::Command;

use e2e::{Fleet, Lab, Package, run};
use proto_types::FindResponse;

/// The artifacts that terms find, each as `type version`, sorted.
fn found(terms: &[&str]) -> Vec<String> {
    let arguments = [&["find"], terms, &["-o", "json", "--limit", "0"]].concat();
    let said = Fleet::get().server.assetctl(&arguments);
    // A bound without the epoch that runs is answered as it is typed, but proves nothing.
    assert!(matches!(said.status, Some(0 | 1 | 3)), "{said:?}");
    let response: FindResponse = said.read();
    let results = response.results.unwrap_or_default();
    let mut found: Vec<String> = results
        .iter()
        .map(|one| format!("{} {}", one.artifact_type, one.version))
        .collect();
    found.sort();
    found.dedup();
    found
}

fn openssl(image: &str) -> &'static Package {
    let mut packages = Lab::get().image(image).packages_of("openssl");
    packages.next().expect("the image holds openssl")
}

/// What dpkg itself says.
fn dpkg_says(a: &str, op: &str, b: &str) -> bool {
    let status = Command::new("dpkg")
        .args(["--compare-versions", a, op, b])
        .status();
    status.expect("dpkg is there").success()
}

/// What rpm itself says: below 0, 0 or above.
fn rpm_says(a: &str, b: &str) -> i32 {
    let script = format!("%{{lua:print(rpm.vercmp('{a}','{b}'))}}");
    let said = run(Command::new("rpm").args(["--eval", &script]));
    said.parse().expect("rpm prints a number")
}

#[test]
fn two_debian_suites_are_told_apart_as_dpkg_does() {
    let (old, new) = (&openssl("web").version, &openssl("db").version);
    let upstream = old.split('-').next().expect("a version has a beginning");
    let bounds = [
        old.clone(),
        new.clone(),
        upstream.to_owned(),
        format!("{old}+b1"),
        format!("{old}~rc1"),
        "3.1".to_owned(),
        "3.5".to_owned(),
        "3.10".to_owned(),
        "1:0".to_owned(),
        "0:3.2".to_owned(),
    ];
    for bound in &bounds {
        for (sign, op) in [("<", "lt"), ("<=", "le"), (">", "gt"), (">=", "ge")] {
            let term = format!("version{sign}{bound}");
            let expected: Vec<String> = [old, new]
                .into_iter()
                .filter(|version| dpkg_says(version, op, bound))
                .map(|version| format!("deb {version}"))
                .collect();
            assert_eq!(found(&["openssl", "type=deb", &term]), expected, "{term}");
        }
    }
}

#[test]
fn an_rpm_with_an_epoch_is_newer_than_any_without() {
    let version = &openssl("rhel").version;
    assert!(version.starts_with("1:"), "{version}");
    for bound in [
        "1:3.0.7-28.el9",
        "1:3.0.7-27.el9",
        "1:3.0.7-3.el9",
        "1:3.0.10-1.el9",
        "2:1-1",
    ] {
        let below = rpm_says(
            version.trim_start_matches("1:"),
            bound.trim_start_matches("1:"),
        ) < 0;
        let below = below || bound.starts_with("2:");
        let expected = if below {
            vec![format!("rpm {version}")]
        } else {
            vec![]
        };
        let term = format!("version<{bound}");
        assert_eq!(found(&["openssl", "type=rpm", &term]), expected, "{term}");
    }
    // Without an epoch it is 0, and 0 comes before 1.
    let rpm = [format!("rpm {version}")];
    assert_eq!(found(&["openssl", "type=rpm", "version>9.9.9-1.el9"]), rpm);
    assert!(found(&["openssl", "type=rpm", "version<9.9.9-1.el9"]).is_empty());
}

#[test]
fn apk_orders_suffixes_and_revisions() {
    let apk = ["apk 3.3.1-r0".to_owned()];
    for (term, fits) in [
        ("version<3.3.1-r1", true),
        ("version<3.3.1-r0", false),
        ("version<=3.3.1-r0", true),
        ("version>3.3.1_rc1-r9", true),
        ("version<3.3.1_p1-r0", true),
        ("version<3.10.0-r0", true),
        ("version<3.3.0-r10", false),
    ] {
        let expected = if fits { &apk[..] } else { &[] };
        assert_eq!(found(&["libssl3", "type=apk", term]), expected, "{term}");
    }
}

#[test]
fn one_term_compares_each_by_its_own_ecosystem() {
    let mut expected = vec![
        format!("deb {}", openssl("web").version),
        format!("apk {}", "3.3.1-r0"),
    ];
    expected.sort();
    // The rpm's epoch puts it above, the newer Debian's upstream version too.
    assert_eq!(
        found(&["name~^(openssl|libssl3)$", "version<3.4"]),
        expected
    );
}

#[test]
fn an_ordering_of_what_has_no_order_is_refused() {
    let server = &Fleet::get().server;
    let said = server.assetctl(&["find", "--match", "name", "lt", "openssl"]);
    let said = said.with_status(2);
    assert!(said.stderr.contains("version"), "{}", said.stderr);
}
