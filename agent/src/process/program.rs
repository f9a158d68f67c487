//! A program that is run to its end, or to the first bound that it passes.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process,
};

use super::{
    bounds::Bounds,
    error::{Excess, ProgramError},
    group::Group,
    held::Held,
    lowest, trace, usage,
};
use crate::{clock::Moment, settings::Words};

/// How much a command may say on standard error; what comes after it isn't kept.
const STDERR: u64 = 1 << 20;

/// A command, ready to be run.
#[derive(Debug)]
pub(crate) struct Program {
    pub(super) program: String,
    /// What it is called where it fails, if not by that name.
    called: Option<String>,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    folder: Option<PathBuf>,
    is_uninterrupted: bool,
    lowest: Option<Duration>,
}

/// What a command that ended well left.
#[derive(Debug)]
pub(crate) struct Finished {
    /// What it printed.
    pub(crate) stdout: Vec<u8>,
    /// What it said on standard error.
    pub(crate) stderr: String,
}

impl Program {
    /// The command that the settings name, found by this process's `PATH`, which is all that it is
    /// told of the environment, beside who started it: what else is in there may change what it answers.
    pub(crate) fn new(words: &Words) -> Self {
        let program = Self {
            program: words.program().to_owned(),
            called: None,
            arguments: words.arguments().iter().map(OsString::from).collect(),
            environment: Vec::new(),
            folder: None,
            is_uninterrupted: false,
            lowest: None,
        };
        let program = program.variable(trace::VARIABLE, trace::own());
        program.keeping(&["PATH"])
    }

    /// With these variables of this process's environment, as far as they are set.
    pub(crate) fn keeping(mut self, names: &[&str]) -> Self {
        let set = |name: &&str| Some((OsString::from(name), std::env::var_os(name)?));
        self.environment.extend(names.iter().filter_map(set));
        self
    }

    /// With one more argument.
    pub(crate) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// With more arguments.
    pub(crate) fn args(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(OsString::from));
        self
    }

    /// With a variable of its environment set.
    pub(crate) fn variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Called `name` where it fails: what it starts may be the one that does.
    pub(crate) fn called(mut self, name: String) -> Self {
        self.called = Some(name);
        self
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        self.called.as_ref().unwrap_or(&self.program).clone()
    }

    /// Run in `folder`.
    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Such that nobody interrupts it: dropping the future leaves it to its own end, as something
    /// that would be neither done nor undone in the middle. The bounds hold.
    pub(crate) fn uninterrupted(mut self) -> Self {
        self.is_uninterrupted = true;
        self
    }

    /// At the lowest priority, and ended by the kernel when the agent ends, however it does. Should it
    /// live on even so, then with no more CPU time than it could have used in `time`.
    pub(crate) fn at_lowest_priority(mut self, time: Duration) -> Self {
        self.lowest = Some(time);
        self
    }

    /// The same, started by another program, which takes a program and its arguments as its last
    /// arguments: what this one is told of the environment and where it runs is kept, whatever the
    /// other does about it.
    pub(crate) fn started_by(self, mut other: Self) -> Self {
        other.called = Some(self.name());
        other.arguments.extend(["env", "-i"].map(OsString::from));
        if let Some(folder) = self.folder {
            other.arguments.extend(["-C".into(), folder.into()]);
        }
        for (name, value) in self.environment {
            let mut variable = name;
            variable.push("=");
            variable.push(value);
            other.arguments.push(variable);
        }
        other.arguments.push(self.program.into());
        other.arguments.extend(self.arguments);
        other.lowest = self.lowest;
        other
    }

    /// Runs it to its end, or to the first bound that it passes. Dropping the future ends it too.
    ///
    /// # Errors
    /// [`ProgramError`]: it didn't start, failed or was ended.
    pub(crate) async fn run(self, bounds: &Bounds) -> Result<Finished, ProgramError> {
        let program = self.name();
        let until = Moment::now().after(bounds.time);
        let is_uninterrupted = self.is_uninterrupted;
        let mut child = self.spawn(Stdio::null())?;
        let mut group = Group::of(&child);
        group.spare(is_uninterrupted);
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let work = async {
            let (stdout, stderr) =
                tokio::try_join!(read(stdout, bounds.output), read_on(stderr, STDERR))?;
            // A program that prints without end would wait for us, and we for it.
            if stdout.1 {
                return Ok(None);
            }
            Ok(Some((child.wait().await?, stdout.0, stderr)))
        };
        let excess = |excess| {
            let program = program.clone();
            ProgramError::Excess { program, excess }
        };
        let ended: io::Result<_> = tokio::select! {
            ended = work => ended,
            over = usage::watch(&group, bounds, until) => {
                group.spare(false);
                return Err(excess(over));
            }
        };
        // Who couldn't be listened to is ended too.
        group.spare(matches!(ended, Ok(Some(_))));
        match ended {
            Ok(None) => Err(excess(Excess::Output(bounds.output))),
            Ok(Some((status, stdout, stderr))) => judge(program, status, stdout, &stderr),
            Err(source) => Err(ProgramError::Unreadable { program, source }),
        }
    }

    /// Starts it, waits for the first line that it prints, and lets it stay. `bounds` hold until
    /// then, for its time and output.
    ///
    /// # Errors
    /// [`ProgramError`]: it didn't start, or ended or was ended before it said anything.
    pub(crate) async fn hold(self, bounds: &Bounds) -> Result<Held, ProgramError> {
        let program = self.name();
        Held::of(self.spawn(Stdio::piped())?, program, bounds).await
    }

    pub(super) fn spawn(self, stdin: Stdio) -> Result<process::Child, ProgramError> {
        let mut command = match self.lowest {
            None => process::Command::new(&self.program),
            Some(time) => {
                // This program, also where its file has been replaced meanwhile.
                let mut command = process::Command::new("/proc/self/exe");
                command.args(lowest::arguments(time)).arg(&self.program);
                command
            }
        };
        command
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment)
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        tracing::debug!(program = self.program, arguments = ?self.arguments, "starting");
        command.spawn().map_err(|source| ProgramError::NotStarted {
            program: self.program,
            source,
        })
    }
}

/// What comes from a pipe up to `bound` bytes, and whether there was more.
async fn read<P: AsyncRead + Unpin>(pipe: Option<P>, bound: u64) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    let Some(mut pipe) = pipe else {
        return Ok((bytes, false));
    };
    (&mut pipe).take(bound).read_to_end(&mut bytes).await?;
    let over = bytes.len() as u64 == bound && pipe.read(&mut [0]).await? > 0;
    Ok((bytes, over))
}

/// What comes from a pipe up to `bound` bytes. The rest is read too and dropped: a program whose pipe
/// is closed while it still writes is killed by that.
async fn read_on<P: AsyncRead + Unpin>(pipe: Option<P>, bound: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        (&mut pipe).take(bound).read_to_end(&mut bytes).await?;
        tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await?;
    }
    Ok(bytes)
}

pub(super) fn judge(
    program: String,
    status: ExitStatus,
    stdout: Vec<u8>,
    stderr: &[u8],
) -> Result<Finished, ProgramError> {
    let stderr = String::from_utf8_lossy(stderr).into_owned();
    if status.success() {
        return Ok(Finished { stdout, stderr });
    }
    Err(ProgramError::Failed {
        program,
        status,
        stderr,
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
