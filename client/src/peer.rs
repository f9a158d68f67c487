//! What every answer tells of the server besides: its clock and its version.

use std::{
    cmp::Ordering,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use proto_types::{SERVER_VERSION, Timestamp};
use reqwest::header::{self, HeaderMap};

/// Clocks that are less far apart are well: an answer takes some seconds, and names whole ones.
const APART: Duration = Duration::from_secs(60);

/// The server as its last answer showed it, to every copy of a client.
#[derive(Debug, Clone, Default)]
pub(crate) struct Peer(Arc<Mutex<Shown>>);

#[derive(Debug, Default)]
struct Shown {
    /// How the clocks differ, where it is worth a word.
    clock: Option<String>,
    /// Its version, where it is an older one.
    version: Option<String>,
}

impl Peer {
    /// Looks at an answer that came at this moment of the machine's clock.
    pub(crate) fn answered(&self, answer: &HeaderMap, now: SystemTime) {
        let said = |name: &str| answer.get(name)?.to_str().ok();
        let date =
            said(header::DATE.as_str()).and_then(|date| httpdate::parse_http_date(date).ok());
        let version = said(SERVER_VERSION).filter(|version| is_older(version));
        let mut shown = self.shown();
        shown.clock = date.and_then(|date| apart(date, now));
        shown.version = version.map(str::to_owned);
    }

    /// What somebody should know of them, each with the way out.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let shown = self.shown();
        let version = shown.version.as_ref().map(|version| {
            format!("the server is {version}, older than this {OURS}: upgrade the server first")
        });
        shown.clock.iter().cloned().chain(version).collect()
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        // What is in there is whole whenever the lock is free.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The version of this client, which is that of the program it is in.
const OURS: &str = env!("CARGO_PKG_VERSION");

/// How this machine's clock stands to a server's, where they differ by more than a minute.
fn apart(server: SystemTime, ours: SystemTime) -> Option<String> {
    let (apart, way) = match ours.duration_since(server) {
        Ok(ahead) => (ahead, "ahead of"),
        Err(behind) => (behind.duration(), "behind"),
    };
    let named = || {
        let time = |time| {
            Timestamp::try_from(time).map_or_else(|_| "?".to_owned(), |time| time.to_string())
        };
        (time(ours), time(server))
    };
    (apart > APART).then(|| {
        let (ours, server) = named();
        format!(
            "this machine's clock is {} {way} the server's ({ours} here, {server} there): have both set by NTP",
            long(apart)
        )
    })
}

/// A stretch of time in its largest unit, as in `3 hours`.
fn long(time: Duration) -> String {
    let minutes = time.as_secs() / 60;
    let (count, unit) = match minutes {
        0..120 => (minutes, "minute"),
        120..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// Whether a version is older than this client's; one that isn't three numbers isn't.
fn is_older(version: &str) -> bool {
    let order = numbers(version).zip(numbers(OURS));
    order.is_some_and(|(theirs, ours)| theirs.cmp(&ours) == Ordering::Less)
}

/// The numbers of a version of ours.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warned(date: &str, version: &str) -> Vec<String> {
        let mut headers = HeaderMap::new();
        for (name, value) in [("date", date), (SERVER_VERSION, version)] {
            if let Ok(value) = value.parse() {
                headers.insert(name, value);
            }
        }
        let peer = Peer::default();
        peer.answered(
            &headers,
            SystemTime::UNIX_EPOCH + Duration::from_secs(86_400),
        );
        peer.warnings()
    }

    #[test]
    fn clocks_that_are_over_a_minute_apart_are_named() {
        for well in [
            "Fri, 02 Jan 1970 00:01:00 GMT",
            "Thu, 01 Jan 1970 23:59:00 GMT",
            "soon",
            "",
        ] {
            assert_eq!(warned(well, OURS), [""; 0], "{well}");
        }
        assert_eq!(
            warned("Thu, 01 Jan 1970 21:00:00 GMT", OURS),
            [
                "this machine's clock is 3 hours ahead of the server's (1970-01-02T00:00:00Z here, 1970-01-01T21:00:00Z there): have both set by NTP"
            ]
        );
        let behind = warned("Sun, 04 Jan 1970 00:00:00 GMT", OURS);
        assert!(
            behind[0].contains("2 days behind the server's"),
            "{behind:?}"
        );
        let little = warned("Fri, 02 Jan 1970 00:01:01 GMT", OURS);
        assert!(little[0].contains("1 minute behind"), "{little:?}");
    }

    #[test]
    fn a_server_that_is_older_is_named() {
        for well in [OURS, "99.0.0", "", "0.0", "old", "0.0.1.1"] {
            assert_eq!(warned("", well), [""; 0], "{well}");
        }
        let older = warned("", "0.0.9");
        assert_eq!(
            older,
            [format!(
                "the server is 0.0.9, older than this {OURS}: upgrade the server first"
            )]
        );
    }
}
