//! Down, sideways and back: each level with its own filter, order and cursor.

use proto_types::{Field, GroupBy};

use super::Tui;
use crate::tui::state::{Subject, Tab};

fn fields(tui: &Tui) -> Vec<(Field, String)> {
    let of = tui.state.level().subject.of().iter();
    of.map(|one| (one.field, one.value.clone())).collect()
}

#[test]
fn an_artifact_leads_to_its_versions_images_containers_host_and_on_to_artifacts() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end enter").answer();
    assert_eq!(fields(&tui), [(Field::Name, "openssl".to_owned())]);
    tui.press("enter").answer();
    let version = (Field::Version, "3.0.17-1~deb12u2".to_owned());
    assert_eq!(
        fields(&tui)[1..],
        [version, (Field::Type, "deb".to_owned())]
    );
    tui.press("enter").answer();
    assert!(matches!(tui.state.level().subject, Subject::Found { .. }));
    tui.press("down enter").answer();
    let on_host = Subject::Containers {
        host: Some("web-01".to_owned()),
        image: None,
    };
    assert_eq!(tui.state.level().subject, on_host);
    // The container that led there is the one that is selected.
    assert_eq!(tui.state.level().key.as_deref(), Some("web-01\0nginx-2"));
    tui.press("enter").answer();
    assert!(matches!(tui.state.level().subject, Subject::Contents(_)));
    let trail = "› openssl › 3.0.17-1~deb12u2 › nginx:1.27.5 › web-01 › nginx:1.27.5 › artifacts";
    assert!(tui.screen().contains(trail), "{}", tui.screen());
}

#[test]
fn esc_goes_back_one_level_and_only_that() {
    let mut tui = Tui::new((120, 30));
    tui.answer()
        .press("end enter")
        .answer()
        .press("enter")
        .answer();
    assert_eq!(tui.state.levels().len(), 3);
    tui.press("esc");
    assert_eq!(tui.state.levels().len(), 2);
    tui.press("esc").press("esc").press("esc");
    assert_eq!(tui.state.levels().len(), 1);
    assert!(tui.screen().contains("this is the first level; q quits"));
}

#[test]
fn a_level_keeps_its_filter_its_order_and_its_cursor_and_a_child_takes_none_of_it() {
    let mut tui = Tui::new((120, 30));
    tui.press("3").answer();
    tui.press("/ web enter").press("S down");
    let left = (tui.state.level().cursor, tui.state.level().order);
    assert_eq!(tui.state.level().len(), 2);
    tui.press("enter").answer();
    assert_eq!(tui.state.level().filter, "");
    assert_eq!(tui.state.level().order.column, None);
    tui.press("esc");
    assert_eq!(tui.state.level().filter, "web");
    assert_eq!((tui.state.level().cursor, tui.state.level().order), left);
}

#[test]
fn a_tab_keeps_its_levels_while_another_is_shown() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end enter").answer();
    tui.press("tab").answer();
    assert_eq!(tui.state.tab, Tab::Images);
    tui.press("1");
    assert_eq!(tui.state.levels().len(), 2);
}

#[test]
fn there_are_ways_sideways_from_everything() {
    for (keys, noun) in [
        ("end w", "containers of openssl"),
        ("end o", "hosts of openssl"),
        ("end i", "images of openssl"),
        ("2 o", "containers of redis:7.4.1"),
        ("2 a", "artifacts of redis:7.4.1"),
        ("3 a", "artifacts on edge-07"),
        ("3 i", "images on edge-07"),
        ("3 w", "containers on edge-07"),
        ("2 enter end w", "containers of openssl"),
        ("2 enter end enter", "versions of openssl"),
        ("3 enter a", "artifacts of nginx:1.27.5"),
        ("3 enter w", "containers of nginx-1"),
    ] {
        let mut tui = Tui::new((120, 30));
        tui.answer();
        for key in keys.split(' ') {
            tui.press(key).answer();
        }
        assert!(tui.screen().contains(noun), "{keys}: {}", tui.screen());
    }
    let mut tui = Tui::new((120, 30));
    tui.answer().press("a");
    assert!(
        tui.screen()
            .contains("`artifacts` does not apply to artifacts")
    );
}

#[test]
fn it_opens_where_the_command_line_says() {
    let words = ["openssl", "version<3.0.15", "host=web*"];
    let mut tui = Tui::opened((120, 30), &words, None, "", true);
    tui.answer();
    let level = tui.state.level();
    assert_eq!(level.filter, "version<3.0.15 host=web*");
    assert_eq!(level.matches.len(), 2);
    assert!(matches!(
        level.subject,
        Subject::Grouped {
            by: GroupBy::Version,
            ..
        }
    ));
    tui.press("esc").answer();
    assert_eq!(tui.state.level().filter, "openssl");
    let tui = Tui::opened((120, 30), &["libssl*", "type=deb"], None, "", true);
    assert_eq!(tui.state.levels().len(), 1);
    assert_eq!(tui.state.level().filter, "libssl* type=deb");
}
