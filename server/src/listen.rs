//! Listening: on an address for everyone, and on the local socket for admins.

use std::{
    fs,
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
    os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use axum::{Extension, Router};
use axum_server::{Handle, accept::NoDelayAcceptor};
use rustix::{fs::Mode, process::umask};

use crate::{
    auth::LocalSocket,
    connections::{self, Bounded, bounded},
    handed::Handed,
    local::SocketAcceptor,
    settings::Settings,
    tls::{Tls, TlsAcceptor},
};

/// How long requests that are under way may take to end once the server stops.
const GRACE: Duration = Duration::from_secs(10);
/// How many connections the local socket may have at once.
const LOCAL: usize = 64;

/// The two places where the server listens.
pub struct Listeners {
    tcp: TcpListener,
    unix: UnixListener,
    socket: PathBuf,
    /// Whether the socket's file is the server's own, to be removed at the end.
    owns_socket: bool,
}

impl Listeners {
    /// Takes both places, before anything is answered: what was handed over in the place of what the
    /// settings say.
    ///
    /// # Errors
    /// The address or the socket can't be had, or the address may not be listened on.
    pub fn bind(settings: &Settings, handed: Handed) -> anyhow::Result<Self> {
        let address = settings.listen;
        let tcp = match handed.tcp {
            Some(tcp) => tcp,
            None => {
                TcpListener::bind(address).with_context(|| format!("can't listen on {address}"))?
            }
        };
        settings.may_listen(tcp.local_addr()?)?;
        tcp.set_nonblocking(true)?;
        let owns_socket = handed.unix.is_none();
        let (unix, socket) = match handed.unix {
            Some(handed) => handed,
            None => (bind_socket(&settings.socket)?, settings.socket.clone()),
        };
        unix.set_nonblocking(true)?;
        Ok(Self {
            tcp,
            unix,
            socket,
            owns_socket,
        })
    }

    /// The file of the local socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The address, with the port that the system chose where port 0 was asked for.
    ///
    /// # Errors
    /// The system doesn't say.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.tcp.local_addr()
    }

    /// Serves, with TLS on the address where there is some, until `stop` ends, then lets what is
    /// under way end.
    ///
    /// # Errors
    /// A listener fails.
    pub async fn serve(
        self,
        router: Router,
        tls: Option<Tls>,
        stop: impl Future<Output = ()>,
    ) -> anyhow::Result<()> {
        let (remote, local) = (Handle::new(), Handle::new());
        let tcp = bounded(axum_server::from_tcp(self.tcp)?).handle(remote.clone());
        let most = connections::most();
        let service = router.clone().into_make_service();
        let tcp = async {
            match tls {
                Some(tls) => {
                    let tls = Bounded::new(TlsAcceptor::new(tls), most);
                    tcp.acceptor(tls).serve(service).await
                }
                // The end of an answer would wait for the client's word on what came before it.
                None => {
                    let plain = Bounded::new(NoDelayAcceptor::new(), most);
                    tcp.acceptor(plain).serve(service).await
                }
            }
        };
        // Its connections are its own: whoever fills the port keeps no admin out.
        let unix = bounded(axum_server::from_unix(self.unix)?)
            .acceptor(Bounded::new(SocketAcceptor, LOCAL))
            .handle(local.clone())
            .serve(router.layer(Extension(LocalSocket)).into_make_service());
        let stopped = async {
            stop.await;
            tracing::info!("stopping");
            remote.graceful_shutdown(Some(GRACE));
            local.graceful_shutdown(Some(GRACE));
        };
        let served = async { tokio::try_join!(tcp, unix) };
        let (served, ()) = tokio::join!(served, stopped);
        if self.owns_socket {
            // A file that is gone already is as good as one that is removed.
            let _ = fs::remove_file(&self.socket);
        }
        served.map(|_| ()).context("the listener failed")
    }
}

/// Binds the local socket so that only its owner may open it.
fn bind_socket(path: &Path) -> anyhow::Result<UnixListener> {
    remove_stale(path)?;
    // Nobody else may open it even before its mode is set.
    let before = umask(Mode::from_raw_mode(0o177));
    let bound = UnixListener::bind(path);
    umask(before);
    let listener = bound.with_context(|| {
        format!(
            "can't listen on the local socket {} (--socket names another place)",
            path.display()
        )
    })?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Connecting to any other file is refused as well: it must not be removed.
fn is_socket(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket())
}

/// Removes the socket of a server that was killed; one that answers stays.
fn remove_stale(path: &Path) -> anyhow::Result<()> {
    match UnixStream::connect(path) {
        Ok(_) => bail!("another server listens on {}", path.display()),
        Err(error) if error.kind() == ErrorKind::ConnectionRefused && is_socket(path) => {
            fs::remove_file(path).with_context(|| format!("can't remove {}", path.display()))
        }
        Err(_) => Ok(()),
    }
}
