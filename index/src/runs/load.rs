//! Runs as they are read from the store, in any order, with what is known of their images.

use super::{
    Runs,
    run::{End, Past},
};
use crate::{
    change::{Run, Seq},
    unfit::Unfit,
};

impl Runs {
    /// Takes in a run that a commit began, and one may have ended.
    pub fn load(&mut self, run: &Run, began: Seq, end: Option<End>) -> Result<(), Unfit> {
        let live = self.live_from(run, began)?;
        self.known_mut(run.image)?;
        match end {
            None => self.add_live(live),
            Some((until, ended)) => self.add_past(Past {
                run: live,
                until,
                ended,
            }),
        }
        Ok(())
    }

    /// Lays out what was read, the runs of an image side by side.
    pub fn lay_out(&mut self) {
        let live = self.live_of_image.all().map(|(_, slot)| *slot);
        let moved = self.live.lay_out(live);
        let new = |slot: u32| moved.get(slot as usize).copied().unwrap_or_default();
        self.live_of_image.each_mut(|(_, slot)| *slot = new(*slot));
        self.live_of_host.each_mut(|slot| *slot = new(*slot));
        let moved = self.past.lay_out(self.past_of_image.all().copied());
        let new = |slot: u32| moved.get(slot as usize).copied().unwrap_or_default();
        self.past_of_image.each_mut(|slot| *slot = new(*slot));
        self.past_of_host.each_mut(|slot| *slot = new(*slot));
        self.live_of_image.lay_out();
        self.past_of_image.lay_out();
        self.live_of_host.lay_out();
        self.past_of_host.lay_out();
        self.texts.shrink();
    }

    /// Puts the runs of each image in order, and says when it last ran by what is kept of no run:
    /// by the image's row, in milliseconds since 1970.
    pub fn loaded(&mut self, image: u32, last: Option<i64>) -> Result<(), Unfit> {
        let past = &self.past;
        let told = |slot: &u32| past.get(*slot).map(|past| (past.ended, past.run.run));
        self.past_of_image.get_mut(image).sort_by_key(told);
        let mut known = *self.known_mut(image)?;
        let (mut newest, mut first) = (None, None);
        known.named = 0;
        let mut changed = 0;
        self.each_known(image, Seq::MAX, |at| {
            changed = changed.max(at.run.began);
            first = Some(first.map_or(at.run.since, |first: i64| first.min(at.run.since)));
            known.last = known.last.max(at.until);
            newest = newest.max(Some((at.run.began, at.run.run, at.run.image_name)));
        });
        for past in self.past_of(image) {
            changed = changed.max(past.ended);
        }
        // What a run that is kept tells is known since the commit that told of it.
        if let Some(first) = first.filter(|first| *first <= known.first) {
            (known.first, known.first_of_none) = (first, i64::MAX);
        }
        if last > known.last {
            (known.last, known.last_of_none) = (last, last);
        }
        // Where that run was dropped, its name is all that is left of it.
        if let Some((began, _, name)) = newest.filter(|(_, _, name)| *name == known.name) {
            (known.named, known.name) = (began, name);
        }
        *self.known_mut(image)? = known;
        self.set_changed(image, changed);
        Ok(())
    }
}
