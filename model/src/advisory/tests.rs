//! What records say, and how they hang together.

use proptest::prelude::*;

use super::{Advisory, Affected, Ecosystem, Family, Links, Module, Vulnerabilities};

fn record(id: &str, ecosystem: &str) -> Advisory {
    Advisory {
        id: id.to_owned(),
        affected: vec![Affected {
            ecosystem: Ecosystem::new(ecosystem),
            ..Affected::default()
        }],
        ..Advisory::default()
    }
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

#[test]
fn each_family_has_one_row_under_its_name() {
    for family in Family::all() {
        assert_eq!(Family::named(family.name()), Some(family));
        assert!(!family.purl_type().is_empty());
        assert_eq!(Family::all().filter(|one| *one == family).count(), 1);
    }
    assert_eq!(Family::of_registry("pypi"), Some(Family::PyPi));
    assert_eq!(Family::of_registry("deb"), None);
    assert_eq!(Family::of_distro("rhel"), Some(Family::RedHat));
}

#[test]
fn an_ecosystem_is_a_family_and_what_stands_behind_its_colon() {
    let debian = Ecosystem::new("Debian:12");
    assert_eq!(
        (debian.family(), debian.suffix()),
        (Some(Family::Debian), "12")
    );
    let red_hat = Ecosystem::new("Red Hat:enterprise_linux:9::appstream");
    assert_eq!(red_hat.family(), Some(Family::RedHat));
    assert_eq!(red_hat.suffix(), "enterprise_linux:9::appstream");
    assert_eq!(Ecosystem::new("Some New Thing:1").family(), None);
    assert_eq!(Ecosystem::default().suffix(), "");
}

#[test]
fn an_erratum_s_cves_may_stand_in_related_alone() {
    let mut erratum = record("ALSA-2024:1", "AlmaLinux:8");
    erratum.related = ids(&["CVE-2024-2", "CVE-2024-1", "ALSA-2024:2"]);
    assert_eq!(Vec::from_iter(erratum.cves()), ["CVE-2024-1", "CVE-2024-2"]);
    // Elsewhere it means no more than it says.
    let mut other = record("GHSA-x", "npm");
    other.related = ids(&["CVE-2024-2"]);
    other.aliases = ids(&["CVE-2024-1"]);
    assert_eq!(Vec::from_iter(other.cves()), ["CVE-2024-1"]);
    let mut tracked = record("DEBIAN-CVE-2024-1", "Debian:12");
    tracked.upstream = ids(&["CVE-2024-1"]);
    tracked.related = ids(&["CVE-2023-9"]);
    assert_eq!(Vec::from_iter(tracked.cves()), ["CVE-2024-1"]);
    assert_eq!(
        Vec::from_iter(record("CVE-2024-1", "npm").cves()),
        ["CVE-2024-1"]
    );
}

#[test]
fn a_notice_of_a_bug_fix_is_about_a_vulnerability_where_it_names_a_cve_alone() {
    for id in [
        "ALBA-2022:1234",
        "ALEA-2022:1",
        "RHBA-2024:1",
        "SUSE-RU-2024:1-1",
    ] {
        let mut notice = record(id, "AlmaLinux:8");
        assert!(!notice.is_of_vulnerability(), "{id}");
        notice.related = ids(&["CVE-2024-2"]);
        assert!(notice.is_of_vulnerability(), "{id}");
    }
    for id in [
        "ALSA-2022:1234",
        "DSA-1-1",
        "GHSA-x",
        "MAL-2024-1",
        "BIT-x-2024-1",
    ] {
        assert!(record(id, "AlmaLinux:8").is_of_vulnerability(), "{id}");
    }
}

#[test]
fn aliases_hold_in_both_directions_and_from_one_to_the_next() {
    let mut links = Links::default();
    let mut first = record("GHSA-a", "npm");
    first.aliases = ids(&["CVE-2024-1"]);
    let mut second = record("PYSEC-b", "PyPI");
    second.aliases = ids(&["GHSA-a"]);
    links.add(&first);
    links.add(&second);
    for asked in ["CVE-2024-1", "GHSA-a", "PYSEC-b"] {
        assert_eq!(
            Vec::from_iter(links.speaking_of(asked)),
            ["GHSA-a", "PYSEC-b"]
        );
    }
    assert!(links.speaking_of("CVE-2024-2").is_empty());
}

#[test]
fn what_is_upstream_leads_down_and_not_up_again() {
    let mut links = Links::default();
    let mut tracked = record("UBUNTU-CVE-2024-1", "Ubuntu:22.04:LTS");
    tracked.upstream = ids(&["CVE-2024-1"]);
    let mut notice = record("USN-1-1", "Ubuntu:22.04:LTS");
    notice.upstream = ids(&["UBUNTU-CVE-2024-1", "UBUNTU-CVE-2024-2"]);
    links.add(&tracked);
    links.add(&notice);
    let asked = |id| Vec::from_iter(links.speaking_of(id)).join(" ");
    assert_eq!(asked("CVE-2024-1"), "UBUNTU-CVE-2024-1 USN-1-1");
    assert_eq!(asked("UBUNTU-CVE-2024-2"), "USN-1-1");
    assert_eq!(asked("USN-1-1"), "USN-1-1");
}

#[test]
fn an_erratum_of_several_vulnerabilities_makes_no_two_of_them_one() {
    let mut links = Links::default();
    let mut erratum = record("DSA-1-1", "Debian:12");
    erratum.aliases = ids(&["CVE-2024-1", "CVE-2024-2"]);
    let mut other = record("GHSA-b", "npm");
    other.aliases = ids(&["CVE-2024-2"]);
    links.add(&erratum);
    links.add(&other);
    let asked = |id| Vec::from_iter(links.speaking_of(id)).join(" ");
    assert_eq!(asked("CVE-2024-1"), "DSA-1-1");
    assert_eq!(asked("CVE-2024-2"), "DSA-1-1 GHSA-b");
}

/// Of each vulnerability of a set of records an id, and the records that speak of it.
fn vulnerabilities(records: &[Advisory]) -> Vec<String> {
    let all = Vulnerabilities::of(records);
    let each = (0..all.len()).map(|number| {
        let speaking = all.speaking_of(|one| one == number);
        let named = records.iter().zip(speaking);
        let ids: Vec<_> = named
            .filter(|(_, is)| *is)
            .map(|(one, _)| one.id.as_str())
            .collect();
        format!("{}: {}", all.id(number), ids.join(" "))
    });
    each.collect()
}

#[test]
fn records_speak_of_one_vulnerability_where_they_are_tied_and_an_erratum_of_several() {
    let with = |id: &str, ecosystem, aliases: &[&str], upstream: &[&str]| Advisory {
        aliases: ids(aliases),
        upstream: ids(upstream),
        ..record(id, ecosystem)
    };
    let records = [
        with("GHSA-a", "npm", &["CVE-2024-1"], &[]),
        with("DEBIAN-CVE-2024-1", "Debian:12", &[], &["CVE-2024-1"]),
        with("DSA-1-1", "Debian:12", &["CVE-2024-1", "CVE-2024-2"], &[]),
        with("USN-1-1", "Ubuntu:22.04:LTS", &[], &["UBUNTU-CVE-2024-2"]),
        with("RUSTSEC-1", "crates.io", &[], &[]),
    ];
    assert_eq!(
        vulnerabilities(&records),
        [
            "CVE-2024-1: GHSA-a DEBIAN-CVE-2024-1 DSA-1-1",
            "CVE-2024-2: DSA-1-1 USN-1-1",
            "RUSTSEC-1: RUSTSEC-1",
        ]
    );
    let mut withdrawn = records[0].clone();
    withdrawn.withdrawn = Some(jiff::Timestamp::UNIX_EPOCH);
    assert!(vulnerabilities(&[withdrawn]).is_empty());
    // Two that come from each other are one.
    let records = [with("A", "npm", &[], &["B"]), with("B", "npm", &[], &["A"])];
    assert_eq!(vulnerabilities(&records), ["A: A B"]);
}

proptest! {
    #[test]
    fn who_speaks_of_a_vulnerability_is_who_its_links_lead_to(
        ties in prop::collection::vec((0..3_u8, 0..9_usize, 0..9_usize), 0..12),
    ) {
        const IDS: [&str; 9] =
            ["CVE-2024-1", "CVE-2024-2", "X-CVE-2024-1", "DSA-1", "DSA-2", "GHSA-1", "GHSA-2", "A", "B"];
        let mut records: Vec<_> = (2..8).map(|place| {
            record(IDS[place], if place < 5 { "Debian:12" } else { "npm" })
        }).collect();
        for (kind, of, to) in ties {
            let Some(record) = of.checked_sub(2).and_then(|place| records.get_mut(place)) else { continue };
            let list = match kind {
                0 => &mut record.aliases,
                1 => &mut record.upstream,
                _ => &mut record.related,
            };
            list.push(IDS[to].to_owned());
        }
        let mut links = Links::default();
        records.iter().for_each(|record| links.add(record));
        let all = Vulnerabilities::of(&records);
        let mut met = vec![false; records.len()];
        for number in 0..all.len() {
            let speaking = all.speaking_of(|one| one == number);
            let of_links = links.speaking_of(all.id(number));
            for (place, record) in records.iter().enumerate() {
                prop_assert_eq!(speaking[place], of_links.contains(record.id.as_str()));
                prop_assert_eq!(speaking[place], all.spoken_of(|one| one == place)[number]);
                met[place] |= speaking[place];
            }
        }
        prop_assert!(met.iter().all(|is| *is));
    }
}

#[test]
fn a_module_is_read_from_the_versions_and_the_summary() {
    let read = |fixed: &str, summary| {
        let events = vec![super::Event::Fixed(fixed.to_owned())];
        Module::read(&[super::Range { events }], summary)
    };
    let modular = "1:18.20.4-1.module_el8.10.0+3873+f6e4a4a1";
    let of = |modules: &[&str]| Module::Of(ids(modules));
    assert_eq!(
        read(modular, "Important: nodejs:18 security update"),
        of(&["nodejs:18"])
    );
    assert_eq!(
        read(
            modular,
            "Low: virt:rhel and virt-devel:rhel security, bug fix, and enhancement update"
        ),
        of(&["virt:rhel", "virt-devel:rhel"])
    );
    assert_eq!(read(modular, "Important: varnish security update"), of(&[]));
    // A version in a summary is no stream where nothing is built for a module.
    assert_eq!(
        read("4.18.0-1.el8", "Moderate: kernel:4.18.0 update"),
        Module::Outside
    );
    assert_eq!(read("3.0.15-1~deb12u1", ""), Module::Unsaid);
}

#[test]
fn a_record_is_kept_as_json_and_read_again() {
    let mut whole = record("ALSA-1", "AlmaLinux:8");
    whole.affected[0].module = Module::Of(ids(&["nodejs:18"]));
    whole.affected[0].ranges = vec![super::Range {
        events: vec![super::Event::Introduced("0".to_owned())],
    }];
    whole.withdrawn = Some(jiff::Timestamp::UNIX_EPOCH);
    let json = serde_json::to_string(&whole).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Advisory>(&json).ok(), Some(whole));
}
