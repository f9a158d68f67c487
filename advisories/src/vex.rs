//! OpenVEX documents: what a vendor states of vulnerabilities in their products.
//!
//! By version 0.2 of its specification, and 0.0.1, where vulnerability and products are plain texts.

use std::{collections::BTreeMap, collections::BTreeSet, io::Read};

use jiff::Timestamp;
use model::{
    bounds, purl, shown,
    vex::{Component, Product, Statement, Status},
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{Reason, Skipped, input::Broken, text};

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    author: Option<&'a RawValue>,
    #[serde(borrow, default)]
    timestamp: Option<&'a RawValue>,
    #[serde(borrow)]
    statements: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    vulnerability: &'a RawValue,
    #[serde(borrow, default)]
    products: Vec<&'a RawValue>,
    status: Status,
    #[serde(borrow, default)]
    justification: Option<&'a RawValue>,
    #[serde(borrow, default)]
    impact_statement: Option<&'a RawValue>,
    #[serde(borrow, default)]
    timestamp: Option<&'a RawValue>,
    #[serde(borrow, default)]
    last_updated: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow, default, rename = "@id")]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    name: Option<&'a RawValue>,
    #[serde(borrow, default)]
    aliases: Vec<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Named<'a> {
    #[serde(borrow, default, rename = "@id")]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    identifiers: BTreeMap<String, &'a RawValue>,
    #[serde(borrow, default)]
    hashes: BTreeMap<String, &'a RawValue>,
    #[serde(borrow, default)]
    subcomponents: Vec<&'a RawValue>,
}

/// Reads a document. `skip` is told of each statement that is left out.
///
/// # Errors
/// [`Broken`] where it is no such document, or can't be read to its end.
pub fn read(
    input: impl Read,
    place: &str,
    mut skip: impl FnMut(Skipped),
) -> Result<Vec<Statement>, Broken> {
    let bytes = text::document(input).map_err(|error| Broken::io(place, error))?;
    let document: Document<'_> =
        serde_json::from_slice(&bytes).map_err(|error| Broken::io(place, error.into()))?;
    let mut statements = Vec::new();
    for (number, raw) in (1..).zip(&document.statements) {
        match statement(raw, &document) {
            Ok(statement) => statements.push(statement),
            Err(detail) => {
                let of = format!("{place}, statement {number}");
                skip(Skipped::new(Reason::MalformedField, &of, &detail));
            }
        }
    }
    Ok(statements)
}

fn statement(raw: &RawValue, document: &Document<'_>) -> Result<Statement, String> {
    let row: Row<'_> = serde_json::from_str(raw.get()).map_err(|error| error.to_string())?;
    let vulnerability = vulnerability(row.vulnerability);
    if vulnerability.is_empty() {
        return Err("vulnerability".to_owned());
    }
    let words = [row.justification, row.impact_statement];
    let mut words = words
        .iter()
        .filter_map(|raw| text::short(*raw, bounds::PURL));
    let justification = words.next().unwrap_or_default();
    // The specification asks for one of the two: what isn't justified excuses nothing.
    if row.status == Status::NotAffected && justification.is_empty() {
        return Err("not_affected without a justification".to_owned());
    }
    let times = [row.last_updated, row.timestamp, document.timestamp];
    let time =
        |raw: &Option<&RawValue>| text::short(*raw, bounds::FIELD)?.parse::<Timestamp>().ok();
    let author = text::short(document.author, bounds::FIELD);
    Ok(Statement {
        vulnerability,
        products: row.products.iter().map(|raw| product(raw)).collect(),
        status: row.status,
        justification: shown::on_one_line(&justification, bounds::MESSAGE),
        author: author.unwrap_or_else(|| "an unnamed author".to_owned()),
        time: times.iter().find_map(time),
        source: String::new(),
    })
}

/// The ids of a vulnerability: a text, or an object with a name.
fn vulnerability(raw: &RawValue) -> BTreeSet<String> {
    let id = |raw| text::short(raw, bounds::ADVISORY_ID);
    if let Some(id) = id(Some(raw)) {
        return BTreeSet::from([id]);
    }
    let Ok(named) = serde_json::from_str::<Vulnerability<'_>>(raw.get()) else {
        return BTreeSet::new();
    };
    let aliases = named.aliases.into_iter().map(Some);
    let all = [named.name, named.id].into_iter().chain(aliases);
    all.filter_map(id).collect()
}

/// A product and its parts; what those are made of themselves isn't looked at.
fn product(raw: &RawValue) -> Product {
    let product = named(raw);
    let parts = product.subcomponents.iter();
    Product {
        parts: parts.map(|raw| component(&named(raw))).collect(),
        component: component(&product),
    }
}

/// By a text, or an object with ids.
fn named(raw: &RawValue) -> Named<'_> {
    match text::short(Some(raw), bounds::PURL) {
        Some(_) => Named {
            id: Some(raw),
            ..Named::default()
        },
        None => serde_json::from_str(raw.get()).unwrap_or_default(),
    }
}

fn component(named: &Named<'_>) -> Component {
    let texts = named.identifiers.values().copied().map(Some);
    let texts = std::iter::once(named.id).chain(texts);
    let texts: Vec<String> = texts
        .filter_map(|raw| text::short(raw, bounds::PURL))
        .collect();
    let hashes = named
        .hashes
        .iter()
        .filter(|(kind, _)| kind.as_str() == "sha-256");
    let hashes = hashes.filter_map(|(_, raw)| text::short(Some(raw), bounds::FIELD));
    let by_id = texts.iter().filter_map(|text| text.strip_prefix("sha256:"));
    let digests = by_id.map(str::to_owned).chain(hashes);
    Component {
        digests: digests.map(|hex| hex.to_ascii_lowercase()).collect(),
        purls: texts
            .iter()
            .filter(|text| purl::is_purl(text))
            .cloned()
            .collect(),
    }
}
