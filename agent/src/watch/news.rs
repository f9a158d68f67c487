//! What was heard of and is yet to be told.

use std::cell::RefCell;

use tokio::sync::Notify;

use crate::{
    podman::event::{Event, Happening},
    report::{Step, Story},
};

/// What was heard of and is yet to be told. However much that is, it takes a bounded room.
#[derive(Debug, Default)]
pub(super) struct News {
    story: RefCell<Story>,
    heard: Notify,
}

impl News {
    /// Notes what happened to the container that is reported by `name`.
    pub(super) fn note(&self, store: usize, name: String, event: Event) {
        let mut story = self.story.borrow_mut();
        match event.what {
            // Without the name of an image there is no image, and nothing to report.
            Happening::Started | Happening::Ended if event.image_name.is_empty() => return,
            Happening::Started | Happening::Ended => {
                let step = Step {
                    id: event.id,
                    image_name: event.image_name,
                    running: event.what == Happening::Started,
                };
                story.add((store, name), step);
            }
            Happening::Changed => story.tell_everything(),
        }
        self.heard.notify_one();
    }

    /// Something may have been missed: only a listing of everything will tell.
    pub(super) fn missed(&self) {
        self.story.borrow_mut().tell_everything();
        self.heard.notify_one();
    }

    /// Waits until there is something to tell.
    pub(super) async fn wait(&self) {
        while self.story.borrow().is_empty() {
            self.heard.notified().await;
        }
    }

    /// What there is to tell; none of it is kept here.
    pub(super) fn take(&self) -> Story {
        self.story.take()
    }

    /// Gives back what could not be told.
    pub(super) fn give_back(&self, mut untold: Story) {
        let newer = self.take();
        untold.put_before(newer);
        *self.story.borrow_mut() = untold;
    }
}
