//! The genuine Prometheus watches over a server as the guide says, and its rules and the dashboard ask
//! for what is there.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
    time::Duration,
};

use e2e::{Guide, Lab, Prometheus, Server, run, wait_until};
use proto_types::ReportResponse;
use serde_json::{Value, json};

/// How long what happens may take to be seen.
const SOON: Duration = Duration::from_secs(60);

/// A server of which there is something to see: two hosts, one of which is silent, and one image that
/// waits for a scan.
fn lived() -> Server {
    let server = Server::new("silent_after_seconds = 3600\n");
    let token = server.enroll("seen1");
    server.enroll("silent1");
    let digest = Lab::get().image("alpine").digest.to_string();
    let container = json!({ "name": "cache", "image_name": "x", "image_digest": digest });
    let report = json!({ "host": "seen1", "containers": [container] }).to_string();
    let answer = server.ask("POST", "/api/v1/reports/full", Some(&token), &report);
    assert_eq!(answer.read::<ReportResponse>().leases.len(), 1);
    server
}

#[test]
fn prometheus_scrapes_as_the_guide_says_and_its_rules_and_the_dashboard_are_answered() {
    let guide = Guide::read("OPERATING.md");
    let mut server = lived();
    let create = guide.command("assetctl token create prometheus --role reader");
    let token = server.assetctl(&create).with_status(0).stdout;
    let settings = guide.block("global:");
    let prometheus = Prometheus::scraping(&server, &settings, token.trim());
    let has = |query: &str, value: f64| prometheus.value(query) == Some(value);

    wait_until("the server is up", SOON, || {
        has("up{job=\"assetmon\"}", 1.0)
    });
    for (query, value) in [
        ("assetmon_hosts", 2.0),
        ("assetmon_hosts_silent", 1.0),
        ("assetmon_containers", 1.0),
        ("assetmon_images_without_sbom", 1.0),
        ("assetmon_leases", 1.0),
        ("assetmon_reports_total{kind=\"full\"}", 1.0),
        ("assetmon_coverage_complete", 0.0),
    ] {
        assert_eq!(prometheus.value(query), Some(value), "{query}");
    }
    rules_are_good(&prometheus);
    for query in dashboard() {
        // That it can be asked for; a rate of something has to grow first.
        prometheus.ask(&query);
    }
    server.kill();
    wait_until("the server is seen to be down", SOON, || {
        has("up{job=\"assetmon\"}", 0.0)
    });
    wait_until("the alert is pending", SOON, || {
        has("ALERTS{alertname=\"AssetmonDown\"}", 1.0)
    });
}

/// Prometheus takes them all, and has one pending for the host that is silent.
fn rules_are_good(prometheus: &Prometheus) {
    let rules = || prometheus.get("rules", &[])["groups"][0]["rules"].clone();
    wait_until("the rules are evaluated", SOON, || {
        let all = rules();
        let mut all = all.as_array().into_iter().flatten();
        all.all(|rule| rule["health"] != "unknown")
    });
    let all = rules();
    let all = all.as_array().expect("there are rules");
    assert!(all.len() > 10, "{}", all.len());
    for rule in all {
        assert_eq!(rule["health"], "ok", "{rule}");
    }
    wait_until("the silent host is told of", SOON, || {
        let silent = "ALERTS{alertname=\"AssetmonHostsSilent\"}";
        prometheus.value(silent) == Some(1.0)
    });
}

/// The queries of the dashboard, with what Grafana puts in the place of its variables.
fn dashboard() -> Vec<String> {
    let file = Lab::get().project().join("docs/monitoring/dashboard.json");
    let text = fs::read_to_string(file).expect("the dashboard is there");
    let dashboard: Value = serde_json::from_str(&text).expect("it is JSON");
    let panels = dashboard["panels"].as_array().expect("it has panels");
    let targets = panels
        .iter()
        .filter_map(|panel| panel["targets"].as_array())
        .flatten()
        .chain(
            dashboard["annotations"]["list"]
                .as_array()
                .into_iter()
                .flatten(),
        );
    let queries: Vec<_> = targets
        .map(|target| {
            let query = target["expr"].as_str().expect("a target has a query");
            let query = query.replace("$job", "assetmon").replace("$instance", ".*");
            query.replace("$__rate_interval", "1m")
        })
        .collect();
    assert!(queries.len() > 20, "{}", queries.len());
    queries
}

#[test]
fn promtool_takes_the_metrics_and_the_rules_and_each_trouble_is_told() {
    let server = lived();
    let answer = server.admin("GET", "/metrics", "");
    let mut check = Prometheus::tool();
    check.args(["check", "metrics"]).stdin(Stdio::piped());
    let mut check = check
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("promtool starts, which scripts/install-tools brings");
    let mut input = check.stdin.take().expect("it reads");
    input
        .write_all(answer.body.as_bytes())
        .expect("it reads all of it");
    drop(input);
    let checked = check.wait_with_output().expect("it ends");
    let said = [checked.stdout, checked.stderr].concat();
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&said)
    );
    assert_eq!(String::from_utf8_lossy(&said), "");

    let folder = Lab::get().project().join("docs/monitoring");
    let tool = |arguments: [&str; 3]| {
        let mut tool: Command = Prometheus::tool();
        run(tool.current_dir(&folder).args(arguments))
    };
    let said = tool(["check", "rules", "alerts.yml"]);
    assert!(said.contains("SUCCESS"), "{said}");
    let said = tool(["test", "rules", "alerts.test.yml"]);
    assert!(said.contains("SUCCESS"), "{said}");
}
