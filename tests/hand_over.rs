//! From the portal to the program (S-119): the real service, the real client, an empty home, and nothing typed but *yes*.

use serde_json::{Value, json};
use std::process::Command;
use toolcrib_testkit::computer::Computer;
use toolcrib_testkit::programs::{Run, at_terminal, run};
use toolcrib_testkit::sandbox::{PRO, SAMPLE, Sandbox};

const DONE: i32 = 0;
const FAILED: i32 = 1;
const USAGE: i32 = 2;
const NOT_SIGNED_IN: i32 = 4;

#[test]
fn install_now_signs_in_installs_attaches_the_serial_number_and_launches() {
    let sandbox = Sandbox::with_pro();
    let link = link_for(&sandbox, "jones", PRO);
    open(&sandbox, &[&link, "--yes", "--accept-terms"]).ends_with(DONE);

    let me = sandbox.toolcrib(&["whoami", "--json"]).ends_with(DONE).json();
    assert_eq!(me["user_id"], sandbox.account("jones").user_id.as_str());
    let licence = sandbox
        .toolcrib(&["licence", PRO, "--json"])
        .ends_with(DONE)
        .json();
    let number = sandbox.database(&format!(
        "SELECT s.serial FROM subscriptions s JOIN contracts c ON c.id = s.contract_id
         WHERE c.number = '110000000001' AND s.product = '{PRO}' ORDER BY s.serial LIMIT 1"
    ));
    assert_eq!(licence["serial"], number.as_str());
    says(&sandbox.toolcrib(&["launch", PRO]).ends_with(DONE), "1.0.0");
    // The account service that was agreed to is the one of this client from now on.
    let mut alone = sandbox.command(&["products"]);
    alone.env_remove("TOOLCRIB_SERVER");
    run(alone, "").ends_with(DONE);
}

#[test]
fn a_link_works_once() {
    let sandbox = Sandbox::new();
    let link = link_for(&sandbox, "jones", SAMPLE);
    open(&sandbox, &[&link, "--yes", "--accept-terms", "--no-progress"]).ends_with(DONE);
    let other = sandbox.computer("other-desk");
    let late = other.toolcrib(&["open", &link, "--yes"]).ends_with(NOT_SIGNED_IN);
    says(&late, "was used, or has ended");
    other.toolcrib(&["whoami"]).ends_with(NOT_SIGNED_IN);
    // Whoever is signed in already needs no code: the same link is as good as the product's name.
    let again = open(&sandbox, &[&link, "--yes"]).ends_with(DONE);
    says(&again, "is installed already");
}

#[test]
fn a_person_is_asked_for_the_server_and_for_the_sign_in() {
    let sandbox = Sandbox::new();
    let link = link_for(&sandbox, "jones", SAMPLE);
    let asked = at_terminal_open(&sandbox, &link, "yes\nno\n").ends_with(FAILED);
    says(&asked, sandbox.url());
    says(&asked, &sandbox.account("jones").user_id);
    sandbox.toolcrib(&["whoami"]).ends_with(NOT_SIGNED_IN);
    // What was declined was not used up.
    let done = at_terminal_open(&sandbox, &link, "yes\nyes\n").ends_with(DONE);
    says(&done, "Sample Studio");
    sandbox.toolcrib(&["whoami"]).ends_with(DONE);
}

#[test]
fn a_declined_server_is_never_asked_anything() {
    let sandbox = Sandbox::new();
    let link = link_for(&sandbox, "jones", SAMPLE);
    let before = requests(&sandbox);
    at_terminal_open(&sandbox, &link, "no\n").ends_with(FAILED);
    assert_eq!(requests(&sandbox), before);
}

#[test]
fn nobody_is_signed_out_by_a_link_without_being_asked() {
    let sandbox = Sandbox::signed_in("jones");
    let link = link_for(&sandbox, "manager", SAMPLE);
    let refused = open(&sandbox, &[&link, "--yes"]).ends_with(USAGE);
    says(&refused, "toolcrib sign-out");
    assert_eq!(who(&sandbox), sandbox.account("jones").user_id);
    at_terminal_open(&sandbox, &link, "no\n").ends_with(FAILED);
    assert_eq!(who(&sandbox), sandbox.account("jones").user_id);
    at_terminal_open(&sandbox, &link, "yes\n").ends_with(DONE);
    assert_eq!(who(&sandbox), sandbox.account("manager").user_id);
}

#[test]
fn a_script_that_did_not_agree_is_told_what_to_agree_to() {
    let sandbox = Sandbox::new();
    let link = link_for(&sandbox, "jones", SAMPLE);
    let refused = open(&sandbox, &[&link, "--json"]).ends_with(USAGE);
    says(&refused, "--yes");
    keeps_secret(&refused, &link);
    let mut piped = sandbox.command(&["open", "-", "--yes", "--accept-terms", "--json"]);
    piped.env_remove("TOOLCRIB_SERVER");
    let piped = run(piped, &format!("{link}\n")).ends_with(DONE);
    keeps_secret(&piped, &link);
}

#[test]
fn a_saved_file_works_later_and_asks_for_the_usual_sign_in() {
    let sandbox = Sandbox::new();
    let computer = sandbox.computer("desk-7");
    let file = computer.folder().join("Sample Studio 1.0.0.toolcrib");
    let saved = json!({ "schema": 1, "server": sandbox.url(), "product": SAMPLE });
    fs_err::write(&file, format!("{saved:#}\n")).expect("the file is saved");
    let early = open_file(&computer, file.as_str()).ends_with(NOT_SIGNED_IN);
    says(&early, &format!("--server {}", sandbox.url()));
    computer.sign_in(sandbox.account("jones")).ends_with(DONE);
    open_file(&computer, file.as_str()).ends_with(DONE);
    says(
        &computer.toolcrib(&["launch", SAMPLE]).ends_with(DONE),
        "Welcome to the studio",
    );
}

#[test]
fn hostile_links_and_files_are_refused_and_do_nothing() {
    let sandbox = Sandbox::new();
    let raw = include_str!("vectors/invitation.json");
    let vectors: Value = serde_json::from_str(raw).expect("the vectors are well formed");
    let file = sandbox.folder().join("hostile.toolcrib");
    for link in vectors["bad_links"].as_array().expect("links") {
        let link = link.as_str().expect("a text");
        // No system hands over an argument with a NUL, and a name that begins with a hyphen is a flag.
        if !link.contains('\0') {
            let refused = sandbox.toolcrib(&["open", "--yes", "--", link]).ends_with(USAGE);
            assert!(!refused.stderr.contains("tch_AAAA"), "{}", refused.stderr);
        }
    }
    for bad in vectors["bad_files"].as_array().expect("files") {
        fs_err::write(&file, bad.to_string()).expect("written");
        sandbox
            .toolcrib(&["open", "--yes", file.as_str()])
            .ends_with(USAGE);
    }
    sandbox.toolcrib(&["whoami"]).ends_with(NOT_SIGNED_IN);
}

#[test]
fn a_link_whose_product_was_changed_on_its_way_is_refused() {
    let sandbox = Sandbox::with_pro();
    let link = link_for(&sandbox, "jones", PRO).replace(PRO, SAMPLE);
    let refused = open(&sandbox, &[&link, "--yes"]).ends_with(USAGE);
    says(&refused, "was changed");
    sandbox.toolcrib(&["whoami"]).ends_with(NOT_SIGNED_IN);
}

fn link_for(sandbox: &Sandbox, user: &str, product: &str) -> String {
    let made = sandbox
        .portal(user)
        .post("/v1/hand-overs", &json!({ "product": product }));
    made.ok()["link"].as_str().expect("a link").to_owned()
}

/// `toolcrib open` on a computer that has never heard of any account service.
fn open(sandbox: &Sandbox, words: &[&str]) -> Run {
    run(open_command(sandbox, words), "")
}

fn open_command(sandbox: &Sandbox, words: &[&str]) -> Command {
    let words: Vec<&str> = std::iter::once("open").chain(words.iter().copied()).collect();
    let mut command = sandbox.command(&words);
    command.env_remove("TOOLCRIB_SERVER");
    command
}

fn open_file(computer: &Computer, file: &str) -> Run {
    computer.toolcrib(&["open", file, "--yes", "--accept-terms", "--no-progress"])
}

fn at_terminal_open(sandbox: &Sandbox, link: &str, typed: &str) -> Run {
    let command = open_command(sandbox, &[link, "--accept-terms", "--no-progress"]);
    run(at_terminal(command), typed)
}

fn who(sandbox: &Sandbox) -> String {
    let me = sandbox.toolcrib(&["whoami", "--json"]).ends_with(DONE).json();
    me["user_id"].as_str().expect("a User ID").to_owned()
}

/// How many requests for hand-overs the service has answered.
fn requests(sandbox: &Sandbox) -> usize {
    let metrics = sandbox.portal("jones").get("/metrics").body;
    metrics
        .lines()
        .filter(|line| line.contains("previewHandOver") || line.contains("redeemHandOver"))
        .count()
}

#[track_caller]
fn keeps_secret(run: &Run, link: &str) {
    let (_, token) = link.split_once("hand-over=").expect("a token");
    let token = token.split('&').next().expect("a value");
    assert!(
        !run.stdout.contains(token) && !run.stderr.contains(token),
        "{run:?}"
    );
}

#[track_caller]
fn says(run: &Run, words: &str) {
    let said = format!("{}\n{}", run.stdout, run.stderr);
    assert!(said.contains(words), "`{words}` is not in:\n{said}");
}
