//! What is behind the views that are measured: rows as a server would answer them, as many as are asked for.

use jiff::{SignedDuration, Timestamp};
use proto_types::{
    AdvisorySummary, AffectingAdvisory, Coverage, Extent, FindRequest, Group, GroupBy, Host,
    HostState, Share, TimelinePoint, Unseen,
};

use crate::tui::{
    answer::{About, RowsAnswer},
    ask::{Ask, Fetch},
    effect::Task,
    event::Answer,
    item::Item,
    rollout::{self, Release},
    stack::layers,
};

/// As many versions as a map may have.
const VERSIONS: u64 = 100;
/// So many hosts a map is drawn of.
const HOSTS: u64 = 10_000;
/// As many points as a chart has.
const POINTS: u64 = 120;
/// As many layers as a chart has.
const LAYERS: usize = 8;

/// What a server with so many rows of everything answers; nothing where that is not measured.
pub(super) fn answer(task: &Task, rows: u64) -> Option<Answer> {
    match task {
        Task::Fetch(fetch) => Some(Answer::Rows(Box::new(page(fetch, rows)))),
        Task::About(..) => Some(Answer::About(Box::new(about()))),
        _ => None,
    }
}

/// One page of a list of so many rows.
pub(in crate::tui) fn page(fetch: &Fetch, rows: u64) -> RowsAnswer {
    let whole = match &fetch.ask {
        Ask::Find(request) => match request.group_by {
            Some(GroupBy::Version) => versions(),
            _ => return artifacts(request, fetch, rows),
        },
        Ask::Affecting { most, .. } => (0..rows.min(*most)).map(advisory).collect(),
        Ask::Rollout { .. } => on_hosts(rows.min(HOSTS)),
        _ => return artifacts(&FindRequest::default(), fetch, rows),
    };
    let total = u64::try_from(whole.len()).unwrap_or(u64::MAX);
    RowsAnswer::whole(whole, total, Timestamp::UNIX_EPOCH, coverage())
}

fn coverage() -> Coverage {
    model::proof::judged(Coverage {
        hosts: 2_000,
        running_images: 400,
        ..Coverage::default()
    })
}

fn artifacts(request: &FindRequest, fetch: &Fetch, rows: u64) -> RowsAnswer {
    let next = (fetch.from + request.limit.unwrap_or(100)).min(rows);
    let items = (fetch.from..next).filter(|_| fetch.keep).map(artifact);
    RowsAnswer {
        from: fetch.from,
        items: items.collect(),
        next,
        next_cursor: (next < rows).then(|| next.to_string()),
        total: rows,
        summary: None,
        headline: Vec::new(),
        as_of: Timestamp::UNIX_EPOCH,
        coverage: coverage(),
    }
}

fn artifact(row: u64) -> Item {
    Item::Group(
        GroupBy::Name,
        group(format!("artifact-{row:06}"), None, row),
    )
}

fn group(key: String, label: Option<String>, row: u64) -> Group {
    Group {
        key,
        label,
        artifacts: 1 + row % 7,
        images: 1 + row % 40,
        containers: 1 + row % 9_000,
        hosts: 1 + row % 2_000,
    }
}

fn releases() -> Vec<Release> {
    let versions = (0..VERSIONS).rev();
    rollout::releases(versions.map(|one| (format!("3.0.{one}-1~deb12u1"), "deb".to_owned())))
}

fn versions() -> Vec<Item> {
    let all = (0u64..).zip(releases());
    let groups = all.map(|(row, one)| group(one.version, Some(one.artifact_type), row));
    let items = groups.map(|group| Item::Group(GroupBy::Version, group));
    items.collect()
}

/// A rollout over so many hosts: each runs two of the versions.
fn on_hosts(rows: u64) -> Vec<Item> {
    let hosts = (0..rows).map(host).collect();
    let on = |at: u64| {
        let all = (0..rows).filter(move |row| (row + at).is_multiple_of(VERSIONS / 2));
        all.map(|row| (host(row).name, 1 + row % 9)).collect()
    };
    let found = (0u64..).zip(releases());
    let found = found.map(|(at, release)| (release, on(at)));
    let rows = rollout::by_host(hosts, found.collect()).into_iter();
    rows.map(|one| Item::OnHost(Box::new(one))).collect()
}

fn host(row: u64) -> Host {
    Host {
        name: format!("host-{row:06}"),
        state: HostState::Reporting,
        added_at: Timestamp::UNIX_EPOCH,
        enrolled_at: None,
        last_report_at: None,
        last_full_report_at: None,
        cloned_since: None,
        seq: 7,
        scanner: None,
        containers: 4,
        images: 3,
        unseen: Unseen::default(),
    }
}

fn advisory(row: u64) -> Item {
    let extent = |hosts| Extent {
        images: 1 + hosts % 40,
        containers: hosts * 3,
        hosts,
    };
    let kev = row.is_multiple_of(50).then(|| "2026-11-30".to_owned());
    Item::Advisory(Box::new(AffectingAdvisory {
        advisory: AdvisorySummary {
            id: format!("DSA-{row}-1"),
            source: "Debian".to_owned(),
            cves: vec![format!("CVE-2026-{row}"), format!("CVE-2025-{row}")],
            summary: format!("artifact-{row}: a flaw in how what is read is bounded may be used"),
            packages: 1 + row % 5,
            published: Some(Timestamp::UNIX_EPOCH),
            modified: Some(Timestamp::UNIX_EPOCH),
            withdrawn: None,
        },
        has_fix: !row.is_multiple_of(3),
        kev_due: kev.clone(),
        kev,
        epss: Share::new(0.001),
        epss_percentile: Share::new(0.5),
        affected: extent(1 + row * 7 % 2_000),
        unknown: extent(row % 50),
        excused: Extent::default(),
    }))
}

/// More about an artifact: a chart with all that it can have.
fn about() -> About {
    let at = |point: u64| {
        let hours = i64::try_from(point).unwrap_or(0);
        let at = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_hours(hours * 6));
        at.unwrap_or(Timestamp::UNIX_EPOCH)
    };
    let timeline: Vec<TimelinePoint> = (0..POINTS)
        .map(|point| TimelinePoint {
            at: at(point),
            containers: 10_000,
        })
        .collect();
    let newest = releases().into_iter().take(LAYERS);
    let counted = (1u64..).zip(newest).map(|(layer, release)| {
        let counts = (0..POINTS).map(|point| 100 + point * layer % 900);
        (release, counts.collect())
    });
    About {
        stack: layers(counted.collect(), true, &timeline),
        timeline,
        ..About::default()
    }
}
