//! What a question may need later is kept at scan time, as podman, dpkg, rpm and apk say it.

use std::collections::BTreeSet;

use e2e::{Agent, Fleet, Host, Lab, Server, run};
use proto_types::{Artifact, Field, FindRequest, ImageDigest, Match, Op};

/// What the fleet knows of the artifacts of an image.
fn artifacts(image: &str) -> Vec<Artifact> {
    let digest = Lab::get().image(image).digest;
    Fleet::get().server.image(digest).artifacts
}

/// One artifact of an image.
fn artifact(image: &str, artifact_type: &str, name: &str) -> Artifact {
    let mut all = artifacts(image).into_iter();
    all.find(|one| one.artifact_type == artifact_type && one.name == name)
        .expect("the image holds it")
}

/// The names of what is found, each once.
fn names(field: Field, op: Op, value: &str) -> Vec<String> {
    let response = Fleet::get().server.find(&FindRequest {
        matches: vec![Match {
            field,
            op,
            value: value.to_owned(),
        }],
        limit: Some(0),
        ..FindRequest::default()
    });
    let results = response.results.expect("results were asked for");
    let names: BTreeSet<String> = results.into_iter().map(|one| one.name).collect();
    names.into_iter().collect()
}

#[test]
fn every_debian_package_has_the_source_and_the_source_version_that_dpkg_says() {
    for image in ["web", "db"] {
        let expected = &Lab::get().image(image).packages;
        let (mut rebuilt, mut other) = (0, 0);
        for package in expected.iter().filter(|one| one.artifact_type == "deb") {
            let found = artifact(image, "deb", &package.name);
            assert_eq!(found.source, package.source, "{package:?}");
            assert_eq!(found.source_version, package.source_version, "{package:?}");
            rebuilt += usize::from(package.version.contains("+b"));
            other += usize::from(package.source_version.as_ref() != Some(&package.version));
        }
        assert!(
            rebuilt > 0 && other > rebuilt,
            "{image}: {rebuilt}, {other}"
        );
    }
}

#[test]
fn what_is_built_from_a_version_of_a_source_is_found_by_it() {
    let bash = artifact("web", "deb", "bash").source_version;
    let found = names(Field::SourceVersion, Op::Eq, &bash.expect("dpkg says it"));
    assert_eq!(found, ["bash"]);
    let openssl = names(Field::SourceVersion, Op::Eq, "3.0.7-27.el9");
    assert_eq!(openssl, ["openssl", "openssl-libs"]);
}

#[test]
fn the_packages_of_an_rpm_module_are_found_by_its_label() {
    let runtime = Lab::get().image("rhel").packages_of("demo-runtime").next();
    let label = runtime.and_then(|package| package.module.clone());
    let label = label.expect("rpm says the label");
    assert!(label.starts_with("demo-runtime:18:"), "{label}");
    assert_eq!(names(Field::Module, Op::Eq, &label), ["demo-runtime"]);
    let term = "module=demo-runtime:18:*";
    let said = Fleet::get().server.assetctl(&["find", term, "-o", "name"]);
    assert_eq!(said.with_status(0).lines(), ["db1", "late1"]);
    let said = Fleet::get()
        .server
        .assetctl(&["find", "module=demo-runtime:20:*"]);
    said.with_status(1);
}

#[test]
fn licenses_are_spdx_expressions_where_they_are_known() {
    let licenses = |image, kind, name| artifact(image, kind, name).licenses.join(", ");
    assert_eq!(licenses("alpine", "apk", "libssl3"), "Apache-2.0");
    assert_eq!(licenses("web", "npm", "demo-cart"), "MIT");
    assert_eq!(licenses("rhel", "rpm", "demo-proxy"), "MIT");
    // Not an SPDX expression: as the package says.
    assert_eq!(licenses("rhel", "rpm", "openssl"), "ASL 2.0");
    let bash = licenses("web", "deb", "bash");
    assert!(bash.contains("GPL-3.0-or-later"), "{bash}");
}

#[test]
fn a_python_package_that_debian_brought_is_told_from_one_that_pip_installed() {
    assert!(artifact("web", "python", "six").owned_by_os);
    assert!(!artifact("web", "python", "demo-shop").owned_by_os);
    let owned = artifacts("web").into_iter().filter(|one| one.owned_by_os);
    let owned: Vec<String> = owned.map(|one| one.name).collect();
    assert_eq!(owned, ["six"]);
}

#[test]
fn an_image_keeps_what_podman_and_its_os_release_say() {
    let server = &Fleet::get().server;
    let facts = |image: &str| server.image(Lab::get().image(image).digest).summary.facts;
    assert_eq!(facts("web").distro_codename.as_deref(), Some("bookworm"));
    assert_eq!(facts("db").distro_codename.as_deref(), Some("trixie"));
    assert_eq!(facts("alpine").distro_codename, None);
    let cpe = "cpe:/o:redhat:enterprise_linux:9::baseos";
    assert_eq!(facts("rhel").distro_cpe.as_deref(), Some(cpe));
    for image in Lab::get().images() {
        let facts = facts(&image.name);
        assert!(facts.architecture.is_some(), "{}", image.name);
        assert!(facts.size_bytes > Some(500_000), "{}", image.name);
        assert!(facts.created_at.is_some(), "{}", image.name);
        assert!(!facts.aliases.is_empty(), "{}", image.name);
    }
}

#[test]
fn an_image_is_found_by_each_digest_that_a_registry_knows_it_by() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let agent = Agent::enroll(&server, Host::new("names1", &[alpine]));
    // The same image by a second name, as if it had been pulled from another registry.
    let other = "registry.example.org/team/cache:9";
    run(agent.host.podman().args(["tag", &alpine.image_name, other]));
    agent.host.start("cache", alpine);
    agent.report();

    let format = "{{range .RepoDigests}}{{.}}\n{{end}}";
    let said = run(agent
        .host
        .podman()
        .args(["image", "inspect", "--format", format, other]));
    let digests: BTreeSet<ImageDigest> = said
        .lines()
        .filter_map(|line| line.rsplit_once('@')?.1.parse().ok())
        .collect();
    let known = server.image(alpine.digest).summary.facts.aliases;
    assert_eq!(known, digests.iter().copied().collect::<Vec<_>>());
    assert!(!digests.is_empty(), "podman names no manifest: {said}");
    for digest in digests {
        assert_ne!(digest, alpine.digest);
        let term = format!("image_digest={digest}");
        let found = server.assetctl(&["find", "musl", &term, "-o", "name"]);
        assert_eq!(found.with_status(0).lines(), ["names1"]);
    }
}
