//! A computer that never has a network: what another one downloaded is installed there from a folder, and its licence is
//! asked for, renewed and given back by hand (S-121, S-137, B-21).

use super::carried::{answered, import, request};
use super::serials::number_of;
use super::{DONE, REFUSED, licence, says};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use std::process::Command;
use toolcrib_testkit::computer::Computer;
use toolcrib_testkit::programs::{Run, at_terminal, run, without_network};
use toolcrib_testkit::sandbox::{PRO, SAMPLE, Sandbox, Vendor};

const UNTRUSTED: i32 = 1;
const NOT_ENTITLED: i32 = 4;

#[test]
fn a_computer_that_never_had_a_network_installs_activates_renews_and_releases() {
    let mut sandbox = Sandbox::signed_in("jones");
    let fingerprint = downloaded(&sandbox, SAMPLE);
    let mut island = sandbox.computer("island");
    let usb = carry(&sandbox, &island);
    let unknown = install(&island, SAMPLE, &usb, &[]).ends_with(UNTRUSTED);
    says(&unknown, &format!("--trust {fingerprint}"));
    assert!(is_bare(&island));

    install(&island, SAMPLE, &usb, &["--trust", &fingerprint]).ends_with(DONE);
    island.toolcrib_offline(&["launch", SAMPLE]).ends_with(REFUSED);
    import(&island, &answered(&sandbox, &request(&island, &[])));
    says(
        &island.toolcrib_offline(&["launch", SAMPLE]).ends_with(DONE),
        "1.1.0",
    );
    assert_eq!(texts(&island), [account(&sandbox)], "whose consent it was");

    let first = licence(&island, SAMPLE);
    sandbox.go_to_day(20);
    island.go_to_day(20);
    import(&island, &answered(&sandbox, &request(&island, &["--renew"])));
    let date = |licence: &Value| licence["verify_by"].as_str().map(str::to_owned);
    assert!(date(&licence(&island, SAMPLE)) > date(&first));
    let release = request(&island, &["--release"]);
    island.toolcrib_offline(&["launch", SAMPLE]).ends_with(REFUSED);
    assert_eq!(answered(&sandbox, &release)["act"], "release");
}

#[test]
fn a_serial_number_goes_along_with_the_request() {
    let sandbox = Sandbox::with_pro();
    sandbox.sign_in("jones").ends_with(DONE);
    let fingerprint = downloaded(&sandbox, PRO);
    let island = sandbox.computer("island");
    let usb = carry(&sandbox, &island);
    install(
        &island,
        PRO,
        &usb,
        &["--trust", &fingerprint, "--user", "someone@a.example"],
    )
    .ends_with(DONE);
    assert_eq!(texts(&island), ["someone@a.example"]);

    let (number, out) = (number_of(&sandbox, PRO), island.folder().join("request.txt"));
    let ask = ["licence", "request", PRO, "--out", out.as_str(), "--serial"];
    let mistyped = island.toolcrib_offline(&[&ask[..], &["123-45678907"]].concat());
    says(&mistyped, "digits");
    island
        .toolcrib_offline(&[&ask[..], &[number.as_str()]].concat())
        .ends_with(DONE);
    let request = fs_err::read_to_string(&out).expect("the request is written");
    import(&island, &answered(&sandbox, &request));
    assert_eq!(licence(&island, PRO)["serial"], number);
    says(
        &island.toolcrib_offline(&["launch", PRO]).ends_with(DONE),
        "1.0.0",
    );
}

#[test]
fn whoever_sits_at_the_computer_can_compare_the_fingerprint_there() {
    let sandbox = Sandbox::signed_in("jones");
    let fingerprint = downloaded(&sandbox, SAMPLE);
    let island = sandbox.computer("island");
    let usb = carry(&sandbox, &island);
    let at_island = |typed: &str| {
        let words = [
            "install",
            SAMPLE,
            "--accept-terms",
            "--no-progress",
            "--from",
            usb.as_str(),
        ];
        let mut command = without_network(island.command(&words));
        command.env_remove("TOOLCRIB_SERVER");
        run(at_terminal(command), typed)
    };
    let declined = at_island("no\n").ends_with(UNTRUSTED);
    says(&declined, &fingerprint);
    says(&declined, sandbox.url().trim_end_matches('/'));
    assert!(is_bare(&island));

    at_island("yes\n").ends_with(DONE);
    let settings = fs_err::read_to_string(island.home().join("settings.json")).expect("remembered");
    assert!(
        settings.contains(sandbox.url().trim_end_matches('/')),
        "{settings}"
    );
}

#[test]
fn a_folder_that_is_not_what_the_fingerprint_names_installs_nothing() {
    let sandbox = Sandbox::signed_in("jones");
    let fingerprint = downloaded(&sandbox, SAMPLE);
    let island = sandbox.computer("island");
    let usb = carry(&sandbox, &island);
    let other = "0".repeat(64);
    let wrong = install(&island, SAMPLE, &usb, &["--trust", &other]).ends_with(UNTRUSTED);
    says(&wrong, &other);

    let metadata = usb.join("catalogue/metadata/timestamp.json");
    let whole = fs_err::read(&metadata).expect("it is carried");
    change(&metadata);
    install(&island, SAMPLE, &usb, &["--trust", &fingerprint]).ends_with(UNTRUSTED);
    fs_err::write(&metadata, &whole).expect("written");
    let listing = only_file(&usb.join("catalogue/targets"));
    let listed = fs_err::read(&listing).expect("it is carried");
    change(&listing);
    install(&island, SAMPLE, &usb, &["--trust", &fingerprint]).ends_with(UNTRUSTED);
    assert!(is_bare(&island));

    fs_err::write(&listing, &listed).expect("written");
    install(&island, SAMPLE, &usb, &[]).ends_with(DONE);
}

#[test]
fn a_folder_of_another_vendor_or_with_a_part_missing_is_refused() {
    let sandbox = Sandbox::signed_in("jones");
    let fingerprint = downloaded(&sandbox, SAMPLE);
    let theirs = another_vendor(&sandbox);
    let foreign = downloaded(&theirs, SAMPLE);
    let island = sandbox.computer("island");
    let usb = carry(&theirs, &island);
    install(&island, SAMPLE, &usb, &["--trust", &fingerprint]).ends_with(UNTRUSTED);

    let usb = carry(&sandbox, &island);
    let part = usb.join("part-0001.zip");
    fs_err::remove_file(&part).expect("removed");
    let lacking = install(&island, SAMPLE, &usb, &["--trust", &fingerprint]).ends_with(NOT_ENTITLED);
    says(&lacking, "part-0001.zip");

    let usb = carry(&theirs, &island);
    install(&island, SAMPLE, &usb, &["--trust", &foreign]).ends_with(UNTRUSTED);
    install(&island, SAMPLE, &usb, &[]).ends_with(UNTRUSTED);
    assert!(is_bare(&island));
}

#[test]
fn a_server_that_does_not_agree_with_what_was_carried_is_refused() {
    let sandbox = Sandbox::signed_in("jones");
    let theirs = another_vendor(&sandbox);
    let foreign = downloaded(&theirs, SAMPLE);
    let island = sandbox.computer("island");
    let usb = carry(&theirs, &island);
    install(&island, SAMPLE, &usb, &["--trust", &foreign]).ends_with(DONE);
    island.toolcrib(&["check", SAMPLE]).ends_with(UNTRUSTED);
}

/// Another vendor's service, with a product of the same name and somebody signed in.
fn another_vendor(sandbox: &Sandbox) -> Sandbox {
    let vendor = Vendor::new(sandbox.folder().join("other vendor"));
    vendor.publish("init", &[]).ends_with(DONE);
    vendor.sample("1.1.0");
    let theirs = Sandbox::on(&vendor.catalogue());
    theirs.sign_in("jones").ends_with(DONE);
    theirs
}

/// Downloads a product on the computer with a network; answers the fingerprint that is printed.
#[track_caller]
fn downloaded(sandbox: &Sandbox, product: &str) -> String {
    let folder = sandbox.folder().join("downloaded");
    let words = ["download", product, "--no-progress", "--to", folder.as_str()];
    let run = sandbox.toolcrib(&words).ends_with(DONE);
    let (_, after) = run.stderr.split_once("--trust ").expect("the command is printed");
    after.trim().to_owned()
}

/// Takes the downloaded folder to another computer.
fn carry(sandbox: &Sandbox, island: &Computer) -> Utf8PathBuf {
    let usb = island.folder().join("usb");
    if usb.exists() {
        fs_err::remove_dir_all(&usb).expect("wiped");
    }
    let mut copy = Command::new("cp");
    copy.args(["-a", sandbox.folder().join("downloaded").as_str(), usb.as_str()]);
    run(copy, "").ends_with(DONE);
    usb
}

fn install(island: &Computer, product: &str, usb: &Utf8Path, more: &[&str]) -> Run {
    let words = [
        "install",
        product,
        "--accept-terms",
        "--no-progress",
        "--from",
        usb.as_str(),
    ];
    island.toolcrib_offline(&[&words[..], more].concat())
}

/// Whether nothing is installed there.
fn is_bare(island: &Computer) -> bool {
    island
        .toolcrib_offline(&["list", "--json"])
        .ends_with(DONE)
        .json()
        == json!([])
}

/// Flips one bit in the middle.
fn change(path: &Utf8Path) {
    let mut bytes = fs_err::read(path).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs_err::write(path, bytes).expect("written");
}

fn only_file(folder: &Utf8Path) -> Utf8PathBuf {
    let mut entries = folder.read_dir_utf8().expect("the folder is there");
    entries.next().expect("one file").expect("an entry").into_path()
}

/// Who accepted the texts of what is installed there, as its home says.
fn texts(island: &Computer) -> Vec<String> {
    let known = fs_err::read_to_string(island.home().join("texts.json")).expect("texts were accepted");
    let known: Value = serde_json::from_str(&known).expect("it is JSON");
    let accepted = known["accepted"].as_array().cloned().unwrap_or_default();
    let mut people: Vec<_> = accepted
        .iter()
        .filter_map(|one| one["user_id"].as_str().map(str::to_owned))
        .collect();
    people.dedup();
    people
}

fn account(sandbox: &Sandbox) -> String {
    sandbox.account("jones").user_id.clone()
}
