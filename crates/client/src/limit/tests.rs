use super::*;
use crate::client::Options;
use crate::job::Event;
use crate::job::tests::task;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use jiff::civil::time;

fn rate(bytes_per_s: u64) -> Option<Rate> {
    Some(bytes_per_s.try_into().expect("a rate"))
}

fn limit(from: Time, to: Time) -> Limit {
    Limit {
        usual: rate(2_000_000),
        hours: Some(Hours::new(from, to, rate(500_000)).expect("hours")),
    }
}

#[test]
fn hours_have_a_limit_of_their_own_from_the_first_moment_on() {
    let day = limit(time(8, 0, 0, 0), time(18, 0, 0, 0));
    for (at, expected) in [
        (time(7, 59, 59, 0), 2_000_000),
        (time(8, 0, 0, 0), 500_000),
        (time(17, 59, 59, 0), 500_000),
        (time(18, 0, 0, 0), 2_000_000),
    ] {
        assert_eq!(day.at(at), rate(expected), "{at}");
    }
}

#[test]
fn hours_may_go_over_midnight() {
    let night = limit(time(22, 0, 0, 0), time(6, 0, 0, 0));
    for (at, expected) in [
        (time(21, 59, 0, 0), 2_000_000),
        (time(22, 0, 0, 0), 500_000),
        (time(0, 0, 0, 0), 500_000),
        (time(5, 59, 0, 0), 500_000),
        (time(6, 0, 0, 0), 2_000_000),
    ] {
        assert_eq!(night.at(at), rate(expected), "{at}");
    }
}

#[test]
fn in_the_night_of_the_change_the_clock_on_the_wall_counts() {
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
    let at = |utc: &str| {
        let utc: Timestamp = utc.parse().expect("a time");
        limit(time(2, 30, 0, 0), time(3, 30, 0, 0)).at(utc.to_zoned(zone.clone()).time())
    };
    // Forward: 02:30 does not come; at 03:00 the hours have begun.
    assert_eq!(at("2026-03-29T00:59:00Z"), rate(2_000_000));
    assert_eq!(at("2026-03-29T01:00:00Z"), rate(500_000));
    // Back: 02:30 comes twice, and is one of the hours both times.
    assert_eq!(at("2026-10-25T00:40:00Z"), rate(500_000));
    assert_eq!(
        at("2026-10-25T01:10:00Z"),
        rate(2_000_000),
        "02:10 for the second time"
    );
    assert_eq!(at("2026-10-25T01:40:00Z"), rate(500_000));
}

#[test]
fn no_time_at_all_and_the_whole_day_are_not_guessed_between() {
    let noon = time(12, 0, 0, 0);
    assert!(matches!(
        Hours::new(noon, noon, None),
        Err(Error::BadHours { .. })
    ));
    let written = r#"{"from":"12:00:00","to":"12:00:00"}"#;
    assert!(serde_json::from_str::<Hours>(written).is_err());
}

#[test]
fn times_are_read_as_people_write_them() {
    assert_eq!(read_time(" 08:05").ok(), Some(time(8, 5, 0, 0)));
    for raw in ["", "8", "24:00", "08:60", "8 am", "08:00:30"] {
        assert!(read_time(raw).is_err(), "{raw:?}");
    }
}

#[test]
fn what_is_written_down_is_read_again_and_nothing_is_written_for_nothing() {
    let set = limit(time(22, 0, 0, 0), time(6, 0, 0, 0));
    let text = serde_json::to_string(&set).expect("JSON");
    assert_eq!(serde_json::from_str::<Limit>(&text).expect("read"), set);
    assert_eq!(serde_json::to_string(&Limit::default()).expect("JSON"), "{}");
    assert!(Limit::default().is_off() && !set.is_off());
}

#[test]
fn what_a_page_says_is_judged() {
    let choice = |bytes, from: &str| LimitChoice {
        usual_bytes_per_s: Some(bytes),
        hours: Some(crate::view::LimitHours {
            from: from.to_owned(),
            to: "06:00".to_owned(),
            bytes_per_s: None,
        }),
    };
    let judged = choice(2_000_000, "22:00").judged().expect("it makes sense");
    assert_eq!(LimitChoice::of(&judged), choice(2_000_000, "22:00"));
    assert!(matches!(choice(1, "22:00").judged(), Err(Error::BadRate(_))));
    assert!(matches!(
        choice(2_000_000, "x").judged(),
        Err(Error::BadHours { .. })
    ));
    assert!(matches!(
        choice(2_000_000, "06:00").judged(),
        Err(Error::BadHours { .. })
    ));
}

#[test]
fn jobs_that_fetch_in_other_programs_have_their_share() {
    let home = tempfile::tempdir().expect("a folder");
    let options = Options {
        home: Some(Utf8PathBuf::from_path_buf(home.path().to_owned()).expect("Unicode")),
        ..Options::default()
    };
    let client = Client::open(options).expect("a client");
    let choice = LimitChoice {
        usual_bytes_per_s: Some(900_000),
        hours: None,
    };
    client.set_limit(&choice).expect("set");
    assert_eq!(client.limit_now(), rate(900_000), "nobody else fetches");
    // Whose lock is held and who is not of this process is of another one.
    let _others = ["a", "b"].map(|product| {
        let (record, lock) = client
            .0
            .jobs
            .create(task(product), Timestamp::UNIX_EPOCH)
            .expect("written");
        let fetching = [Event::Started, Event::Checked]
            .into_iter()
            .try_fold(record, |record, event| {
                record.after(event, None, Timestamp::UNIX_EPOCH)
            });
        client
            .0
            .jobs
            .save(&fetching.expect("it fetches"))
            .expect("written");
        lock
    });
    assert_eq!(client.limit_now(), rate(300_000), "three share it");
    client.limit_this_process(Rate::try_from(50_000).expect("a rate"));
    assert_eq!(client.limit_now(), rate(50_000), "its own is its own");
}
