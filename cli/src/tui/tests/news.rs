//! The news over the first list: what changed, what is oldest, what isn't covered.

use super::{
    Tui,
    data::{ago, complete},
};
use crate::tui::{
    answer::News,
    effect::{Effect, Task, Work},
    event::{Answer, Event},
};

fn news() -> News {
    News {
        started: 1204,
        stopped: 1198,
        appeared: vec!["bash 5.2".to_owned(), "openssl 3.0.17-1~deb12u2".to_owned()],
        has_more: false,
        oldest: vec![
            (ago(24 * 900), "redis:6.0".to_owned()),
            (ago(24 * 300), "nginx:1.24".to_owned()),
        ],
    }
}

/// A TUI whose server has news.
fn opened(size: (u16, u16)) -> Tui {
    let mut tui = Tui::new(size);
    for effect in std::mem::take(&mut tui.wanted) {
        match &effect {
            Effect::Work(Work::Start(ticket, Task::News)) => {
                let answer = Answer::News(Box::new(news()));
                tui.event(Event::Answer(*ticket, Ok(answer)));
            }
            _ => tui.wanted.push(effect),
        }
    }
    tui.answer();
    tui
}

#[test]
fn the_first_list_begins_with_what_is_new() {
    for (width, height) in [(80, 24), (250, 60), (20, 5)] {
        let screen = opened((width, height)).screen();
        insta::assert_snapshot!(format!("the_news_{width}x{height}"), screen);
    }
}

#[test]
fn where_everything_is_covered_they_say_so() {
    let mut tui = opened((120, 30));
    tui.coverage = complete();
    tui.press("f5").answer();
    let screen = tui.screen();
    assert!(
        screen.contains("nothing: an empty answer is a proof"),
        "{screen}"
    );
}

#[test]
fn they_leave_when_something_is_looked_for_or_the_past_is_looked_at() {
    let mut tui = opened((120, 30));
    assert!(tui.screen().contains("1,204 containers started"));
    tui.press("/ ssl").answer();
    assert!(!tui.screen().contains("containers started"));
    tui.press("esc").answer();
    assert!(tui.screen().contains("1,204 containers started"));
    tui.press("[").answer();
    assert!(!tui.screen().contains("containers started"));
    tui.press("]").answer();
    tui.press("3").answer();
    assert!(!tui.screen().contains("containers started"));
}

#[test]
fn they_are_not_asked_for_at_every_refresh() {
    let asks = |tui: &Tui| {
        let is_news = |one: &Effect| matches!(one, Effect::Work(Work::Start(_, Task::News)));
        tui.wanted.iter().any(is_news)
    };
    let mut tui = opened((120, 30));
    tui.press("f5");
    assert!(!asks(&tui));
    tui.answer();
    let later = tui
        .state
        .now
        .checked_add(jiff::SignedDuration::from_mins(6));
    tui.event(Event::Tick(later.unwrap()));
    assert!(asks(&tui));
}
