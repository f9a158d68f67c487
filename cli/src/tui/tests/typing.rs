//! What is typed: filters, orders, moments, commands.

use proto_types::GroupBy;

use super::{Tui, data::group};
use crate::tui::{
    effect::Effect,
    item::Item,
    state::{Mode, Tab},
};

fn keys(tui: &Tui) -> Vec<String> {
    let level = tui.state.level();
    let rows = (0..level.len()).filter_map(|at| level.row(at));
    rows.map(|item| item.label()).collect()
}

#[test]
fn a_term_that_makes_no_sense_yet_filters_nothing() {
    let mut tui = Tui::new((120, 30));
    tui.press("2 enter").answer().press("enter").answer();
    tui.press("/ version<");
    assert!(
        tui.screen().contains("has no value after `<`"),
        "{}",
        tui.screen()
    );
    assert_eq!(tui.state.level().len(), 4);
    tui.press("3.0.10");
    assert_eq!(keys(&tui), ["libssl3 3.0.9-1"]);
}

#[test]
fn esc_in_the_filter_brings_back_the_one_before() {
    let mut tui = Tui::new((120, 30));
    tui.press("3").answer().press("/ web enter").press("/ -02");
    assert_eq!(keys(&tui), ["web-02"]);
    tui.press("esc");
    assert_eq!(tui.state.level().filter, "web");
    assert_eq!(tui.state.levels().len(), 1);
    tui.press("backspace");
    assert_eq!(tui.state.level().len(), 3);
}

#[test]
fn terms_patterns_and_fields_that_a_list_lacks() {
    let mut tui = Tui::new((160, 30));
    tui.press("3").answer().press("/ web-*1");
    assert_eq!(keys(&tui), ["web-01"]);
    tui.press("ctrl-u").press("host!=web-01");
    assert_eq!(keys(&tui), ["edge-07", "web-02"]);
    tui.press("ctrl-u").press("host~0[27]$");
    assert_eq!(keys(&tui), ["edge-07", "web-02"]);
    tui.press("ctrl-u").press("name=x");
    assert!(
        tui.screen()
            .contains("hosts have no `name` to filter by; known: host")
    );
}

#[test]
fn versions_are_ordered_as_their_ecosystem_does() {
    let mut tui = Tui::new((120, 30));
    tui.press("2")
        .answer()
        .press("enter")
        .answer()
        .press("/ libssl enter")
        .press("V");
    assert_eq!(keys(&tui), ["libssl3 3.0.17-1~deb12u2", "libssl3 3.0.9-1"]);
    tui.press("r");
    assert_eq!(keys(&tui), ["libssl3 3.0.9-1", "libssl3 3.0.17-1~deb12u2"]);
}

#[test]
fn an_order_is_turned_around_then_taken_away_and_remembered_for_lists_like_it() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("C").answer();
    assert_eq!(keys(&tui), ["libssl3", "openssl", "bash"]);
    assert_eq!(tui.state.level().key.as_deref(), Some("libssl3"));
    tui.press("s");
    assert_eq!(keys(&tui), ["bash", "openssl", "libssl3"]);
    tui.press("s").answer();
    assert_eq!(keys(&tui), ["bash", "libssl3", "openssl"]);
    tui.press("enter").answer().press("H").answer();
    let order = tui.state.level().order;
    tui.press("esc down enter").answer();
    assert_eq!(tui.state.level().order, order);
}

#[test]
fn another_moment_is_looked_at_everywhere_until_now_is() {
    let mut tui = Tui::new((120, 30));
    tui.answer()
        .press("end enter")
        .answer()
        .press("t 3d enter")
        .answer();
    assert!(
        tui.screen().contains("PAST 2026-03-25 14:02:11"),
        "{}",
        tui.screen()
    );
    tui.press("3").answer();
    assert!(tui.screen().contains("web-01"));
    assert!(tui.screen().contains("PAST"));
    tui.press("t ctrl-u now enter").answer();
    assert!(!tui.screen().contains("PAST"));
    assert!(tui.screen().contains("edge-07"));
}

#[test]
fn what_is_no_moment_is_refused_with_the_forms() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("t soon enter");
    assert!(tui.screen().contains("`soon` is not a time"));
    tui.press("t 2999-01-01 enter");
    assert!(tui.screen().contains("is in the future"));
}

#[test]
fn the_palette_runs_commands_by_their_names() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press(": tab-h enter").answer();
    assert!(tui.screen().contains("edge-07"));
    tui.press(": exp enter");
    assert!(matches!(tui.state.mode, Mode::Export { .. }));
}

#[test]
fn pasted_text_is_typed_where_a_line_is_and_does_nothing_elsewhere() {
    use crate::tui::event::Event;
    let mut tui = Tui::new((120, 30));
    tui.press("3").answer();
    tui.event(Event::Paste("q\nq".to_owned()));
    assert_eq!(tui.state.mode, Mode::List);
    tui.press("/");
    tui.event(Event::Paste("edge\nrm -rf".to_owned()));
    assert_eq!(keys(&tui), ["edge-07"]);
}

#[test]
fn esc_and_a_key_that_come_in_one_packet_are_both_taken() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end enter").answer().press("alt-3");
    assert_eq!(tui.state.tab, Tab::Hosts);
    tui.press("1");
    assert_eq!(tui.state.levels().len(), 1);
    tui.press("? alt-q");
    assert_eq!(tui.state.mode, Mode::List);
    assert!(tui.wanted.iter().any(|one| matches!(one, Effect::Quit)));
}

#[test]
fn it_stops_for_the_shell_wherever_keys_go() {
    for keys in ["", "/", ":", "?", "e", "t"] {
        let mut tui = Tui::new((120, 30));
        tui.answer().press(keys);
        let mode = tui.state.mode.clone();
        tui.press("ctrl-z");
        let stops = tui.wanted.iter().any(|one| matches!(one, Effect::Suspend));
        assert!(stops, "{keys}");
        assert_eq!(tui.state.mode, mode);
    }
}

#[test]
fn states_are_ordered_by_how_bad_they_are() {
    let mut tui = Tui::new((120, 30));
    tui.press("3").answer().press("S");
    assert_eq!(keys(&tui), ["edge-07", "web-02", "web-01"]);
    tui.press("r");
    assert_eq!(keys(&tui), ["web-01", "web-02", "edge-07"]);
}

#[test]
fn images_come_by_weight_until_an_order_is_chosen() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("end enter").answer().press("i");
    let light = group("sha256:00", Some("a:1"), 1);
    let heavy = group("sha256:11", Some("b:1"), 9);
    let items = [light, heavy].map(|one| Item::Group(GroupBy::Image, one));
    tui.answer_with(&items).answer();
    assert_eq!(keys(&tui), ["b:1", "a:1"]);
    assert!(tui.screen().contains("by containers ▼"));
    tui.press("N").answer_with(&items).answer();
    assert_eq!(keys(&tui), ["a:1", "b:1"]);
}
