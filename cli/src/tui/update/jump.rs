//! Going somewhere by the palette: to an artifact, a host, an image, a context, a time.

use crate::{
    tui::{
        effect::{Effect, Work},
        item::Item,
        palette::Jump,
        state::{Level, Notice, Rows, Session, State, Subject, Tab},
    },
    words::{suggest, terms},
};

use super::{at, drill, prompt, start};

/// Goes there.
pub(super) fn to(state: &mut State, jump: Jump) -> Vec<Effect> {
    match jump {
        Jump::Find(typed) => find(state, &typed),
        Jump::Host(name) => host(state, &name),
        Jump::Image(name) => image(state, &name),
        Jump::Advisory(id) => advisory(state, &id),
        Jump::Context(name) => vec![Effect::Connect(name)],
        Jump::At(time) => at::set(state, &time),
    }
}

/// Opens what the terms name, as the command line does.
fn find(state: &mut State, typed: &str) -> Vec<Effect> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
    let matches = match terms::read(&words) {
        Ok(read) => read.matches,
        Err(error) => return refused(state, error.to_string()),
    };
    let effects = afresh(state, Tab::Artifacts);
    match start::start(state, &matches) {
        Ok(()) => effects,
        Err(error) => refused(state, error.to_string()),
    }
}

fn host(state: &mut State, name: &str) -> Vec<Effect> {
    if let Some(sorry) = unknown_host(state, name) {
        return refused(state, sorry);
    }
    let effects = afresh(state, Tab::Hosts);
    let id = state.next_number();
    let subject = Subject::Containers {
        host: Some(name.to_owned()),
        image: None,
    };
    let hosts = state.level_mut();
    hosts.key = Some(name.to_owned());
    hosts.reselect();
    let level = Level::new(id, name, subject);
    state.tabs[Tab::Hosts as usize].push(level);
    effects
}

/// Why there is no going to a host; nothing where it is there, or where that isn't known here.
fn unknown_host(state: &State, name: &str) -> Option<String> {
    let rows = state.tabs[Tab::Hosts as usize].first()?.rows.as_ref()?;
    if state.at.is_some() || !matches!(rows, Rows::Whole(_)) {
        return None;
    }
    let known: Vec<&str> = rows.held().filter_map(Item::host).collect();
    if known.contains(&name) {
        return None;
    }
    let meant = suggest::nearest_name(name, &known);
    let hint = meant.map(|meant| format!("; did you mean `{meant}`?"));
    Some(format!(
        "there is no host `{name}`{}",
        hint.unwrap_or_default()
    ))
}

fn image(state: &mut State, name: &str) -> Vec<Effect> {
    let mut effects = afresh(state, Tab::Images);
    effects.extend(prompt::set_filter(state, name));
    effects
}

/// Opens what an advisory is about, whether it affects anything or not.
fn advisory(state: &mut State, id: &str) -> Vec<Effect> {
    let effects = afresh(state, Tab::Advisories);
    let number = state.next_number();
    let advisories = state.level_mut();
    advisories.key = Some(id.to_owned());
    advisories.reselect();
    let level = Level::new(number, id, drill::affected(id));
    state.tabs[Tab::Advisories as usize].push(level);
    effects
}

/// Turns to a tab, at its first level.
fn afresh(state: &mut State, tab: Tab) -> Vec<Effect> {
    state.tab = tab;
    let left = state.tabs[tab as usize].split_off(1).into_iter();
    left.map(|level| Effect::Work(Work::Cancel(level.id)))
        .collect()
}

/// Another server is asked from here on, or can't be.
pub(super) fn connected(state: &mut State, session: Result<Box<Session>, String>) {
    match session {
        Ok(session) => {
            let name = session.context.clone();
            let name = name.unwrap_or_else(|| session.server.clone());
            state.turn_to(*session);
            state.notice = Some(Notice::Done(format!("asking {name} from here on")));
        }
        Err(error) => state.notice = Some(Notice::Refused(error)),
    }
}

fn refused(state: &mut State, sorry: String) -> Vec<Effect> {
    state.notice = Some(Notice::Refused(sorry));
    Vec::new()
}
