//! How much room things take in the body of a request.

use std::io::{self, Write};

use serde::Serialize;

/// Keeps as many of `things` as fit in `room` bytes of a list; answers the others.
pub(crate) fn fit<T: Serialize>(things: &mut Vec<T>, mut room: usize) -> Vec<T> {
    let mut others = Vec::new();
    let mut kept = Vec::with_capacity(things.len());
    for thing in things.drain(..) {
        match size(&thing).and_then(|size| room.checked_sub(size)) {
            Some(left) => {
                room = left;
                kept.push(thing);
            }
            None => others.push(thing),
        }
    }
    *things = kept;
    others
}

/// The bytes that `value` takes in a list, with the comma after it; none where it is no JSON.
fn size(value: &impl Serialize) -> Option<usize> {
    let mut counter = Counter(1);
    serde_json::to_writer(&mut counter, value).ok()?;
    Some(counter.0)
}

/// Counts what is written.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn what_does_not_fit_is_left_out_and_the_rest_is_kept() {
        // Each takes its quotes and a comma, and each quote in it two bytes.
        let mut things = vec!["abcdefg", "\"\"\"\"", "bc", "d"];
        let others = fit(&mut things, 10 + 5 + 4);
        assert_eq!(things, ["abcdefg", "bc", "d"]);
        assert_eq!(others, ["\"\"\"\""]);
        assert!(fit(&mut things, 19).is_empty());
        assert_eq!(things.len(), 3);
    }
}
