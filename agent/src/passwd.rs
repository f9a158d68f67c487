//! Lines of `passwd(5)`.

/// An account as a line of `passwd(5)` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its name.
    pub(crate) name: String,
    /// Its number.
    pub(crate) uid: u32,
    /// Its group's.
    pub(crate) gid: u32,
    /// Its home.
    pub(crate) home: String,
}

impl Line {
    /// The account in a line.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let mut fields = line.trim_end().split(':');
        let name = fields.next().filter(|name| !name.is_empty())?.to_owned();
        let (uid, gid) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
        let home = fields.nth(1).unwrap_or_default().to_owned();
        Some(Self {
            name,
            uid,
            gid,
            home,
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::Line;

    #[test]
    fn an_account_is_read_from_a_line_of_passwd() {
        let line = Line::read("alice:x:1000:1001:Alice,,,:/home/alice:/bin/bash\n").unwrap();
        assert_eq!((line.uid, line.gid), (1000, 1001));
        assert_eq!((&*line.name, &*line.home), ("alice", "/home/alice"));
        for wrong in [
            "",
            "alice",
            "alice:x:many:1:::",
            ":x:1:1:::",
            "alice:x:-1:1:::",
        ] {
            assert_eq!(Line::read(wrong), None, "{wrong}");
        }
    }
}
