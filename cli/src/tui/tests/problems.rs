//! What is shown where nothing can be: each reason has its look, and what was on screen stays.

use proto_types::Coverage;

use super::{
    Tui,
    data::{complete, partial},
};
use crate::tui::{
    answer::ProblemKind,
    effect::{Effect, Task, Work},
    event::{Answer, Event},
};

/// Answers the rows with none at all.
fn nothing(tui: &mut Tui) {
    for effect in std::mem::take(&mut tui.wanted) {
        match effect {
            Effect::Work(Work::Start(ticket, Task::Fetch(_))) => {
                let mut rows = tui.all(Vec::new());
                rows.summary = None;
                tui.event(Event::Answer(ticket, Ok(Answer::Rows(Box::new(rows)))));
            }
            Effect::Work(Work::Start(ticket, Task::Total(_))) => {
                tui.event(Event::Answer(ticket, Ok(Answer::Total(340))));
            }
            _ => {}
        }
    }
}

#[test]
fn the_server_is_down_from_the_start() {
    let mut tui = Tui::new((80, 24));
    tui.fail(
        ProblemKind::Unreachable,
        "no answer from https://assets.example.org: connection refused",
    );
    insta::assert_snapshot!(tui.screen());
}

#[test]
fn the_server_goes_down_and_what_was_on_screen_stays() {
    let mut tui = Tui::new((80, 24));
    tui.answer().press("f5");
    tui.fail(ProblemKind::Unreachable, "no answer: connection refused");
    assert!(tui.screen().contains("openssl"));
    assert!(
        tui.screen()
            .contains("error: no answer: connection refused")
    );
    // It comes back by itself.
    let later = tui
        .state
        .now
        .checked_add(jiff::SignedDuration::from_secs(5))
        .unwrap();
    tui.event(Event::Tick(later));
    tui.answer();
    assert!(!tui.screen().contains("error:"));
}

#[test]
fn details_that_fail_as_the_server_goes_leave_the_word_to_the_list() {
    let mut tui = Tui::new((120, 30));
    tui.press("3").answer().press("down");
    tui.fail(ProblemKind::Unreachable, "no answer: connection refused");
    assert_eq!(tui.state.notice, None);
    tui.press("f5");
    tui.fail(ProblemKind::Unreachable, "no answer: connection refused");
    let screen = tui.screen();
    assert!(screen.contains("error: no answer: connection"), "{screen}");
}

#[test]
fn the_server_wants_another_token() {
    let mut tui = Tui::new((80, 24));
    tui.fail(ProblemKind::NotAuthorized, "the token is unknown");
    insta::assert_snapshot!(tui.screen());
}

#[test]
fn the_server_is_slow() {
    let mut tui = Tui::new((80, 24));
    let later = tui
        .state
        .now
        .checked_add(jiff::SignedDuration::from_secs(3))
        .unwrap();
    tui.event(Event::Tick(later));
    insta::assert_snapshot!(tui.screen());
}

#[test]
fn the_fleet_is_empty() {
    let mut tui = Tui::new((80, 24));
    tui.coverage = model::proof::judged(Coverage::default());
    nothing(&mut tui);
    insta::assert_snapshot!(tui.screen());
}

#[test]
fn nothing_runs_it_and_that_is_a_proof() {
    let mut tui = Tui::opened((80, 24), &["openssl"], None, "", true);
    tui.coverage = complete();
    nothing(&mut tui);
    insta::assert_snapshot!(tui.screen());
}

#[test]
fn nothing_runs_it_but_hosts_are_silent() {
    let mut tui = Tui::opened((80, 24), &["openssl"], None, "", true);
    tui.coverage = partial();
    nothing(&mut tui);
    insta::assert_snapshot!(tui.screen());
}

#[test]
fn the_filter_hides_everything() {
    let mut tui = Tui::new((80, 24));
    tui.answer().press("/ zzz enter");
    nothing(&mut tui);
    insta::assert_snapshot!(tui.screen());
}

#[test]
fn the_filter_hides_everything_of_a_list_that_is_here() {
    let mut tui = Tui::new((80, 24));
    tui.press("3").answer().press("/ zzz enter");
    assert!(tui.screen().contains("your filter `zzz` hides 3"));
    assert!(tui.screen().contains("hosts 0/3"));
}

#[test]
fn where_nothing_has_the_name_the_one_that_may_be_meant_is_named() {
    let mut tui = Tui::opened((100, 24), &["opensll"], None, "", true);
    for effect in std::mem::take(&mut tui.wanted) {
        if let Effect::Work(Work::Start(ticket, Task::Fetch(_))) = effect {
            let mut rows = tui.all(Vec::new());
            rows.headline = vec!["did you mean `openssl`? `:openssl` opens it".to_owned()];
            tui.event(Event::Answer(ticket, Ok(Answer::Rows(Box::new(rows)))));
        }
    }
    let screen = tui.screen();
    assert!(screen.contains("nothing runs opensll"), "{screen}");
    assert_eq!(
        screen.matches("did you mean `openssl`?").count(),
        1,
        "{screen}"
    );
}
