//! The ID of a request: the client's own, or one that is made here.

use axum::http::HeaderMap;
use proto_types::{REQUEST_ID, RequestId, Timestamp};
use ulid::Ulid;

/// The one that the client gives, unless it can't stand in the log; else a new one, later ones of which
/// are behind earlier ones.
pub fn of(headers: &HeaderMap, now: Timestamp) -> Option<RequestId> {
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    given.and_then(RequestId::new).or_else(|| made(now))
}

/// A new one; none where the system has no random bytes to give.
fn made(now: Timestamp) -> Option<RequestId> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).ok()?;
    let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
    let id = Ulid::from_parts(milliseconds, u128::from_le_bytes(random));
    RequestId::new(id.array_to_str(&mut [0; ulid::ULID_LEN]))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn headers(id: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(REQUEST_ID, id.parse().unwrap());
        headers
    }

    #[test]
    fn a_client_names_its_request_where_the_name_is_plain_and_shorter_than_a_secret() {
        let now = Timestamp::UNIX_EPOCH;
        let plain = of(&headers("deploy-7.a_b"), now).unwrap();
        assert_eq!(plain.as_str(), "deploy-7.a_b");
        for odd in ["", "a b", "a\"b", &"c0ffee12".repeat(8)] {
            assert_ne!(of(&headers(odd), now).unwrap().as_str(), odd);
        }
    }

    #[test]
    fn an_id_that_is_made_is_new_and_behind_earlier_ones() {
        let at = |millisecond| Timestamp::from_millisecond(millisecond).unwrap();
        let [first, second, later] =
            [1, 1, 2].map(|ms| of(&HeaderMap::new(), at(1_800_000_000_000 + ms)).unwrap());
        assert_ne!(first, second);
        assert_eq!(first.as_str().len(), 26);
        assert!(first.as_str() < later.as_str() && second.as_str() < later.as_str());
    }
}
