//! Churn: containers start and stop, one a second, and what podman says of it is held against what
//! the server was told.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use proto_types::{ChangeKind, ChangesResponse, Timestamp};
use serde::Deserialize;

use crate::{host::Host, image::Image, process::run, random::Random, server::Server};

/// How long one start or stop takes, with the pause after it.
const STEP: Duration = Duration::from_secs(1);
/// How long the server may take to be told of the last one.
const LAST: Duration = Duration::from_secs(20);
/// How many containers come and go.
const CONTAINERS: usize = 6;
/// The largest log of events: podman replaces it several times a minute then, and not a few times a day.
const LOG: &str = "[engine]\nevents_logfile_max_size = \"24k\"\n";

/// A host whose containers start and stop.
pub struct Churn<'a> {
    host: &'a Host,
    images: &'a [&'a Image],
    settings: PathBuf,
    began: Timestamp,
    heard: BTreeSet<(Timestamp, String, bool)>,
    running: BTreeSet<usize>,
    random: Random,
}

/// Starts and ends of each container, oldest first: when, and whether it started.
pub type Steps = BTreeMap<String, Vec<(Timestamp, bool)>>;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Event {
    name: String,
    status: String,
    time: Timestamp,
}

impl<'a> Churn<'a> {
    /// Containers of these images on a host, none of which runs yet.
    ///
    /// # Panics
    /// The settings can't be written.
    pub fn new(host: &'a Host, images: &'a [&'a Image]) -> Self {
        let settings = host.folder.join("events.conf");
        fs::write(&settings, LOG).expect("settings can be written");
        Self {
            host,
            images,
            settings,
            began: Timestamp::now(),
            heard: BTreeSet::new(),
            running: BTreeSet::new(),
            random: Random::new(0x5eed),
        }
    }

    /// Starts and stops containers for so long.
    pub fn run(&mut self, time: Duration) {
        let began = Instant::now();
        while began.elapsed() < time {
            let step = Instant::now();
            self.step();
            self.listen();
            thread::sleep(STEP.saturating_sub(step.elapsed()));
        }
    }

    /// What podman says that happened.
    pub fn said(&mut self) -> Steps {
        self.listen();
        let mut steps = Steps::new();
        for (at, name, started) in &self.heard {
            steps.entry(name.clone()).or_default().push((*at, *started));
        }
        steps
    }

    /// What the server was told, once it is as much as podman says or time is up.
    pub fn told(&mut self, server: &Server) -> Steps {
        let said = self.said();
        let count = |steps: &Steps| steps.values().map(Vec::len).sum::<usize>();
        let end = Instant::now() + LAST;
        loop {
            let told = changes(server, self.began);
            if count(&told) >= count(&said) || Instant::now() > end {
                return told;
            }
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// One start or stop: of a container that stays, or of one that ends by itself.
    fn step(&mut self) {
        let random = self.random.number();
        let number = random % CONTAINERS;
        let (name, image) = (
            format!("churn{number}"),
            self.images[random % self.images.len()],
        );
        match (self.running.remove(&number), random / CONTAINERS % 3) {
            (true, 0) => {
                // It stays, stopped, and its name with it; then it is started again.
                run(&mut self.podman(&["stop", "--time", "0", &name]));
                run(&mut self.podman(&["start", &name]));
                self.running.insert(number);
            }
            (true, _) => {
                run(&mut self.podman(&["rm", "--force", "--time", "0", &name]));
            }
            (false, 0) => {
                // Gone before anyone can look.
                run(&mut self.podman(&[
                    "run",
                    "--rm",
                    "--network",
                    "none",
                    "--name",
                    &name,
                    &image.image_name,
                    "sleep",
                    "0",
                ]));
            }
            (false, _) => {
                self.host.start(&name, image);
                self.running.insert(number);
            }
        }
    }

    /// Takes in what podman's log of events says by now: it keeps only the last ones.
    fn listen(&mut self) {
        let since = self.began.to_string();
        let said = run(&mut self.podman(&[
            "events",
            "--stream=false",
            "--format",
            "json",
            "--filter",
            "type=container",
            "--since",
            &since,
        ]));
        for line in said.lines() {
            let event: Event = serde_json::from_str(line).expect("podman prints events");
            let started = match event.status.as_str() {
                "start" => true,
                "died" => false,
                _ => continue,
            };
            self.heard.insert((event.time, event.name, started));
        }
    }

    fn podman(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = self.host.podman();
        command
            .args(arguments)
            .env("CONTAINERS_CONF", &self.settings);
        command
    }
}

/// What the server was told since then.
fn changes(server: &Server, since: Timestamp) -> Steps {
    let path = format!("/api/v1/changes?limit=0&since={since}");
    let response: ChangesResponse = server.admin("GET", &path, "").read();
    let mut steps = Steps::new();
    for change in response.changes {
        let started = match change.kind {
            ChangeKind::Started => true,
            ChangeKind::Stopped => false,
            _ => continue,
        };
        let name = change.container.expect("a run has a container");
        steps.entry(name).or_default().push((change.at, started));
    }
    steps
}

/// How long it took until the server was told of each, the quickest first; where both know the same.
pub fn delays(said: &Steps, told: &Steps) -> Vec<Duration> {
    let mut delays = Vec::new();
    for (name, said) in said {
        for ((happened, _), (known, _)) in said.iter().zip(told.get(name).into_iter().flatten()) {
            let delay = known.duration_since(*happened);
            delays.push(Duration::try_from(delay).unwrap_or_default());
        }
    }
    delays.sort();
    delays
}

/// The same without the times: `+` for a start, `-` for an end.
pub fn signs(steps: &Steps) -> BTreeMap<&str, String> {
    let sign = |(_, started): &(Timestamp, bool)| if *started { '+' } else { '-' };
    let signs = steps.iter();
    let signs = signs.map(|(name, steps)| (name.as_str(), steps.iter().map(sign).collect()));
    signs.collect()
}
