//! What the agent costs, each figure with its reference in the same run. Measurements, by
//! `scripts/agent-figures`.

use std::{
    fs,
    io::Write,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use e2e::{Agent, Host, Image, Lab, Server, by_way_of, number, run};

/// An idle cycle: nothing has started or stopped, and nothing waits for a scan.
#[test]
#[ignore = "a measurement"]
fn what_an_idle_cycle_costs_beside_podman_ps() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let agent = Agent::enroll(&server, Host::new("idle1", &[alpine]));
    for number in 0..5 {
        agent.host.start(&format!("one{number}"), alpine);
    }
    agent.report();
    let (mut listings, mut cycles, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..number("RUNS", 40) {
        let mut ps = agent.host.podman();
        listings.push(timed(ps.args(["ps", "--all", "--format", "json"])));
        cycles.push(timed(agent.program().arg("report")));
        memory.push(most_memory(agent.program().arg("report")));
    }
    let [listing, cycle] = [&mut listings, &mut cycles].map(|times| median(times));
    let more = cycle.saturating_sub(listing);
    println!("idle cycle: {cycle:.1?}, `podman ps` {listing:.1?}: {more:.1?} more (medians)");
    memory.sort_unstable();
    println!(
        "most memory of the agent: {} KiB (median)",
        memory[memory.len() / 2]
    );
}

/// A host's first start: every image is new. Each scan, and all together, beside syft alone on the
/// same mounts.
#[test]
#[ignore = "a measurement"]
fn what_a_first_start_costs_beside_syft_alone() {
    let web = Lab::get().image("web");
    let server = Server::new("");
    let agent = Agent::enroll(&server, Host::new("first1", &[web]));
    let images: Vec<String> = (0..number("IMAGES", 50))
        .map(|number| derive(&agent.host, web, number))
        .collect();
    for (number, image) in images.iter().enumerate() {
        let name = format!("one{number}");
        run(agent
            .host
            .podman()
            .args(["run", "--detach", "--network", "none", "--pull", "never"])
            .args(["--stop-signal", "KILL", "--name", &name, image]));
    }
    // Once for nothing, so that neither finds the page cache cold.
    bare(&agent, &images[0], Cores::One);
    let (before, after) = images.split_at(images.len() / 2);
    let mut alone = Alone::default();
    alone.add(&agent, before);

    let log = agent.host.folder.join("first.log");
    let mut report = agent.program();
    report.arg("report");
    let began = Instant::now();
    let times = processor_time(&report, &log);
    let wall = began.elapsed();

    alone.add(&agent, after);
    let log = fs::read_to_string(&log).expect("the agent has a log");
    let mut scans: Vec<Duration> = log.lines().filter_map(took).collect();
    assert_eq!(scans.len(), images.len(), "{log}");
    println!(
        "first start of {} images: {wall:.1?}, {:.2} cores; one scan: {:.2?} (median)",
        images.len(),
        times.as_secs_f64() / wall.as_secs_f64(),
        median(&mut scans)
    );
    for (cores, mut alone) in [("one core", alone.one), ("all cores", alone.all)] {
        let sum: Duration = alone.iter().sum();
        println!(
            "  syft alone on {cores}: {sum:.1?}, {:.3} times; one scan {:.2?}, {:.3} times",
            ratio(wall, sum),
            median(&mut alone),
            ratio(median(&mut scans), median(&mut alone)),
        );
    }
}

/// On how much of the machine syft alone runs.
#[derive(Clone, Copy)]
enum Cores {
    /// As the agent has it.
    One,
    /// As syft takes them.
    All,
}

/// The times of syft alone, both ways.
#[derive(Default)]
struct Alone {
    one: Vec<Duration>,
    all: Vec<Duration>,
}

impl Alone {
    /// Both ways by turns.
    fn add(&mut self, agent: &Agent, images: &[String]) {
        for image in images {
            self.one.push(bare(agent, image, Cores::One));
            self.all.push(bare(agent, image, Cores::All));
        }
    }
}

fn ratio(time: Duration, reference: Duration) -> f64 {
    time.as_secs_f64() / reference.as_secs_f64()
}

/// An image of its own with the same tree.
fn derive(host: &Host, image: &Image, number: u64) -> String {
    let name = format!("localhost/demo/derived:{number}");
    let mut build = host.podman();
    build.args([
        "build",
        "--quiet",
        "--pull=never",
        "--tag",
        &name,
        "--file",
        "-",
    ]);
    let mut child = build
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("podman starts");
    let recipe = format!("FROM {}\nLABEL number={number}\n", image.image_name);
    let mut stdin = child.stdin.take().expect("podman listens");
    stdin.write_all(recipe.as_bytes()).expect("podman listens");
    drop(stdin);
    assert!(child.wait().expect("podman ends").success());
    name
}

/// How long syft alone takes for the tree of an image, by the settings that the agent gives it.
fn bare(agent: &Agent, image: &str, cores: Cores) -> Duration {
    let mount = run(agent.host.podman().args(["image", "mount", image]));
    let mut syft = Command::new(agent.syft.program());
    syft.args([
        "scan",
        "--override-default-catalogers",
        "image",
        "--output",
        "syft-json",
    ])
    .args(["--base-path", &mount, &format!("dir:{mount}")])
    .env("SYFT_CHECK_FOR_APP_UPDATE", "false")
    .env("SYFT_FILE_METADATA_SELECTION", "none")
    .env("SYFT_RELATIONSHIPS_PACKAGE_FILE_OWNERSHIP", "false");
    if matches!(cores, Cores::One) {
        syft.env("GOMAXPROCS", "1");
    }
    let took = timed(&mut syft);
    run(agent.host.podman().args(["image", "unmount", image]));
    took
}

/// The time that a line of the agent's log says of a scan.
fn took(line: &str) -> Option<Duration> {
    let (_, text) = line.split_once(" artifacts in ")?;
    let seconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_secs_f64(seconds))
}

fn timed(command: &mut Command) -> Duration {
    let began = Instant::now();
    run(command);
    began.elapsed()
}

/// Runs a command with its log in a file, and says what processor time it and all that it waited for
/// took.
fn processor_time(command: &Command, log: &std::path::Path) -> Duration {
    let mut bash = Command::new("bash");
    bash.args(["-c", r#"TIMEFORMAT='%U %S'; time "$@" >"$0" 2>&1"#])
        .arg(log);
    let ended = by_way_of(bash, command).output().expect("bash starts");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(
        ended.status.success(),
        "{said}: {}",
        fs::read_to_string(log).unwrap_or_default()
    );
    let seconds = said
        .split_whitespace()
        .map(|number| number.parse::<f64>().expect(&said));
    Duration::from_secs_f64(seconds.sum())
}

/// The most memory that a process itself had resident, in KiB, as the kernel counts it until its end.
fn most_memory(command: &mut Command) -> u64 {
    let mut child: Child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the agent starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child
        .try_wait()
        .expect("the agent can be waited for")
        .is_none()
    {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        most = most.max(now.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(1));
    }
    most
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
