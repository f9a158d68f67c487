//! Random histories of reports, held against the model: what ran at any time, and whether every
//! view of it agrees.

mod views;
mod world;

use proptest::{prelude::*, test_runner::contextualize_config};
use proto_types::{FullReport, ListContainers};

use crate::{
    common::{fleet::*, full},
    property::block_on,
};
use world::World;

/// The hosts, in the order of their names.
pub const HOSTS: [&str; 3] = ["a", "b", "c"];

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Step {
    Full(usize, Vec<(String, u8)>, bool),
    Update(usize, String, u8, bool),
    /// The report before the last so many is delivered again.
    Again(usize),
    Pass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let container = || "[xyz]";
    let listing = prop::collection::btree_map(container(), 1_u8..5, 0..4);
    prop_oneof![
        4 => (0..3_usize, listing, prop::bool::weighted(0.8))
            .prop_map(|(host, listing, complete)| {
                Step::Full(host, listing.into_iter().collect(), complete)
            }),
        4 => (0..3_usize, container(), 1_u8..5, any::<bool>())
            .prop_map(|(host, container, image, runs)| Step::Update(host, container, image, runs)),
        2 => (0..6_usize).prop_map(Step::Again),
        3 => prop_oneof![Just(0), 1..100_i64, Just(4000), -5000..0_i64].prop_map(Step::Pass),
    ]
}

proptest! {
    #![proptest_config(contextualize_config(ProptestConfig::with_cases(40)))]

    #[test]
    fn every_view_of_any_history_at_any_time_agrees_with_the_model(
        steps in prop::collection::vec(step(), 1..25),
        moments in prop::collection::vec(-5000..5000_i64, 3),
    ) {
        block_on(async {
            let mut world = World::new().await;
            for step in steps {
                world.take(step).await;
            }
            let mut moments = moments;
            // The moments that differ by one matter most.
            if let Some(run) = world.model.runs.last() {
                moments.extend([run.since, run.since - 1]);
                moments.extend(run.until.map(|until| until - 1));
            }
            world.check(&moments).await;
        });
    }

    #[test]
    fn duplicated_and_reordered_delivery_ends_in_the_state_of_in_order_delivery(
        reports in prop::collection::vec((1..6_u64, prop::collection::btree_map("[xyz]", 1_u8..5, 0..4)), 1..8),
        last in prop::collection::btree_map("[xyz]", 1_u8..5, 0..4),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..20),
        place in any::<prop::sample::Index>(),
    ) {
        block_on(async {
            let (fleet, [host]) = Fleet::of(["a"]).await;
            let message = |seq, listing: &std::collections::BTreeMap<String, u8>| {
                let listing: Vec<(&str, u8)> = listing.iter().map(|(n, i)| (n.as_str(), *i)).collect();
                FullReport { seq: Some(seq), ..full(&listing) }
            };
            let mut delivered: Vec<FullReport> = order
                .iter()
                .map(|index| index.get(&reports))
                .map(|(seq, listing)| message(*seq, listing))
                .collect();
            let place = place.index(delivered.len() + 1);
            delivered.insert(place, message(9, &last));
            for report in delivered {
                // A stale one is refused; that is all that may happen to it.
                let _ = fleet.report(&host, report).await;
                fleet.pass(1);
            }
            let wanted: Vec<String> = last.keys().map(|name| format!("a/{name}")).collect();
            assert_eq!(fleet.live().await, wanted);
            let now = fleet.containers(ListContainers::default()).await.containers;
            for container in now {
                assert_eq!(container.image_digest.as_bytes()[0], last[&container.name]);
            }
        });
    }
}
