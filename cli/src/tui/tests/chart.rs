//! The chart: stacked by version, old to new, and when none will be left.

use proto_types::TimelinePoint;
use ratatui::style::Color;

use super::{Tui, data::ago, fixture::cell_at};
use crate::tui::{
    effect::{Effect, Task, Work},
    event::{Answer, Event},
};

fn opened(size: (u16, u16), color: bool) -> Tui {
    let mut tui = Tui::opened(size, &["openssl"], None, "", color);
    tui.answer();
    tui
}

/// Answers what stands above the list with these containers over time.
fn over_time(tui: &mut Tui, counts: &[u64]) {
    let hours = (0..counts.len()).rev().zip(counts);
    let points = hours.map(|(hour, containers)| TimelinePoint {
        at: ago(i64::try_from(hour).unwrap()),
        containers: *containers,
    });
    let points: Vec<TimelinePoint> = points.collect();
    for effect in std::mem::take(&mut tui.wanted) {
        let Some((ticket, answer)) = tui.reply(&effect) else {
            continue;
        };
        let answer = match (answer, &effect) {
            (Answer::About(mut about), Effect::Work(Work::Start(_, Task::About(ask, _))))
                if ask.by_version =>
            {
                about.timeline.clone_from(&points);
                about.stack.clear();
                Answer::About(about)
            }
            (answer, _) => answer,
        };
        tui.event(Event::Answer(ticket, Ok(answer)));
    }
}

#[test]
fn versions_lie_on_each_other_the_oldest_at_the_bottom_with_blocks_that_say_the_same() {
    let tui = opened((200, 60), true);
    let buffer = tui.buffer();
    let color = |text: &str| cell_at(&buffer, text).map(|cell| cell.fg);
    assert_eq!(color("░ 1.1.1w"), Some(Color::Red));
    assert_eq!(color("▓ 3.0.15"), Some(Color::Cyan));
    assert_eq!(color("█ 3.0.17"), Some(Color::Green));
    let screen = tui.screen();
    let ends = screen.lines().position(|line| line.contains("░ 1.1.1w"));
    let lowest = ends
        .and_then(|at| screen.lines().nth(at - 1))
        .unwrap_or_default();
    let blocks: String = lowest.trim_start().chars().take(120).collect();
    assert!(
        blocks.starts_with("░░░░") && !blocks.ends_with('░'),
        "{screen}"
    );
    // The rows are drawn as their layers are.
    let row = screen
        .lines()
        .find(|line| line.contains("1.1.1w-0+deb11u1  deb"));
    assert!(row.is_some_and(|row| row.contains('░')), "{screen}");
    let plain = opened((200, 60), false);
    assert!(plain.screen().contains("░ 1.1.1w"), "{}", plain.screen());
}

#[test]
fn of_one_version_the_chart_is_plain() {
    let mut tui = opened((200, 40), true);
    assert!(tui.screen().contains("░ 1.1.1w"), "{}", tui.screen());
    tui.press("enter").answer();
    assert!(!tui.screen().contains("░ 1.1.1w"), "{}", tui.screen());
}

#[test]
fn on_a_high_screen_the_chart_is_high() {
    for (height, least) in [(24, 2), (40, 7), (60, 16)] {
        let screen = opened((160, height), true).screen();
        let main = screen
            .lines()
            .map(|line| line.split('│').next().unwrap_or_default());
        let main: Vec<&str> = main.collect();
        let title = main
            .iter()
            .position(|line| line.contains("versions of openssl"));
        assert!(title.unwrap_or(0) >= least + 5, "{height}: {screen}");
    }
}

#[test]
fn what_becomes_less_is_said_to_end_and_what_does_not_is_not() {
    let words = ["openssl", "version<3.0.15"];
    for (counts, said) in [
        (
            &[80, 70, 60, 50, 40, 30][..],
            Some("; at this pace none by 2026-03-28"),
        ),
        (&[80, 70, 60, 50, 50, 50], None),
        (&[10, 20, 30, 40, 50, 60], None),
        (&[30, 20, 10, 0, 0, 0], None),
    ] {
        let mut tui = Tui::opened((160, 30), &words, None, "", true);
        over_time(&mut tui, counts);
        let screen = tui.screen();
        match said {
            Some(said) => assert!(screen.contains(said), "{counts:?}: {screen}"),
            None => assert!(!screen.contains("at this pace"), "{counts:?}: {screen}"),
        }
    }
    // An artifact in all its versions isn't meant to end.
    let mut tui = Tui::opened((160, 30), &["openssl"], None, "", true);
    over_time(&mut tui, &[80, 70, 60, 50, 40, 30]);
    assert!(!tui.screen().contains("at this pace"), "{}", tui.screen());
    // Of the past nothing is foretold.
    let mut tui = Tui::opened((160, 30), &words, Some(ago(1)), "", true);
    over_time(&mut tui, &[80, 70, 60, 50, 40, 30]);
    assert!(!tui.screen().contains("at this pace"), "{}", tui.screen());
}
