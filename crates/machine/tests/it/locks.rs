//! A lock keeps other processes out, and ends with its process.

use crate::child::{folder, part, place};
use std::time::{Duration, Instant};
use toolcrib_machine::files::{self, Lock};

#[test]
#[ignore = "a part of the tests below"]
fn hold() {
    let Some(place) = place() else { return };
    let _lock = Lock::try_acquire(&place.join("lock"))
        .expect("asked")
        .expect("free");
    files::replace(&place.join("held"), b"").expect("told");
    std::thread::sleep(Duration::from_secs(600));
}

#[test]
fn a_lock_is_refused_while_another_process_holds_it_and_free_after_its_kill() {
    let (_folder, place) = folder();
    let path = place.join("lock");
    let mut holder = part("locks::hold", &place).spawn().expect("started");
    let end = Instant::now() + Duration::from_secs(60);
    while !files::exists(&place.join("held")).expect("asked") {
        assert!(Instant::now() < end, "it never held the lock");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(Lock::try_acquire(&path).expect("asked").is_none());
    assert!(Lock::is_held(&path).expect("asked"));
    assert!(
        Lock::acquire(&path, Duration::from_millis(120))
            .expect("asked")
            .is_none()
    );
    holder.kill().expect("killed");
    holder.wait().expect("ended");
    assert!(
        Lock::acquire(&path, Duration::from_secs(5))
            .expect("asked")
            .is_some()
    );
}

#[test]
fn a_lock_is_refused_within_a_process_too_and_freed_by_dropping() {
    let (_folder, place) = folder();
    let path = place.join("lock");
    let lock = Lock::try_acquire(&path).expect("asked").expect("free");
    assert_eq!(lock.path(), path);
    assert!(Lock::try_acquire(&path).expect("asked").is_none());
    drop(lock);
    assert!(Lock::try_acquire(&path).expect("asked").is_some());
}

#[cfg(unix)]
#[test]
fn a_lock_whose_file_was_removed_keeps_nobody_out() {
    let (_folder, place) = folder();
    let path = place.join("lock");
    let old = Lock::try_acquire(&path).expect("asked").expect("free");
    files::remove_tree(&path).expect("removed");
    let new = Lock::try_acquire(&path).expect("asked").expect("free");
    drop(old);
    assert!(Lock::try_acquire(&path).expect("asked").is_none());
    drop(new);
}

#[test]
fn a_lock_in_a_missing_folder_is_an_error() {
    let (_folder, place) = folder();
    assert!(Lock::try_acquire(&place.join("no/lock")).is_err_and(|error| error.is_not_found()));
}
