//! What each thing that happens makes of a lease.

use proto_types::FailureCause::{Environment, Expired, Image};

use super::{super::Scan, RULES, TTL, at, failed_on, failure, first};

#[test]
fn a_grant_is_a_generation_of_its_own_and_keeps_what_stands_against_the_image() {
    let before = failed_on(&[7]);
    let after = Scan::granted(Some(before.clone()), (8, None), "new".into(), &RULES, at(5));
    assert_eq!(after.generation, before.generation + 1);
    assert_eq!((after.host, after.lease.as_str()), (8, "new"));
    assert_eq!(after.failures, before.failures);
    assert!(after.is_live(&RULES, at(5)));
    assert!(after.is_live(&RULES, at(5 + TTL - 1)));
    assert!(!after.is_live(&RULES, at(5 + TTL)));
    assert!(!after.is_live(&RULES, at(4)), "the clock was set back");
}

#[test]
fn what_failed_counts_where_the_image_may_be_at_fault() {
    for (cause, counted, waits) in [(Image, 1, 1200), (Expired, 1, 0), (Environment, 0, 60)] {
        let change = first(7).fail(&RULES, failure(cause), at(9)).unwrap();
        assert!(!change.scan.open, "{cause:?}");
        assert_eq!(change.scan.counted(), counted, "{cause:?}");
        assert_eq!(change.scan.not_before, Some(at(9 + waits)), "{cause:?}");
        let failed = change.failed.unwrap();
        assert_eq!((failed.host, failed.counted), (7, counted > 0), "{cause:?}");
    }
}

#[test]
fn a_failure_that_is_told_twice_counts_once() {
    let told = first(7).fail(&RULES, failure(Image), at(0)).unwrap();
    assert_eq!(told.scan.fail(&RULES, failure(Image), at(0)), None);
    assert_eq!(told.scan.partial(&RULES, (Image, None), None, at(0)), None);
    assert_eq!(told.scan.expire(&RULES, at(TTL)), None);
}

#[test]
fn a_lease_expires_once_and_by_the_scanner_that_its_holder_spoke_of() {
    let lease = first(7);
    assert_eq!(lease.expire(&RULES, at(TTL - 1)), None);
    let change = lease.expire(&RULES, at(TTL)).unwrap();
    assert_eq!(change.failed.unwrap().cause, Expired);
    assert!(change.scan.scanners.contains("syft 1"));
    assert_eq!(change.scan.expire(&RULES, at(2 * TTL)), None);
}

#[test]
fn a_complete_sbom_leaves_nothing_against_the_image() {
    let scan = failed_on(&[7, 7, 8]);
    assert!(scan.quarantined);
    let change = scan.complete();
    assert!(change.forgiven && change.failed.is_none());
    assert_eq!(change.scan.counted(), 0);
    assert!(!change.scan.open && !change.scan.quarantined);
    assert_eq!(change.scan.generation, scan.generation);
}

#[test]
fn a_partial_sbom_is_a_failure_of_whoever_is_its_cause() {
    for (cause, counted, waits) in [(Image, 1, 1200), (Environment, 0, 60)] {
        let change = first(7)
            .partial(&RULES, (cause, Some("no room")), Some("syft 1"), at(0))
            .unwrap();
        assert_eq!(change.scan.counted(), counted);
        assert_eq!(change.scan.not_before, Some(at(waits)));
        assert_eq!(change.scan.scanners.contains("syft 1"), counted > 0);
        let failed = change.failed.unwrap();
        assert_eq!((failed.cause, failed.message.as_str()), (cause, "no room"));
    }
}

#[test]
fn a_quarantined_image_goes_to_a_scanner_that_has_not_failed_on_it() {
    for (hosts, quarantined) in [
        (vec![7, 7, 7, 7], false),
        (vec![7, 7, 7, 7, 7], true),
        (vec![7, 8], false),
        (vec![7, 8, 8], true),
    ] {
        let scan = failed_on(&hosts);
        assert_eq!(scan.quarantined, quarantined, "{hosts:?}");
        assert_eq!(scan.may_be_given(Some("syft 1"), at(0)), !quarantined);
        assert_eq!(scan.may_be_given(None, at(0)), !quarantined);
        assert!(scan.may_be_given(Some("syft 2"), at(0)), "{hosts:?}");
    }
}

#[test]
fn an_operators_word_gives_a_quarantined_image_again_and_ends_no_lease() {
    let change = failed_on(&[7, 7, 8]).forgive();
    assert!(change.forgiven && change.scan.may_be_given(Some("syft 1"), at(0)));
    assert!(first(7).forgive().scan.open);
}

#[test]
fn a_removed_hosts_lease_ends_and_is_nobodys_failure() {
    let change = first(7).host_gone();
    assert!(!change.scan.open && change.failed.is_none());
    assert!(change.scan.may_be_given(None, at(0)));
}

#[test]
fn a_second_opinion_that_fails_counts_for_nothing_and_is_asked_for_a_day_later() {
    let mut scan = first(7);
    for host in [7, 8, 7, 8, 7, 8] {
        scan = Scan::granted(Some(scan), (host, None), "again".into(), &RULES, at(0));
        scan.opinion = true;
        scan = scan.fail(&RULES, failure(Image), at(0)).unwrap().scan;
    }
    assert_eq!((scan.counted(), scan.quarantined), (0, false));
    assert_eq!(scan.held_back_until(at(0)), Some(at(86_400)));
    assert!(scan.may_be_given(Some("syft 1"), at(86_400)));
    // Once the SBOM is withdrawn, what another host still scans is the first one.
    let open = Scan {
        open: true,
        opinion: true,
        ..scan
    };
    assert!(!open.withdraw(Some(9)).scan.opinion);
}
