//! Fetched now, installed later: what waits survives its program, and needs no network at its time.

use super::{DONE, PAUSED, REFUSED, install_old, job_of, owned, sandbox, until_state, versions};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use toolcrib_machine::clock::{Clock as _, SystemClock};
use toolcrib_testkit::programs::{at, kill, run, until, without_network};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

const FAR_AWAY: &str = "2100-01-01T22:00:00Z";

fn begin(sandbox: &Sandbox, at: &str) -> Child {
    let mut command = sandbox.command(&["install", SAMPLE, "--accept-terms", "--at", at]);
    quiet(&mut command).spawn().expect("started")
}

fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

fn sample() -> [(String, String); 1] {
    [(SAMPLE, "1.1.0")].map(owned)
}

/// In so many seconds, as a person would write it.
fn soon(seconds: u64) -> String {
    (SystemClock.now() + Duration::from_secs(seconds)).to_string()
}

#[test]
fn it_is_fetched_now_and_installed_without_a_network_after_a_kill() {
    let sandbox = sandbox();
    let mut waiting = begin(&sandbox, FAR_AWAY);
    until_state(&sandbox, SAMPLE, "waiting");
    let job = job_of(&sandbox, SAMPLE);
    assert!(job["reason"].to_string().contains("everything is here"), "{job}");
    assert_eq!(job["not_before"], FAR_AWAY, "{job}");
    assert_eq!(versions(&sandbox), [], "nothing is installed yet");

    kill(waiting.id());
    waiting.wait().expect("ended");
    let job = job_of(&sandbox, SAMPLE);
    assert_eq!(
        (&job["state"], &job["not_before"]),
        (&"paused".into(), &FAR_AWAY.into())
    );

    // Whoever goes on with it waits for its time again; another terminal can end the waiting.
    let mut again = quiet(&mut without_network(
        sandbox.command(&["resume", "sample-studio-1"]),
    ))
    .spawn()
    .expect("started");
    until_state(&sandbox, SAMPLE, "waiting");
    let before = sandbox.content_bytes_sent();
    sandbox
        .toolcrib(&["resume", "sample-studio-1", "--now"])
        .ends_with(DONE);
    assert!(again.wait().expect("ended").success());
    assert_eq!(versions(&sandbox), sample());
    assert_eq!(sandbox.content_bytes_sent(), before, "the network was not asked");
    assert!(job_of(&sandbox, SAMPLE)["not_before"].is_null());
}

#[test]
fn an_update_is_made_of_what_is_here_and_waits_like_an_installation() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let (before, package) = (sandbox.content_bytes_sent(), sandbox.package_bytes());
    let mut command = sandbox.command(&["update", SAMPLE, "--accept-terms", "--at", FAR_AWAY]);
    let mut waiting = quiet(&mut command).spawn().expect("started");
    until_state(&sandbox, SAMPLE, "waiting");
    let sent = sandbox.content_bytes_sent() - before;
    assert!(sent < package / 2, "sent {sent} of {package}");
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.0.0")].map(owned));

    kill(waiting.id());
    waiting.wait().expect("ended");
    let job = job_of(&sandbox, SAMPLE)["id"].as_str().expect("an id").to_owned();
    let now = without_network(sandbox.command(&["resume", &job, "--now"]));
    run(now, "").ends_with(DONE);
    assert_eq!(versions(&sandbox), sample());
}

#[test]
fn it_installs_itself_when_its_time_comes() {
    // A busy computer may not have fetched it by then: it does not wait, and is asked again with more time.
    let has_waited = [25, 100, 300].into_iter().any(|seconds| {
        let sandbox = sandbox();
        let mut installing = begin(&sandbox, &soon(seconds));
        let state = until("it to wait, or to be there", Duration::from_secs(400), || {
            let state = job_of(&sandbox, SAMPLE)["state"].clone();
            ["waiting", "done"].into_iter().find(|known| state == *known)
        });
        let installed = versions(&sandbox);
        assert!(installing.wait().expect("ended").success());
        assert_eq!(versions(&sandbox), sample());
        state == "waiting" && installed.is_empty()
    });
    assert!(has_waited);
}

#[test]
fn a_time_that_passed_while_nothing_ran_is_not_waited_for_again() {
    let sandbox = sandbox();
    let mut waiting = begin(&sandbox, &soon(2 * 3600));
    until_state(&sandbox, SAMPLE, "waiting");
    kill(waiting.id());
    waiting.wait().expect("ended");
    let resume = sandbox.command(&["resume", "sample-studio-1"]);
    run(at("+3h", resume), "").ends_with(DONE);
    assert_eq!(versions(&sandbox), sample());
}

#[test]
fn what_waits_can_be_paused_given_another_time_and_given_up() {
    let sandbox = sandbox();
    let mut waiting = begin(&sandbox, FAR_AWAY);
    until_state(&sandbox, SAMPLE, "waiting");
    sandbox.toolcrib(&["pause", "sample-studio-1"]).ends_with(DONE);
    assert_eq!(waiting.wait().expect("ended").code(), Some(PAUSED));
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "paused");

    let mut waiting = begin(&sandbox, "2100-06-01T22:00:00Z");
    until_state(&sandbox, SAMPLE, "waiting");
    assert_eq!(job_of(&sandbox, SAMPLE)["not_before"], "2100-06-01T22:00:00Z");
    sandbox.toolcrib(&["cancel", "sample-studio-1"]).ends_with(DONE);
    waiting.wait().expect("ended");
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "cancelled");
    assert_eq!(versions(&sandbox), []);
}

#[test]
fn what_it_needs_is_fetched_with_it_and_a_time_in_the_past_is_refused() {
    let sandbox = sandbox();
    let mut command = sandbox.command(&["install", "draft", "--accept-terms", "--at", FAR_AWAY]);
    let mut waiting = quiet(&mut command).spawn().expect("started");
    until_state(&sandbox, "fonts", "waiting");
    until_state(&sandbox, "draft", "waiting");
    kill(waiting.id());
    waiting.wait().expect("ended");
    for job in ["fonts-1", "draft-1"] {
        let mut now = without_network(sandbox.command(&["resume", job, "--now"]));
        now.stdin(Stdio::null());
        run(now, "").ends_with(DONE);
    }
    assert_eq!(
        versions(&sandbox),
        [("draft", "1.0.0"), ("fonts", "1.0.0")].map(owned)
    );
    for at in ["2020-01-01T00:00:00Z", "ten", "25:00"] {
        sandbox
            .toolcrib(&["install", SAMPLE, "--accept-terms", "--at", at])
            .ends_with(REFUSED);
    }
}
