//! The coverage tab: who is not covered, since when and why; and what an empty one is worth.

use super::{
    Tui,
    data::{complete, now},
};
use crate::tui::{
    answer::ProblemKind,
    effect::{Effect, Task, Work},
    state::Subject,
};

fn opened() -> Tui {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("4").answer();
    tui
}

/// The lines of the list, each from its first word on.
fn rows(tui: &Tui) -> Vec<String> {
    let screen = tui.screen();
    let all = screen
        .lines()
        .map(|line| line.trim_start_matches([' ', '▸']));
    let rows = all.filter(|line| line.starts_with("host ") || line.starts_with("image "));
    rows.map(|line| line.split('│').next().unwrap_or(line).trim_end().to_owned())
        .collect()
}

#[test]
fn it_lists_hosts_and_images_the_worst_first_with_how_long_and_why() {
    let mut tui = Tui::new((200, 30));
    tui.answer().press("4").answer();
    let rows = rows(&tui);
    let begins: Vec<String> = rows
        .iter()
        .map(|row| row.split_whitespace().take(4).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        begins,
        [
            "host edge-07 silent 2d",
            "host web-02 incomplete could",
            "host web-01 not looked",
            "image quay.io/prometheus/prometheus:v2.53.0 quarantined 5d",
            "image docker.io/library/nginx:1.27.5 conflict 4d",
        ],
        "{rows:#?}"
    );
}

#[test]
fn the_reason_of_the_selected_one_is_among_its_details() {
    let mut tui = opened();
    tui.press("j j j").answer();
    let screen = tui.screen();
    assert!(screen.contains("a layer is not a tar"), "{screen}");
}

#[test]
fn a_word_finds_a_state_and_a_reason_too() {
    let mut tui = opened();
    tui.press("/ silent");
    assert!(tui.screen().contains("name or state contains silent"));
    tui.press("enter");
    assert_eq!(rows(&tui).len(), 1, "{}", tui.screen());
    tui.press("backspace / tar enter");
    assert_eq!(rows(&tui).len(), 1, "{}", tui.screen());
    tui.press("backspace / host=web* enter");
    assert_eq!(rows(&tui).len(), 2, "{}", tui.screen());
    // And in the lists of hosts and images.
    tui.press("3").answer().press("/ silent enter");
    assert!(tui.screen().contains("hosts 1/3 matching silent"));
    tui.press("2").answer().press("/ quarant enter");
    assert!(tui.screen().contains("images 1/3 matching quarant"));
}

#[test]
fn an_empty_one_says_that_it_is_a_proof() {
    let mut tui = Tui::new((120, 30));
    tui.coverage = complete();
    tui.answer().press("4").answer_with(&[]);
    let screen = tui.screen();
    assert!(screen.contains("nothing is missing now"), "{screen}");
    let proof = "all 90 hosts and 120 images are covered: an empty answer is a proof";
    assert!(screen.contains(proof), "{screen}");
}

#[test]
fn an_empty_one_that_is_no_proof_says_what_is_missing() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("4").answer_with(&[]);
    let screen = tui.screen();
    assert!(screen.contains("3 hosts silent"), "{screen}");
    assert!(
        screen.contains("so an empty answer proves nothing"),
        "{screen}"
    );
}

#[test]
fn of_the_past_it_says_how_many_there_were_and_that_names_are_not_kept() {
    let at = now().checked_sub(jiff::SignedDuration::from_hours(100));
    let mut tui = Tui::opened((120, 30), &[], at.ok(), "", true);
    tui.answer().press("4").answer();
    let screen = tui.screen();
    assert!(
        screen.contains("what answers lack at 2026-03-24 10:02:11"),
        "{screen}"
    );
    assert!(screen.contains("only the number is known"), "{screen}");
}

#[test]
fn enter_leads_to_who_runs_it() {
    let mut tui = opened();
    tui.press("enter").answer();
    let host = Some("edge-07".to_owned());
    assert_eq!(
        tui.state.level().subject,
        Subject::Containers { host, image: None }
    );
    tui.press("esc").press("end enter").answer();
    assert!(tui.screen().contains("containers of nginx:1.27.5"));
}

#[test]
fn an_image_is_scanned_again_at_a_key_and_the_list_is_asked_for_anew() {
    let mut tui = opened();
    tui.press("end").answer().press("R");
    let is_asked = |one: &Effect| matches!(one, Effect::Work(Work::Start(_, Task::Rescan(_))));
    assert!(tui.wanted.iter().any(is_asked));
    tui.answer();
    let screen = tui.screen();
    assert!(screen.contains("the next host that runs it"), "{screen}");
    // It works wherever an image is selected, and only there.
    tui.press("3").answer().press("R");
    assert!(tui.wanted.is_empty());
    assert!(tui.screen().contains("only images are scanned"));
}

#[test]
fn a_token_that_may_not_is_told_what_it_takes() {
    let mut tui = opened();
    tui.press("end").answer().press("R");
    tui.fail(ProblemKind::NotAuthorized, "the token may only read");
    let screen = tui.screen();
    assert!(
        screen.contains("the token may only read: the way out"),
        "{screen}"
    );
}
