//! What is said of the package databases in trees, hostile ones too.

use std::{fs, os::unix::fs::symlink, path::Path};

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::Tree;

fn write(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn found(root: &Path) -> Vec<&'static str> {
    let databases = Tree::open(root).unwrap().databases().unwrap();
    let found = databases.found.into_iter();
    found.map(|database| database.artifacts).collect()
}

#[test]
fn a_database_that_holds_something_is_found() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "lib/apk/db/installed", "P:musl");
    write(root.path(), "usr/lib/sysimage/rpm/rpmdb.sqlite", "x");
    write(root.path(), "var/lib/dpkg/status.d/base", "Package: base");
    write(root.path(), "var/lib/pacman/local/zlib-1-1/desc", "%NAME%");
    assert_eq!(found(root.path()), ["apk", "rpm", "deb", "alpm"]);
}

#[test]
fn a_database_without_an_entry_expects_nothing() {
    let root = tempfile::tempdir().unwrap();
    for (path, content) in [
        ("var/lib/dpkg/status", "\n"),
        ("var/lib/dpkg/status.d/base.md5sums", "Package: x"),
        ("var/lib/dpkg/status.d/.hidden", "Package: x"),
        ("var/lib/dpkg/status.d/README", "x"),
        ("var/lib/rpm/Packages", ""),
        ("lib/apk/db/installed", "\n"),
        ("var/lib/pacman/local/ALPM_DB_VERSION", "9\n"),
    ] {
        write(root.path(), path, content);
    }
    assert!(found(root.path()).is_empty(), "{:?}", found(root.path()));
}

#[test]
fn a_tree_knows_its_own_databases_by_whatever_path() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "elsewhere/status", "Package: inside\n");
    write(
        root.path(),
        "srv/chroot/var/lib/dpkg/status",
        "Package: x\n",
    );
    write(root.path(), "usr/lib/sysimage/rpm/rpmdb.sqlite", "x");
    fs::create_dir_all(root.path().join("var/lib")).unwrap();
    symlink("/elsewhere", root.path().join("var/lib/dpkg")).unwrap();
    symlink("/usr/lib/sysimage/rpm", root.path().join("var/lib/rpm")).unwrap();
    let tree = Tree::open(root.path()).unwrap();
    assert!(tree.is_own_with_entries("/elsewhere/status"));
    assert!(tree.is_own_with_entries("/var/lib/dpkg/status"));
    assert!(!tree.is_own_with_entries("/srv/chroot/var/lib/dpkg/status"));
    assert!(!tree.is_own_with_entries("/none"));
    assert!(tree.is_own_rpm("/usr/lib/sysimage/rpm/rpmdb.sqlite"));
    assert!(!tree.is_own_rpm("/elsewhere/status"));
}

#[test]
fn links_stay_in_the_tree() {
    let root = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "status", "Package: outside");
    fs::create_dir_all(root.path().join("var/lib")).unwrap();
    symlink(outside.path(), root.path().join("var/lib/dpkg")).unwrap();
    assert!(found(root.path()).is_empty());

    write(root.path(), "elsewhere/status", "Package: inside");
    fs::remove_file(root.path().join("var/lib/dpkg")).unwrap();
    symlink("/elsewhere", root.path().join("var/lib/dpkg")).unwrap();
    assert_eq!(found(root.path()), ["deb"]);
}

#[test]
fn neither_a_fifo_nor_a_loop_blocks() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("var/lib/dpkg")).unwrap();
    let fifo = root.path().join("var/lib/dpkg/status");
    mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR, 0).unwrap();
    symlink("status.d", root.path().join("var/lib/dpkg/status.d")).unwrap();
    assert!(found(root.path()).is_empty());
}
