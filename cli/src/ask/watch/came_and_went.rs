//! `--watch` off a terminal: a line for each result that came or went.

use std::collections::BTreeMap;

use client::Lines;
use proto_types::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::Result,
    output::{
        console::{Label, Out},
        json,
    },
};

/// A result that came or went, and the answer that says so.
#[derive(Serialize)]
struct Event<'a, T> {
    event: &'static str,
    #[serde(serialize_with = "proto_types::moment::write")]
    at: Timestamp,
    #[serde(flatten)]
    result: &'a T,
}

/// What the last answer held.
pub(crate) struct CameAndWent<T> {
    /// By everything that it says, so that a container that was restarted goes and comes.
    known: BTreeMap<String, T>,
    last_summary: String,
}

impl<T> Default for CameAndWent<T> {
    fn default() -> Self {
        Self {
            known: BTreeMap::new(),
            last_summary: String::new(),
        }
    }
}

impl<T: Serialize + DeserializeOwned> CameAndWent<T> {
    /// Says how much there is, where that is something new, and what came and went; `lines` is everything that there
    /// is, and `None` nothing.
    pub(crate) async fn say(
        &mut self,
        summary: String,
        at: Timestamp,
        lines: Option<Lines<T>>,
        out: &Out,
    ) -> Result<()> {
        let now = match lines {
            Some(lines) => read(lines).await?,
            None => BTreeMap::new(),
        };
        if summary != self.last_summary {
            out.say(Label::Plain, &summary);
            self.last_summary = summary;
        }
        write(&self.known, &now, at, out)?;
        self.known = now;
        Ok(())
    }
}

async fn read<T: Serialize + DeserializeOwned>(mut lines: Lines<T>) -> Result<BTreeMap<String, T>> {
    let mut results = BTreeMap::new();
    while let Some(result) = lines.next().await? {
        let key = serde_json::to_string(&result).map_err(std::io::Error::from)?;
        results.insert(key, result);
    }
    Ok(results)
}

fn write<T: Serialize>(
    before: &BTreeMap<String, T>,
    now: &BTreeMap<String, T>,
    at: Timestamp,
    out: &Out,
) -> Result<()> {
    let only = |one: &BTreeMap<String, T>, other: &BTreeMap<String, T>| {
        let keys = one.keys().filter(|key| !other.contains_key(*key));
        keys.cloned().collect::<Vec<_>>()
    };
    out.write(|writer| {
        for (event, from, keys) in [
            ("went", before, only(before, now)),
            ("came", now, only(now, before)),
        ] {
            for result in keys.iter().filter_map(|key| from.get(key)) {
                json::line(&Event { event, at, result }, writer)?;
            }
        }
        Ok(())
    })
}
