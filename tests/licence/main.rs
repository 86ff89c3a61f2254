//! Licences as people live with them, with the real service and the real client: through the days, on several computers,
//! with seats that come and go, with serial numbers, and without a network.

mod carried;
mod computers;
mod islands;
mod life;
mod operator;
mod reminders;
mod seats;
mod serials;

use toolcrib_testkit::computer::Computer;
use toolcrib_testkit::programs::{Run, at_terminal, run, without_network};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

const DONE: i32 = 0;
const REFUSED: i32 = 5;

/// The sample product, installed by somebody who signed in a moment ago.
fn installed() -> Sandbox {
    let sandbox = Sandbox::signed_in("jones");
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms", "--no-progress"])
        .ends_with(DONE);
    sandbox
}

/// Another computer of somebody's, on which the sample product is installed.
fn computer_of(sandbox: &Sandbox, user: &str, name: &str) -> Computer {
    let computer = sandbox.computer(name);
    computer.sign_in(sandbox.account(user)).ends_with(DONE);
    computer
        .toolcrib(&["install", SAMPLE, "--accept-terms", "--no-progress"])
        .ends_with(DONE);
    computer
}

/// A start at a terminal, where a person types these lines.
fn launch(sandbox: &Sandbox, typed: &[&str]) -> Run {
    run(at_terminal(sandbox.command(&["launch", SAMPLE])), &lines(typed))
}

/// What is typed, line by line.
fn lines(typed: &[&str]) -> String {
    typed.iter().map(|line| format!("{line}\n")).collect()
}

/// How often a computer may have to be started until the service was asked: whoever starts a product whose licence holds
/// waits for that for a moment only, which is too short where the computer is busy; it goes on with the next start.
const CONTACTS: usize = 6;

/// The start that is refused, at the next contact.
fn refused_at_next_contact(computer: &Computer) -> Run {
    let mut starts = (0..CONTACTS).map(|_| computer.toolcrib(&["launch", SAMPLE]));
    let refused = starts.find(|start| start.status != Some(DONE));
    refused.expect("it is refused").ends_with(REFUSED)
}

/// A start on a computer without a network.
fn launch_offline(sandbox: &Sandbox) -> Run {
    run(without_network(sandbox.command(&["launch", SAMPLE])), "")
}

/// How a licence stands on a computer, as a program reads it.
#[track_caller]
fn licence(computer: &Computer, product: &str) -> serde_json::Value {
    computer
        .toolcrib_offline(&["licence", product, "--json"])
        .ends_with(DONE)
        .json()
}

#[track_caller]
fn says(run: &Run, words: &str) {
    assert!(
        run.stdout.contains(words) || run.stderr.contains(words),
        "`{words}` is not said\nstdout: {}\nstderr: {}",
        run.stdout,
        run.stderr
    );
}

#[track_caller]
fn asks_nothing(run: &Run) {
    for question in ["Password", "Continue as", "accept", "User ID"] {
        assert!(!run.stdout.contains(question), "{}", run.stdout);
    }
    says(run, "1.1.0");
}
