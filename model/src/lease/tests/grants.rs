//! What a report sets off.

use super::{
    super::{Asker, Granted, LEASES_PER_HOST, Lacks, Scan, Wanted, grant},
    RULES, TTL, at, failed_on, first,
};

/// What a host is granted at a moment, with these open leases, of these images.
fn granted(
    host: i64,
    seconds: i64,
    open: Vec<(u8, Scan)>,
    wanted: Vec<(u8, Lacks, Option<Scan>)>,
) -> Granted<u8> {
    let asker = Asker {
        host,
        scanner: Some("syft 1"),
        open,
    };
    let wanted = wanted
        .into_iter()
        .map(|(image, lacks, scan)| Wanted {
            image,
            lacks,
            for_others: false,
            scan,
        })
        .collect();
    let lease = || Ok::<_, std::convert::Infallible>("secret".to_owned());
    grant(asker, wanted, lease, &RULES, at(seconds)).unwrap()
}

fn images(granted: &Granted<u8>) -> Vec<u8> {
    granted.leases.iter().map(|given| given.image).collect()
}

#[test]
fn a_host_gets_up_to_its_bound_and_what_lacks_more_first() {
    let granted = granted(
        7,
        0,
        vec![],
        vec![
            (1, Lacks::Parts, Some(failed_on(&[8]))),
            (2, Lacks::Sbom, Some(failed_on(&[8]))),
            (3, Lacks::Sbom, None),
        ],
    );
    assert_eq!(images(&granted), [3, 2]);
    assert_eq!(granted.leases.len(), LEASES_PER_HOST);
    assert_eq!(granted.changes.len(), 2);
}

#[test]
fn an_image_that_failed_less_often_is_given_first() {
    let wanted = [
        (1, Lacks::Sbom, Some(failed_on(&[7, 8]))),
        (2, Lacks::Sbom, Some(failed_on(&[7]))),
        (3, Lacks::Sbom, Some(first(8).host_gone().scan)),
        (4, Lacks::Sbom, None),
    ];
    for (taken, expected) in [(0, [4, 3]), (2, [2, 1])] {
        let left = wanted.iter().take(4 - taken).cloned().collect();
        assert_eq!(images(&granted(7, 0, vec![], left)), expected);
    }
}

#[test]
fn a_live_lease_is_given_again_to_its_holder_and_to_nobody_else() {
    let scan = first(7);
    let wanted = || vec![(1, Lacks::Sbom, Some(scan.clone()))];
    let again = granted(7, 100, vec![(1, scan.clone())], wanted());
    assert!(!again.leases[0].is_new && again.changes.is_empty());
    assert_eq!(again.leases[0].scan.left(at(100)).as_secs(), TTL - 100);
    assert!(granted(8, 100, vec![], wanted()).leases.is_empty());
}

#[test]
fn live_leases_on_what_the_host_no_longer_runs_count() {
    let open = vec![(1, first(7)), (2, first(7))];
    let fresh = vec![(3, Lacks::Sbom, None)];
    assert!(granted(7, 0, open.clone(), fresh.clone()).leases.is_empty());
    let granted = granted(7, TTL, open, fresh);
    assert_eq!(images(&granted), [3]);
    assert_eq!(
        granted.changes.len(),
        3,
        "the two that ran out, and the new one"
    );
}

#[test]
fn a_lease_that_ran_out_is_counted_once_and_the_image_goes_to_the_next_host_at_once() {
    let scan = first(7);
    let open = vec![(1, scan.clone())];
    let granted = granted(7, TTL, open, vec![(1, Lacks::Sbom, Some(scan))]);
    let given = &granted.leases[0].scan;
    assert_eq!((given.generation, given.counted()), (2, 1));
    let failed = granted
        .changes
        .iter()
        .filter(|(_, one)| one.failed.is_some());
    assert_eq!(failed.count(), 1);
}

#[test]
fn a_lease_that_ran_out_stays_ended_when_the_clock_is_set_back() {
    // The host reports after its leases have run out, without running their images any more …
    let closed = granted(7, TTL, vec![(1, first(7)), (2, first(7))], vec![]);
    let open: Vec<_> = closed.changes.iter().map(|(_, one)| &one.scan).collect();
    assert_eq!(open.len(), 2);
    // … and at an earlier moment, two leases more would be four that are live.
    assert!(open.iter().all(|scan| !scan.is_live(&RULES, at(10))));
}
