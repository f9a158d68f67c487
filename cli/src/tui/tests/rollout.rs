//! The rollout as a map: a cell for each host, by the oldest version that it runs.

use ratatui::style::{Color, Modifier};

use super::{Tui, fixture::cell_at};
use crate::tui::{
    rollout::{Age, letter},
    state::Subject,
};

fn opened() -> Tui {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end enter").answer().press("m").answer();
    tui
}

#[test]
fn a_map_has_a_cell_for_each_host_and_says_what_its_letters_mean() {
    let screen = opened().screen();
    let cells = "  a a a a a a a B b b b b c c · · ? ";
    assert!(screen.contains(cells.trim_end()), "{screen}");
    for line in [
        "a  3.0.17-1~deb12u2  deb",
        "7 hosts 41% newest",
        "5 hosts 29%",
        "c  1.1.1w-0+deb11u1  deb",
        "2 hosts 11% oldest",
        "·  2 hosts run none",
        "?  1 host silent or not enrolled: not known",
    ] {
        assert!(screen.contains(line), "{line}: {screen}");
    }
}

#[test]
fn its_colors_go_from_new_to_old_and_letters_say_the_same() {
    let tui = opened();
    let buffer = tui.buffer();
    for (text, color) in [
        ("B b b", Color::Cyan),
        ("c c · ·", Color::Red),
        ("· · ?", Color::Reset),
        ("? ", Color::Yellow),
    ] {
        let cell = cell_at(&buffer, text).unwrap();
        assert_eq!(cell.fg, color, "{text}");
    }
    let first = cell_at(&buffer, "a a a a").map(|cell| (cell.fg, cell.modifier));
    let (color, modifier) = first.unwrap();
    assert_eq!(color, Color::Green);
    assert!(modifier.contains(Modifier::REVERSED), "it is selected");
    let ages = [(0, 1), (0, 3), (1, 3), (2, 3), (1, 4), (2, 4)].map(|(at, of)| Age::at(at, of));
    use Age::{Newer, Newest, Older, Oldest};
    assert_eq!(ages, [Newest, Newest, Newer, Oldest, Newer, Older]);
    assert_eq!([0, 25, 99].map(letter), ['a', 'z', 'z']);
}

#[test]
fn the_cursor_goes_from_cell_to_cell_and_enter_leads_to_the_containers_of_that_host() {
    let mut tui = opened();
    tui.press("l l l h").answer();
    assert_eq!(tui.state.level().cursor, 2);
    let screen = tui.screen();
    assert!(screen.contains("│ host-02"), "{screen}");
    tui.press("enter").answer();
    assert!(matches!(tui.state.level().subject, Subject::Found { .. }));
    assert!(tui.screen().contains("› map › host-02"), "{}", tui.screen());
}

#[test]
fn on_a_low_and_narrow_screen_the_selected_cell_is_always_there() {
    let mut tui = opened();
    for size in [(40, 8), (41, 9), (44, 12), (80, 24)] {
        tui.state.size = size;
        for keys in ["home", "end", "up", "pgdn", "pgup", "down"] {
            tui.press(keys).answer();
            let buffer = tui.buffer();
            let selected = buffer.content().iter().filter(|cell| {
                cell.modifier
                    .contains(Modifier::UNDERLINED | Modifier::REVERSED)
            });
            assert!(selected.count() > 0, "{size:?} {keys}: {}", tui.screen());
        }
    }
}

#[test]
fn the_same_is_a_list_that_is_filtered_and_ordered_by_age() {
    let mut tui = opened();
    tui.press("m");
    assert!(
        tui.screen().contains("rollout of openssl 17"),
        "{}",
        tui.screen()
    );
    tui.press("V");
    let screen = tui.screen();
    let first = screen.lines().find(|line| line.contains('▸')).unwrap();
    assert!(first.contains("3.0.17"), "newest first: {screen}");
    tui.press("/ silent enter");
    assert!(
        tui.screen()
            .contains("rollout of openssl 1/17 matching silent")
    );
    tui.press("backspace m / 1.1.1 enter");
    assert!(tui.screen().contains("c c"), "{}", tui.screen());
}

#[test]
fn a_map_is_of_one_artifact() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("3").answer().press("m");
    assert!(tui.screen().contains("a map is of one artifact"));
    // The selected one, where artifacts are listed; and all of its versions, whatever led there.
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end m").answer();
    assert!(tui.screen().contains("rollout of openssl"));
    let mut tui = Tui::new((120, 30));
    tui.answer();
    for key in ["end", "enter", "enter", "m"] {
        tui.press(key).answer();
    }
    let of = tui.state.level().subject.of();
    assert_eq!(of.len(), 2, "{of:?}");
}
