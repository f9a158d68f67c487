//! The changes: what started, stopped or appeared last, and how they follow.

use jiff::SignedDuration;
use proto_types::ChangeKind;

use super::{
    Tui,
    data::{change, changes, complete},
};
use crate::tui::{
    effect::{Effect, Task, Work},
    event::Event,
    item::Item,
    state::Subject,
};

fn opened() -> Tui {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("5").answer();
    tui
}

/// So many seconds pass.
fn pass(tui: &mut Tui, seconds: i64) {
    let later = tui
        .state
        .now
        .checked_add(SignedDuration::from_secs(seconds));
    tui.event(Event::Tick(later.unwrap()));
}

fn asks(tui: &Tui) -> bool {
    let is_fetch = |one: &Effect| matches!(one, Effect::Work(Work::Start(_, Task::Fetch(_))));
    tui.wanted.iter().any(is_fetch)
}

fn with_a_new_one() -> Vec<Item> {
    let new = Item::Change(Box::new(change(ChangeKind::Started, 0, "nginx-9")));
    [new].into_iter().chain(changes()).collect()
}

#[test]
fn it_is_asked_for_anew_every_three_seconds() {
    let mut tui = opened();
    pass(&mut tui, 2);
    assert!(!asks(&tui));
    pass(&mut tui, 1);
    assert!(asks(&tui));
    // No other list is.
    let mut tui = opened();
    tui.press("1").answer();
    pass(&mut tui, 4);
    assert!(!asks(&tui));
}

#[test]
fn who_looks_at_the_newest_goes_on_looking_at_it_and_any_other_keeps_its_row() {
    let mut tui = opened();
    pass(&mut tui, 3);
    tui.answer_with(&with_a_new_one()).answer();
    assert_eq!(
        tui.state.level().selected().map(Item::label).as_deref(),
        Some("nginx-9")
    );
    let mut tui = opened();
    tui.press("down").answer();
    let key = tui.state.level().key.clone();
    pass(&mut tui, 3);
    tui.answer_with(&with_a_new_one()).answer();
    assert_eq!(tui.state.level().key, key);
    assert_eq!(tui.state.level().cursor, 2);
}

#[test]
fn a_run_leads_to_its_host_and_an_artifact_to_its_versions() {
    let mut tui = opened();
    tui.press("enter").answer();
    assert!(
        tui.screen().contains("containers on web-01"),
        "{}",
        tui.screen()
    );
    assert_eq!(tui.state.level().key.as_deref(), Some("web-01\0nginx-2"));
    tui.press("esc down enter").answer();
    assert!(
        tui.screen().contains("versions of openssl"),
        "{}",
        tui.screen()
    );
}

#[test]
fn a_word_finds_what_happened_and_to_whom() {
    let mut tui = opened();
    tui.press("/ stopped enter");
    assert!(tui.screen().contains("changes 1/3 matching stopped"));
    tui.press("backspace / 3.0.17 enter");
    assert!(tui.screen().contains("changes 1/3"), "{}", tui.screen());
}

#[test]
fn a_hosts_changes_are_a_key_away_and_its_details_hold_its_timeline() {
    let mut tui = Tui::new((120, 50));
    tui.answer().press("3").answer().press("down").answer();
    let screen = tui.screen();
    for part in [
        "containers over time",
        "changed last",
        "+ 14:00:11 nginx-2 nginx:1.27.5",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    tui.press("f").answer();
    let host = Some("web-01".to_owned());
    assert_eq!(tui.state.level().subject, Subject::Changes { host });
    assert!(
        tui.screen().contains("changes on web-01 3"),
        "{}",
        tui.screen()
    );
}

#[test]
fn an_empty_one_says_what_that_is_worth() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("5").answer_with(&[]);
    let screen = tui.screen();
    assert!(screen.contains("nothing changed in the 7 days"), "{screen}");
    assert!(
        screen.contains("not conclusive: something may have"),
        "{screen}"
    );
    let mut tui = Tui::new((120, 30));
    tui.coverage = complete();
    tui.answer().press("5").answer_with(&[]);
    assert!(
        tui.screen().contains("all 90 hosts report"),
        "{}",
        tui.screen()
    );
}
