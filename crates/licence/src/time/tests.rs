use super::*;
use proptest::prelude::*;

const START: i64 = 1_790_000_000;

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(START + hours * 3_600).expect("in range")
}

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

fn now(reading: Reading) -> Option<Timestamp> {
    match reading {
        Reading::Good { now, .. } => Some(now),
        Reading::Suspect { .. } => None,
    }
}

#[test]
fn a_clock_that_runs_forward_is_believed() {
    let mark = Mark::default().raised(at(0));
    assert_eq!(
        mark.read(at(5)),
        Reading::Good {
            now: at(5),
            behind: hours(0)
        }
    );
}

#[test]
fn a_clock_a_day_behind_is_tolerated_and_the_later_time_counts() {
    let mark = Mark::default().raised(at(100));
    assert_eq!(
        mark.read(at(76)),
        Reading::Good {
            now: at(100),
            behind: hours(24)
        }
    );
}

#[test]
fn a_clock_more_than_a_day_behind_is_suspect_by_the_exact_offset() {
    let mark = Mark::default().raised(at(100));
    assert_eq!(
        mark.read(at(75)),
        Reading::Suspect {
            mark: at(100),
            behind: hours(25)
        }
    );
}

#[test]
fn a_jump_ahead_and_back_heals_at_the_next_signed_time() {
    let jumped = Mark::default().settled(at(0), at(0)).raised(at(87_600));
    assert!(now(jumped.read(at(1))).is_none());
    let healed = jumped.settled(at(2), at(2));
    assert_eq!(now(healed.read(at(3))), Some(at(3)));
}

#[test]
fn what_a_clock_saw_while_it_was_ahead_does_not_make_it_suspect_once_it_is_behind_and_the_service_answers() {
    let ahead = Mark::default().settled(at(0), at(0)).raised(at(20));
    let behind = ahead.settled(at(1), at(-19));
    assert_eq!(now(behind.read(at(-19))), Some(at(1)));
}

#[test]
fn an_old_signed_time_heals_nothing() {
    let jumped = Mark::default().settled(at(10), at(10)).raised(at(1_000));
    assert_eq!(jumped.settled(at(9), at(9)), jumped);
}

#[test]
fn a_time_that_nobody_signed_never_lowers_the_mark() {
    let mark = Mark::default().raised(at(1_000));
    assert_eq!(mark.told(at(10), at(10)), mark);
    assert_eq!(now(mark.told(at(2_000), at(2_000)).read(at(1_500))), None);
}

#[test]
fn a_clock_that_is_always_wrong_by_the_same_is_put_right_by_one_contact() {
    for wrong in [-87_600, -72, -25, 25, 72, 87_600] {
        let mark = Mark::default().settled(at(0), at(wrong));
        let reading = mark.read(at(wrong + 48));
        assert_eq!(
            reading,
            Reading::Good {
                now: at(48),
                behind: hours(-wrong)
            },
            "{wrong}"
        );
    }
}

#[test]
fn a_clock_that_was_ahead_and_is_repaired_offline_is_believed() {
    let mark = Mark::default().settled(at(0), at(87_600));
    assert_eq!(now(mark.read(at(30))), Some(at(30)));
}

#[test]
fn a_clock_that_is_known_to_be_ahead_stays_known_when_the_service_only_says_the_time() {
    let mark = Mark::default().settled(at(0), at(87_600)).told(at(5), at(87_605));
    assert_eq!(now(mark.read(at(87_606))), Some(at(6)));
}

#[test]
fn a_clock_that_is_told_to_be_behind_is_put_right_and_may_be_repaired() {
    let told = Mark::default().settled(at(0), at(0)).told(at(100), at(28));
    assert_eq!(now(told.read(at(29))), Some(at(101)));
    let repaired = told.told(at(102), at(102));
    assert_eq!(now(repaired.read(at(103))), Some(at(103)));
}

#[test]
fn the_ends_of_time_are_judged_without_a_panic() {
    for (signed, wall) in [(Timestamp::MIN, Timestamp::MAX), (Timestamp::MAX, Timestamp::MIN)] {
        let mark = Mark::default()
            .settled(signed, wall)
            .raised(wall)
            .told(signed, wall);
        let _ = (mark.read(wall), mark.read(signed), mark.read(at(0)));
    }
}

#[derive(Clone, Debug)]
enum Event {
    Read { wall: i64 },
    Signed { server: i64, wall: i64 },
    Told { said: i64, wall: i64 },
}

fn event() -> impl Strategy<Value = Event> {
    let hour = || -90_000_i64..90_000;
    prop_oneof![
        4 => hour().prop_map(|wall| Event::Read { wall }),
        1 => (0_i64..90_000, hour()).prop_map(|(server, wall)| Event::Signed { server, wall }),
        1 => (hour(), hour()).prop_map(|(said, wall)| Event::Told { said, wall }),
    ]
}

proptest! {
    #[test]
    fn the_trusted_time_never_goes_back_but_by_a_signed_time(events in prop::collection::vec(event(), 1..60)) {
        let (mut mark, mut last, mut highest_signed) = (Mark::default(), None, None);
        for event in events {
            match event {
                Event::Read { wall } => {
                    let reading = mark.read(at(wall));
                    prop_assert!(Some(reading.floor()) >= last, "{reading:?} after {last:?}");
                    prop_assert!(Some(reading.floor()) >= highest_signed);
                    if let Reading::Good { now, .. } = reading {
                        mark = mark.raised(now);
                        last = last.max(Some(now));
                    }
                }
                Event::Signed { server, wall } => {
                    mark = mark.settled(at(server), at(wall));
                    highest_signed = highest_signed.max(Some(at(server)));
                    last = highest_signed;
                }
                Event::Told { said, wall } => {
                    let before = mark.high_water();
                    mark = mark.told(at(said), at(wall));
                    prop_assert!(mark.high_water() >= before);
                }
            }
        }
    }

    #[test]
    fn a_mark_survives_being_written_down(server in -9_000_i64..9_000, wall in -9_000_i64..9_000, seen in 0_i64..9_000) {
        let mark = Mark::default().settled(at(server), at(wall)).raised(at(seen));
        let text = serde_json::to_string(&mark).expect("written");
        prop_assert_eq!(serde_json::from_str::<Mark>(&text).expect("read"), mark);
    }

    #[test]
    fn an_honest_clock_within_a_day_of_the_truth_is_always_good(drifts in prop::collection::vec(-24_i64..=0, 1..40)) {
        let mut mark = Mark::default().settled(at(0), at(0));
        for (day, drift) in (1..).zip(drifts) {
            let now = now(mark.read(at(day * 24 + drift)));
            prop_assert!(now.is_some());
            mark = mark.raised(now.expect("good"));
        }
    }
}
