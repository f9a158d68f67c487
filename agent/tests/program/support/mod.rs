//! A host for tests: the agent's own program, with a podman, a syft and a server that do what the
//! test says.

pub mod server;

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use server::Server;

/// Two images.
pub const WEB: &str = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub const DB: &str = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

/// A podman that answers from files: `ps.json`, `mounts.json`, `image.json`; a file `podman-fails` makes every
/// listing fail.
pub const PODMAN: &str = r#"#!/bin/sh
cd "$(dirname "$0")" || exit 1
printf '%s\n' "$*" >>podman-calls
# Podman names what it unmounts, and says nothing of what isn't mounted.
unmounted() { [ "$(cat mounts.json)" = '[]' ] || echo unmounted; }
case "$1 $2 $3" in
"ps "*) [ ! -e podman-fails ] || { echo 'Error: no storage' >&2; exit 125; }; cat ps.json ;;
"image mount --format") cat mounts.json ;;
"image inspect --format") cat image.json ;;
"image mount "*) echo "$PWD/tree" ;;
"image unmount "*) unmounted ;;
"--version"*) echo podman version 9.9.9 ;;
*) exit 125 ;;
esac
"#;

pub struct Host {
    pub folder: tempfile::TempDir,
    pub server: Server,
}

impl Host {
    /// A host that is enrolled as `web1`, with nothing running and a syft that finds bash in every
    /// image.
    pub fn enrolled() -> Self {
        let host = Self::new();
        fs::create_dir(host.path("state")).unwrap();
        fs::set_permissions(host.path("state"), fs::Permissions::from_mode(0o700)).unwrap();
        let token = json!({"host": "web1", "server": host.server.url, "token": "canary-token"});
        fs::write(host.path("state/token"), token.to_string()).unwrap();
        fs::set_permissions(host.path("state/token"), fs::Permissions::from_mode(0o600)).unwrap();
        host
    }

    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start();
        let host = Self { folder, server };
        fs::create_dir(host.path("tree")).unwrap();
        host.script("podman", PODMAN);
        host.syft_prints(&document(&["bash"]));
        host.runs(&[]);
        host.write("image.json", "[{}]");
        host
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// These containers run on these images, which can all be mounted.
    pub fn runs(&self, containers: &[(&str, &str)]) {
        let listed = containers.iter().map(|(name, image)| {
            json!({"Id": format!("{:c<64}", "id"), "Names": [name], "Image": "docker.io/x:1",
                "ImageID": &image[7..], "State": "running"})
        });
        self.write("ps.json", &Value::from_iter(listed).to_string());
        let tree = self.path("tree");
        let mounted = containers
            .iter()
            .map(|(_, image)| json!({"id": &image[7..], "mountpoint": tree}));
        self.write("mounts.json", &Value::from_iter(mounted).to_string());
    }

    pub fn syft_prints(&self, document: &Value) {
        self.write("document.json", &document.to_string());
        self.syft(&format!("cat {}", self.path("document.json").display()));
    }

    /// What syft does when it scans, as a shell script.
    pub fn syft(&self, script: &str) {
        let calls = self.path("syft-calls");
        // The scanner is tried on an empty folder, whose scan is numbered 0.
        let nothing = document(&[]).to_string();
        let version = format!("case $* in *000000000000*) echo '{nothing}'; exit ;; esac");
        let note = format!("printf '%s\\n' \"$*\" >>{}", calls.display());
        self.script("syft", &format!("#!/bin/sh\n{version}\n{note}\n{script}\n"));
    }

    pub fn script(&self, name: &str, text: &str) {
        // Written under another name and moved: a script that is still open for writing can't be
        // started.
        let new = self.path("script.new");
        fs::write(&new, text).unwrap();
        fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
        fs::rename(new, self.path(name)).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assetmon-agent"));
        command
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var("PATH").unwrap());
        for (name, file) in [
            ("STATE_DIR", "state"),
            ("PODMAN", "podman"),
            ("SYFT", "syft"),
        ] {
            command.env(format!("ASSETMON_AGENT_{name}"), self.path(file));
        }
        command.env("ASSETMON_AGENT_REPORT_PATIENCE", "0s");
        command.env("ASSETMON_AGENT_UPLOAD_PATIENCE", "0s");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        Ended::from(self.command(arguments).output().unwrap())
    }

    /// The same on another machine: after a script that is root's in mount and user namespaces of its
    /// own, and may put other files in the place of these.
    pub fn run_behind(&self, script: &str, arguments: &[&str]) -> Ended {
        let agent = self.command(arguments);
        let mut command = Command::new("unshare");
        // Who is root needn't become it.
        let user = fs::metadata("/proc/self").unwrap().uid();
        command.args((user != 0).then_some("--map-root-user"));
        command
            .args([
                "--mount",
                "sh",
                "-ec",
                &format!("{script}\nexec \"$@\""),
                "sh",
            ])
            .arg(agent.get_program())
            .args(agent.get_args())
            .env_clear()
            .stdin(Stdio::null());
        for (name, value) in agent.get_envs() {
            command.env(name, value.unwrap());
        }
        Ended::from(command.output().unwrap())
    }

    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// Whatever a scan may have left.
    pub fn leftovers(&self) -> usize {
        let entries = fs::read_dir(self.path("state/scans-assetmon"));
        let entries = entries.into_iter().flatten().flatten();
        entries.filter(|entry| entry.path().is_dir()).count()
    }
}

/// How a run of the agent ended.
#[derive(Debug)]
pub struct Ended {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    /// That it ended with `status`; otherwise what it said is shown.
    #[track_caller]
    pub fn with(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "{}\n{}",
            self.stdout,
            self.stderr
        );
        assert!(!self.stderr.contains("canary-token"), "{}", self.stderr);
        self
    }

    #[track_caller]
    pub fn saying(self, words: &str) -> Self {
        let said = format!("{}{}", self.stdout, self.stderr);
        assert!(said.contains(words), "{said}");
        self
    }
}

/// A document of syft's with these deb packages.
pub fn document(packages: &[&str]) -> Value {
    let artifact = |name: &&str| json!({"type": "deb", "name": name, "version": "1", "purl": format!("pkg:deb/debian/{name}@1")});
    let artifacts: Vec<_> = packages.iter().map(artifact).collect();
    json!({"artifacts": artifacts, "distro": {"id": "debian", "versionID": "12"},
        "descriptor": {"name": "syft", "version": "9.9.9"}})
}

/// Waits until something is so.
#[track_caller]
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "waited in vain: {what}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a process runs; one that is dead and not yet reaped doesn't.
pub fn runs(process: &str) -> bool {
    fs::read_to_string(Path::new("/proc").join(process.trim()).join("stat"))
        .is_ok_and(|stat| !stat.rsplit_once(')').unwrap().1.starts_with(" Z"))
}
