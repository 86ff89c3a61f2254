//! What is told of a licence afterwards.

use super::*;
use crate::timeline::Event;
use std::io::Write as _;

fn told(folder: &Folder) -> Vec<(Event, Option<&'static str>)> {
    let timeline = open(folder).timeline().expect("read");
    let entries = timeline.entries.iter();
    entries
        .map(|entry| (entry.event, entry.reason.map(Reason::as_str)))
        .collect()
}

fn leased(folder: &Folder) -> Shelf {
    let mut shelf = shelf(folder);
    shelf
        .keep_lease(&product(), &Service::new().lease_of_day(1, 0), &DEVICE, day(0))
        .expect("kept");
    shelf
}

fn file(folder: &Folder) -> Utf8PathBuf {
    folder.path().join("leases/timeline.jsonl")
}

#[test]
fn each_grant_renewal_change_and_refusal_is_told_with_its_rule_and_next_date() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    for today in [1, 2, 31, 32, 37] {
        decide(&mut shelf, day(today));
    }
    shelf
        .keep_lease(&product(), &Service::new().lease_of_day(2, 38), &DEVICE, day(38))
        .expect("kept");
    let revocation = Revocation {
        at: day(39),
        by: None,
        detail: "no seat".into(),
        cause: Cause::SeatRemoved,
    };
    shelf.revoke(&product(), revocation).expect("noted");
    decide(&mut shelf, day(40));
    let expected = [
        (Event::Granted, Some("verified")),
        (Event::Allowed, Some("verified")),
        (Event::Allowed, Some("offline_grace")),
        (Event::Refused, Some("grace_over")),
        (Event::Renewed, Some("verified")),
        (Event::Refused, Some("seat_removed")),
    ];
    assert_eq!(told(&folder), expected);
    let entries = open(&folder).timeline().expect("read").of(&product()).entries;
    assert_eq!(
        (entries[2].rule.as_deref(), entries[2].next_at),
        (Some("S-143"), Some(day(37)))
    );
}

#[test]
fn asking_often_says_it_once() {
    let folder = Folder::new();
    leased(&folder);
    for _ in 0..50 {
        decide(&mut open(&folder), day(3));
    }
    assert_eq!(told(&folder).len(), 2);
}

#[test]
fn a_line_that_a_crash_cut_costs_itself_only() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    let mut cut = std::fs::OpenOptions::new()
        .append(true)
        .open(file(&folder))
        .expect("opened");
    cut.write_all(b"{\"at\":\"2026-").expect("cut");
    decide(&mut shelf, day(1));
    let timeline = open(&folder).timeline().expect("read");
    assert_eq!((timeline.entries.len(), timeline.damaged_lines), (2, vec![2]));
}

#[test]
fn a_long_timeline_loses_its_older_half_and_keeps_what_it_does_not_know() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    let unknown = format!("{{\"event\":\"sold\",\"note\":\"{}\"}}\n", "x".repeat(1_000));
    files::replace(&file(&folder), unknown.repeat(600).as_bytes()).expect("grown");
    decide(&mut shelf, day(1));
    let timeline = open(&folder).timeline().expect("read");
    assert_eq!(timeline.entries.len(), 1);
    assert!((200..300).contains(&timeline.unknown_lines), "{timeline:?}");
    assert_eq!(timeline.damaged_lines, [] as [usize; 0]);
}

#[test]
fn before_anything_is_remembered_nothing_is_told() {
    let folder = Folder::new();
    decide(&mut open(&folder), day(0));
    assert!(!files::exists(&file(&folder)).expect("asked"));
}
