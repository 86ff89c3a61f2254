//! On a metered network much is not fetched without asking.

use super::installed::current_tree;
use super::{DONE, ENVIRONMENT, PAUSED, job_of, sandbox, until_state};
use serde_json::Value;
use std::process::Stdio;
use toolcrib_testkit::network::Network;
use toolcrib_testkit::programs::{Run, at_terminal, run};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// What a script gives to install the sample, on this network.
fn install(sandbox: &Sandbox, network: &Network, more: &[&str]) -> Run {
    let mut words = vec!["install", SAMPLE, "--accept-terms"];
    words.extend(more);
    let mut command = sandbox.command(&words);
    network.surround(&mut command);
    run(command, "")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_is_told_what_to_say_and_nothing_is_fetched_before() {
    let sandbox = sandbox();
    let network = Network::metered_as(1).await;
    let before = sandbox.content_bytes_sent();
    let refused = install(&sandbox, &network, &["--json"]).ends_with(ENVIRONMENT);
    assert!(
        refused.stdout.contains("\"code\":\"metered\""),
        "{}",
        refused.stdout
    );
    assert!(refused.stderr.contains("--metered"), "{}", refused.stderr);
    assert!(
        sandbox.content_bytes_sent() - before < 1 << 20,
        "only what plans are made of"
    );
    install(&sandbox, &network, &["--metered"]).ends_with(DONE);
}

/// Asked at a terminal, a no ends it and a yes goes on.
fn goes_on_only_after_a_yes(sandbox: &Sandbox, network: &Network, words: &[&str]) {
    let ask = |answer: &str| {
        let mut command = sandbox.command(words);
        network.surround(&mut command);
        run(at_terminal(command), answer)
    };
    let declined = ask("no\n");
    assert!(
        declined.stdout.contains("This network is metered"),
        "{}",
        declined.stdout
    );
    assert_eq!(declined.status, Some(ENVIRONMENT), "{}", declined.stdout);
    ask("yes\n").ends_with(DONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sits_at_the_terminal_is_asked() {
    let sandbox = sandbox();
    let network = Network::metered_as(3).await;
    goes_on_only_after_a_yes(&sandbox, &network, &["install", SAMPLE, "--accept-terms"]);
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_little_and_where_nobody_knows_is_fetched_without_asking() {
    let sandbox = sandbox();
    let metered = Network::metered_as(1).await;
    let mut little = sandbox.command(&["install", "pens"]);
    metered.surround(&mut little);
    run(little, "").ends_with(DONE);
    let unknown = Network::metered_as(0).await;
    install(&sandbox, &unknown, &[]).ends_with(DONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_asks_too() {
    let sandbox = sandbox();
    let network = Network::metered_as(1).await;
    let folder = sandbox.folder().join("carried");
    let download = |more: &[&str]| {
        let mut words = vec!["download", SAMPLE, "--to", folder.as_str()];
        words.extend(more);
        let mut command = sandbox.command(&words);
        network.surround(&mut command);
        run(command, "")
    };
    download(&[]).ends_with(ENVIRONMENT);
    assert!(!folder.exists(), "nothing is begun");
    download(&["--metered"]).ends_with(DONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_goes_on_over_another_network_asks_again() {
    let sandbox = sandbox();
    let mut command = sandbox.command(&["install", SAMPLE, "--accept-terms", "--limit", "100kB"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut unmetered = command.spawn().expect("started");
    until_state(&sandbox, SAMPLE, "downloading");
    sandbox.toolcrib(&["pause", "sample-studio-1"]).ends_with(DONE);
    assert_eq!(unmetered.wait().expect("ended").code(), Some(PAUSED));

    let network = Network::metered_as(1).await;
    let resume = |more: &[&str]| {
        let mut words = vec!["resume", "sample-studio-1"];
        words.extend(more);
        let mut command = sandbox.command(&words);
        network.surround(&mut command);
        run(command, "")
    };
    let refused = resume(&[]).ends_with(ENVIRONMENT);
    assert!(refused.stderr.contains("--metered"), "{}", refused.stderr);
    resume(&["--metered"]).ends_with(DONE);
}

/// What a script gives to repair the sample, on this network.
fn repair(sandbox: &Sandbox, network: &Network, more: &[&str]) -> Run {
    let mut words = vec!["repair", SAMPLE];
    words.extend(more);
    let mut command = sandbox.command(&words);
    network.surround(&mut command);
    run(command, "")
}

/// The sample product, installed, of which no file is left.
fn emptied() -> Sandbox {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let tree = current_tree(&sandbox);
    for entry in fs_err::read_dir(&tree).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => fs_err::remove_dir_all(path).expect("removed"),
            false => fs_err::remove_file(path).expect("removed"),
        }
    }
    sandbox
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repair_that_fetches_much_asks_as_an_installation_does() {
    let sandbox = emptied();
    let network = Network::metered_as(1).await;
    let before = sandbox.content_bytes_sent();
    let refused = repair(&sandbox, &network, &[]).ends_with(ENVIRONMENT);
    assert!(refused.stderr.contains("--metered"), "{}", refused.stderr);
    let found = repair(&sandbox, &network, &["--check-only", "--json"]).json();
    assert!(
        found["found"]["metered_bytes"].as_u64() > Some(20_000_000),
        "{found}"
    );
    assert_eq!(sandbox.content_bytes_sent(), before, "nothing is fetched before");
    assert_eq!(job_of(&sandbox, SAMPLE)["kind"], "install", "nothing is begun");

    repair(&sandbox, &network, &["--metered"]).ends_with(DONE);
    assert_eq!(job_of(&sandbox, SAMPLE)["kind"], "repair");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sits_at_the_terminal_is_asked_before_a_repair_too() {
    let sandbox = emptied();
    let network = Network::metered_as(1).await;
    goes_on_only_after_a_yes(&sandbox, &network, &["repair", SAMPLE]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repair_of_little_is_not_asked_about() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    fs_err::write(current_tree(&sandbox).join("README.txt"), "harmed").expect("written");
    let network = Network::metered_as(1).await;
    let repaired = repair(&sandbox, &network, &["--json"]).ends_with(DONE);
    let found: Value =
        serde_json::from_str(repaired.stdout.lines().next().unwrap_or_default()).expect("JSON");
    assert_eq!(found["found"]["metered_bytes"], Value::Null, "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repair_that_goes_on_over_a_metered_network_asks_again() {
    let sandbox = emptied();
    let mut command = sandbox.command(&["repair", SAMPLE, "--limit", "100kB"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut unmetered = command.spawn().expect("started");
    until_state(&sandbox, SAMPLE, "downloading");
    sandbox.toolcrib(&["pause", "sample-studio-2"]).ends_with(DONE);
    assert_eq!(unmetered.wait().expect("ended").code(), Some(PAUSED));

    let network = Network::metered_as(1).await;
    repair(&sandbox, &network, &[]).ends_with(ENVIRONMENT);
    repair(&sandbox, &network, &["--metered"]).ends_with(DONE);
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "done");
}
