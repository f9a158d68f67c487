//! When nothing will be left of what becomes less, at the pace at which it does.

use jiff::{SignedDuration, Timestamp};
use proto_types::TimelinePoint;

/// Nothing is said of what would take longer than this.
const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);
/// Fewer points make no pace.
const FEWEST: usize = 4;

/// When none will be left at the pace of the later half of the time since there were most. Nothing where
/// that half doesn't fall, where too little of it is known, or where none are left.
pub(crate) fn none_by(points: &[TimelinePoint]) -> Option<Timestamp> {
    let last = points.last()?;
    let most = points.iter().map(|point| point.containers).max()?;
    let peak = points.iter().rposition(|point| point.containers == most)?;
    let falling = points.get(peak..)?;
    if falling.len() < FEWEST || last.containers == 0 {
        return None;
    }
    let middle = falling.get(falling.len() / 2)?;
    let gone = middle.containers.checked_sub(last.containers)?;
    let took = last.at.duration_since(middle.at).as_secs();
    if gone == 0 || took <= 0 {
        return None;
    }
    let left = i128::from(took) * i128::from(last.containers) / i128::from(gone);
    let left = SignedDuration::from_secs(i64::try_from(left).ok()?);
    last.at.checked_add(left).ok().filter(|_| left <= LONGEST)
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use proto_types::TimelinePoint;

    use super::none_by;

    fn hourly(counts: &[u64]) -> Vec<TimelinePoint> {
        let hours = (0..).zip(counts);
        let points = hours.map(|(hour, containers)| TimelinePoint {
            at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour),
            containers: *containers,
        });
        points.collect()
    }

    fn hours(counts: &[u64]) -> Option<i64> {
        none_by(&hourly(counts)).map(|at| at.as_second() / 3600)
    }

    #[test]
    fn what_falls_evenly_is_gone_where_its_line_ends() {
        assert_eq!(hours(&[50, 50, 40, 30, 20, 10]), Some(6));
        assert_eq!(hours(&[0, 80, 70, 60, 50, 40]), Some(9));
    }

    #[test]
    fn the_pace_is_that_of_the_later_half() {
        assert_eq!(hours(&[100, 50, 40, 38, 36, 34, 32]), Some(22));
    }

    #[test]
    fn nothing_is_said_of_what_does_not_fall_or_is_gone_or_only_just_began() {
        for counts in [
            &[][..],
            &[5],
            &[5, 5, 5, 5, 5],
            &[1, 2, 3, 4, 5],
            &[9, 5, 4, 4, 4, 4],
            &[9, 5, 4, 4, 4, 6],
            &[9, 5, 3, 1, 0],
            &[9, 9, 9, 9, 8],
        ] {
            assert_eq!(hours(counts), None, "{counts:?}");
        }
        let slow: Vec<u64> = (0..40).map(|hour| 100_000 - hour).collect();
        assert_eq!(hours(&slow), None);
    }
}
