//! The candidates of a question that lists many conditions of which one must hold.

use std::collections::BTreeMap;

use model::condition::Condition;
use proto_types::{Field, Op};
use rusqlite::{Connection, OptionalExtension};

use crate::store::Result;

use super::{
    condition::{best, by_condition},
    group::{Candidates, Group, Source, grouped, names},
};

/// One of many names or purls; each is a look-up of its own.
pub fn of(connection: &Connection, any: &[Condition]) -> Result<Candidates> {
    if any
        .iter()
        .all(|one| (one.field(), one.op()) == (Field::Name, Op::Eq))
    {
        let mut found = BTreeMap::new();
        let mut statement = connection.prepare_cached("SELECT id FROM name WHERE text = ?1")?;
        for one in any {
            if let Some(id) = statement
                .query_row([one.value()], |row| row.get(0))
                .optional()?
            {
                found.insert(one.value().to_owned(), Source::Name(id));
            }
        }
        return Ok(grouped(found));
    }
    let mut found = BTreeMap::new();
    for one in any {
        let groups = match best(std::slice::from_ref(one)) {
            Some(one) => by_condition(connection, one)?,
            None => names(connection, "1", [])?,
        };
        for group in groups.0 {
            merge(&mut found, group);
        }
    }
    Ok(grouped(found))
}

/// Adds what one condition found to what the others did.
fn merge(found: &mut BTreeMap<String, Source>, group: Group) {
    match (found.get_mut(&group.name), group.source) {
        (Some(Source::Name(_)), _) => {}
        (Some(Source::Read(known)), Source::Read(more)) => {
            let new = more
                .into_iter()
                .filter(|one| known.iter().all(|old| old.id != one.id));
            let new: Vec<_> = new.collect();
            known.extend(new);
        }
        (_, source) => {
            found.insert(group.name, source);
        }
    }
}
