//! Copying and exporting: copies, the equal command line, files.

use super::{Tui, data::ago};
use crate::{
    output::Format,
    tui::{
        ask::ExportRows,
        effect::{Effect, Task, Work},
    },
};

fn copied(tui: &mut Tui, keys: &str) -> String {
    tui.wanted.clear();
    tui.press(keys);
    let copied = tui.wanted.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    });
    copied.unwrap_or_default()
}

#[test]
fn the_cell_is_that_of_the_selected_column() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end");
    assert_eq!(copied(&mut tui, "y"), "openssl");
    assert_eq!(copied(&mut tui, "l y"), "212");
    assert_eq!(copied(&mut tui, "h h h y"), "openssl");
    tui.press("2").answer();
    assert_eq!(
        copied(&mut tui, "l l y"),
        format!("sha256:{}", "4e".repeat(32))
    );
}

#[test]
fn the_row_has_all_its_cells() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end");
    assert_eq!(copied(&mut tui, "Y"), "openssl\t212\t71\t11\t2");
}

#[test]
fn the_command_line_lists_the_same() {
    let mut tui = Tui::new((120, 30));
    tui.answer();
    assert_eq!(copied(&mut tui, "c"), "assetctl find --group-by name");
    tui.press("end enter")
        .answer()
        .press("/ 3.0 enter")
        .answer();
    assert_eq!(
        copied(&mut tui, "c"),
        "assetctl find --match name eq openssl --match version contains 3.0 --group-by version"
    );
    tui.press("enter").answer().press("enter").answer();
    let line = copied(&mut tui, "c");
    assert!(
        line.starts_with("assetctl find --match name eq openssl"),
        "{line}"
    );
    assert!(
        line.contains("--match version eq '3.0.17-1~deb12u2' --match type eq deb"),
        "{line}"
    );
    tui.press("enter").answer();
    assert_eq!(copied(&mut tui, "c"), "assetctl containers --host web-01");
    let mut past = Tui::opened((120, 30), &["openssl"], Some(ago(24)), "", true);
    past.answer();
    assert!(copied(&mut past, "c").ends_with("--at 2026-03-27T14:02:11Z"));
}

#[test]
fn the_command_line_keeps_filters_of_lists_that_are_held_here() {
    for (keys, line) in [
        ("3 / edge enter", "assetctl hosts '*edge*'"),
        ("3 / silent enter", "assetctl hosts --state silent"),
        ("3 / host=web-01 enter", "assetctl hosts web-01"),
        ("3 / web-* enter", "assetctl hosts 'web-*'"),
        (
            "2 / quarantined enter",
            "assetctl images --state quarantined",
        ),
        ("2 / redis enter", "assetctl images redis"),
        (
            "3 down enter / container=nginx-1 enter",
            "assetctl containers --host web-01 --name nginx-1",
        ),
        (
            "5 / host=web-01 enter",
            "assetctl changes --since 1h --host web-01",
        ),
    ] {
        let mut tui = Tui::new((120, 30));
        tui.answer();
        for key in keys.split(' ') {
            tui.press(key).answer();
        }
        assert_eq!(copied(&mut tui, "c"), line, "{keys}");
    }
}

#[test]
fn a_filter_that_no_command_has_is_said_to_be_missing() {
    for keys in [
        "2 enter / ssl enter",
        "3 down enter / nginx enter",
        "4 / silent enter",
    ] {
        let mut tui = Tui::new((160, 30));
        tui.answer();
        for key in keys.split(' ') {
            tui.press(key).answer();
        }
        copied(&mut tui, "c");
        let screen = tui.screen();
        assert!(screen.contains("and lists all"), "{keys}: {screen}");
    }
}

#[test]
fn a_file_gets_the_filtered_view_and_its_place_is_told() {
    let mut tui = Tui::new((120, 30));
    tui.answer()
        .press("3")
        .answer()
        .press("/ web enter")
        .press("e down enter");
    let export = tui.wanted.iter().find_map(|effect| match effect {
        Effect::Work(Work::Start(_, Task::Export(export))) => Some(export.clone()),
        _ => None,
    });
    let export = export.unwrap();
    assert_eq!(export.format, Format::Json);
    assert_eq!(export.path, "assetmon-hosts-20260328T140211Z.json");
    let ExportRows::Here(rows) = &export.rows else {
        panic!("the rows are here");
    };
    assert_eq!(rows.len(), 2);
    tui.answer();
    assert!(
        tui.screen()
            .contains("3 rows written to /home/op/assetmon-hosts")
    );
}

#[test]
fn a_long_view_is_asked_for_anew_with_its_filter() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("/ ssl enter").answer().press("e enter");
    let asked = tui.wanted.iter().find_map(|effect| match effect {
        Effect::Work(Work::Start(_, Task::Export(export))) => Some(format!("{:?}", export.rows)),
        _ => None,
    });
    assert!(asked.unwrap().contains("\"ssl\""));
}
