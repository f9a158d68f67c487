//! The first two lines: whose answer it is, how much it covers and when; tabs and breadcrumbs.

use model::proof;
use proto_types::Coverage;
use ratatui::{Frame, layout::Rect, style::Style, text::Span};

use super::{
    text::{clock, fitted, line_with_end, span, spinner},
    theme::Theme,
};
use crate::{
    output::{
        bar::{bar, share},
        number::grouped,
    },
    tui::state::{State, Tab},
};

/// From this width on, images are counted besides hosts.
const ROOM_FOR_IMAGES: u16 = 100;
/// How wide the coverage gauge is.
const GAUGE: usize = 10;

/// Draws the first line.
pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let session = &state.session;
    let mut left = vec![Span::styled(" assetmon ", theme.accent())];
    if let Some(context) = &session.context {
        left.push(span(context, theme.heading()));
        left.push(Span::styled(" · ", theme.faint()));
    }
    let mut right = vec![Span::raw(" ")];
    if let Some(sign) = spinner(state.waiting_since(), state.now) {
        right.push(Span::styled(format!("{sign} "), theme.accent()));
    }
    if let Some(coverage) = &state.level().coverage {
        right.extend(gauge(coverage, theme, area.width));
    }
    right.push(Span::raw(" "));
    right.extend(as_of(state, theme));
    let wide = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    let room = usize::from(area.width).saturating_sub(wide(&left) + wide(&right));
    let server = fitted(&session.server, room);
    left.push(Span::styled(server.trim_end().to_owned(), theme.faint()));
    line_with_end(left, right, frame, area);
}

/// How much of the fleet answers: the hosts that report, and the images that have a whole SBOM.
fn gauge(coverage: &Coverage, theme: Theme, width: u16) -> Vec<Span<'static>> {
    let Coverage {
        hosts,
        pending_hosts,
        silent_hosts,
        incomplete_hosts,
        cloned_hosts,
        running_images,
        images_without_sbom,
        images_partial,
        ..
    } = *coverage;
    let hosts = hosts + pending_hosts;
    let without = pending_hosts + silent_hosts + incomplete_hosts + cloned_hosts;
    let good_hosts = hosts.saturating_sub(without);
    let good_images = running_images.saturating_sub(images_without_sbom + images_partial);
    let of_hosts = share(good_hosts, hosts);
    let of_images = if running_images == 0 {
        of_hosts
    } else {
        share(good_images, running_images)
    };
    let covered = of_hosts.min(of_images);
    let style = match covered {
        _ if proof::is_proof(coverage) => theme.good(),
        0.8.. => theme.doubtful(),
        _ => theme.bad(),
    };
    let filled = bar(covered, GAUGE);
    let rest = GAUGE.saturating_sub(filled.chars().count());
    let hosts_part = format!(" {}/{} hosts", grouped(good_hosts), grouped(hosts));
    let images_part = format!(
        " {}/{} images",
        grouped(good_images),
        grouped(running_images)
    );
    let name = if width >= ROOM_FOR_IMAGES {
        "coverage "
    } else {
        ""
    };
    let mut spans = vec![
        Span::styled(name, theme.faint()),
        Span::styled(filled, style),
        Span::styled("░".repeat(rest), theme.faint()),
        Span::styled(hosts_part, style),
    ];
    if width >= ROOM_FOR_IMAGES {
        spans.push(Span::styled(images_part, style));
    }
    spans
}

fn as_of(state: &State, theme: Theme) -> Vec<Span<'static>> {
    let zone = &state.session.zone;
    if let Some(at) = state.at {
        let at = at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %Z");
        return vec![Span::styled(format!(" PAST {at} "), theme.past())];
    }
    let Some(as_of) = state.level().as_of else {
        return Vec::new();
    };
    let shown = format!("as of {} ", clock(as_of, state.now, zone));
    let is_old = state.options.refresh.is_some_and(|refresh| {
        state.now.duration_since(as_of).as_secs_f64() > 2.0 * refresh.as_secs_f64()
    });
    let style = if is_old {
        theme.doubtful()
    } else {
        theme.faint()
    };
    vec![Span::styled(shown, style)]
}

/// Draws the second line.
pub(super) fn crumbs(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let room_beside = |tabs: &[Span<'_>]| {
        let taken: usize = tabs.iter().map(Span::width).sum();
        usize::from(area.width).saturating_sub(taken + 1)
    };
    let crumbs = trail_crumbs(state);
    let mut spans = tabs(state, theme, true);
    if room_needed(&crumbs) > room_beside(&spans) {
        spans = tabs(state, theme, false);
    }
    let room = room_beside(&spans);
    spans.extend(trail(crumbs, theme, room));
    line_with_end(spans, Vec::new(), frame, area);
}

/// The tabs; without room for all their names, those that aren't shown have only their numbers.
fn tabs(state: &State, theme: Theme, named: bool) -> Vec<Span<'static>> {
    let mut spans = vec![Span::raw(" ")];
    for (number, tab) in (1..).zip(Tab::ALL) {
        let is_shown = tab == state.tab;
        let style = if is_shown {
            theme.accent().patch(theme.selected())
        } else {
            theme.faint()
        };
        let text = match named || is_shown {
            true => format!(" {number} {} ", tab.name()),
            false => format!(" {number} "),
        };
        spans.push(Span::styled(text, style));
        spans.push(Span::raw(" "));
    }
    spans
}

/// What the breadcrumbs say, from the first level below the tab on.
fn trail_crumbs(state: &State) -> Vec<String> {
    /// No single crumb takes more than this.
    const WIDEST: usize = 32;
    let levels = &state.levels()[1..];
    let crumbs = levels
        .iter()
        .map(|level| fitted(&level.crumb, WIDEST).trim_end().to_owned());
    let last = levels.last().map(|last| last.subject.noun().to_owned());
    crumbs.chain(last).collect()
}

fn room_needed(crumbs: &[String]) -> usize {
    crumbs.iter().map(|one| Span::raw(one).width() + 3).sum()
}

/// The breadcrumbs; where there is no room for all of them, the first ones leave.
fn trail(mut crumbs: Vec<String>, theme: Theme, room: usize) -> Vec<Span<'static>> {
    let mut cut = false;
    while crumbs.len() > 1 && room_needed(&crumbs) + 2 * usize::from(cut) > room {
        crumbs.remove(0);
        cut = true;
    }
    let mut spans = Vec::new();
    if cut {
        spans.push(Span::styled("… ", theme.faint()));
    }
    let last = crumbs.len().saturating_sub(1);
    for (at, crumb) in crumbs.into_iter().enumerate() {
        let style = if at == last {
            theme.faint()
        } else {
            Style::new()
        };
        spans.push(Span::styled("› ", theme.faint()));
        spans.push(Span::styled(format!("{crumb} "), style));
    }
    spans
}
