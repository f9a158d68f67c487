//! The questions that are asked of a filled server, and how each is asked.

use proto_types::{Field, FindRequest, GroupBy, Match, Op, Timestamp};

use crate::landmarks::Landmarks;

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// What it is called, in one word.
    pub name: String,
    /// The request.
    pub request: FindRequest,
    /// Whether its rows are streamed as NDJSON.
    pub streamed: bool,
    /// Whether not its first page is asked for but the second.
    pub second_page: bool,
}

/// All questions, about what a fleet holds.
#[must_use]
pub fn all(of: &Landmarks) -> Vec<Question> {
    let openssl = || vec![eq(Field::Name, "openssl")];
    let lodash = || vec![is(Field::Name, Op::Contains, "lodash")];
    let with = |mut matches: Vec<Match>, other: Match| {
        matches.push(other);
        matches
    };
    let older = || with(openssl(), is(Field::Version, Op::Lt, &of.version));
    vec![
        page(
            "name-version",
            with(openssl(), eq(Field::Version, &of.version)),
        ),
        whole("rare-name", vec![eq(Field::Name, &of.rare_name)]),
        stream("all-rows", openssl()),
        groups("by-version", openssl(), GroupBy::Version),
        by_host("by-host", openssl()),
        stream("contains", lodash()),
        groups("contains-by-name", lodash(), GroupBy::Name),
        groups(
            "regex-by-name",
            vec![is(Field::Name, Op::Regex, "^lib.*ssl")],
            GroupBy::Name,
        ),
        first_by_name("everything"),
        Question {
            second_page: true,
            ..first_by_name("everything-second-page")
        },
        whole("one-host", vec![eq(Field::Host, &of.host)]),
        page("older", older()),
        cover("older-cover", older()),
    ]
}

/// The same questions about a past moment, as far as that makes others of them.
#[must_use]
pub fn past(of: &Landmarks, at: Timestamp) -> Vec<Question> {
    let all = all(of).into_iter().filter(|question| !question.second_page);
    all.map(|mut question| {
        question.name.push_str("@past");
        question.request.at = Some(at);
        question
    })
    .collect()
}

fn is(field: Field, op: Op, value: &str) -> Match {
    Match {
        field,
        op,
        value: value.to_owned(),
    }
}

fn eq(field: Field, value: &str) -> Match {
    is(field, Op::Eq, value)
}

/// The first hundred rows, with their total.
fn page(name: &str, matches: Vec<Match>) -> Question {
    Question {
        name: name.to_owned(),
        request: FindRequest {
            matches,
            limit: Some(100),
            ..FindRequest::default()
        },
        streamed: false,
        second_page: false,
    }
}

/// All rows in one document.
fn whole(name: &str, matches: Vec<Match>) -> Question {
    let mut question = page(name, matches);
    question.request.limit = Some(0);
    question
}

/// All rows as NDJSON.
fn stream(name: &str, matches: Vec<Match>) -> Question {
    let mut question = page(name, matches);
    question.request.limit = None;
    question.streamed = true;
    question
}

/// All groups.
fn groups(name: &str, matches: Vec<Match>, by: GroupBy) -> Question {
    let mut question = whole(name, matches);
    question.request.group_by = Some(by);
    question
}

/// The first hundred hosts.
fn by_host(name: &str, matches: Vec<Match>) -> Question {
    let mut question = page(name, matches);
    question.request.group_by = Some(GroupBy::Host);
    question
}

/// What the TUI shows first: everything, by name.
fn first_by_name(name: &str) -> Question {
    let mut question = page(name, Vec::new());
    question.request.group_by = Some(GroupBy::Name);
    question
}

/// The images to rebuild.
fn cover(name: &str, matches: Vec<Match>) -> Question {
    let mut question = page(name, matches);
    question.request.cover = true;
    question
}
