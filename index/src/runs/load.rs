//! Runs as they are read from the store, in any order, with what is known of their images.

use super::{
    Runs,
    run::{End, Past},
};
use crate::{
    change::{Run, Seq},
    lists_of::ListsOf,
    unfit::Unfit,
};

impl Runs {
    /// Takes in a run that a commit began, and one may have ended. It is found once all are laid
    /// out.
    pub fn load(&mut self, run: &Run, began: Seq, end: Option<End>) -> Result<(), Unfit> {
        let live = self.live_from(run, began)?;
        self.known_mut(run.image)?;
        self.note_name(run.image, live.image_name);
        match end {
            None => self.live.add(live),
            Some((until, ended)) => self.past.add(Past {
                run: live,
                until,
                ended,
            }),
        };
        Ok(())
    }

    /// Lays out what was read, the runs of an image side by side.
    pub fn lay_out(&mut self) {
        self.live.sort_by_key(|live| (live.image, live.run));
        let key = |past: &Past| (past.run.image, past.ended, past.run.run);
        self.past.sort_by_key(key);
        let (live, past) = (&self.live, &self.past);
        self.live_of_image = ListsOf::of(|| live.all().map(|(slot, run)| (run.image, slot)));
        self.live_hosts = ListsOf::of(|| live.all().map(|(_, run)| (run.image, run.host)));
        self.live_of_host = ListsOf::of(|| live.all().map(|(slot, run)| (run.host, slot)));
        self.live_images = ListsOf::of(|| live.all().map(|(_, run)| (run.host, run.image)));
        self.past_of_image = ListsOf::of(|| past.all().map(|(slot, past)| (past.run.image, slot)));
        self.past_of_host = ListsOf::of(|| past.all().map(|(slot, past)| (past.run.host, slot)));
        self.texts.shrink();
    }

    /// Says when an image that was laid out with its runs last ran by what is kept of no run: by
    /// the image's row, in milliseconds since 1970.
    pub fn loaded(&mut self, image: u32, last: Option<i64>) -> Result<(), Unfit> {
        let mut known = *self.known_mut(image)?;
        let (mut newest, mut first) = (None, None);
        known.named = 0;
        let mut changed = 0;
        self.each_known(image, Seq::MAX, |at| {
            changed = changed.max(at.run.began);
            first = Some(first.map_or(at.run.since, |first: i64| first.min(at.run.since)));
            known.last = known.last.max(at.until);
            newest = newest.max(Some(at.run.naming()));
        });
        for past in self.past_of(image) {
            changed = changed.max(past.ended);
        }
        // What a run that is kept tells is known since the commit that told of it.
        if let Some(first) = first.filter(|first| *first <= known.first) {
            (known.first, known.first_of_none) = (first, i64::MAX);
        }
        if let Some(last) = last.filter(|last| known.last < Some(*last)) {
            (known.last, known.last_of_none) = (Some(last), last);
        }
        match newest {
            Some((began, _, name)) if name == known.name => known.named = began,
            // That run was dropped: its name is all that is left of it, newer than what is kept.
            Some((began, ..)) => known.keep_name((began, u64::MAX, known.name)),
            None => {}
        }
        *self.known_mut(image)? = known;
        self.set_changed(image, changed);
        Ok(())
    }
}
