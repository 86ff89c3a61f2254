//! The main job on the command line: sign in, look, check, install, pause, resume, launch, licence, uninstall.

use std::thread::JoinHandle;
use std::time::Duration;
use toolcrib_testkit::programs::{Run, run, tree, until};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// Exit statuses of the contract.
const DONE: i32 = 0;
const PAUSED: i32 = 6;

/// Makes each chunk take a while, and after the first ones a good while, so that a pause surely falls into the download.
const SLOWLY: &str = "delivery.chunk_held=wait:60;delivery.chunk_held=wait:2500@9+";
/// How much has been fetched when others come.
const BEGUN: u64 = 4 << 20;

#[test]
fn a_person_signs_in_checks_installs_launches_and_sees_the_licence() {
    let sandbox = Sandbox::signed_in("jones");

    let me = sandbox.toolcrib(&["whoami", "--json"]).ends_with(DONE).json();
    assert_eq!(me["user_id"], sandbox.account("jones").user_id.as_str());

    let products = sandbox.toolcrib(&["products", "--json"]).ends_with(DONE).json();
    assert!(
        products
            .as_array()
            .is_some_and(|list| list.iter().any(|one| one["product"] == SAMPLE)),
        "{products}"
    );

    let report = sandbox.toolcrib(&["check", SAMPLE, "--json"]).json();
    assert_ne!(report["verdict"], "fail", "{report}");

    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms", "--no-progress"])
        .ends_with(DONE);
    let installed = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    assert_eq!(installed[0]["product"], SAMPLE);
    assert_eq!(installed[0]["version"], "1.1.0");

    let launched = sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    assert!(launched.stdout.contains("1.1.0"), "{}", launched.stdout);

    let licence = sandbox
        .toolcrib(&["licence", SAMPLE, "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(licence["standing"], "active", "{licence}");
    assert!(licence["works_offline_until"].is_string(), "{licence}");
}

#[test]
fn a_pause_from_another_terminal_stops_the_install_and_the_same_command_goes_on() {
    let sandbox = Sandbox::signed_in("jones");
    let before = sandbox.content_bytes_sent();
    let (installing, job) = slow_install(&sandbox);
    sandbox.toolcrib(&["pause", &job]).ends_with(DONE);
    installing.join().expect("the install ends").ends_with(PAUSED);
    let jobs = sandbox.toolcrib(&["jobs", "--json"]).ends_with(DONE).json();
    assert_eq!(jobs[0]["state"], "paused", "{jobs}");
    let until_paused = sandbox.content_bytes_sent();

    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    let fetched = sandbox.content_bytes_sent() - before;
    let package = sandbox.package_bytes();
    assert!(
        fetched <= package + package / 100 + OPEN_SPANS,
        "fetched {fetched} of {package}"
    );
    let resumed = sandbox.content_bytes_sent() - until_paused;
    assert!(
        resumed + (1 << 20) < package,
        "resumed with {resumed} of {package}: as if nothing were held"
    );
}

#[test]
fn a_paused_job_is_resumed_by_its_id() {
    let sandbox = Sandbox::signed_in("jones");
    let (installing, job) = slow_install(&sandbox);
    sandbox.toolcrib(&["pause", &job]).ends_with(DONE);
    installing.join().expect("the install ends").ends_with(PAUSED);

    sandbox.toolcrib(&["resume", &job]).ends_with(DONE);
    sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
}

#[test]
fn a_cancelled_install_leaves_nothing_behind() {
    let sandbox = Sandbox::signed_in("jones");
    let (installing, job) = slow_install(&sandbox);
    sandbox.toolcrib(&["cancel", &job]).ends_with(DONE);
    installing.join().expect("the install ends");

    assert_eq!(
        sandbox.toolcrib(&["list", "--json"]).json(),
        serde_json::json!([])
    );
    let apps = sandbox.home().join("apps");
    assert!(!apps.exists() || tree(&apps).is_empty(), "{:?}", tree(&apps));
}

#[test]
fn an_uninstall_leaves_nothing_of_the_product() {
    let sandbox = Sandbox::signed_in("jones");
    let place = sandbox.folder().join("place");
    fs_err::create_dir(&place).expect("a folder");
    let words = ["install", SAMPLE, "--accept-terms", "--dir", place.as_str()];
    sandbox.toolcrib(&words).ends_with(DONE);
    assert!(!tree(&place).is_empty());

    sandbox.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
    assert!(!place.exists() || tree(&place).is_empty(), "{:?}", tree(&place));
    let shortcuts = sandbox.folder().join("xdg-data/applications");
    assert!(
        !shortcuts.exists() || tree(&shortcuts).is_empty(),
        "{:?}",
        tree(&shortcuts)
    );
    assert_eq!(
        sandbox.toolcrib(&["list", "--json"]).json(),
        serde_json::json!([])
    );
}

#[test]
fn an_older_version_can_be_chosen_and_the_newer_one_installed_over_it() {
    let sandbox = Sandbox::signed_in("jones");
    sandbox
        .toolcrib(&["install", SAMPLE, "--version", "1.0.0", "--accept-terms"])
        .ends_with(DONE);
    assert!(
        sandbox
            .toolcrib(&["launch", SAMPLE])
            .ends_with(DONE)
            .stdout
            .contains("1.0.0")
    );
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
}

#[test]
fn an_installed_product_launches_and_lists_while_the_service_is_down() {
    let mut sandbox = Sandbox::signed_in("jones");
    sandbox
        .toolcrib(&["install", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    sandbox.stop_service();

    sandbox.toolcrib(&["launch", SAMPLE]).ends_with(DONE);
    sandbox.toolcrib(&["list"]).ends_with(DONE);
    sandbox.toolcrib(&["licence", SAMPLE]).ends_with(DONE);
}

#[test]
fn what_a_person_may_have_follows_from_role_seat_and_benefit() {
    let sandbox = Sandbox::new();
    for account in sandbox.accounts() {
        sandbox.sign_in(&account.user_id).ends_with(DONE);
        let me = sandbox.toolcrib(&["whoami", "--json"]).ends_with(DONE).json();
        let may_install = me["permitted"]
            .as_array()
            .is_some_and(|rows| rows.iter().any(|row| row == "R11"));
        let products = sandbox.toolcrib(&["products", "--json"]).ends_with(DONE).json();
        let listed = products.as_array().is_some_and(|list| !list.is_empty());
        assert!(
            may_install || !listed,
            "{} sees products without the benefit: {products}",
            account.user_id
        );
        sandbox.toolcrib(&["sign-out"]).ends_with(DONE);
    }
}

/// What may be fetched again after a pause: the spans that were open.
const OPEN_SPANS: u64 = 6 * (8 << 20);

/// An install under way in another terminal, and its job once it has fetched something.
fn slow_install(sandbox: &Sandbox) -> (JoinHandle<Run>, String) {
    let mut slowly = sandbox.command(&["install", SAMPLE, "--accept-terms"]);
    slowly.env("TOOLCRIB_FAULT", SLOWLY);
    let installing = std::thread::spawn(move || run(slowly, ""));
    let job = until("a job that fetches", Duration::from_secs(60), || {
        fetching_job(sandbox)
    });
    (installing, job)
}

fn fetching_job(sandbox: &Sandbox) -> Option<String> {
    let jobs = sandbox.toolcrib(&["jobs", "--json"]).json();
    let job = jobs
        .as_array()?
        .iter()
        .find(|job| job["progress"]["fetched_bytes"].as_u64() > Some(BEGUN))?;
    job["id"].as_str().map(str::to_owned)
}
