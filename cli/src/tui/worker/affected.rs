//! What an advisory means for what runs: its artifacts with verdicts, the images and hosts that run them.

use client::{Client, ClientError};
use jiff::Timestamp;
use proto_types::{
    AffectedGroupBy, AffectedRequest, AffectedResponse, ErrorCode, Field, GroupBy, Verdict,
};

use super::uncovered;
use crate::{
    output::verdicts,
    tui::{
        answer::{Problem, RowsAnswer},
        item::Item,
        judged::Judged,
        state::is,
    },
};

/// How many groups are asked for at a time.
const CHUNK: u64 = 5_000;
/// The server explains a hundred artifacts at a time; it is asked this often for the rest.
const QUESTIONS: usize = 40;

/// The artifacts that the advisories on a vulnerability speak of, the worst verdict first.
pub(super) async fn fetch(
    client: &Client,
    id: String,
    at: Option<Timestamp>,
) -> Result<RowsAnswer, Problem> {
    let request = AffectedRequest {
        group_by: Some(AffectedGroupBy::Name),
        verdicts: Verdict::ALL.to_vec(),
        limit: Some(0),
        ..about(id, at)
    };
    let answer = match client.send(&request).await {
        Ok(answer) => answer,
        Err(error) => return unknown(client, error, at).await,
    };
    let headline = headline(&request, &answer);
    let names = names(&answer);
    let left_out = answer.total.saturating_sub(count(&names));
    let (rows, more) = explained(client, &request, names).await?;
    let rows = rows.into_iter();
    let items: Vec<Item> = rows.map(|one| Item::Judged(Box::new(one))).collect();
    let total = count(&items) + left_out + more;
    Ok(RowsAnswer {
        headline,
        ..RowsAnswer::whole(items, total, answer.as_of, answer.coverage)
    })
}

/// The same for the details of an advisory: the rows alone.
pub(super) async fn judged(
    client: &Client,
    id: String,
    at: Option<Timestamp>,
) -> Result<Vec<Judged>, Problem> {
    let answer = fetch(client, id, at).await?;
    let rows = answer.items.into_iter().filter_map(|item| match item {
        Item::Judged(one) => Some(*one),
        _ => None,
    });
    Ok(rows.collect())
}

/// The images or hosts that run what is affected, at most so many.
pub(super) async fn by(
    client: &Client,
    id: String,
    by: GroupBy,
    at: Option<Timestamp>,
    most: u64,
) -> Result<RowsAnswer, Problem> {
    let mut groups = AffectedGroupBy::ALL.iter();
    let mut request = AffectedRequest {
        group_by: groups.find(|one| one.of_find() == Some(by)).copied(),
        verdicts: vec![Verdict::Affected],
        limit: Some(CHUNK),
        ..about(id, at)
    };
    let mut items = Vec::new();
    loop {
        let answer = match client.send(&request).await {
            Ok(answer) => answer,
            Err(error) => return unknown(client, error, at).await,
        };
        let headline = headline(&request, &answer);
        let groups = answer.groups.unwrap_or_default().into_iter();
        items.extend(groups.map(|one| Item::Group(by, one.group)));
        request.cursor = answer.next_cursor;
        if request.cursor.is_none() || count(&items) >= most {
            return Ok(RowsAnswer {
                headline,
                ..RowsAnswer::whole(items, answer.total, answer.as_of, answer.coverage)
            });
        }
    }
}

fn about(id: String, at: Option<Timestamp>) -> AffectedRequest {
    AffectedRequest {
        ids: vec![id],
        at,
        ..AffectedRequest::default()
    }
}

/// How much is affected, and what keeps that from being all.
fn headline(request: &AffectedRequest, answer: &AffectedResponse) -> Vec<String> {
    let says = verdicts::affected(&answer.summary.affected);
    let gaps = verdicts::gaps(request, answer);
    [says].into_iter().chain(gaps).collect()
}

/// Of what no feed speaks, nothing is known: that is an answer, and no failure.
async fn unknown(
    client: &Client,
    error: ClientError,
    at: Option<Timestamp>,
) -> Result<RowsAnswer, Problem> {
    if error.code() != Some(ErrorCode::NotFound) {
        return Err(error.into());
    }
    let problem = Problem::from(error);
    let says = [Some(problem.what), problem.hint];
    Ok(RowsAnswer {
        headline: says.into_iter().flatten().collect(),
        ..uncovered::then(client, at).await?
    })
}

fn names(answer: &AffectedResponse) -> Vec<String> {
    let groups = answer.groups.iter().flatten();
    groups.map(|one| one.group.key.clone()).collect()
}

/// What the advisories say of the artifacts with these names; and of how many more there is no room for it.
async fn explained(
    client: &Client,
    request: &AffectedRequest,
    names: Vec<String>,
) -> Result<(Vec<Judged>, u64), Problem> {
    let (mut rows, mut left_out, mut asked) = (Vec::new(), 0, 0);
    let mut waiting = vec![names];
    while let Some(mut names) = waiting.pop().filter(|names| !names.is_empty()) {
        let request = AffectedRequest {
            any: names.iter().map(|name| is(Field::Name, name)).collect(),
            group_by: None,
            explain: true,
            limit: Some(0),
            ..request.clone()
        };
        let answer = client.send(&request).await?;
        asked += 1;
        let found = answer.explained.unwrap_or_default();
        let more = answer.total.saturating_sub(count(&found));
        if more > 0 && names.len() > 1 && asked < QUESTIONS {
            let half = names.split_off(names.len() / 2);
            waiting.extend([half, names]);
            continue;
        }
        left_out += more;
        rows.extend(found.into_iter().filter_map(Judged::of));
    }
    Judged::sort(&mut rows);
    Ok((rows, left_out))
}

fn count<T>(rows: &[T]) -> u64 {
    u64::try_from(rows.len()).unwrap_or(u64::MAX)
}
