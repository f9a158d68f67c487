//! An agent that watches: it tells what starts and stops as it happens.

use std::{
    fs::{self, File, OpenOptions},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{
    agent::Agent,
    process::{run, wait_until},
};

/// How long a start may take on a busy machine.
const START: Duration = Duration::from_secs(30);

/// An agent that watches. Dropping it ends it.
pub struct Watch {
    process: Child,
    log: PathBuf,
}

impl Watch {
    /// Starts one, and waits until it has told the server everything once.
    ///
    /// # Panics
    /// It doesn't start.
    pub fn start(agent: &Agent) -> Self {
        let log = agent.host.folder.join("watch.log");
        let file = OpenOptions::new().create(true).append(true).open(&log);
        let file: File = file.expect("a log can be made");
        let mut command = agent.program();
        command.args(["watch", "--log-level", "debug"]);
        command.stdout(Stdio::null()).stderr(Stdio::from(file));
        let process = command.spawn().expect("the agent starts");
        let watch = Self { process, log };
        let up = || watch.log().contains("reporting what runs");
        wait_until("the agent watches", START, up);
        watch
    }

    /// What it said.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Ends podman's events under it, as an upgrade of podman may do.
    ///
    /// # Panics
    /// None are followed.
    pub fn end_events(&self) {
        let parent = self.process.id().to_string();
        run(Command::new("pkill").args(["--parent", &parent, "--full", " events "]));
    }

    /// Asks it to end, and answers its exit status.
    ///
    /// # Panics
    /// It can't be asked.
    pub fn end(mut self) -> Option<i32> {
        self.terminate();
        self.process.wait().expect("an agent ends").code()
    }

    fn terminate(&self) {
        let id = self.process.id().to_string();
        // One that has ended can't be asked any more.
        let _ = Command::new("kill").args(["-TERM", &id]).output();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.terminate();
        let _ = self.process.wait();
    }
}
