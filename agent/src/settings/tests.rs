//! What the settings promise.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, fs, time::Duration};

use clap::{Args, Command};

use super::{Given, Settings};

const TEMPLATE: &str = include_str!("../../agent.toml");

fn load(file: &str) -> Result<Settings, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agent.toml");
    fs::write(&path, file).unwrap();
    Settings::load(Given::default(), Some(&path)).map_err(|error| error.to_string())
}

/// The template with every setting switched on.
fn switched_on() -> String {
    let setting =
        |line: &&str| line.contains(" = ") || line.starts_with("#[") || line.starts_with('[');
    let lines: Vec<_> = TEMPLATE
        .lines()
        .filter(|line| !line.starts_with("# "))
        .filter(setting)
        .map(|line| line.trim_start_matches('#'))
        .collect();
    lines.join("\n")
}

#[test]
fn the_template_as_it_stands_changes_nothing() {
    let settings = format!("{:?}", load(TEMPLATE).unwrap());
    assert_eq!(settings, format!("{:?}", Settings::from(Given::default())));
}

#[test]
fn the_template_lists_every_setting_and_no_other() {
    let table: toml::Table = toml::from_str(&switched_on()).unwrap();
    let listed: BTreeSet<_> = table.keys().map(|key| key.replace('_', "-")).collect();
    let command = Given::augment_args(Command::new("agent"));
    let known = command.get_arguments().filter_map(|arg| arg.get_long());
    assert_eq!(listed, known.map(str::to_owned).collect());
    load(&switched_on()).unwrap();
}

#[test]
fn every_setting_has_a_variable_of_its_name() {
    for arg in Given::augment_args(Command::new("agent")).get_arguments() {
        let long = arg.get_long().unwrap();
        let variable = format!("ASSETMON_AGENT_{}", long.replace('-', "_").to_uppercase());
        assert_eq!(arg.get_env().unwrap().to_str().unwrap(), variable);
    }
}

#[test]
fn an_unknown_key_is_refused_by_name() {
    let error = load("podmann = [\"podman\"]").unwrap_err();
    assert!(error.contains("unknown field `podmann`"), "{error}");
}

#[test]
fn a_wrong_value_is_refused_with_the_way_to_write_it() {
    for (file, hint) in [
        ("scan_time = \"15 minutes\"", "as in `15m`"),
        ("scan_memory = \"1\"", "as in `1GiB`"),
        ("podman = []", "the command is empty"),
        ("server = \"127.0.0.1\"", "unix:PATH"),
        ("acknowledged_runtimes = [\"lxc\"]", "cri-o or podman"),
        ("log_format = \"xml\"", "`plain` or `json`"),
        ("users = \"alice\"", "a list, as in [\"one\""),
        ("podman = \"podman\"", "a list, as in [\"one\""),
    ] {
        let error = load(file).unwrap_err();
        assert!(error.contains(hint), "{error}");
    }
}

#[test]
fn a_user_and_a_store_of_one_name_are_refused() {
    let error = load("users = [\"ada\"]\n[stores]\nada = [\"podman\"]").unwrap_err();
    assert!(
        error.contains("`ada` is in `stores` and in `users`"),
        "{error}"
    );
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let error = Settings::load(Given::default(), Some("/nowhere/agent.toml".as_ref()));
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("/nowhere/agent.toml")
    );
}

#[test]
fn what_was_given_beats_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agent.toml");
    fs::write(&path, "scan_time = \"1m\"\nscan_space = \"1GiB\"").unwrap();
    let given = Given {
        scan_time: Some("2m".parse().unwrap()),
        ..Given::default()
    };
    let settings = Settings::load(given, Some(&path)).unwrap();
    assert_eq!(settings.scan_time, Duration::from_secs(120));
    assert_eq!(settings.scan_space, 1 << 30);
    assert_eq!(settings.scan_memory, 1 << 30);
}
