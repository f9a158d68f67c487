//! Hosts that aren't there: nothing runs on them, and that says nothing.

use model::{
    condition::{Condition, Room},
    side::Side,
};
use proto_types::{FindRequest, GetHost, Host, ListHosts, Match, Op, Timestamp};

use super::{asked::finds, line};
use crate::{
    ask::{context::Context, resolve, side},
    error::{CliError, Result},
};

/// Refuses a host that isn't there, and a pattern that no host fits; for the past, those count that
/// were there then.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    if finds(request, vec![one.clone()], context).await? {
        return Ok(());
    }
    let moments: Vec<Timestamp> = match (request.at, request.during) {
        (Some(at), _) => vec![at],
        (None, Some(during)) => vec![during.from, during.to],
        (None, None) => Vec::new(),
    };
    if one.op == Op::Eq {
        if exists(&one.value, &moments, context).await? {
            return Ok(());
        }
        let near = resolve::nearest_host(context, &one.value).await;
        let error = unknown(&one.value, !moments.is_empty());
        return Err(match near {
            Some(near) => {
                let line = line::with(request, one, &[&format!("host={near}")]);
                error.hint(format!("did you mean `{near}`? {line}"))
            }
            None => error,
        });
    }
    let hosts = context.ask(&ListHosts {}).await?.hosts;
    let fits = |host: &Host| fits(one, &host.name) && was_there(host, &moments);
    match hosts.iter().any(fits) {
        true => Ok(()),
        false => Err(
            CliError::not_found(format!("no host matches `{}`", one.value))
                .hint("`assetctl hosts` lists the hosts"),
        ),
    }
}

/// Refuses a host of that name, now or at a moment, where it isn't there.
pub(crate) async fn check_named(
    name: &str,
    at: Option<Timestamp>,
    context: &Context<'_>,
) -> Result<()> {
    let moments: Vec<Timestamp> = at.into_iter().collect();
    match exists(name, &moments, context).await? {
        true => Ok(()),
        false => resolve::with_nearest_host(context, name, Err(unknown(name, at.is_some()))).await,
    }
}

/// Whether a host of this name is there, or was at one of these moments, where there are any.
async fn exists(name: &str, moments: &[Timestamp], context: &Context<'_>) -> Result<bool> {
    let request = GetHost {
        name: name.to_owned(),
    };
    match context.ask(&request).await {
        Ok(host) if was_there(&host, moments) => return Ok(true),
        Ok(_) => {}
        Err(error) if error.is_not_found() => {}
        Err(error) => return Err(error),
    }
    for at in moments {
        let then = Side::Host {
            name: name.to_owned(),
            at: Some(*at),
        };
        match context.ask(&side::difference(&then, &then)).await {
            Ok(known) if known.to.coverage.is_some_and(|coverage| coverage.hosts > 0) => {
                return Ok(true);
            }
            Ok(_) => {}
            Err(error) if error.is_not_found() => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

fn was_there(host: &Host, moments: &[Timestamp]) -> bool {
    moments.is_empty() || moments.iter().any(|at| host.added_at <= *at)
}

fn unknown(name: &str, is_past: bool) -> CliError {
    let what = match is_past {
        true => format!("there was no host `{name}` then"),
        false => format!("there is no host `{name}`"),
    };
    CliError::not_found(what).hint("`assetctl hosts` lists the hosts")
}

/// Whether a text fits a match; what can't be used fits nothing.
pub(super) fn fits(one: &Match, text: &str) -> bool {
    let condition = Room::of([one]).and_then(|room| Condition::new(one.clone(), &room));
    condition.is_ok_and(|condition| condition.fits(text))
}
