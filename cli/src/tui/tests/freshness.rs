//! It refreshes by itself, the cursor stays on the thing, and an answer to an older question is dropped.

use jiff::SignedDuration;
use proto_types::GroupBy;

use super::{
    Tui,
    data::{group, now},
};
use crate::tui::{
    ask::Slot,
    effect::{Effect, Task, Work},
    event::{Answer, Event},
    item::Item,
};

fn later(tui: &mut Tui, seconds: i64) {
    let then = tui
        .state
        .now
        .checked_add(SignedDuration::from_secs(seconds))
        .unwrap();
    tui.event(Event::Tick(then));
}

fn fetches(tui: &Tui) -> usize {
    let wanted = tui.wanted.iter();
    wanted
        .filter(|effect| matches!(effect, Effect::Work(Work::Start(_, Task::Fetch(_)))))
        .count()
}

#[test]
fn it_asks_anew_after_the_time_in_the_settings_and_not_before() {
    let mut tui = Tui::opened((120, 30), &[], None, "refresh_seconds = 10", true);
    tui.answer();
    later(&mut tui, 9);
    assert_eq!(fetches(&tui), 0);
    later(&mut tui, 1);
    assert_eq!(fetches(&tui), 1);
    // The one that is under way is enough.
    later(&mut tui, 20);
    assert_eq!(fetches(&tui), 1);
    let mut never = Tui::opened((120, 30), &[], None, "refresh_seconds = 0", true);
    never.answer();
    later(&mut never, 3600);
    assert_eq!(fetches(&never), 0);
}

#[test]
fn the_cursor_stays_on_the_same_thing_and_not_on_the_same_row() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("down");
    assert_eq!(tui.state.level().key.as_deref(), Some("libssl3"));
    tui.press("f5");
    let ticket = tui.wanted.iter().find_map(|effect| match effect {
        Effect::Work(Work::Start(ticket, Task::Fetch(_))) => Some(*ticket),
        _ => None,
    });
    let names = ["acl", "apt", "bash", "libssl3", "openssl"];
    let rows = names.map(|name| Item::Group(GroupBy::Name, group(name, None, 3)));
    let answer = Answer::Rows(Box::new(tui.all(rows.into())));
    tui.event(Event::Answer(ticket.unwrap(), Ok(answer)));
    assert_eq!(tui.state.level().cursor, 3);
    assert_eq!(tui.state.level().key.as_deref(), Some("libssl3"));
}

#[test]
fn an_answer_to_an_older_keystroke_is_dropped() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("/ o");
    let old = std::mem::take(&mut tui.wanted);
    tui.press("p");
    let new = std::mem::take(&mut tui.wanted);
    let older = vec![Item::Group(GroupBy::Name, group("older", None, 3))];
    let newer = vec![Item::Group(GroupBy::Name, group("newer", None, 3))];
    for (effects, rows) in [(&new, newer), (&old, older)] {
        for effect in effects {
            if let Effect::Work(Work::Start(ticket, Task::Fetch(_))) = effect {
                let answer = Answer::Rows(Box::new(tui.all(rows.clone())));
                tui.event(Event::Answer(*ticket, Ok(answer)));
            }
        }
    }
    assert!(tui.screen().contains("newer") && !tui.screen().contains("older"));
}

#[test]
fn an_answer_for_a_level_that_was_left_is_dropped() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("enter");
    let wanted = std::mem::take(&mut tui.wanted);
    tui.press("esc");
    assert!(
        tui.wanted
            .iter()
            .any(|effect| matches!(effect, Effect::Work(Work::Cancel(_))))
    );
    for effect in &wanted {
        let (ticket, answer) = tui.reply(effect).unwrap();
        tui.event(Event::Answer(ticket, Ok(answer)));
    }
    assert_eq!(tui.state.level().len(), 3);
}

#[test]
fn the_past_is_not_asked_for_again_and_again() {
    let mut tui = Tui::opened((120, 30), &[], Some(now()), "", true);
    tui.answer();
    later(&mut tui, 3600);
    assert_eq!(fetches(&tui), 0);
}

#[test]
fn a_spinner_turns_after_150_milliseconds() {
    let mut tui = Tui::new((120, 30));
    let turning = |tui: &Tui| tui.screen().contains(['⠋', '⠙', '⠹']);
    assert!(!turning(&tui));
    let soon = tui
        .state
        .now
        .checked_add(SignedDuration::from_millis(160))
        .unwrap();
    tui.event(Event::Tick(soon));
    assert!(turning(&tui));
    tui.answer();
    assert!(!turning(&tui));
}

#[test]
fn a_resize_while_loading_changes_nothing_but_the_size() {
    let mut tui = Tui::new((120, 30));
    tui.event(Event::Resize(60, 10));
    assert!(tui.screen().contains("assetmon"));
    tui.event(Event::Resize(10, 3));
    assert!(tui.screen().contains("too small"));
    tui.event(Event::Resize(100, 40));
    tui.answer();
    assert!(tui.screen().contains("openssl"));
}

#[test]
fn ctrl_c_cancels_what_runs_and_leaves_at_the_second_press() {
    let mut tui = Tui::new((120, 30));
    tui.press("ctrl-c");
    assert!(
        tui.wanted
            .iter()
            .any(|effect| matches!(effect, Effect::Work(Work::CancelAll)))
    );
    assert!(
        !tui.wanted
            .iter()
            .any(|effect| matches!(effect, Effect::Quit))
    );
    assert!(!tui.state.level().pending.contains_key(&Slot::Rows));
    tui.press("ctrl-c");
    assert!(tui.screen().contains("press ctrl-c again to quit"));
    tui.press("ctrl-c");
    assert!(
        tui.wanted
            .iter()
            .any(|effect| matches!(effect, Effect::Quit))
    );
}
