//! The portal in a real browser: what each role sees, and nothing serious for axe to find.

mod company;

use serde_json::json;
use std::process::Command;
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};
use toolcrib_testkit::screen::{Driver, Screen};
use toolcrib_tests::Page;

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_manager_sees_products_devices_and_contracts() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(1280, 900);
    let driver = Driver::for_browser(&screen);
    let page = open_portal(&sandbox, &driver, "light").await;
    sign_in(&sandbox, &page, "manager").await;
    page.find(&format!("product-tile-{SAMPLE}")).await;
    page.looks_well("portal-products").await;
    page.click("nav-devices").await;
    page.until_says("Devices").await;
    page.looks_well("portal-devices").await;
    page.click("nav-contracts").await;
    page.until_says("Seats").await;
    page.looks_well("portal-contracts").await;
    page.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_user_sees_no_contracts_and_a_dark_page_reads_as_well() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(1280, 900);
    let driver = Driver::for_browser(&screen);
    let page = open_portal(&sandbox, &driver, "dark").await;
    page.looks_well("portal-dark-sign-in").await;
    let user = sandbox
        .accounts()
        .iter()
        .find(|account| account.roles == ["user"])
        .expect("a plain user");
    sign_in(&sandbox, &page, &user.user_id).await;
    page.find("nav-products").await;
    let contracts = page.client().execute(
        "return document.querySelector(\"[data-testid='nav-contracts']\")",
        Vec::new(),
    );
    assert!(
        contracts.await.expect("the page answers").is_null(),
        "contracts are for administrators"
    );
    page.looks_well("portal-dark-products").await;
    page.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_and_no_foreign_script_reach_the_page() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(1280, 900);
    let driver = Driver::for_browser(&screen);
    let page = open_portal(&sandbox, &driver, "light").await;
    sign_in(&sandbox, &page, "jones").await;
    page.click(&format!("install-{SAMPLE}")).await;
    page.until_says("Toolcrib should open now").await;
    page.looks_well("portal-hand-over").await;
    let kept = "return document.cookie + location.href + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)";
    let kept = page
        .client()
        .execute(kept, Vec::new())
        .await
        .expect("the page answers")
        .to_string();
    assert!(
        !kept.contains("token") && !kept.contains("toolcrib_session") && !kept.contains("tch_"),
        "{kept}"
    );
    let inline = "const s = document.createElement('script'); s.textContent = 'window.canary = 1'; document.body.append(s); return window.canary ?? null";
    assert!(
        page.client()
            .execute(inline, Vec::new())
            .await
            .expect("the page answers")
            .is_null()
    );
    page.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_offered_as_files_with_a_script_that_anybody_can_save_from_its_address() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(1280, 900);
    let driver = Driver::for_browser(&screen);
    let page = open_portal(&sandbox, &driver, "light").await;
    sign_in(&sandbox, &page, "manager").await;
    page.click(&format!("files-{SAMPLE}")).await;
    let is_script = |address: &str| address.contains("/download.sh?ticket=");
    let address = page.until_attribute("files-script", "href", is_script).await;
    page.find("file-part-0001.zip").await;
    page.looks_well("portal-files").await;
    page.close().await;
    let mut curl = Command::new("curl");
    let script = run_to_end(curl.args(["-fsS", &address]));
    assert!(script.starts_with("#!/bin/sh\n"), "{script}");
}

fn run_to_end(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

async fn sign_in(sandbox: &Sandbox, page: &Page, user: &str) {
    let account = sandbox.account(user);
    page.type_into("sign-in-user", &account.user_id).await;
    page.type_into("sign-in-password", &account.password).await;
    page.click("sign-in-submit").await;
}

async fn open_portal(sandbox: &Sandbox, driver: &Driver, scheme: &str) -> Page {
    let profile = sandbox.folder().join("browser");
    let dark = if scheme == "dark" {
        "--force-dark-mode"
    } else {
        "--disable-dark-mode"
    };
    let words = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--window-size=1280,900",
        dark,
    ];
    let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    words.push(format!("--user-data-dir={profile}"));
    let page = Page::open(driver.url(), json!({ "goog:chromeOptions": { "args": words } })).await;
    page.client().goto(sandbox.url()).await.expect("the portal opens");
    page
}
