//! Names from hostile hosts: nothing of them reaches the terminal raw, wherever they stand.

use proto_types::{AffectingAdvisory, FindResult, GroupBy, HostState, ImageState, Verdict};

use super::{
    Tui,
    advisories::{advisory, explained},
    data::{artifact, digest, group, host, image, one_found},
};
use crate::tui::{
    answer::{Problem, ProblemKind},
    effect::Effect,
    event::{Answer, Event},
    item::Item,
    judged::Judged,
};

const EVIL: &str = "a\u{202e}b\x1b[31mc\nd\u{200b}日本";
const SHOWN: &str = r"a\u{202e}b\x1b[31mc\nd\u{200b}日本";

fn evil_rows() -> Vec<Vec<Item>> {
    let found = FindResult {
        name: EVIL.to_owned(),
        version: EVIL.to_owned(),
        purl: Some(EVIL.to_owned()),
        image_name: EVIL.to_owned(),
        ..one_found(EVIL, EVIL)
    };
    vec![
        vec![Item::Group(GroupBy::Name, group(EVIL, None, 3))],
        vec![Item::Group(GroupBy::Version, group(EVIL, Some(EVIL), 3))],
        vec![Item::Group(
            GroupBy::Image,
            group(&digest(1).to_string(), Some(EVIL), 3),
        )],
        vec![Item::Found(Box::new(found))],
        vec![Item::Image(Box::new(image(2, EVIL, ImageState::Complete)))],
        vec![Item::Host(Box::new(host(EVIL, HostState::Silent, 1)))],
        vec![Item::Artifact(artifact(EVIL, EVIL))],
        vec![Item::Advisory(Box::new(evil_advisory()))],
        vec![Item::Judged(Box::new(evil_judged()))],
    ]
}

fn evil_advisory() -> AffectingAdvisory {
    let mut evil = AffectingAdvisory {
        kev: Some(EVIL.to_owned()),
        kev_due: Some(EVIL.to_owned()),
        ..advisory(EVIL, &[EVIL], 3)
    };
    evil.advisory.summary = EVIL.to_owned();
    evil.advisory.source = EVIL.to_owned();
    evil
}

fn evil_judged() -> Judged {
    let mut evil = explained(EVIL, EVIL, Verdict::Affected);
    for text in [&mut evil.distro, &mut evil.distro_version] {
        *text = EVIL.to_owned();
    }
    for one in &mut evil.advisories {
        one.verdict = Some(Verdict::Affected);
        one.advisory = EVIL.to_owned();
        one.fixed = Some(EVIL.to_owned());
        one.reason = Some(EVIL.to_owned());
        one.steps = vec![EVIL.to_owned()];
    }
    Judged::of(evil).unwrap()
}

fn assert_harmless(tui: &Tui) {
    for cell in tui.buffer().content() {
        let hidden = cell.symbol().chars().find(|one| {
            one.is_control() || matches!(one, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        });
        assert_eq!(hidden, None);
    }
}

#[test]
fn every_list_its_details_and_its_breadcrumbs_show_names_escaped() {
    for rows in evil_rows() {
        let mut tui = Tui::new((250, 60));
        tui.answer_with(&rows);
        assert!(tui.screen().contains(SHOWN), "{}", tui.screen());
        assert_harmless(&tui);
        tui.press("y");
        assert_harmless(&tui);
        tui.press("enter").answer();
        assert_harmless(&tui);
    }
}

#[test]
fn what_is_copied_is_harmless_to_paste() {
    let mut tui = Tui::new((250, 60));
    let Some((ticket, _)) = tui.wanted.iter().find_map(|one| tui.reply(one)) else {
        panic!("nothing was asked");
    };
    let rows = vec![Item::Group(GroupBy::Name, group(EVIL, None, 3))];
    let answer = Answer::Rows(Box::new(tui.all(rows)));
    tui.event(Event::Answer(ticket, Ok(answer)));
    tui.press("enter").wanted.clear();
    tui.press("c").press("esc").press("Y").press("y");
    let copied = tui.wanted.iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    let copied: Vec<&str> = copied.collect();
    assert_eq!(copied.len(), 3);
    for text in copied {
        assert!(!text.contains(['\x1b', '\n', '\u{202e}']), "{text}");
    }
}

#[test]
fn errors_notices_and_what_is_typed_are_escaped_too() {
    let mut tui = Tui::new((250, 60));
    tui.answer().press("f5");
    tui.fail(ProblemKind::Other, EVIL);
    assert_harmless(&tui);
    assert!(tui.screen().contains(SHOWN));
    tui.press("/");
    tui.event(Event::Paste(format!("x{EVIL}")));
    assert_harmless(&tui);
}

#[test]
fn a_problem_with_a_hostile_server_in_it_is_escaped_where_nothing_is_loaded() {
    let mut tui = Tui::new((80, 24));
    let (ticket, _) = tui.wanted.iter().find_map(|one| tui.reply(one)).unwrap();
    let problem = Problem {
        what: EVIL.to_owned(),
        hint: Some(EVIL.to_owned()),
        kind: ProblemKind::NotAuthorized,
    };
    tui.event(Event::Answer(ticket, Err(problem)));
    assert_harmless(&tui);
}
