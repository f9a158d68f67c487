//! A server of its own for a test, on a port that the system chooses.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use client::{Client, Security, ServerAddress};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// How long anything may take that a server does, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that runs. It is killed when it is dropped.
pub struct Server {
    pub address: String,
    pub socket: PathBuf,
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
    reader: Option<JoinHandle<()>>,
}

/// The program with a data folder, and without anything from the test's own environment.
pub fn program(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assetmon-server"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ASSETMON_")) {
        command.env_remove(name);
    }
    command.arg("--data-dir").arg(dir);
    command
}

/// Runs a program that is not to start; what it said.
pub fn refused(command: &mut Command) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("assetmon-server: error: "), "{said}");
    said
}

impl Server {
    /// Starts a server in a folder and waits until it listens.
    pub fn start(dir: &Path) -> Self {
        Self::with(dir, |command| command)
    }

    /// The same where a token may ask as often as it likes.
    pub fn unlimited(dir: &Path) -> Self {
        std::fs::create_dir_all(dir).unwrap();
        let settings = dir.join("unlimited.toml");
        std::fs::write(&settings, "host_requests_per_minute = 0\n").unwrap();
        Self::with(dir, |command| command.arg("--config").arg(settings))
    }

    /// The same with more settings.
    pub fn with(dir: &Path, more: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        let mut command = program(dir);
        Self::run(dir, more(&mut command))
    }

    /// The same where it may have only so many files open.
    pub fn with_files(dir: &Path, files: u32) -> Self {
        let server = program(dir);
        let mut command = Command::new("sh");
        let script = format!("ulimit -n {files}; exec \"$0\" \"$@\"");
        command.arg("-c").arg(script).arg(server.get_program());
        for (name, _) in server.get_envs() {
            command.env_remove(name);
        }
        Self::run(dir, command.args(server.get_args()))
    }

    /// A server that is started by this command.
    pub fn run(dir: &Path, command: &mut Command) -> Self {
        command.args(["--listen", "127.0.0.1:0", "--log-format", "json"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (listens, listening) = mpsc::channel();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let kept = Arc::clone(&log);
        let reader = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let event: Value = serde_json::from_str(&line).unwrap_or_default();
                if let Some(address) = event["fields"]["address"].as_str() {
                    let _ = listens.send(address.to_owned());
                }
                kept.lock().unwrap().push(line);
            }
        });
        let address = listening.recv_timeout(PATIENCE);
        let address = address.unwrap_or_else(|_| panic!("it does not listen: {log:?}"));
        Self {
            address,
            socket: dir.join("admin.sock"),
            child,
            log,
            reader: Some(reader),
        }
    }

    /// A client with a token.
    pub fn client(&self, token: Option<String>) -> Client {
        let address = ServerAddress::Http(format!("http://{}", self.address));
        Client::new(address, token).unwrap()
    }

    /// A client that speaks TLS, and trusts whom these CAs have signed.
    pub fn secured(&self, ca_file: &Path, token: Option<String>) -> Client {
        let security = Security {
            ca_file: Some(ca_file.to_owned()),
            ..Security::default()
        };
        self.with_security(&security, token)
    }

    /// A client that speaks TLS this way.
    pub fn with_security(&self, security: &Security, token: Option<String>) -> Client {
        let address = ServerAddress::Http(format!("https://{}", self.address));
        Client::secured(address, token, security).unwrap()
    }

    /// Waits until a line of the log holds these words, but not for ever.
    pub fn wait_for(&self, words: &str) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if self
                .log
                .lock()
                .unwrap()
                .iter()
                .any(|line| line.contains(words))
            {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it does not say {words}: {:?}", self.log);
    }

    /// A client on the local socket.
    pub fn admin(&self) -> Client {
        Client::new(ServerAddress::Unix(self.socket.clone()), None).unwrap()
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How much memory it holds, in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
        kilobytes.parse::<u64>().unwrap() << 10
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits until it has ended, but not for ever.
    pub fn wait(&mut self) -> ExitStatus {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it does not end: {:?}", self.log);
    }

    /// Kills it as a crash would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it, and everything that it logged.
    pub fn log(mut self) -> Vec<String> {
        self.signal(Signal::TERM);
        self.wait();
        self.ended_log()
    }

    /// Everything that it logged, once it has ended.
    pub fn ended_log(mut self) -> Vec<String> {
        self.reader.take().unwrap().join().unwrap();
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
