//! Serial numbers: attached by Install Now, typed where a download was installed, and swapped without a reinstallation.

use super::DONE;
use super::says;
use camino::Utf8PathBuf;
use serde_json::Value;
use toolcrib_model::serial::SerialNumber;
use toolcrib_testkit::programs::{Run, tree};
use toolcrib_testkit::sandbox::{PRO, SAMPLE, Sandbox};

const USAGE: i32 = 2;

#[test]
fn install_now_attaches_the_serial_number_by_itself() {
    let sandbox = installed_pro();
    assert_eq!(licence(&sandbox)["serial"], number_of(&sandbox, PRO));
    let start = sandbox.toolcrib(&["launch", PRO, "--", "about"]).ends_with(DONE);
    says(&start, &number_of(&sandbox, PRO));
}

#[test]
fn a_number_that_is_mistyped_unknown_or_of_another_product_is_refused_and_the_one_before_stays() {
    let sandbox = installed_pro();
    set_serial(&sandbox, "110-00000000").ends_with(USAGE);
    let mistyped = set_serial(&sandbox, "123-45678960").ends_with(USAGE);
    says(
        &mistyped,
        "One of the digits is wrong, or two of them are swapped",
    );
    let nobodys = SerialNumber::new(999, 1).expect("a number").to_string();
    let unknown = set_serial(&sandbox, &nobodys);
    assert_ne!(unknown.status, Some(DONE), "{}", unknown.stdout);
    says(&unknown, "on your contracts");
    let other = set_serial(&sandbox, &number_of(&sandbox, SAMPLE)).ends_with(USAGE);
    says(&other, "This is the serial number of `sample-studio`");
    assert_eq!(licence(&sandbox)["serial"], number_of(&sandbox, PRO));
}

#[test]
fn another_number_of_ones_own_is_taken_at_once_and_can_be_taken_back() {
    let sandbox = installed_pro();
    let (first, second) = (number_of(&sandbox, PRO), another_subscription(&sandbox));
    let set = set_serial(&sandbox, &second).ends_with(DONE).json();
    assert_eq!(
        (&set["serial"], &set["can_undo"]),
        (&second.clone().into(), &true.into()),
        "{set}"
    );
    let undone = sandbox
        .toolcrib(&["licence", "set-serial", PRO, "--undo", "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(
        (&undone["serial"], &undone["can_undo"]),
        (&first.into(), &false.into()),
        "{undone}"
    );
}

#[test]
fn swapping_the_contract_asks_for_the_new_number_and_changes_nothing_that_is_installed() {
    let mut sandbox = installed_pro();
    let place = place_of(&sandbox);
    let before = tree(&place);
    let (old, new) = (number_of(&sandbox, PRO), another_subscription(&sandbox));
    sandbox.database(&format!(
        "DELETE FROM seats WHERE subscription_id IN (SELECT id FROM subscriptions WHERE serial = '{old}')"
    ));
    sandbox.go_to_day(2);
    let standing = sandbox.toolcrib(&["launch", PRO]);
    says(&standing, "1.0.0");

    set_serial(&sandbox, &new).ends_with(DONE);
    assert_eq!(licence(&sandbox)["serial"], new);
    says(&sandbox.toolcrib(&["launch", PRO]).ends_with(DONE), "1.0.0");
    assert_eq!(tree(&place), before, "nothing was installed anew");
}

#[test]
fn a_download_that_is_installed_works_30_days_without_a_number_and_from_then_on_with_one() {
    let mut sandbox = Sandbox::with_pro();
    sandbox.sign_in("jones").ends_with(DONE);
    let folder = sandbox.folder().join("downloaded");
    sandbox
        .toolcrib(&["download", PRO, "--to", folder.as_str(), "--no-progress"])
        .ends_with(DONE);
    sandbox
        .toolcrib(&["install", PRO, "--accept-terms", "--from", folder.as_str()])
        .ends_with(DONE);
    let first = licence(&sandbox);
    assert_eq!(
        (&first["reason"], &first["act"]),
        (&"serial_free_start".into(), &"enter_serial".into()),
        "{first}"
    );
    says(&sandbox.toolcrib(&["launch", PRO]).ends_with(DONE), "1.0.0");
    sandbox.go_to_day(31);
    assert_ne!(sandbox.toolcrib(&["launch", PRO]).status, Some(DONE));
    sandbox.sign_in("jones").ends_with(DONE);
    set_serial(&sandbox, &number_of(&sandbox, PRO)).ends_with(DONE);
    says(&sandbox.toolcrib(&["launch", PRO]).ends_with(DONE), "1.0.0");
}

fn installed_pro() -> Sandbox {
    let sandbox = Sandbox::with_pro();
    sandbox.sign_in("jones").ends_with(DONE);
    sandbox
        .toolcrib(&["install", PRO, "--accept-terms", "--no-progress"])
        .ends_with(DONE);
    sandbox
}

fn set_serial(sandbox: &Sandbox, number: &str) -> Run {
    sandbox.toolcrib(&["licence", "set-serial", PRO, number, "--json"])
}

fn licence(sandbox: &Sandbox) -> Value {
    sandbox
        .toolcrib(&["licence", PRO, "--json"])
        .ends_with(DONE)
        .json()
}

/// The serial number of a subscription of the one-person customer.
pub(super) fn number_of(sandbox: &Sandbox, product: &str) -> String {
    sandbox.database(&format!(
        "SELECT s.serial FROM subscriptions s JOIN contracts c ON c.id = s.contract_id
         WHERE c.number = '110000000001' AND s.product = '{product}' ORDER BY s.serial LIMIT 1"
    ))
}

/// What an order brings: one more subscription with a seat for the one-person customer. Answers its serial number.
fn another_subscription(sandbox: &Sandbox) -> String {
    let serial = SerialNumber::new(110, 777).expect("a number").to_string();
    let (subscription, seat) = (
        "01990000-0000-7000-8000-000000000001",
        "01990000-0000-7000-8000-000000000002",
    );
    sandbox.database(&format!(
        "INSERT INTO subscriptions (id, contract_id, product, seat_count, serial, product_key, created_at)
         SELECT '{subscription}', contract_id, product, seat_count, '{serial}', product_key, created_at
         FROM subscriptions WHERE serial = '{}';
         INSERT INTO seats (id, subscription_id, account_id, assigned_at)
         SELECT '{seat}', '{subscription}', id, 0 FROM accounts WHERE user_id = 'owner@jones.example'",
        number_of(sandbox, PRO)
    ));
    serial
}

fn place_of(sandbox: &Sandbox) -> Utf8PathBuf {
    let list = sandbox.toolcrib(&["list", "--json"]).ends_with(DONE).json();
    list[0]["folder"].as_str().expect("a folder").into()
}
