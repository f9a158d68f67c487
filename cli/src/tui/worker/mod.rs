//! All networking: work in, an event out, on a thread of its own so that drawing never waits.

mod about;
mod affected;
mod affecting;
mod changes;
mod compared;
mod export;
mod news;
mod problem;
mod rollout;
mod rows;
mod stack;
mod uncovered;

use std::{collections::HashMap, sync::mpsc::Sender, thread, time::Duration};

use client::Client;
use proto_types::RescanImage;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::AbortHandle,
};

use super::{
    answer::Problem,
    ask::{Slot, Ticket},
    effect::{Task, Work},
    event::{Answer, Event},
};
use crate::error::{CliError, Result};

/// No request takes longer than this: the TUI asks again sooner than that.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes work; its end ends the thread.
pub(crate) type Desk = UnboundedSender<Work>;

/// Starts the worker; what it has to say goes to `events`.
pub(crate) fn start(client: Client, events: Sender<Event>) -> Result<Desk> {
    let (desk, incoming) = unbounded_channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::failed("cannot start the worker").because(error))?;
    thread::Builder::new()
        .name("worker".to_owned())
        .spawn(move || runtime.block_on(work(client, incoming, events)))
        .map_err(|error| CliError::failed("cannot start the worker").because(error))?;
    Ok(desk)
}

/// What is under way, by who asked for it: a newer request of the same slot ends the older one.
type Running = HashMap<(u64, Slot), AbortHandle>;

async fn work(client: Client, mut incoming: UnboundedReceiver<Work>, events: Sender<Event>) {
    tokio::spawn(watch_signals(events.clone()));
    let mut running = Running::new();
    while let Some(work) = incoming.recv().await {
        running.retain(|_, task| !task.is_finished());
        match work {
            Work::Start(ticket, task) => begin(ticket, task, &client, &events, &mut running),
            Work::Cancel(id) => {
                let (gone, stay) = running.drain().partition(|((level, _), _)| *level == id);
                stop(gone);
                running = stay;
            }
            Work::CancelAll => stop(std::mem::take(&mut running)),
        }
    }
}

fn stop(tasks: Running) {
    for task in tasks.into_values() {
        task.abort();
    }
}

fn begin(
    ticket: Ticket,
    task: Task,
    client: &Client,
    events: &Sender<Event>,
    running: &mut Running,
) {
    let (client, events) = (client.clone(), events.clone());
    let is_export = matches!(task, Task::Export(_));
    let begun = tokio::spawn(async move {
        let answer = if is_export {
            answer(task, &client).await
        } else {
            let answer = tokio::time::timeout(PATIENCE, answer(task, &client));
            let late = || Err(problem::too_late(&client, PATIENCE));
            answer.await.unwrap_or_else(|_| late())
        };
        // Nobody is left to hear it where the TUI has ended.
        let _ = events.send(Event::Answer(ticket, answer));
    });
    let before = running.insert((ticket.level, ticket.slot), begun.abort_handle());
    if let Some(older) = before {
        older.abort();
    }
}

async fn answer(task: Task, client: &Client) -> std::result::Result<Answer, Problem> {
    Ok(match task {
        Task::Fetch(fetch) => {
            tokio::time::sleep(fetch.patience).await;
            let rows = rows::fetch(client, *fetch).await?;
            Answer::Rows(Box::new(rows))
        }
        Task::Total(request) => Answer::Total(client.send(&*request).await?.total),
        Task::About(ask, patience) => {
            tokio::time::sleep(patience).await;
            Answer::About(Box::new(about::ask(client, *ask).await?))
        }
        Task::News => Answer::News(Box::new(news::ask(client).await?)),
        Task::Rescan(digest) => {
            client.send(&RescanImage { digest }).await?;
            Answer::WillBeScanned
        }
        Task::Export(export) => export::write(client, *export).await?,
    })
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
