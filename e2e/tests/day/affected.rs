//! What an advisory means for genuine packages, by source and by binary, is what dpkg says of their
//! versions.

use std::{collections::BTreeSet, fs, process::Command};

use e2e::{Fleet, Lab, Package};
use proto_types::{AffectedResponse, ExposureResponse, ExposureState, Verdict};
use serde_json::{Value, json};

const ALL: &str = "affected,fixed,not_affected,unknown";

/// A record about the versions before a fix of one package.
fn record(id: &str, ecosystem: &str, name: &str, fix: &str) -> Value {
    json!({
        "id": id, "aliases": ["CVE-2026-0001"],
        "affected": [{
            "package": {"ecosystem": ecosystem, "name": name},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fix}]}],
        }],
    })
}

/// What `assetctl affected` answers to records, with its exit status.
fn asked(records: &[Value], more: &[&str]) -> (Option<i32>, AffectedResponse) {
    let folder = tempfile::tempdir().expect("there is room");
    let file = folder.path().join("advisories.json");
    fs::write(&file, json!(records).to_string()).expect("it can be written");
    let file = file.to_str().expect("a path of letters");
    let arguments = [&["affected", file, "-o", "json", "--limit", "0"], more].concat();
    let said = Fleet::get().server.assetctl(&arguments);
    (said.status, said.read())
}

/// What dpkg itself says.
fn is_older(a: &str, b: &str) -> bool {
    let status = Command::new("dpkg")
        .args(["--compare-versions", a, "lt", b])
        .status();
    status.expect("dpkg is there").success()
}

fn debs(image: &str) -> impl Iterator<Item = &'static Package> {
    let all = Lab::get().image(image).packages.iter();
    all.filter(|one| one.artifact_type == "deb")
}

/// The packages that have a verdict, each with its version.
fn judged(response: &AffectedResponse, id: &str, verdict: Verdict) -> BTreeSet<(String, String)> {
    let rows = response.results.iter().flatten();
    let rows = rows.filter(|row| row.advisory == id && row.verdict == verdict);
    rows.map(|row| (row.found.name.clone(), row.found.version.clone()))
        .collect()
}

/// Fixes around a version, each with what it is called.
fn fixes(version: &str) -> Vec<String> {
    let more = ["+b1", "~rc1", "-1", ".1"].map(|end| format!("{version}{end}"));
    let fixed = [version.to_owned(), "0".to_owned(), "9999:1".to_owned()];
    more.into_iter().chain(fixed).collect()
}

#[test]
fn every_debian_package_is_judged_by_its_source_as_dpkg_orders_the_sources_versions() {
    let mut records = Vec::new();
    let mut wanted = Vec::new();
    for source in ["openssl", "util-linux", "lvm2", "bash", "glibc", "gcc-12"] {
        let built = || debs("web").filter(move |one| one.source.as_deref() == Some(source));
        let Some(version) = built().find_map(|one| one.source_version.clone()) else {
            continue;
        };
        for (number, fix) in fixes(&version).into_iter().enumerate() {
            let id = format!("{source}-{number}");
            records.push(record(&id, "Debian:12", source, &fix));
            let names = built().map(|one| (one.name.clone(), one.version.clone()));
            wanted.push((id, is_older(&version, &fix), names.collect::<BTreeSet<_>>()));
        }
    }
    assert!(wanted.len() > 20, "{wanted:?}");
    let (status, response) = asked(
        &records,
        &["--verdict", ALL, "distro=debian", "distro_version=12"],
    );
    assert_eq!(status, Some(0));
    for (id, is_affected, packages) in wanted {
        let affected = judged(&response, &id, Verdict::Affected);
        // A fix in version 0 fixes nothing that ever was.
        let others = [Verdict::Fixed, Verdict::NotAffected];
        let others = others.map(|verdict| judged(&response, &id, verdict));
        let safe: BTreeSet<_> = others.into_iter().flatten().collect();
        let none = BTreeSet::new();
        let (yes, no) = match is_affected {
            true => (packages, none),
            false => (none, packages),
        };
        assert_eq!((affected, safe), (yes, no), "{id}");
    }
}

#[test]
fn a_binary_package_is_judged_at_its_own_version() {
    let own = |one: &&Package| one.source.as_deref() != Some(one.name.as_str());
    let mut tried = 0;
    for package in debs("web").filter(own).step_by(9) {
        let name = &package.name;
        let records: Vec<Value> = fixes(&package.version)
            .iter()
            .enumerate()
            .map(|(number, fix)| record(&format!("X-{number}"), "Debian:12", name, fix))
            .collect();
        let (_, response) = asked(&records, &["--verdict", ALL]);
        for (number, fix) in fixes(&package.version).iter().enumerate() {
            let affected = judged(&response, &format!("X-{number}"), Verdict::Affected);
            let this = (name.clone(), package.version.clone());
            assert_eq!(
                affected.contains(&this),
                is_older(&package.version, fix),
                "{name} {fix}"
            );
        }
        tried += 1;
    }
    assert!(tried > 3);
}

#[test]
fn another_release_and_another_distribution_stay_unknown() {
    let of_12 = [record("DSA-1", "Debian:12", "openssl", "9999:1")];
    let (status, response) = asked(&of_12, &[]);
    assert_eq!(status, Some(0));
    let hosts: BTreeSet<&str> = response
        .results
        .iter()
        .flatten()
        .map(|row| row.found.image_name.as_str())
        .collect();
    assert_eq!(hosts, [Lab::get().image("web").image_name.as_str()].into());
    let others: Vec<&str> = response
        .unspoken
        .iter()
        .map(|one| one.distro.as_str())
        .collect();
    assert!(
        others.contains(&"alpine") && others.contains(&"debian"),
        "{others:?}"
    );
    let (status, _) = asked(&[record("DSA-1", "Debian:12", "openssl", "0")], &[]);
    assert_eq!(
        status,
        Some(3),
        "nothing is affected, and of trixie and others nothing is known"
    );
    let any = [record("DSA-1", "Debian", "openssl", "9999:1")];
    let (status, response) = asked(&any, &["--verdict", "unknown"]);
    assert_eq!(status, Some(0));
    let rows: Vec<_> = response.results.unwrap_or_default();
    let is_said = |reason: &str| reason.contains("doesn't say which release");
    assert!(!rows.is_empty() && rows.iter().all(|row| is_said(&row.reason)));
}

#[test]
fn what_is_affected_is_counted_covered_and_explained() {
    let records = [record("DSA-1", "Debian:12", "openssl", "9999:1")];
    let (status, rows) = asked(&records, &[]);
    assert_eq!(status, Some(0));
    let summary = rows.summary.affected;
    let (status, response) = asked(&records, &["--group-by", "advisory"]);
    assert_eq!(status, Some(0));
    let groups = response.groups.unwrap_or_default();
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].cves, ["CVE-2026-0001"]);
    let counted = |group: &proto_types::Group| (group.artifacts, group.images, group.hosts);
    let expected = (summary.artifacts, summary.images, summary.hosts);
    assert_eq!(counted(&groups[0].group), expected);
    let (_, response) = asked(&records, &["--group-by", "host"]);
    assert_eq!(response.total, summary.hosts);
    let (_, response) = asked(&records, &["--cover"]);
    let images = response.cover.unwrap_or_default();
    assert_eq!(images.len() as u64, summary.images);
    assert_eq!(
        images.last().map(|one| one.hosts_clean),
        Some(summary.hosts)
    );
    let (_, response) = asked(&records, &["--explain", "libssl3"]);
    let explained = response.explained.unwrap_or_default();
    let steps: Vec<&str> = explained
        .iter()
        .filter(|one| one.distro == "debian" && one.distro_version == "12")
        .flat_map(|one| &one.advisories)
        .flat_map(|one| one.steps.iter().map(String::as_str))
        .collect();
    let means =
        |step: &&str| step.starts_with("Debian:12 openssl means it as its source package, at ");
    assert!(steps.iter().any(means), "{steps:?}");
    assert_eq!(
        steps.last(),
        Some(&"so it is affected, and 9999:1 fixes it")
    );
}

/// What a vendor states of the record's vulnerability in a product.
fn stated(product: &Value) -> Value {
    json!({
        "@context": "https://openvex.dev/ns/v0.2.0", "author": "Example Ltd", "timestamp": "2026-03-01T00:00:00Z",
        "statements": [{
            "vulnerability": {"name": "cve-2026-0001"}, "products": [product],
            "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path",
        }],
    })
}

/// The same question beside what a vendor states, and since when hosts were exposed by it.
fn excused(product: &Value) -> (AffectedResponse, ExposureResponse) {
    let folder = tempfile::tempdir().expect("there is room");
    let vex = folder.path().join("vex.json");
    fs::write(&vex, stated(product).to_string()).expect("it can be written");
    let vex = vex.to_str().expect("a path of letters");
    let records = [record("DSA-1", "Debian:12", "openssl", "9999:1")];
    let (_, affected) = asked(&records, &["--vex", vex, "--verdict", ALL]);
    let file = folder.path().join("advisories.json");
    fs::write(&file, json!(records).to_string()).expect("it can be written");
    let file = file.to_str().expect("a path of letters");
    let arguments = ["affected", file, "--exposure", "--vex", vex, "-o", "json"];
    (affected, Fleet::get().server.assetctl(&arguments).read())
}

#[test]
fn what_a_vendor_states_of_a_genuine_image_or_package_excuses_that_and_exposes_no_host() {
    let nobody = json!({"@id": "pkg:generic/nothing"});
    let (affected, exposed) = excused(&nobody);
    assert_eq!((affected.excused, exposed.excused), (None, None));
    let all = affected.summary.affected;
    assert!(all.images == 1 && all.hosts > 0, "{all:?}");
    assert!(
        exposed.summary.exposed >= all.hosts,
        "{:?}",
        exposed.summary
    );
    let results = exposed.results.unwrap_or_default();
    let still = results
        .iter()
        .filter(|row| row.state == ExposureState::Exposed);
    assert!(still.count() as u64 >= all.hosts);

    let digest = Lab::get().image("web").digest.to_string();
    let image = json!({"hashes": {"sha-256": digest.trim_start_matches("sha256:")}});
    let (affected, exposed) = excused(&image);
    assert_eq!(affected.summary.affected.images, 0);
    let counted = affected.excused.expect("something is excused");
    assert_eq!((counted.images, counted.hosts), (all.images, all.hosts));
    assert_eq!(exposed.summary.hosts, 0);
    assert_eq!(exposed.excused.map(|one| one.images), Some(all.images));

    let package = debs("web").find(|one| one.name == "libssl3");
    let version = &package.expect("the image has it").version;
    let version = version.replace(':', "%3A").replace('+', "%2B");
    let package = json!({"@id": format!("pkg:deb/debian/libssl3@{version}")});
    let (affected, exposed) = excused(&package);
    let rows = affected.results.unwrap_or_default();
    for row in rows.iter().filter(|row| row.advisory == "DSA-1") {
        let is_excused = row.stated_by.is_some();
        assert_eq!(is_excused, row.found.name == "libssl3", "{row:?}");
        let verdict = match is_excused {
            true => Verdict::NotAffected,
            false => Verdict::Affected,
        };
        assert_eq!(row.verdict, verdict, "{row:?}");
    }
    // The other packages of that source are still there.
    assert!(exposed.summary.exposed >= all.hosts);
}
