//! What running a command promises.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path, time::Duration};

use super::{Bounds, Excess, Program, ProgramError};
use crate::{clock::Moment, settings::Words};

fn shell(script: &str) -> Program {
    Program::new(&Words::one("sh")).args(&["-c", script])
}

fn bounds() -> Bounds {
    Bounds {
        time: Duration::from_secs(20),
        output: 1 << 20,
        memory: None,
        space: None,
    }
}

fn excess(result: Result<super::Finished, ProgramError>) -> Excess {
    match result.unwrap_err() {
        ProgramError::Excess { excess, .. } => excess,
        other => panic!("{other}"),
    }
}

/// Whether a process runs; one that is dead and not yet reaped doesn't.
fn runs(process: &str) -> bool {
    fs::read_to_string(format!("/proc/{process}/stat"))
        .is_ok_and(|stat| !stat.rsplit_once(')').unwrap().1.starts_with(" Z"))
}

#[tokio::test]
async fn what_a_command_prints_is_kept() {
    let finished = shell("echo out; echo err >&2")
        .run(&bounds())
        .await
        .unwrap();
    assert_eq!(finished.stdout, b"out\n");
    assert_eq!(finished.stderr, "err\n");
}

#[tokio::test]
async fn a_failure_says_the_last_thing_it_said() {
    let error = shell("echo first >&2; printf 'last\\033[2J\\n' >&2; exit 7")
        .run(&bounds())
        .await;
    let error = error.unwrap_err().to_string();
    assert_eq!(error, "`sh` failed (exit status: 7): last\\x1b[2J");
}

#[tokio::test]
async fn a_command_that_is_not_there_is_named_with_what_to_do() {
    for (name, reason) in [
        (
            "no-such-program",
            "` is not on the agent's PATH: install it there, or, ",
        ),
        ("/nowhere/podman", "` does not exist: install it there, or "),
        ("/etc/passwd", "` can't be started: Permission denied"),
    ] {
        let error = Program::new(&Words::one(name)).run(&bounds()).await;
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with(&format!("`{name}{reason}")), "{error}");
    }
}

#[tokio::test]
async fn who_takes_too_long_is_ended_with_everything_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "sleep 300 & echo $! > {0}/id; wait",
        folder.path().display()
    );
    let started = Moment::now();
    let time = Duration::from_secs(1);
    let result = shell(&script).run(&Bounds { time, ..bounds() }).await;
    assert_eq!(excess(result), Excess::Time(time));
    assert!(started.elapsed() < Duration::from_secs(5));
    let process = fs::read_to_string(folder.path().join("id")).unwrap();
    // The leader is dead by now, what it started dies at the same stroke but may take a moment.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!runs(process.trim()));
}

#[tokio::test]
async fn who_waits_for_a_processor_most_of_its_time_is_said_to() {
    // Six on one processor, of which the nice one gets least. It is not so nice that it has no turn for
    // seconds: the kernel counts how long somebody waited only once it is their turn.
    let words = ["-c", "0", "sh", "-c", "while :; do :; done"];
    let other = || std::process::Command::new("taskset").args(words).spawn();
    let others: Vec<_> = (0..5).map(|_| other().unwrap()).collect();
    let nice = Program::new(&Words::one("nice")).args(&["-n", "10", "taskset"]);
    let time = Duration::from_secs(3);
    let result = nice.args(&words).run(&Bounds { time, ..bounds() }).await;
    for mut other in others {
        other.kill().unwrap();
        other.wait().unwrap();
    }
    assert_eq!(excess(result), Excess::Starved(time));
}

#[tokio::test]
async fn a_command_that_nobody_waits_for_any_more_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("echo $$ > {0}/id; exec sleep 300", folder.path().display());
    let bounds = bounds();
    let running = shell(&script).run(&bounds);
    assert!(
        tokio::time::timeout(Duration::from_millis(500), running)
            .await
            .is_err()
    );
    let process = fs::read_to_string(folder.path().join("id")).unwrap();
    assert!(!runs(process.trim()));
}

#[tokio::test]
async fn who_prints_too_much_is_ended() {
    let result = shell("yes").run(&bounds()).await;
    assert_eq!(excess(result), Excess::Output(1 << 20));
}

#[tokio::test]
async fn who_says_more_on_standard_error_than_is_kept_lives_on() {
    let script = "head -c 3000000 /dev/zero >&2 && echo done";
    let finished = shell(script).run(&bounds()).await.unwrap();
    assert_eq!(finished.stdout, b"done\n");
    assert_eq!(finished.stderr.len(), 1 << 20);
}

#[tokio::test]
async fn who_fills_the_temporary_folder_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mkdir a && head -c 3000000 /dev/zero > a/b; sleep 300";
    let space = Some((folder.path().to_owned(), 1 << 20));
    let result = shell(script)
        .folder(folder.path())
        .run(&Bounds { space, ..bounds() })
        .await;
    assert_eq!(excess(result), Excess::Space(1 << 20));
}

#[tokio::test]
async fn who_uses_too_much_memory_is_ended_even_if_a_child_uses_it() {
    let script = "head -c 80000000 /dev/zero | tail -c 70000000 | (sleep 300)";
    let memory = Some(32 << 20);
    let result = shell(script).run(&Bounds { memory, ..bounds() }).await;
    assert_eq!(excess(result), Excess::Memory(32 << 20));
}

#[tokio::test]
async fn no_shell_reads_an_argument() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = "$(touch x); touch y `touch z`";
    let command = Program::new(&Words::one("printf")).args(&["%s", hostile]);
    let finished = command.folder(folder.path()).run(&bounds()).await.unwrap();
    assert_eq!(finished.stdout, hostile.as_bytes());
    assert!(is_empty(folder.path()));
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[tokio::test]
async fn a_command_that_fails_is_called_what_it_was_said_to_be_and_not_what_starts_it() {
    let alice = |script| shell(script).called("podman of alice".to_owned());
    let error = alice("exit 3").run(&bounds()).await.unwrap_err();
    let words = error.to_string();
    assert!(words.starts_with("`podman of alice` failed"), "{words}");
    let starter = Program::new(&Words::one("env"));
    let error = alice("exit 3").started_by(starter).run(&bounds()).await;
    let words = error.unwrap_err().to_string();
    assert!(words.starts_with("`podman of alice` failed"), "{words}");
}
