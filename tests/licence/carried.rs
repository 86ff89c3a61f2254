//! A computer that has no network: its requests are carried to the portal, and the answers back (X10, B-21).

use super::{DONE, REFUSED, computer_of, licence, says};
use camino::Utf8PathBuf;
use serde_json::{Value, json};
use toolcrib_testkit::computer::Computer;
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

#[test]
fn a_product_is_activated_renewed_and_released_on_a_computer_that_has_no_network() {
    let mut sandbox = Sandbox::new();
    let mut island = computer_of(&sandbox, "jones", "island");
    island.toolcrib(&["sign-out"]).ends_with(DONE);
    island.toolcrib_offline(&["launch", SAMPLE]).ends_with(REFUSED);

    let answer = answered(&sandbox, &request(&island, &[]));
    assert_eq!(
        (&answer["act"], &answer["device_name"]),
        (&"activate".into(), &"island".into()),
        "{answer}"
    );
    import(&island, &answer);
    says(
        &island.toolcrib_offline(&["launch", SAMPLE]).ends_with(DONE),
        "1.1.0",
    );
    let first = licence(&island, SAMPLE);

    sandbox.go_to_day(20);
    island.go_to_day(20);
    import(&island, &answered(&sandbox, &request(&island, &["--renew"])));
    let renewed = licence(&island, SAMPLE);
    let date = |licence: &Value| licence["verify_by"].as_str().map(str::to_owned);
    assert!(date(&renewed) > date(&first), "{renewed}");
    island.go_to_day(45);
    says(
        &island.toolcrib_offline(&["launch", SAMPLE]).ends_with(DONE),
        "1.1.0",
    );

    let release = request(&island, &["--release"]);
    island.toolcrib_offline(&["launch", SAMPLE]).ends_with(REFUSED);
    assert_eq!(licence(&island, SAMPLE)["reason"], "released");
    let answer = answered(&sandbox, &release);
    assert_eq!(answer["act"], "release", "{answer}");
    assert!(held(&sandbox, "island").is_empty(), "its place is free");
}

#[test]
fn an_answer_is_taken_once_and_by_the_computer_that_asked_only() {
    let sandbox = Sandbox::new();
    let [island, other] = ["island", "other"].map(|name| {
        let computer = computer_of(&sandbox, "jones", name);
        computer.toolcrib(&["sign-out"]).ends_with(DONE);
        computer
    });
    let answer = answered(&sandbox, &request(&island, &[]));
    request(&other, &[]);
    let carried = written(&other, &answer);
    let refused = other.toolcrib_offline(&["licence", "import", carried.as_str()]);
    assert_ne!(refused.status, Some(DONE), "{}", refused.stdout);
    other.toolcrib_offline(&["launch", SAMPLE]).ends_with(REFUSED);

    import(&island, &answer);
    let again = written(&island, &answer);
    let refused = island.toolcrib_offline(&["licence", "import", again.as_str()]);
    assert_ne!(refused.status, Some(DONE), "{}", refused.stdout);
    island.toolcrib_offline(&["launch", SAMPLE]).ends_with(DONE);
}

/// The request that a computer without a network makes.
#[track_caller]
pub(super) fn request(computer: &Computer, more: &[&str]) -> String {
    let out = computer.folder().join("request.txt");
    let words = [&["licence", "request", SAMPLE, "--out", out.as_str()], more].concat();
    computer.toolcrib_offline(&words).ends_with(DONE);
    fs_err::read_to_string(out).expect("the request is written")
}

/// What the portal answers to whoever carries the request there.
#[track_caller]
pub(super) fn answered(sandbox: &Sandbox, request: &str) -> Value {
    let portal = sandbox.portal("jones");
    portal
        .post("/v1/offline/answers", &json!({ "request": request }))
        .ok()
}

/// Carries an answer to a computer and takes it in there.
#[track_caller]
pub(super) fn import(computer: &Computer, answer: &Value) {
    let file = written(computer, answer);
    computer
        .toolcrib_offline(&["licence", "import", file.as_str()])
        .ends_with(DONE);
}

fn written(computer: &Computer, answer: &Value) -> Utf8PathBuf {
    let file = computer.folder().join("answer.txt");
    fs_err::write(&file, answer["answer"].as_str().expect("an answer")).expect("written");
    file
}

/// The products that a device of the person's holds, as the portal lists them.
fn held(sandbox: &Sandbox, name: &str) -> Vec<Value> {
    let devices = sandbox.portal("jones").get("/v1/devices").ok();
    let devices = devices["items"].as_array().cloned().unwrap_or_default();
    let device = devices.iter().find(|device| device["name"] == name);
    let licences = device.expect("the device is listed")["licences"]
        .as_array()
        .cloned();
    licences.unwrap_or_default()
}
