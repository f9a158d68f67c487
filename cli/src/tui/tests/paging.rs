//! 200,000 rows behind the view: pages come as the cursor nears them, and few are held.

use super::Tui;
use crate::tui::{
    effect::{Effect, Task, Work},
    state::{PAGE, Rows},
};

const ROWS: u64 = 200_000;

fn long() -> Tui {
    let mut tui = Tui::new((120, 30));
    tui.artifacts = Some(ROWS);
    tui.answer();
    tui
}

fn held(tui: &Tui) -> usize {
    match &tui.state.level().rows {
        Some(Rows::Paged(paged)) => paged.held().count(),
        _ => 0,
    }
}

#[test]
fn only_the_first_page_is_asked_for_at_first_and_the_count_is_of_all() {
    let tui = long();
    assert_eq!(u64::try_from(held(&tui)).unwrap(), PAGE);
    assert!(
        tui.screen().contains("artifacts 200,000"),
        "{}",
        tui.screen()
    );
}

#[test]
fn walking_down_asks_for_one_page_after_the_other_and_never_shows_a_gap() {
    let mut tui = long();
    for _ in 0..400 {
        tui.press("pgdn").answer();
        assert!(tui.state.level().selected().is_some());
        assert!(held(&tui) <= 7_000, "{}", held(&tui));
    }
}

#[test]
fn the_end_is_reached_in_steps_and_back_from_there_too() {
    let mut tui = long();
    tui.press("end");
    // The row isn't here yet, and nothing blocks.
    assert!(tui.screen().contains('…'));
    tui.answer();
    assert!(tui.screen().contains("artifact-199999"), "{}", tui.screen());
    for _ in 0..60 {
        tui.press("pgup").answer();
        assert!(tui.state.level().selected().is_some());
    }
    assert!(held(&tui) <= 7_000);
    tui.press("home").answer();
    assert!(tui.screen().contains("artifact-000000"));
}

#[test]
fn so_deep_it_is_not_refreshed_by_itself_and_says_so() {
    let mut tui = long();
    tui.press("end").answer();
    tui.wanted.clear();
    let later = tui
        .state
        .now
        .checked_add(jiff::SignedDuration::from_hours(1))
        .unwrap();
    tui.event(crate::tui::event::Event::Tick(later));
    assert!(tui.wanted.is_empty());
    assert!(tui.screen().contains("not refreshed this deep"));
}

#[test]
fn the_filter_of_a_long_list_goes_to_the_server() {
    let mut tui = long();
    tui.press("/ ssl");
    let asked = tui.wanted.iter().rev().find_map(|effect| match effect {
        Effect::Work(Work::Start(_, Task::Fetch(fetch))) => Some(format!("{:?}", fetch.ask)),
        _ => None,
    });
    assert!(asked.unwrap().contains("\"ssl\""));
    tui.artifacts = None;
    tui.answer();
    assert!(tui.screen().contains("artifacts 3/340"), "{}", tui.screen());
}

#[test]
fn too_many_rows_are_not_ordered_but_said_to_be_too_many() {
    let mut tui = long();
    tui.press("C").answer();
    assert!(
        tui.screen()
            .contains("200,000 rows are too many to sort here")
    );
    tui.press("/ ss enter");
    tui.artifacts = None;
    tui.answer().press("C").answer();
    assert!(tui.screen().contains("by containers ▼"), "{}", tui.screen());
}
