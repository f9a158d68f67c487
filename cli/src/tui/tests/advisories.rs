//! The advisories tab: what affects what runs now, the exploited first, down to artifacts, images and hosts.

use proto_types::{
    AdvisorySummary, AffectingAdvisory, Coverage, ExplainedAdvisory, ExplainedArtifact, Extent,
    GroupBy, Share, Verdict,
};

use super::{
    Tui,
    data::{ago, complete},
    fixture::cell_at,
};
use crate::tui::{
    answer::{ProblemKind, RowsAnswer},
    effect::{Effect, Task, Work},
    event::{Answer, Event},
    item::Item,
    judged::Judged,
    state::{Subject, Tab},
};

pub(super) fn advisory(id: &str, cves: &[&str], hosts: u64) -> AffectingAdvisory {
    let extent = |hosts| Extent {
        images: hosts / 4,
        containers: hosts * 2,
        hosts,
    };
    AffectingAdvisory {
        advisory: AdvisorySummary {
            id: id.to_owned(),
            source: "Debian".to_owned(),
            cves: cves.iter().map(|one| (*one).to_owned()).collect(),
            summary: "openssl - security update".to_owned(),
            packages: 1,
            published: Some(ago(900)),
            modified: Some(ago(90)),
            withdrawn: None,
        },
        has_fix: true,
        kev: None,
        kev_due: None,
        epss: Share::new(0.00125),
        epss_percentile: Share::new(0.31),
        affected: extent(hosts),
        unknown: extent(hosts / 10),
        excused: Extent::default(),
    }
}

/// What affects what runs, as the server has it.
pub(super) fn affecting() -> Vec<Item> {
    let exploited = AffectingAdvisory {
        kev: Some("2024-04-01".to_owned()),
        kev_due: Some("2024-04-22".to_owned()),
        epss: Share::new(0.94),
        epss_percentile: Share::new(0.999),
        excused: Extent {
            images: 1,
            containers: 4,
            hosts: 2,
        },
        ..advisory("DSA-5649-1", &["CVE-2024-3094"], 12)
    };
    let all = [
        exploited,
        advisory("DSA-5764-1", &["CVE-2024-6119"], 87),
        AffectingAdvisory {
            has_fix: false,
            epss: None,
            epss_percentile: None,
            ..advisory("GHSA-xxxx-yyyy-zzzz", &[], 3)
        },
    ];
    let all = all.into_iter();
    all.map(|one| Item::Advisory(Box::new(one))).collect()
}

pub(super) fn explained(name: &str, version: &str, verdict: Verdict) -> ExplainedArtifact {
    let reason = format!("{name} is built from xz-utils, which is older than 5.6.1+really5.4.5-1");
    ExplainedArtifact {
        artifact_type: "deb".to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        purl: None,
        source: Some("xz-utils".to_owned()),
        source_version: Some(version.to_owned()),
        module: None,
        owned_by_os: false,
        distro: "debian".to_owned(),
        distro_version: "12".to_owned(),
        images: 3,
        containers: 24,
        hosts: 12,
        verdict: Some(verdict),
        reason: None,
        advisories: vec![
            ExplainedAdvisory {
                advisory: "CVE-2024-3094".to_owned(),
                cves: Vec::new(),
                verdict: None,
                fixed: None,
                reason: None,
                steps: vec!["it is about rhel:9".to_owned()],
            },
            ExplainedAdvisory {
                advisory: "DSA-5649-1".to_owned(),
                cves: vec!["CVE-2024-3094".to_owned()],
                verdict: Some(verdict),
                fixed: Some("5.6.1+really5.4.5-1".to_owned()),
                reason: Some(reason),
                steps: vec!["it is about Debian:12".to_owned(), "it is older".to_owned()],
            },
        ],
    }
}

pub(super) fn judged() -> Vec<Judged> {
    let all = [
        explained("xz-utils", "5.6.1+really5.4.5-1", Verdict::Fixed),
        explained("liblzma5", "5.6.0-0.2", Verdict::Unknown),
        explained("liblzma5", "5.6.1-1", Verdict::Affected),
    ];
    let mut rows: Vec<Judged> = all.into_iter().filter_map(Judged::of).collect();
    Judged::sort(&mut rows);
    rows
}

fn opened(size: (u16, u16)) -> Tui {
    let mut tui = Tui::new(size);
    tui.answer().press("6").answer();
    tui
}

/// Answers the rows that were asked for with none, and these sentences.
fn answer_empty(tui: &mut Tui, headline: &[&str]) {
    for effect in std::mem::take(&mut tui.wanted) {
        if let Effect::Work(Work::Start(ticket, Task::Fetch(_))) = effect {
            let headline = headline.iter().map(|one| (*one).to_owned()).collect();
            let rows = RowsAnswer {
                headline,
                ..tui.all(Vec::new())
            };
            tui.event(Event::Answer(ticket, Ok(Answer::Rows(Box::new(rows)))));
        }
    }
}

#[test]
fn it_lists_what_is_exploited_first_and_marks_it_without_colors_too() {
    let tui = opened((120, 30));
    let screen = tui.screen();
    let places = ["DSA-5649-1", "DSA-5764-1", "GHSA-xxxx"].map(|id| screen.find(id));
    assert!(places.is_sorted() && places[0].is_some(), "{screen}");
    assert!(screen.contains("1 known to be exploited"), "{screen}");
    assert!(screen.contains("▸!DSA-5649-1"), "{screen}");
    let mut tui = tui;
    tui.press("j").answer();
    assert!(tui.screen().contains("\n! DSA-5649-1"), "{}", tui.screen());
    let buffer = tui.buffer();
    let red = cell_at(&buffer, "2024-04-01").map(|cell| cell.fg);
    assert_eq!(red, Some(ratatui::style::Color::Red));
}

#[test]
fn its_details_say_how_urgent_it_is_what_it_affects_and_why() {
    let tui = opened((250, 60));
    let screen = tui.screen();
    for part in [
        "! known to be exploited since 2024-04-01, due 2024-04-22",
        "0.94 (percentile 0.999)",
        "12 hosts, 24 containers, 3 images",
        "2 hosts, 4 containers, 1 image",
        "affected liblzma5 5.6.1-1 (fixed in 5.6.1+really5.4.5-1)",
        "liblzma5 is built from xz-utils",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
}

#[test]
fn enter_leads_to_artifacts_with_verdicts_the_worst_first_then_to_images_and_hosts() {
    let mut tui = opened((200, 90));
    tui.press("enter").answer();
    let screen = tui.screen();
    assert!(screen.contains("artifacts of DSA-5649-1 3"), "{screen}");
    let verdicts = ["\n▸ affected ", "\n  unknown ", "\n  fixed     xz"];
    let verdicts = verdicts.map(|line| screen.find(line));
    assert!(verdicts.iter().all(Option::is_some), "{screen}");
    assert!(verdicts.is_sorted(), "{screen}");
    for part in ["verdict     affected", "1. it is about Debian:12"] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    tui.press("enter").answer();
    let Subject::Grouped { by, of } = &tui.state.level().subject else {
        panic!("{:?}", tui.state.level().subject);
    };
    let terms: Vec<String> = of
        .iter()
        .map(|one| format!("{}={}", one.field, one.value))
        .collect();
    assert_eq!(*by, GroupBy::Image);
    assert_eq!(
        terms,
        [
            "name=liblzma5",
            "version=5.6.1-1",
            "type=deb",
            "distro=debian",
            "distro_version=12"
        ]
    );
    tui.press("enter").answer();
    assert!(matches!(tui.state.level().subject, Subject::Found { .. }));
    tui.press("esc esc esc").answer();
    assert!(tui.screen().contains("advisories 3"), "{}", tui.screen());
}

#[test]
fn from_an_advisory_sideways_to_the_images_and_hosts_it_affects() {
    for (key, title) in [
        ("i", "images of DSA-5649-1 2"),
        ("o", "hosts of DSA-5649-1 2"),
    ] {
        let mut tui = opened((120, 30));
        tui.press(key).answer();
        assert!(tui.screen().contains(title), "{}", tui.screen());
    }
    let mut tui = opened((120, 30));
    tui.press("f");
    assert!(
        tui.screen()
            .contains("`changes` does not apply to advisories")
    );
}

#[test]
fn a_word_finds_ids_in_whatever_case_and_kev_what_is_exploited() {
    for (word, left) in [
        ("cve-2024-6119", 1),
        ("kev", 1),
        ("openssl", 3),
        ("dsa-", 2),
    ] {
        let mut tui = opened((120, 30));
        tui.press("/").press(word).press("enter");
        for part in [format!("advisories {left}/3 "), format!("matching {word} ")] {
            assert!(tui.screen().contains(&part), "{part}: {}", tui.screen());
        }
    }
    let mut tui = opened((120, 30));
    tui.press("enter").answer().press("/ version>5.6 enter");
    assert!(
        tui.screen().contains("artifacts of DSA-5649-1 3/3"),
        "{}",
        tui.screen()
    );
    tui.press("backspace / version>5.6.0-0.3 enter");
    assert!(
        tui.screen().contains("artifacts of DSA-5649-1 2/3"),
        "{}",
        tui.screen()
    );
}

#[test]
fn ordered_by_exploitation_what_is_likely_comes_first() {
    let mut tui = opened((160, 30));
    tui.press("E");
    let first = |tui: &Tui| tui.state.level().row(0).map(Item::key);
    assert_eq!(first(&tui).as_deref(), Some("DSA-5649-1"));
    tui.press("H");
    assert_eq!(first(&tui).as_deref(), Some("DSA-5764-1"));
    tui.press("K");
    assert_eq!(first(&tui).as_deref(), Some("DSA-5649-1"));
}

#[test]
fn where_nothing_was_imported_it_says_what_does_it() {
    let mut tui = Tui::new((120, 30));
    tui.answer().press("6");
    answer_empty(
        &mut tui,
        &["no feeds yet: import one with `assetctl advisories import PATH`"],
    );
    let screen = tui.screen();
    assert!(
        screen.contains("`assetctl advisories import PATH`"),
        "{screen}"
    );
    assert!(screen.contains("not conclusive"), "{screen}");
}

#[test]
fn that_nothing_is_known_to_be_affected_is_no_proof_and_says_what_no_feed_speaks_of() {
    let mut tui = Tui::new((120, 30));
    tui.coverage = complete();
    tui.answer().press("6");
    answer_empty(
        &mut tui,
        &[
            "no imported advisory is known to affect anything that runs",
            "4 images: no feed speaks of alpine 3.16",
        ],
    );
    let screen = tui.screen();
    assert!(screen.contains("no feed speaks of alpine 3.16"), "{screen}");
    assert!(
        screen.contains("of what no feed speaks, nothing is known"),
        "{screen}"
    );
    assert!(!screen.contains("confirmed"), "{screen}");
}

#[test]
fn that_an_advisory_affects_nothing_is_a_proof_only_where_nothing_is_left_open() {
    for (headline, word) in [
        (&["nothing affected"][..], "confirmed"),
        (
            &["nothing affected", "3 images unknown"][..],
            "not conclusive",
        ),
    ] {
        let mut tui = Tui::new((120, 30));
        tui.coverage = complete();
        tui.answer().press(":CVE-2024-1 enter");
        answer_empty(&mut tui, headline);
        assert!(tui.screen().contains(word), "{}", tui.screen());
    }
    // With silent hosts it is none either.
    let mut tui = Tui::new((120, 30));
    tui.answer().press(":CVE-2024-1 enter");
    answer_empty(&mut tui, &["nothing affected"]);
    assert!(!tui.screen().contains("confirmed"), "{}", tui.screen());
}

#[test]
fn the_past_has_no_list_but_each_advisory() {
    let mut tui = opened((120, 30));
    // Also of a time when nobody was enrolled yet.
    tui.coverage = Coverage::default();
    tui.press("[").answer();
    let screen = tui.screen();
    assert!(screen.contains("of what runs now only"), "{screen}");
    tui.press(":CVE-2024-3094 enter").answer();
    assert!(tui.screen().contains("PAST"), "{}", tui.screen());
    assert!(tui.screen().contains("liblzma5"), "{}", tui.screen());
}

#[test]
fn the_palette_jumps_to_an_advisory_by_its_id() {
    for typed in [":CVE-2024-3094 enter", ":cve-2024-3094 enter"] {
        let mut tui = Tui::new((120, 30));
        tui.answer().press(typed).answer();
        assert_eq!(tui.state.tab, Tab::Advisories);
        assert_eq!(tui.state.levels().len(), 2);
        assert!(tui.screen().contains("liblzma5"), "{}", tui.screen());
    }
    let mut tui = Tui::new((120, 30));
    tui.answer()
        .press(": advisory space DSA-5764-1 enter")
        .answer();
    assert!(
        tui.screen().contains("artifacts of DSA-5764-1"),
        "{}",
        tui.screen()
    );
    tui.press("esc").answer();
    assert!(tui.screen().contains("advisories 3"), "{}", tui.screen());
}

#[test]
fn the_command_that_lists_the_same_is_copied() {
    for (keys, line) in [
        ("c", "assetctl advisories affecting"),
        (
            "enter c",
            "assetctl affected DSA-5649-1 --verdict affected,fixed,not_affected,unknown",
        ),
        ("o c", "assetctl affected DSA-5649-1 --group-by host"),
    ] {
        let mut tui = opened((120, 30));
        for key in keys.split(' ') {
            tui.press(key);
            if key != "c" {
                tui.answer();
            }
        }
        let is_line = |one: &Effect| matches!(one, Effect::Copy(text) if text == line);
        assert!(tui.wanted.iter().any(is_line), "{line}: {:?}", tui.wanted);
    }
}

#[test]
fn an_older_server_and_a_token_that_may_not_are_told_in_words() {
    for (kind, what) in [
        (
            ProblemKind::Other,
            "there is no route GET /api/v1/advisories/affecting",
        ),
        (ProblemKind::NotAuthorized, "the token was revoked"),
    ] {
        let mut tui = Tui::new((120, 30));
        tui.answer().press("6");
        tui.fail(kind, what);
        assert!(tui.screen().contains(what), "{}", tui.screen());
    }
}
