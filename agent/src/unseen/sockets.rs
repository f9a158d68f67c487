//! Runtimes by the sockets that they listen on, as the kernel lists them.
//!
//! Nobody is asked: a connection would start a Docker that systemd starts on demand, and a file that a
//! runtime left behind has no listener. Nor does it take any right.

use super::machine::Machine;
use crate::runtime::Runtime;

/// How much of the list is read.
const MOST: u64 = 8 << 20;
/// The flag of a socket that listens.
const LISTENS: u32 = 0x1_0000;

/// The sockets of the machine's own runtimes.
const SYSTEM: [(&str, Runtime); 5] = [
    ("/run/docker.sock", Runtime::Docker),
    ("/run/containerd/containerd.sock", Runtime::Containerd),
    ("/run/k3s/containerd/containerd.sock", Runtime::Containerd),
    (
        "/var/snap/microk8s/common/run/containerd.sock",
        Runtime::Containerd,
    ),
    ("/run/crio/crio.sock", Runtime::CriO),
];
/// Those of a user's, below their run folder. What runs in a network of its own listens there, but for
/// what started it.
const USERS: [(&str, Runtime); 3] = [
    ("docker.sock", Runtime::Docker),
    ("dockerd-rootless/api.sock", Runtime::Docker),
    ("containerd-rootless/api.sock", Runtime::Containerd),
];

/// The runtimes that listen, each with the number of the user whose it is where it is a user's.
pub(super) fn listening(machine: &Machine) -> Vec<(Runtime, Option<u32>)> {
    // Those of the first process are the machine's, also for an agent in a network of its own.
    let list = machine.text("/proc/1/net/unix", MOST);
    let list = list.or_else(|| machine.text("/proc/net/unix", MOST));
    list.iter()
        .flat_map(|list| list.lines())
        .filter_map(|line| runtime(path(line)?))
        .collect()
}

/// The path that a line's socket listens on.
fn path(line: &str) -> Option<&str> {
    // Num RefCount Protocol Flags Type St Inode, then the path, which may hold anything.
    let (mut rest, mut flags) = (line, "");
    for field in 0..7 {
        let (text, others) = rest.trim_start().split_once(' ')?;
        if field == 3 {
            flags = text;
        }
        rest = others;
    }
    let flags = u32::from_str_radix(flags, 16).ok()?;
    (flags & LISTENS != 0).then_some(rest)
}

fn runtime(path: &str) -> Option<(Runtime, Option<u32>)> {
    let real = path
        .strip_prefix("/var/run/")
        .map(|rest| format!("/run/{rest}"));
    let path = real.as_deref().unwrap_or(path);
    if let Some((_, runtime)) = SYSTEM.into_iter().find(|(known, _)| path == *known) {
        return Some((runtime, None));
    }
    let (uid, name) = path.strip_prefix("/run/user/")?.split_once('/')?;
    let (_, runtime) = USERS.into_iter().find(|(known, _)| name == *known)?;
    Some((runtime, Some(uid.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::{Runtime, path, runtime};

    fn found(flags: &str, path_of_it: &str) -> Option<(Runtime, Option<u32>)> {
        let line =
            format!("00000000c940fed3: 00000002 00000000 {flags} 0001 01 46200 {path_of_it}");
        runtime(path(&line)?)
    }

    #[test]
    fn a_runtime_is_known_by_the_socket_that_it_listens_on() {
        for (path, runtime, uid) in [
            ("/run/docker.sock", Runtime::Docker, None),
            ("/var/run/docker.sock", Runtime::Docker, None),
            ("/run/containerd/containerd.sock", Runtime::Containerd, None),
            (
                "/run/k3s/containerd/containerd.sock",
                Runtime::Containerd,
                None,
            ),
            ("/var/run/crio/crio.sock", Runtime::CriO, None),
            ("/run/user/1000/docker.sock", Runtime::Docker, Some(1000)),
        ] {
            assert_eq!(found("00010000", path), Some((runtime, uid)), "{path}");
        }
    }

    #[test]
    fn a_connection_and_any_other_socket_are_no_runtime() {
        assert_eq!(found("00000000", "/run/docker.sock"), None);
        for other in [
            "/run/podman/podman.sock",
            "@/run/docker.sock",
            "/x /run/docker.sock",
            "x /run/docker.sock",
            "/run/docker.sock.x",
            "/run/user/x/docker.sock",
            "/srv/run/docker.sock",
        ] {
            assert_eq!(found("00010000", other), None, "{other}");
        }
        assert_eq!(
            path("Num       RefCount Protocol Flags    Type St Inode Path"),
            None
        );
        assert_eq!(
            path("00000000c940fed3: 00000002 00000000 00010000 0001 01 46200"),
            None
        );
    }
}
