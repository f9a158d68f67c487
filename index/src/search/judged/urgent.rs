//! How urgent an advisory is, as its rows say it.

use model::urgency::Urgency;
use proto_types::{AffectedRow, Share};

/// What is said of it, made once for all of its rows.
#[derive(Debug, Default)]
pub(super) struct Urgent {
    kev: Option<String>,
    due: Option<String>,
    epss: Option<(Share, Share)>,
}

impl Urgent {
    pub(super) fn of(urgency: &Urgency) -> Self {
        let due = urgency.kev.and_then(|one| one.due);
        Self {
            kev: urgency.added(),
            due: due.map(|day| day.to_string()),
            epss: urgency.epss.map(|one| (one.score, one.percentile)),
        }
    }

    /// Adds it to a row.
    pub(super) fn on<'t>(&'t self, row: AffectedRow<'t>) -> AffectedRow<'t> {
        AffectedRow {
            kev: self.kev.as_deref(),
            kev_due: self.due.as_deref(),
            epss: self.epss.map(|(score, _)| score),
            epss_percentile: self.epss.map(|(_, percentile)| percentile),
            ..row
        }
    }
}
