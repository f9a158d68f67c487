//! A server of its own, with a little fleet that was reported through the API.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use client::{Client, ServerAddress};
use proto_types::{
    Artifact, CreateHost, Enroll, FullReport, ImageDigest, ImageFacts, ReportedContainer,
    ScanReport, ScanStatus, ScannedImage,
};
use tempfile::TempDir;

/// The server, its folder and what is in it.
pub struct Fleet {
    dir: TempDir,
    server: Child,
}

impl Fleet {
    /// Starts the server and reports the fleet to it.
    pub fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let data = dir.path().join("server");
        let server = Command::new(server_program())
            .arg("--data-dir")
            .arg(&data)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let fleet = Self { dir, server };
        let socket = data.join("admin.sock");
        let begin = Instant::now();
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            assert!(begin.elapsed() < Duration::from_secs(20), "no server");
            thread::sleep(Duration::from_millis(20));
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(report(&socket));
        fleet
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Adds a host that never enrolls.
    pub fn add_host(&self, name: &str) {
        let address = ServerAddress::Unix(self.dir().join("server/admin.sock"));
        let admin = Client::new(address, None).unwrap();
        let name = name.to_owned();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(admin.send(&CreateHost { name })).unwrap();
    }

    /// Imports a document as a feed that is called like its file.
    pub fn import(&self, file: &str, document: &serde_json::Value) {
        let path = self.dir().join(file);
        fs::write(&path, document.to_string()).unwrap();
        let imported = Command::new(env!("CARGO_BIN_EXE_assetctl"))
            .args(["--server", "unix:server/admin.sock", "advisories", "import"])
            .arg(&path)
            .current_dir(self.dir())
            .output()
            .unwrap();
        assert!(imported.status.success(), "{imported:?}");
    }

    /// Ends the server.
    pub fn stop_server(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        self.stop_server();
    }
}

/// The server's program beside this one. `cargo test --workspace` has built it; a test of this
/// package alone may have to.
fn server_program() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_assetctl")).with_file_name("assetmon-server");
    if !program.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "-p", "assetmon-server"])
            .status()
            .unwrap();
        assert!(built.success());
    }
    program
}

async fn report(socket: &Path) {
    let address = ServerAddress::Unix(socket.to_owned());
    let admin = Client::new(address.clone(), None).unwrap();
    for (number, name) in (1u8..).zip(["web-1", "web-2", "db-1"]) {
        let name = name.to_owned();
        let code = admin
            .send(&CreateHost { name: name.clone() })
            .await
            .unwrap()
            .code;
        let token = admin.send(&Enroll::by(code)).await.unwrap().token;
        let host = Client::new(address.clone(), Some(token)).unwrap();
        let image = if name == "db-1" { 2 } else { 1 };
        let report = FullReport {
            host: name,
            seq: None,
            complete: true,
            scanner: None,
            detail: 0,
            machine: None,
            unseen: proto_types::Unseen::default(),
            containers: vec![container(image, number)],
        };
        for lease in host.send(&report).await.unwrap().leases {
            let scan = ScanReport {
                image: image_of(lease.image_digest),
                lease: Some(lease.lease),
                generation: Some(lease.generation),
                scanner: Some("syft 1.18.1".to_owned()),
                detail: 0,
                status: ScanStatus::Complete,
                reason: None,
                cause: None,
            };
            host.send(&scan).await.unwrap();
        }
    }
}

fn container(image: u8, number: u8) -> ReportedContainer {
    let name = if image == 1 { "nginx" } else { "postgres" };
    ReportedContainer {
        name: format!("{name}-{number}"),
        image_name: format!("docker.io/library/{name}:1"),
        image_digest: ImageDigest::from_bytes([image; 32]),
    }
}

fn image_of(digest: ImageDigest) -> ScannedImage {
    let is_first = digest == ImageDigest::from_bytes([1; 32]);
    let openssl = if is_first {
        "3.0.15-1~deb12u1"
    } else {
        "3.0.9-1"
    };
    let all = [
        ("bash", "5.2.15-2+b7"),
        ("openssl", openssl),
        ("zlib1g", "1:1.2.13.dfsg-1"),
    ];
    let artifacts = all.map(|(name, version)| Artifact {
        artifact_type: "deb".to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        purl: None,
        source: None,
        ..Artifact::default()
    });
    ScannedImage {
        digest,
        distro: "debian".to_owned(),
        distro_version: "12".to_owned(),
        facts: ImageFacts::default(),
        artifacts: artifacts.into(),
    }
}
