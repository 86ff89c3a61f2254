//! The service's own failure, bridged.

use super::*;
use jiff::SignedDuration;

fn leased(folder: &Folder) -> Shelf {
    let mut shelf = shelf(folder);
    let token = Service::new().lease_of_day(1, 0);
    shelf
        .keep_lease(&product(), &token, &DEVICE, day(0))
        .expect("kept");
    shelf
}

fn bridge(shelf: &mut Shelf, wall: Timestamp) -> (bool, &'static str) {
    let judged = shelf
        .bridge_outage(&product(), &DEVICE, wall, &TimeZone::UTC)
        .expect("decided");
    (judged.decision.may_run, judged.decision.reason.as_str())
}

fn read(shelf: &mut Shelf, wall: Timestamp, reach: Reach) -> &'static str {
    let judged = shelf.decide(&product(), &DEVICE, wall, reach, &TimeZone::UTC);
    judged.expect("decided").decision.reason.as_str()
}

fn hours(after: Timestamp, count: i64) -> Timestamp {
    after + SignedDuration::from_hours(count)
}

#[test]
fn a_lapse_during_an_outage_is_bridged_for_four_hours_at_a_time() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    assert_eq!(bridge(&mut shelf, day(31)), (true, "offline_grace"));
    assert_eq!(read(&mut shelf, day(37), Reach::ServiceDown), "grace_over");
    assert_eq!(bridge(&mut shelf, day(37)), (true, "service_outage"));
    let mut product = super::shelf(&folder);
    assert_eq!(
        read(&mut product, hours(day(37), 3), Reach::Offline),
        "service_outage"
    );
    assert_eq!(
        read(&mut product, hours(day(37), 4), Reach::Offline),
        "grace_over"
    );
    assert_eq!(bridge(&mut shelf, hours(day(37), 4)), (true, "service_outage"));
}

#[test]
fn an_outage_is_bridged_for_three_days_and_no_longer_until_the_service_answered() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    assert_eq!(bridge(&mut shelf, day(37)), (true, "service_outage"));
    assert_eq!(bridge(&mut shelf, hours(day(39), 23)), (true, "service_outage"));
    assert_eq!(bridge(&mut shelf, day(40)), (false, "grace_over"));
    assert_eq!(bridge(&mut shelf, day(80)), (false, "grace_over"));
    let token = Service::new().lease_of_day(2, 80);
    shelf
        .keep_lease(&product(), &token, &DEVICE, day(80))
        .expect("kept");
    assert_eq!(bridge(&mut shelf, day(117)), (true, "service_outage"));
}

#[test]
fn where_the_service_answers_it_is_asked_instead() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    assert_eq!(bridge(&mut shelf, day(37)), (true, "service_outage"));
    assert_eq!(read(&mut shelf, day(37), Reach::Online), "grace_over");
}

#[test]
fn nobody_begins_during_an_outage() {
    let folder = Folder::new();
    let mut shelf = super::shelf(&folder);
    assert_eq!(bridge(&mut shelf, day(0)), (false, "never_verified"));
}
