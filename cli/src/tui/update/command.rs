//! The `assetctl` command line that lists the same as the level that is shown.

use proto_types::Match;

use crate::{
    tui::{
        effect::Effect,
        state::{Notice, State, Subject},
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
    match &level.subject {
        Subject::Grouped { by, .. } => {
            words.push("find".to_owned());
            words.extend(matches(&level.subject, &level.matches));
            words.extend(["--group-by".to_owned(), by.to_string()]);
        }
        Subject::Rollout { .. } => {
            words.push("find".to_owned());
            words.extend(matches(&level.subject, &level.matches));
            words.extend(["--group-by".to_owned(), "host".to_owned()]);
        }
        Subject::Found { .. } => {
            words.push("find".to_owned());
            words.extend(matches(&level.subject, &level.matches));
        }
        Subject::Images => words.push("images".to_owned()),
        Subject::Hosts => words.push("hosts".to_owned()),
        Subject::Changes { host } => {
            words.extend(["changes", "--since", "1h"].map(str::to_owned));
            let host = host.iter().cloned();
            words.extend(host.flat_map(|host| ["--host".to_owned(), host]));
        }
        Subject::Cover { .. } => {
            words.push("find".to_owned());
            words.extend(matches(&level.subject, &[]));
            words.push("--cover".to_owned());
        }
        Subject::Diff { from, to } => words.extend(["diff".to_owned(), from.clone(), to.clone()]),
        Subject::Uncovered => words.push("status".to_owned()),
        Subject::Contents(digest) => words.extend(["image".to_owned(), digest.to_string()]),
        Subject::Containers { host, image } => {
            words.push("containers".to_owned());
            let host = host.as_ref().map(|host| ("--host", host.clone()));
            let image = image.map(|image| ("--image", image.to_string()));
            for (flag, value) in host.into_iter().chain(image) {
                words.extend([flag.to_owned(), value]);
            }
        }
    }
    words.extend(filtered::words(level).unwrap_or_default());
    let knows_time = !matches!(
        level.subject,
        Subject::Images
            | Subject::Hosts
            | Subject::Contents(_)
            | Subject::Changes { .. }
            | Subject::Diff { .. }
            | Subject::Uncovered
    );
    if let (Some(at), true) = (state.at, knows_time) {
        words.extend(["--at".to_owned(), at.to_string()]);
    }
    shell::line(&words)
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
