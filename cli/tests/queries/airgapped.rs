//! docs/ADVISORIES.md, from nothing to an answer on an air-gapped machine: its scripts and each command line run, with the
//! downloads replaced by files that are there.

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use proto_types::ScanStatus;
use serde_json::json;

use crate::{
    fleet::{Fleet, Image, outcome},
    support::time,
};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/ADVISORIES.md");

/// The guide's part of the page.
fn guide() -> String {
    let page = fs::read_to_string(DOCUMENT).unwrap();
    let start = page.find("## From nothing to an answer").unwrap();
    let rest = &page[start..];
    let end = rest[3..].find("\n## ").unwrap();
    rest[..end].to_owned()
}

/// The blocks of the guide, without what indents them.
fn blocks() -> Vec<String> {
    let mut blocks = vec![Vec::new()];
    let text = guide();
    for line in text.lines() {
        match line.strip_prefix("    ") {
            Some(line) => blocks.last_mut().unwrap().push(line.to_owned()),
            None if line.is_empty() => blocks.last_mut().unwrap().push(String::new()),
            None => blocks.push(Vec::new()),
        }
    }
    let blocks = blocks.into_iter().map(|lines| lines.join("\n"));
    let blocks = blocks.map(|block| block.trim().to_owned() + "\n");
    blocks.filter(|block| block.len() > 1).collect()
}

/// The file that a block of the guide is, in a folder of the test's.
fn file(fleet: &Fleet, name: &str) -> PathBuf {
    let all = blocks();
    let is_named = |block: &&String| {
        block
            .lines()
            .take(2)
            .any(|line| line == format!("# {name}"))
    };
    let text = all.iter().find(is_named).unwrap();
    let feeds = fleet.dir.path().join("feeds");
    let text = text.replace("/srv/feeds", feeds.to_str().unwrap());
    let path = fleet.dir.path().join(Path::new(name).file_name().unwrap());
    write(&path, &text);
    path
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn zipped(path: &Path, record: &serde_json::Value) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("record.json", options).unwrap();
    archive.write_all(record.to_string().as_bytes()).unwrap();
    archive.finish().unwrap();
}

/// What the downloads give, and a `curl` that takes it from there.
fn published(fleet: &Fleet) {
    let from = fleet.dir.path().join("published");
    fs::create_dir_all(&from).unwrap();
    for of in ["Debian:12", "AlmaLinux:8", "PyPI", "npm"] {
        let record = json!({
            "id": format!("{of}-1"), "aliases": ["CVE-2024-6119"], "published": "2024-09-03T00:00:00Z",
            "affected": [{
                "package": {"ecosystem": of, "name": "openssl"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0.15-1~deb12u1"}]}],
            }],
        });
        zipped(
            &from.join(format!("{}.zip", of.split(':').next().unwrap())),
            &record,
        );
    }
    let catalog = json!({"catalogVersion": "1", "vulnerabilities": [{"cveID": "CVE-2024-6119", "dateAdded": "2024-09-05"}]});
    fs::write(
        from.join("known_exploited_vulnerabilities.json"),
        catalog.to_string(),
    )
    .unwrap();
    let scores = fs::File::create(from.join("epss_scores-current.csv.gz")).unwrap();
    let mut scores = flate2::write::GzEncoder::new(scores, flate2::Compression::fast());
    scores.write_all(b"#model_version:v1,score_date:2026-10-31T00:00:00+0000\ncve,epss,percentile\nCVE-2024-6119,0.25,0.9\n").unwrap();
    scores.finish().unwrap();
    let curl = "#!/bin/sh\n\
                while [ $# -gt 1 ]; do [ \"$1\" = -o ] && to=$2; shift; done\n\
                case $1 in */all.zip) of=${1%/all.zip}; from=${of##*/}.zip;; *) from=${1##*/};; esac\n\
                cp \"$HOME/published/$from\" \"$to\"\n";
    fs::create_dir_all(fleet.dir.path().join("bin")).unwrap();
    write(&fleet.dir.path().join("bin/curl"), curl);
}

async fn fleet() -> Fleet {
    let mut fleet = Fleet::start(time("2026-11-01T00:00:00Z")).await;
    fleet.enroll("web").await;
    let report = serde_json::from_value(json!({
        "digest": format!("sha256:{}", "1".repeat(64)), "distro": "debian", "distro_version": "12",
        "artifacts": [{"type": "deb", "name": "openssl", "version": "3.0.11-1~deb12u2"}],
    }));
    let image = Image {
        report: report.unwrap(),
        name: "shop:1",
        status: ScanStatus::Complete,
    };
    fleet.knows(&image);
    fleet.runs("web", &[("shop", &image)]).await;
    fleet
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_leads_from_nothing_to_an_answer() {
    let fleet = fleet().await;
    published(&fleet);
    fs::create_dir_all(fleet.dir.path().join("feeds")).unwrap();
    let run = |line: &str| outcome(&mut fleet.shell(line));
    let mirror = file(&fleet, "/usr/local/bin/mirror-feeds");
    let (status, _, said) = run(&format!("PATH=$HOME/bin:$PATH {}", mirror.display()));
    assert_eq!(status, 0, "{said}");
    // A copy that is cut off is told before anything is imported.
    let import = file(&fleet, "/usr/local/bin/import-feeds");
    let import = import.to_str().unwrap();
    let scores = fleet.dir.path().join("feeds/epss_scores-current.csv.gz");
    let whole = fs::read(&scores).unwrap();
    fs::write(&scores, &whole[..whole.len() / 2]).unwrap();
    assert_ne!(run(import).0, 0);
    assert!(run("assetctl advisories status").2.contains("no feeds yet"));
    fs::write(&scores, whole).unwrap();
    let (status, _, said) = run(import);
    assert_eq!(status, 0, "{said}");
    let said = |line: &str, expected: i32| {
        assert!(
            guide().contains(&format!("\n    {line}\n")),
            "the guide doesn't say `{line}`"
        );
        let (status, said, beside) = run(line);
        assert_eq!(status, expected, "{line}: {beside}");
        said + &beside
    };
    let status = said("assetctl advisories status", 0);
    for feed in ["AlmaLinux", "Debian", "EPSS", "KEV", "PyPI", "npm"] {
        assert!(status.contains(feed), "{status}");
    }
    let gaps = said("assetctl advisories gaps", 0);
    assert!(!gaps.contains("no feed speaks of"), "{gaps}");
    let answer = said("assetctl affected CVE-2024-6119", 0);
    assert!(
        answer.contains("1 image, 1 container, 1 host affected"),
        "{answer}"
    );
    assert!(
        answer.contains("2024-09-05") && answer.contains("0.25"),
        "{answer}"
    );
    said(
        "assetctl affected CVE-2024-6119 --verdict affected,unknown -o csv",
        0,
    );
    said("assetctl affected CVE-2024-6119 --kev", 0);
    // A week later the answer warns.
    fleet.turn_to(time("2026-11-12T00:00:00Z"));
    let old = said("assetctl affected CVE-2024-6119", 0);
    assert!(old.contains("was imported 11 days ago"), "{old}");
}

#[test]
fn every_command_of_the_guide_is_in_a_script_or_run_here() {
    let source = include_str!("airgapped.rs");
    let scripts = blocks();
    let is_script =
        |block: &&String| block.starts_with("#!/bin/sh") || block.starts_with("# /etc/");
    for block in scripts.iter().filter(|block| !is_script(block)) {
        for line in block.lines() {
            assert!(
                source.contains(&format!("\"{line}\"")),
                "`{line}` is tried by no test"
            );
        }
    }
}

#[test]
fn systemd_takes_the_units_of_the_guide() {
    let root = tempfile::tempdir().unwrap();
    let units = root.path().join("etc/systemd/system");
    let programs = root.path().join("usr/local/bin");
    for folder in [&units, &programs] {
        fs::create_dir_all(folder).unwrap();
    }
    let mut names = Vec::new();
    for block in blocks() {
        for line in block.lines().take(2) {
            if let Some(unit) = line.strip_prefix("# /etc/systemd/system/") {
                fs::write(units.join(unit), &block).unwrap();
                names.push(unit.to_owned());
            }
            if let Some(program) = line.strip_prefix("# /usr/local/bin/") {
                write(&programs.join(program), &block);
            }
        }
    }
    assert_eq!(names, ["mirror-feeds.timer", "import-feeds.service"]);
    // The other two are as these, the guide says.
    let of = |name: &str| fs::read_to_string(units.join(name)).unwrap();
    let service = of("import-feeds.service").replace("import-feeds", "mirror-feeds");
    fs::write(units.join("mirror-feeds.service"), service).unwrap();
    fs::write(units.join("import-feeds.timer"), of("mirror-feeds.timer")).unwrap();
    let mut verify = Command::new("systemd-analyze");
    verify.args(["verify", "--man=no", "--recursive-errors=no", "--root"]);
    verify.arg(root.path()).args([
        "mirror-feeds.timer",
        "mirror-feeds.service",
        "import-feeds.timer",
        "import-feeds.service",
    ]);
    let output = verify.output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    // Whatever those need that a system has and this folder doesn't.
    let of_guide: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("-feeds"))
        .collect();
    assert!(output.status.success() && of_guide.is_empty(), "{said}");
}
