//! Bounds of versions that miss what runs by an epoch, a `v` or a revision: `<3.0.15` fits no
//! `1:3.0.7`, for an epoch outweighs the rest.

use std::collections::BTreeSet;

use proto_types::{Field, FindRequest, Match, Op};

use super::{
    super::{asked::results, line},
    exact::longer,
    running::{named, versions},
};
use crate::{ask::context::Context, error::Result};

/// So many versions are looked through for their epochs.
const LOOKED_THROUGH: u64 = 1000;
/// So many versions are named.
const NAMED: u64 = 3;

/// What may stand in front of the versions that run, in place of what was typed.
#[derive(Debug, Clone)]
struct Front {
    /// What it is: `1:`, `v` or nothing.
    text: String,
    /// What only versions fit that have it.
    has_it: Match,
}

/// What bounds that nothing fits may be meant for.
pub(super) struct Otherwise {
    /// What runs, and why it doesn't fit.
    pub(super) what: String,
    /// The line that finds it.
    pub(super) line: String,
}

/// What fits bounds of one field that nothing fits, once they are written as its version is.
pub(super) async fn otherwise(
    request: &FindRequest,
    bounds: &[Match],
    context: &Context<'_>,
) -> Result<Option<Otherwise>> {
    let Some(field) = bounds.first().map(|one| one.field) else {
        return Ok(None);
    };
    for one in bounds.iter().filter(|one| one.op == Op::Le) {
        let matches = swapped(request, std::slice::from_ref(one), &[longer(one)]);
        let found = versions(request, matches, field, NAMED, context).await?;
        if let Some(last) = found.last() {
            let line = line::with(request, one, &[&format!("{field}<={last}")]);
            return Ok(Some(Otherwise::new(
                bounds,
                &found,
                "the suffix counts too",
                line,
            )));
        }
    }
    for front in fronts(request, bounds, field, context).await? {
        let others: Vec<Match> = bounds.iter().map(|one| front.of(one)).collect();
        if others == bounds {
            continue;
        }
        let mut matches = swapped(request, bounds, &others);
        matches.push(front.has_it.clone());
        let found = versions(request, matches, field, NAMED, context).await?;
        if found.is_empty() {
            continue;
        }
        let line = line::of(request, |one| {
            let at = bounds.iter().position(|bound| bound == one)?;
            Some(line::written(&others[at]))
        });
        return Ok(Some(Otherwise::new(
            bounds,
            &found,
            "the prefix counts first",
            line,
        )));
    }
    Ok(None)
}

impl Otherwise {
    fn new(bounds: &[Match], found: &[String], why: &str, line: String) -> Self {
        let typed: Vec<String> = bounds.iter().flat_map(line::written).collect();
        let (typed, found) = (typed.join(" "), named(found));
        Self {
            what: format!("nothing matches `{typed}`, but {found} runs: {why}"),
            line,
        }
    }
}

/// The matches of a request with some of them replaced, one by one.
fn swapped(request: &FindRequest, old: &[Match], new: &[Match]) -> Vec<Match> {
    let swap = |one: &Match| match old.iter().position(|each| each == one) {
        Some(at) => new[at].clone(),
        None => one.clone(),
    };
    request.matches.iter().map(swap).collect()
}

/// What stands in front of the versions that the bounds are about.
async fn fronts(
    request: &FindRequest,
    bounds: &[Match],
    field: Field,
    context: &Context<'_>,
) -> Result<Vec<Front>> {
    let mut fronts = vec![
        Front::new("", field, "^[0-9]+([^0-9:]|$)"),
        Front::new("v", field, "^v[0-9]"),
    ];
    let others = request.matches.iter().filter(|one| !bounds.contains(one));
    let others: Vec<Match> = others.cloned().collect();
    let has_one = is(field, "^[0-9]+:");
    let with_epoch = [&others[..], &[has_one]].concat();
    let found = versions(request, with_epoch, field, LOOKED_THROUGH, context).await?;
    for epoch in epochs(found.iter().filter_map(|one| one.split(':').next())) {
        let pattern = format!("^{epoch}:");
        fronts.push(Front::new(&format!("{epoch}:"), field, &pattern));
    }
    // Some scanners say the epoch in the package URL alone.
    let purls = purls_with_epoch(request, others, context).await?;
    let said = purls.iter().filter_map(|purl| {
        let rest = purl.split("epoch=").nth(1)?;
        rest.split(['&', '#']).next()
    });
    for epoch in epochs(said) {
        let (text, pattern) = (format!("{epoch}:"), format!("[?&]epoch={epoch}(&|#|$)"));
        // Such a version has nothing in front, and was compared with what was typed.
        if bounds.iter().any(|one| one.value.starts_with(&text)) {
            fronts.retain(|front| !front.text.is_empty());
        }
        fronts.push(Front::new(&text, Field::Purl, &pattern));
    }
    Ok(fronts)
}

async fn purls_with_epoch(
    request: &FindRequest,
    mut matches: Vec<Match>,
    context: &Context<'_>,
) -> Result<Vec<String>> {
    matches.push(is(Field::Purl, "[?&]epoch=[0-9]"));
    let question = FindRequest {
        matches,
        any: request.any.clone(),
        ..FindRequest::default()
    };
    let found = results(request, question, LOOKED_THROUGH, context).await?;
    Ok(found.into_iter().filter_map(|result| result.purl).collect())
}

fn is(field: Field, regex: &str) -> Match {
    Match {
        field,
        op: Op::Regex,
        value: regex.to_owned(),
    }
}

fn epochs<'t>(texts: impl Iterator<Item = &'t str>) -> BTreeSet<&'t str> {
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    texts.filter(is_number).collect()
}

impl Front {
    fn new(text: &str, field: Field, regex: &str) -> Self {
        Self {
            text: text.to_owned(),
            has_it: is(field, regex),
        }
    }

    /// A bound with this in front.
    fn of(&self, bound: &Match) -> Match {
        let value = bound.value.as_str();
        let rest = match value.split_once(':') {
            Some((epoch, rest)) if epochs([epoch].into_iter()).len() == 1 => rest,
            _ => value,
        };
        let rest = match rest.strip_prefix(['v', 'V']) {
            Some(number) if number.starts_with(|one: char| one.is_ascii_digit()) => number,
            _ => rest,
        };
        Match {
            value: format!("{}{rest}", self.text),
            ..bound.clone()
        }
    }
}
