//! What must hold of what the store shows.

use proto_types::{ImageState, ScanStatus};

use super::world::{World, contents};
use crate::{common::at, history::HOSTS};

impl World {
    /// Whether the store shows what the model says.
    pub async fn check(&self) {
        let response = self
            .fleet
            .store
            .images(Default::default(), self.fleet.now())
            .await;
        for summary in response.unwrap().images {
            let number = summary.digest.as_bytes()[0];
            let detail = self.fleet.image(number).await;
            let known = self.model.known.get(&number);
            assert_eq!(detail.generation, known.map(|known| known.generation));
            let held = known
                .map(|known| contents(known.content))
                .unwrap_or_default();
            assert_eq!(detail.artifacts, held);
            let said = summary.second_opinion.filter(|said| said.host.is_some());
            let said = said.map(|said| (said.opinion, said.host.unwrap()));
            let expected = self.model.opinions.get(&number);
            let expected = expected.map(|(said, by)| (*said, HOSTS[*by].to_owned()));
            assert_eq!(said, expected, "image {number}");
            let state = summary.state;
            match known.map(|known| known.status) {
                None => assert!(matches!(
                    state,
                    ImageState::Unscanned | ImageState::Quarantined
                )),
                Some(ScanStatus::Partial) => assert!(matches!(
                    state,
                    ImageState::Partial | ImageState::Quarantined
                )),
                Some(ScanStatus::Complete) => assert_eq!(state, ImageState::Complete),
            }
            let live = self
                .model
                .newest(number)
                .filter(|newest| self.model.is_live(newest));
            let shown = detail
                .lease
                .map(|lease| (lease.host, lease.generation, lease.expires_at));
            let live = live.map(|given| {
                (
                    HOSTS[given.host].to_owned(),
                    given.lease.generation,
                    at(given.expires),
                )
            });
            assert_eq!(shown, live, "image {number}");
        }
    }
}
