//! An agent: the genuine program with a host's podman, a syft that is watched, and a state of its
//! own.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

use crate::{host::Host, lab::Lab, process::run, runtimes, server::Server, syft::Syft, user::User};

/// Settings of syft that would hide everything, and another machine's podman.
const UNHEARD: [(&str, &str); 3] = [
    ("SYFT_EXCLUDE", "**/*"),
    ("SYFT_SELECT_CATALOGERS", "-dpkg,-python,-rpm,-apk"),
    ("CONTAINER_HOST", "tcp://127.0.0.1:1"),
];

/// An agent that is enrolled. The host is its own: both go together.
pub struct Agent {
    /// Its host.
    pub host: Host,
    /// Its syft.
    pub syft: Syft,
    config: PathBuf,
}

/// A cycle that runs. Dropping it kills it.
pub struct Cycle {
    process: Child,
    log: PathBuf,
}

impl Agent {
    /// Enrolls `host` at `server`.
    pub fn enroll(server: &Server, host: Host) -> Self {
        Self::enroll_with(server, host, "")
    }

    /// The same with more settings, lines of the settings file.
    pub fn enroll_with(server: &Server, host: Host, more: &str) -> Self {
        let syft = Syft::new(&host.folder);
        let program = syft.program();
        Self::set_up(host, syft, &program, more).enrolled(server)
    }

    /// Enrolls `host` at `server`, and has its agent ask this user too. Syft is one that the user
    /// may start, and isn't watched.
    pub fn enroll_with_user(server: &Server, host: Host, user: &User) -> Self {
        let syft = Syft::new(&host.folder);
        let users = format!("users = [{:?}]", user.name);
        Self::set_up(host, syft, &user.syft(), &users).enrolled(server)
    }

    fn enrolled(self, server: &Server) -> Self {
        run(self
            .program()
            .args(["enroll", "--server", &server.url()])
            .env("ASSETMON_AGENT_CODE", server.add_host(&self.host.name)));
        self
    }

    fn set_up(host: Host, syft: Syft, program: &Path, more: &str) -> Self {
        let config = host.folder.join("agent.toml");
        // What the machine and the other tests run is no gap of this host.
        let acknowledged = runtimes::ALL;
        let settings = format!(
            "state_dir = {state:?}\npodman = [{podman:?}]\nsyft = [{syft:?}]\n\
             report_patience = \"1m\"\nupload_patience = \"1m\"\n\
             acknowledged_runtimes = {acknowledged:?}\n{more}\n",
            state = host.folder.join("state"),
            podman = host.podman_program(),
            syft = program,
        );
        fs::write(&config, settings).expect("settings can be written");
        Self { host, syft, config }
    }

    /// An agent on a machine that was made from a copy of this one's disk: with its token, and a podman
    /// of its own.
    ///
    /// # Panics
    /// The state folder can't be copied.
    pub fn copied_to(&self, host: Host) -> Self {
        let syft = Syft::new(&host.folder);
        let program = syft.program();
        let copy = Self::set_up(host, syft, &program, "");
        let folders = [self, &copy].map(|agent| agent.host.folder.join("state"));
        run(Command::new("cp").arg("-a").args(folders));
        copy
    }

    /// Runs one full cycle, as the timer does.
    ///
    /// # Panics
    /// It fails.
    pub fn report(&self) {
        self.start_report().ends_well();
    }

    /// Runs one full cycle with these acknowledged runtimes alone.
    ///
    /// # Panics
    /// It fails.
    pub fn report_acknowledging(&self, runtimes: &[String]) {
        let mut command = self.program();
        command.env(runtimes::SETTING, runtimes.join(","));
        run(command.arg("report"));
    }

    /// Starts one full cycle.
    pub fn start_report(&self) -> Cycle {
        let log = self.host.folder.join("agent.log");
        let file = OpenOptions::new().create(true).append(true).open(&log);
        let file: File = file.expect("a log can be made");
        let process = self
            .program()
            .arg("report")
            .stdout(file.try_clone().expect("a log can be shared"))
            .stderr(Stdio::from(file))
            // What is sent to its group is sent to nobody else.
            .process_group(0)
            .spawn()
            .expect("the agent starts");
        Cycle { process, log }
    }

    /// What its cycles said.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.host.folder.join("agent.log")).unwrap_or_default()
    }

    /// Its state folder.
    pub(crate) fn state(&self) -> PathBuf {
        self.host.folder.join("state")
    }

    /// What is in the folder of temporary files.
    pub fn temporary(&self) -> Vec<PathBuf> {
        let folder = self.state().join("scans-assetmon");
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        // Beside them is the file that says whose folder it is.
        paths.filter(|path| path.is_dir()).collect()
    }

    /// The agent's program, with its settings.
    pub fn program(&self) -> Command {
        let mut command = Lab::get().program("assetmon-agent");
        command.arg("--config").arg(&self.config);
        // What a host tells its other users of syft and podman is nothing to the agent.
        for (name, value) in UNHEARD {
            command.env(name, value);
        }
        command
    }
}

impl Cycle {
    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Whether it is over.
    pub(crate) fn has_ended(&mut self) -> bool {
        let ended = self.process.try_wait();
        ended.expect("a child can be asked").is_some()
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// It can't be waited for.
    pub fn ends(&mut self) -> ExitStatus {
        self.process.wait().expect("an agent ends")
    }

    /// Waits for a good end.
    ///
    /// # Panics
    /// It fails; then with its log.
    pub fn ends_well(mut self) {
        let status = self.ends();
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        assert!(status.success(), "the agent ended with {status}:\n{log}");
    }

    /// Kills it with SIGKILL, and nothing that it started.
    ///
    /// # Panics
    /// It has ended already.
    pub fn kill(mut self) {
        self.process.kill().expect("the agent is at work");
        assert!(!self.ends().success(), "the agent was at work");
    }
}

impl Drop for Cycle {
    fn drop(&mut self) {
        // One that has ended can't be killed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
