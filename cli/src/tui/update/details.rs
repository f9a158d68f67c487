//! What to find out about a row for its details.

use jiff::Timestamp;
use proto_types::{Field, GroupBy};

use super::drill::{narrowed, of_artifact};
use crate::tui::{
    ask::AboutAsk,
    item::Item,
    state::{Level, is},
};

/// What to find out about a row for its details.
pub(super) fn about(level: &Level, item: &Item, at: Option<Timestamp>) -> AboutAsk {
    let mut ask = AboutAsk {
        at,
        ..AboutAsk::default()
    };
    match item {
        Item::Group(GroupBy::Name | GroupBy::Version, _) | Item::Artifact(_) => {
            ask.of = Some(narrowed(level, item));
            ask.timeline = true;
        }
        Item::Group(GroupBy::Host, group) => ask.host = Some(group.key.clone()),
        Item::Host(host) => {
            ask.of = Some(vec![is(Field::Host, &host.name)]);
            ask.timeline = true;
            ask.host = Some(host.name.clone());
            ask.changes_of = Some(host.name.clone());
        }
        Item::Cover(_) => ask.image = item.digest(),
        Item::Differs(_) => {
            ask.of = Some(narrowed(level, item));
            ask.timeline = true;
        }
        Item::Change(one) => match (&one.artifact, &one.host, &one.container) {
            (Some(artifact), ..) => {
                ask.of = Some(of_artifact(artifact));
                ask.timeline = true;
            }
            (None, Some(host), Some(container)) => {
                ask.image = item.digest();
                ask.runs_of = Some((host.clone(), container.clone()));
            }
            _ => {}
        },
        Item::Advisory(one) => ask.advisory = Some(one.advisory.id.clone()),
        Item::Judged(_) => {
            ask.of = Some(narrowed(level, item));
            ask.timeline = true;
        }
        Item::OnHost(one) => ask.host = Some(one.host.clone()),
        Item::Group(..) | Item::Image(_) => ask.image = item.digest(),
        Item::Uncovered(_) => {
            ask.image = item.digest();
            ask.host = item.host().map(str::to_owned);
        }
        Item::Found(found) => {
            ask.image = item.digest();
            ask.runs_of = Some((found.host.clone(), found.container.clone()));
            ask.of = Some(vec![
                is(Field::Name, &found.name),
                is(Field::Type, &found.artifact_type),
            ]);
        }
        Item::Container(container) => {
            ask.image = item.digest();
            ask.runs_of = Some((container.host.clone(), container.name.clone()));
        }
    }
    ask
}
