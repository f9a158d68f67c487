//! The order of changes: by commit; within a commit, by phase and place.

use proto_types::ChangeKind;

/// Where a change stands in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The number of the commit.
    pub seq: i64,
    /// Of the changes of one commit, those of a lower phase come first.
    pub phase: i64,
    /// The place among those of the phase: what is changed, and which of its two changes.
    pub place: i64,
}

impl Key {
    /// Behind every change of a commit.
    pub const fn behind(seq: i64) -> Self {
        Self {
            seq,
            phase: i64::MAX,
            place: 0,
        }
    }

    /// Where stands that a run began with a commit.
    pub const fn began(seq: i64, run: i64) -> Self {
        Self {
            seq,
            phase: 1,
            place: run * 2,
        }
    }

    /// Where stands that a run ended with a commit, which one began.
    pub const fn ended(seq: i64, began: i64, run: i64) -> Self {
        Self {
            seq,
            phase: if seq > began { 0 } else { 1 },
            place: run * 2 + 1,
        }
    }

    /// The number of what is changed.
    pub const fn id(self) -> i64 {
        self.place / 2
    }

    /// What kind of change it is; `None` for what is none.
    pub fn stream(self) -> Option<&'static Stream> {
        let ends = self.place % 2 == 1;
        STREAMS
            .iter()
            .find(|one| one.phase == self.phase && (one.kind == ChangeKind::Stopped) == ends)
    }
}

/// Changes that are read in one go.
pub struct Stream {
    /// What kind they are of.
    pub kind: ChangeKind,
    /// Their phase.
    pub phase: i64,
    /// The table, and what a row of it is called.
    pub table: &'static str,
    /// The column of the commit's number.
    pub seq: &'static str,
    /// The column of the time.
    pub at: &'static str,
    /// The column of what is changed.
    pub id: &'static str,
    /// Which of the table's rows.
    pub only: &'static str,
}

/// The phase of artifacts that appeared.
pub const APPEARED: i64 = 2;

/// Every change of runs. Of one commit, the runs that end come before those that begin; but a run that
/// ends in the commit in which it began does so between its beginning and the next run's.
pub const STREAMS: [Stream; 3] = [
    Stream {
        kind: ChangeKind::Stopped,
        phase: 0,
        table: "run r",
        seq: "r.ended_seq",
        at: "r.until",
        id: "r.id",
        only: "r.ended_seq > r.began_seq",
    },
    Stream {
        kind: ChangeKind::Started,
        phase: 1,
        table: "run r",
        seq: "r.began_seq",
        at: "r.since",
        id: "r.id",
        only: "TRUE",
    },
    Stream {
        kind: ChangeKind::Stopped,
        phase: 1,
        table: "run r",
        seq: "r.ended_seq",
        at: "r.until",
        id: "r.id",
        only: "r.ended_seq = r.began_seq",
    },
];

impl Stream {
    /// The place of a change, as SQL.
    pub fn place(&self) -> String {
        let which = i64::from(self.kind == ChangeKind::Stopped);
        format!("{} * 2 + {which}", self.id)
    }
}
