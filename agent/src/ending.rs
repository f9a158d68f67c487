//! The signals that end the agent, and the exit statuses that go with them.

use std::{fs, io};

use rustix::process::Signal;
use tokio::signal::unix::{self, SignalKind, signal};

/// The signals, from now on told instead of obeyed.
pub(crate) struct Endings {
    interrupt: unix::Signal,
    terminate: unix::Signal,
    /// None where somebody (`nohup`) wants the agent to outlive its terminal.
    hangup: Option<unix::Signal>,
}

impl Endings {
    /// Begins to listen.
    ///
    /// # Errors
    /// The system doesn't allow it.
    pub(crate) fn listen() -> io::Result<Self> {
        let hangup = (!is_ignored(Signal::HUP)).then(|| signal(SignalKind::hangup()));
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: hangup.transpose()?,
        })
    }

    /// Waits for one; answers the exit status.
    pub(crate) async fn next(&mut self) -> u8 {
        let hangup = async {
            match &mut self.hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => 130,
            _ = self.terminate.recv() => 143,
            _ = hangup => 129,
        }
    }
}

/// Whether this process was started with a signal ignored.
fn is_ignored(signal: Signal) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal.as_raw() - 1) & 1 == 1)
}
