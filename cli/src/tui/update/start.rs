//! Where it opens: at the terms of the command line.

use proto_types::{Field, GroupBy, Match, Op};

use crate::{
    error::{CliError, Result},
    tui::state::{Level, State, Subject, is, parse_filter},
    words::terms,
};

/// Opens the artifact that the matches name, filtered by the others; or a search for all of them.
pub(crate) fn start(state: &mut State, matches: &[Match]) -> Result<()> {
    let named = matches
        .iter()
        .position(|one| one.field == Field::Name && one.op == Op::Eq);
    let rest = matches
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != named);
    let rest = rest.filter_map(|(_, one)| typed(one));
    let filter: Vec<String> = rest.map(|word| quoted(&word)).collect();
    let Some(at) = named else {
        return filtered(state, &filter.join(" "));
    };
    let name = &matches[at].value;
    // Esc leads to everything whose name contains it.
    filtered(state, &quoted(name))?;
    let id = state.next_number();
    let versions = Subject::grouped(GroupBy::Version, vec![is(Field::Name, name)]);
    let level = Level::new(id, name.clone(), versions);
    state.tabs[state.tab as usize].push(level);
    filtered(state, &filter.join(" "))
}

fn filtered(state: &mut State, filter: &str) -> Result<()> {
    let level = state.level_mut();
    let parsed = parse_filter(filter, &level.subject);
    if let Some(error) = parsed.error {
        return Err(CliError::failed(error));
    }
    (level.matches, level.words) = (parsed.matches, parsed.words);
    filter.clone_into(&mut level.filter);
    (level.cursor, level.top, level.key) = (0, 0, None);
    level.outdated = true;
    Ok(())
}

/// A match as the filter reads it back; a bare pattern stands for names there, too.
fn typed(one: &Match) -> Option<String> {
    match (one.field, one.op) {
        (Field::Name, Op::Glob) if terms::is_bare(&one.value) => Some(one.value.clone()),
        _ => terms::typed(one),
    }
}

/// A word that the filter reads as one.
fn quoted(word: &str) -> String {
    if !word.contains(char::is_whitespace) {
        return word.to_owned();
    }
    let quote = if word.contains('"') { '\'' } else { '"' };
    format!("{quote}{word}{quote}")
}
