//! A licence's life as a person lives it, by shifted clocks around client and service: asked at the first start and
//! every 30 days, never surprised, never locked out without a reason.

use super::{DONE, asks_nothing, installed, launch, launch_offline, says};
use toolcrib_testkit::programs::{run, without_network};
use toolcrib_testkit::sandbox::SAMPLE;

const PRODUCT_FAILED: i32 = 1;

#[test]
fn day_0_asks_days_1_to_29_do_not_and_day_30_asks() {
    let mut sandbox = installed();
    let first = launch(&sandbox, &["yes", "yes"]).ends_with(DONE);
    for words in ["Do you accept this?", "Continue as owner@jones.example", "1.1.0"] {
        says(&first, words);
    }
    asks_nothing(&launch(&sandbox, &[]).ends_with(DONE));
    for day in 1..29 {
        sandbox.go_to_day(day);
        asks_nothing(&launch(&sandbox, &[]).ends_with(DONE));
    }
    sandbox.go_to_day(29);
    let last = launch(&sandbox, &[]).ends_with(DONE);
    asks_nothing(&last);
    says(&last, "Works offline until");

    sandbox.go_to_day(30);
    let password = sandbox.account("jones").password.clone();
    let due = launch(&sandbox, &[&password]).ends_with(DONE);
    for words in ["The verification was due on", "Password:", "1.1.0"] {
        says(&due, words);
    }
    sandbox.go_to_day(31);
    asks_nothing(&launch(&sandbox, &[]).ends_with(DONE));
}

#[test]
fn offline_from_day_29_it_works_through_the_grace_with_a_countdown_and_only_opens_to_look_the_day_after() {
    let mut sandbox = installed();
    launch(&sandbox, &["yes", "yes"]).ends_with(DONE);
    sandbox.go_to_day(28);
    asks_nothing(&launch(&sandbox, &[]).ends_with(DONE));
    for (day, words) in [
        (29, "1 day left"),
        (30, "7 days left"),
        (33, "4 days left"),
        (36, "1 day left"),
    ] {
        sandbox.go_to_day_alone(day);
        let start = launch_offline(&sandbox).ends_with(DONE);
        says(&start, words);
        says(&start, "1.1.0");
    }
    sandbox.go_to_day_alone(37);
    // The sample's vendor lets a lapsed product be looked at, and nothing more (S-143).
    // It ends at once, since it has nothing to draw, and says by its own status that it was only looked at.
    let lapsed = launch_offline(&sandbox).ends_with(PRODUCT_FAILED);
    for words in [
        "the days of grace ended on",
        "Your files are safe",
        "to be read only",
    ] {
        says(&lapsed, words);
    }
    let words = ["launch", SAMPLE, "--", "draw", "welcome"];
    let drawn = run(without_network(sandbox.command(&words)), "");
    assert_ne!(drawn.status, Some(DONE), "{}", drawn.stdout);
    let licence = sandbox
        .toolcrib(&["licence", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(
        (&licence["may_run"], &licence["reason"]),
        (&false.into(), &"grace_over".into()),
        "{licence}"
    );
    // Twice it ended at once and said by its status that it was only looked at; the release is not to blame for that.
    let list = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    assert_eq!(list[0]["fails_to_start"], false, "{list}");
}

#[test]
fn a_release_beside_the_current_one_passes_the_same_gate() {
    let mut sandbox = installed();
    let beside = [
        "install",
        SAMPLE,
        "--version",
        "1.0.0",
        "--beside",
        "--accept-terms",
    ];
    sandbox.toolcrib(&beside).ends_with(DONE);
    launch(&sandbox, &["yes", "yes"]).ends_with(DONE);
    let other = ["launch", SAMPLE, "--version", "1.0.0"];
    says(&sandbox.toolcrib(&other).ends_with(DONE), "1.0.0");
    sandbox.go_to_day_alone(37);
    let lapsed = run(without_network(sandbox.command(&other)), "").ends_with(PRODUCT_FAILED);
    for words in ["the days of grace ended on", "to be read only"] {
        says(&lapsed, words);
    }
}

#[test]
fn while_the_service_itself_fails_a_lapsed_product_goes_on_for_hours_and_is_told_so() {
    let mut sandbox = installed();
    launch(&sandbox, &["yes", "yes"]).ends_with(DONE);
    sandbox.go_to_day_alone(38);
    says(&launch_offline(&sandbox), "to be read only");
    sandbox.stop_service();
    let bridged = run(sandbox.command(&["launch", SAMPLE]), "").ends_with(DONE);
    says(&bridged, "1.1.0");
    let licence = sandbox
        .toolcrib(&["licence", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(licence["standing"], "outage", "{licence}");
    assert_eq!(licence["reason"], "service_outage", "{licence}");
}

#[test]
fn a_script_is_never_asked_and_accepts_nothing_for_anybody() {
    let sandbox = installed();
    let start = sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    says(&start, "1.1.0");
    says(
        &launch(&sandbox, &["yes", "yes"]).ends_with(DONE),
        "Do you accept this?",
    );
}

#[test]
fn a_statement_that_is_not_accepted_starts_nothing_and_is_asked_for_again() {
    let sandbox = installed();
    let declined = launch(&sandbox, &["no"]);
    assert_ne!(declined.status, Some(DONE), "{}", declined.stdout);
    says(&declined, "The privacy statement was not accepted.");
    says(
        &launch(&sandbox, &["yes", "yes"]).ends_with(DONE),
        "Do you accept this?",
    );
}

#[test]
fn a_product_that_is_taken_offline_works_past_grace_until_its_day_and_can_be_brought_back() {
    let mut sandbox = installed();
    launch(&sandbox, &["yes", "yes"]).ends_with(DONE);
    let day = day_in(50);
    let taken = sandbox.toolcrib(&["licence", "offline", SAMPLE, "--until", &day, "--json"]);
    assert!(taken.ends_with(DONE).json()["offline_until"].is_string());
    sandbox.go_to_day_alone(45);
    let start = launch_offline(&sandbox).ends_with(DONE);
    says(&start, "1.1.0");
    assert!(!start.stderr.contains("read only"), "{}", start.stderr);

    sandbox.go_to_day(45);
    let back = sandbox
        .toolcrib(&["licence", "return", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    assert!(back["offline_until"].is_null(), "{back}");
}

#[test]
fn a_request_of_a_computer_without_a_network_fits_one_code_and_the_timeline_tells_of_it() {
    let sandbox = installed();
    let out = sandbox.folder().join("request.txt");
    let words = [
        "licence",
        "request",
        SAMPLE,
        "--renew",
        "--out",
        out.as_str(),
        "--json",
    ];
    let made = run(without_network(sandbox.command(&words)), "")
        .ends_with(DONE)
        .json();
    let text = made["text"].as_str().expect("a request");
    assert!(
        text.starts_with("toolcrib-request.") && text.len() <= 1_200,
        "{}",
        text.len()
    );
    assert_eq!(fs_err::read_to_string(&out).expect("written").trim(), text);
    let drawn = sandbox
        .toolcrib(&["licence", "request", SAMPLE, "--renew", "--qr"])
        .ends_with(DONE);
    says(&drawn, "\u{2588}");
    let timeline = sandbox
        .toolcrib(&["licence", "timeline", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    let events: Vec<_> = timeline
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["event"].clone())
        .collect();
    assert!(
        events.contains(&"requested".into()) && events.contains(&"granted".into()),
        "{timeline}"
    );
    fs_err::write(&out, "toolcrib-answer.v4.public.rubbish").expect("written");
    sandbox
        .toolcrib(&["licence", "import", out.as_str()])
        .ends_with(2);
}

/// The day so many days from now, as a person writes it.
fn day_in(days: i32) -> String {
    let mut date = std::process::Command::new("date");
    date.args(["--date", &format!("+{days} days"), "+%Y-%m-%d"]);
    run(date, "").ends_with(DONE).stdout.trim().to_owned()
}
