//! Browser Download (S-115): what the portal offers, fetched by its real script with the real curl, is the folder that
//! `toolcrib install --from` installs from, also where no network ever was.

mod saved;

use super::DONE;
use saved::{Browser, change, content_bytes, content_held, files, install, length, version_on, wrong};
use serde_json::{Value, json};
use toolcrib_testkit::programs::tree;
use toolcrib_testkit::sandbox::Sandbox;

const STOPPED: i32 = 1;
const WITHDRAW_SEAT: &str = "DELETE FROM seats
    WHERE account_id IN (SELECT id FROM accounts WHERE user_id = 'user.one@smith.example')";

#[test]
fn a_script_goes_on_after_a_kill_and_its_folder_is_installed_from_where_no_network_ever_was() {
    let mut sandbox = Sandbox::new();
    let told = files(&sandbox, "jones", "1.1.0");
    let browser = Browser::new(&sandbox);
    browser.saves_script(&told);
    let folder = browser.folder.join("it's here");
    browser.is_in_the_middle_of(&folder).killed();
    let held = content_held(&told, &folder);
    assert!(held > 0 && held < content_bytes(&told), "{held}");

    // The count begins anew with the service; the ticket outlives it.
    sandbox.restart_service();
    let done = browser.runs_script(&[folder.as_str()]).ends_with(DONE);
    assert_eq!(sandbox.content_bytes_sent(), content_bytes(&told) - held);
    assert_eq!(wrong(&told, &folder), Vec::<String>::new());

    let island = sandbox.computer("island");
    install(&island, &done).ends_with(DONE);
    assert_eq!(version_on(&island), json!("1.1.0"));
}

#[test]
fn an_earlier_release_is_fetched_by_the_pasted_command_and_installed_as_it_was_chosen() {
    let sandbox = Sandbox::new();
    let told = files(&sandbox, "user.one", "1.0.0");
    let browser = Browser::new(&sandbox);
    let command = told["scripts"][0]["fetch_command"].as_str().expect("a command");
    let done = browser.runs(&["sh", "-c", command]).ends_with(DONE);
    let folder = browser.folder.join(told["folder"].as_str().expect("a name"));
    assert_eq!(wrong(&told, &folder), Vec::<String>::new());
    assert!(
        browser
            .runs(&[
                "sh",
                "-c",
                "cd \"$0\" && sha256sum --check --quiet SHA256SUMS",
                folder.as_str()
            ])
            .ends_with(DONE)
            .stdout
            .is_empty()
    );
    let island = sandbox.computer("island");
    install(&island, &done).ends_with(DONE);
    assert_eq!(version_on(&island), json!("1.0.0"));
}

#[test]
fn a_damaged_and_a_missing_file_install_nothing_and_only_they_are_fetched_again() {
    let mut sandbox = Sandbox::new();
    let told = files(&sandbox, "jones", "1.1.0");
    let browser = Browser::new(&sandbox);
    browser.saves_script(&told);
    let done = browser.runs_script(&[]).ends_with(DONE);
    let folder = browser.folder.join(told["folder"].as_str().expect("a name"));
    let (damaged, missing) = (folder.join("part-0001.zip"), folder.join("part-0002.zip"));
    let again = length(&damaged) + length(&missing);
    change(&damaged);
    fs_err::remove_file(&missing).expect("removed");
    let island = sandbox.computer("island");
    assert_ne!(install(&island, &done).status, Some(DONE));
    assert_eq!(version_on(&island), Value::Null);

    sandbox.restart_service();
    let mended = browser.runs_script(&[]).ends_with(DONE);
    assert_eq!(sandbox.content_bytes_sent(), again);
    install(&island, &mended).ends_with(DONE);
    assert_eq!(version_on(&island), json!("1.1.0"));
}

#[test]
fn what_was_begun_and_is_wrong_is_fetched_anew() {
    let sandbox = Sandbox::new();
    let told = files(&sandbox, "jones", "1.1.0");
    let browser = Browser::new(&sandbox);
    browser.saves_script(&told);
    let folder = browser.folder.join("begun");
    fs_err::create_dir_all(folder.join("catalogue")).expect("a folder");
    let wrong_beginning = vec![7_u8; 100_000];
    for name in ["part-0001.zip.begun", "index.zst.begun", "catalogue/server.begun"] {
        fs_err::write(folder.join(name), &wrong_beginning).expect("written");
    }
    browser.runs_script(&[folder.as_str()]).ends_with(DONE);
    assert_eq!(wrong(&told, &folder), Vec::<String>::new());
    assert!(!tree(&folder).keys().any(|name| name.ends_with(".begun")));
}

#[test]
fn a_publication_in_the_middle_ends_in_a_folder_that_holds_together() {
    let sandbox = Sandbox::new();
    let told = files(&sandbox, "jones", "1.1.0");
    let browser = Browser::new(&sandbox);
    browser.saves_script(&told);
    let folder = browser.folder.join("published");
    let going = browser.is_in_the_middle_of(&folder);
    going.signalled("STOP");
    sandbox.publish("refresh", &[]).ends_with(DONE);
    going.signalled("CONT");
    let done = going.ended().ends_with(DONE);
    assert!(
        done.stderr.contains("The catalogue has changed meanwhile"),
        "{}",
        done.stderr
    );
    let island = sandbox.computer("island");
    install(&island, &done).ends_with(DONE);
    assert_eq!(version_on(&island), json!("1.1.0"));
}

#[test]
fn a_script_whose_day_is_over_says_so_and_a_new_one_fetches_nothing_twice() {
    let mut sandbox = Sandbox::new();
    let browser = Browser::new(&sandbox);
    browser.saves_script(&files(&sandbox, "jones", "1.1.0"));
    let folder = browser.folder.join("kept");
    browser.runs_script(&[folder.as_str()]).ends_with(DONE);
    sandbox.go_to_day(2);
    let ended = browser.runs_script(&[folder.as_str()]).ends_with(STOPPED);
    assert!(ended.stderr.contains("Get a new script"), "{}", ended.stderr);
    let told = files(&sandbox, "jones", "1.1.0");
    assert_eq!(wrong(&told, &folder), Vec::<String>::new(), "it is kept");

    browser.saves_script(&told);
    browser.runs_script(&[folder.as_str()]).ends_with(DONE);
    assert_eq!(sandbox.content_bytes_sent(), 0);
}

#[test]
fn a_script_of_somebody_whose_seat_is_gone_fetches_nothing_more() {
    let sandbox = Sandbox::new();
    let browser = Browser::new(&sandbox);
    browser.saves_script(&files(&sandbox, "user.one", "1.1.0"));
    sandbox.database(WITHDRAW_SEAT);
    let refused = browser.runs_script(&[]).ends_with(STOPPED);
    assert!(refused.stderr.contains("the seat"), "{}", refused.stderr);
    assert_eq!(sandbox.content_bytes_sent(), 0);
}
