use super::{Event as E, Held, JobRecord, Jobs, Kind, OwnFiles, OwnSettings, State as S, Task, Wish, next};
use camino::Utf8PathBuf;
use jiff::Timestamp;
use tempfile::TempDir;

/// The whole machine as people read it: from, event, to. Every pair that is missing is refused.
const TABLE: &[(S, E, S)] = &[
    (S::Queued, E::Started, S::Checking),
    (S::Queued, E::StopAsked, S::Paused),
    (S::Queued, E::Interrupted, S::Paused),
    (S::Queued, E::Dropped, S::Cancelled),
    (S::Checking, E::Checked, S::Downloading),
    (S::Checking, E::StopAsked, S::Pausing),
    (S::Checking, E::Interrupted, S::Paused),
    (S::Checking, E::WaitBegan, S::Waiting),
    (S::Checking, E::LastChunkHeld, S::Committing),
    (S::Checking, E::Failed, S::Failed),
    (S::Downloading, E::StopAsked, S::Pausing),
    (S::Downloading, E::Interrupted, S::Paused),
    (S::Downloading, E::WaitBegan, S::Waiting),
    (S::Downloading, E::LastChunkHeld, S::Committing),
    (S::Downloading, E::Failed, S::Failed),
    (S::Pausing, E::StopAsked, S::Pausing),
    (S::Pausing, E::Stopped, S::Paused),
    (S::Pausing, E::Interrupted, S::Paused),
    (S::Pausing, E::LastChunkHeld, S::Committing),
    (S::Pausing, E::Failed, S::Failed),
    (S::Pausing, E::Dropped, S::Cancelled),
    (S::Paused, E::Asked, S::Queued),
    (S::Paused, E::StopAsked, S::Paused),
    (S::Paused, E::Dropped, S::Cancelled),
    (S::Committing, E::StopAsked, S::Committing),
    (S::Committing, E::Interrupted, S::Paused),
    (S::Committing, E::WaitBegan, S::Waiting),
    (S::Committing, E::Committed, S::Done),
    (S::Committing, E::Failed, S::Failed),
    (S::Waiting, E::WaitEnded, S::Checking),
    (S::Waiting, E::StopAsked, S::Pausing),
    (S::Waiting, E::Interrupted, S::Paused),
    (S::Waiting, E::Failed, S::Failed),
    (S::Failed, E::Asked, S::Queued),
    (S::Failed, E::Dropped, S::Cancelled),
    (S::Failed, E::WentBack, S::RolledBack),
    (S::Done, E::WentBack, S::RolledBack),
];

#[test]
fn every_state_and_event_is_as_in_the_table() {
    for state in S::ALL {
        for event in E::ALL {
            let expected = TABLE
                .iter()
                .find(|(from, by, _)| (*from, *by) == (state, event))
                .map(|(_, _, to)| *to);
            assert_eq!(next(state, event).ok(), expected, "{state:?} {event:?}");
        }
    }
}

#[test]
fn a_refusal_names_the_state_and_the_event() {
    let refusal = next(S::Done, E::Started).expect_err("done is done").to_string();
    assert!(
        refusal.contains("Done") && refusal.contains("Started"),
        "{refusal}"
    );
}

#[test]
fn every_state_that_is_not_final_has_an_exit() {
    for state in S::ALL.into_iter().filter(|state| state.is_unfinished()) {
        assert!(
            TABLE.iter().any(|(from, _, to)| *from == state && *to != state),
            "{state:?}"
        );
    }
}

pub(super) struct Shelf {
    _folder: TempDir,
    pub(super) jobs: Jobs,
}

pub(super) fn shelf() -> Shelf {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = Utf8PathBuf::from_path_buf(folder.path().join("jobs")).expect("a UTF-8 path");
    Shelf {
        jobs: Jobs::new(path),
        _folder: folder,
    }
}

pub(crate) fn task(product: &str) -> Task {
    Task {
        kind: Kind::Install,
        product: product.parse().expect("an id"),
        name: "Sample Studio".to_owned(),
        version: "1.0.0".parse().expect("a version"),
        language: "en".parse().expect("a language"),
        asked_language: None,
        platform: None,
        allow_scripts: false,
        beside: false,
        root: "/apps/sample-studio".to_owned(),
        components: vec!["core".parse().expect("an id")],
        server: "https://toolcrib.example/".to_owned(),
        manifest: None,
        to: None,
        sources: Vec::new(),
        settings: OwnSettings::Kept,
        files: OwnFiles::Kept,
    }
}

fn downloading(jobs: &Jobs) -> (JobRecord, toolcrib_machine::files::Lock) {
    let (record, lock) = jobs
        .create(task("sample-studio"), Timestamp::UNIX_EPOCH)
        .expect("written");
    let record = record
        .after(E::Started, None, Timestamp::UNIX_EPOCH)
        .expect("queued");
    let record = record
        .after(E::Checked, None, Timestamp::UNIX_EPOCH)
        .expect("checking");
    jobs.save(&record).expect("written");
    (record, lock)
}

#[test]
fn jobs_are_numbered_by_product() {
    let shelf = shelf();
    let ids: Vec<_> = ["sample-studio", "zig", "sample-studio"]
        .map(|product| {
            shelf
                .jobs
                .create(task(product), Timestamp::UNIX_EPOCH)
                .expect("written")
                .0
                .id
                .to_string()
        })
        .into();
    assert_eq!(ids, ["sample-studio-1", "zig-1", "sample-studio-2"]);
}

#[test]
fn the_longest_product_id_still_names_a_job() {
    let shelf = shelf();
    let (record, _lock) = shelf
        .jobs
        .create(task(&"x".repeat(64)), Timestamp::UNIX_EPOCH)
        .expect("written");
    assert_eq!(record.id.as_str(), format!("{}-1", "x".repeat(53)));
}

#[test]
fn a_job_whose_process_is_gone_reads_as_paused_with_the_reason() {
    let shelf = shelf();
    let (record, lock) = downloading(&shelf.jobs);
    let running = shelf.jobs.find(&record.id).expect("read").expect("there");
    assert!(running.running && running.state() == S::Downloading);
    drop(lock);
    let found = shelf.jobs.find(&record.id).expect("read").expect("there");
    assert_eq!((found.running, found.state()), (false, S::Paused));
    assert_eq!(
        found.record.reason.as_deref(),
        Some("interrupted; run it again to go on")
    );
}

#[test]
fn whoever_looks_at_an_interrupted_job_does_not_make_it_a_running_one_for_others() {
    let shelf = shelf();
    let (record, lock) = downloading(&shelf.jobs);
    let path = lock.path().to_owned();
    drop(lock);
    let look = std::fs::File::open(path).expect("opened");
    look.try_lock_shared().expect("somebody looks");
    let found = shelf.jobs.find(&record.id).expect("read").expect("there");
    assert_eq!((found.running, found.state()), (false, S::Paused));
    assert_eq!(shelf.jobs.interrupted().expect("listed"), [record]);
}

#[test]
fn the_unfinished_job_of_a_product_is_found_again() {
    let shelf = shelf();
    let (record, lock) = downloading(&shelf.jobs);
    drop(lock);
    let product = "sample-studio".parse().expect("an id");
    let found = shelf.jobs.unfinished(&product).expect("read").expect("there");
    assert_eq!(found.record.id, record.id);
    let dropped = found
        .record
        .after(E::Dropped, None, Timestamp::UNIX_EPOCH)
        .expect("paused");
    shelf.jobs.save(&dropped).expect("written");
    assert!(shelf.jobs.unfinished(&product).expect("read").is_none());
}

#[test]
fn a_wish_reaches_whoever_works_on_the_job() {
    let shelf = shelf();
    let (record, _lock) = downloading(&shelf.jobs);
    assert_eq!(shelf.jobs.wished(&record.id), None);
    shelf
        .jobs
        .wish(&record.id, Wish::Cancel(Held::Kept))
        .expect("written");
    assert_eq!(shelf.jobs.wished(&record.id), Some(Wish::Cancel(Held::Kept)));
    shelf.jobs.clear_wish(&record.id);
    assert_eq!(shelf.jobs.wished(&record.id), None);
}

#[test]
fn a_wish_not_to_wait_is_told_from_the_others() {
    let shelf = shelf();
    let (record, _lock) = downloading(&shelf.jobs);
    for wish in [Wish::Now, Wish::Pause, Wish::Cancel(Held::Dropped)] {
        shelf.jobs.wish(&record.id, wish).expect("written");
        assert_eq!(shelf.jobs.wished(&record.id), Some(wish));
    }
}

#[test]
fn the_time_of_an_installation_outlives_its_process() {
    let shelf = shelf();
    let (record, lock) = downloading(&shelf.jobs);
    let waiting = JobRecord {
        not_before: Some(Timestamp::MAX),
        held: true,
        ..record.clone()
    };
    let waiting = waiting
        .after(E::WaitBegan, None, Timestamp::UNIX_EPOCH)
        .expect("it waits");
    shelf.jobs.save(&waiting).expect("written");
    drop(lock);
    let found = shelf.jobs.find(&record.id).expect("read").expect("there");
    assert_eq!(found.state(), S::Paused);
    assert!(found.record.goes_on, "the next program goes on with it");
    assert_eq!(
        (found.record.not_before, found.record.held),
        (Some(Timestamp::MAX), true)
    );
}

#[test]
fn a_record_keeps_fields_of_newer_programs() {
    let record = JobRecord::new("a-1".parse().expect("an id"), task("a"), Timestamp::UNIX_EPOCH);
    let mut value = serde_json::to_value(&record).expect("JSON");
    value["colour"] = "green".into();
    let read: JobRecord = serde_json::from_value(value.clone()).expect("a record");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
}

#[test]
fn a_job_that_was_gone_back_from_is_a_cancelled_one_to_older_programs() {
    let shelf = shelf();
    let (record, _lock) = shelf
        .jobs
        .create(task("zig"), Timestamp::UNIX_EPOCH)
        .expect("written");
    let failed = JobRecord {
        state: S::Failed,
        went_back_to: Some("0.9.0".parse().expect("a version")),
        ..record
    };
    let gone_back = failed
        .after(E::WentBack, None, Timestamp::UNIX_EPOCH)
        .expect("it failed");
    shelf.jobs.save(&gone_back).expect("written");
    let path = shelf._folder.path().join("jobs/zig-1/job.json");
    let text = fs_err::read_to_string(path).expect("a record");
    let written: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(written["state"], "cancelled");
    let found = shelf.jobs.find(&gone_back.id).expect("read").expect("there");
    assert_eq!(found.record, gone_back);
    assert_eq!(found.state(), S::RolledBack);
}

#[test]
fn a_damaged_record_does_not_hide_the_other_jobs() {
    let shelf = shelf();
    let (record, _lock) = downloading(&shelf.jobs);
    let (broken, _other) = shelf
        .jobs
        .create(task("zig"), Timestamp::UNIX_EPOCH)
        .expect("written");
    let folder = shelf._folder.path().join("jobs").join(broken.id.as_str());
    fs_err::write(folder.join("job.json"), b"{\"schema\":1,").expect("written");
    let found: Vec<_> = shelf
        .jobs
        .all()
        .expect("listed")
        .into_iter()
        .map(|job| job.record.id)
        .collect();
    assert_eq!(found, [record.id]);
}

#[test]
fn a_failure_is_forgotten_when_the_job_is_started_again() {
    let failed = JobRecord {
        state: S::Failed,
        failure: Some(crate::Error::NoServer.into_view()),
        ..JobRecord::new("a-1".parse().expect("an id"), task("a"), Timestamp::UNIX_EPOCH)
    };
    let asked = failed
        .after(E::Asked, None, Timestamp::UNIX_EPOCH)
        .expect("failed jobs start again");
    assert_eq!((asked.state, asked.failure), (S::Queued, None));
}

#[test]
fn only_the_latest_ended_jobs_are_kept() {
    let shelf = shelf();
    for _ in 0..55 {
        let (record, _lock) = shelf
            .jobs
            .create(task("zig"), Timestamp::UNIX_EPOCH)
            .expect("written");
        let dropped = record
            .after(E::Dropped, None, Timestamp::UNIX_EPOCH)
            .expect("queued");
        shelf.jobs.save(&dropped).expect("written");
    }
    let (paused, _lock) = shelf
        .jobs
        .create(task("sample-studio"), Timestamp::UNIX_EPOCH)
        .expect("written");
    let kept = shelf.jobs.all().expect("listed");
    assert_eq!(kept.len(), 51);
    assert!(kept.iter().any(|job| job.record.id == paused.id));
}
