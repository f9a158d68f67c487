//! Starting: what is refused, and what is kept from others.

use std::{collections::BTreeSet, fs, os::unix::fs::PermissionsExt, path::Path};

use proto_types::GetStatus;

use super::server::{Server, program, refused};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn only_loopback_is_listened_on_without_tls() {
    let dir = tempfile::tempdir().unwrap();
    for address in ["0.0.0.0:0", "[::]:0"] {
        let said = refused(program(dir.path()).args(["--listen", address]));
        assert!(said.contains("unencrypted"), "{said}");
        assert!(said.contains("--insecure-http"), "{said}");
    }
    assert!(!dir.path().join("assetmon.db").exists());
}

#[tokio::test]
async fn another_address_is_listened_on_where_that_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |command| {
        command
            .args(["--insecure-http"])
            .env("ASSETMON_LISTEN", "0.0.0.0:0")
    });
    server.admin().send(&GetStatus {}).await.unwrap();
}

#[test]
#[cfg(target_env = "gnu")]
fn the_allocator_keeps_to_one_arena_unless_it_is_told_otherwise() {
    const ARENAS: &str = "MALLOC_ARENA_MAX";
    for told in [None, Some("3")] {
        let dir = tempfile::tempdir().unwrap();
        let server = Server::with(dir.path(), |command| match told {
            None => command.env_remove(ARENAS),
            Some(told) => command.env(ARENAS, told),
        });
        let environment = fs::read(format!("/proc/{}/environ", server.id())).unwrap();
        let wanted = format!("{ARENAS}={}", told.unwrap_or("1"));
        let is_set = |wanted: &str| {
            let mut set = environment.split(|byte| *byte == 0);
            set.any(|one| one == wanted.as_bytes())
        };
        assert!(is_set(&wanted), "{told:?}");
        assert!(is_set("MALLOC_MMAP_THRESHOLD_=131072"), "{told:?}");
    }
}

#[tokio::test]
async fn a_second_server_is_kept_out_of_the_data_folder() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let other = dir.path().join("other.sock");
    let said = refused(
        program(dir.path())
            .args(["--listen", "127.0.0.1:0", "--socket"])
            .arg(other),
    );
    assert!(said.contains("another server"), "{said}");
    server.admin().send(&GetStatus {}).await.unwrap();
}

#[tokio::test]
async fn a_second_server_does_not_take_the_firsts_socket_or_port() {
    let [one, two] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let server = Server::start(one.path());
    let said = refused(program(two.path()).args(["--listen", &server.address]));
    assert!(said.contains(&server.address), "{said}");
    let mut command = program(two.path());
    let said = refused(
        command
            .args(["--listen", "127.0.0.1:0", "--socket"])
            .arg(&server.socket),
    );
    assert!(said.contains("admin.sock"), "{said}");
    server.admin().send(&GetStatus {}).await.unwrap();
}

#[test]
fn data_and_socket_are_for_the_owner_alone() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("made/by/the/server");
    let server = Server::start(&dir);
    assert_eq!(mode(&server.socket), 0o600);
    assert_eq!(mode(&dir), 0o700);
}

#[test]
fn files_are_for_the_owner_alone_also_in_a_folder_that_others_may_read() {
    let dir = tempfile::tempdir().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // As a server of before, or a copy that was put back, may have left it.
    for round in 0..2 {
        let server = Server::start(dir.path());
        for name in ["lock", "assetmon.db", "assetmon.db-wal", "assetmon.db-shm"] {
            assert_eq!(mode(&dir.path().join(name)), 0o600, "{name} of {round}");
        }
        drop(server);
        for name in ["lock", "assetmon.db"] {
            let open = fs::Permissions::from_mode(0o644);
            fs::set_permissions(dir.path().join(name), open).unwrap();
        }
    }
}

#[test]
fn what_is_no_socket_is_not_removed_for_one() {
    let dir = tempfile::tempdir().unwrap();
    let precious = dir.path().join("precious");
    fs::write(&precious, "keep me").unwrap();
    let mut command = program(dir.path());
    let said = refused(
        command
            .args(["--listen", "127.0.0.1:0", "--socket"])
            .arg(&precious),
    );
    assert!(said.contains("precious"), "{said}");
    assert_eq!(fs::read_to_string(&precious).unwrap(), "keep me");
}

#[test]
fn a_database_that_is_none_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("assetmon.db"), "no database".repeat(100)).unwrap();
    let said = refused(program(dir.path()).args(["--listen", "127.0.0.1:0"]));
    assert!(said.contains("not a database"), "{said}");
}

#[test]
fn a_wrong_setting_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("server.toml");
    for (settings, word) in [
        ("lease_secnods = 5", "lease_secnods"),
        ("lease_seconds = \"5\"", "lease_seconds"),
        ("lease_seconds = 0", "lease_seconds"),
        ("retention_days = 0", "retention_days"),
        ("silent_after_seconds = -1", "silent_after_seconds"),
        ("second_opinion = 1.5", "second_opinion"),
        ("listen = \"everywhere\"", "listen"),
        ("log_format = \"xml\"", "log_format"),
        ("= nonsense", "server.toml"),
    ] {
        fs::write(&file, settings).unwrap();
        let said = refused(program(dir.path()).arg("--config").arg(&file));
        assert!(said.contains(word), "{settings}: {said}");
    }
    let said = refused(program(dir.path()).args(["--config", "/nonexistent/server.toml"]));
    assert!(said.contains("/nonexistent/server.toml"), "{said}");
}

#[tokio::test]
async fn a_settings_file_counts_less_than_a_flag() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("server.toml");
    fs::write(&file, "listen = \"127.0.0.1:1\"\nlease_seconds = 60\n").unwrap();
    let server = Server::with(dir.path(), |command| command.arg("--config").arg(&file));
    server.admin().send(&GetStatus {}).await.unwrap();
}

/// The settings file that packages bring, with every setting switched on.
fn switched_on() -> toml::Table {
    let template = include_str!("../../server.toml");
    let lines = template.lines().filter(|line| !line.starts_with("# "));
    let lines: Vec<_> = lines.map(|line| line.trim_start_matches('#')).collect();
    lines.join("\n").parse().unwrap()
}

#[test]
fn the_settings_file_of_the_package_lists_what_the_guide_lists() {
    let guide = include_str!("../../../docs/OPERATING.md");
    let (_, table) = guide.split_once("| key | default | |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let mut keys = BTreeSet::new();
    for row in table.lines() {
        let cell = row.split('|').nth(1).unwrap_or_default();
        keys.extend(cell.split('`').skip(1).step_by(2).map(str::to_owned));
    }
    assert_eq!(keys, switched_on().keys().cloned().collect());
}

#[tokio::test]
async fn every_setting_of_the_packages_file_is_one_that_the_server_knows() {
    let dir = tempfile::tempdir().unwrap();
    let mut settings = switched_on();
    // There are no such files here.
    settings.retain(|key, _| !key.starts_with("tls_"));
    let file = dir.path().join("server.toml");
    fs::write(&file, settings.to_string()).unwrap();
    let socket = dir.path().join("admin.sock");
    let server = Server::with(dir.path(), |command| {
        command
            .arg("--config")
            .arg(&file)
            .arg("--socket")
            .arg(socket)
    });
    server.admin().send(&GetStatus {}).await.unwrap();
    assert!(
        include_str!("../../server.toml")
            .parse::<toml::Table>()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_server_is_asked_whether_it_is_healthy() {
    let dir = tempfile::tempdir().unwrap();
    let said = refused(program(dir.path()).arg("--healthy"));
    assert!(said.contains("no server answers at"), "{said}");
    assert!(!dir.path().join("assetmon.db").exists());
    let server = Server::start(dir.path());
    let asked = program(dir.path()).arg("--healthy").output().unwrap();
    assert!(asked.status.success(), "{asked:?}");
    drop(server);
    refused(program(dir.path()).arg("--healthy"));
}

#[test]
fn the_manual_is_made_of_the_flags() {
    let dir = tempfile::tempdir().unwrap();
    let made = program(dir.path())
        .arg("--man")
        .arg(dir.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let page = fs::read_to_string(dir.path().join("assetmon-server.1")).unwrap();
    assert!(page.contains("tls\\-client\\-ca"), "{page}");
}
