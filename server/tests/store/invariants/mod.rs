//! The invariants of leases and SBOMs, under whatever is duplicated, reordered, delayed or
//! clock-jumped, with the model beside the store.

mod granted;
mod shown;
mod uploads;
mod world;

use std::collections::BTreeSet;

use proptest::{prelude::*, test_runner::contextualize_config};

use crate::{model::TTL, property::block_on};
use world::World;

const IMAGES: std::ops::Range<u8> = 1..5;

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Step {
    Full(usize, BTreeSet<u8>),
    Update(usize, u8),
    /// A host uploads under the lease that was given so many leases ago.
    Upload(usize, usize, u8, bool),
    Fail(usize, usize, bool),
    Retry(u8),
    Rescan(u8),
    Withdraw(u8),
    WithdrawAllOf(usize),
    Pass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let host = || 0..3_usize;
    prop_oneof![
        6 => (host(), prop::collection::btree_set(IMAGES, 0..4))
            .prop_map(|(host, images)| Step::Full(host, images)),
        2 => (host(), IMAGES).prop_map(|(host, image)| Step::Update(host, image)),
        4 => (host(), 0..6_usize, 0..3_u8, any::<bool>())
            .prop_map(|(host, back, content, whole)| Step::Upload(host, back, content, whole)),
        2 => (host(), 0..6_usize, any::<bool>())
            .prop_map(|(host, back, own)| Step::Fail(host, back, own)),
        1 => IMAGES.prop_map(Step::Retry),
        1 => IMAGES.prop_map(Step::Rescan),
        1 => IMAGES.prop_map(Step::Withdraw),
        1 => host().prop_map(Step::WithdrawAllOf),
        3 => prop_oneof![
            1..120_i64, Just(TTL - 1), Just(TTL), Just(86_400), Just(-1), Just(-600), Just(-86_400),
        ].prop_map(Step::Pass),
    ]
}

proptest! {
    #![proptest_config(contextualize_config(ProptestConfig::with_cases(40)))]

    #[test]
    fn leases_and_sboms_keep_their_invariants(
        steps in prop::collection::vec(step(), 1..50),
    ) {
        block_on(async {
            let mut world = World::new().await;
            for step in steps {
                world.take(step).await;
                world.check().await;
            }
        });
    }
}
