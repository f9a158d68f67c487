//! Asking: a question by HTTP, to the last byte of its answer, as often as there is time for.
//!
//! Answers are read and not looked at, so that what is measured is the server. The first one is:
//! it says how many rows there are.

use std::time::{Duration, Instant};

use client::{Client, ClientError};
use proto_types::{Endpoint, FindResponse};
use serde::Serialize;

use crate::{figures::Figures, questions::Question};

/// The media type of an answer that is one document.
pub(crate) const DOCUMENT: &str = "application/json";

/// How often each question is asked.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// At most so often, and at least once.
    pub times: u32,
    /// No more once this is over.
    pub time: Duration,
}

/// How long the answers to a question took.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    /// What the question is called.
    pub question: String,
    /// Rows in the answer.
    pub rows: u64,
    /// How many there are in all.
    pub total: u64,
    /// Bytes of the answer.
    pub bytes: u64,
    /// From the request to the last byte.
    pub latency: Figures,
}

/// A question could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// No answer came, or a refusal.
    #[error("{question}: {}", client::chain(source.as_ref()).collect::<Vec<_>>().join(": "))]
    NoAnswer {
        /// What the question is called.
        question: String,
        /// What the client says.
        source: Box<ClientError>,
    },
    /// The answer can't be read.
    #[error("{0}: {1}")]
    Unreadable(String, serde_json::Error),
}

/// Asks a question by a reader's client: once to warm up and to count its rows, and then as often as there is time for.
///
/// # Errors
/// [`AskError`]: an answer is missing, a refusal, or can't be read.
pub async fn ask(
    client: &Client,
    question: &Question,
    patience: Patience,
) -> Result<Asked, AskError> {
    let mut question = question.clone();
    let mut first = answer(client, &question).await?;
    if question.second_page {
        question.request.cursor = document(&question, &first)?.next_cursor;
        first = answer(client, &question).await?;
    }
    let (rows, total) = counts(&question, &first)?;
    let latency = often(patience, || send_question(client, &question, |_| {})).await?;
    Ok(Asked {
        question: question.name,
        rows,
        total,
        bytes: first.len() as u64,
        latency,
    })
}

/// How long something takes, done as often as there is time for, and at least once.
pub(crate) async fn often<F: Future<Output = Result<(), AskError>>>(
    patience: Patience,
    again: impl Fn() -> F,
) -> Result<Figures, AskError> {
    let (begun, mut times) = (Instant::now(), Vec::new());
    while times.is_empty()
        || (times.len() < patience.times as usize && begun.elapsed() < patience.time)
    {
        let asked = Instant::now();
        again().await?;
        times.push(asked.elapsed());
    }
    Ok(Figures::of(times))
}

/// The whole answer.
async fn answer(client: &Client, question: &Question) -> Result<Vec<u8>, AskError> {
    let mut all = Vec::new();
    send_question(client, question, |piece| all.extend_from_slice(piece)).await?;
    Ok(all)
}

async fn send_question(
    client: &Client,
    question: &Question,
    each: impl FnMut(&[u8]),
) -> Result<(), AskError> {
    let accept = match question.streamed {
        true => "application/x-ndjson",
        false => DOCUMENT,
    };
    send(client, &question.name, &question.request, accept, each).await
}

pub(crate) async fn send<E: Endpoint>(
    client: &Client,
    name: &str,
    request: &E,
    accept: &str,
    each: impl FnMut(&[u8]),
) -> Result<(), AskError> {
    let sent = client.pieces(request, accept, each).await;
    sent.map_err(|source| AskError::NoAnswer {
        question: name.to_owned(),
        source: Box::new(source),
    })
}

/// How many rows an answer has, and how many there are in all.
fn counts(question: &Question, answer: &[u8]) -> Result<(u64, u64), AskError> {
    if question.streamed {
        let lines = answer.iter().filter(|byte| **byte == b'\n').count() as u64;
        return Ok((lines, lines));
    }
    let document = document(question, answer)?;
    let rows = document.results.map_or(0, |rows| rows.len())
        + document.groups.map_or(0, |groups| groups.len())
        + document.cover.map_or(0, |images| images.len());
    Ok((rows as u64, document.total))
}

fn document(question: &Question, answer: &[u8]) -> Result<FindResponse, AskError> {
    serde_json::from_slice(answer)
        .map_err(|error| AskError::Unreadable(question.name.clone(), error))
}
