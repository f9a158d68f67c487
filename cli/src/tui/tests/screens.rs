//! Every view at 80×24, 250×60 and 20×5.

use super::{Tui, data::now};

const SIZES: [(u16, u16); 3] = [(80, 24), (250, 60), (20, 5)];

/// Snapshots the screen that these keys lead to, each answered, at every size.
fn at_every_size(name: &str, keys: &str) {
    for size in SIZES {
        let mut tui = Tui::new(size);
        tui.answer();
        for key in keys.split(' ').filter(|key| !key.is_empty()) {
            tui.press(key).answer();
        }
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), tui.screen());
    }
}

#[test]
fn artifacts() {
    at_every_size("artifacts", "");
}

#[test]
fn versions() {
    at_every_size("versions", "end enter");
}

#[test]
fn images_of_a_version() {
    at_every_size("images_of_a_version", "end enter enter");
}

#[test]
fn where_it_runs() {
    at_every_size("where_it_runs", "end enter enter enter");
}

#[test]
fn hosts_that_run_it() {
    at_every_size("hosts_that_run_it", "end o");
}

#[test]
fn containers_of_a_host() {
    at_every_size("containers_of_a_host", "3 down enter");
}

#[test]
fn artifacts_of_an_image() {
    at_every_size("artifacts_of_an_image", "2 enter");
}

#[test]
fn images() {
    at_every_size("images", "2");
}

#[test]
fn hosts() {
    at_every_size("hosts", "3");
}

#[test]
fn coverage() {
    at_every_size("coverage", "4");
}

#[test]
fn the_rollout_as_a_map() {
    at_every_size("the_rollout_as_a_map", "end enter m");
}

#[test]
fn changes() {
    at_every_size("changes", "5");
}

#[test]
fn advisories() {
    at_every_size("advisories", "6");
}

#[test]
fn artifacts_of_an_advisory() {
    at_every_size("artifacts_of_an_advisory", "6 enter");
}

#[test]
fn what_to_rebuild_first() {
    at_every_size("what_to_rebuild_first", "end enter v");
}

#[test]
fn what_two_images_hold_differently() {
    at_every_size("what_two_images_hold_differently", "2 x down x");
}

#[test]
fn the_filter_while_typing() {
    at_every_size("the_filter_while_typing", "/ ss");
}

#[test]
fn the_palette() {
    at_every_size("the_palette", ": so");
}

#[test]
fn the_palette_before_anything_is_typed() {
    at_every_size("the_palette_before_anything_is_typed", ":");
}

#[test]
fn the_help() {
    at_every_size("the_help", "?");
}

#[test]
fn the_help_begins_with_the_list_that_is_shown() {
    for (keys, here) in [
        (
            "",
            [
                "Here, in artifacts",
                "to the versions of the artifact",
                "m ",
            ],
        ),
        (
            "3",
            ["Here, in hosts", "N name, S state", "names and states"],
        ),
        (
            "2",
            [
                "Here, in images",
                "have the image scanned again",
                "D digest",
            ],
        ),
        ("4", ["Here, in gaps", "K kind, N name", "R "]),
        (
            "6",
            [
                "Here, in advisories",
                "`kev` leaves what is exploited",
                "K kev",
            ],
        ),
    ] {
        let mut tui = Tui::new((120, 30));
        tui.answer().press(keys).answer().press("?");
        let screen = tui.screen();
        for part in here {
            assert!(screen.contains(part), "{part}: {screen}");
        }
    }
}

#[test]
fn the_formats() {
    at_every_size("the_formats", "e down");
}

#[test]
fn the_moment() {
    at_every_size("the_moment", "t 3d");
}

#[test]
fn the_details_over_a_narrow_list() {
    let mut tui = Tui::new((80, 24));
    tui.answer().press("end enter d").answer();
    insta::assert_snapshot!(tui.screen());
}

#[test]
fn the_past() {
    for size in SIZES {
        let at = now()
            .checked_sub(jiff::SignedDuration::from_hours(100))
            .unwrap();
        let mut tui = Tui::opened(size, &["openssl"], Some(at), "", true);
        tui.answer();
        insta::assert_snapshot!(format!("the_past_{}x{}", size.0, size.1), tui.screen());
    }
}

#[test]
fn columns_leave_as_it_gets_narrower_and_nothing_panics_at_any_size() {
    let mut names = Vec::new();
    for keys in [
        "",
        "end enter",
        "end enter enter enter",
        "2",
        "3",
        "4",
        "5",
        "6",
        "6 enter",
        "end m",
        "?",
        "e",
        ": x",
        "d",
    ] {
        let mut tui = Tui::new((120, 30));
        tui.answer();
        for key in keys.split(' ').filter(|key| !key.is_empty()) {
            tui.press(key).answer();
        }
        for width in (0..200).rev().step_by(7) {
            for height in [0, 1, 2, 5, 8, 9, 24, 60] {
                tui.state.size = (width, height);
                let screen = tui.screen();
                if keys == "2" && height == 24 {
                    names.push(screen.contains("distro"));
                }
            }
        }
    }
    assert_eq!(
        names.iter().filter(|shown| **shown).count(),
        names.iter().position(|shown| !shown).unwrap()
    );
}
