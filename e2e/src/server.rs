//! A server with a database of its own, on a port of the system's choice.

use std::{
    fs::{self, File},
    net::{SocketAddr, TcpStream},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::Duration,
};

use proto_types::{
    CreateTokenResponse, Endpoint, EnrollResponse, FindRequest, FindResponse, GetImage, HostCode,
    ImageDetail, ImageDigest,
};
use serde_json::json;

use crate::{
    assetctl::Said,
    http::{Answer, Request, ask},
    lab::Lab,
    process::wait_until,
};

/// How long a server may take to start.
const START: Duration = Duration::from_secs(20);
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(30);

/// A server. Dropping it kills it.
pub struct Server {
    folder: PathBuf,
    /// Where it listens, on loopback; the same after it was started again.
    pub address: SocketAddr,
    process: Child,
    starts: u32,
}

impl Server {
    /// A new server with these settings, each line as in its settings file.
    pub fn new(settings: &str) -> Self {
        let folder = Lab::get().new_folder("server");
        // Who counts scans counts first ones.
        let settings = match settings.contains("second_opinion") {
            true => settings.to_owned(),
            false => format!("second_opinion = 0.0\n{settings}"),
        };
        fs::write(folder.join("settings.toml"), settings).expect("settings can be written");
        let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
        let (process, address) = start(&folder, any_port, 1);
        Self {
            folder,
            address,
            process,
            starts: 1,
        }
    }

    /// Where agents and `assetctl` find it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Kills it with SIGKILL.
    pub fn kill(&mut self) {
        // One that has ended already can't be killed.
        let _ = self.process.kill();
        self.process.wait().expect("a killed server ends");
    }

    /// Starts it again where it was, with what it had.
    pub fn start_again(&mut self) {
        self.starts += 1;
        let (process, address) = start(&self.folder, self.address, self.starts);
        assert_eq!(address, self.address);
        self.process = process;
    }

    /// Keeps what it knows now, for [`Server::go_back`].
    pub(crate) fn keep(&mut self) {
        self.kill();
        fs::create_dir_all(self.kept()).expect("there is room");
        copy_database(&self.data(), &self.kept());
        self.start_again();
    }

    /// Starts it again with what it knew when it was told to keep that.
    pub(crate) fn go_back(&mut self) {
        self.kill();
        copy_database(&self.kept(), &self.data());
        self.start_again();
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn kept(&self) -> PathBuf {
        self.folder.join("kept")
    }

    /// Runs `assetctl` as an admin does on the server's own machine.
    pub fn assetctl(&self, arguments: &[&str]) -> Said {
        let socket = format!("unix:{}", self.socket().display());
        Said::by(
            Lab::get()
                .program("assetctl")
                .env("ASSETCTL_SERVER", socket)
                .args(arguments),
        )
    }

    /// The same with something on its standard input.
    pub fn assetctl_fed(&self, input: &str, arguments: &[&str]) -> Said {
        let file = self.folder.join("input");
        fs::write(&file, input).expect("input can be written");
        let input = File::open(file).expect("what was written can be read");
        let socket = format!("unix:{}", self.socket().display());
        Said::by(
            Lab::get()
                .program("assetctl")
                .env("ASSETCTL_SERVER", socket)
                .stdin(input)
                .args(arguments),
        )
    }

    /// Runs `assetctl` as one does elsewhere, with a token.
    pub fn assetctl_with(&self, token: &str, arguments: &[&str]) -> Said {
        Said::by(
            Lab::get()
                .program("assetctl")
                .env("ASSETCTL_SERVER", self.url())
                .env("ASSETCTL_TOKEN", token)
                .args(arguments),
        )
    }

    /// Makes a reader's token.
    pub fn reader(&self, name: &str) -> String {
        let body = json!({ "name": name, "role": "reader" });
        let answer = self.admin("POST", "/api/v1/tokens", &body.to_string());
        answer.read::<CreateTokenResponse>().token
    }

    /// Makes a code for a new host.
    pub fn add_host(&self, name: &str) -> String {
        let said = self.assetctl(&["host", "add", name, "-o", "json"]);
        said.with_status(0).read::<HostCode>().code
    }

    /// Makes a host that no agent works for, and answers its token.
    pub fn enroll(&self, name: &str) -> String {
        let body = json!({ "code": self.add_host(name) }).to_string();
        let answer = self.ask("POST", "/api/v1/enroll", None, &body);
        answer.read::<EnrollResponse>().token
    }

    /// Asks as an admin, by the local socket.
    pub fn admin(&self, method: &str, path: &str, body: &str) -> Answer {
        let stream = UnixStream::connect(self.socket()).expect("the local socket is there");
        stream.set_read_timeout(Some(ANSWER)).expect("a timeout");
        let request = Request {
            method,
            path,
            token: None,
            body: body.as_bytes(),
            length: body.len(),
        };
        ask(stream, UnixStream::shutdown, &request).expect("the server answers")
    }

    /// Asks over the network.
    pub fn ask(&self, method: &str, path: &str, token: Option<&str>, body: &str) -> Answer {
        self.ask_torn(method, path, token, body, body.len())
    }

    /// The same with a body that is said to have `length` bytes: the server may hang up.
    pub fn ask_torn(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &str,
        length: usize,
    ) -> Answer {
        let answer = ask_at(self.address, method, path, token, body, length);
        answer.expect("the server answers")
    }

    /// Asks `find` as the API takes it.
    pub fn find(&self, request: &FindRequest) -> FindResponse {
        let body = serde_json::to_string(request).expect("a request is JSON");
        self.admin("POST", "/api/v1/find", &body).read()
    }

    /// What is known of an image.
    pub fn image(&self, digest: ImageDigest) -> ImageDetail {
        self.image_if_known(digest).expect("the image is known")
    }

    /// The same of one that nobody may have reported.
    pub fn image_if_known(&self, digest: ImageDigest) -> Option<ImageDetail> {
        let path = GetImage { digest }.path();
        let answer = self.admin("GET", &path, "");
        (answer.status != 404).then(|| answer.read())
    }

    /// The file of its database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("data/assetmon.db")
    }

    fn socket(&self) -> PathBuf {
        self.data().join("admin.sock")
    }
}

/// Puts one folder's database, which no server has open, in the place of another's.
fn copy_database(from: &Path, to: &Path) {
    for ending in ["db", "db-wal", "db-shm"] {
        let [from, to] = [from, to].map(|folder| folder.join(format!("assetmon.{ending}")));
        // The last two are there only where the server was killed in the middle.
        let _ = fs::remove_file(&to);
        if from.exists() {
            fs::copy(from, to).expect("there is room");
        }
    }
}

/// Asks a server that somebody else may be killing just now.
///
/// # Errors
/// It didn't answer.
pub fn ask_at(
    address: SocketAddr,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: &str,
    length: usize,
) -> std::io::Result<Answer> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(ANSWER))?;
    let request = Request {
        method,
        path,
        token,
        body: body.as_bytes(),
        length,
    };
    ask(stream, TcpStream::shutdown, &request)
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn start(folder: &Path, listen: SocketAddr, number: u32) -> (Child, SocketAddr) {
    let log = folder.join(format!("log.{number}"));
    let file = File::create(&log).expect("a log can be made");
    let mut process = Lab::get()
        .program("assetmon-server")
        .arg("--data-dir")
        .arg(folder.join("data"))
        .arg("--config")
        .arg(folder.join("settings.toml"))
        .args(["--listen", &listen.to_string()])
        .env("NO_COLOR", "1")
        .stdout(file.try_clone().expect("a log can be shared"))
        .stderr(Stdio::from(file))
        .spawn()
        .expect("the server starts");
    let mut address = None;
    wait_until("the server listens", START, || {
        let said = fs::read_to_string(&log).unwrap_or_default();
        if let Some(status) = process.try_wait().expect("a child can be asked") {
            panic!("the server ended with {status}: {said}");
        }
        address = listens_at(&said);
        address.is_some()
    });
    (process, address.expect("it was found above"))
}

/// The address in the log's line `… listening address=127.0.0.1:40117 …`.
fn listens_at(log: &str) -> Option<SocketAddr> {
    let (_, rest) = log.split_once("listening address=")?;
    rest.split_whitespace().next()?.parse().ok()
}
