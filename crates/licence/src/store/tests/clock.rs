//! The clock and the serial-free start between two programs.

use super::*;

#[test]
fn a_clock_set_back_between_two_programs_is_noticed() {
    let (folder, service) = (Folder::new(), Service::new());
    let mut first = shelf(&folder);
    first
        .keep_lease(&product(), &service.lease_of_day(1, 0), &DEVICE, day(0))
        .expect("kept");
    assert_eq!(decide(&mut first, day(20)).reason, Reason::Verified);
    let mut second = shelf(&folder);
    assert_eq!(decide(&mut second, day(10)).reason, Reason::ClockBehind);
    second
        .keep_lease(&product(), &service.lease_of_day(2, 21), &DEVICE, day(10))
        .expect("kept");
    let decision = decide(&mut second, day(10));
    assert_eq!(
        (decision.reason, decision.clock_note.as_deref()),
        (
            Reason::Verified,
            Some("The clock of this computer is 11 days behind.")
        )
    );
}

#[test]
fn a_time_that_the_service_says_raises_the_mark() {
    let folder = Folder::new();
    let mut shelf = shelf(&folder);
    shelf.time(day(0));
    shelf.hear_time(day(9), day(9)).expect("heard");
    assert_eq!(shelf.mark().high_water(), Some(day(9)));
    shelf.hear_time(day(3), day(3)).expect("heard");
    assert_eq!(shelf.mark().high_water(), Some(day(9)));
}

#[test]
fn the_first_installation_counts_for_the_serial_free_start() {
    let policy = LicencePolicy {
        needs_serial: true,
        ..LicencePolicy::default()
    };
    let folder = Folder::new();
    let mut shelf = shelf(&folder);
    shelf
        .note_installation(&product(), day(0), policy)
        .expect("noted");
    shelf
        .note_installation(&product(), day(25), policy)
        .expect("noted");
    assert_eq!(decide(&mut shelf, day(29)).reason, Reason::SerialFreeStart);
    assert_eq!(decide(&mut shelf, day(30)).reason, Reason::SerialFreeStartOver);
}

#[test]
fn a_lease_once_held_and_deleted_does_not_become_a_start() {
    let policy = LicencePolicy {
        needs_serial: true,
        ..LicencePolicy::default()
    };
    let folder = Folder::new();
    let mut shelf = shelf(&folder);
    shelf
        .note_installation(&product(), day(0), policy)
        .expect("noted");
    shelf
        .keep_lease(&product(), &Service::new().lease(|_| {}), &DEVICE, day(0))
        .expect("kept");
    shelf.remove_lease(&product()).expect("removed");
    shelf.remove_lease(&product()).expect("removed already");
    assert_eq!(decide(&mut shelf, day(1)).reason, Reason::NeverVerified);
}
