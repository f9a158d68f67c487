//! The package databases of a tree, and what they say without syft.

use std::{collections::BTreeSet, io, path::Path};

use rustix::{
    fs::{Dir, FileType, Mode, OFlags, fstat, openat},
    io::Result,
};

use super::{
    entries::{self, Entries, Entry},
    image::Tree,
    within,
};

/// The databases that are a text, by the type of the artifacts in them and what an entry begins with.
const TEXTS: [(&str, &str, &[&str]); 2] = [
    ("deb", "Package:", &["var/lib/dpkg/status"]),
    (
        "apk",
        "P:",
        &["lib/apk/db/installed", "usr/lib/apk/db/installed"],
    ),
];
const RPM: [&str; 7] = [
    "var/lib/rpm/rpmdb.sqlite",
    "var/lib/rpm/Packages",
    "var/lib/rpm/Packages.db",
    "usr/lib/sysimage/rpm/rpmdb.sqlite",
    "usr/lib/sysimage/rpm/Packages",
    "usr/lib/sysimage/rpm/Packages.db",
    "usr/share/rpm/rpmdb.sqlite",
];
/// Where images without a package manager keep a file for each package.
const DPKG_PIECES: &str = "var/lib/dpkg/status.d";
/// Where pacman keeps a folder for each package.
const PACMAN: &str = "var/lib/pacman/local";
/// So many entries of a folder are looked at to find one that counts.
const LOOKED_AT: usize = 10_000;

/// A package database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Database {
    /// The type of the artifacts in it.
    pub(crate) artifacts: &'static str,
    /// Where it is in the tree.
    pub(crate) path: &'static str,
}

/// What the package databases of a tree say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Databases {
    /// Those that have an entry, one of each type. Of rpm's only syft can tell: any that isn't
    /// empty is among them.
    pub(crate) found: Vec<Database>,
    /// One that ends in the middle of a line.
    pub(crate) cut: Option<Database>,
    /// Packages that dpkg knows and that aren't there.
    pub(crate) gone: BTreeSet<Entry>,
}

impl Tree {
    /// What its package databases say.
    ///
    /// # Errors
    /// The tree can't be looked into.
    pub(crate) fn databases(&self) -> io::Result<Databases> {
        let mut databases = Databases::default();
        for (artifacts, key, paths) in TEXTS {
            for path in paths.iter().copied() {
                let entries = self.entries(Path::new(path), key)?;
                databases.add(Database { artifacts, path }, entries);
            }
        }
        for path in RPM {
            if self.has_content(path)? {
                let artifacts = "rpm";
                databases.add_found(Database { artifacts, path });
            }
        }
        if self.any_in(DPKG_PIECES, |name| self.has_entry(DPKG_PIECES, name))? {
            let (artifacts, path) = ("deb", DPKG_PIECES);
            databases.add_found(Database { artifacts, path });
        }
        // Beside the folders there is a file with the format's version.
        if self.any_in(PACMAN, |name| {
            self.has_content(&format!("{PACMAN}/{name}/desc"))
        })? {
            let (artifacts, path) = ("alpm", PACMAN);
            databases.add_found(Database { artifacts, path });
        }
        Ok(databases)
    }

    /// Whether `path`, which leads from the root, is a text that is one of the tree's own package
    /// databases, or a piece of one, and has an entry.
    pub(crate) fn is_own_with_entries(&self, path: &str) -> bool {
        let path = Path::new(path.trim_start_matches('/'));
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return false;
        };
        if self.is_same(folder, Path::new(DPKG_PIECES)) {
            let name = name.to_string_lossy();
            return self.has_entry(DPKG_PIECES, &name).unwrap_or(true);
        }
        let mut own = TEXTS
            .iter()
            .flat_map(|(_, key, paths)| paths.iter().map(move |own| (*key, Path::new(*own))));
        own.any(|(key, own)| {
            self.is_same(path, own) && self.entries(own, key).is_ok_and(|entries| entries.any)
        })
    }

    /// Whether `path`, which leads from the root, is one of the tree's own rpm databases.
    pub(crate) fn is_own_rpm(&self, path: &str) -> bool {
        let path = Path::new(path.trim_start_matches('/'));
        RPM.iter().any(|own| self.is_same(path, Path::new(own)))
    }

    /// Whether two paths lead to the same file or folder.
    fn is_same(&self, one: &Path, other: &Path) -> bool {
        let identity = |path: &Path| {
            let found = within::find(&self.root, path).ok()??;
            let stat = fstat(found).ok()?;
            Some((stat.st_dev, stat.st_ino))
        };
        identity(one).is_some_and(|one| identity(other) == Some(one))
    }

    /// Whether there is a file, and anything in it.
    pub(crate) fn has_content(&self, path: &str) -> Result<bool> {
        let Some(file) = within::find(&self.root, Path::new(path.trim_start_matches('/')))? else {
            return Ok(false);
        };
        let stat = fstat(file)?;
        Ok(FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile && stat.st_size > 0)
    }

    fn entries(&self, path: &Path, key: &str) -> io::Result<Entries> {
        match self.read(path)? {
            Some(file) => entries::read(file, key),
            None => Ok(Entries::default()),
        }
    }

    /// Whether a piece of dpkg's database has an entry.
    fn has_entry(&self, folder: &str, name: &str) -> Result<bool> {
        if is_no_piece(name) {
            return Ok(false);
        }
        let entries = self.entries(&Path::new(folder).join(name), "Package:");
        // A piece that can't be read may hold anything.
        Ok(entries.map_or(true, |entries| entries.any))
    }

    /// Whether any entry of a folder is so.
    fn any_in(&self, folder: &str, is_so: impl Fn(&str) -> Result<bool>) -> Result<bool> {
        let Some(found) = within::find(&self.root, Path::new(folder))? else {
            return Ok(false);
        };
        if FileType::from_raw_mode(fstat(&found)?.st_mode) != FileType::Directory {
            return Ok(false);
        }
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = openat(&found, ".", flags, Mode::empty())?;
        for entry in Dir::read_from(folder)?.take(LOOKED_AT) {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy();
            if name != "." && name != ".." && is_so(&name)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether a file beside the pieces of dpkg's database, as distroless images have them, lists a
/// package's files or is hidden.
pub(crate) fn is_no_piece(name: &str) -> bool {
    name.starts_with('.') || name.ends_with(".md5sums")
}

impl Databases {
    fn add(&mut self, database: Database, entries: Entries) {
        if entries.any {
            self.add_found(database);
        }
        if entries.any && entries.cut {
            self.cut.get_or_insert(database);
        }
        self.gone.extend(entries.gone);
    }

    fn add_found(&mut self, database: Database) {
        let known = |found: &Database| found.artifacts == database.artifacts;
        if !self.found.iter().any(known) {
            self.found.push(database);
        }
    }
}
