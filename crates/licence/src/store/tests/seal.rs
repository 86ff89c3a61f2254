//! The sealed record: what editing, deleting, putting back and copying of files gains, which is nothing.

use super::*;
use toolcrib_machine::secrets::SecretStore as _;

const COPY: &str = "licence-record";

fn leased(folder: &Folder) -> Shelf {
    let mut shelf = shelf(folder);
    let token = Service::new().lease_of_day(2, 0);
    shelf
        .keep_lease(&product(), &token, &DEVICE, day(0))
        .expect("kept");
    shelf
}

fn record_file(folder: &Folder) -> Utf8PathBuf {
    folder.path().join("leases/shelf.json")
}

fn reason(folder: &Folder, wall: Timestamp) -> Reason {
    decide(&mut open(folder), wall).reason
}

/// Goes online once: the service signs a lease just now.
fn renew(folder: &Folder, sequence: u64, today: i64) -> Result<Held, Error> {
    let token = Service::new().lease_of_day(sequence, today);
    let mut shelf = shelf(folder);
    shelf.keep_lease(&product(), &token, &DEVICE, day(today))
}

#[test]
fn deleting_the_record_gains_nothing_because_there_is_a_copy() {
    let folder = Folder::new();
    decide(&mut leased(&folder), day(20));
    files::remove_file(&record_file(&folder)).expect("deleted");
    assert_eq!(reason(&folder, day(5)), Reason::ClockBehind);
    assert_eq!(reason(&folder, day(20)), Reason::Verified);
}

#[test]
fn editing_the_record_gains_nothing_and_is_reported() {
    let folder = Folder::new();
    decide(&mut leased(&folder), day(20));
    let text = String::from_utf8(files::read(&record_file(&folder)).expect("read").expect("there"));
    let edited = text.expect("text").replace("2026-06-21", "2026-06-01");
    files::replace(&record_file(&folder), edited.as_bytes()).expect("edited");
    let mut shelf = open(&folder);
    assert!(matches!(&shelf.take_notices()[..], [Notice::MovedAside { .. }]));
    assert_eq!(decide(&mut shelf, day(5)).reason, Reason::ClockBehind);
}

#[test]
fn an_older_record_put_back_loses_against_the_copy() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    let old = files::read(&record_file(&folder)).expect("read").expect("there");
    decide(&mut shelf, day(20));
    files::replace(&record_file(&folder), &old).expect("put back");
    assert_eq!(reason(&folder, day(5)), Reason::ClockBehind);
}

#[test]
fn an_older_copy_put_back_loses_against_the_record() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    let old = secrets(&folder).read(COPY).expect("read").expect("there");
    decide(&mut shelf, day(20));
    secrets(&folder).write(COPY, old.expose()).expect("put back");
    assert_eq!(reason(&folder, day(5)), Reason::ClockBehind);
}

#[test]
fn without_record_and_copy_a_lease_asks_to_go_online_once() {
    let folder = Folder::new();
    leased(&folder);
    files::remove_file(&record_file(&folder)).expect("deleted");
    secrets(&folder).remove(COPY).expect("deleted");
    for _ in 0..2 {
        let decision = decide(&mut open(&folder), day(1));
        assert_eq!(
            (decision.reason, decision.act, decision.may_run),
            (Reason::RecordLost, Act::GoOnline, false)
        );
    }
    renew(&folder, 3, 1).expect("the service answered");
    assert_eq!(reason(&folder, day(1)), Reason::Verified);
}

#[test]
fn a_record_and_a_copy_that_were_both_edited_are_a_loss() {
    let folder = Folder::new();
    leased(&folder);
    files::replace(&record_file(&folder), b"{}").expect("edited");
    secrets(&folder).write(COPY, b"{}").expect("edited");
    assert_eq!(reason(&folder, day(1)), Reason::RecordLost);
    assert_eq!(reason(&folder, day(1)), Reason::RecordLost);
}

#[test]
fn a_key_of_ones_own_among_the_keys_is_not_believed() {
    let folder = Folder::new();
    leased(&folder);
    let thief = SigningKey::from_bytes(&[9; 32]);
    let path = record_file(&folder);
    let text = String::from_utf8(files::read(&path).expect("read").expect("there")).expect("text");
    let [known, own] = [Service::new().key, thief.clone()].map(|key| hex::encode(key.public()));
    assert!(text.contains(&known), "the keys are in the record");
    files::replace(&path, text.replace(&known, &own).as_bytes()).expect("edited");
    let forged = sign(&Service::new().claims, &thief, "k1").expect("signed");
    let mut shelf = open(&folder);
    files::replace(&shelf.lease_path(&product()), forged.as_bytes()).expect("put there");
    assert_eq!(decide(&mut shelf, day(1)).reason, Reason::LeaseForged);
}

#[test]
fn a_retired_key_stays_retired_whatever_is_published_later() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    let mut retired = Service::new().keys();
    retired.keys[0].retired_at = Some(day(1));
    shelf.keep_keys(retired).expect("kept");
    assert_eq!(decide(&mut shelf, day(1)).reason, Reason::KeyRetired);
    shelf.keep_keys(Service::new().keys()).expect("kept");
    assert_eq!(decide(&mut shelf, day(1)).reason, Reason::KeyRetired);
    assert_eq!(reason(&folder, day(1)), Reason::KeyRetired);
}

#[test]
fn a_product_that_was_built_for_one_service_believes_no_other() {
    let folder = Folder::new();
    let mut shelf = leased(&folder);
    shelf.believe_only(Service::new().keys());
    assert_eq!(decide(&mut shelf, day(1)).reason, Reason::Verified);
    let other = SigningKey::from_bytes(&[9; 32]).to_licence_key("k2");
    shelf.believe_only(LicenceKeys { keys: vec![other] });
    assert_eq!(decide(&mut shelf, day(1)).reason, Reason::UnknownKey);
}

#[test]
fn a_copied_profile_is_refused_on_twenty_of_twenty_other_computers() {
    let folder = Folder::new();
    leased(&folder);
    for computer in 2..22 {
        let mut copied = open_on(&folder, computer);
        let decision = decide(&mut copied, day(1));
        assert_eq!(
            (decision.reason, decision.may_run),
            (Reason::OtherComputer, false),
            "{computer}"
        );
        let token = Service::new().lease_of_day(3, 1);
        let refusal = copied.keep_lease(&product(), &token, &DEVICE, day(1));
        assert!(matches!(refusal, Err(Error::CopiedRecords)), "{computer}");
    }
    assert_eq!(reason(&folder, day(1)), Reason::Verified, "the first still works");
}

#[test]
fn on_another_computer_a_person_begins_anew_as_another_device() {
    let folder = Folder::new();
    leased(&folder);
    let device = || {
        toolcrib_machine::device_key::DeviceKey::load_or_create(&*secrets(&folder))
            .expect("a key")
            .public()
    };
    let before = device();
    let mut copied = open_on(&folder, 2);
    copied.begin_anew().expect("begun");
    assert_ne!(device(), before);
    assert_eq!(decide(&mut copied, day(1)).reason, Reason::NeverVerified);
    copied.keep_keys(Service::new().keys()).expect("kept");
    copied
        .keep_lease(&product(), &Service::new().lease_of_day(3, 1), &DEVICE, day(1))
        .expect("the person signed in");
    assert_eq!(decide(&mut open_on(&folder, 2), day(1)).reason, Reason::Verified);
}

#[test]
fn a_computer_that_cannot_be_told_from_others_works_too() {
    let folder = Folder::new();
    let custody = || Custody::on(secrets(&folder), None);
    let path = folder.path().join("leases");
    let mut shelf = Shelf::open(&path, custody()).expect("opened");
    shelf.keep_keys(Service::new().keys()).expect("kept");
    shelf
        .keep_lease(&product(), &Service::new().lease_of_day(1, 0), &DEVICE, day(0))
        .expect("kept");
    let mut next = Shelf::open(&path, custody()).expect("opened");
    assert_eq!(decide(&mut next, day(1)).reason, Reason::Verified);
}
