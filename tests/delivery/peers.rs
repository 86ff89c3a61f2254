//! Computers of one network that give each other what they have (B-04): the second one fetches next to nothing.

use super::policy::Managed;
use super::{DONE, PAUSED, REFUSED, job_of, sandbox};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use toolcrib_testkit::computer::Computer;
use toolcrib_testkit::programs::{Run, run, until};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// Where other computers are, in development builds.
const NEIGHBOURS: &str = "TOOLCRIB_PEERS_AT";

/// A computer that gives; it stops with this value.
struct Serving {
    program: Child,
    address: String,
}

impl Serving {
    fn begin(mut command: Command) -> Self {
        command.env(NEIGHBOURS, "127.0.0.1:0").stdout(Stdio::piped());
        let mut program = command.spawn().expect("it starts");
        let mut line = String::new();
        let out = program.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut line).expect("it says where");
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let address = told["listening"].as_str().expect("an address").to_owned();
        Self { program, address }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended_already = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A computer beside the sandbox's own, at which the same person is signed in.
fn second(sandbox: &Sandbox) -> Computer {
    let second = sandbox.computer("second");
    second.sign_in(sandbox.account("jones")).ends_with(DONE);
    second
}

/// Under a limit, and be it one that nobody reaches, no server helps a neighbour whom a busy computer makes slow.
fn installing(computer: &Computer, neighbour: &str) -> Run {
    let mut command = computer.command(&["install", SAMPLE, "--accept-terms", "--limit", "900MB"]);
    command.env(NEIGHBOURS, neighbour);
    run(command, "")
}

#[test]
fn the_second_computer_of_a_network_fetches_next_to_nothing_from_the_service() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    sandbox.toolcrib(&["peers", "on"]).ends_with(DONE);
    let serving = Serving::begin(sandbox.command(&["peers", "serve", "--json"]));

    let second = second(&sandbox);
    second.toolcrib(&["peers", "on"]).ends_with(DONE);
    let before = sandbox.content_bytes_sent();
    let installed = installing(&second, &serving.address).ends_with(DONE);
    let (sent, package) = (sandbox.content_bytes_sent() - before, sandbox.package_bytes());
    assert!(sent * 10 < package, "{sent} of {package}");
    let said = "came from 1 computer on your network";
    assert!(installed.stdout.contains(said), "{}", installed.stdout);
    let status = second
        .toolcrib(&["peers", "status", "--json"])
        .ends_with(DONE)
        .json();
    let received = status["received_bytes"].as_u64().expect("a number");
    assert!(received * 10 > package * 9, "{status} of {package}");

    drop(serving);
    second.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
    let before = sandbox.content_bytes_sent();
    installing(&second, "127.0.0.1:9").ends_with(DONE);
    assert!(
        sandbox.content_bytes_sent() - before > package / 2,
        "nobody is there any more"
    );
}

#[test]
fn a_computer_that_is_not_done_yet_gives_what_it_holds() {
    // Over one connection, what came is whole but for a chunk or two; over many, most of it is in parts that nobody gives.
    let managed = Managed::by(&json!({ "schema": 1, "connections": 1 }));
    let sandbox = &managed.sandbox;
    let mut command = managed.command(&["install", SAMPLE, "--accept-terms", "--limit", "2MB"]);
    command.env(NEIGHBOURS, "127.0.0.1:9");
    let installing_first = std::thread::spawn(move || run(command, ""));
    until("some of it is held", Duration::from_secs(60), || {
        let done = &job_of(sandbox, SAMPLE)["progress"]["done_bytes"];
        (done.as_u64() > Some(8_000_000)).then_some(())
    });
    sandbox.toolcrib(&["pause", "--all"]).ends_with(DONE);
    installing_first.join().expect("it ends").ends_with(PAUSED);
    sandbox.toolcrib(&["peers", "on"]).ends_with(DONE);
    let serving = Serving::begin(sandbox.command(&["peers", "serve", "--json"]));

    let second = second(sandbox);
    second.toolcrib(&["peers", "on"]).ends_with(DONE);
    installing(&second, &serving.address).ends_with(DONE);
    second
        .toolcrib(&["repair", SAMPLE, "--check-only"])
        .ends_with(DONE);
    let status = second
        .toolcrib(&["peers", "status", "--json"])
        .ends_with(DONE)
        .json();
    let received = status["received_bytes"].as_u64().expect("a number");
    assert!(
        received > 1_000_000 && received < sandbox.package_bytes(),
        "{status}"
    );

    sandbox.toolcrib(&["resume", "--all"]).ends_with(DONE);
    sandbox
        .toolcrib(&["repair", SAMPLE, "--check-only"])
        .ends_with(DONE);
}

#[test]
fn until_it_is_switched_on_a_neighbour_is_neither_asked_nor_given_to() {
    let sandbox = sandbox();
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let shown = sandbox.toolcrib(&["peers"]).ends_with(DONE);
    assert!(shown.stdout.contains("left alone"), "{}", shown.stdout);
    sandbox.toolcrib(&["peers", "serve"]).ends_with(REFUSED);

    sandbox.toolcrib(&["peers", "on"]).ends_with(DONE);
    let mut serving = Serving::begin(sandbox.command(&["peers", "serve", "--json"]));
    let second = second(&sandbox);
    let before = sandbox.content_bytes_sent();
    installing(&second, &serving.address).ends_with(DONE);
    let sent = sandbox.content_bytes_sent() - before;
    assert!(sent > sandbox.package_bytes() / 2, "{sent}");

    sandbox.toolcrib(&["peers", "off"]).ends_with(DONE);
    let ended = serving.program.wait().expect("it ends by itself");
    assert!(ended.success(), "{ended}");
}
