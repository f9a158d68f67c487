//! What the signs of a map mean: each version, or affected and clean, with how many hosts have it.

use std::collections::BTreeMap;

use proto_types::Match;
use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::sheet::{Sheet, on_host};
use crate::{
    output::{
        bar::{bar, share, to_usize},
        number::counted,
    },
    tui::{
        rollout::{Age, OnHost, Release, Verdict, letter},
        state::{Level, Rows},
        view::{
            text::{fitted, span},
            theme::Theme,
        },
    },
    words::terms::in_words,
};

/// How wide the bar of a version's share of the hosts is at most.
const WIDEST_BAR: usize = 32;
/// How wide versions are at most.
const WIDEST_VERSION: usize = 40;

/// How many hosts run an affected version, and how many only others.
pub(super) fn verdicts(level: &Level, affected: &[Match], sheet: Sheet) -> Vec<Line<'static>> {
    let all = level.rows.iter().flat_map(Rows::shown);
    let found: Vec<Option<Verdict>> = all.filter_map(on_host).map(OnHost::verdict).collect();
    let count = |wanted: Option<Verdict>| {
        let same = found.iter().filter(|one| **one == wanted);
        u64::try_from(same.count()).unwrap_or(u64::MAX)
    };
    let terms: Vec<String> = affected.iter().map(in_words).collect();
    let hosts = level.len();
    let line = |verdict: Verdict, what: String| {
        let many = count(Some(verdict));
        let (style, sign) = (sheet.judged(verdict), verdict.sign());
        let percent = to_usize((share(many, hosts) * 100.0).floor());
        let drawn = fitted(&bar(share(many, hosts), WIDEST_BAR), WIDEST_BAR);
        Line::from(vec![
            Span::styled(format!("  {sign}  {drawn}"), style),
            span(
                &format!(" {} {percent}% {what}", counted(many, "host")),
                Style::new(),
            ),
        ])
    };
    let mut lines = vec![
        line(Verdict::Affected, format!("affected: {}", terms.join(" "))),
        line(Verdict::Clean, "clean: other versions only".to_owned()),
    ];
    lines.extend(others(count(Some(Verdict::None)), count(None), sheet.theme));
    lines
}

/// What the letters mean, the newest version first.
pub(super) fn versions(level: &Level, area: Rect, sheet: Sheet) -> Vec<Line<'static>> {
    let theme = sheet.theme;
    let mut of: BTreeMap<usize, (&Release, u64)> = BTreeMap::new();
    let (mut none, mut unknown) = (0u64, 0u64);
    let all = level.rows.iter().flat_map(Rows::shown);
    for host in all.filter_map(on_host) {
        match &host.release {
            _ if host.is_unknown() => unknown += 1,
            None => none += 1,
            Some(release) => of.entry(release.place).or_insert((release, 0)).1 += 1,
        }
    }
    let widest = of
        .values()
        .map(|(one, _)| one.version.chars().count())
        .max();
    let widest = widest.unwrap_or(0).clamp(12, WIDEST_VERSION);
    let room = usize::from(area.width)
        .saturating_sub(widest + 40)
        .min(WIDEST_BAR);
    let hosts = level.len();
    let mut lines: Vec<Line<'static>> = of
        .values()
        .map(|(release, many)| version(release, *many, (widest, room, hosts), theme))
        .collect();
    lines.extend(others(none, unknown, theme));
    lines
}

/// The hosts that run none, and those of which nothing is known.
fn others(none: u64, unknown: u64, theme: Theme) -> impl Iterator<Item = Line<'static>> {
    let others = [
        ('·', none, "run none", theme.faint()),
        (
            '?',
            unknown,
            "silent or not enrolled: not known",
            theme.doubtful(),
        ),
    ];
    let others = others.into_iter().filter(|(_, many, ..)| *many > 0);
    others.map(|(sign, many, what, style)| {
        let text = format!("  {sign}  {} {what}", counted(many, "host"));
        Line::styled(text, style)
    })
}

fn version(
    release: &Release,
    hosts: u64,
    (widest, room, of): (usize, usize, u64),
    theme: Theme,
) -> Line<'static> {
    let style = theme.age(release.age);
    let said = match release.age {
        Age::Newest => "newest",
        Age::Oldest => "oldest",
        Age::Newer | Age::Older => "",
    };
    let percent = to_usize((share(hosts, of) * 100.0).floor());
    Line::from(vec![
        Span::styled(format!("  {}  ", letter(release.place)), style),
        span(&fitted(&release.version, widest), style),
        Span::styled(
            format!("  {:<6} ", fitted(&release.artifact_type, 6)),
            theme.faint(),
        ),
        Span::styled(fitted(&bar(share(hosts, of), room), room), style),
        Span::raw(format!(" {} {percent}% ", counted(hosts, "host"))),
        Span::styled(said, theme.faint()),
    ])
}
