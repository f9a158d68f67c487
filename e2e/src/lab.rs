//! The lab: one folder that holds everything of one run of the tests, and goes with it.

use std::{
    env, fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{image::Image, process::run};

/// What every process carries in its environment that the tests start, and by which
/// `scripts/clean-lab` finds it again. Containers and their monitors go with their store.
pub(crate) const MARK: &str = "ASSETMON_LAB";

/// The lab of this process.
pub struct Lab {
    /// Where everything of this run is kept.
    pub folder: PathBuf,
    programs: PathBuf,
    project: PathBuf,
    syft: PathBuf,
    images: Vec<Image>,
    bomb: Image,
    names: AtomicUsize,
    /// Waits for the end of this process, however it ends: until then its standard input is open.
    _cleaner: Child,
}

impl Lab {
    /// The lab, set up by whoever asks first: the images are built where they aren't yet.
    ///
    /// # Panics
    /// Something is missing on this machine; then with what.
    pub fn get() -> &'static Self {
        static LAB: OnceLock<Lab> = OnceLock::new();
        LAB.get_or_init(Self::set_up)
    }

    fn set_up() -> Self {
        let programs = programs();
        let project = project();
        let lab = project.join("target/lab");
        fs::create_dir_all(&lab).expect("target/lab can be made");
        let folder = tempfile::Builder::new()
            .prefix("run.")
            .tempdir_in(&lab)
            .expect("the lab has room for a run")
            .keep();
        let script = |name: &str| Command::new(project.join("scripts").join(name));
        let cleaner = script("clean-lab")
            .arg("--when-done")
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // Ctrl-C ends the tests, but not what cleans up after them.
            .process_group(0)
            .spawn()
            .expect("scripts/clean-lab starts");
        // Here rather than by the first host: tests that start together would all try.
        run(&mut script("podman-works"));
        let syft = run(&mut script("syft-path")).into();
        let made = lab.join("images");
        run(script("make-images").arg(&made));
        let images = ["web", "db", "rhel", "alpine"];
        let images = images.map(|name| Image::read(&made, name));
        Self {
            folder,
            programs,
            syft,
            images: images.into(),
            bomb: Image::read(&made, "bomb"),
            names: AtomicUsize::new(0),
            project,
            _cleaner: cleaner,
        }
    }

    /// One of the images: `web`, `db`, `rhel` or `alpine`, or `bomb`, which no scan sees the whole of.
    ///
    /// # Panics
    /// There is no image of that name.
    pub fn image(&self, name: &str) -> &Image {
        let mut all = self.images.iter().chain([&self.bomb]);
        let found = all.find(|image| image.name == name);
        found.expect("an image of the lab")
    }

    /// The four images that a scan sees the whole of.
    pub fn images(&self) -> &[Image] {
        &self.images
    }

    /// The genuine syft.
    pub(crate) fn syft(&self) -> &Path {
        &self.syft
    }

    /// The project's folder.
    pub fn project(&self) -> &Path {
        &self.project
    }

    /// A script of the project's.
    pub(crate) fn script(&self, name: &str) -> Command {
        Command::new(self.project.join("scripts").join(name))
    }

    /// One of the programs under test, with nothing set that this machine's user has set.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        for (variable, _) in env::vars_os() {
            let name = variable.to_string_lossy();
            if name.starts_with("ASSETMON_") || name.starts_with("ASSETCTL_") {
                command.env_remove(&variable);
            }
        }
        command
            .env(MARK, &self.folder)
            .env("XDG_CONFIG_HOME", self.folder.join("config"))
            .stdin(Stdio::null());
        command
    }

    /// A folder of its own for something of this kind.
    pub(crate) fn new_folder(&self, kind: &str) -> PathBuf {
        let number = self.names.fetch_add(1, Ordering::Relaxed);
        let folder = self.folder.join(format!("{kind}-{number}"));
        fs::create_dir(&folder).expect("the lab can be written to");
        folder
    }
}

fn project() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("e2e is in the project").to_owned()
}

/// Where the programs under test are: beside the tests themselves, or where `E2E_PROGRAMS` says.
fn programs() -> PathBuf {
    let folder = env::var_os("E2E_PROGRAMS").map_or_else(built, PathBuf::from);
    for program in ["assetmon-server", "assetmon-agent", "assetctl"] {
        assert!(
            folder.join(program).exists(),
            "there is no {program} in {}: run `make e2e`, which builds first",
            folder.display()
        );
    }
    folder
}

fn built() -> PathBuf {
    let tests = env::current_exe().expect("a program knows where it is");
    let folder = tests.ancestors().nth(2);
    folder.expect("tests are in target/PROFILE/deps").to_owned()
}
