//! What an answer changes. One to a question that isn't asked any more changes nothing.

use crate::tui::{
    answer::{Problem, ProblemKind, RowsAnswer},
    ask::{Slot, Ticket},
    effect::Effect,
    event::Answer,
    item::Item,
    state::{Level, MOST_SORTED, Notice, Order, Paged, Rows, State, Subject, Whole},
};

use super::{fetch, rescan};
use crate::output::number::{counted, grouped};

/// Takes an answer in.
pub(super) fn take(
    state: &mut State,
    ticket: Ticket,
    answer: Result<Answer, Problem>,
) -> Vec<Effect> {
    let Some(level) = state.find_level(ticket.level) else {
        return Vec::new();
    };
    let awaited = level.pending.get(&ticket.slot);
    if awaited.is_none_or(|pending| pending.generation != ticket.generation) {
        return Vec::new();
    }
    level.pending.remove(&ticket.slot);
    match answer {
        Ok(Answer::Rows(answer)) => return rows(state, ticket.level, *answer),
        Ok(Answer::Total(total)) => level.unfiltered = Some(total),
        Ok(Answer::About(about)) if ticket.slot == Slot::Picture => level.picture = Some(*about),
        Ok(Answer::About(about)) => {
            level.detail = level.detail_key.clone().map(|key| (key, *about));
        }
        Ok(Answer::News(news)) => state.news = Some((state.now, *news)),
        Ok(Answer::WillBeScanned) => rescan::done(state, ticket.level),
        Ok(Answer::Exported { rows, path }) => {
            let done = format!("{} written to {path}", counted(rows, "row"));
            state.notice = Some(Notice::Done(done));
        }
        // What is on the screen stays.
        Err(problem) if matches!(ticket.slot, Slot::Rows | Slot::Total) => {
            level.problem = Some(problem);
        }
        // The list is what was asked for.
        Err(_) if ticket.slot == Slot::News => {}
        Err(problem) => {
            // The list is there, but not all that goes with it.
            let has_list = level.rows.is_some() && level.problem.is_none();
            // Where the server is gone, the list says so itself when it is asked for next.
            let has_list = has_list && problem.kind != ProblemKind::Unreachable;
            if has_list || matches!(ticket.slot, Slot::Export | Slot::Rescan) {
                let hint = problem.hint.map(|hint| format!(": {hint}"));
                let sorry = format!("{}{}", problem.what, hint.unwrap_or_default());
                state.notice = Some(Notice::Refused(sorry));
            }
        }
    }
    Vec::new()
}

fn rows(state: &mut State, id: u64, answer: RowsAnswer) -> Vec<Effect> {
    let Some(level) = state.find_level(id) else {
        return Vec::new();
    };
    level.problem = None;
    level.as_of = Some(answer.as_of);
    level.coverage = Some(answer.coverage);
    level.summary = answer.summary.or(level.summary);
    level.headline.clone_from(&answer.headline);
    if level.subject.is_found() && !level.is_filtered() {
        level.unfiltered = Some(answer.total);
    }
    let is_too_long = level.order.column.is_some() && level.subject.is_found();
    if is_too_long && answer.total > MOST_SORTED {
        // What nobody asked for needs no excuse.
        let is_usual = level.order == Order::usual(&level.subject);
        level.order = Order::default();
        let sorry = (!is_usual).then(|| too_many(answer.total));
        replace(level, answer);
        state.notice = sorry.map(Notice::Refused).or(state.notice.take());
        return Vec::new();
    }
    match &mut level.rows {
        Some(Rows::Paged(paged))
            if answer.from > 0 || answer.items.is_empty() && answer.total > 0 =>
        {
            paged.add(answer);
        }
        _ => replace(level, answer),
    }
    if level.key.is_none() {
        level.key = level.selected().map(Item::key);
    }
    refresh_detail(state)
}

/// Why a list can't be ordered here.
pub(super) fn too_many(total: u64) -> String {
    format!(
        "{} rows are too many to sort here: filter to {} or fewer first",
        grouped(total),
        grouped(MOST_SORTED)
    )
}

fn replace(level: &mut Level, answer: RowsAnswer) {
    let is_paged = level.subject.is_found() && level.order.column.is_none();
    level.rows = Some(if is_paged {
        Rows::Paged(Paged::new(answer))
    } else {
        let total = answer.total;
        Rows::Whole(Whole::new(answer.items, total))
    });
    level.arrange();
    // Who looks at the last change goes on looking at the last one.
    if matches!(level.subject, Subject::Changes { .. }) && level.cursor == 0 {
        level.key = None;
    }
    level.reselect();
}

/// New rows may say something new of the selected one too.
fn refresh_detail(state: &mut State) -> Vec<Effect> {
    let level = state.level_mut();
    if level.detail.is_none() && level.detail_key.is_none() {
        return Vec::new();
    }
    level.detail_key = None;
    fetch::detail(state).into_iter().collect()
}
