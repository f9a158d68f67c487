//! How many containers ran what was asked for, at evenly spaced moments of a range.

use model::presence::Span;
use proto_types::{TimelinePoint, TimelineRequest};

use super::{finding::Pause, look::Search, row::time, under_way::Line};
use crate::question::Question;

impl Question {
    /// The same about what ran in a timeline's range, whatever the time that is asked about
    /// otherwise.
    #[must_use]
    pub fn over(&self, request: TimelineRequest) -> Self {
        // The last moment counts too.
        let (from, last) = (request.range.from, Span::at(request.range.to));
        Self {
            time: Some(Span::new(from, last.until)),
            ..self.clone()
        }
    }
}

impl Search<'_> {
    /// The timeline of the runs of the images that hold something that fits.
    #[must_use]
    pub fn timeline(&self, request: TimelineRequest) -> Vec<TimelinePoint> {
        let question = self.question.over(request);
        let mut search = Search::new(self.index, &question);
        search.line(request, &|| false).unwrap_or_default()
    }

    /// The timeline of a question that is about its range ([`Question::over`]); nothing once it is to
    /// pause.
    pub fn line(
        &mut self,
        request: TimelineRequest,
        pause: Pause<'_>,
    ) -> Option<Vec<TimelinePoint>> {
        let moments = moments(request);
        let mut line = std::mem::take(&mut self.found.line);
        let Line { walking, begun } = &mut line;
        begun.resize(moments.len() + 1, 0);
        let walked = self.walk_on(walking, pause, |image| {
            self.add_runs(image, &moments, begun);
        });
        let points = walked.map(|()| points(&moments, begun));
        self.found.line = line;
        points
    }

    fn add_runs(&self, image: u32, moments: &[i64], begun: &mut [i64]) {
        let mut add = |place: usize, count: i64| {
            if let Some(slot) = begun.get_mut(place) {
                *slot += count;
            }
        };
        self.scope.each_run(image, |at| {
            // From the first moment in the run to the first one after it.
            let since = |moment: &i64| *moment < at.run.since;
            let until = |moment: &i64| at.until.is_none_or(|until| *moment < until);
            add(moments.partition_point(since), 1);
            add(moments.partition_point(until), -1);
        });
    }
}

fn points(moments: &[i64], begun: &[i64]) -> Vec<TimelinePoint> {
    let mut containers = 0;
    let points = moments.iter().zip(begun).map(|(at, begun)| {
        containers += begun;
        TimelinePoint {
            at: time(*at),
            containers: containers.unsigned_abs(),
        }
    });
    points.collect()
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
