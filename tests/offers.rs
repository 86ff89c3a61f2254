//! What a vendor offers reaches the people it is meant for, and what is taken back is told.

use toolcrib_testkit::origin::Origin;
use toolcrib_testkit::programs::{run, without_network};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

const DONE: i32 = 0;

fn promote(sandbox: &Sandbox, version: &str, channel: &str, more: &[&str]) {
    let words = ["--product", SAMPLE, "--version", version, "--channel", channel];
    sandbox
        .publish("promote", &[&words[..], more].concat())
        .ends_with(DONE);
}

fn installed(sandbox: &Sandbox) -> String {
    let list = sandbox.toolcrib(&["list", "--json"]).json();
    list[0]["version"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_person_gets_the_release_of_the_channel_that_they_chose() {
    let sandbox = Sandbox::signed_in("jones");
    promote(&sandbox, "1.0.0", "stable", &[]);
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(installed(&sandbox), "1.0.0");
    let refused = sandbox.toolcrib(&["channel", SAMPLE, "preview"]).ends_with(2);
    assert!(refused.stderr.contains("only: stable"), "{}", refused.stderr);

    promote(&sandbox, "1.1.0", "preview", &["--critical"]);
    assert_eq!(
        sandbox.toolcrib(&["offers", "--json"]).json()[0]["update"],
        serde_json::Value::Null
    );
    let before = sandbox.toolcrib(&["channel", SAMPLE, "--json"]).json();
    assert_eq!(means(&before, "stable"), "It is at 1.0.0, which is installed.");
    assert_eq!(means(&before, "preview"), "The next update is 1.1.0.");
    assert_eq!(before["fixed"], serde_json::Value::Null);
    let chosen = sandbox.toolcrib(&["channel", SAMPLE, "preview"]).ends_with(DONE);
    assert!(
        chosen.stdout.contains("The next update is 1.1.0."),
        "{}",
        chosen.stdout
    );
    assert_eq!(
        sandbox.toolcrib(&["channel", SAMPLE, "--json"]).json()["channel"],
        "preview"
    );
    let offer = &sandbox.toolcrib(&["offers", "--json"]).json()[0];
    assert_eq!(
        (&offer["update"], &offer["critical"]),
        (&"1.1.0".into(), &true.into())
    );
    goes_back_to_stable(&sandbox);
}

/// What a channel is said to mean.
fn means<'a>(channels: &'a serde_json::Value, name: &str) -> &'a str {
    let mut all = channels["channels"].as_array().expect("channels").iter();
    let found = all.find(|channel| channel["name"] == name).expect("the channel");
    found["sentence"].as_str().expect("a sentence")
}

/// Nothing goes back by itself with the channel.
fn goes_back_to_stable(sandbox: &Sandbox) {
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let chosen = sandbox.toolcrib(&["channel", SAMPLE, "stable"]).ends_with(DONE);
    assert!(
        chosen.stdout.contains("It is at 1.0.0. 1.1.0 stays"),
        "{}",
        chosen.stdout
    );
    sandbox
        .toolcrib(&["update", "--all", "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(installed(sandbox), "1.1.0");
}

#[test]
fn a_rollout_to_nobody_reaches_nobody_and_one_to_everybody_reaches_all() {
    let sandbox = Sandbox::signed_in("jones");
    promote(&sandbox, "1.0.0", "stable", &[]);
    promote(&sandbox, "1.1.0", "stable", &["--percent", "0"]);
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(installed(&sandbox), "1.0.0");
    promote(&sandbox, "1.1.0", "stable", &[]);
    let offer = &sandbox.toolcrib(&["offers", "--json"]).json()[0];
    assert_eq!(offer["update"], "1.1.0");
}

/// What somebody has can be mended, offered or not.
fn mends(sandbox: &Sandbox) {
    let list = sandbox.toolcrib(&["list", "--json"]).json();
    let root = list[0]["folder"].as_str().expect("a folder");
    let damaged = std::path::Path::new(root).join("releases/1.1.0/README.txt");
    fs_err::write(&damaged, "other words").expect("damaged");
    sandbox.toolcrib(&["repair", SAMPLE]).ends_with(DONE);
    let mended = fs_err::read_to_string(&damaged).expect("a file");
    assert_ne!(mended, "other words");
}

/// Every list of what is here says that it was taken back, and why, also where nobody can be asked.
fn is_marked(sandbox: &Sandbox) {
    for words in [
        &["list"][..],
        &["list", "--releases"],
        &["versions", SAMPLE],
        &["update"],
        &["offers"],
    ] {
        let told = sandbox.toolcrib(words).ends_with(DONE);
        let all = format!("{}{}", told.stdout, told.stderr);
        assert!(
            all.contains("1.1.0 was withdrawn by its vendor: it forgets files."),
            "{words:?}: {all}"
        );
    }
    let alone = without_network(sandbox.command(&["versions", SAMPLE, "--json"]));
    let versions = run(alone, "").ends_with(DONE).json();
    let withdrawn = versions[0]["withdrawn"].as_str().unwrap_or_default();
    assert!(withdrawn.contains("it forgets files"), "{versions}");
}

#[test]
fn who_goes_back_to_a_withdrawn_release_hears_so_and_nothing_leads_there() {
    let sandbox = Sandbox::signed_in("jones");
    for version in ["1.0.0", "1.1.0"] {
        let words = ["install", SAMPLE, "--version", version, "--accept-terms"];
        sandbox.toolcrib(&words).ends_with(DONE);
    }
    let words = [
        "--product",
        SAMPLE,
        "--version",
        "1.0.0",
        "--reason",
        "it loses sums",
    ];
    sandbox.publish("withdraw", &words).ends_with(DONE);
    let offer = &sandbox.toolcrib(&["offers", "--json"]).json()[0];
    assert_eq!(
        (
            &offer["withdrawn"],
            &offer["way_out"],
            &offer["taken_back"][0]["reason"]
        ),
        (
            &serde_json::Value::Null,
            &serde_json::Value::Null,
            &"it loses sums".into()
        )
    );
    let back = sandbox.toolcrib(&["rollback", SAMPLE]).ends_with(DONE);
    assert!(
        back.stderr
            .contains("1.0.0 was withdrawn by its vendor: it loses sums."),
        "{}",
        back.stderr
    );
    let offer = &sandbox.toolcrib(&["offers", "--json"]).json()[0];
    assert_eq!(
        (&offer["way_out"]["way"], &offer["way_out"]["version"]),
        (&"update".into(), &"1.1.0".into())
    );
}

#[test]
fn a_withdrawn_release_is_told_to_who_has_it_and_refused_to_who_asks_for_it() {
    let sandbox = Sandbox::signed_in("jones");
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let words = [
        "--product",
        SAMPLE,
        "--version",
        "1.1.0",
        "--reason",
        "it forgets files",
    ];
    sandbox.publish("withdraw", &words).ends_with(DONE);
    promote(&sandbox, "1.0.0", "stable", &[]);

    let offer = &sandbox.toolcrib(&["offers", "--json"]).json()[0];
    assert_eq!(offer["withdrawn"], "it forgets files");
    assert_eq!(
        (&offer["update"], &offer["critical"]),
        (&"1.0.0".into(), &true.into())
    );
    assert_eq!(
        (&offer["way_out"]["way"], &offer["way_out"]["version"]),
        (&"update".into(), &"1.0.0".into())
    );
    assert_eq!(offer["taken_back"][0]["version"], "1.1.0");
    is_marked(&sandbox);
    sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    mends(&sandbox);
    let refused = sandbox.toolcrib(&["check", SAMPLE, "--version", "1.1.0"]);
    assert!(
        refused
            .stderr
            .contains("withdrawn by its vendor: it forgets files"),
        "{}",
        refused.stderr
    );
}

#[test]
fn what_the_service_does_not_have_comes_from_a_mirror_that_the_vendor_names() {
    let sandbox = Sandbox::signed_in("jones");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mirror = runtime.block_on(Origin::start());
    let moved = move_parts(&sandbox, &mirror);
    let link = mirror.link("DIGEST");
    let below = link.split("DIGEST").next().expect("an address");
    sandbox.publish("mirrors", &["--add", below]).ends_with(DONE);

    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert!(
        mirror.served_bytes() > moved / 4,
        "{} of {moved}",
        mirror.served_bytes()
    );
    sandbox
        .toolcrib(&["repair", SAMPLE, "--check-only"])
        .ends_with(DONE);
}

/// Moves the large files of the content from the service to a mirror, and answers how many bytes they have.
fn move_parts(sandbox: &Sandbox, mirror: &Origin) -> u64 {
    let mut moved = 0;
    for entry in fs_err::read_dir(sandbox.catalogue().join("content")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = fs_err::read(&path).expect("a file");
        if bytes.len() > 500_000 {
            moved += bytes.len() as u64;
            fs_err::remove_file(&path).expect("removed");
            mirror.add(bytes);
        }
    }
    moved
}
