//! Names of artifacts that the server knows, as far as a guess or a completion needs them.

use std::collections::BTreeSet;

use client::Client;
use proto_types::{Field, FindRequest, GroupBy, Match, Op};

use crate::words::suggest;

/// So many names are looked through for one that is near.
const GUESSES: u64 = 1000;
/// How much of its beginning a name is looked up by.
const BEGINNING: usize = 2;
/// How much of its end, where the slip was at its beginning; the server finds no shorter piece.
const END: usize = 4;
/// How near a name must be: many names share their beginnings.
const NEAR: f64 = 0.88;

/// The name nearest to one that found nothing, where that isn't the name itself.
///
/// Every failure is silence: it is a courtesy.
pub(crate) async fn nearest(client: &Client, request: &FindRequest, name: &str) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let beginning: String = letters.iter().take(BEGINNING).collect();
    let end: String = letters
        .iter()
        .skip(letters.len().saturating_sub(END))
        .collect();
    for (op, piece) in [(Op::Prefix, beginning), (Op::Contains, end)] {
        let question = FindRequest {
            at: request.at,
            during: request.during,
            ..names(op, piece, GUESSES)
        };
        let known = keys(client, &question).await?;
        let near = suggest::nearer_than(NEAR, name, known.iter().map(String::as_str));
        if let Some(near) = near {
            return (near != name).then(|| near.to_owned());
        }
    }
    None
}

/// Names that begin like this, at most so many.
pub(crate) async fn beginning_with(client: &Client, typed: &str, most: u64) -> Option<Vec<String>> {
    keys(client, &names(Op::Prefix, typed.to_owned(), most)).await
}

/// Package URLs that begin like this, each once and without what isn't part of the package's name
/// and version; at most so many.
pub(crate) async fn purls_beginning_with(
    client: &Client,
    typed: &str,
    most: u64,
) -> Option<BTreeSet<String>> {
    let question = FindRequest {
        matches: vec![Match {
            field: Field::Purl,
            op: Op::Prefix,
            value: typed.to_owned(),
        }],
        limit: Some(most),
        ..FindRequest::default()
    };
    let results = client.send(&question).await.ok()?.results?;
    let purls = results.into_iter().filter_map(|result| result.purl);
    Some(purls.map(|purl| without_qualifiers(typed, purl)).collect())
}

/// As much of a package URL as is typed, and no more than up to its qualifiers.
fn without_qualifiers(typed: &str, purl: String) -> String {
    match purl.find(['?', '#']) {
        Some(end) if end >= typed.len() => purl[..end].to_owned(),
        _ => purl,
    }
}

fn names(op: Op, value: String, limit: u64) -> FindRequest {
    FindRequest {
        matches: vec![Match {
            field: Field::Name,
            op,
            value,
        }],
        group_by: Some(GroupBy::Name),
        limit: Some(limit),
        ..FindRequest::default()
    }
}

async fn keys(client: &Client, question: &FindRequest) -> Option<Vec<String>> {
    let groups = client.send(question).await.ok()?.groups?;
    Some(groups.into_iter().map(|group| group.key).collect())
}
