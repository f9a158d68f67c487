//! Kills: an agent is killed again and again somewhere in its cycle, and what is left of that after a
//! whole cycle is held against what was there before.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use proto_types::ImageState;

use crate::{
    agent::{Agent, Cycle},
    family::{family, started_by},
    host::Host,
    image::Image,
    process::{output, run, wait_until},
    random::Random,
    server::Server,
    user::User,
};

/// Whom a signal is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whom {
    /// The agent's process.
    Alone,
    /// Its process group, as a terminal does.
    Group,
    /// It and all that it started, as systemd does.
    All,
}

const SIGNALS: [&str; 3] = ["KILL", "TERM", "HUP"];
const WHOM: [Whom; 3] = [Whom::Alone, Whom::Group, Whom::All];
/// After so many kills a whole cycle is run, and what is left is looked at.
const LOOK: usize = 10;
/// How long what a cycle started may take to end after it.
const ENDING: Duration = Duration::from_secs(10);

/// A podman store whose images an agent scans.
pub trait Store {
    /// What podman says is mounted of its images.
    fn mounts(&self) -> String;
    /// Where anything is mounted in it, as the kernel says.
    fn mount_points(&self) -> Vec<String>;
    /// What scans left in folders that aren't the agent's.
    fn scratch(&self) -> Vec<PathBuf>;
}

/// An agent, and what is done to it.
pub struct Kills<'a> {
    server: &'a mut Server,
    agent: &'a Agent,
    store: &'a dyn Store,
    images: &'a [&'a Image],
    random: Random,
    /// How long a cycle takes that nobody interrupts.
    cycle: Duration,
    before: Before,
    agents: Vec<u32>,
    /// How often what was sent, and how often what was going on then.
    hits: BTreeMap<String, usize>,
    log: Vec<String>,
}

/// What is there before anyone is killed.
struct Before {
    mount_points: Vec<String>,
    token: Vec<u8>,
    files: Vec<String>,
}

impl<'a> Kills<'a> {
    /// An agent that has never reported, in whose store containers run on all these images.
    pub fn new(
        (server, agent): (&'a mut Server, &'a Agent),
        (store, images): (&'a dyn Store, &'a [&'a Image]),
        seed: u64,
    ) -> Self {
        // Each cycle is to find all its work again, and scanned images are no work: so the server
        // goes back each time to when it knew of nothing.
        server.keep();
        let began = Instant::now();
        agent.report();
        let cycle = began.elapsed();
        let before = Before {
            // Podman mounts the store itself too, once.
            mount_points: store.mount_points(),
            token: fs::read(agent.state().join("token")).expect("there is a token"),
            files: files(agent),
        };
        Self {
            server,
            agent,
            store,
            images,
            random: Random::new(seed),
            cycle,
            before,
            agents: Vec::new(),
            hits: BTreeMap::new(),
            log: Vec::new(),
        }
    }

    /// Kills it so often, and looks at what is left now and then, and in the end.
    pub fn run(&mut self, count: usize) {
        for number in 1..=count {
            self.server.go_back();
            self.kill();
            if number % LOOK == 0 || number == count {
                self.look();
            }
        }
    }

    /// How long a cycle took that nobody interrupted, what was sent, and what was going on then.
    pub fn told(&self) -> String {
        let hits = self.hits.iter();
        let hits: Vec<_> = hits
            .map(|(what, count)| format!("{what}: {count}"))
            .collect();
        format!("a cycle takes {:.1?}; {}", self.cycle, hits.join(", "))
    }

    fn kill(&mut self) {
        let moment = self.cycle.mul_f64(self.random.part());
        let (signal, whom) = (*self.random.one_of(&SIGNALS), *self.random.one_of(&WHOM));
        let mut cycle = self.agent.start_report();
        self.agents.push(cycle.id());
        thread::sleep(moment);
        let family = family(cycle.id());
        let doing = doing(&mut cycle, &family);
        send(signal, whom, cycle.id(), &family);
        let status = cycle.ends();
        self.log.push(format!(
            "{signal} to {whom:?} at {moment:.2?} ({doing}): {status}"
        ));
        for what in [format!("{signal} to {whom:?}"), doing] {
            *self.hits.entry(what).or_default() += 1;
        }
    }

    /// Runs a whole cycle, after which all must be as before, and the server know every image.
    fn look(&mut self) {
        let mut cycle = self.agent.start_report();
        self.agents.push(cycle.id());
        let status = cycle.ends();
        let last = self.log.len().saturating_sub(LOOK);
        let what = self.log[last..].join("\n");
        assert!(
            status.success(),
            "{status} after\n{what}\n{}",
            self.agent.log()
        );
        for image in self.images {
            let known = self.server.image(image.digest).summary.state;
            assert_eq!(known, ImageState::Complete, "{} after\n{what}", image.name);
        }
        assert_eq!(self.store.mounts(), "", "mounted after\n{what}");
        let mount_points = self.store.mount_points();
        assert_eq!(mount_points, self.before.mount_points, "after\n{what}");
        assert_eq!(
            self.agent.temporary(),
            [""; 0].map(PathBuf::from),
            "after\n{what}"
        );
        assert_eq!(
            self.store.scratch(),
            [""; 0].map(PathBuf::from),
            "after\n{what}"
        );
        let agents = std::mem::take(&mut self.agents);
        let mut left = Vec::new();
        wait_until(&format!("all has ended after\n{what}"), ENDING, || {
            left = started_by(&agents);
            left.is_empty()
        });
        let token = fs::read(self.agent.state().join("token")).expect("there is a token");
        assert_eq!(token, self.before.token, "after\n{what}");
        assert_eq!(files(self.agent), self.before.files, "after\n{what}");
        run(self.agent.program().arg("check"));
    }
}

impl Store for Host {
    fn mounts(&self) -> String {
        Self::mounts(self)
    }

    fn mount_points(&self) -> Vec<String> {
        let table = fs::read_to_string("/proc/self/mountinfo").expect("there are mounts");
        let own = self.folder.to_string_lossy();
        let mut points = mount_points(&table);
        points.retain(|point| point.starts_with(&*own));
        points
    }

    fn scratch(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}

impl Store for User {
    fn mounts(&self) -> String {
        self.podman(&["unshare", "podman", "image", "mount"])
    }

    fn mount_points(&self) -> Vec<String> {
        let table = self.podman(&["unshare", "cat", "/proc/self/mountinfo"]);
        let home = self.home();
        let mut points = mount_points(&table);
        points.retain(|point| point.starts_with(&*home.to_string_lossy()));
        points
    }

    fn scratch(&self) -> Vec<PathBuf> {
        let mut find = Command::new("find");
        find.args([
            "/var/tmp",
            "-maxdepth",
            "1",
            "-name",
            "assetmon-scan-*",
            "-user",
        ]);
        run(find.arg(&self.name))
            .lines()
            .map(PathBuf::from)
            .collect()
    }
}

/// The fifth field of each line, sorted.
fn mount_points(table: &str) -> Vec<String> {
    let points = table.lines().filter_map(|line| line.split(' ').nth(4));
    let mut points: Vec<_> = points.map(str::to_owned).collect();
    points.sort();
    points
}

/// The names of what is in the agent's state folder.
fn files(agent: &Agent) -> Vec<String> {
    let entries = fs::read_dir(agent.state()).expect("there is a state folder");
    let names = entries.flatten().map(|entry| entry.file_name());
    let mut names: Vec<_> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What a cycle is at, by what it has started.
fn doing(cycle: &mut Cycle, family: &[u32]) -> String {
    if cycle.has_ended() {
        return "ended before".to_owned();
    }
    let commands = family.iter().skip(1).filter_map(|process| {
        let command = fs::read(format!("/proc/{process}/cmdline")).ok()?;
        Some(String::from_utf8_lossy(&command).replace('\0', " "))
    });
    let commands: Vec<String> = commands.collect();
    let phases = [
        ("000000000000", "trying syft"),
        ("--base-path", "scanning"),
        ("image mount --format", "looking at mounts"),
        ("image mount", "mounting"),
        ("image unmount", "unmounting"),
        ("image inspect", "inspecting"),
        (" ps ", "listing"),
    ];
    let of = |(words, _): &&(&str, &str)| commands.iter().any(|command| command.contains(words));
    let phase = phases.iter().find(of);
    let other = if commands.is_empty() {
        "by itself"
    } else {
        "something else"
    };
    phase.map_or(other, |(_, phase)| *phase).to_owned()
}

fn send(signal: &str, whom: Whom, agent: u32, family: &[u32]) {
    let whom: Vec<String> = match whom {
        Whom::Alone => vec![agent.to_string()],
        Whom::Group => vec![format!("-{agent}")],
        Whom::All => family.iter().map(u32::to_string).collect(),
    };
    // Whoever has ended meanwhile can't be killed.
    output(
        Command::new("kill")
            .args([&format!("-{signal}"), "--"])
            .args(whom),
    );
}
