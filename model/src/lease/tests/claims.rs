//! Who may speak for a lease.

use super::{
    super::{LeaseClaim, NotClaimed, Scan},
    RULES, at, first,
};

#[test]
fn the_holder_of_the_newest_lease_may_speak_for_it_even_once_it_has_run_out() {
    let second = Scan::granted(Some(first(7)), (8, None), "lease 2".into(), &RULES, at(0));
    for (host, lease, generation, outcome) in [
        (8, Some("lease 2"), Some(2), Ok(())),
        (8, None, None, Ok(())),
        (8, None, Some(2), Ok(())),
        (8, Some("lease 2"), None, Ok(())),
        (8, Some("lease 1"), None, Err(NotClaimed::NotHeld)),
        (
            7,
            Some("lease 1"),
            Some(1),
            Err(NotClaimed::Superseded { current: 2 }),
        ),
        (
            8,
            Some("lease 2"),
            Some(1),
            Err(NotClaimed::Superseded { current: 2 }),
        ),
        (8, Some("lease 2"), Some(3), Err(NotClaimed::NotHeld)),
        (7, Some("lease 2"), Some(2), Err(NotClaimed::NotHeld)),
        (7, None, None, Err(NotClaimed::NotHeld)),
    ] {
        let claim = LeaseClaim {
            lease: lease.map(str::to_owned),
            generation,
        };
        let claimed = claim.check(Some(second.clone()), host).map(|_| ());
        assert_eq!(claimed, outcome, "host {host}: {claim:?}");
    }
}

#[test]
fn nobody_holds_a_lease_on_an_image_that_was_never_leased() {
    let claimed = LeaseClaim::default().check(None, 7);
    assert_eq!(claimed, Err(NotClaimed::NotHeld));
}
