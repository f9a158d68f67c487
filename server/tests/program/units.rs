//! The systemd units: what they leave open, and that systemd takes them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

/// The most that `systemd-analyze security` may call the service's exposure.
const EXPOSURE: f64 = 2.0;
const SERVICE: &str = "assetmon-server.service";

/// A line of `systemd-analyze security`.
#[derive(Deserialize)]
struct Line {
    name: String,
    /// How much it adds, where it is open.
    exposure: Option<String>,
}

fn units() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd")
}

fn says(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(output.status.success(), "{command:?}: {said}");
    said
}

fn security(format: &str) -> String {
    let mut command = Command::new("systemd-analyze");
    command.args(["security", "--offline=true", format]);
    says(command.arg(units().join(SERVICE)))
}

#[test]
fn systemd_calls_the_services_exposure_low_and_each_open_line_is_explained() {
    let verdict = security("--no-pager");
    let exposure = verdict.rsplit("level for").next().unwrap_or_default();
    let number = exposure.split_whitespace().nth(1).unwrap();
    assert!(number.parse::<f64>().unwrap() <= EXPOSURE, "{exposure}");

    let explained = fs::read_to_string(units().join("README.md")).unwrap();
    let lines: Vec<Line> = serde_json::from_str(&security("--json=short")).unwrap();
    for Line { name, .. } in lines.iter().filter(|line| line.exposure.is_some()) {
        // As a table's cell holds it.
        let cell = format!("`{}`", name.replace('|', "\\|"));
        assert!(
            explained.contains(&cell),
            "{name} is open, and not explained"
        );
    }
}

#[test]
fn systemd_takes_the_units() {
    let root = tempfile::tempdir().unwrap();
    for folder in ["usr/bin", "bin", "etc/systemd/system"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    let server = env!("CARGO_BIN_EXE_assetmon-server");
    fs::copy(server, root.path().join("usr/bin/assetmon-server")).unwrap();
    fs::copy("/bin/sh", root.path().join("bin/sh")).unwrap();
    for unit in [SERVICE, "assetmon-server.socket"] {
        let place = root.path().join("etc/systemd/system").join(unit);
        fs::copy(units().join(unit), place).unwrap();
    }
    let mut verify = Command::new("systemd-analyze");
    verify.args(["verify", "--man=no", "--recursive-errors=no", "--root"]);
    verify.arg(root.path());
    assert_eq!(says(verify.args([SERVICE, "assetmon-server.socket"])), "");
}
