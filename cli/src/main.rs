//! `assetctl`: asks an assetmon server where an artifact runs.

use std::process::ExitCode;

fn main() -> ExitCode {
    assetctl::main()
}
