//! Random histories of a fleet: each step is a wish, and is carried out where the fleet allows it.

use proptest::prelude::*;

/// A wish.
#[derive(Debug, Clone)]
pub enum Step {
    AddHost(usize),
    Enroll(usize),
    /// A full report: of what isn't seen, of what kinds there is how much.
    Report {
        host: usize,
        complete: bool,
        cloned: bool,
        unseen: [u64; 2],
    },
    RemoveHost(usize),
    Rename(usize, usize),
    Begin {
        host: usize,
        container: usize,
        image: u32,
        name: usize,
    },
    End(usize),
    Scan {
        image: u32,
        artifacts: Vec<usize>,
        distro: usize,
        complete: bool,
    },
    /// What an image held is known no more, as where nothing has run it for long.
    Lose(u32),
    Withdraw(u32),
    Alias(u32, u32),
    /// Drops runs that ended, the oldest first, and what nothing leads to then.
    Drop(usize),
    Forget,
    /// Lets go of texts that nothing uses any more.
    Settle,
    Pass(i64),
}

/// Steps that are committed at once.
pub fn commits() -> impl Strategy<Value = Vec<Vec<Step>>> {
    prop::collection::vec(prop::collection::vec(step(), 1..4), 1..24)
}

fn step() -> impl Strategy<Value = Step> {
    let artifacts = || prop::collection::vec(0..23_usize, 0..9);
    prop_oneof![
        2 => (0..5_usize).prop_map(Step::AddHost),
        2 => (0..5_usize).prop_map(Step::Enroll),
        5 => (0..5_usize, any::<bool>(), any::<bool>(), 0..3_u64, 0..2_u64).prop_map(
            |(host, complete, cloned, one, other)| {
                let unseen = [one, other];
                Step::Report { host, complete, cloned, unseen }
            }),
        1 => (0..5_usize).prop_map(Step::RemoveHost),
        1 => (0..5_usize, 0..5_usize).prop_map(|(host, name)| Step::Rename(host, name)),
        9 => (0..5_usize, 0..4_usize, 0..6_u32, 0..3_usize).prop_map(
            |(host, container, image, name)| Step::Begin { host, container, image, name }),
        4 => (0..20_usize).prop_map(Step::End),
        6 => (0..6_u32, artifacts(), 0..3_usize, any::<bool>()).prop_map(
            |(image, artifacts, distro, complete)| Step::Scan { image, artifacts, distro, complete }),
        1 => (0..6_u32).prop_map(Step::Lose),
        1 => (0..6_u32).prop_map(Step::Withdraw),
        1 => (0..6_u32, 0..3_u32).prop_map(|(image, alias)| Step::Alias(image, alias)),
        1 => (0..4_usize).prop_map(Step::Drop),
        1 => Just(Step::Forget),
        1 => Just(Step::Settle),
        3 => prop_oneof![4 => 1..50_i64, 1 => -60..0_i64].prop_map(Step::Pass),
    ]
}
