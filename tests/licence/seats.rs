//! Seats: who has none starts nothing, and who loses one is told at the next contact.

use super::{DONE, computer_of, licence, refused_at_next_contact, says};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// What an administrator's withdrawal of a seat comes to.
const WITHDRAW: &str = "DELETE FROM seats
    WHERE account_id IN (SELECT id FROM accounts WHERE user_id = 'user.one@smith.example')
    AND subscription_id IN (SELECT id FROM subscriptions WHERE product = 'sample-studio')";

#[test]
fn a_seat_that_was_taken_away_is_refused_at_the_next_contact_with_whom_to_ask() {
    let mut sandbox = Sandbox::new();
    let mut desk = computer_of(&sandbox, "user.one", "desk");
    desk.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    sandbox.database(WITHDRAW);
    // The lease holds until it is asked about again, which is due within a day.
    desk.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    sandbox.go_to_day(2);
    desk.go_to_day(2);
    let refused = refused_at_next_contact(&desk);
    says(&refused, "seat");
    says(&refused, "manager@smith.example");
    let after = licence(&desk, SAMPLE);
    assert_eq!(
        (&after["may_run"], &after["reason"], &after["act"]),
        (&false.into(), &"no_seat".into(), &"ask_administrator".into()),
        "{after}"
    );
    let timeline = desk
        .toolcrib(&["licence", "timeline", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    let refusal = timeline
        .as_array()
        .expect("a list")
        .iter()
        .find(|entry| entry["reason"] == "no_seat");
    assert!(refusal.is_some(), "{timeline}");
}

#[test]
fn a_computer_without_a_network_keeps_its_lease_after_the_seat_is_gone_but_no_longer_than_signed() {
    let sandbox = Sandbox::new();
    let mut desk = computer_of(&sandbox, "user.one", "desk");
    sandbox.database(WITHDRAW);
    desk.go_to_day(20);
    says(
        &desk.toolcrib_offline(&["launch", SAMPLE]).ends_with(DONE),
        "1.1.0",
    );
    desk.go_to_day(40);
    // The vendor lets it be looked at, and nothing more; the product says so by its own status.
    let looked_at = desk.toolcrib_offline(&["launch", SAMPLE]);
    assert_ne!(looked_at.status, Some(DONE), "{}", looked_at.stdout);
    assert_eq!(licence(&desk, SAMPLE)["reason"], "grace_over");
}

#[test]
fn somebody_without_a_seat_is_told_so_and_whom_to_ask() {
    let sandbox = Sandbox::new();
    let desk = sandbox.computer("desk");
    desk.sign_in(sandbox.account("user.three")).ends_with(DONE);
    let refused = desk.toolcrib(&["install", SAMPLE, "--accept-terms"]).ends_with(4);
    says(&refused, "manager@smith.example");
    assert!(!desk.home().join("apps").exists(), "nothing was installed");
}
