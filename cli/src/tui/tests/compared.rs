//! What to rebuild first, and what two marked rows hold differently.

use proto_types::Field;

use super::Tui;
use crate::tui::{
    answer::RowsAnswer,
    effect::{Effect, Task, Work},
    event::{Answer, Event},
    state::Subject,
};

/// Answers the rows that were asked for with these sentences over them.
fn headed(tui: &mut Tui, empty: bool, headline: &[&str]) {
    for effect in std::mem::take(&mut tui.wanted) {
        if let Effect::Work(Work::Start(_, Task::Fetch(_))) = &effect
            && let Some((ticket, Answer::Rows(rows))) = tui.reply(&effect)
        {
            let headline = headline.iter().map(|one| (*one).to_owned()).collect();
            let mut rows = RowsAnswer { headline, ..*rows };
            if empty {
                (rows.items, rows.total) = (Vec::new(), 0);
            }
            tui.event(Event::Answer(ticket, Ok(Answer::Rows(Box::new(rows)))));
        }
    }
}

#[test]
fn what_to_rebuild_is_asked_with_the_filter_that_the_list_has() {
    let words = ["openssl", "version<3.0.15"];
    let mut tui = Tui::opened((120, 30), &words, None, "", true);
    tui.answer().press("v");
    headed(
        &mut tui,
        false,
        &["rebuild these 2 images and all 87 hosts are clean"],
    );
    let of: Vec<Field> = tui
        .state
        .level()
        .subject
        .of()
        .iter()
        .map(|one| one.field)
        .collect();
    assert_eq!(of, [Field::Name, Field::Version]);
    let screen = tui.screen();
    assert!(
        screen.contains("rebuild these 2 images and all 87"),
        "{screen}"
    );
    assert!(screen.contains("hosts_clean"), "{screen}");
    tui.press("c");
    let line = "assetctl find --match name eq openssl --match version lt 3.0.15 --cover";
    let is_copied = |one: &Effect| matches!(one, Effect::Copy(text) if text == line);
    assert!(tui.wanted.iter().any(is_copied), "{:?}", tui.state.notice);
    tui.press("enter").answer();
    assert!(matches!(tui.state.level().subject, Subject::Found { .. }));
}

#[test]
fn it_is_asked_of_one_artifact() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("3").answer().press("v");
    assert!(tui.screen().contains("asked of one artifact"));
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end v").answer();
    assert!(
        tui.screen().contains("rebuilds of openssl 2"),
        "{}",
        tui.screen()
    );
}

#[test]
fn two_marked_images_are_compared() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("2").answer().press("x");
    let screen = tui.screen();
    assert!(
        screen.contains("marked redis:7.4.1; x on another"),
        "{screen}"
    );
    tui.press("down");
    assert!(tui.screen().contains("• "), "{}", tui.screen());
    tui.press("down x").answer();
    let Subject::Diff { from, to } = &tui.state.level().subject else {
        panic!("{}", tui.screen());
    };
    assert!(from.starts_with("sha256:4e") && to.starts_with("sha256:a0"));
    let screen = tui.screen();
    assert!(
        screen.contains("differences redis:7.4.1 → nginx:1.27.5 3"),
        "{screen}"
    );
    tui.press("/ added enter");
    assert!(tui.screen().contains("3.0.17") || tui.state.level().len() == 1);
    assert_eq!(tui.state.level().len(), 1);
}

#[test]
fn a_mark_is_taken_back_where_it_was_put() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("3").answer().press("x");
    assert!(tui.state.marked.is_some());
    tui.press("x");
    assert!(tui.state.marked.is_none());
    assert_eq!(tui.state.levels().len(), 1);
    // An artifact is neither an image nor a host.
    tui.press("1 x");
    assert!(
        tui.screen()
            .contains("only images and hosts can be compared")
    );
}

#[test]
fn two_that_do_not_differ_say_whether_that_is_a_proof() {
    for (headline, said) in [
        (
            vec!["no difference: both contain 117 artifacts"],
            "confirmed: all of both is known",
        ),
        (
            vec![
                "no difference: both contain 0 artifacts",
                "1 image has no SBOM",
            ],
            "not conclusive: they may differ all the same",
        ),
    ] {
        let mut tui = Tui::new((120, 30));
        tui.answer().press("3").answer().press("x down x");
        headed(&mut tui, true, &headline);
        let screen = tui.screen();
        assert!(screen.contains("no difference: both contain"), "{screen}");
        assert!(screen.contains(said), "{screen}");
    }
}
