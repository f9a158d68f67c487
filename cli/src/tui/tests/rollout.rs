//! The rollout as a map: a cell for each host, by the oldest version that it runs.

use ratatui::style::{Color, Modifier};

use super::{Tui, fixture::cell_at};
use crate::tui::{
    item::Item,
    rollout::{Age, OnHost, letter},
    state::{Rows, Subject},
};

fn opened() -> Tui {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end enter").answer().press("m").answer();
    tui
}

/// A map of more hosts than there is room for names.
fn dense() -> Tui {
    let mut tui = opened();
    let rows = tui.state.level().rows.iter().flat_map(Rows::shown);
    let rows: Vec<OnHost> = rows
        .filter_map(|item| match item {
            Item::OnHost(host) => Some((**host).clone()),
            _ => None,
        })
        .collect();
    let many = (0..20).flat_map(|round| {
        let named = move |host: &OnHost| OnHost {
            host: format!("{round:02}-{}", host.host),
            ..host.clone()
        };
        rows.iter().map(named).collect::<Vec<_>>()
    });
    let many: Vec<Item> = many.map(|one| Item::OnHost(Box::new(one))).collect();
    tui.press("f5").answer_with(&many).answer();
    tui
}

#[test]
fn a_map_has_a_cell_for_each_host_and_says_what_its_letters_mean() {
    let screen = opened().screen();
    for part in [
        "  a host-00  a host-01  ",
        "  B host-07  b host-08  ",
        "c host-13  · host-14  · host-15  ? host-16",
        "a  3.0.17-1~deb12u2  deb",
        "7 hosts 41% newest",
        "5 hosts 29%",
        "c  1.1.1w-0+deb11u1  deb",
        "2 hosts 11% oldest",
        "·  2 hosts run none",
        "?  1 host silent or not enrolled: not known",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
}

#[test]
fn where_there_is_no_room_for_names_cells_are_signs_alone() {
    let screen = dense().screen();
    let cells = "  a a a a a a a B b b b b c c · · ? a a ";
    assert!(screen.contains(cells.trim_end()), "{screen}");
}

#[test]
fn terms_about_versions_say_who_is_affected_and_a_key_switches() {
    let words = ["openssl", "version<3.0.17"];
    let mut tui = Tui::opened((120, 30), &words, None, "", true);
    tui.answer().press("m").answer();
    let screen = tui.screen();
    for part in [
        "o host-06  x host-07",
        "x host-13  · host-14  · host-15  ? host-16",
        "7 hosts 41% affected: <3.0.17",
        "7 hosts 41% clean: other versions only",
        "·  2 hosts run none",
        "?  1 host silent or not enrolled: not known",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    let buffer = tui.buffer();
    let color = |text: &str| cell_at(&buffer, text).map(|cell| cell.fg);
    assert_eq!(color("x host-13"), Some(Color::Red));
    assert_eq!(color("o host-06"), Some(Color::Green));
    tui.press("b");
    let screen = tui.screen();
    assert!(screen.contains("a host-06  B host-07"), "{screen}");
    tui.press("b l l l l l l l").answer();
    assert!(
        tui.screen().contains("affected    3 containers"),
        "{}",
        tui.screen()
    );
    // As a list, it is a column.
    tui.press("m");
    assert!(tui.screen().contains("affected"), "{}", tui.screen());
}

#[test]
fn without_such_terms_the_key_says_what_it_takes() {
    let mut tui = opened();
    tui.press("b");
    assert!(tui.screen().contains("no version says which are affected"));
    tui.press("3").answer().press("b");
    assert!(tui.screen().contains("there is no map here; m draws one"));
}

#[test]
fn its_colors_go_from_new_to_old_and_letters_say_the_same() {
    let tui = dense();
    let buffer = tui.buffer();
    for (text, color) in [
        ("B b b", Color::Cyan),
        ("c c · ·", Color::Red),
        ("· · ?", Color::Reset),
        ("? a", Color::Yellow),
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
    let mut tui = dense();
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
    assert!(
        tui.screen().contains("c host-12  c host-13"),
        "{}",
        tui.screen()
    );
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
