//! What is a doubt and what isn't, by what the genuine syft says.

use std::{fs, path::Path};

use proto_types::{Artifact, FailureCause};

use super::{Doubt, Notes, about_cuts, about_space};
use crate::tree::Tree;

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    root
}

fn note(root: &Path, path: &str, note: &str) -> Option<Doubt> {
    Notes::new(&Tree::open(root).unwrap()).take(path, note)
}

fn artifact(artifact_type: &str, version: &str) -> Artifact {
    Artifact {
        artifact_type: artifact_type.to_owned(),
        name: "x".to_owned(),
        version: version.to_owned(),
        ..Artifact::default()
    }
}

const DEB: &str = "dpkg-db-cataloger: unable to determine packages";
const APK: &str = "apk-db-cataloger: unable to determine packages";
const RPM: &str = "rpm-db-cataloger: unable to determine packages";

#[test]
fn a_file_that_the_host_kept_from_being_read_is_a_doubt_of_the_hosts() {
    let root = tree(&[]);
    let full = "java-archive-cataloger: unable to copy archive: write /t: no space left on device";
    let doubt = note(root.path(), "/a", full).unwrap();
    let reason = &doubt.reason;
    assert!(reason.contains("/a: java-archive-cataloger"), "{reason}");
    assert_eq!(doubt.cause, FailureCause::Environment);
    let warned = about_space("INFO x\nWARN write /t: no space left on device\n").unwrap();
    assert_eq!(warned.cause, FailureCause::Environment);
}

#[test]
fn an_archive_that_syft_did_not_unpack_to_its_end_is_a_doubt() {
    let root = tree(&[]);
    let bomb = "java-archive-cataloger: zip read limit hit (potential decompression bomb attack)";
    let doubt = note(root.path(), "/a", bomb).unwrap();
    assert_eq!(doubt.cause, FailureCause::Image);
}

#[test]
fn an_archive_that_is_merely_broken_is_no_doubt() {
    let root = tree(&[("a", "x")]);
    let broken = "java-archive-cataloger: not a valid zip file";
    assert_eq!(note(root.path(), "/a", broken), None);
}

#[test]
fn a_database_with_an_entry_that_syft_finds_nothing_in_is_a_doubt() {
    let root = tree(&[
        ("var/lib/dpkg/status", "Package: bash\n"),
        ("var/lib/dpkg/status.d/base", "Package: base\n"),
        ("lib/apk/db/installed", "P:musl\n"),
    ]);
    for (path, said) in [
        ("/var/lib/dpkg/status", DEB),
        ("/var/lib/dpkg/status.d/base", DEB),
        ("/lib/apk/db/installed", APK),
    ] {
        assert!(note(root.path(), path, said).is_some(), "{path}");
    }
}

#[test]
fn a_database_that_is_empty_or_of_another_root_and_what_lies_beside_one_is_no_doubt() {
    let root = tree(&[
        ("var/lib/dpkg/status", "\n"),
        ("var/lib/dpkg/status.d/base", "Package: base\n"),
        ("var/lib/dpkg/status.d/base.md5sums", "d41d  usr/x\n"),
        ("var/lib/dpkg/status.d/.hidden", "Package: x\n"),
        ("srv/chroot/var/lib/dpkg/status", "Package: x\n"),
        ("lib/apk/db/installed", "\n"),
        ("var/lib/rpm/rpmdb.sqlite", "SQLite format 3"),
    ]);
    for (path, said) in [
        ("/var/lib/dpkg/status", DEB),
        ("/var/lib/dpkg/status.d/base.md5sums", DEB),
        ("/var/lib/dpkg/status.d/.hidden", DEB),
        ("/srv/chroot/var/lib/dpkg/status", DEB),
        ("/lib/apk/db/installed", APK),
        ("/var/lib/rpm/rpmdb.sqlite", RPM),
    ] {
        assert_eq!(note(root.path(), path, said), None, "{path}");
    }
}

#[test]
fn a_database_that_syft_says_is_broken_is_a_doubt_unless_it_is_empty() {
    let broken = "rpm-db-cataloger: binary read error: EOF";
    let root = tree(&[
        ("var/lib/rpm/Packages", "x"),
        ("usr/share/rpm/rpmdb.sqlite", ""),
    ]);
    assert!(note(root.path(), "/var/lib/rpm/Packages", broken).is_some());
    assert_eq!(
        note(root.path(), "/usr/share/rpm/rpmdb.sqlite", broken),
        None
    );
}

#[test]
fn an_rpm_database_is_empty_only_where_syft_says_so() {
    let root = tree(&[("var/lib/rpm/rpmdb.sqlite", "SQLite format 3")]);
    let tree = Tree::open(root.path()).unwrap();
    let databases = tree.databases().unwrap();
    let mut notes = Notes::new(&tree);
    assert!(notes.about_databases(&databases, &[]).is_some());
    assert_eq!(notes.take("/var/lib/rpm/rpmdb.sqlite", RPM), None);
    assert_eq!(notes.about_databases(&databases, &[]), None);
}

#[test]
fn a_pacman_database_without_an_artifact_is_a_doubt() {
    let root = tree(&[("var/lib/pacman/local/zlib-1-1/desc", "%NAME%\n")]);
    let tree = Tree::open(root.path()).unwrap();
    let databases = tree.databases().unwrap();
    let notes = Notes::new(&tree);
    assert!(notes.about_databases(&databases, &[]).is_some());
    let found = [artifact("alpm", "1")];
    assert_eq!(notes.about_databases(&databases, &found), None);
}

#[test]
fn a_database_that_was_cut_off_is_a_doubt() {
    for (text, cut) in [("Package: x\nDescr", true), ("Package: x\n", false)] {
        let root = tree(&[("var/lib/dpkg/status", text)]);
        let databases = Tree::open(root.path()).unwrap().databases().unwrap();
        assert_eq!(about_cuts(&databases, &[]).is_some(), cut, "{text}");
    }
    for (artifact, cut) in [
        (artifact("deb", "UNKNOWN"), true),
        (artifact("apk", ""), true),
        (artifact("deb", "1"), false),
        // Its own manifest may have none.
        (artifact("npm", "UNKNOWN"), false),
    ] {
        let doubt = about_cuts(&Default::default(), std::slice::from_ref(&artifact));
        assert_eq!(doubt.is_some(), cut, "{artifact:?}");
    }
}
