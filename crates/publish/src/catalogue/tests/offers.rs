//! What a channel offers, to how many, and what is taken back.

use super::*;
use crate::offer::{halt, mirrors};
use toolcrib_model::{ChannelName, ProductId};
use toolcrib_wire::catalogue::ListedProduct;

fn draft() -> ProductId {
    "draft".parse().expect("an id")
}

fn stable() -> ChannelName {
    "stable".parse().expect("a channel")
}

/// A vendor with two releases, the first of them stable.
fn two_releases() -> Vendor {
    let vendor = Vendor::new();
    for version in ["1.0.0", "1.1.0"] {
        vendor.add(&vendor.addition(version)).expect("added");
    }
    vendor.promote("1.0.0", "stable").expect("promoted");
    vendor
}

fn listed(vendor: &Vendor) -> ListedProduct {
    let found = inspect(&vendor.catalogue(), &vendor.clock).expect("readable");
    found.products[&draft()].clone()
}

/// How many of a thousand devices are offered this version.
fn reached(vendor: &Vendor, version: Version) -> usize {
    let listed = listed(vendor);
    let device = |number: u32| Digest::of(&number.to_le_bytes());
    let offered = |number: &u32| listed.offered(&draft(), &stable(), &device(*number)) == Some(&version);
    (0..1_000).filter(offered).count()
}

#[test]
fn a_rollout_grows_is_halted_goes_on_and_ends() {
    let vendor = two_releases();
    let newest = || reached(&vendor, Version::new(1, 1, 0));
    let done = vendor.promote_to("1.1.0", "stable", 10).expect("promoted");
    assert_eq!(done.before, Some(Version::new(1, 0, 0)));
    let tenth = newest();
    assert!((50..150).contains(&tenth), "{tenth}");
    assert_eq!(reached(&vendor, Version::new(1, 0, 0)), 1_000 - tenth);
    vendor.promote_to("1.1.0", "stable", 50).expect("promoted");
    assert!((400..600).contains(&newest()));
    let halted = vendor.signing(Lifetimes::default(), |vendor| halt(vendor, &draft(), &stable()));
    assert_eq!(halted.expect("halted").percent.get(), 50);
    assert_eq!(newest(), 0);
    vendor.promote_to("1.1.0", "stable", 50).expect("goes on");
    assert!((400..600).contains(&newest()));
    vendor.promote("1.1.0", "stable").expect("ends");
    assert_eq!((newest(), listed(&vendor).rollouts.len()), (1_000, 0));
    assert!(matches!(
        vendor.promote_to("1.1.0", "stable", 50),
        Err(Error::Settled { .. })
    ));
}

#[test]
fn only_a_rollout_can_be_halted() {
    let vendor = two_releases();
    let halted = vendor.signing(Lifetimes::default(), |vendor| halt(vendor, &draft(), &stable()));
    assert!(matches!(halted, Err(Error::NoRollout { .. })));
}

#[test]
fn a_critical_release_says_so_with_what_is_new_and_what_is_no_longer_stood_by() {
    let vendor = two_releases();
    let promotion = |minimum: u64| Promotion {
        product: draft(),
        version: Version::new(1, 1, 0),
        channel: stable(),
        percent: toolcrib_model::rollout::Percent::ALL,
        critical: true,
        minimum: Some(Version::new(1, minimum, 0)),
        whats_new: Some("- mends the eraser".to_owned()),
    };
    let promote = |minimum| {
        vendor.signing(Lifetimes::default(), |vendor| {
            promote(vendor, &promotion(minimum))
        })
    };
    assert!(matches!(promote(2), Err(Error::BadMinimum { .. })));
    promote(1).expect("promoted");
    let listed = listed(&vendor);
    let newest = &listed.releases[0];
    assert!(newest.critical && !listed.releases[1].critical);
    assert_eq!(newest.whats_new.as_deref(), Some("- mends the eraser"));
    assert_eq!(listed.minimum, Some(Version::new(1, 1, 0)));
}

#[test]
fn a_release_that_is_being_rolled_out_can_be_withdrawn_with_a_reason() {
    let vendor = two_releases();
    vendor.promote_to("1.1.0", "stable", 50).expect("promoted");
    let withdrawal = Withdrawal {
        product: draft(),
        version: Version::new(1, 1, 0),
        reason: Some("it forgets files".to_owned()),
    };
    let done = vendor.signing(Lifetimes::default(), |vendor| withdraw(vendor, &withdrawal));
    assert_eq!(done.expect("withdrawn").channels, [stable()]);
    let listed = listed(&vendor);
    assert_eq!(reached(&vendor, Version::new(1, 0, 0)), 1_000);
    assert_eq!(
        listed.releases[0].withdrawn_reason.as_deref(),
        Some("it forgets files")
    );
}

#[test]
fn a_reason_that_hides_something_is_refused_before_it_is_signed() {
    let vendor = two_releases();
    let before = vendor.files();
    let withdrawal = Withdrawal {
        product: draft(),
        version: Version::new(1, 1, 0),
        reason: Some("harmless \u{202e}".to_owned()),
    };
    let done = vendor.signing(Lifetimes::default(), |vendor| withdraw(vendor, &withdrawal));
    assert!(matches!(done, Err(Error::Trust(_))));
    assert_eq!(vendor.files(), before);
}

#[test]
fn mirrors_are_added_once_and_removed_and_must_be_safe() {
    let vendor = two_releases();
    let change = |add: &[&str], remove: &[&str]| {
        let list = |from: &[&str]| from.iter().map(|url| (*url).to_owned()).collect::<Vec<_>>();
        let (add, remove) = (list(add), list(remove));
        vendor
            .signing(Lifetimes::default(), |vendor| mirrors(vendor, &add, &remove))
            .map(|done| done.mirrors)
    };
    let (one, other) = ("https://one.example/content/", "https://other.example/");
    assert_eq!(change(&[one, other, one], &[]).expect("added"), [one, other]);
    assert_eq!(change(&[], &[one]).expect("removed"), [other]);
    assert!(change(&["http://plain.example/"], &[]).is_err());
}
