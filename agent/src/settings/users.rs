//! Users of the machine whose podman is asked too.

use std::str::FromStr;

use serde::Deserialize;

use super::words::is_store_name;

/// At most so many users: each costs a start of podman a cycle.
const MOST: usize = 64;

/// Users of the machine, each named once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct Users(pub(crate) Vec<String>);

/// What names no users.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoUsers {
    /// A name that could be mistaken.
    #[error("`{0}` can't be the name of a user here: use letters, digits, `-`, `_` and `.`")]
    Name(String),
    /// One twice.
    #[error("the user `{0}` is named twice")]
    Twice(String),
    /// Too many.
    #[error("there are {0} users, and there may be at most {MOST}")]
    Many(usize),
}

impl TryFrom<Vec<String>> for Users {
    type Error = NoUsers;

    fn try_from(users: Vec<String>) -> Result<Self, NoUsers> {
        for (at, user) in users.iter().enumerate() {
            if !is_store_name(user) || user.starts_with('-') {
                return Err(NoUsers::Name(user.clone()));
            }
            if users.iter().take(at).any(|other| other == user) {
                return Err(NoUsers::Twice(user.clone()));
            }
        }
        match users.len() {
            many if many > MOST => Err(NoUsers::Many(many)),
            _ => Ok(Self(users)),
        }
    }
}

impl FromStr for Users {
    type Err = NoUsers;

    fn from_str(text: &str) -> Result<Self, NoUsers> {
        let names = text.split([',', ' ']).filter(|name| !name.is_empty());
        Self::try_from(names.map(str::to_owned).collect::<Vec<_>>())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::Users;

    #[test]
    fn users_are_names_each_once() {
        let users: Users = "alice, build.bot".parse().unwrap();
        assert_eq!(users.0, ["alice", "build.bot"]);
        for wrong in ["a/b", "alice,alice", "-u", "a\u{1b}b"] {
            assert!(wrong.parse::<Users>().is_err(), "{wrong}");
        }
    }
}
