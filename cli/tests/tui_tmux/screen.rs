//! A terminal that tmux draws: keys in, text out.
#![allow(dead_code)] // each test program uses a part of it

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

/// How long anything may take to come onto the screen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A shell in a tmux of its own.
pub struct Screen {
    socket: PathBuf,
    dir: PathBuf,
}

impl Screen {
    /// Starts a shell in a folder.
    pub fn new(dir: &Path) -> Self {
        let dir = dir.to_owned();
        let screen = Self {
            socket: dir.join("tmux.sock"),
            dir,
        };
        let shell =
            "env -i HOME=$HOME PATH=$PATH LANG=C.UTF-8 TERM=screen-256color PS1='ready$ ' sh";
        screen.tmux(&["new-session", "-d", "-x", "120", "-y", "30", shell]);
        screen.tmux(&["set", "-g", "status", "off"]);
        screen.tmux(&["set", "-g", "set-clipboard", "on"]);
        screen.wait_for("ready$");
        screen.run(&format!("cd '{}'", screen.dir.display()));
        screen
    }

    fn tmux(&self, words: &[&str]) -> Output {
        let output = Command::new("tmux")
            .arg("-S")
            .arg(&self.socket)
            .args(["-f", "/dev/null"])
            .args(words)
            .output()
            .expect("tmux is there");
        assert!(output.status.success(), "tmux {words:?}: {output:?}");
        output
    }

    /// Types a line into the shell.
    pub fn run(&self, line: &str) {
        self.tmux(&["send-keys", "-l", line]);
        self.tmux(&["send-keys", "Enter"]);
    }

    /// Presses keys, as tmux calls them.
    pub fn press(&self, keys: &[&str]) {
        for key in keys {
            self.tmux(&["send-keys", key]);
        }
    }

    /// Types text.
    pub fn type_text(&self, text: &str) {
        self.tmux(&["send-keys", "-l", text]);
    }

    /// What is on the screen.
    pub fn text(&self) -> String {
        let output = self.tmux(&["capture-pane", "-p"]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What is on the screen, with lines that it was too narrow for in one.
    pub fn joined(&self) -> String {
        let output = self.tmux(&["capture-pane", "-p", "-J"]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Waits until a text is on the screen.
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until a text is gone from the screen.
    pub fn wait_until_gone(&self, text: &str) -> String {
        self.wait_until(text, |screen| !screen.contains(text))
    }

    /// Waits until the last line that isn't empty is this one.
    pub fn wait_until_last_line_is(&self, last: &str) -> String {
        self.wait_until(last, |screen| {
            screen.trim_end().lines().last() == Some(last)
        })
    }

    fn wait_until(&self, what: &str, fits: impl Fn(&str) -> bool) -> String {
        let begin = Instant::now();
        loop {
            let screen = self.text();
            if fits(&screen) {
                return screen;
            }
            assert!(
                begin.elapsed() < PATIENCE,
                "waiting for `{what}`:\n{screen}"
            );
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// A file of the shell's folder, once a text is in it.
    pub fn file(&self, name: &str, has: &str) -> String {
        let begin = Instant::now();
        loop {
            let text = fs::read_to_string(self.dir.join(name)).unwrap_or_default();
            if text.contains(has) {
                return text;
            }
            assert!(begin.elapsed() < PATIENCE, "{name} has no `{has}`: {text}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// What was copied last.
    pub fn clipboard(&self) -> String {
        let output = self.tmux(&["show-buffer"]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Where the shell is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Starts the TUI between two looks at the terminal's settings.
    pub fn start_tui(&self, before: &str, words: &str) {
        self.run("clear; stty -a > before");
        let program = env!("CARGO_BIN_EXE_assetctl");
        self.run(&format!(
            "{before} '{program}' --server unix:server/admin.sock tui {words} 2>errors; \
             echo \"left $?\"; stty -a > after; echo done >> after"
        ));
    }

    /// Whether the terminal gives the mouse away, by which nothing can be selected without Shift.
    pub fn has_no_mouse(&self) -> bool {
        let flag = self.tmux(&["display-message", "-p", "#{mouse_any_flag}"]);
        String::from_utf8_lossy(&flag.stdout).trim() == "1"
    }

    /// The terminal is as it was before.
    pub fn assert_settings_are_back(&self) {
        let after = self.file("after", "done");
        let before = self.file("before", "speed");
        assert_eq!(after.replace("done\n", ""), before);
        // Neither the cursor nor the other screen was kept.
        let flags = self.tmux(&["display-message", "-p", "#{cursor_flag} #{alternate_on}"]);
        assert_eq!(String::from_utf8_lossy(&flags.stdout).trim(), "1 0");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = Command::new("tmux")
            .arg("-S")
            .arg(&self.socket)
            .arg("kill-server")
            .output();
    }
}
