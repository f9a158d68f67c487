//! What is to be told of a story: its steps, and as the last word what a listing says.

use std::collections::BTreeMap;

use proto_types::{ImageDigest, ReportedContainer};

use super::story::{Key, Step, Story};
use crate::seen::Seen;

/// How many containers are told one by one; of more than these, everything is told at once.
const FEW: usize = 16;

/// The images that names mean, by the store's number and the name.
pub(super) type Images = BTreeMap<(usize, String), ImageDigest>;

/// What is known of containers.
pub(super) struct Knowledge<'a> {
    /// What was seen after it all happened.
    pub(super) seen: &'a Seen,
    /// What was seen the time before, containers that are gone now above all.
    pub(super) before: &'a Seen,
    /// What the names of images mean of which no container was seen.
    pub(super) images: Images,
}

/// One report that is due.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Due {
    /// The container.
    pub(super) key: Key,
    /// What there is to report of it.
    pub(super) container: ReportedContainer,
    /// Whether it runs.
    pub(super) running: bool,
    /// Whether it is the container's next step, and no last word.
    pub(super) is_step: bool,
}

/// The reports that are due.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// One after the other.
    pub(super) due: Vec<Due>,
    /// Whether a full report must follow.
    pub(super) everything: bool,
}

/// What is to be told of a story.
///
/// Events say that something happened, the listing what came of it. So each step is told as it
/// happened, and then, where that differs, what the listing says.
pub(super) fn plan(story: &Story, known: &Knowledge<'_>) -> Plan {
    let mut plan = Plan {
        due: Vec::new(),
        everything: story.everything || story.steps.len() > FEW,
    };
    // A full report that names everything says the last word for all.
    let is_said = plan.everything && known.seen.missing.is_empty();
    for (key, steps) in &story.steps {
        match known.due(key, steps) {
            Some(mut due) => {
                let history = due.len().saturating_sub(usize::from(is_said));
                due.truncate(history);
                plan.due.extend(due);
            }
            None => plan.everything = true,
        }
    }
    plan
}

impl Knowledge<'_> {
    /// The containers that steps are about and that nobody has listed.
    pub(super) fn unknown<'s>(&self, story: &'s Story) -> impl Iterator<Item = (usize, &'s str)> {
        let steps = story.steps.iter();
        let steps = steps.flat_map(|((store, _), steps)| steps.iter().map(|step| (*store, step)));
        let unknown = steps.filter(|(store, step)| self.listed(*store, &step.id).is_none());
        unknown.map(|(store, step)| (store, step.image_name.as_str()))
    }

    /// What is due of one container; none where nothing can be told of it but by a full report.
    fn due(&self, key: &Key, steps: &[Step]) -> Option<Vec<Due>> {
        let told = |container, running, is_step| Due {
            key: key.clone(),
            container,
            running,
            is_step,
        };
        let mut due = Vec::new();
        for step in steps {
            due.push(told(self.container(key, step)?, step.running, true));
        }
        let (store, name) = key;
        let mut running = self.seen.of(*store).filter(|listed| listed.running);
        let running = running.find(|listed| listed.container.name == *name);
        match (running, due.last()) {
            (Some(listed), Some(last)) if last.running && last.container == listed.container => {}
            (Some(listed), _) => due.push(told(listed.container.clone(), true, false)),
            (None, Some(last)) if last.running && self.seen.whole.contains(store) => {
                due.push(told(last.container.clone(), false, false));
            }
            (None, Some(_)) => {}
            (None, None) => return None,
        }
        Some(due)
    }

    /// What there is to report of the container that a step is about.
    fn container(&self, (store, name): &Key, step: &Step) -> Option<ReportedContainer> {
        let (image_name, image_digest) = match self.listed(*store, &step.id) {
            Some(listed) => (listed.image_name.clone(), listed.image_digest),
            None => {
                let image = (*store, step.image_name.clone());
                (step.image_name.clone(), *self.images.get(&image)?)
            }
        };
        Some(ReportedContainer {
            name: name.clone(),
            image_name,
            image_digest,
        })
    }

    fn listed(&self, store: usize, id: &str) -> Option<&ReportedContainer> {
        let seen = [self.seen, self.before].into_iter();
        let mut listed = seen.filter_map(|seen| seen.by_id(store, id));
        listed.next().map(|listed| &listed.container)
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
