//! docs/QUERIES.md says what it does: each of its command lines is run.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::{
    expected::{EXPECTED, Expected},
    fleet::{Fleet, outcome},
    history,
};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/QUERIES.md");

/// The record of the backdoor in xz.
const XZ: &str = r#"{"id": "CVE-2024-3094", "published": "2024-03-29T17:15:21Z", "affected": [{
    "package": {"ecosystem": "Debian:12", "name": "xz-utils"},
    "versions": ["5.6.0-0.2", "5.6.1-1"]}]}"#;

/// The command lines of the document: what stands in the second column of its tables.
fn commands() -> Vec<String> {
    let text = fs::read_to_string(DOCUMENT).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix('|')?.strip_suffix('|'))
        // A pipe within a cell is written `\|`.
        .map(|line| line.replace("\\|", "\u{0}"))
        .filter_map(|line| Some(line.split('|').nth(1)?.trim().replace('\u{0}', "|")))
        .filter_map(|cell| Some(cell.strip_prefix('`')?.strip_suffix('`')?.to_owned()))
        .filter(|cell| cell.contains("assetctl "))
        .collect()
}

#[test]
fn every_command_of_the_document_is_expected_here_and_nothing_else() {
    let written: BTreeSet<String> = commands().into_iter().collect();
    let expected: BTreeSet<String> = EXPECTED.iter().map(|one| one.line.to_owned()).collect();
    assert!(written.len() > 20, "{written:#?}");
    assert_eq!(written, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_of_the_document_answers_its_question() {
    let fleet = history::fleet().await;
    let list = "# from the advisory\nopenssl\nlodash\npkg:pypi/jinja2@3.1.4\nno-such-thing\n";
    fs::write(fleet.dir.path().join("advisory.txt"), list).unwrap();
    fs::write(fleet.dir.path().join("CVE-2024-3094.json"), XZ).unwrap();
    let wrong: Vec<String> = EXPECTED
        .iter()
        .filter_map(|one| check(&fleet, one).err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn check(fleet: &Fleet, expected: &Expected) -> Result<(), String> {
    let (status, stdout, stderr) = if expected.status.is_some() {
        outcome(&mut fleet.shell(expected.line))
    } else {
        (0, first_line(fleet, expected.line), String::new())
    };
    let shown = format!(
        "{}\n--- {status}\n{stdout}--- standard error\n{stderr}",
        expected.line
    );
    let has_all = |text: &str, pieces: &[&str]| pieces.iter().all(|piece| text.contains(piece));
    if expected.status.is_some_and(|wanted| wanted != status) {
        return Err(format!("another status in {shown}"));
    }
    if !has_all(&stdout, expected.stdout) || !has_all(&stderr, expected.stderr) {
        return Err(format!("something lacks in {shown}"));
    }
    match expected
        .without
        .iter()
        .find(|piece| stdout.contains(**piece))
    {
        Some(piece) => Err(format!("`{piece}` in {shown}")),
        None => Ok(()),
    }
}

/// The first line of a command that goes on until Ctrl-C.
fn first_line(fleet: &Fleet, line: &str) -> String {
    let shell = fleet.shell(line);
    let mut command = Command::new("bash");
    for (name, value) in shell.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    let mut child = command
        .args(["-c", &format!("exec {line}")])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    first
}
