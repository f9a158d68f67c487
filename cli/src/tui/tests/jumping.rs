//! The palette jumps: to an artifact, a host, an image, a time, the server of another context.

use proto_types::Field;

use super::{Tui, data::ago};
use crate::tui::{
    effect::{Effect, Task, Work},
    event::{Answer, Event},
    state::{Mode, Subject, Tab},
};

fn opened() -> Tui {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("3").answer().press("1").answer();
    tui
}

/// Types a line into the palette.
fn typed(tui: &mut Tui, line: &str) {
    tui.press(":");
    for (at, word) in line.split(' ').enumerate() {
        if at > 0 {
            tui.press("space");
        }
        tui.press(word);
    }
}

fn gone_to(line: &str) -> Tui {
    let mut tui = opened();
    typed(&mut tui, line);
    tui.press("enter").answer();
    tui
}

#[test]
fn to_an_artifact_and_from_there_back_to_all_that_are_called_so() {
    let mut tui = gone_to("openssl");
    assert!(tui.screen().contains("versions of openssl 3"));
    tui.press("esc").answer();
    assert_eq!(tui.state.level().filter, "openssl");
    // From anywhere, and with terms.
    typed(&mut tui, "find bash version<5");
    tui.press("enter").answer();
    let level = tui.state.level();
    assert_eq!(
        (level.crumb.as_str(), level.filter.as_str()),
        ("bash", "version<5")
    );
    assert_eq!(level.matches[0].field, Field::Version);
    assert_eq!(tui.state.levels().len(), 2);
}

#[test]
fn to_a_host_from_any_tab_and_back_to_all_of_them() {
    let mut tui = gone_to("host web-01");
    assert_eq!(tui.state.tab, Tab::Hosts);
    assert!(
        tui.screen().contains("containers on web-01"),
        "{}",
        tui.screen()
    );
    tui.press("esc").answer();
    assert!(matches!(tui.state.level().subject, Subject::Hosts));
    assert_eq!(tui.state.level().key.as_deref(), Some("web-01"));
}

#[test]
fn a_host_that_is_not_there_is_refused_with_the_one_that_may_be_meant() {
    let tui = gone_to("host web1");
    let screen = tui.screen();
    let sorry = "there is no host `web1`; did you mean `web-01`?";
    assert!(screen.contains(sorry), "{screen}");
    assert_eq!(tui.state.tab, Tab::Artifacts);
}

#[test]
fn to_images_by_a_part_of_their_name() {
    let tui = gone_to("image nginx");
    assert!(
        tui.screen().contains("images 1/3 matching nginx"),
        "{}",
        tui.screen()
    );
}

#[test]
fn to_another_time_and_back_by_words_and_by_steps() {
    let mut tui = gone_to("at 3d");
    assert_eq!(tui.state.at, Some(ago(72)));
    tui.press("[").answer();
    assert_eq!(tui.state.at, Some(ago(73)));
    tui.press("{").answer();
    assert_eq!(tui.state.at, Some(ago(97)));
    tui.press("} } ]").answer();
    assert_eq!(tui.state.at, Some(ago(48)));
    typed(&mut tui, "now");
    tui.press("enter").answer();
    assert_eq!(tui.state.at, None);
    // Past the present there is nothing to look at.
    tui.press("]");
    assert!(tui.screen().contains("this is the present already"));
    tui.press("[ }").answer();
    assert_eq!(tui.state.at, None);
}

#[test]
fn a_step_through_time_keeps_the_order_and_the_selected_row() {
    let mut tui = opened();
    tui.press("end C down").answer();
    let (key, order) = (tui.state.level().key.clone(), tui.state.level().order);
    tui.press("[").answer();
    assert_eq!(tui.state.level().key, key);
    assert_eq!(tui.state.level().order, order);
}

#[test]
fn tab_completes_commands_words_and_names() {
    let line = |tui: &Tui| match &tui.state.mode {
        Mode::Palette { line, .. } => line.text().to_owned(),
        other => panic!("{other:?}"),
    };
    for (keys, completed) in [
        ("copy-c tab", "copy-cell"),
        ("ho tab", "host "),
        ("ho tab we down tab", "host web-01"),
        ("ctx space b down tab", "ctx big"),
        ("openss down tab", "openssl"),
    ] {
        let mut tui = opened();
        tui.press(":").press(keys);
        assert_eq!(line(&tui), completed, "{keys}: {}", tui.screen());
    }
}

#[test]
fn a_word_that_needs_another_behind_it_waits_for_that() {
    let mut tui = gone_to("host");
    assert!(matches!(tui.state.mode, Mode::Palette { .. }));
    tui.press("web-02 enter").answer();
    assert!(tui.screen().contains("containers on web-02"));
}

#[test]
fn terms_that_make_no_sense_are_refused_and_nothing_moves() {
    let tui = gone_to("find version=");
    assert_eq!(tui.state.levels().len(), 1);
    let tui = gone_to("find openssl bash");
    assert!(tui.state.notice.is_some(), "{}", tui.screen());
}

#[test]
fn to_another_contexts_server_of_which_everything_is_asked_anew() {
    let mut tui = opened();
    tui.press("end enter").answer();
    tui.press("f5");
    let late: Vec<Effect> = std::mem::take(&mut tui.wanted);
    typed(&mut tui, "ctx big");
    tui.press("enter");
    let asked = tui.wanted.iter();
    let asked = asked.filter(|one| matches!(one, Effect::Connect(name) if name == "big"));
    assert_eq!(asked.count(), 1);
    tui.wanted.clear();
    let mut session = tui.state.session.clone();
    session.context = Some("big".to_owned());
    tui.event(Event::Connected(Ok(Box::new(session))));
    assert_eq!(tui.state.levels().len(), 1);
    assert!(tui.state.level().rows.is_none());
    let is_fetch = |one: &Effect| matches!(one, Effect::Work(Work::Start(_, Task::Fetch(_))));
    assert!(tui.wanted.iter().any(is_fetch));
    // What the server before still answers is nobody's.
    for effect in &late {
        if let Some((ticket, answer)) = tui.reply(effect) {
            assert!(matches!(answer, Answer::Rows(_) | Answer::About(_)));
            tui.event(Event::Answer(ticket, Ok(answer)));
        }
    }
    assert!(tui.state.level().rows.is_none());
    tui.answer();
    let screen = tui.screen();
    assert!(screen.contains("assetmon big"), "{screen}");
    assert!(screen.contains("asking big from here on"), "{screen}");
}

#[test]
fn a_context_that_is_not_there_leaves_everything_as_it_is() {
    let mut tui = opened();
    let sorry = "the file has no context `bgi`: did you mean `big`?".to_owned();
    tui.event(Event::Connected(Err(sorry)));
    let screen = tui.screen();
    assert!(screen.contains("did you mean `big`?"), "{screen}");
    assert!(screen.contains("openssl"), "{screen}");
}
