//! `find` names exactly the hosts that run something, checked against what dpkg, rpm and apk say.

use std::collections::BTreeSet;

use e2e::{Fleet, Image, Lab, Package};
use proto_types::{Field, FindRequest, FindResponse, FindResult, Match, Op};

/// What `find` says of one artifact in one container.
type Row = (Package, &'static str, &'static str, String);

/// What the containers hold, by their images' own package tools.
fn expected(fleet: &Fleet, wanted: impl Fn(&Package) -> bool) -> BTreeSet<Row> {
    fleet
        .containers()
        .flat_map(|(host, container, image)| {
            let packages = image.packages.iter();
            packages.map(move |package| (package, host, container, image))
        })
        .filter(|(package, ..)| wanted(package))
        .map(|(package, host, container, image)| {
            (package.clone(), host, container, image.digest.to_string())
        })
        .collect()
}

/// What was found, in the same words; every result once.
fn found(response: &FindResponse) -> BTreeSet<(Package, &str, &str, String)> {
    let results = response.results.as_deref().expect("results were asked for");
    assert_eq!(response.total, results.len() as u64, "all were asked for");
    let rows: BTreeSet<_> = results.iter().map(row).collect();
    assert_eq!(rows.len(), results.len(), "a result is listed twice");
    rows
}

fn row(result: &FindResult) -> (Package, &str, &str, String) {
    let package = Package {
        artifact_type: result.artifact_type.clone(),
        name: result.name.clone(),
        version: result.version.clone(),
        source: result.source.clone(),
        source_version: result.source_version.clone(),
        module: result.module.clone(),
    };
    let image = result.image_digest.to_string();
    (package, &result.host, &result.container, image)
}

fn all_of(field: Field, value: &str) -> FindRequest {
    FindRequest {
        matches: vec![Match {
            field,
            op: Op::Eq,
            value: value.to_owned(),
        }],
        limit: Some(0),
        ..FindRequest::default()
    }
}

/// Every name, or source, in any of the images.
fn all(of: impl Fn(&Package) -> Option<&str>) -> BTreeSet<&'static str> {
    let packages = Lab::get().images().iter().flat_map(|image| &image.packages);
    let texts = packages.filter_map(|package| of(package).map(str::to_owned));
    // The images live as long as the tests, but that is hidden behind the closure.
    texts.map(|text| &*text.leak()).collect()
}

#[test]
fn an_image_holds_exactly_what_its_package_database_lists() {
    let fleet = Fleet::get();
    for image in Lab::get().images() {
        let known = fleet.server.image(image.digest);
        let mut listed: Vec<Package> = known.artifacts.iter().map(Package::from).collect();
        listed.sort();
        assert_eq!(listed, image.packages, "{}", image.name);
        for artifact in &known.artifacts {
            let purl = artifact.purl.as_deref().unwrap_or_default();
            assert!(purl.starts_with("pkg:"), "{artifact:?}");
        }
    }
}

#[test]
fn every_name_is_found_exactly_where_it_runs() {
    let fleet = Fleet::get();
    let names = all(|package| Some(&package.name));
    assert!(names.len() > 100, "{} names", names.len());
    for name in names {
        let response = fleet.server.find(&all_of(Field::Name, name));
        assert_eq!(found(&response), expected(fleet, |one| one.name == name));
        assert!(response.coverage.complete, "{:?}", response.coverage);
    }
}

#[test]
fn every_source_is_found_exactly_where_it_runs() {
    let fleet = Fleet::get();
    for source in all(|package| package.source.as_deref()) {
        let response = fleet.server.find(&all_of(Field::Source, source));
        let wanted = |one: &Package| one.source.as_deref() == Some(source);
        assert_eq!(found(&response), expected(fleet, wanted));
    }
}

#[test]
fn assetctl_names_the_hosts_that_run_openssl() {
    let fleet = Fleet::get();
    let spelled = ["find", "--field", "name", "--op", "eq", "openssl"];
    let hosts = hosts_of(|package| package.name == "openssl");
    assert_eq!(hosts, ["db1", "late1", "web1", "web2"]);
    for arguments in [&spelled[..], &["find", "openssl"]] {
        let arguments = [arguments, &["-o", "name"]].concat();
        let said = fleet.server.assetctl(&arguments).with_status(0);
        assert_eq!(said.lines(), hosts);
        let json = [&arguments[..arguments.len() - 1], &["json", "--limit", "0"]].concat();
        let response: FindResponse = fleet.server.assetctl(&json).with_status(0).read();
        let wanted = |one: &Package| one.name == "openssl";
        assert_eq!(found(&response), expected(fleet, wanted));
        assert_eq!(response.coverage.hosts, fleet.size() as u64);
    }
}

#[test]
fn assetctl_names_the_hosts_of_every_ecosystem() {
    let fleet = Fleet::get();
    let names = [
        "libssl3",
        "libssl3t64",
        "openssl-libs",
        "demo-proxy",
        "musl",
        "demo-shop",
        "demo-cart",
        "curl",
    ];
    for name in names {
        let said = fleet.server.assetctl(&["find", name, "-o", "name"]);
        let hosts = hosts_of(|package| package.name == name);
        assert!(!hosts.is_empty(), "{name} is in one of the images");
        assert_eq!(said.with_status(0).lines(), hosts, "{name}");
    }
}

#[test]
fn what_runs_nowhere_is_proven_to_run_nowhere() {
    let server = &Fleet::get().server;
    let said = server.assetctl(&["find", "log4j-core"]).with_status(1);
    assert_eq!(said.stdout.trim(), "", "{}", said.stderr);
    // A part of a name is another name.
    server.assetctl(&["find", "openss"]).with_status(1);
}

#[test]
fn terms_are_anded_and_a_pattern_fits_the_whole_name() {
    let server = &Fleet::get().server;
    let hosts = |terms: &[&str]| {
        let arguments = [&["find"], terms, &["-o", "name"]].concat();
        let said = server.assetctl(&arguments).with_status(0);
        said.lines().join(" ")
    };
    assert_eq!(hosts(&["openssl", "host=web*"]), "web1 web2");
    assert_eq!(
        hosts(&["openssl", "host!=web1", "type=deb"]),
        "db1 late1 web2"
    );
    assert_eq!(hosts(&["libssl3*", "distro=alpine"]), "web1");
    assert_eq!(hosts(&["source=openssl", "container=legacy"]), "db1 late1");
    server.assetctl(&["find", "sl*"]).with_status(1);
}

#[test]
fn a_list_of_names_on_standard_input_is_any_of_them() {
    let fleet = Fleet::get();
    let names = "musl\ndemo-proxy\n\nno-such-package\n";
    let said = fleet
        .server
        .assetctl_fed(names, &["find", "-f", "-", "-o", "name"]);
    let hosts = hosts_of(|package| ["musl", "demo-proxy"].contains(&package.name.as_str()));
    assert_eq!(said.with_status(0).lines(), hosts);
}

/// The hosts that run it, sorted.
fn hosts_of(wanted: impl Fn(&Package) -> bool) -> Vec<&'static str> {
    let holds = |image: &Image| image.packages.iter().any(&wanted);
    let runs = Fleet::get().containers();
    let hosts: BTreeSet<_> = runs
        .filter_map(|(host, _, image)| holds(image).then_some(host))
        .collect();
    hosts.into_iter().collect()
}
