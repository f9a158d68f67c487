//! The genuine nginx before a server, with the settings that the docs give, and a certificate of a CA
//! of its own.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{
    lab::{Lab, MARK},
    process::{run, wait_until},
    server::Server,
};

/// How long nginx may take to start.
const START: Duration = Duration::from_secs(20);

/// An nginx. Dropping it ends it.
pub struct Nginx {
    process: Child,
    folder: PathBuf,
    /// Where it listens, on loopback.
    pub address: SocketAddr,
}

impl Nginx {
    /// Puts one before `server`; `location` is the block of its settings that forwards, written for a
    /// server at the default address.
    ///
    /// # Panics
    /// It doesn't start.
    pub fn before(server: &Server, location: &str) -> Self {
        let folder = Lab::get().new_folder("nginx");
        certify(&folder);
        let address = free_address();
        let upstream = server.address.to_string();
        assert!(location.contains("127.0.0.1:8420"), "{location}");
        let settings = SETTINGS
            .replace("@FOLDER@", &folder.to_string_lossy())
            .replace("@LISTEN@", &address.to_string())
            .replace("@LOCATION@", &location.replace("127.0.0.1:8420", &upstream));
        let file = folder.join("nginx.conf");
        fs::write(&file, settings).expect("the lab can be written to");
        let process = program()
            .arg("-p")
            .arg(&folder)
            .args(["-e", "error.log", "-c"])
            .arg(&file)
            .env(MARK, &Lab::get().folder)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("nginx starts");
        let nginx = Self {
            process,
            folder,
            address,
        };
        wait_until("nginx listens", START, || {
            TcpStream::connect(nginx.address).is_ok()
        });
        nginx
    }

    /// Where agents and `assetctl` find the server through it.
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// The certificate of the CA.
    pub fn authority(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Asked to, it ends its workers too.
        let id = self.process.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).output();
        let _ = self.process.wait();
    }
}

/// A CA, and a certificate of it for loopback.
fn certify(folder: &Path) {
    fs::write(folder.join("names"), "subjectAltName=IP:127.0.0.1").expect("the lab has room");
    let openssl = |arguments: &str| {
        let mut openssl = Command::new("openssl");
        run(openssl.current_dir(folder).args(arguments.split(' ')));
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    openssl(&format!(
        "req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=lab"
    ));
    openssl(&format!(
        "req {key} -keyout nginx.key -out nginx.csr -subj /CN=nginx"
    ));
    openssl(
        "x509 -req -in nginx.csr -CA ca.pem -CAkey ca.key -days 2 -extfile names -out nginx.pem",
    );
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a listener has an address")
}

/// The machine's, or the one that `scripts/install-tools` unpacked.
fn program() -> Command {
    let unpacked = Lab::get().project().join("target/tools/bin/nginx");
    match unpacked.exists() {
        true => Command::new(unpacked),
        false => Command::new("nginx"),
    }
}

const SETTINGS: &str = "
daemon off;
worker_processes 1;
pid @FOLDER@/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path @FOLDER@/bodies;
    proxy_temp_path @FOLDER@/answers;
    fastcgi_temp_path @FOLDER@/fastcgi;
    uwsgi_temp_path @FOLDER@/uwsgi;
    scgi_temp_path @FOLDER@/scgi;
    server {
        listen @LISTEN@ ssl;
        ssl_certificate @FOLDER@/nginx.pem;
        ssl_certificate_key @FOLDER@/nginx.key;
@LOCATION@
    }
}
";
