//! A host: a podman store of its own, by `scripts/lab-host`.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    image::Image,
    lab::Lab,
    process::{output, run},
};

/// A host of the lab. Dropping it ends and removes all that runs in it.
pub struct Host {
    /// Its name.
    pub name: String,
    /// Everything of it.
    pub folder: PathBuf,
    store: PathBuf,
}

impl Host {
    /// A new host with these images in its store, and nothing that runs.
    pub fn new(name: &str, images: &[&Image]) -> Self {
        let lab = Lab::get();
        let folder = lab.new_folder(name);
        let store = folder.join("store");
        let mut create = lab.script("lab-host");
        create.arg("create").arg(&store);
        run(create.args(images.iter().map(|image| &image.archive)));
        Self {
            name: name.to_owned(),
            folder,
            store,
        }
    }

    /// Puts an image into the store.
    pub fn load(&self, image: &Image) {
        run(self.script("load").arg(&image.archive));
    }

    /// Starts a container.
    pub fn start(&self, container: &str, image: &Image) {
        self.start_named(container, &image.image_name);
    }

    /// The same by the image's name.
    pub fn start_named(&self, container: &str, image: &str) {
        run(self.script("start").arg(container).arg(image));
    }

    /// Stops and removes a container.
    pub fn remove(&self, container: &str) {
        run(self.script("remove").arg(container));
    }

    /// Removes an image and what runs on it, as somebody does who is in a hurry.
    pub fn remove_image(&self, image: &Image) {
        // That it complains is no news where it was asked to pull the ground from under a scan.
        output(self.podman().args(["rmi", "--force", &image.image_name]));
        let left = run(self.podman().args(["images", "--quiet", "--no-trunc"]));
        assert!(
            !left.contains(&image.digest.to_string()),
            "podman could not remove {}",
            image.name
        );
    }

    /// The places where this host's images are mounted.
    pub fn mounts(&self) -> String {
        run(self.podman().args(["image", "mount"]))
    }

    /// Has its podman read the images of another host's store too, as an additional one.
    ///
    /// # Panics
    /// Its podman isn't as `scripts/lab-host` writes it.
    pub fn also_reads(&self, other: &Self) {
        let program = self.podman_program();
        let text = fs::read_to_string(&program).expect("the host has a podman");
        let (start, root) = ("exec \"$podman\" ", other.root());
        assert!(text.contains(start), "{text}");
        let with = format!(
            "{start}--storage-opt overlay.imagestore={} ",
            root.display()
        );
        fs::write(program, text.replace(start, &with)).expect("the host's podman can be changed");
    }

    /// Where its podman keeps its store.
    pub fn root(&self) -> PathBuf {
        self.store.join("root")
    }

    /// The host's own podman.
    pub fn podman(&self) -> Command {
        Command::new(self.podman_program())
    }

    /// Where the host's own podman is.
    pub(crate) fn podman_program(&self) -> PathBuf {
        self.store.join("podman")
    }

    fn script(&self, action: &str) -> Command {
        let mut command = Lab::get().script("lab-host");
        command.arg(action).arg(&self.store);
        command
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // What this can't do, `scripts/clean-lab` tries again when all is over.
        let _ = self.script("destroy").output();
    }
}
