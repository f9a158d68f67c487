//! How many containers ran what was asked for, at evenly spaced moments of a range.

use model::presence::Span;
use proto_types::{TimelinePoint, TimelineRequest};

use super::{look::Search, row::time};
use crate::question::Question;

impl Search<'_> {
    /// The timeline of the runs of the images that hold something that fits, whatever the time
    /// that is asked about otherwise.
    #[must_use]
    pub fn timeline(&self, request: TimelineRequest) -> Vec<TimelinePoint> {
        // The last moment counts too.
        let (from, last) = (request.range.from, Span::at(request.range.to));
        let question = Question {
            time: Some(Span::new(from, last.until)),
            ..self.question.clone()
        };
        let search = Search::new(self.index, &question);
        let moments = moments(request);
        let mut begun = vec![0_i64; moments.len() + 1];
        let mut add = |place: usize, count: i64| {
            if let Some(slot) = begun.get_mut(place) {
                *slot += count;
            }
        };
        for image in search.images().iter() {
            search.scope.each_run(image, |at| {
                // From the first moment in the run to the first one after it.
                let since = |moment: &i64| *moment < at.run.since;
                let until = |moment: &i64| at.until.is_none_or(|until| *moment < until);
                add(moments.partition_point(since), 1);
                add(moments.partition_point(until), -1);
            });
        }
        let mut containers = 0;
        let points = moments.iter().zip(&begun).map(|(at, begun)| {
            containers += begun;
            TimelinePoint {
                at: time(*at),
                containers: containers.unsigned_abs(),
            }
        });
        points.collect()
    }
}

/// The moments in milliseconds: the first is the range's beginning, the last its end.
fn moments(request: TimelineRequest) -> Vec<i64> {
    let from = request.range.from.as_millisecond();
    let to = request.range.to.as_millisecond();
    let steps = i64::from(request.points.max(2)) - 1;
    let length = to.saturating_sub(from);
    (0..=steps)
        .map(|step| from + length / steps * step + length % steps * step / steps)
        .collect()
}
