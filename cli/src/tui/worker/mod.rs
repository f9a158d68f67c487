//! All networking: an effect in, an event out, on a thread of its own so that drawing never waits.

mod about;
mod export;
mod problem;
mod rows;

use std::{collections::HashMap, sync::mpsc::Sender, thread, time::Duration};

use client::Client;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::AbortHandle,
};

use super::{
    effect::{Effect, Slot, Ticket},
    event::{Answer, Event, Problem},
};
use crate::error::{CliError, Result};

/// No request takes longer than this: the TUI asks again sooner than that.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes effects; its end ends the thread.
pub(crate) type Effects = UnboundedSender<Effect>;

/// Starts the worker; what it has to say goes to `events`.
pub(crate) fn start(client: Client, events: Sender<Event>) -> Result<Effects> {
    let (effects, incoming) = unbounded_channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::failed("the worker can't be started").because(error))?;
    thread::Builder::new()
        .name("worker".to_owned())
        .spawn(move || runtime.block_on(work(client, incoming, events)))
        .map_err(|error| CliError::failed("the worker can't be started").because(error))?;
    Ok(effects)
}

/// What is under way, by who asked for it: a newer request of the same slot ends the older one.
type Running = HashMap<(u64, Slot), AbortHandle>;

async fn work(client: Client, mut effects: UnboundedReceiver<Effect>, events: Sender<Event>) {
    tokio::spawn(watch_signals(events.clone()));
    let mut running = Running::new();
    while let Some(effect) = effects.recv().await {
        running.retain(|_, task| !task.is_finished());
        match effect {
            Effect::Cancel(id) => {
                let (gone, stay) = running.drain().partition(|((level, _), _)| *level == id);
                stop(gone);
                running = stay;
            }
            Effect::CancelAll => stop(std::mem::take(&mut running)),
            Effect::Copy(_) | Effect::Quit => {}
            asking => begin(asking, &client, &events, &mut running),
        }
    }
}

fn stop(tasks: Running) {
    for task in tasks.into_values() {
        task.abort();
    }
}

fn begin(effect: Effect, client: &Client, events: &Sender<Event>, running: &mut Running) {
    let Some(ticket) = ticket(&effect) else {
        return;
    };
    let (client, events) = (client.clone(), events.clone());
    let is_export = ticket.slot == Slot::Export;
    let task = tokio::spawn(async move {
        let answer = if is_export {
            answer(effect, &client).await
        } else {
            let answer = tokio::time::timeout(PATIENCE, answer(effect, &client));
            let late = || Err(problem::too_late(&client, PATIENCE));
            answer.await.unwrap_or_else(|_| late())
        };
        // Nobody is left to hear it where the TUI has ended.
        let _ = events.send(Event::Answer(ticket, answer));
    });
    let before = running.insert((ticket.level, ticket.slot), task.abort_handle());
    if let Some(older) = before {
        older.abort();
    }
}

const fn ticket(effect: &Effect) -> Option<Ticket> {
    match effect {
        Effect::Fetch(ticket, _)
        | Effect::Total(ticket, _)
        | Effect::About(ticket, _, _)
        | Effect::Export(ticket, _) => Some(*ticket),
        Effect::Cancel(_) | Effect::CancelAll | Effect::Copy(_) | Effect::Quit => None,
    }
}

async fn answer(effect: Effect, client: &Client) -> std::result::Result<Answer, Problem> {
    let answer = match effect {
        Effect::Fetch(_, fetch) => {
            tokio::time::sleep(fetch.patience).await;
            let rows = rows::fetch(client, fetch).await?;
            Answer::Rows(Box::new(rows))
        }
        Effect::Total(_, request) => Answer::Total(client.send(&request).await?.total),
        Effect::About(_, ask, patience) => {
            tokio::time::sleep(patience).await;
            Answer::About(Box::new(about::ask(client, *ask).await?))
        }
        Effect::Export(_, export) => export::write(client, *export).await?,
        Effect::Cancel(_) | Effect::CancelAll | Effect::Copy(_) | Effect::Quit => Answer::Total(0),
    };
    Ok(answer)
}

/// The signals that end a program end the TUI, which then leaves the terminal as it was.
async fn watch_signals(events: Sender<Event>) {
    let (Ok(mut terminate), Ok(mut hang_up)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::hangup()),
    ) else {
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
    }
    let _ = events.send(Event::Terminate);
}
