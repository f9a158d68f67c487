//! What is told of a machine that runs other things too.

use std::{collections::BTreeSet, fs, os::unix::fs::MetadataExt, path::Path};

use super::{Machine, Others};
use crate::settings::Acknowledged;

/// A machine as the kernel shows it.
struct Fake(tempfile::TempDir);

fn id(digit: char) -> String {
    digit.to_string().repeat(64)
}

impl Fake {
    /// One with root, alice (60100) and one whose home belongs to whoever runs the test.
    fn new() -> Self {
        let fake = Self(tempfile::tempdir().unwrap());
        fake.write("proc/1/comm", "systemd\n");
        fake.write("proc/1/net/unix", "Num       RefCount Protocol\n");
        let mounts = "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
        fake.write("proc/self/mountinfo", mounts);
        let own = fs::metadata(fake.0.path()).unwrap().uid();
        let users = format!(
            "nobody:x:65534:65534::/nonexistent:\nalice:x:60100:1::/home/alice:\n\
             root2:x:{own}:1::/home/bob:\n"
        );
        fake.write("etc/passwd", &users);
        fake
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn process(&self, number: u32, name: &str, uid: u32, words: &[&str]) {
        let folder = format!("proc/{number}");
        self.write(&format!("{folder}/comm"), &format!("{name}\n"));
        let status = format!("Uid:\t{uid}\t{uid}\t{uid}\t{uid}\nNSpid:\t{number}\n");
        self.write(&format!("{folder}/status"), &status);
        let command: String = words.iter().map(|word| format!("{word}\0")).collect();
        self.write(&format!("{folder}/cmdline"), &command);
        self.write(&format!("{folder}/task/{number}/children"), "");
    }

    /// A conmon with its container, whose process is the next number.
    fn conmon(&self, number: u32, uid: u32, digit: char, store: &str) {
        let (id, child) = (id(digit), number + 1);
        let bundle = format!("{store}/overlay-containers/{id}/userdata");
        let words = ["/usr/bin/conmon", "-c", &id, "-b", &bundle];
        self.process(number, "conmon", uid, &words);
        let children = format!("proc/{number}/task/{number}/children");
        self.write(&children, &format!("{child} "));
        self.process(child, "sleep", uid, &["sleep", "infinity"]);
    }

    fn ends(&self, number: u32) {
        fs::remove_dir_all(self.0.path().join(format!("proc/{number}"))).unwrap();
    }

    fn before(&self) -> Others {
        let mut others = Others::before(Machine::at(self.0.path()));
        others.asks(0, true);
        others
    }

    fn found(&self) -> Vec<String> {
        after(self.before())
    }
}

/// What is told where these are acknowledged: `podman:alice`.
fn after(others: Others) -> Vec<String> {
    let acknowledged: Acknowledged = "containerd".parse().unwrap();
    let told = others.after(&acknowledged).into_iter();
    told.map(|one| {
        format!(
            "{one}{}",
            if one.acknowledged {
                " (acknowledged)"
            } else {
                ""
            }
        )
    })
    .collect()
}

#[test]
fn nothing_is_told_of_a_machine_that_runs_nothing_else() {
    let fake = Fake::new();
    assert!(fake.found().is_empty());
    let bare = tempfile::tempdir().unwrap();
    let bare = Others::before(Machine::at(bare.path()));
    assert!(after(bare).is_empty(), "nothing can be read");
}

#[test]
fn a_runtime_that_listens_or_runs_is_told_once_and_whose_it_is() {
    let fake = Fake::new();
    let listens = |path: &str| format!("0: 00000002 00000000 00010000 0001 01 4 {path}\n");
    let sockets = [
        listens("/run/docker.sock"),
        listens("/run/containerd/containerd.sock"),
        listens("/run/user/60100/dockerd-rootless/api.sock"),
    ];
    fake.write("proc/1/net/unix", &sockets.concat());
    fake.process(7, "dockerd", 0, &["/usr/bin/dockerd"]);
    fake.process(8, "dockerd", 60100, &["dockerd"]);
    fake.process(9, "crio", 0, &["crio"]);
    fake.process(10, "containerd", 0, &["containerd"]);
    let status = "Uid:\t0\t0\t0\t0\nNSpid:\t10\t3\n";
    fake.write("proc/10/status", status);
    assert_eq!(
        fake.found(),
        [
            "docker",
            "docker:alice",
            "containerd (acknowledged)",
            "containerd:nested",
            "cri-o"
        ]
    );
}

#[test]
fn a_container_that_runs_and_is_not_listed_is_told_by_whose_or_which_store_it_is_in() {
    let fake = Fake::new();
    fake.conmon(10, 0, 'a', "/var/lib/containers/storage");
    fake.conmon(20, 0, 'b', "/srv/ci/storage");
    fake.conmon(
        30,
        60100,
        'c',
        "/home/alice/.local/share/containers/storage",
    );
    fake.conmon(40, 60200, 'd', "/x");
    let mut others = fake.before();
    others.listed.insert(id('a'));
    assert_eq!(
        after(others),
        ["podman:/srv/ci/storage", "podman:60200", "podman:alice"]
    );
}

#[test]
fn a_container_of_cri_o_or_in_another_container_is_no_podmans_of_this_machine() {
    let fake = Fake::new();
    let container = id('a');
    let words = [
        "conmon",
        "-c",
        &container,
        "--exit-dir",
        "/var/run/crio/exits",
    ];
    fake.process(10, "conmon", 0, &words);
    fake.write("proc/10/task/10/children", "11");
    fake.process(11, "pause", 0, &["/pause"]);
    fake.conmon(20, 0, 'b', "/var/lib/containers/storage");
    fake.write("proc/20/status", "Uid:\t0\t0\t0\t0\nNSpid:\t20\t5\n");
    assert_eq!(fake.found(), ["cri-o", "podman:nested"]);
}

#[test]
fn a_container_that_starts_or_ends_while_podman_is_asked_is_no_gap() {
    let fake = Fake::new();
    fake.conmon(10, 60100, 'a', "/x");
    fake.conmon(20, 60100, 'b', "/x");
    fake.conmon(30, 60100, 'c', "/x");
    let others = fake.before();
    // One is gone, of one podman cleans up, and one has ended; another one has started.
    fake.ends(10);
    let words = ["podman", "container", "cleanup", &id('b')];
    fake.process(21, "podman", 60100, &words);
    fake.process(31, "sleep", 60100, &[]);
    fake.conmon(40, 60100, 'd', "/x");
    assert!(after(others).is_empty());
}

#[test]
fn what_may_be_in_a_store_that_could_not_be_listed_is_no_second_gap() {
    let fake = Fake::new();
    fake.conmon(10, 0, 'a', "/srv/ci/storage");
    fake.conmon(20, 60100, 'b', "/x");
    let mut others = fake.before();
    others.asks(0, false);
    assert_eq!(after(others), ["podman:alice"]);
}

#[test]
fn a_user_who_is_not_asked_and_has_containers_is_told_of_unless_a_store_lists_some() {
    let fake = Fake::new();
    let store = "home/bob/.local/share/containers/storage/overlay-containers";
    let list = format!(r#"[{{"id":"{}"}},{{"id":"{}"}}]"#, id('a'), id('b'));
    fake.write(&format!("{store}/containers.json"), &list);
    let own = fs::metadata(fake.0.path()).unwrap().uid();
    let before = || {
        let mut others = Others::before(Machine::at(fake.0.path()));
        others.asks(own + 1, true);
        others
    };
    assert_eq!(after(before()), ["podman:root2"]);
    let mut listed = before();
    listed.listed.insert(id('b'));
    assert!(after(listed).is_empty());
    let mut asked = before();
    asked.asks(own, false);
    assert!(after(asked).is_empty());
}

#[test]
fn what_only_calls_itself_a_conmon_is_none() {
    let fake = Fake::new();
    fake.process(10, "conmon", 60100, &["conmon"]);
    fake.process(11, "conmon", 60100, &["conmon", "-c"]);
    fake.process(12, "conmon", 60100, &["conmon", "-c", "not-an-id"]);
    fake.process(13, "conmon", 60100, &[]);
    assert!(fake.found().is_empty());
}

#[test]
fn this_machine_can_be_looked_at() {
    let told = Others::before(Machine::this()).after(&Acknowledged::default());
    let names: BTreeSet<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(names.len(), told.len(), "each once");
    assert!(Path::new("/proc/1").exists());
}
