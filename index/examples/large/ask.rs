//! The questions, each asked several times.

use std::time::Instant;

use index::{Index, Question, Search};
use model::{
    condition::{Condition, Room},
    presence::Span,
};
use proto_types::{During, Field, GroupBy, Match, Op, TimelineRequest};

use crate::fleet::at;

const TIMES: usize = 15;

/// A name, what is asked, and the second that is asked about.
struct Asked(&'static str, &'static [Ask], Option<i64>);
type Ask = (Field, Op, &'static str);

const NAME: &[Ask] = &[(Field::Name, Op::Eq, "openssl")];
const OLDER: &[Ask] = &[NAME[0], (Field::Version, Op::Lt, "4")];
const CONTAINS: &[Ask] = &[(Field::Name, Op::Contains, "lodash")];
const REGEX: &[Ask] = &[(Field::Name, Op::Regex, "^lib.*ssl")];
const HOST: &[Ask] = &[(Field::Host, Op::Eq, "host-007919.example.org")];
const NOW: Option<i64> = None;
const PAST: Option<i64> = Some(500_000);

const ALL: &[Asked] = &[
    Asked("nothing but the look at it", NAME, NOW),
    Asked("openssl, first 100, with total and related", NAME, NOW),
    Asked("openssl version<4, first 100", OLDER, NOW),
    Asked("openssl version<4, cover 100", OLDER, NOW),
    Asked("openssl, all rows", NAME, NOW),
    Asked("openssl by version", NAME, NOW),
    Asked("openssl by host, first 100", NAME, NOW),
    Asked("openssl timeline", NAME, NOW),
    Asked("openssl, first 100, at a past moment", NAME, PAST),
    Asked("openssl by version, at a past moment", NAME, PAST),
    Asked("contains lodash, all rows", CONTAINS, NOW),
    Asked("contains lodash, by name", CONTAINS, NOW),
    Asked("^lib.*ssl by name", REGEX, NOW),
    Asked("everything by name, first 100", &[], NOW),
    Asked("everything by name, first 100, at a past moment", &[], PAST),
    Asked("everything, first 100", &[], NOW),
    Asked("everything by type", &[], NOW),
    Asked("everything by host, first 100", &[], NOW),
    Asked("all of one host", HOST, NOW),
    Asked("type=npm, first 100", &[(Field::Type, Op::Eq, "npm")], NOW),
    Asked(
        "version=1.2.3, first 100",
        &[(Field::Version, Op::Eq, "1.2.3")],
        NOW,
    ),
    Asked(
        "source=openssl, first 100",
        &[(Field::Source, Op::Eq, "openssl")],
        NOW,
    ),
    Asked(
        "container=web-0, by type",
        &[(Field::Container, Op::Eq, "web-0")],
        NOW,
    ),
    Asked(
        "purl=pkg:deb/debian/openssl, first 100",
        &[(Field::Purl, Op::Eq, "pkg:deb/debian/openssl")],
        NOW,
    ),
    Asked(
        "purl contains openssl, first 100",
        &[(Field::Purl, Op::Contains, "openssl")],
        NOW,
    ),
];

pub fn all(index: &Index, wanted: &str) {
    let rare = rare_name(index);
    println!(
        "{:44} {:>10} {:>10} {:>10}",
        "", "first ms", "least ms", "median ms"
    );
    for asked in ALL
        .iter()
        .filter(|asked| format!("{}$", asked.0).contains(wanted))
    {
        measure(index, asked.0, &question(index, asked.1, asked.2));
    }
    let one = Match {
        field: Field::Name,
        op: Op::Eq,
        value: rare.clone(),
    };
    let rare_question = Question {
        artifact: vec![Condition::new(one, &Room::of(&[]).unwrap()).unwrap()],
        pin: index.seq(),
        ..Question::default()
    };
    measure(index, &format!("{rare}, all rows"), &rare_question);
}

fn measure(index: &Index, name: &str, question: &Question) {
    let mut times = Vec::new();
    let mut found = 0;
    for _ in 0..TIMES {
        let begun = Instant::now();
        found = answer(index, name, question);
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    let first = times[0];
    times.sort_by(f64::total_cmp);
    println!(
        "{name:44} {first:>10.2} {:>10.2} {:>10.2}   {found}",
        times[0],
        times[TIMES / 2]
    );
}

fn answer(index: &Index, name: &str, question: &Question) -> u64 {
    let mut search = Search::new(index, question);
    if name.starts_with("nothing") {
        return 0;
    }
    if name.ends_with("all rows") || name.starts_with("all ") {
        let mut bytes = 0;
        search.rows(None, usize::MAX, |row| {
            bytes += row.host.len() as u64;
            std::ops::ControlFlow::Continue(())
        });
        return search.total().rows.max(bytes / 1_000_000);
    }
    let total = search.total();
    if name.contains("timeline") {
        let range = During {
            from: at(0),
            to: at(2_000_000),
        };
        return search.timeline(TimelineRequest { range, points: 60 })[30].containers;
    }
    if name.contains("cover") {
        return search.cover(100).total;
    }
    for (word, by) in [
        ("version", GroupBy::Version),
        ("host", GroupBy::Host),
        ("name", GroupBy::Name),
        ("type", GroupBy::Type),
    ] {
        if name.contains(&format!("by {word}")) {
            return search.groups(by, 0, 100).total;
        }
    }
    let listed = search.related().len() + search.page(None, 100).rows.len();
    total.rows.max(listed as u64)
}

fn question(index: &Index, matches: &[(Field, Op, &str)], moment: Option<i64>) -> Question {
    let room = Room::of(&[]).unwrap();
    let mut question = Question {
        time: moment.map(|second| Span::at(at(second))),
        pin: index.seq(),
        ..Question::default()
    };
    for (field, op, value) in matches.iter().copied() {
        let one = Condition::new(
            Match {
                field,
                op,
                value: value.to_owned(),
            },
            &room,
        )
        .unwrap();
        match field {
            field if field.is_of_artifact() => question.artifact.push(one),
            field if field.is_of_image() => question.image.push(one),
            _ => question.run.push(one),
        }
    }
    question
}

/// Some name with some 400 rows.
fn rare_name(index: &Index) -> String {
    let everything = question(index, &[], None);
    let groups = Search::new(index, &everything)
        .groups(GroupBy::Name, 0, 3000)
        .groups;
    let rare = groups
        .iter()
        .min_by_key(|group| group.containers.abs_diff(400))
        .unwrap();
    rare.key.clone()
}
