//! What `affected --exposure` lists: hosts with how long they were exposed, and how many were clean in time.

use proto_types::{CleanWithin, ExposureState, HostExposure, UnknownTime};
use serde::Serialize;

use crate::output::{
    heading::Heading,
    number::share,
    row::{Cell, Column, Listed, Row, Tone},
};

impl Row for HostExposure {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Host => Cell::text(&self.host),
            Heading::Advisory => Cell::text(&self.advisory),
            Heading::Cves => Cell::some_text(Some(&self.cves.join(" "))),
            Heading::FirstExposed => Cell::Time(self.first_exposed),
            Heading::Published => Cell::some_time(self.published),
            Heading::FixedAt => Cell::some_time(self.fixed_at),
            Heading::Days => Cell::Count(self.days),
            Heading::DaysSincePublished => {
                self.days_since_published.map_or(Cell::Empty, Cell::Count)
            }
            Heading::UnknownDays if self.unknown.is_empty() => Cell::Empty,
            Heading::UnknownDays => Cell::Count(self.unknown_days),
            Heading::State => state(self.state),
            Heading::Unknown => Cell::some_text(Some(&unknown(self))),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.host.clone()
    }
}

impl Listed for HostExposure {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Host),
        Column::new(Heading::Advisory),
        Column::new(Heading::Cves).cut().wide(),
        Column::new(Heading::FirstExposed),
        Column::new(Heading::Published).leaves(),
        Column::new(Heading::FixedAt),
        Column::new(Heading::Days),
        Column::new(Heading::DaysSincePublished).leaves().wide(),
        Column::new(Heading::UnknownDays).leaves().where_any(),
        Column::new(Heading::State),
        Column::new(Heading::Unknown).cut().wide(),
    ];
}

fn state(state: ExposureState) -> Cell {
    let tone = match state {
        ExposureState::Exposed => Tone::Bad,
        ExposureState::Unknown => Tone::Doubtful,
        ExposureState::Fixed => Tone::Good,
    };
    Cell::Word(state.as_str(), tone)
}

/// `silent 2026-03-01T00:00:00.000Z..2026-03-03T08:00:00.000Z; sbom 2026-03-28T00:00:00.000Z..`.
fn unknown(row: &HostExposure) -> String {
    let time = |one: &UnknownTime| {
        let until = one
            .until
            .map_or_else(String::new, |until| format!("{until:.3}"));
        format!("{} {:.3}..{until}", one.kind, one.from)
    };
    let mut times: Vec<String> = row.unknown.iter().map(time).collect();
    let listed = u64::try_from(times.len()).unwrap_or(u64::MAX);
    let more = row.unknown_total.unwrap_or(0).saturating_sub(listed);
    if more > 0 {
        times.push(format!("{more} more"));
    }
    times.join("; ")
}

/// How many hosts were clean in time.
#[derive(Debug, Serialize)]
pub(crate) struct Clean(CleanWithin);

impl Clean {
    /// Of each number of days.
    pub(crate) fn of(within: &[CleanWithin]) -> Vec<Self> {
        within.iter().copied().map(Self).collect()
    }
}

impl Row for Clean {
    fn cell(&self, heading: Heading) -> Cell {
        let one = &self.0;
        match heading {
            Heading::Days => Cell::Count(one.days.into()),
            Heading::Hosts => Cell::Count(one.hosts),
            Heading::Clean => Cell::Count(one.clean),
            Heading::Late => Cell::Count(one.late),
            Heading::Open => Cell::Count(one.open),
            Heading::Unknown => Cell::Count(one.unknown),
            Heading::Share => Cell::text(share(one.clean, one.hosts)),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.0.days.to_string()
    }
}

impl Listed for Clean {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Days),
        Column::new(Heading::Hosts),
        Column::new(Heading::Clean),
        Column::new(Heading::Late),
        Column::new(Heading::Open),
        Column::new(Heading::Unknown),
        Column::new(Heading::Share),
    ];
}
