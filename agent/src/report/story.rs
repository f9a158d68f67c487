//! What happened to containers since the server was last told, kept small: what podman did a
//! hundred times over is one listing.

use std::collections::BTreeMap;

/// How many containers are kept track of by name; past that, only a listing tells.
const CONTAINERS: usize = 1000;
/// How many starts and ends of one container are kept.
const STEPS: usize = 16;

/// A container by the number of its store and the name that it is reported by.
pub(crate) type Key = (usize, String);

/// A start or an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The container's ID.
    pub(crate) id: String,
    /// The name that its image was started by.
    pub(crate) image_name: String,
    /// Whether it started.
    pub(crate) running: bool,
}

/// What happened.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Story {
    /// The steps of each container, oldest first.
    pub(super) steps: BTreeMap<Key, Vec<Step>>,
    /// Whether the server must be told everything that runs.
    pub(super) everything: bool,
}

impl Story {
    /// Whether there is nothing to tell.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty() && !self.everything
    }

    /// Whether it takes a listing of everything.
    pub(crate) const fn is_everything(&self) -> bool {
        self.everything
    }

    /// Something may have happened that nobody knows of.
    pub(crate) const fn tell_everything(&mut self) {
        self.everything = true;
    }

    /// Adds a step. What says again what the last one said, as the events of one end do, is no
    /// step; what doesn't fit any more is left to a listing.
    pub(crate) fn add(&mut self, key: Key, step: Step) {
        if !self.steps.contains_key(&key) && self.steps.len() >= CONTAINERS {
            self.everything = true;
            return;
        }
        let steps = self.steps.entry(key).or_default();
        match steps.last() {
            Some(last) if last.running == step.running && last.id == step.id => {}
            // The end of an older container of that name says nothing of the one that runs.
            Some(last) if last.running && !step.running && last.id != step.id => {}
            _ if steps.len() >= STEPS => self.everything = true,
            _ => steps.push(step),
        }
    }

    /// How many reports it takes at most: each step, a last word for each container, and everything.
    pub(super) fn most_reports(&self) -> u64 {
        let steps: usize = self.steps.values().map(|steps| steps.len() + 1).sum();
        u64::try_from(steps + 1).unwrap_or(u64::MAX)
    }

    /// Takes out what was told: a container's next step, or its last word.
    pub(super) fn told(&mut self, key: &Key, is_step: bool) {
        let Some(steps) = self.steps.get_mut(key) else {
            return;
        };
        if is_step && !steps.is_empty() {
            steps.remove(0);
        }
        if !is_step {
            self.steps.remove(key);
        }
    }

    /// Puts what could not be told before what happened since.
    pub(crate) fn put_before(&mut self, newer: Self) {
        self.everything |= newer.everything;
        for (key, steps) in newer.steps {
            for step in steps {
                self.add(key.clone(), step);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CONTAINERS, STEPS, Step, Story};

    fn step(id: &str, running: bool) -> Step {
        Step {
            id: id.to_owned(),
            image_name: "x".to_owned(),
            running,
        }
    }

    fn key(name: &str) -> super::Key {
        (0, name.to_owned())
    }

    /// What is kept of these steps of one container: `+` where it started, `-` where it ended.
    fn kept(steps: &[(&str, bool)]) -> String {
        let mut story = Story::default();
        for (id, running) in steps {
            story.add(key("web"), step(id, *running));
        }
        let kept = story.steps.values().flatten();
        kept.map(|step| if step.running { '+' } else { '-' })
            .collect()
    }

    #[test]
    fn the_events_of_one_end_are_one_step() {
        assert_eq!(kept(&[("a", true), ("a", false), ("a", false)]), "+-");
        assert_eq!(kept(&[("a", false), ("a", true), ("a", false)]), "-+-");
    }

    #[test]
    fn another_container_of_the_name_is_another_run() {
        assert_eq!(kept(&[("a", true), ("b", true)]), "++");
        assert_eq!(kept(&[("b", true), ("a", false)]), "+");
    }

    #[test]
    fn a_storm_of_one_container_is_left_to_a_listing() {
        let mut story = Story::default();
        for number in 0..100_000 {
            story.add(key("web"), step("a", number % 2 == 0));
        }
        assert!(story.is_everything());
        assert_eq!(story.steps[&key("web")].len(), STEPS);
    }

    #[test]
    fn a_storm_of_many_containers_is_left_to_a_listing() {
        let mut story = Story::default();
        for number in 0..100_000 {
            story.add(key(&number.to_string()), step("a", true));
        }
        assert!(story.is_everything());
        assert_eq!(story.steps.len(), CONTAINERS);
    }

    #[test]
    fn what_could_not_be_told_comes_before_what_happened_since() {
        let mut older = Story::default();
        older.add(key("web"), step("a", true));
        let mut newer = Story::default();
        newer.add(key("web"), step("a", false));
        newer.tell_everything();
        older.put_before(newer);
        let steps: Vec<bool> = older.steps[&key("web")].iter().map(|s| s.running).collect();
        assert_eq!(steps, [true, false]);
        assert!(older.is_everything());
    }
}
