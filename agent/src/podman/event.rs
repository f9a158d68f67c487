//! What podman tells of a container while `podman events` is followed, read with suspicion: names
//! in it are chosen by whoever starts containers.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// How long a name or an ID may be, in bytes; the server takes no longer ones either.
const LONGEST: usize = model::bounds::CONTAINER_NAME;

/// The events that are asked for, as filters of podman's; it passes over words that it doesn't know.
pub(super) const FOLLOWED: [&str; 8] = [
    "event=start",
    "event=died",
    "event=die",
    "event=stop",
    "event=remove",
    "event=rename",
    "event=checkpoint",
    "event=restore",
];

/// Something that happened to a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// The container's ID.
    pub(crate) id: String,
    /// Its name in its store.
    pub(crate) name: String,
    /// The name that its image was started by; empty where podman names none.
    pub(crate) image_name: String,
    /// What happened.
    pub(crate) what: Happening,
    /// When, where podman says so.
    pub(crate) at: Option<Timestamp>,
}

/// What can happen to a container that changes what runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happening {
    /// It started.
    Started,
    /// It stopped, or was removed.
    Ended,
    /// Something that only a listing can show, as when it got another name.
    Changed,
}

/// A line that tells of nothing that can be understood.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoEvent {
    /// It isn't what podman prints.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A name or an ID is missing or too long.
    #[error("an event's container has no usable {0}")]
    Odd(&'static str),
}

/// An event as podman writes it. Releases differ in case, and in how they write the time.
#[derive(Deserialize)]
struct Line {
    #[serde(alias = "Id", alias = "id", rename = "ID", default)]
    id: String,
    #[serde(alias = "name", rename = "Name", default)]
    name: String,
    #[serde(alias = "image", alias = "from", rename = "Image", default)]
    image: String,
    #[serde(alias = "type", rename = "Type")]
    kind: String,
    #[serde(alias = "status", rename = "Status", default)]
    status: String,
    #[serde(rename = "Time", default)]
    written: Option<Value>,
    #[serde(rename = "time", default)]
    seconds: Option<Value>,
    #[serde(rename = "timeNano", default)]
    nanos: Option<Value>,
}

/// The event in a line; none where what happened changes nothing that runs.
///
/// # Errors
/// [`NoEvent`]: the line is none that podman prints, so that something may have been missed.
pub(crate) fn read(line: &[u8]) -> Result<Option<Event>, NoEvent> {
    let line: Line = serde_json::from_slice(line)?;
    if line.kind != "container" {
        return Ok(None);
    }
    let Some(what) = happening(&line.status) else {
        return Ok(None);
    };
    for (what, text) in [("ID", &line.id), ("name", &line.name)] {
        if text.is_empty() || text.len() > LONGEST {
            return Err(NoEvent::Odd(what));
        }
    }
    if line.image.len() > LONGEST {
        return Err(NoEvent::Odd("image name"));
    }
    let at = time(&line);
    Ok(Some(Event {
        id: line.id,
        name: line.name,
        image_name: line.image,
        what,
        at,
    }))
}

/// Podman tells of each end more than once (`died`, `stop`, `remove`): any may be the only one.
fn happening(status: &str) -> Option<Happening> {
    match status {
        "start" => Some(Happening::Started),
        "died" | "die" | "stop" | "remove" => Some(Happening::Ended),
        "rename" | "checkpoint" | "restore" => Some(Happening::Changed),
        _ => None,
    }
}

fn time(line: &Line) -> Option<Timestamp> {
    let nanos = line.nanos.as_ref().and_then(Value::as_i64);
    if let Some(nanos) = nanos.filter(|nanos| *nanos > 0) {
        return Timestamp::from_nanosecond(nanos.into()).ok();
    }
    let written = line.written.as_ref().or(line.seconds.as_ref())?;
    match written {
        Value::String(text) => text.parse().ok(),
        other => Timestamp::from_second(other.as_i64()?).ok(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{Event, Happening, read};

    fn line(change: impl FnOnce(&mut Value)) -> Vec<u8> {
        let mut line = json!({"ID": "c1", "Image": "localhost/x:1", "Name": "web", "Status": "start",
            "Time": "2026-11-24T20:57:14.329324374Z", "Type": "container", "Attributes": {"a": "b"}});
        change(&mut line);
        line.to_string().into_bytes()
    }

    fn event(change: impl FnOnce(&mut Value)) -> Event {
        read(&line(change)).unwrap().unwrap()
    }

    #[test]
    fn an_event_is_read_as_podman_4_prints_it() {
        let read = event(|_| ());
        assert_eq!((read.id.as_str(), read.name.as_str()), ("c1", "web"));
        assert_eq!(read.image_name, "localhost/x:1");
        assert_eq!(read.what, Happening::Started);
        let at = read.at.unwrap().to_string();
        assert_eq!(at, "2026-11-24T20:57:14.329324374Z");
    }

    #[test]
    fn the_time_is_read_in_each_way_that_podman_writes_it() {
        let with = |times: Value| {
            event(|line| {
                let line = line.as_object_mut().unwrap();
                line.remove("Time");
                line.extend(times.as_object().unwrap().clone());
            })
            .at
        };
        let at = |text: &str| Some(text.parse().unwrap());
        assert_eq!(
            with(json!({"time": 1_795_553_834, "timeNano": 1_795_553_834_329_324_374_i64})),
            at("2026-11-24T20:57:14.329324374Z")
        );
        assert_eq!(
            with(json!({"time": 1_795_553_834})),
            at("2026-11-24T20:57:14Z")
        );
        assert_eq!(
            with(json!({"Time": "2026-11-24T21:57:14+01:00"})),
            at("2026-11-24T20:57:14Z")
        );
        for none in [json!({}), json!({"Time": "soon"}), json!({"time": 1e300})] {
            assert_eq!(with(none), None);
        }
    }

    #[test]
    fn every_way_of_ending_is_an_end() {
        for status in ["died", "die", "stop", "remove"] {
            let read = event(|line| line["Status"] = status.into());
            assert_eq!(read.what, Happening::Ended, "{status}");
        }
        let renamed = event(|line| line["Status"] = "rename".into());
        assert_eq!(renamed.what, Happening::Changed);
    }

    #[test]
    fn what_changes_nothing_that_runs_is_passed_over() {
        for status in ["create", "exec", "health_status", "cleanup", "", "\u{1b}x"] {
            let line = line(|line| line["Status"] = status.into());
            assert_eq!(read(&line).unwrap(), None, "{status}");
        }
        let line = line(|line| line["Type"] = "pod".into());
        assert_eq!(read(&line).unwrap(), None);
    }

    #[test]
    fn what_is_no_event_is_an_error_and_no_panic() {
        for wrong in [&b""[..], b"{", b"[]", b"null", b"Error: x", b"\xff\xfe"] {
            assert!(read(wrong).is_err(), "{}", String::from_utf8_lossy(wrong));
        }
        for (field, value) in [
            ("ID", json!("")),
            ("ID", json!(7)),
            ("Name", json!("")),
            ("Name", json!("x".repeat(1025))),
            ("Name", json!(null)),
            ("Image", json!("x".repeat(1025))),
        ] {
            assert!(read(&line(|line| line[field] = value)).is_err(), "{field}");
        }
    }

    proptest! {
        #[test]
        fn no_line_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }

        #[test]
        fn no_value_in_a_line_makes_it_panic(field in "(ID|Name|Image|Status|Time|time|timeNano|Type)", text in ".{0,40}", number in any::<i64>()) {
            let _ = read(&line(|line| line[&field] = text.into()));
            let _ = read(&line(|line| line[&field] = number.into()));
        }
    }
}
