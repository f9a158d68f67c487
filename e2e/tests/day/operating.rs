//! What docs/OPERATING.md tells an operator to type does what it says.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use e2e::{Agent, Guide, Host, Lab, Nginx, Server, run, wait_until};
use proto_types::{HostCode, ImageState};

/// How long what happens may take to come through nginx.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn every_command_in_the_guide_works() {
    let guide = Guide::read("OPERATING.md");
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");

    installs(&guide);
    enrolls_by_hand(&guide, &server);
    let agent = Agent::enroll(&server, Host::new("operated1", &[alpine]));
    agent.host.start("cache", alpine);
    runs_by_hand(&guide, &agent);
    by_cron(&guide, &agent);
    looks_and_mends(&guide, &server, &agent);
    distrusts(&guide, &server);
    backs_up(&guide, &server);
    monitors(&guide, &server);
    measures(&guide);
    // What these take is tried by tests of their own.
    guide.command("assetctl changes --follow");
    guide.command("assetmon-agent watch");
    assert_eq!(guide.untried(), [""; 0], "commands that no test has tried");
}

#[test]
fn behind_nginx_as_the_guide_sets_it_up_agents_and_assetctl_work() {
    let guide = Guide::read("OPERATING.md");
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let nginx = Nginx::before(&server, &guide.block("location / {"));
    let agent = Agent::enroll(&server, Host::new("proxied1", &[alpine]));
    agent.host.start("cache", alpine);

    // A certificate that isn't trusted is said to be that, with the way out.
    let ask = |trusting: bool| {
        let mut program = agent.program();
        program.args(["report", "--server", &nginx.url()]);
        if trusting {
            program.env("SSL_CERT_FILE", nginx.authority());
        }
        program.output().expect("the agent starts")
    };
    let refused = ask(false);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("ca_file"),
        "{said}"
    );
    let taken = ask(true);
    assert!(
        taken.status.success(),
        "{}",
        String::from_utf8_lossy(&taken.stderr)
    );
    let state = server.image(alpine.digest).summary.state;
    assert_eq!(state, ImageState::Complete);

    // What happens comes through while it happens.
    let reader = server.reader("ops");
    let told = agent.host.folder.join("changes");
    let file = fs::File::create(&told).expect("the lab has room");
    let mut follow = Lab::get().program("assetctl");
    let mut follow = follow
        .args(guide.command("assetctl changes --follow"))
        .args(["--server", &nginx.url()])
        .env("ASSETCTL_TOKEN", &reader)
        .env("SSL_CERT_FILE", nginx.authority())
        .stdout(file)
        .stderr(Stdio::null())
        .spawn()
        .expect("assetctl starts");
    agent.host.start("second", alpine);
    agent.report();
    let is_told = || fs::read_to_string(&told).is_ok_and(|told| told.contains("second"));
    wait_until("the change is told", SOON, is_told);
    follow.kill().expect("it follows");
    follow.wait().expect("it ends");

    // A body over nginx's own limit of 1 MiB reaches the server, which is the one to refuse it.
    let body = format!("{{\"image\":\"{}\"}}", "x".repeat(2 << 20));
    let token = format!("Authorization: Bearer {}", server.enroll("proxied2"));
    let file = agent.host.folder.join("body");
    fs::write(&file, body).expect("the lab has room");
    let answer = run(Command::new("curl")
        .args(["--silent", "--show-error", "--cacert"])
        .arg(nginx.authority())
        .args(["--header", "Content-Type: application/json"])
        .args(["--header", &token, "--data-binary"])
        .arg(format!("@{}", file.display()))
        .arg(format!("{}/api/v1/reports/scan", nginx.url())));
    assert!(answer.contains("\"error\""), "{answer}");
}

/// The files get to where systemd looks, and it takes them.
fn installs(guide: &Guide) {
    let project = Lab::get().project();
    let root = tempfile::tempdir().expect("a folder can be made");
    let root = root.path();
    for folder in ["usr/bin", "etc/systemd/system", "target/release"] {
        fs::create_dir_all(root.join(folder)).expect("a folder can be made");
    }
    for command in [
        "install -m 755 target/release/assetmon-agent /usr/bin/",
        "install -m 644 agent/systemd/assetmon-agent.service agent/systemd/assetmon-agent.timer /etc/systemd/system/",
        "install -m 644 agent/systemd/assetmon-agent-watch.service /etc/systemd/system/",
    ] {
        let mut install = Command::new("install");
        let words = guide.command(command).into_iter();
        let agent = Lab::get().program("assetmon-agent");
        run(install
            .current_dir(project)
            .args(words.map(|word| match word {
                "target/release/assetmon-agent" => agent.get_program().into(),
                _ if word.starts_with('/') => {
                    root.join(word.trim_start_matches('/')).into_os_string()
                }
                _ => word.into(),
            })));
    }
    for command in [
        "systemctl enable --now assetmon-agent.timer",
        "systemctl enable --now assetmon-agent-watch.service",
    ] {
        // In a tree where no systemd runs, nothing is started.
        let words = guide
            .command(command)
            .into_iter()
            .filter(|word| *word != "--now");
        run(Command::new("systemctl")
            .arg("--root")
            .arg(root)
            .args(words));
    }
    let wanted = root.join("etc/systemd/system");
    assert!(
        wanted
            .join("timers.target.wants/assetmon-agent.timer")
            .is_symlink()
    );
    assert!(
        wanted
            .join("multi-user.target.wants/assetmon-agent-watch.service")
            .is_symlink()
    );
    let mut verify = Command::new("systemd-analyze");
    verify
        .args(["verify", "--man=no", "--recursive-errors=no", "--root"])
        .arg(root);
    let said = run(verify.args(["assetmon-agent.service", "assetmon-agent.timer"]));
    assert_eq!(said, "");
    // These need a systemd that runs; that it has such commands is all that can be seen without.
    let help = run(Command::new("systemctl").arg("--help"));
    for command in [
        "systemctl daemon-reload",
        "systemctl reload assetmon-server",
    ] {
        let words = guide.command(command);
        assert!(help.contains(words[0]), "{help}");
    }
}

fn enrolls_by_hand(guide: &Guide, server: &Server) {
    let mut add = guide.command("assetctl host add web1");
    add.extend(["-o", "json"]);
    let code = server.assetctl(&add).with_status(0).read::<HostCode>().code;
    let state = tempfile::tempdir().expect("a folder can be made");
    let words =
        guide.command("assetmon-agent enroll --server https://assets.example.org --code CODE");
    let url = server.url();
    let words = words.into_iter().map(|word| match word {
        "CODE" => code.as_str(),
        _ if word.starts_with("https:") => &url,
        _ => word,
    });
    let mut enroll = Lab::get().program("assetmon-agent");
    run(enroll
        .args(words)
        .arg("--state-dir")
        .arg(state.path().join("state")));
    for command in ["assetctl host reset web1", "assetctl host remove web1"] {
        server.assetctl(&guide.command(command)).with_status(0);
    }
}

fn runs_by_hand(guide: &Guide, agent: &Agent) {
    for command in ["assetmon-agent report", "assetmon-agent check"] {
        run(agent.program().args(guide.command(command)));
    }
}

/// With no more of an environment than cron gives, and nothing said that would be mailed.
fn by_cron(guide: &Guide, agent: &Agent) {
    let path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    let block = guide.block(path);
    let line = block.lines().last().unwrap_or_default().trim();
    let fields: Vec<_> = line.split_whitespace().collect();
    let [_, _, _, _, _, "root", "assetmon-agent", words @ ..] = &fields[..] else {
        panic!("no line for cron: {line}");
    };
    let settings = agent.program();
    let mut cron = Command::new(settings.get_program());
    cron.args(settings.get_args()).args(words).env_clear();
    cron.envs([("HOME", "/root"), ("LOGNAME", "root"), ("SHELL", "/bin/sh")]);
    let (name, path) = path.split_once('=').unwrap_or_default();
    let ended = cron.env(name, path).output().expect("the agent starts");
    let said = [ended.stdout, ended.stderr].concat();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&said));
    assert_eq!(String::from_utf8_lossy(&said), "");
}

fn looks_and_mends(guide: &Guide, server: &Server, agent: &Agent) {
    for command in ["assetctl status", "assetctl hosts"] {
        server.assetctl(&guide.command(command)).with_status(0);
    }
    let mut verbose = guide.command("assetctl -v");
    verbose.push("status");
    server.assetctl(&verbose).with_status(0);
    let digest = Lab::get().image("alpine").digest.to_string();
    for command in ["assetctl image DIGEST", "assetctl image DIGEST --retry"] {
        let words = guide.command(command).into_iter();
        let words = words.map(|word| match word {
            "DIGEST" => &digest,
            _ => word,
        });
        server.assetctl(&words.collect::<Vec<_>>()).with_status(0);
    }
    agent.report();
}

/// What a host and an image are withdrawn by, and what is looked at and allowed after it.
fn distrusts(guide: &Guide, server: &Server) {
    server.assetctl(&["host", "add", "web1"]).with_status(0);
    for command in [
        "assetctl host remove web1 --withdraw",
        "assetctl host withdraw web1",
    ] {
        server.assetctl(&guide.command(command)).with_status(0);
    }
    let digest = Lab::get().image("alpine").digest.to_string();
    for command in [
        "assetctl image 4c4c --rescan",
        "assetctl image 4c4c --withdraw",
        "assetctl image 4c4c --retry",
    ] {
        let words = guide.command(command).into_iter();
        let words = words.map(|word| match word {
            "4c4c" => &digest,
            _ => word,
        });
        server.assetctl(&words.collect::<Vec<_>>()).with_status(0);
    }
    let all = server.assetctl(&guide.command("assetctl images"));
    all.with_status(0);
    let mut image = guide.command("assetctl image");
    image.push(&digest);
    let shown = server.assetctl(&image).with_status(0);
    assert!(shown.stdout.contains("withdrawn"), "{}", shown.stdout);
}

/// While the server runs; and another one starts from the copy.
fn backs_up(guide: &Guide, server: &Server) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let copy = folder.path().join("assetmon.db");
    let backup = guide.command("assetctl backup /backup/assetmon.db");
    let to = copy.to_string_lossy().into_owned();
    server.assetctl(&[backup[0], &to]).with_status(0);
    assert_eq!(sqlite(&copy, "PRAGMA integrity_check"), "ok");

    let mut other = Server::new("");
    other.kill();
    let database = other.database();
    for beside in ["db-wal", "db-shm"] {
        let _ = fs::remove_file(database.with_extension(beside));
    }
    let command =
        "install -o assetmon -g assetmon -m 600 /backup/assetmon.db /var/lib/assetmon/assetmon.db";
    let mode = guide.command(command)[4..6].to_vec();
    run(Command::new("install").args(mode).arg(&copy).arg(database));
    other.start_again();
    other
        .assetctl(&["host", "show", "operated1"])
        .with_status(0);
}

fn sqlite(file: &Path, question: &str) -> String {
    run(Command::new("sqlite3").arg(file).arg(question))
}

/// Prometheus gets a token and the rules; that it takes them is tried by a test of its own.
fn monitors(guide: &Guide, server: &Server) {
    let create = guide.command("assetctl token create prometheus --role reader");
    server.assetctl(&create).with_status(0);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let words =
        guide.command("install -m 644 docs/monitoring/alerts.yml /etc/prometheus/assetmon.yml");
    let mut install = Command::new("install");
    run(install
        .current_dir(Lab::get().project())
        .args(&words[..3])
        .arg(folder.path().join("assetmon.yml")));
}

/// The targets are there; each is a measurement of its own.
fn measures(guide: &Guide) {
    for command in ["make watch-latency", "make churn MINUTES=60"] {
        let mut make = Command::new("make");
        make.current_dir(Lab::get().project());
        let said = run(make.arg("--dry-run").args(guide.command(command)));
        assert!(said.contains("scripts/"), "{said}");
    }
}
