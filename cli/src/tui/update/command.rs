//! The `assetctl` command line that lists the same as the level that is shown.

use proto_types::{Match, Verdict};

use crate::{
    tui::{
        effect::Effect,
        state::{Level, Notice, State, Subject},
    },
    words::shell,
};

use super::{filtered, take};

/// Copies the command line.
pub(super) fn copy(state: &mut State) -> Vec<Effect> {
    let line = line(state);
    let effects = take::copy(state, line.clone());
    let level = state.level();
    if filtered::words(level).is_none() {
        let filter = &level.filter;
        let told = format!("copied {line}; it can't filter by `{filter}` and lists all");
        state.notice = Some(Notice::Refused(told));
    }
    effects
}

/// The command line.
pub(crate) fn line(state: &State) -> String {
    let level = state.level();
    let mut words = vec!["assetctl".to_owned()];
    words.extend(state.session.connection.iter().cloned());
    words.extend(command(level));
    words.extend(filtered::words(level).unwrap_or_default());
    let knows_time = !matches!(
        level.subject,
        Subject::Images
            | Subject::Hosts
            | Subject::Contents(_)
            | Subject::Changes { .. }
            | Subject::Diff { .. }
            | Subject::Uncovered
            | Subject::Affecting
    );
    if let (Some(at), true) = (state.at, knows_time) {
        words.extend(["--at".to_owned(), at.to_string()]);
    }
    shell::line(&words)
}

/// The command, with what the list is about.
fn command(level: &Level) -> Vec<String> {
    let subject = &level.subject;
    let text = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let find = |filter: &[Match], flags: &[&str]| {
        let all = [text(&["find"]), matches(subject, filter), text(flags)];
        all.concat()
    };
    match subject {
        Subject::Grouped { by, .. } => find(&level.matches, &["--group-by", by.as_str()]),
        Subject::Rollout { .. } => find(&level.matches, &["--group-by", "host"]),
        Subject::Found { .. } => find(&level.matches, &[]),
        Subject::Cover { .. } => find(&[], &["--cover"]),
        Subject::Images => text(&["images"]),
        Subject::Hosts => text(&["hosts"]),
        Subject::Changes { host: None } => text(&["changes", "--since", "1h"]),
        Subject::Changes { host: Some(host) } => {
            text(&["changes", "--since", "1h", "--host", host])
        }
        Subject::Diff { from, to } => text(&["diff", from, to]),
        Subject::Uncovered => text(&["status"]),
        Subject::Affecting => text(&["advisories", "affecting"]),
        Subject::Affected { id } => {
            let all: Vec<&str> = Verdict::ALL.iter().map(|one| one.as_str()).collect();
            text(&["affected", id, "--verdict", &all.join(",")])
        }
        Subject::AffectedBy { id, by } => text(&["affected", id, "--group-by", by.as_str()]),
        Subject::Contents(digest) => text(&["image", &digest.to_string()]),
        Subject::Containers { host, image } => {
            let host = host
                .as_ref()
                .map(|host| ["--host".to_owned(), host.clone()]);
            let image = image.map(|image| ["--image".to_owned(), image.to_string()]);
            let which = host.into_iter().chain(image).flatten();
            text(&["containers"]).into_iter().chain(which).collect()
        }
    }
}

fn matches(subject: &Subject, filter: &[Match]) -> Vec<String> {
    let all = subject.of().iter().chain(filter);
    all.flat_map(|Match { field, op, value }| {
        [
            "--match".to_owned(),
            field.to_string(),
            op.to_string(),
            value.clone(),
        ]
    })
    .collect()
}
