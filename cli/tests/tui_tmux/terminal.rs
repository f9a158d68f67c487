//! The terminal is given back as it was, however the program ends.

use crate::{Fleet, Screen};

#[test]
fn after_a_panic() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("ASSETCTL_TUI_PANIC_FOR_TEST=1", "");
    screen.wait_for("artifacts 3");
    screen.press(&["j"]);
    screen.wait_for("left 101");
    screen.assert_settings_are_back();
    screen.file("errors", "a panic for a test");
}

#[test]
fn after_sigterm() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("sh -c 'echo $$ > pid; exec \"$0\" \"$@\"'", "openssl");
    screen.wait_for("versions of openssl 2");
    let pid = screen.file("pid", "\n");
    let killed = std::process::Command::new("kill").arg(pid.trim()).status();
    assert!(killed.unwrap().success());
    screen.wait_for("left ");
    screen.assert_settings_are_back();
}

#[test]
fn after_two_ctrl_c_and_never_after_one() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("", "");
    screen.wait_for("artifacts 3");
    // With something still under way, the first press would cancel that.
    screen.wait_for("first seen");
    screen.press(&["C-c"]);
    screen.wait_for("again to quit");
    screen.press(&["C-c"]);
    screen.wait_for("left 0");
    screen.assert_settings_are_back();
}

#[test]
fn an_error_before_the_first_frame_leaves_it_alone() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("", "--at soon");
    screen.wait_for("left 2");
    screen.wait_until_gone("assetmon ");
    screen.assert_settings_are_back();
    screen.file("errors", "`soon` is not a time");
}

#[test]
fn while_it_is_stopped_and_after_the_shell_goes_on_with_it() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("", "");
    screen.wait_for("artifacts 3");
    screen.press(&["C-z"]);
    screen.wait_for("left 1");
    screen.assert_settings_are_back();
    screen.run("fg");
    screen.wait_for("artifacts 3");
    screen.press(&["3"]);
    screen.wait_for("hosts 3");
    screen.press(&["q"]);
    screen.wait_until_gone("hosts 3");
    screen.run("echo still here");
    screen.wait_for("still here");
}

#[test]
fn a_terminal_that_can_not_move_its_cursor_is_left_alone() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    screen.start_tui("TERM=dumb", "");
    screen.wait_for("left 2");
    screen.assert_settings_are_back();
    screen.file("errors", "a terminal that can move its cursor");
}

#[test]
fn the_mouse_stays_the_terminals_unless_the_wheel_is_wanted() {
    let fleet = Fleet::new();
    let screen = Screen::new(fleet.dir());
    let quits = || {
        screen.press(&["q"]);
        screen.wait_for("left 0");
        assert!(!screen.has_no_mouse());
    };
    screen.start_tui("XDG_CONFIG_HOME=$PWD/config", "");
    screen.wait_for("artifacts 3");
    assert!(!screen.has_no_mouse());
    quits();
    let settings = fleet.dir().join("config/assetctl");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("config.toml"), "[tui]\nwheel = true\n").unwrap();
    screen.start_tui("XDG_CONFIG_HOME=$PWD/config", "");
    screen.wait_for("artifacts 3");
    assert!(screen.has_no_mouse());
    quits();
}
