//! A walk as an operator takes it: search, down to a host, back, filter, order, a file, leave.

use std::fs;

use crate::{Fleet, Screen};

#[test]
fn search_drill_down_to_a_host_back_filter_order_export_quit() {
    let mut fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("", "");
    screen.wait_for("artifacts 3");
    // Search over the fleet.
    screen.press(&["/"]);
    screen.type_text("opens");
    screen.wait_for("artifacts 1/3");
    // Down to a host.
    screen.press(&["Enter", "Enter"]);
    let versions = screen.wait_for("versions of openssl 2");
    let newer = versions.find("3.0.15-1~deb12u1").unwrap();
    let older = versions.find("3.0.9-1").unwrap();
    assert!(newer < older, "newest first:\n{versions}");
    screen.press(&["y"]);
    screen.wait_for("copied 3.0.15-1~deb12u1");
    assert_eq!(screen.clipboard(), "3.0.15-1~deb12u1");
    screen.press(&["Enter"]);
    screen.wait_for("images of openssl 1");
    screen.press(&["Enter"]);
    screen.wait_for("containers of openssl 2");
    screen.press(&["Down", "Enter"]);
    screen.wait_for("containers on web-2 1");
    screen.wait_for("› openssl › 3.0.15-1~deb12u1 › nginx:1 › web-2 › containers");
    // Back, level by level, each as it was left.
    screen.press(&["Escape"]);
    screen.wait_for("containers of openssl 2");
    for _ in 0..3 {
        screen.press(&["Escape"]);
        // Between two of them, so that they aren't taken for one key with Alt.
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    screen.wait_for("artifacts 1/3 matching opens");
    filter_order_export(&screen);
    // What is on the screen stays when the server goes.
    fleet.stop_server();
    screen.press(&["F5"]);
    screen.wait_for("error: no answer from");
    screen.wait_for("web-1");
    screen.press(&["q"]);
    screen.wait_for("left 0");
    screen.assert_settings_are_back();
}

#[test]
fn what_is_not_covered_is_seen_and_an_image_scanned_again() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("", "");
    screen.wait_for("artifacts 3");
    screen.press(&["4"]);
    screen.wait_for("all 3 hosts and 2 images are covered: an empty answer is a proof");
    fleet.add_host("edge-9");
    screen.press(&["F5"]);
    screen.wait_for("edge-9");
    screen.wait_for("added, but not enrolled yet");
    screen.press(&["2"]);
    screen.wait_for("images 2");
    screen.press(&["R"]);
    screen.wait_for("the next host that runs it and reports will be asked to scan it");
    screen.press(&["q"]);
    screen.wait_for("left 0");
    screen.assert_settings_are_back();
}

#[test]
fn the_palette_jumps_and_brackets_step_through_time() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("", "");
    screen.wait_for("artifacts 3");
    screen.press(&[":"]);
    screen.type_text("openssl");
    screen.wait_for("go to what this finds");
    screen.press(&["Enter"]);
    screen.wait_for("versions of openssl 2");
    // The rollout as a map: web-1 and web-2 run the newer version, db-1 the older.
    screen.press(&["m"]);
    screen.wait_for("b db-1   a web-1  a web-2");
    screen.wait_for("2 hosts 66% newest");
    screen.press(&["Escape"]);
    screen.wait_for("versions of openssl 2");
    // And by who is affected: what the filter leaves.
    screen.press(&["/"]);
    screen.type_text("version<3.0.15");
    screen.press(&["Enter"]);
    screen.wait_for("versions of openssl 1/2");
    screen.press(&["m"]);
    screen.wait_for("x db-1   o web-1  o web-2");
    screen.wait_for("1 host 33% affected: <3.0.15");
    screen.press(&["b"]);
    screen.wait_for("2 hosts 66% newest");
    screen.press(&["Escape", "BSpace"]);
    screen.wait_for("versions of openssl 2");
    // What to rebuild first, and what two images hold differently.
    screen.press(&["v"]);
    screen.wait_for("rebuilds of openssl 2");
    screen.wait_for("all 3 hosts are clean");
    screen.press(&["x", "j", "x"]);
    screen.wait_for("differences nginx:1 → postgres:1 1");
    screen.wait_for("1 down");
    screen.press(&["Escape"]);
    screen.wait_for("rebuilds of openssl 2");
    screen.press(&[":"]);
    screen.type_text("ho");
    screen.press(&["Tab"]);
    screen.type_text("web-2");
    screen.press(&["Enter"]);
    screen.wait_for("containers on web-2 1");
    screen.press(&["["]);
    screen.wait_for("PAST");
    screen.press(&[":"]);
    screen.type_text("now");
    screen.press(&["Enter"]);
    screen.wait_until_gone("PAST");
    screen.wait_for("containers on web-2 1");
    // What changed, over the fleet and on one host.
    screen.press(&["5"]);
    screen.wait_for("postgres-3");
    screen.press(&["/"]);
    screen.type_text("web-1");
    screen.press(&["Enter"]);
    screen.wait_for("changes 1/");
    screen.press(&["f"]);
    screen.wait_for("changes on web-1 1");
    screen.press(&["3"]);
    screen.wait_for("containers on web-2 1");
    // There is no settings file, and so no context to go to; everything stays.
    screen.press(&[":"]);
    screen.type_text("ctx big");
    screen.press(&["Enter"]);
    screen.wait_for("no context `big`");
    screen.wait_for("containers on web-2 1");
    screen.press(&["q"]);
    screen.wait_for("left 0");
    screen.assert_settings_are_back();
}

fn filter_order_export(screen: &Screen) {
    screen.press(&["3"]);
    screen.wait_for("hosts 3");
    screen.press(&["/"]);
    screen.type_text("web");
    screen.press(&["Enter"]);
    screen.wait_for("hosts 2/3 matching web");
    screen.press(&["N", "s"]);
    let ordered = screen.wait_for("by name ▼");
    let (first, second) = (ordered.find("\n▸ web-2"), ordered.find("\n  web-1"));
    assert!(first.is_some() && first < second, "{ordered}");
    screen.press(&["e", "Enter"]);
    screen.wait_for("2 rows written to");
    let files = fs::read_dir(screen.dir()).unwrap().flatten();
    let mut paths = files.map(|file| file.path());
    let written = paths.find(|path| path.extension().is_some_and(|end| end == "csv"));
    let csv = fs::read_to_string(written.unwrap()).unwrap();
    let names: Vec<&str> = csv
        .lines()
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(names, ["name", "web-2", "web-1"]);
}

#[test]
fn a_name_that_nothing_has_is_told_the_one_that_may_be_meant() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("", "opensll");
    screen.wait_for("nothing runs opensll");
    screen.wait_for("did you mean `openssl`? `:openssl` opens it");
    screen.press(&["q"]);
    screen.wait_for("left 0");
}
