//! The manual of every program, as mandoc reads it.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use crate::demo::program;

/// Writes the pages of all programs into a folder.
fn write(folder: &Path) {
    for (name, words) in [
        ("assetctl", &["--quiet", "man", "--dir"][..]),
        ("assetmon-server", &["--man"]),
        ("assetmon-agent", &["man"]),
    ] {
        let mut command = Command::new(program(name));
        let status = command.args(words).arg(folder).status().unwrap();
        assert!(status.success(), "{name}");
    }
}

#[test]
fn mandoc_finds_nothing_wrong_with_any_page() {
    let dir = TempDir::new().unwrap();
    write(dir.path());
    let pages: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|page| page.unwrap().path())
        .collect();
    assert!(pages.len() > 35, "{pages:?}");
    let output = Command::new("mandoc")
        .args(["-T", "lint", "-W", "style"])
        .args(&pages)
        .output();
    let said = String::from_utf8(output.unwrap().stdout).unwrap();
    // A page of another package, which isn't installed here.
    let wrong = said
        .lines()
        .filter(|line| !line.contains("referenced manual not found"));
    let wrong: Vec<&str> = wrong.collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_programs_own_pages_have_the_sections_that_people_look_for() {
    let dir = TempDir::new().unwrap();
    write(dir.path());
    for (page, also) in [
        ("assetctl", "ENVIRONMENT"),
        ("assetmon-server", "ENVIRONMENT"),
        ("assetmon-agent", "COMMANDS"),
    ] {
        let text = fs::read_to_string(dir.path().join(format!("{page}.1"))).unwrap();
        for heading in [
            "NAME",
            "SYNOPSIS",
            "EXIT STATUS",
            "FILES",
            "EXAMPLES",
            "SEE ALSO",
            also,
        ] {
            let is_there = [
                format!("\n.SH {heading}\n"),
                format!("\n.SH \"{heading}\"\n"),
            ];
            assert!(
                is_there.iter().any(|line| text.contains(line)),
                "{page}: {heading}"
            );
        }
    }
    let tui = fs::read_to_string(dir.path().join("assetctl-tui.1")).unwrap();
    assert!(tui.contains(".SH KEYS"), "{tui}");
}
