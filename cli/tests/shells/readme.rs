//! The README's first minute: each line is typed into a terminal beside the demo, and answers what the
//! page shows. Ages and moments differ from one run to the next; they are compared as such.
//!
//! `README_UPDATE=1` writes what is answered into the page.

use std::{env, fs, path::Path};

use crate::{demo::Demo, screen::Screen};

/// Where the transcript begins and ends.
const BEGIN: &str = "<!-- The first minute: held by cli/tests/shells/readme.rs -->\n";
const END: &str = "<!-- end -->\n";

/// A line that is typed, and what it answers.
type Step = (String, Vec<String>);

/// The steps of a transcript: lines behind `$ `, each with those that follow.
fn steps(transcript: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in transcript
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
    {
        match line.strip_prefix("$ ") {
            Some(typed) => steps.push((typed.to_owned(), Vec::new())),
            None => steps.last_mut().unwrap().1.push(line.to_owned()),
        }
    }
    steps
}

/// A line with every age alike, without moments and addresses, and one space where there are several.
fn masked(line: &str) -> String {
    let is_other = |word: &&str| word.starts_with("20") && word.contains('T');
    let words = line.split_whitespace();
    let words = words.filter(|word| !is_other(word) && !word.starts_with("unix:"));
    let mut words: Vec<&str> = words.collect();
    for at in 1..words.len() {
        let is_age = words[at].trim_end_matches([',', ';']) == "ago";
        if is_age {
            words[at - 1] = "AGE";
        }
    }
    words.join(" ")
}

/// What a line answers on a terminal: all that stands between it and the next prompt.
fn answered(screen: &Screen, typed: &str) -> Vec<String> {
    screen.run("clear");
    screen.wait_until_gone("assetctl");
    // What is typed before there is a prompt stands on the screen twice.
    screen.wait_until_last_line_is("$");
    screen.run(typed);
    screen.wait_for(&format!("$ {typed}"));
    screen.wait_until_last_line_is("$");
    let shown = screen.joined();
    let lines = shown.lines().skip(1).map(|line| line.trim_end().to_owned());
    let mut lines: Vec<String> = lines.collect();
    while lines
        .last()
        .is_some_and(|line| line.is_empty() || line == "$")
    {
        lines.pop();
    }
    lines
}

#[test]
fn the_first_minute_of_the_readme_is_what_a_newcomer_sees() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (transcript, after) = rest.split_once(END).unwrap();
    let demo = Demo::start();
    let screen = Screen::new(demo.dir());
    screen.run(&format!(
        "export PATH='{}' ASSETCTL_SERVER='{}' TZ=UTC; PS1='$ ' exec bash --norc --noprofile -i",
        demo.path(),
        demo.address()
    ));
    let mut written = String::new();
    for (typed, shown) in steps(transcript) {
        let seen = answered(&screen, &typed);
        if env::var_os("README_UPDATE").is_some() {
            let lines: String = seen.iter().map(|line| format!("    {line}\n")).collect();
            written += &format!("\n    $ {typed}\n{lines}");
            continue;
        }
        let masked = |lines: &[String]| lines.iter().map(|line| masked(line)).collect::<Vec<_>>();
        assert_eq!(masked(&seen), masked(&shown), "{typed}");
    }
    if !written.is_empty() {
        fs::write(&path, format!("{before}{BEGIN}{written}\n{END}{after}")).unwrap();
    }
}
