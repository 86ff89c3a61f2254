use super::*;

fn meter() -> (Meter, news::Receiver<Progress>) {
    let (out, told) = news::channel(Progress::default());
    let sizes = Sizes {
        bytes_to_fetch: 100,
        installed_bytes: 400,
        ..Sizes::default()
    };
    (Meter::new(&sizes, out), told)
}

#[test]
fn every_stage_moves_one_number() {
    let (meter, told) = meter();
    meter.enter(Stage::Downloading, "Downloading");
    meter.arrived(60);
    meter.wrote(200);
    meter.tell(Instant::now());
    assert_eq!((told.borrow().done_bytes, told.borrow().total_bytes), (260, 511));
    meter.arrived(40);
    meter.wrote(200);
    meter.stepped(3, 3);
    meter.tell(Instant::now());
    assert_eq!(
        (told.borrow().done_bytes, told.borrow().fetched_bytes),
        (511, 100)
    );
}

#[test]
fn lost_bytes_do_not_turn_the_number_back() {
    let (meter, told) = meter();
    meter.arrived(80);
    meter.tell(Instant::now());
    meter.lost(50);
    meter.tell(Instant::now());
    assert_eq!((told.borrow().done_bytes, told.borrow().fetched_bytes), (80, 30));
}

#[test]
fn once_everything_has_arrived_it_is_unpacking() {
    let (meter, told) = meter();
    meter.enter(Stage::Downloading, "Downloading");
    meter.arrived(99);
    meter.tell(Instant::now());
    assert_eq!(told.borrow().stage, Stage::Downloading);
    meter.arrived(1);
    meter.tell(Instant::now());
    assert_eq!(told.borrow().stage, Stage::Unpacking);
}

#[test]
fn a_standstill_names_whom_it_waits_for() {
    let (meter, told) = meter();
    meter.enter(Stage::Downloading, "Downloading");
    let _waiting = meter.waiting(WaitingFor::Server("parts.example".to_owned()));
    let start = Instant::now();
    meter.tell(start + Duration::from_secs(19));
    assert_eq!(
        (told.borrow().waiting_for.clone(), told.borrow().task.as_str()),
        (None, "Downloading")
    );
    meter.tell(start + Duration::from_secs(21));
    assert_eq!(
        told.borrow().task,
        "Waiting for parts.example, which sends nothing"
    );
    meter.arrived(1);
    meter.tell(start + Duration::from_secs(22));
    assert_eq!(told.borrow().waiting_for, None);
}

#[test]
fn a_job_that_grows_says_by_how_much_and_why() {
    let (meter, told) = meter();
    meter.enter(Stage::Downloading, "Downloading");
    meter.arrived(90);
    meter.tell(Instant::now());
    assert_eq!((told.borrow().total_bytes, told.borrow().growth), (511, None));
    meter.grew(70, Growth::Reuse);
    meter.arrived(10);
    meter.tell(Instant::now());
    let now = told.borrow().clone();
    assert_eq!((now.total_bytes, now.growth), (581, Some(Growth::Reuse)));
    assert_eq!(now.stage, Stage::Downloading, "the rest has still to arrive");
    meter.arrived(70);
    meter.tell(Instant::now());
    assert_eq!(told.borrow().stage, Stage::Unpacking);
}
