//! What the tests that run the program share.

#![allow(dead_code)] // each test program uses a part of it

use assert_cmd::Command;
use proto_types::Timestamp;

/// Runs it, and answers its exit status, standard output and standard error.
pub fn outcome(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// A moment in RFC 3339.
pub fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}
