//! The demo as somebody starts it, for tests that need a fleet with a past.
#![allow(dead_code)] // each test program uses a part of it

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

/// A demo that runs, and a folder to work in.
pub struct Demo {
    /// What it said when it was ready.
    pub said: String,
    dir: TempDir,
    server: Child,
}

impl Demo {
    /// Starts it, and waits until it says what can be tried.
    pub fn start() -> Self {
        let dir = TempDir::new().unwrap();
        let mut server = Command::new(program("assetmon-server"))
            .args(["--demo", "--data-dir"])
            .arg(dir.path().join("demo"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let out = server.stdout.take().unwrap();
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            said += &(line + "\n");
            if said.contains("Ctrl-C ends it") {
                break;
            }
        }
        Self { said, dir, server }
    }

    /// A folder to work in.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The address that `assetctl` asks it at.
    pub fn address(&self) -> String {
        format!("unix:{}", self.dir().join("demo/admin.sock").display())
    }

    /// The address that agents and other machines would ask it at.
    pub fn web(&self) -> String {
        let line = self.said.lines().find(|line| line.contains("http://"));
        let at = line.and_then(|line| line.find("http://").map(|at| &line[at..]));
        at.unwrap().trim().to_owned()
    }

    /// The path with this build's `assetctl` first.
    pub fn path(&self) -> String {
        let own = Path::new(env!("CARGO_BIN_EXE_assetctl")).parent().unwrap();
        format!("{}:{}", own.display(), env::var("PATH").unwrap())
    }

    /// A line as someone types it into bash, with nothing of this machine's settings.
    pub fn shell(&self, line: &str) -> Command {
        let mut command = Command::new("bash");
        command
            .env_clear()
            .env("PATH", self.path())
            .env("HOME", self.dir())
            .env("ASSETCTL_SERVER", self.address())
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            .current_dir(self.dir())
            .args(["-c", line]);
        command
    }

    /// Runs a line that is to work, and answers its standard output.
    pub fn run(&self, line: &str) -> String {
        let output = self.shell(line).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.dir().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A program beside this build's `assetctl`. `cargo test --workspace` has built it; a test of this
/// package alone may have to.
pub fn program(name: &str) -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_assetctl")).with_file_name(name);
    if !program.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "-p", name])
            .status()
            .unwrap();
        assert!(built.success());
    }
    program
}
