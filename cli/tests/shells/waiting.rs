//! What somebody at a terminal sees while nothing comes: a list that nobody pipes in, and a server that
//! doesn't answer.

use std::net::TcpListener;

use tempfile::TempDir;

use crate::screen::Screen;

const PROGRAM: &str = env!("CARGO_BIN_EXE_assetctl");

#[test]
fn a_list_is_not_waited_for_where_nobody_pipes_one_in() {
    let dir = TempDir::new().unwrap();
    let screen = Screen::new(dir.path());
    screen.run(&format!("'{PROGRAM}' find -f -; echo \"left $?\""));
    let shown = screen.wait_for("left 2");
    assert!(shown.contains("`-f -` reads standard input, which is a terminal"));
    assert!(shown.contains("hint: pipe a list into it"), "{shown}");
}

#[test]
fn what_takes_long_shows_that_it_waits_on_a_terminal_alone() {
    // Connections are taken, and never answered.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let dir = TempDir::new().unwrap();
    let screen = Screen::new(dir.path());
    let status = format!("'{PROGRAM}' --server {address} status");
    screen.run(&format!("{status}; echo \"left $?\""));
    screen.wait_for(&format!("asking {address} ("));
    screen.press(&["C-c"]);
    screen.wait_for("left 130");
    screen.run("clear");
    screen.run(&format!("{status} --timeout 2s 2>said; echo \"then $?\""));
    screen.wait_for("then 2");
    let said = screen.file("said", "error: ");
    assert!(!said.contains("asking "), "{said}");
}
