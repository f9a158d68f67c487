//! A disk that fails or is full, power that is lost, a clock that is wrong, and a log that can't be written: nothing is acknowledged that isn't
//! safe, and a server that can't write any more ends.

mod clock;
mod disk;
mod full;
mod mute;
mod power;
mod quiet;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use proto_types::CreateHost;

/// Adds a host, so that something is written.
fn host(name: &str) -> CreateHost {
    CreateHost {
        name: name.to_owned(),
    }
}

/// A library that stands between a server and the system, compiled from its source here.
fn library(dir: &Path, source: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/faults");
    let library = dir.join(source).with_extension("so");
    let mut compile = Command::new("cc");
    compile.args(["-shared", "-fPIC", "-o"]).arg(&library);
    assert!(compile.arg(folder.join(source)).status().unwrap().success());
    library
}
