//! Somebody types a piece and presses Tab.

use std::process::Command;

use crate::{demo::Demo, screen::Screen};

/// What is typed behind `assetctl`, and what Tab makes of it.
const CASES: [(&str, &str); 23] = [
    ("stat", "status"),
    ("host show sea", "host show search-0"),
    ("diff host:sea", "diff host:search-0"),
    ("sbom host:sea", "sbom host:search-0"),
    ("tui opens", "tui openssl"),
    ("find postgresq", "find postgresql-16"),
    ("find host=sea", "find host=search-0"),
    ("find --host=sea", "find --host=search-0"),
    ("find 'host=sea", "find 'host=search-0"),
    ("find source=opens", "find source=openssl"),
    ("find --match sourc", "find --match source"),
    (
        "find --match name eq postgresq",
        "find --match name eq postgresql-16",
    ),
    ("find --type java", "find --type java-archive"),
    ("find openssl --at yest", "find openssl --at yesterday"),
    ("find openssl --during 7", "find openssl --during 7d.."),
    ("changes --since tod", "changes --since today"),
    ("hosts -o ndj", "hosts -o ndjson"),
    ("hosts --columns sta", "hosts --columns state"),
    (
        "hosts --columns name,last_r",
        "hosts --columns name,last_report_at",
    ),
    ("--context stag", "--context staging"),
    ("token revoke coll", "token revoke colleague"),
    ("image haproxy:2", "image haproxy:2.9.6"),
    (
        "find --image legacy-rep",
        "find --image legacy-reports:2021-06",
    ),
];

/// A demo with a token and a context, and a shell on a screen that asks it.
fn shell(start: &str) -> (Demo, Screen) {
    let demo = Demo::start();
    demo.run("assetctl token create colleague --role reader");
    let settings = "[contexts.staging]\nserver = \"https://staging.example.org\"\n";
    demo.write("config/assetctl/config.toml", settings);
    let screen = Screen::new(demo.dir());
    screen.run(&format!(
        "export PATH='{}' HOME=\"$PWD\" XDG_CONFIG_HOME=\"$PWD/config\" ASSETCTL_SERVER='{}'",
        demo.path(),
        demo.address()
    ));
    screen.run(start);
    (demo, screen)
}

/// Types a line on an empty screen, presses Tab, and waits for what it makes of it.
fn completes(screen: &Screen, typed: &str, made: &str) {
    screen.press(&["C-u"]);
    screen.run("clear");
    screen.wait_until_gone("assetctl");
    screen.type_text(&format!("assetctl {typed}"));
    screen.wait_for(&format!("assetctl {typed}"));
    screen.press(&["Tab"]);
    screen.wait_for(&format!("assetctl {made}"));
}

/// Every value, an image by its digest, and silence where nobody answers.
fn completes_everything(demo: &Demo, screen: &Screen) {
    for (typed, made) in CASES {
        completes(screen, typed, made);
    }
    let digest = demo.run("assetctl images haproxy:2.9.6 -o name");
    let digest = digest.trim();
    completes(
        screen,
        &format!("image {}", &digest[7..13]),
        &format!("image {}", &digest[7..19]),
    );
    completes(
        screen,
        &format!("sbom {}", &digest[..14]),
        &format!("sbom {digest}"),
    );
    completes(
        screen,
        "--server http://127.0.0.1:1 host show sea",
        "--server http://127.0.0.1:1 host show sea",
    );
    screen.press(&["C-u"]);
    screen.run("echo still here");
    let shown = screen.wait_for("\nstill here");
    assert!(!shown.contains("error"), "{shown}");
}

#[test]
fn bash_completes_every_value() {
    let (demo, screen) = shell("PS1='> ' exec bash --norc --noprofile -i");
    screen.run("source <(assetctl completions bash)");
    completes_everything(&demo, &screen);
}

#[test]
fn zsh_completes_every_value_from_the_file_that_the_package_installs() {
    let (demo, screen) = shell("PROMPT='> ' exec zsh -f -i");
    demo.run("mkdir functions && assetctl completions zsh > functions/_assetctl");
    screen.run("fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D");
    completes_everything(&demo, &screen);
}

#[test]
fn fish_completes_every_value_from_the_file_that_the_package_installs() {
    let (demo, screen) = shell("exec fish -i");
    demo.run("mkdir -p config/fish/completions");
    demo.run("assetctl completions fish > config/fish/completions/assetctl.fish");
    completes_everything(&demo, &screen);
}

#[test]
fn zsh_completes_after_the_script_was_sourced() {
    let (_demo, screen) = shell("PROMPT='> ' exec zsh -f -i");
    screen.run("autoload -Uz compinit; compinit -u -D; source <(assetctl completions zsh)");
    completes(&screen, "host show sea", "host show search-0");
}

#[test]
fn the_scripts_have_no_faults_that_shells_or_shellcheck_know_of() {
    for (shell, check) in [
        ("bash", "shellcheck -s bash -"),
        ("bash", "bash -n /dev/stdin"),
        ("zsh", "zsh -n /dev/stdin"),
        ("fish", "fish --no-execute /dev/stdin"),
    ] {
        let program = env!("CARGO_BIN_EXE_assetctl");
        let line = format!("'{program}' completions {shell} | {check}");
        let output = Command::new("bash").args(["-c", &line]).output().unwrap();
        assert!(output.status.success(), "{check}: {output:?}");
    }
}
