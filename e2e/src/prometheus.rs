//! The genuine Prometheus, which scrapes a server as the docs say, and its promtool.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

use crate::{
    lab::{Lab, MARK},
    process::{run, wait_until},
    server::Server,
};

/// How long Prometheus may take to start.
const START: Duration = Duration::from_secs(60);

/// In the place of the guide's minute.
const EACH_SECOND: &str = "scrape_interval: 1s\n  evaluation_interval: 1s";

/// A Prometheus. Dropping it kills it.
pub struct Prometheus {
    process: Child,
    address: SocketAddr,
    /// Where its settings, its rules and the token are.
    pub folder: PathBuf,
}

impl Prometheus {
    /// Has one scrape `server` with a reader's token, each second; `settings` are written for a server
    /// elsewhere, with the token and the rules in `/etc/prometheus`.
    ///
    /// # Panics
    /// It doesn't start.
    pub fn scraping(server: &Server, settings: &str, token: &str) -> Self {
        let folder = Lab::get().new_folder("prometheus");
        let settings = settings
            .lines()
            .map(|line| line.strip_prefix("    ").unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
            .replace("/etc/prometheus", &folder.to_string_lossy())
            .replace("scrape_interval: 1m", EACH_SECOND)
            .replace("scheme: https", "scheme: http")
            .replace("assets.example.org:443", &server.address.to_string());
        fs::write(folder.join("prometheus.yml"), settings).expect("the lab can be written to");
        fs::write(folder.join("assetmon.token"), token).expect("the lab can be written to");
        let rules = Lab::get().project().join("docs/monitoring/alerts.yml");
        fs::copy(rules, folder.join("assetmon.yml")).expect("the lab can be written to");
        let address = free_address();
        let process = program("prometheus")
            .arg(format!("--config.file={}/prometheus.yml", folder.display()))
            .arg(format!("--storage.tsdb.path={}/data", folder.display()))
            .arg(format!("--web.listen-address={address}"))
            .arg("--log.level=error")
            .env(MARK, &Lab::get().folder)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("prometheus starts, which scripts/install-tools brings");
        let prometheus = Self {
            process,
            address,
            folder,
        };
        wait_until("prometheus is ready", START, || {
            let ready = format!("http://{address}/-/ready");
            let asked = Command::new("curl").args(["-sf", &ready]).output();
            asked.is_ok_and(|asked| asked.status.success())
        });
        prometheus
    }

    /// What a query says now: each series with its labels and its value.
    pub fn ask(&self, query: &str) -> Vec<Value> {
        let answer = self.get("query", &[("query", query)]);
        let series = answer["result"].as_array();
        series.cloned().unwrap_or_default()
    }

    /// The value of a query that has one.
    pub fn value(&self, query: &str) -> Option<f64> {
        let series = self.ask(query);
        series.first()?["value"][1].as_str()?.parse().ok()
    }

    /// What its API answers to this.
    pub fn get(&self, path: &str, parameters: &[(&str, &str)]) -> Value {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--get"]);
        for (name, value) in parameters {
            curl.arg("--data-urlencode").arg(format!("{name}={value}"));
        }
        let said = run(curl.arg(format!("http://{}/api/v1/{path}", self.address)));
        let mut answer: Value = serde_json::from_str(&said).expect("Prometheus answers in JSON");
        assert_eq!(answer["status"], "success", "{parameters:?}: {answer}");
        answer["data"].take()
    }

    /// Its promtool.
    pub fn tool() -> Command {
        program("promtool")
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a listener has an address")
}

/// The machine's, or the one that `scripts/install-tools` unpacked.
fn program(name: &str) -> Command {
    let unpacked = Lab::get().project().join("target/tools/bin").join(name);
    match unpacked.exists() {
        true => Command::new(unpacked),
        false => Command::new(name),
    }
}
