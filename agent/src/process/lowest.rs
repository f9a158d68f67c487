//! How a scan's program is started: by this program itself, which first takes the lowest priority and
//! the bounds that hold although the agent is no longer there, and then becomes that program.

use std::{
    ffi::OsString,
    fs,
    num::NonZero,
    os::unix::process::CommandExt,
    process::{self, ExitCode},
    thread,
    time::Duration,
};

use clap::Args;
use ioprio::{Class, Priority, Target};
use rustix::process::{
    Pid, Resource, Rlimit, Signal, getppid, set_parent_process_death_signal, setpriority_process,
    setrlimit,
};
use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

use super::error::not_started;
use crate::log;

/// The subcommand that [`Lowest`] is.
pub(crate) const NAME: &str = "become";
/// The nice value that everyone else's goes before.
const NICEST: i32 = 19;
/// How much CPU time beyond the time bound there is to end the program in an orderly way, seconds.
const SLACK: u64 = 30;
/// How long the program has to die of its bound on CPU time before it is killed, seconds.
const DYING: u64 = 5;

/// What to become.
#[derive(Debug, Args)]
pub(crate) struct Lowest {
    /// The agent, whose end is the program's.
    #[arg(long)]
    agent: i32,
    /// How much CPU time it may use, in seconds.
    #[arg(long)]
    cpu: u64,
    /// The program and its arguments.
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

/// The arguments for the agent's own program to become the program that follows them. Its CPU time is
/// bounded by what all processors could give in `time`.
pub(super) fn arguments(time: Duration) -> [String; 6] {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let processors = u64::try_from(processors).unwrap_or(u64::MAX);
    let cpu = time
        .as_secs()
        .saturating_add(SLACK)
        .saturating_mul(processors);
    let (agent, cpu) = (process::id().to_string(), cpu.to_string());
    let [name, by, of] = [NAME, "--agent", "--cpu"].map(str::to_owned);
    [name, by, agent, of, cpu, "--".to_owned()]
}

impl Lowest {
    /// Becomes the program; returns only if that can't be.
    pub(crate) fn run(self) -> ExitCode {
        if !self.ends_with_the_agent() {
            return ExitCode::FAILURE;
        }
        take_the_lowest_priority();
        self.bound();
        let Some((program, arguments)) = self.command.split_first() else {
            return ExitCode::FAILURE;
        };
        let error = process::Command::new(program).args(arguments).exec();
        log::say(&not_started(&program.to_string_lossy(), &error));
        // What a shell says where there is no such program.
        ExitCode::from(127)
    }

    /// Has the kernel kill this process when the agent ends, however it does; whether there still is
    /// an agent.
    ///
    /// The kernel does so when the *thread* ends that started this: the agent starts its scans from
    /// its first thread, which is there until the end.
    fn ends_with_the_agent(&self) -> bool {
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        getppid().map(Pid::as_raw_pid) == Some(self.agent)
    }

    /// Bounds that nobody needs to watch: CPU time, and no memory written to the disk by a crash.
    fn bound(&self) {
        let cpu = Rlimit {
            current: Some(self.cpu),
            maximum: self.cpu.checked_add(DYING),
        };
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = setrlimit(Resource::Cpu, cpu);
        let _ = setrlimit(Resource::Core, none);
    }
}

/// What the host is there for goes before a scan: on the processors, on the disks, and when memory
/// runs out. What the system doesn't allow is left as it is, since a scan is better than none.
fn take_the_lowest_priority() {
    let batch = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Batch);
    let _ = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, batch);
    let _ = setpriority_process(None, NICEST);
    let this = Target::Process(ioprio::Pid::from_raw(0));
    let _ = ioprio::set_priority(this, Priority::new(Class::Idle));
    let _ = fs::write("/proc/self/oom_score_adj", "1000");
}
