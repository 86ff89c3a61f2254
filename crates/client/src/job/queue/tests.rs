use super::Turn;
use crate::job::tests::{shelf, task};
use crate::job::{Event as E, Goal, JobRecord, Jobs, Task};
use jiff::{SignedDuration, Timestamp};
use toolcrib_machine::files::Lock;

/// A queued job that somebody holds, asked for so many seconds after all began.
fn queued(jobs: &Jobs, product: &str, second: i64) -> (JobRecord, Lock) {
    let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(second);
    let task = Task {
        name: format!("Product {product}"),
        ..task(product)
    };
    jobs.create(task, at).expect("written")
}

fn started(jobs: &Jobs, job: &JobRecord) -> JobRecord {
    let started = job
        .clone()
        .after(E::Started, None, Timestamp::UNIX_EPOCH)
        .expect("queued");
    jobs.save(&started).expect("written");
    started
}

fn slot(jobs: &Jobs, job: &JobRecord, at_once: u32) -> Option<Lock> {
    match jobs.turn(job, at_once).expect("asked") {
        Turn::Now(slot) => Some(slot),
        Turn::NotYet(_) => None,
    }
}

fn reason(jobs: &Jobs, job: &JobRecord) -> String {
    match jobs.turn(job, 1).expect("asked") {
        Turn::Now(_) => "its turn".to_owned(),
        Turn::NotYet(reason) => reason,
    }
}

#[test]
fn one_works_and_the_others_wait_in_their_order() {
    let shelf = shelf();
    let (first, _a) = queued(&shelf.jobs, "a", 1);
    let (second, _b) = queued(&shelf.jobs, "b", 2);
    assert_eq!(
        reason(&shelf.jobs, &second),
        "waits for its turn behind Product a"
    );
    let slot = slot(&shelf.jobs, &first, 1).expect("the first one's turn");
    started(&shelf.jobs, &first);
    assert_eq!(reason(&shelf.jobs, &second), "waits until Product a is done");
    drop(slot);
    assert_eq!(reason(&shelf.jobs, &second), "its turn");
}

#[test]
fn two_work_at_once_where_the_person_says_so() {
    let shelf = shelf();
    let (first, _a) = queued(&shelf.jobs, "a", 1);
    let (second, _b) = queued(&shelf.jobs, "b", 2);
    let _one = slot(&shelf.jobs, &first, 2).expect("the first one's turn");
    started(&shelf.jobs, &first);
    assert!(slot(&shelf.jobs, &second, 2).is_some());
}

#[test]
fn a_job_that_was_moved_forward_is_begun_first() {
    let shelf = shelf();
    let (first, _a) = queued(&shelf.jobs, "a", 1);
    let (second, _b) = queued(&shelf.jobs, "b", 2);
    shelf
        .jobs
        .move_to(&second.id, &Goal::Before(first.id.clone()))
        .expect("moved");
    assert_eq!(reason(&shelf.jobs, &first), "waits for its turn behind Product b");
    assert_eq!(reason(&shelf.jobs, &second), "its turn");
}

#[test]
fn a_dependant_says_what_it_waits_for_and_blocks_nobody() {
    let shelf = shelf();
    let (needed, needed_lock) = queued(&shelf.jobs, "a", 1);
    let failed = started(&shelf.jobs, &needed)
        .after(E::Failed, None, Timestamp::UNIX_EPOCH)
        .expect("checking");
    shelf.jobs.save(&failed).expect("written");
    drop(needed_lock);
    let (mut dependant, _b) = queued(&shelf.jobs, "b", 2);
    dependant.after = vec![needed.id.clone()];
    shelf.jobs.save(&dependant).expect("written");
    let (other, _c) = queued(&shelf.jobs, "c", 3);
    assert_eq!(
        reason(&shelf.jobs, &dependant),
        "waits for Product a, which failed"
    );
    assert_eq!(reason(&shelf.jobs, &other), "its turn");
}

#[test]
fn whoever_is_gone_gives_way() {
    let shelf = shelf();
    let (first, lock) = queued(&shelf.jobs, "a", 1);
    let (second, _b) = queued(&shelf.jobs, "b", 2);
    let slot = slot(&shelf.jobs, &first, 1).expect("the first one's turn");
    started(&shelf.jobs, &first);
    drop((slot, lock));
    assert_eq!(reason(&shelf.jobs, &second), "its turn");
}

#[test]
fn a_job_that_ended_cannot_be_moved() {
    let shelf = shelf();
    let (job, _lock) = queued(&shelf.jobs, "a", 1);
    let ended = job
        .after(E::Dropped, None, Timestamp::UNIX_EPOCH)
        .expect("queued");
    shelf.jobs.save(&ended).expect("written");
    assert!(shelf.jobs.move_to(&ended.id, &Goal::First).is_err());
}

#[test]
fn what_is_only_fetched_for_later_waits_for_nobody_before_it_is_held() {
    let shelf = shelf();
    let (needed, _a) = queued(&shelf.jobs, "a", 1);
    let (dependant, _b) = queued(&shelf.jobs, "b", 2);
    let dependant = JobRecord {
        after: vec![needed.id.clone()],
        not_before: Some(Timestamp::MAX),
        ..dependant
    };
    started(&shelf.jobs, &needed);
    assert_eq!(reason(&shelf.jobs, &dependant), "its turn");
    let held = JobRecord {
        held: true,
        ..dependant
    };
    assert_eq!(
        reason(&shelf.jobs, &held),
        "waits for Product a, which is not done yet"
    );
}
