//! `watch`: what starts and stops is told at once, whatever podman and the server do meanwhile.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    process::{Child, Command},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::{DB, Ended, Host, PODMAN, WEB, runs, server::error, until};

/// What is followed: the file `events`, from its beginning, however often it is asked for.
const EVENTS: &str = r#""events "*) echo $$ >>events-started; exec tail -n +1 -f events ;;"#;

/// A host whose podman tells of events.
fn host() -> Host {
    let host = Host::enrolled();
    podman(&host, EVENTS);
    host.write("events", "");
    lists(&host, &[]);
    host
}

/// A podman that answers `events` this way.
fn podman(host: &Host, events: &str) {
    host.script(
        "podman",
        &PODMAN.replace("\"ps \"*)", &format!("{events}\n\"ps \"*)")),
    );
}

/// What podman lists: ID, name, image, state.
fn lists(host: &Host, containers: &[(&str, &str, &str, &str)]) {
    let listed = containers.iter().map(|(id, name, image, state)| {
        json!({"Id": id, "Names": [name], "Image": "docker.io/x:1", "ImageID": &image[7..], "State": state})
    });
    // Moved into its place: nobody reads half of it.
    host.write("ps.new", &Value::from_iter(listed).to_string());
    fs::rename(host.path("ps.new"), host.path("ps.json")).unwrap();
}

fn event(status: &str, id: &str, name: &str) -> String {
    let at = jiff::Timestamp::now().to_string();
    let event = json!({"ID": id, "Image": "docker.io/x:1", "Name": name, "Status": status, "Time": at,
        "Type": "container", "Attributes": {}});
    format!("{event}\n")
}

fn tells(host: &Host, lines: &str) {
    let file = OpenOptions::new().append(true).open(host.path("events"));
    file.unwrap().write_all(lines.as_bytes()).unwrap();
}

/// The updates that the server got: `+` where it runs, and the name.
fn updates(host: &Host) -> Vec<String> {
    let told = host.server.bodies("reports/container").into_iter();
    told.map(|body| {
        let sign = if body["running"] == true { '+' } else { '-' };
        format!("{sign}{}", body["container"]["name"].as_str().unwrap())
    })
    .collect()
}

fn full_reports(host: &Host) -> usize {
    host.server.bodies("reports/full").len()
}

/// `watch`, ended when this is dropped.
struct Watch(Option<Child>);

impl Watch {
    fn start(host: &Host) -> Self {
        Self::start_with(host, &[])
    }

    /// Starts it, and waits until it has reported and follows events.
    fn start_with(host: &Host, variables: &[(&str, &str)]) -> Self {
        let mut command = host.command(&["watch"]);
        for (name, value) in variables {
            command.env(format!("ASSETMON_AGENT_{name}"), value);
        }
        let watch = Self(Some(command.spawn().unwrap()));
        until("events are followed", || {
            host.path("events-started").exists()
        });
        until("it has reported", || full_reports(host) == 1);
        watch
    }

    fn signal(&self, name: &str) {
        signal(self.0.as_ref().unwrap(), name);
    }

    fn ended(mut self) -> Ended {
        Ended::from(self.0.take().unwrap().wait_with_output().unwrap())
    }

    fn memory(&self) -> u64 {
        let id = self.0.as_ref().unwrap().id();
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.unwrap()
            .split_whitespace()
            .next()
            .unwrap()
            .parse()
            .unwrap()
    }
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let status = Command::new("kill").args([name, &id]).status();
    assert!(status.unwrap().success());
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            // Politely, so that it ends what it has started.
            signal(&child, "-TERM");
            let _ = child.wait();
        }
    }
}

#[test]
fn a_start_and_a_stop_are_told_within_two_seconds() {
    let host = host();
    let _watch = Watch::start(&host);
    for (state, status, told) in [("running", "start", "+web"), ("exited", "died", "-web")] {
        lists(&host, &[("c1", "web", WEB, state)]);
        let began = Instant::now();
        tells(&host, &event(status, "c1", "web"));
        until("it is told", || {
            updates(&host).last().is_some_and(|last| last == told)
        });
        assert!(began.elapsed() < Duration::from_secs(2));
    }
    let told = host.server.bodies("reports/container");
    let container = json!({"name": "web", "image_name": "docker.io/x:1", "image_digest": WEB});
    assert_eq!(told[0]["container"], container);
    assert!(told[1]["seq"].as_u64() > told[0]["seq"].as_u64());
    assert_eq!(
        full_reports(&host),
        1,
        "nothing else was worth a full report"
    );
}

#[test]
fn the_events_of_one_end_are_told_once() {
    let host = host();
    let _watch = Watch::start(&host);
    let lines = ["start", "died", "stop", "remove"].map(|status| event(status, "c1", "web"));
    lists(&host, &[("c1", "web", WEB, "exited")]);
    tells(&host, &lines.concat());
    until("it is told", || updates(&host).len() == 2);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(updates(&host), ["+web", "-web"]);
}

#[test]
fn a_container_that_is_gone_before_anyone_looks_is_told_as_a_run() {
    let host = host();
    let image = json!([{"Id": &DB[7..]}]);
    host.write("image.json", &image.to_string());
    let _watch = Watch::start(&host);
    let lines = ["start", "died", "remove"].map(|status| event(status, "c9", "cron"));
    tells(&host, &lines.concat());
    until("it is told", || updates(&host).len() == 2);
    assert_eq!(updates(&host), ["+cron", "-cron"]);
    let told = host.server.bodies("reports/container");
    assert_eq!(told[0]["container"]["image_digest"], DB);
    assert!(
        host.read("podman-calls")
            .contains("image inspect --format json -- docker.io/x:1")
    );
}

#[test]
fn an_image_that_the_server_wants_scanned_is_scanned_at_once() {
    let host = host();
    let _watch = Watch::start(&host);
    host.runs(&[("web", WEB)]);
    lists(&host, &[("c1", "web", WEB, "running")]);
    host.server.answers(
        "reports/container",
        200,
        crate::support::server::leases(&[WEB], 1800),
    );
    host.server.leases(&[WEB]);
    tells(&host, &event("start", "c1", "web"));
    until("it is scanned", || {
        !host.server.bodies("reports/scan").is_empty()
    });
}

#[test]
fn a_scan_does_not_delay_the_telling() {
    let host = host();
    host.runs(&[("web", WEB)]);
    host.server.leases(&[WEB]);
    host.syft("sleep 30");
    let _watch = Watch::start(&host);
    until("the scan begins", || host.path("syft-calls").exists());
    let began = Instant::now();
    lists(&host, &[("c1", "cron", DB, "running")]);
    tells(&host, &event("start", "c1", "cron"));
    until("it is told", || updates(&host) == ["+cron"]);
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[test]
fn everything_is_reported_every_few_minutes() {
    let host = host();
    let _watch = Watch::start_with(&host, &[("FULL_EVERY", "1s")]);
    until("it reports again", || full_reports(&host) >= 4);
    assert_eq!(updates(&host), [""; 0]);
}

#[test]
fn where_podman_ends_its_events_are_followed_again_and_everything_is_reported() {
    let host = host();
    let _watch = Watch::start(&host);
    lists(&host, &[("c1", "web", WEB, "running")]);
    tells(&host, &event("start", "c1", "web"));
    until("it is told", || updates(&host) == ["+web"]);

    let process = host.read("events-started");
    Command::new("kill").arg(process.trim()).status().unwrap();
    // In between, unheard: another one starts.
    lists(
        &host,
        &[("c1", "web", WEB, "running"), ("c2", "db", DB, "running")],
    );
    until("it follows again", || {
        host.read("events-started").lines().count() == 2
    });
    until("it reports everything", || full_reports(&host) == 2);
    let report = host.server.bodies("reports/full").pop().unwrap();
    assert_eq!(report["containers"].as_array().unwrap().len(), 2);
    // What was told before is told by podman once more, and not by the agent.
    lists(&host, &[("c1", "web", WEB, "running")]);
    tells(&host, &event("died", "c2", "db"));
    until("it is told", || updates(&host).len() == 2);
    assert_eq!(updates(&host), ["+web", "-db"]);
}

#[test]
fn where_podman_reads_a_log_that_was_replaced_it_is_started_again() {
    let host = host();
    let _watch = Watch::start(&host);
    // As podman does when the log is full; who goes on reading the old one hears nothing any more.
    fs::remove_file(host.path("events")).unwrap();
    lists(&host, &[("c1", "web", WEB, "running")]);
    host.write("events", &event("start", "c1", "web"));
    until("it is told", || updates(&host) == ["+web"]);
    let left = host.read("events-started");
    assert!(!runs(left.lines().next().unwrap()), "the deaf one is ended");
}

#[test]
fn where_podman_cannot_tell_of_events_the_full_report_goes_on_and_it_says_so() {
    let host = host();
    podman(
        &host,
        r#""events "*) echo "$$" >>events-started; echo 'Error: no events here' >&2; exit 125 ;;"#,
    );
    let watch = Watch::start_with(&host, &[("FULL_EVERY", "1s")]);
    until("it reports again", || full_reports(&host) >= 3);
    let tries = host.read("events-started").lines().count();
    assert!(tries < 10, "{tries}");
    watch.signal("-TERM");
    watch
        .ended()
        .with(143)
        .saying("no events here")
        .saying("only the full report");
}

#[test]
fn where_the_server_was_away_nothing_is_lost() {
    let host = host();
    let _watch = Watch::start(&host);
    for _ in 0..3 {
        host.server
            .answers("reports/container", 503, error("unavailable", "not now"));
    }
    lists(&host, &[("c1", "web", WEB, "running")]);
    tells(&host, &event("start", "c1", "web"));
    until("it was refused", || updates(&host).len() == 1);
    // While it is away one comes and goes.
    lists(
        &host,
        &[("c1", "web", WEB, "running"), ("c2", "cron", DB, "exited")],
    );
    tells(
        &host,
        &(event("start", "c2", "cron") + &event("died", "c2", "cron")),
    );
    until("it is told", || {
        updates(&host).contains(&"-cron".to_owned()) || full_reports(&host) == 2
    });
    until("everything is reported", || full_reports(&host) == 2);
    assert!(
        updates(&host).contains(&"+cron".to_owned()),
        "{:?}",
        updates(&host)
    );
    let report = host.server.bodies("reports/full").pop().unwrap();
    assert_eq!(report["containers"].as_array().unwrap().len(), 1);
    assert_eq!(report["containers"][0]["name"], "web");
}

#[test]
fn a_storm_of_events_is_one_listing_after_another_and_takes_no_room() {
    let host = host();
    let watch = Watch::start(&host);
    let quiet = watch.memory();
    lists(&host, &[("c1", "web", WEB, "running")]);
    let mut storm = String::new();
    for number in 0..60_000 {
        let name = format!("c{}", number % 5000);
        storm += &event(if number % 2 == 0 { "start" } else { "died" }, &name, &name);
    }
    tells(&host, &storm);
    tells(&host, &event("start", "c1", "web"));
    until("it is told", || full_reports(&host) > 1);
    std::thread::sleep(Duration::from_secs(3));
    assert!(full_reports(&host) < 8, "{}", full_reports(&host));
    assert!(
        watch.memory() < quiet + 20_000,
        "{quiet} -> {} KiB",
        watch.memory()
    );
}

#[test]
fn lines_that_are_no_events_end_in_a_full_report_and_nothing_worse() {
    let host = host();
    let watch = Watch::start(&host);
    let endless = "x".repeat(5 << 20);
    tells(&host, &format!("\u{1b}[2J\n{{\n{endless}\n"));
    until("everything is reported", || full_reports(&host) >= 2);
    lists(&host, &[("c1", "web", WEB, "running")]);
    tells(&host, &event("start", "c1", "web"));
    // Where another full report was due just then, it is told by that one.
    let listed = || host.server.bodies("reports/full").last().unwrap()["containers"] != json!([]);
    until("it is told", || updates(&host) == ["+web"] || listed());
    watch.signal("-TERM");
    let ended = watch.ended().with(143).saying("too long");
    assert!(!ended.stderr.contains('\u{1b}'), "{}", ended.stderr);
}

#[test]
fn a_second_one_says_so_and_ends() {
    let host = host();
    let _watch = Watch::start(&host);
    host.run(&["watch"]).with(3).saying("is already watching");
}

#[test]
fn a_report_can_be_made_while_it_watches() {
    let host = host();
    let _watch = Watch::start(&host);
    // Once its own cycle has ended: then 3 would say that another one is at work.
    until("it is at rest", || host.run(&["report"]).status != Some(3));
    host.run(&["report"]).with(0);
    host.run(&["update", "web"]).with(0);
}

#[test]
fn a_signal_ends_it_with_all_that_it_started() {
    for (signal, status) in [("-TERM", 143), ("-INT", 130)] {
        let host = host();
        host.runs(&[("web", WEB)]);
        host.server.leases(&[WEB]);
        host.syft(&format!(
            "echo $$ >{}; exec sleep 60",
            host.path("scan").display()
        ));
        let watch = Watch::start(&host);
        until("the scan begins", || !host.read("scan").is_empty());
        watch.signal(signal);
        watch.ended().with(status);
        assert!(!runs(&host.read("events-started")));
        assert!(!runs(&host.read("scan")));
        assert_eq!(host.leftovers(), 0);
    }
}

#[test]
fn a_token_that_is_revoked_ends_it() {
    let host = host();
    let watch = Watch::start(&host);
    let refusal = error("unauthorized", "the token is revoked");
    host.server.answers("reports/container", 401, refusal);
    lists(&host, &[("c1", "web", WEB, "running")]);
    tells(&host, &event("start", "c1", "web"));
    watch.ended().with(4).saying("assetctl host reset");
}

#[test]
fn a_machine_that_is_not_enrolled_is_told_how_to() {
    Host::new()
        .run(&["watch"])
        .with(4)
        .saying("assetctl host add");
}
