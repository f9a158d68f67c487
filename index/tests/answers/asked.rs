//! Random questions about those fleets.

use index::{Question, Seq};
use model::{
    condition::{AnyOf, Condition, Room},
    presence::Span,
};
use proptest::prelude::*;
use proto_types::{Field, Match, Op};

use crate::things::{alias, at, digest};

/// A question without its pin.
#[derive(Debug, Clone)]
pub struct Asked {
    pub matches: Vec<Match>,
    pub any: Vec<Match>,
    pub time: Option<(i64, i64)>,
}

impl Asked {
    /// The question; `None` where it would be refused.
    pub fn question(&self, pin: Seq) -> Option<Question> {
        let room = Room::of(&[]).ok()?;
        let mut question = Question {
            pin,
            ..Question::default()
        };
        for one in &self.matches {
            let condition = Condition::new(one.clone(), &room).ok()?;
            match one.field {
                field if field.is_of_artifact() => question.artifact.push(condition),
                field if field.is_of_image() => question.image.push(condition),
                _ => question.run.push(condition),
            }
        }
        question.any = AnyOf::new(self.any.clone(), &room).ok()?;
        question.time = self.time.map(|(from, to)| match from == to {
            true => Span::at(at(from)),
            false => Span::new(at(from), at(to)),
        });
        Some(question)
    }
}

const NAMES: &[&str] = &[
    "openssl",
    "ssl",
    "lib",
    "",
    "zlib",
    "x",
    "core",
    "@scope/it's",
    "o*",
    "^lib|^zl",
    "{x,core}",
    "Jinja2",
    "100%",
    "no such thing",
];
const VERSIONS: &[&str] = &[
    "3.0.2", "3.0.10", "1.0", "6.1", "2", "1:2.0-1", "3.*", "^1", "",
];
const PURLS: &[&str] = &[
    "pkg:deb/debian/openssl",
    "pkg:deb/debian/openssl@3.0.10",
    "pkg:pypi/zope.interface",
    "pkg:pypi/JINJA2@3.1.4",
    "pkg:golang/github.com/X/y",
    "pkg:maven/core",
    "pkg:npm/@babel/core",
    "pkg:rpm/x@1.0?epoch=1",
    "pkg:deb/zlib",
    "pkg:apk/alpine/openssl@3.0.10",
    "pkg:deb/",
    "no purl at all",
    "pkg:*",
    "upstream",
    "",
];
const OTHERS: &[&str] = &[
    "openssl",
    "deb",
    "python",
    "rpm",
    "nodejs:18",
    "debian",
    "alpine",
    "12",
    "web",
    "db",
    "web-1",
    "a",
    "b",
    "x",
    "example.org/web:1",
    "example.org/",
    "w*",
    "^.b$",
    "ünï",
    "3.0.9",
    "2.0-1",
    "",
];

/// Values that mean something in a field.
pub fn values(field: Field) -> Vec<String> {
    let values = match field {
        Field::Name => NAMES,
        Field::Version => VERSIONS,
        Field::Purl => PURLS,
        Field::ImageDigest => {
            let digests = (0..7).map(|number| digest(number).to_string());
            let aliases = (0..3).map(|number| alias(number).to_string());
            let pieces = ["sha256:ab".to_owned(), "*".to_owned()];
            return digests.chain(aliases).chain(pieces).collect();
        }
        _ => OTHERS,
    };
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn matching(fields: Vec<Field>) -> impl Strategy<Value = Match> {
    let op = prop_oneof![4 => Just(Op::Eq), 6 => prop::sample::select(Op::ALL)];
    (prop::sample::select(fields), op).prop_flat_map(|(field, op)| {
        prop::sample::select(values(field)).prop_map(move |value| Match { field, op, value })
    })
}

pub fn asked() -> impl Strategy<Value = Asked> {
    let all = Field::ALL.to_vec();
    let of_artifact = all.iter().copied().filter(|field| field.is_of_artifact());
    let any = prop::collection::vec(matching(of_artifact.collect()), 1..4);
    let time = prop_oneof![
        5 => Just(None),
        2 => (-80..200_i64).prop_map(|at| Some((at, at))),
        2 => (-80..200_i64, 1..90_i64).prop_map(|(from, length)| Some((from, from + length))),
    ];
    let any = prop_oneof![3 => Just(Vec::new()), 1 => any];
    let matches = prop::collection::vec(matching(all), 0..3);
    (matches, any, time).prop_map(|(matches, any, time)| Asked { matches, any, time })
}
