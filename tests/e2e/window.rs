//! The main job in the real window: a person's clicks, through WebKitGTK's own driver.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;
use std::process::Command;
use toolcrib_testkit::notifications::Notifications;
use toolcrib_testkit::programs::{program, run};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox, Vendor};
use toolcrib_testkit::screen::{Driver, Screen};
use toolcrib_tests::Page;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_installs_pauses_resumes_launches_and_sees_the_licence() {
    let sandbox = Sandbox::new();
    // So slowly that the pause surely comes in the middle, however slow the pages are.
    sandbox.toolcrib(&["limit", "1MB"]).ends_with(0);
    let screen = Screen::open(1120, 760);
    let mut notifications = Notifications::on(screen.bus()).await;
    let driver = Driver::for_window(&screen);
    let page = open_window(&sandbox, &screen, &driver).await;
    screen.picture("window-sign-in");
    page.looks_well("window-sign-in").await;

    sign_in(&sandbox, &page).await;
    page.find(&format!("product-tile-{SAMPLE}")).await;
    page.until_attribute(&format!("product-verdict-{SAMPLE}"), "data-verdict", |verdict| {
        verdict != "unknown"
    })
    .await;
    screen.picture("window-products");
    page.looks_well("window-products").await;

    page.click(&format!("install-{SAMPLE}")).await;
    page.click("accept-terms").await;
    screen.picture("window-plan");
    page.looks_well("window-plan").await;
    page.click("plan-install").await;

    page.until_attribute("job-progress", "data-state", |state| state == "downloading")
        .await;
    let is_under_way = |percent: &str| percent.parse::<f64>().is_ok_and(|done| done > 10.0);
    page.until_attribute("job-progress", "aria-valuenow", is_under_way)
        .await;
    screen.picture("window-installing");
    page.click("job-pause").await;
    page.until_attribute("job-progress", "data-state", |state| state == "paused")
        .await;
    screen.picture("window-paused");
    sandbox.toolcrib(&["limit", "off"]).ends_with(0);
    page.click("job-resume").await;
    page.find("install-done").await;
    screen.picture("window-installed");
    page.looks_well("window-installed").await;
    let told = notifications.next().await;
    assert_eq!(told.program, "Toolcrib");
    assert!(told.summary.starts_with("Sample Studio"), "{told:?}");
    assert!(told.summary.ends_with("is installed"), "{told:?}");

    page.click("nav-products").await;
    page.click(&format!("launch-{SAMPLE}")).await;
    page.click("accept-privacy").await;
    page.click("continue-as").await;
    page.click(&format!("licence-{SAMPLE}")).await;
    page.until_attribute("licence-standing", "data-standing", |standing| {
        standing == "active"
    })
    .await;
    screen.picture("window-licence");
    page.looks_well("window-licence").await;
    page.click("nav-jobs").await;
    page.until_says("Sample Studio").await;
    screen.picture("window-jobs");
    page.looks_well("window-jobs").await;
    page.close().await;
    sandbox.toolcrib(&["list", "--json"]).ends_with(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_set_and_what_is_fetched_for_later_is_installed_now() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(1120, 900);
    let driver = Driver::for_window(&screen);
    let page = open_window(&sandbox, &screen, &driver).await;
    sign_in(&sandbox, &page).await;
    page.find(&format!("product-tile-{SAMPLE}")).await;
    let support = page.find_css("nav a[href='/support']").await;
    support.click().await.expect("it can be clicked");
    page.click("nav-connection").await;
    page.type_into("limit-usual", "12.5").await;
    page.click("limit-save").await;
    page.until_says("at most 12.5 MB/s").await;
    let limit = sandbox.toolcrib(&["limit", "--json"]).ends_with(0).json();
    assert_eq!(limit["set"]["usual_bytes_per_s"], 12_500_000);
    screen.picture("window-limit");

    let management = page.find_css("nav a[href='/products']").await;
    management.click().await.expect("it can be clicked");
    page.click(&format!("install-{SAMPLE}")).await;
    page.click("accept-terms").await;
    page.click("plan-later").await;
    screen.picture("window-plan-later");
    page.click("plan-install").await;
    page.until_attribute("job-progress", "data-state", |state| state == "waiting")
        .await;
    screen.picture("window-waiting");
    page.looks_well("window-waiting").await;
    page.click("job-hurry").await;
    page.find("install-done").await;
    page.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_product_needs_is_shown_with_its_terms() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = Sandbox::on(&vendor_of_needs(&folder).catalogue());
    let screen = Screen::open(1120, 900);
    let driver = Driver::for_window(&screen);
    let page = open_window(&sandbox, &screen, &driver).await;
    sign_in(&sandbox, &page).await;
    page.click("install-draft").await;
    page.find("plan-needed").await;
    page.until_says("I have read and accept: Fonts: Terms of the fonts")
        .await;
    screen.picture("window-plan-needed");
    page.looks_well("window-plan-needed").await;
    page.click("accept-terms").await;
    page.close().await;
}

/// A vendor whose `draft` has no terms, and needs `fonts`, which has some.
fn vendor_of_needs(folder: &tempfile::TempDir) -> Vendor {
    let vendor = Vendor::new(folder.path().to_owned().try_into().expect("a UTF-8 path"));
    vendor.publish("init", &[]).ends_with(0);
    vendor.small("draft", "1.0.0", "name = \"Draft\"\nneeds = [\"fonts\"]\n");
    let terms =
        "[[text]]\nid = \"terms\"\ntitle = \"Terms of the fonts\"\nversion = \"1\"\nbody = \"Use them.\"\n";
    vendor.small("fonts", "1.0.0", &format!("name = \"Fonts\"\n{terms}"));
    vendor
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_in_the_window() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(800, 700);
    let driver = Driver::for_window(&screen);
    let page = open_window(&sandbox, &screen, &driver).await;
    page.type_into("sign-in-user", &sandbox.account("jones").user_id)
        .await;
    page.type_into("sign-in-password", "wrong").await;
    page.click("sign-in-submit").await;
    page.find_css("[role='alert']").await;
    page.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_the_portal_asks_signs_in_and_shows_the_plan() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(1120, 760);
    let driver = Driver::for_window(&screen);
    let link = link_for(&sandbox, "jones");
    let script = starter(&sandbox, screen.bus(), Server::Unknown);
    let page = open_program(&driver, &script, &[&link]).await;
    page.until_says(sandbox.url()).await;
    screen.picture("window-link-server");
    page.looks_well("window-link-server").await;
    page.click("invitation-yes").await;
    page.until_says(&sandbox.account("jones").user_id).await;
    screen.picture("window-link-person");
    page.looks_well("window-link-person").await;
    page.click("invitation-yes").await;
    page.find("plan-install").await;
    screen.picture("window-link-plan");
    page.looks_well("window-link-plan").await;
    page.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_hands_its_link_to_the_window_that_is_open() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(1120, 760);
    let driver = Driver::for_window(&screen);
    let page = open_window(&sandbox, &screen, &driver).await;
    sign_in(&sandbox, &page).await;
    page.find(&format!("product-tile-{SAMPLE}")).await;

    let second = |link: &str| {
        let mut second = Command::new(starter(&sandbox, screen.bus(), Server::Known));
        screen.show(&mut second);
        second.arg(link);
        run(second, "").ends_with(0);
    };
    second(&link_for(&sandbox, "manager"));
    page.until_says("is signed in on this computer").await;
    screen.picture("window-link-somebody-else");
    page.looks_well("window-link-somebody-else").await;
    page.click("invitation-no").await;
    second(&link_for(&sandbox, "jones"));
    page.find("plan-install").await;
    page.close().await;
}

fn link_for(sandbox: &Sandbox, user: &str) -> String {
    let made = sandbox
        .portal(user)
        .post("/v1/hand-overs", &json!({ "product": SAMPLE }));
    made.ok()["link"].as_str().expect("a link").to_owned()
}

async fn sign_in(sandbox: &Sandbox, page: &Page) {
    let account = sandbox.account("jones");
    page.type_into("sign-in-user", &account.user_id).await;
    page.type_into("sign-in-password", &account.password).await;
    page.click("sign-in-submit").await;
}

/// The driver starts the program itself and passes it no environment of ours, so a small script stands before it.
async fn open_window(sandbox: &Sandbox, screen: &Screen, driver: &Driver) -> Page {
    open_program(driver, &starter(sandbox, screen.bus(), Server::Known), &[]).await
}

async fn open_program(driver: &Driver, script: &Utf8Path, words: &[&str]) -> Page {
    Page::open(
        driver.url(),
        json!({ "webkitgtk:browserOptions": { "binary": script, "args": words } }),
    )
    .await
}

/// Whether the window is told its account service when it starts.
enum Server {
    Known,
    Unknown,
}

fn starter(sandbox: &Sandbox, bus: &str, server: Server) -> Utf8PathBuf {
    let folder = sandbox.folder();
    let path = folder.join("window.sh");
    let (window, home) = (program("toolcrib-desktop"), sandbox.home());
    let server = match server {
        Server::Known => format!("--server '{}'", sandbox.url()),
        Server::Unknown => String::new(),
    };
    let slowly = "export TOOLCRIB_FAULT=delivery.chunk_held=wait:250";
    let data = folder.join("xdg-data");
    let desktop = format!("export XDG_DATA_HOME='{data}' DBUS_SESSION_BUS_ADDRESS='{bus}'");
    let script = format!("#!/bin/sh\n{slowly}\n{desktop}\nexec '{window}' --home '{home}' {server} \"$@\"\n");
    // Written by another process: one that is being written by this one could not be started while others start.
    let mut write = Command::new("sh");
    write.args(["-c", "cat > \"$1\" && chmod 755 \"$1\"", "sh", path.as_str()]);
    run(write, &script).ends_with(0);
    path
}
