//! A SIGKILL at any moment: the same command goes on, and either the old or the new release runs.

use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

const DONE: i32 = 0;

/// Chunks after whose holding the process is killed, spread over the download.
const CHUNKS: [u32; 4] = [1, 2, 3, 4];

/// The durable acts of a commit.
const COMMIT_POINTS: [&str; 16] = [
    "delivery.sync",
    "delivery.journal.after",
    "delivery.promote.before",
    "delivery.promote.after",
    "delivery.shortcut.before",
    "delivery.shortcut.after",
    "delivery.record.before",
    "delivery.record.after",
    "delivery.receipt.before",
    "delivery.receipt.after",
    "delivery.current.before",
    "delivery.current.after",
    "delivery.cleanup.before",
    "delivery.cleanup.after",
    "delivery.forget.before",
    "delivery.forget.after",
];

#[test]
fn a_kill_in_the_middle_of_a_download_loses_nothing_that_was_held() {
    let sandbox = Sandbox::signed_in("jones");
    for chunk in CHUNKS {
        let fault = format!("delivery.chunk_held=kill@{chunk}");
        let killed = sandbox.toolcrib_with_fault(&fault, &["install", SAMPLE, "--accept-terms"]);
        assert_eq!(killed.status, None, "the process was killed: {}", killed.stderr);
    }
    let until_killed = sandbox.content_bytes_sent();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    let (last, package) = (
        sandbox.content_bytes_sent() - until_killed,
        sandbox.package_bytes(),
    );
    assert!(
        last + (1 << 20) < package,
        "went on with {last} of {package}: as if nothing were held"
    );
}

#[test]
fn a_kill_at_any_act_of_a_first_commit_is_followed_by_the_same_command_succeeding() {
    let sandbox = Sandbox::signed_in("jones");
    for point in COMMIT_POINTS {
        let killed =
            sandbox.toolcrib_with_fault(&format!("{point}=kill"), &["install", SAMPLE, "--accept-terms"]);
        assert_eq!(
            killed.status, None,
            "{point} was not reached: {} {}",
            killed.stdout, killed.stderr
        );
        sandbox
            .toolcrib(&["install", SAMPLE, "--accept-terms"])
            .ends_with(DONE);
        sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
        sandbox.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
    }
}

#[test]
fn a_kill_while_a_newer_release_is_committed_leaves_one_of_both_running() {
    let sandbox = Sandbox::signed_in("jones");
    for point in COMMIT_POINTS {
        sandbox
            .toolcrib(&["install", SAMPLE, "--version", "1.0.0", "--accept-terms"])
            .ends_with(DONE);
        let killed =
            sandbox.toolcrib_with_fault(&format!("{point}=kill"), &["install", SAMPLE, "--accept-terms"]);
        assert_eq!(
            killed.status, None,
            "{point} was not reached: {} {}",
            killed.stdout, killed.stderr
        );
        let launched = sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
        let one_of_both = launched.stdout.contains("1.0.0") != launched.stdout.contains("1.1.0");
        assert!(one_of_both, "{point}: {}", launched.stdout);
        sandbox
            .toolcrib(&["install", SAMPLE, "--accept-terms"])
            .ends_with(DONE);
        assert!(
            sandbox
                .toolcrib(&["launch", SAMPLE])
                .ends_with(DONE)
                .stdout
                .contains("1.1.0")
        );
        sandbox.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
    }
}

/// The durable acts of an uninstall.
const UNINSTALL_POINTS: [&str; 2] = ["delivery.uninstall.begun", "delivery.uninstall.dissolve"];

#[test]
fn a_kill_while_uninstalling_is_followed_by_the_same_command_succeeding() {
    let sandbox = Sandbox::signed_in("jones");
    for point in UNINSTALL_POINTS {
        sandbox
            .toolcrib(&["install", SAMPLE, "--accept-terms"])
            .ends_with(DONE);
        let killed = sandbox.toolcrib_with_fault(&format!("{point}=kill"), &["uninstall", SAMPLE]);
        assert_eq!(
            killed.status, None,
            "{point} was not reached: {} {}",
            killed.stdout, killed.stderr
        );
        sandbox.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
        assert_eq!(
            sandbox.toolcrib(&["list", "--json"]).json(),
            serde_json::json!([])
        );
    }
}
