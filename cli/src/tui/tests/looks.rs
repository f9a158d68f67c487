//! Styles that mean something: the selection, the past, what is missing; and what stands for them without colors.

use proto_types::{Coverage, GroupBy, HostState};
use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use super::{
    Tui,
    data::{ago, complete, group, host},
    fixture::cell_at,
};
use crate::tui::item::Item;

/// The cell where a text begins.
fn cell<'a>(buffer: &'a Buffer, text: &str) -> &'a Cell {
    cell_at(buffer, text).unwrap_or_else(|| panic!("`{text}` is not on the screen"))
}

#[test]
fn the_selected_row_is_reversed_and_no_other() {
    let mut tui = Tui::new((80, 24));
    tui.answer().press("down");
    let buffer = tui.buffer();
    assert!(
        cell(&buffer, "libssl3")
            .modifier
            .contains(Modifier::REVERSED)
    );
    assert!(!cell(&buffer, "bash").modifier.contains(Modifier::REVERSED));
}

#[test]
fn the_past_is_marked_on_every_level() {
    let mut tui = Tui::opened((120, 30), &["openssl"], Some(ago(100)), "", true);
    tui.answer();
    for keys in ["", "enter", "enter", "3", "2"] {
        tui.press(keys).answer();
        let buffer = tui.buffer();
        let mark = cell(&buffer, "PAST 2026-03-24 10:02:11 UTC");
        assert!(mark.modifier.contains(Modifier::REVERSED));
        assert_eq!(mark.fg, Color::Yellow);
    }
}

#[test]
fn what_is_not_covered_is_yellow_and_what_is_covered_green() {
    let mut tui = Tui::new((120, 30));
    tui.answer();
    assert_eq!(cell(&tui.buffer(), "3 hosts silent").fg, Color::Yellow);
    assert_eq!(cell(&tui.buffer(), "87/90 hosts").fg, Color::Yellow);
    tui.coverage = complete();
    tui.press("f5").answer();
    assert_eq!(cell(&tui.buffer(), "90/90 hosts").fg, Color::Green);
}

#[test]
fn a_silent_host_is_red_and_says_so_in_words() {
    let mut tui = Tui::new((80, 24));
    tui.press("3").answer().press("end");
    assert_eq!(cell(&tui.buffer(), "silent  ").fg, Color::Red);
}

#[test]
fn two_machines_under_one_name_are_red_and_said_in_words() {
    let mut tui = Tui::new((120, 30));
    tui.coverage = model::proof::judged(Coverage {
        cloned_hosts: 1,
        ..complete()
    });
    tui.answer().press("3");
    let mut cloned = host("web-09", HostState::Cloned, 0);
    cloned.cloned_since = Some(ago(2));
    tui.answer_with(&[Item::Host(Box::new(cloned))]).answer();
    assert_eq!(cell(&tui.buffer(), "cloned").fg, Color::Red);
    assert_eq!(cell(&tui.buffer(), "89/90 hosts").fg, Color::Yellow);
    let screen = tui.screen();
    assert!(screen.contains("two machines since"), "{screen}");
    assert!(
        screen.contains("1 host is reported by two machines"),
        "{screen}"
    );
}

#[test]
fn only_the_terminals_own_colors_are_used_and_without_colors_none() {
    for color in [true, false] {
        let mut tui = Tui::opened((250, 60), &[], None, "", color);
        tui.answer();
        for keys in [
            "end", "m", "esc", "enter", "enter", "enter", "?", "esc", "2", "3", "4", "5", ":",
            "esc", "e",
        ] {
            tui.press(keys).answer();
            for cell in tui.buffer().content() {
                assert_eq!(cell.bg, Color::Reset);
                assert!(!matches!(cell.fg, Color::Rgb(..) | Color::Indexed(_)));
                // Black on black or white on white: these two depend on the background.
                assert!(!matches!(cell.fg, Color::Black | Color::White));
                assert!(color || cell.fg == Color::Reset);
            }
        }
    }
}

#[test]
fn without_colors_the_selection_and_the_past_are_still_marked() {
    let mut tui = Tui::opened((100, 30), &[], Some(ago(100)), "", false);
    tui.answer();
    let buffer = tui.buffer();
    assert!(cell(&buffer, "bash").modifier.contains(Modifier::REVERSED));
    assert!(cell(&buffer, "PAST").modifier.contains(Modifier::REVERSED));
}

#[test]
fn details_beside_the_list_say_that_they_go_on_and_scroll() {
    let mut tui = Tui::new((120, 18));
    tui.answer();
    for key in ["end", "enter", "enter", "enter"] {
        tui.press(key).answer();
    }
    let screen = tui.screen();
    assert!(screen.contains("more lines; ctrl-n scrolls"), "{screen}");
    assert!(!screen.contains("3.0.15-1~deb12u1"), "{screen}");
    for _ in 0..9 {
        tui.press("ctrl-n");
    }
    let screen = tui.screen();
    assert!(
        screen.contains("3.0.15-1~deb12u1"),
        "the last run: {screen}"
    );
    assert!(!screen.contains("more lines"), "{screen}");
    // Another row's details begin at their beginning.
    tui.press("down").answer();
    let screen = tui.screen();
    assert!(screen.contains("more lines; ctrl-n scrolls"), "{screen}");
}

#[test]
fn each_share_has_its_number() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end enter").answer();
    let screen = tui.screen();
    for number in [" 61%", " 33%", " 5%"] {
        assert!(screen.contains(number), "{number}: {screen}");
    }
    let few = group("0.1", Some("deb"), 1);
    tui.press("f5");
    tui.answer_with(&[Item::Group(GroupBy::Version, few)]);
    assert!(tui.screen().contains(" <1%"), "{}", tui.screen());
}

#[test]
fn the_ends_of_a_chart_never_run_into_each_other() {
    for width in [60, 80, 120, 124, 131, 140, 160] {
        let mut tui = Tui::new((width, 50));
        tui.answer().press("end enter").answer();
        let screen = tui.screen();
        let ends: Vec<&str> = screen
            .lines()
            .filter(|line| line.contains("2026-02-26"))
            .collect();
        assert!(!ends.is_empty(), "{screen}");
        for line in ends {
            let behind = line.rsplit("2026-02-26").next().unwrap_or_default();
            let time = behind.trim_start_matches(" 14:02:11");
            assert!(time.starts_with("  "), "{line}");
        }
    }
}

#[test]
fn a_line_that_is_cut_says_so() {
    let mut tui = Tui::opened((44, 24), &["openssl", "version<3.0.15"], None, "", true);
    tui.answer();
    let screen = tui.screen();
    let summary = screen.lines().nth(2).unwrap_or_default();
    assert!(summary.ends_with('…'), "{screen}");
    let title = screen
        .lines()
        .find(|line| line.contains("matching"))
        .unwrap_or_default();
    assert!(
        title.trim_end().ends_with('…') || title.ends_with('─'),
        "{screen}"
    );
    tui.press("f5").fail(
        crate::tui::answer::ProblemKind::Other,
        "a long story of what went wrong",
    );
    assert!(
        tui.screen()
            .lines()
            .rev()
            .nth(1)
            .unwrap_or_default()
            .ends_with('…'),
        "{}",
        tui.screen()
    );
}
