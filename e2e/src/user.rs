//! A user of this machine who runs containers without root, by `scripts/lab-user`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    image::Image,
    lab::Lab,
    process::{output, run},
};

/// What the name of every user of the lab begins with.
pub(crate) const LAB: &str = "assetmon-lab-";

/// A user. Dropping it removes them with all that is theirs.
pub struct User {
    /// Their name.
    pub name: String,
}

impl User {
    /// A new user whose podman stores by this driver, with these images in their store.
    pub fn new(driver: &str, images: &[&Image]) -> Self {
        Self::called("", driver, images)
    }

    /// The same; no `*` that stands for the others' names stands for theirs.
    pub fn apart(driver: &str, images: &[&Image]) -> Self {
        Self::called("_", driver, images)
    }

    /// What the names of all others in this run begin with.
    pub(crate) fn beginning() -> String {
        let run = unique(&Lab::get().folder.join("user-"));
        format!("{LAB}{run}")
    }

    fn called(mark: &str, driver: &str, images: &[&Image]) -> Self {
        let folder = Lab::get().new_folder("user");
        let name = format!("{LAB}{mark}{}", unique(&folder));
        // By which the lab finds them when the tests were killed.
        fs::write(folder.join("user"), &name).expect("the lab can be written to");
        let user = Self { name };
        run(user
            .script("create")
            .arg(driver)
            .args(images.iter().map(|image| &image.archive)));
        user
    }

    /// Starts a container.
    pub fn start(&self, container: &str, image: &Image) {
        run(self.script("start").args([container, &image.image_name]));
    }

    /// What their own podman prints when they call it.
    ///
    /// # Panics
    /// It fails.
    pub fn podman(&self, arguments: &[&str]) -> String {
        run(self.script("podman").args(arguments))
    }

    /// Their home.
    pub fn home(&self) -> PathBuf {
        Path::new("/var/tmp/assetmon-lab").join(&self.name)
    }

    /// A syft that they may start: what is in the project, others may not be let in to.
    pub(crate) fn syft(&self) -> PathBuf {
        let copy = self.home().join("syft");
        fs::copy(Lab::get().syft(), &copy).expect("there is room for another syft");
        run(Command::new("chown").args([&self.name]).arg(&copy));
        copy
    }

    /// What in their home and their run folders isn't theirs.
    pub fn foreign_files(&self) -> String {
        let uid = run(Command::new("id").args(["-u", &self.name]));
        let run_folder = format!("/tmp/podman-run-{uid}");
        // What a container's files belong to, their subordinate numbers, is theirs too.
        let mut find = Command::new("find");
        let found = output(find.arg(self.home()).args([&run_folder, "-uid", "0"]));
        String::from_utf8_lossy(&found.stdout).trim().to_owned()
    }

    fn script(&self, action: &str) -> Command {
        let mut command = Lab::get().script("lab-user");
        command.arg(action).arg(&self.name);
        command
    }
}

impl Drop for User {
    fn drop(&mut self) {
        // What this can't do, `scripts/clean-lab` tries again when all is over.
        let _ = self.script("destroy").output();
    }
}

/// Eight characters that no other user of the lab has: names may have 32.
fn unique(folder: &Path) -> String {
    let run = folder
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    let number = folder.file_name().unwrap_or_default();
    let text = format!("{}{}", run.to_string_lossy(), number.to_string_lossy());
    let text = text.replace("run.", "").replace("user-", "-");
    text.to_lowercase()
}
