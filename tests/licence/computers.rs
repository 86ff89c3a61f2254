//! One person, several computers: how many hold a product, how one makes room for another, and what a copied home is worth.

use super::{DONE, REFUSED, computer_of, licence, lines, refused_at_next_contact, says};
use toolcrib_testkit::programs::{at_terminal, run};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

#[test]
fn where_the_limit_is_reached_the_refusal_names_the_other_computers_and_a_script_frees_one_on_the_spot() {
    let sandbox = Sandbox::new();
    let [_desk, _lab, laptop] = ["desk", "lab-17", "laptop"].map(|name| computer_of(&sandbox, "jones", name));
    let refused = laptop.toolcrib(&["launch", SAMPLE]).ends_with(REFUSED);
    for words in ["frees desk", "frees lab-17", "last used", "B-25"] {
        says(&refused, words);
    }
    assert!(!refused.stderr.contains("frees laptop"), "{}", refused.stderr);
    assert_eq!(licence(&laptop, SAMPLE)["reason"], "device_limit");

    let device = named_device(&refused.stderr, "lab-17");
    laptop
        .toolcrib(&["licence", "free-device", SAMPLE, &device])
        .ends_with(DONE);
    says(&laptop.toolcrib(&["launch", SAMPLE]).ends_with(DONE), "1.1.0");
}

#[test]
fn a_person_at_a_terminal_frees_another_computer_by_its_number_and_goes_on() {
    let mut sandbox = Sandbox::new();
    let [mut desk, lab, mut laptop] =
        ["desk", "lab-17", "laptop"].map(|name| computer_of(&sandbox, "jones", name));
    let start = run(
        at_terminal(laptop.command(&["launch", SAMPLE])),
        &lines(&["yes", "2", "yes"]),
    )
    .ends_with(DONE);
    for words in ["desk", "lab-17", "was freed", "1.1.0"] {
        says(&start, words);
    }
    let (freed, mut kept) = match start.stdout.contains("desk was freed") {
        true => (&mut desk, lab),
        false => (&mut { lab }, desk),
    };
    // Each learns it at its next contact, which is due a day later.
    sandbox.go_to_day(2);
    freed.go_to_day(2);
    kept.go_to_day(2);
    laptop.go_to_day(2);
    refused_at_next_contact(freed);
    assert_eq!(licence(freed, SAMPLE)["reason"], "device_freed");
    kept.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    laptop.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
}

#[test]
fn a_client_that_is_installed_anew_on_the_same_computer_takes_no_other_place() {
    let sandbox = Sandbox::new();
    let [desk, lab] = ["desk", "lab-17"].map(|name| computer_of(&sandbox, "jones", name));
    fs_err::remove_dir_all(desk.home()).expect("removed");
    desk.sign_in(sandbox.account("jones")).ends_with(DONE);
    desk.toolcrib(&["install", SAMPLE, "--accept-terms", "--no-progress"])
        .ends_with(DONE);
    desk.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    lab.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
}

#[test]
fn a_home_that_was_copied_to_another_computer_is_refused_there_until_somebody_signs_in_anew() {
    let sandbox = Sandbox::new();
    let desk = computer_of(&sandbox, "jones", "desk");
    let laptop = sandbox.computer("laptop");
    laptop.take_home_of(&desk);
    let copied = licence(&laptop, SAMPLE);
    assert_eq!(
        (&copied["may_run"], &copied["reason"]),
        (&false.into(), &"other_computer".into()),
        "{copied}"
    );
    let refused = laptop.toolcrib(&["launch", SAMPLE]).ends_with(REFUSED);
    says(&refused, "toolcrib sign-in");
    // The session that was copied along is the other computer's, and stays its.
    laptop.toolcrib(&["products"]).ends_with(4);
    desk.toolcrib(&["whoami"]).ends_with(DONE);

    laptop.sign_in(sandbox.account("jones")).ends_with(DONE);
    says(&laptop.toolcrib(&["launch", SAMPLE]).ends_with(DONE), "1.1.0");
    says(&desk.toolcrib(&["launch", SAMPLE]).ends_with(DONE), "1.1.0");
    let portal = sandbox.portal("jones");
    let devices = portal.get("/v1/devices").ok();
    let names: Vec<_> = devices["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|device| device["name"].clone())
        .collect();
    assert!(
        names.contains(&"desk".into()) && names.contains(&"laptop".into()),
        "{devices}"
    );
}

/// The device that a refusal says how to free, by its name.
fn named_device(refusal: &str, name: &str) -> String {
    let line = refusal
        .lines()
        .find(|line| line.contains(&format!("frees {name} ")))
        .expect("it is named");
    let command = line.split('`').nth(1).expect("the line has a command");
    let device = command.split(' ').next_back().expect("the command names it");
    device.to_owned()
}
