//! Settings: flag over environment over file, and where each came from.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::fake::{Fake, outcome};

const FILE: &str = r#"
current_context = "prod"

[contexts.prod]
server = "http://prod.example:1"
token = "of-prod"
ca_file = "ca.pem"

[contexts.staging]
server = "http://staging.example:2"
token_file = "staging.token"
"#;

fn with_file(fake: &Fake, text: &str) {
    let dir = fake.home().join("assetctl");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("config.toml"), text).unwrap();
    fs::write(dir.join("staging.token"), "of-staging\n").unwrap();
}

/// The lines of `config`, as `setting value from`.
fn config(fake: &Fake, env: &[(&str, &str)], args: &[&str]) -> Vec<String> {
    let mut command = fake.assetctl_alone();
    command
        .envs(env.iter().copied())
        .args(args)
        .args(["config", "-o", "csv", "--no-headers"]);
    let (code, stdout, stderr) = outcome(&mut command);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        !stdout.contains("of-prod") && !stdout.contains("of-staging"),
        "{stdout}"
    );
    let home = fake.home().display().to_string();
    stdout
        .lines()
        .map(|line| line.replace(&home, "HOME"))
        .collect()
}

#[tokio::test]
async fn another_machine_is_asked_without_encryption_only_where_that_is_allowed() {
    let fake = Fake::start().await;
    let said = |args: &[&str]| {
        let mut command = fake.assetctl_alone();
        outcome(command.args(args)).2
    };
    let remote = ["--server", "http://assets.invalid", "status"];
    let stderr = said(&remote);
    assert!(
        stderr.contains("would show the token to the network") && stderr.contains("insecure_http"),
        "{stderr}"
    );
    let stderr = said(&[&remote[..], &["--insecure-http"]].concat());
    assert!(
        stderr.contains("warning: the connection to http://assets.invalid is not encrypted"),
        "{stderr}"
    );
    let local = said(&["--server", "http://127.0.0.1:1", "status"]);
    assert!(!local.contains("encrypted"), "{local}");
}

#[tokio::test]
async fn without_any_the_default_is_asked() {
    let fake = Fake::start().await;
    assert_eq!(
        config(&fake, &[], &[]),
        [
            "server,http://127.0.0.1:8420,the default",
            "ca_file,,not set",
            "cert_file,,not set",
            "token,,not set",
            "context,,not set",
            "settings_file,HOME/assetctl/config.toml,not there"
        ]
    );
}

#[tokio::test]
async fn the_current_context_gives_server_and_token() {
    let fake = Fake::start().await;
    with_file(&fake, FILE);
    assert_eq!(
        config(&fake, &[], &[]),
        [
            "server,http://prod.example:1,HOME/assetctl/config.toml",
            "ca_file,HOME/assetctl/ca.pem,HOME/assetctl/config.toml",
            "cert_file,,not set",
            "token,\"set, hidden\",HOME/assetctl/config.toml",
            "context,prod,HOME/assetctl/config.toml",
            "settings_file,HOME/assetctl/config.toml,read"
        ]
    );
}

#[tokio::test]
async fn flag_beats_environment_beats_file() {
    let fake = Fake::start().await;
    with_file(&fake, FILE);
    let env = [("ASSETCTL_SERVER", "http://env:1"), ("ASSETCTL_TOKEN", "t")];
    let lines = config(&fake, &env, &[]);
    assert_eq!(lines[0], "server,http://env:1,ASSETCTL_SERVER");
    assert_eq!(lines[3], "token,\"set, hidden\",ASSETCTL_TOKEN");
    let lines = config(&fake, &env, &["--server", "unix:/x", "--token", "t"]);
    assert_eq!(lines[0], "server,unix:/x,--server");
    assert_eq!(lines[3], "token,\"set, hidden\",--token");
    let env_ca = [("ASSETCTL_CA_FILE", "/env.pem")];
    let lines = config(&fake, &env_ca, &[]);
    assert_eq!(lines[1], "ca_file,/env.pem,ASSETCTL_CA_FILE");
    let lines = config(&fake, &env_ca, &["--ca", "/flag.pem"]);
    assert_eq!(lines[1], "ca_file,/flag.pem,--ca");
    let lines = config(&fake, &[("ASSETCTL_CONTEXT", "staging")], &[]);
    assert_eq!(
        lines[0],
        "server,http://staging.example:2,HOME/assetctl/config.toml"
    );
    assert_eq!(
        lines[3],
        "token,\"set, hidden\",HOME/assetctl/staging.token"
    );
    // A context on the command line is a flag as well.
    let lines = config(&fake, &env, &["--context", "staging"]);
    assert_eq!(
        lines[0],
        "server,http://staging.example:2,HOME/assetctl/config.toml"
    );
    assert_eq!(
        lines[3],
        "token,\"set, hidden\",HOME/assetctl/staging.token; ASSETCTL_TOKEN is not used"
    );
}

#[tokio::test]
async fn a_contexts_token_goes_to_no_other_server() {
    let fake = Fake::start().await;
    with_file(&fake, FILE);
    let lines = config(&fake, &[], &["--server", "http://elsewhere:1"]);
    assert_eq!(lines[1], "ca_file,,not set");
    assert_eq!(lines[3], "token,,not set");
    let lines = config(&fake, &[("ASSETCTL_TOKEN", "t")], &["--server", "unix:/x"]);
    assert_eq!(lines[3], "token,,not set; ASSETCTL_TOKEN is not used");
}

#[tokio::test]
async fn a_token_that_others_can_read_is_remarked() {
    let fake = Fake::start().await;
    with_file(&fake, FILE);
    for (context, file) in [("prod", "config.toml"), ("staging", "staging.token")] {
        let path = fake.home().join("assetctl").join(file);
        for (mode, is_said) in [(0o644, true), (0o640, true), (0o600, false)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let mut command = fake.assetctl_alone();
            let (_, _, stderr) = outcome(command.args(["--context", context, "config"]));
            let remark = format!(
                "warning: other users can read the token in {}",
                path.display()
            );
            assert_eq!(stderr.contains(&remark), is_said, "{mode:o}: {stderr}");
        }
    }
}

#[tokio::test]
async fn a_context_is_named_only_where_its_server_is_asked() {
    let fake = Fake::start().await;
    let refused = "http://127.0.0.1:1";
    with_file(
        &fake,
        &format!("current_context = \"prod\"\n[contexts.prod]\nserver = \"{refused}\"\n"),
    );
    let said = |env: &[(&str, &str)], args: &[&str]| {
        let mut command = fake.assetctl_alone();
        outcome(command.envs(env.iter().copied()).args(args).arg("status")).2
    };
    assert!(said(&[], &[]).contains("context prod"));
    for stderr in [
        said(&[("ASSETCTL_SERVER", refused)], &[]),
        said(&[], &["--server", refused]),
    ] {
        assert!(
            stderr.contains(refused) && !stderr.contains("prod"),
            "{stderr}"
        );
    }
}

#[tokio::test]
async fn an_unknown_context_gets_the_nearest() {
    let fake = Fake::start().await;
    with_file(&fake, FILE);
    let mut command = fake.assetctl_alone();
    command.args(["--context", "stagng", "config"]);
    let (code, _, stderr) = outcome(&mut command);
    assert_eq!(code, 2);
    assert!(stderr.contains("did you mean `staging`?"), "{stderr}");
}

#[tokio::test]
async fn a_malformed_file_names_the_line_but_shows_no_token() {
    let fake = Fake::start().await;
    with_file(&fake, "[contexts.prod]\ntoken = s3cret\n");
    let mut command = fake.assetctl_alone();
    command.arg("config");
    let (code, _, stderr) = outcome(&mut command);
    assert_eq!(code, 2);
    assert!(stderr.contains("line 2 of"), "{stderr}");
    assert!(!stderr.contains("s3cret"), "{stderr}");
}

#[tokio::test]
async fn what_is_wrong_in_the_tables_of_the_tui_is_not_told_of_contexts() {
    let fake = Fake::start().await;
    with_file(&fake, "[contexts.prod]\n[tui.keys]\nquit = 3\n");
    let mut command = fake.assetctl_alone();
    command.arg("config");
    let (code, _, stderr) = outcome(&mut command);
    assert_eq!(code, 2);
    assert!(stderr.contains("`[tui.keys]` lines as"), "{stderr}");
    assert!(!stderr.contains("a context is"), "{stderr}");
}

#[tokio::test]
async fn a_server_that_is_none_says_where_it_was_named() {
    let fake = Fake::start().await;
    let mut command = fake.assetctl_alone();
    command
        .env("ASSETCTL_SERVER", "localhost:8420")
        .arg("hosts");
    let (code, _, stderr) = outcome(&mut command);
    assert_eq!(code, 2);
    assert!(stderr.contains("from ASSETCTL_SERVER"), "{stderr}");
    assert!(stderr.contains("unix:PATH"), "{stderr}");
}
