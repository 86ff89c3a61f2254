//! How fast is fetched: what is set holds for everything, at once.

use super::{DONE, REFUSED, installing, job_of, sandbox, until_state};
use serde_json::json;
use std::time::{Duration, Instant};
use toolcrib_testkit::programs::until;
use toolcrib_testkit::sandbox::SAMPLE;

#[test]
fn an_installation_keeps_to_the_limit_that_it_is_given() {
    const LIMIT: u64 = 8_000_000;
    let sandbox = sandbox();
    let (before, begun) = (sandbox.content_bytes_sent(), Instant::now());
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms", "--limit", "8MB"])
        .ends_with(DONE);
    let (took, sent) = (begun.elapsed(), sandbox.content_bytes_sent() - before);
    // What is on its way in the system's own buffers when the last byte is taken was let through already.
    let least = Duration::from_secs_f64(sent.saturating_sub(4 << 20) as f64 / LIMIT as f64);
    assert!(sent > 12 << 20, "{sent}");
    assert!(took >= least, "{sent} bytes in {took:?}");
}

#[test]
fn a_limit_that_is_changed_holds_for_what_runs() {
    let sandbox = sandbox();
    sandbox.toolcrib(&["limit", "100kB"]).ends_with(DONE);
    let terminal = installing(&sandbox, SAMPLE, "");
    until_state(&sandbox, SAMPLE, "downloading");
    let limit = until("a job that says its limit", Duration::from_secs(60), || {
        job_of(&sandbox, SAMPLE)["progress"]["limit_bytes_per_s"].as_u64()
    });
    assert_eq!(limit, 100_000);
    // At 100 kB/s it would take minutes, which the test does not wait for.
    sandbox.toolcrib(&["limit", "off"]).ends_with(DONE);
    terminal.join().expect("it ends").ends_with(DONE);
}

#[test]
fn what_is_set_is_shown_and_what_makes_no_sense_is_refused() {
    let sandbox = sandbox();
    let shown = sandbox.toolcrib(&["limit"]).ends_with(DONE);
    assert!(shown.stdout.contains("as fast as it goes"), "{}", shown.stdout);
    let set = sandbox
        .toolcrib(&["limit", "off", "--between", "22:00-06:00", "500kB", "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(
        set["set"],
        json!({
            "usual_bytes_per_s": null,
            "hours": { "from": "22:00", "to": "06:00", "bytes_per_s": 500_000 },
        })
    );
    for words in [
        ["limit", "1B"].as_slice(),
        &["limit", "fast"],
        &["limit", "off", "--between", "22:00-22:00", "500kB"],
        &["limit", "off", "--between", "22-6", "500kB"],
        &["limit", "off", "--between", "22:00-06:00", "5"],
    ] {
        sandbox.toolcrib(words).ends_with(REFUSED);
    }
    let shown = sandbox.toolcrib(&["limit"]).ends_with(DONE);
    assert!(shown.stdout.contains("From 22:00 to 06:00"), "{}", shown.stdout);
}
