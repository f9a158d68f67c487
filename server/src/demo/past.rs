//! The demo's past: a store whose clock is turned is told of each of the days before this moment.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::SignedDuration;
use proto_types::Timestamp;

use super::{
    agent::{Agent, add},
    fleet::{DAYS, PENDING, hosts},
    present::{self, Fleet},
};
use crate::{
    App,
    clock::Clock,
    router,
    store::{Rules, sqlite::SqliteStore},
};

/// A day, in milliseconds.
const DAY: f64 = 86_400_000.0;

/// Writes a database with the fleet's past, up to this moment.
///
/// # Errors
/// The database can't be written, or a route refuses what it is told.
pub(super) async fn live_through(database: &Path) -> anyhow::Result<Fleet> {
    // A host reports once a day here, and not every ten minutes: that is no silence.
    let rules = Rules {
        silent_after: SignedDuration::from_hours(48),
        ..Rules::default()
    };
    let now = Timestamp::now().as_millisecond();
    let time = Arc::new(AtomicI64::new(now));
    let turn_to = |age: f64| {
        let before = (f64::from(DAYS) - age) * DAY;
        time.store(now - before as i64, Ordering::Relaxed);
    };
    let turned = Clock::turned_by(Arc::clone(&time));
    let store = SqliteStore::open(database, rules, turned.clone())?;
    let router = router(App::new(Arc::new(store), turned)?);
    turn_to(0.0);
    let mut agents = Vec::new();
    for host in hosts() {
        agents.push(Agent::enroll(&router, host).await?);
    }
    for day in 0..=DAYS {
        let mut turns: Vec<(f64, &Agent)> = agents
            .iter()
            .map(|agent| (moment(day, agent.host.chance(day)), agent))
            .filter(|(age, agent)| !agent.host.is_silent(*age))
            .collect();
        turns.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        for (age, agent) in turns {
            turn_to(age);
            present::report(agent, &router, age).await?;
        }
    }
    turn_to(f64::from(DAYS));
    add(&router, PENDING).await?;
    Ok(Fleet { agents })
}

/// When a host reports on a day: in the first half of it, and in the last hour before the present.
fn moment(day: u32, chance: f64) -> f64 {
    match day {
        DAYS => f64::from(DAYS) - chance / 30.0,
        _ => f64::from(day) + chance / 2.0,
    }
}
