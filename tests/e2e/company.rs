//! What a coordinator says in the portal to groups of people, and of updates: done with the pages, found at the service.

use crate::{open_portal, sign_in};
use serde_json::Value;
use toolcrib_testkit::http::Portal;
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};
use toolcrib_testkit::screen::{Driver, Screen};
use toolcrib_tests::Page;

/// The coordinator's contract, as the service tells of it.
struct Contract {
    portal: Portal,
    path: String,
}

impl Contract {
    fn of(sandbox: &Sandbox) -> Self {
        let portal = sandbox.portal("coordinator");
        let contracts = portal.get("/v1/contracts").ok();
        let path = format!("/v1/contracts/{}", text(&contracts["items"][0]["contract"]));
        Self { portal, path }
    }

    /// The only thing of that name among what is listed there.
    fn named(&self, listed: &str, key: &str, name: &str) -> Value {
        let told = self.portal.get(&format!("{}/{listed}", self.path)).ok();
        let all = told.as_object().and_then(|told| told.values().next()?.as_array());
        let mut named = all
            .into_iter()
            .flatten()
            .filter(|one| one.pointer(key) == Some(&name.into()));
        let found = named.next().cloned();
        found.unwrap_or_else(|| panic!("no `{name}` in {told}"))
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

async fn open(sandbox: &Sandbox, driver: &Driver) -> Page {
    let page = open_portal(sandbox, driver, "light").await;
    sign_in(sandbox, &page, "coordinator").await;
    page
}

/// Clicks what is found by a selector, as a person would.
async fn click(page: &Page, css: &str) {
    let element = page.find_css(css).await;
    element.click().await.expect("it can be clicked");
}

async fn add_person(page: &Page, name: &str) {
    page.type_into("person-field", name).await;
    click(page, "[role='option']").await;
    page.until_says(&format!("{name} is in Reviewers")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_makes_a_group_and_approves_a_version_for_its_people() {
    let sandbox = Sandbox::new();
    let screen = Screen::open(1280, 900);
    let driver = Driver::for_browser(&screen);
    let page = open(&sandbox, &driver).await;
    page.click("nav-groups").await;
    page.until_says("Pilots (sample)").await;
    page.looks_well("portal-groups").await;
    page.click("group-add").await;
    page.type_into("group-name", "Reviewers").await;
    page.click("group-name-save").await;
    add_person(&page, "Sample User One").await;

    page.click(&format!("terms-Reviewers-{SAMPLE}")).await;
    page.click("terms-changeVersions").await;
    page.click("versions-list").await;
    page.click("version-1.0.0").await;
    page.find("versions-outcome").await;
    page.looks_well("portal-group-versions").await;
    page.click("question-confirm").await;
    page.until_says("Only 1.0.0").await;
    page.looks_well("portal-group").await;
    page.close().await;

    let group = Contract::of(&sandbox).named("groups", "/name", "Reviewers");
    assert_eq!(group["member_count"], 1, "{group}");
    let seen = sandbox
        .portal("user.one")
        .get(&format!("/v1/products/{SAMPLE}"))
        .ok();
    assert_eq!(seen["version"], "1.0.0", "{seen}");
    assert_eq!(seen["locked"][0]["version"], "1.1.0", "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_previews_saves_and_halts_an_update_policy_and_loses_nothing_that_was_written() {
    let sandbox = Sandbox::new();
    let contract = Contract::of(&sandbox);
    let office = text(&contract.named("groups", "/name", "Office (sample)")["group"]);
    let screen = Screen::open(1280, 900);
    let driver = Driver::for_browser(&screen);
    let page = open(&sandbox, &driver).await;
    page.click("nav-policies").await;
    page.until_says("Thursday evenings (sample)").await;
    page.looks_well("portal-policies").await;
    page.click("policy-new").await;
    page.type_into("policy-name", "Reviewers").await;
    page.click(&format!("policy-group-{office}")).await;
    // The two computers of the only person in it, which have the release before the newest.
    page.until_says("2 computers").await;
    page.looks_well("portal-policy").await;

    page.click("nav-groups").await;
    page.find("unsaved-stay").await;
    page.looks_well("portal-unsaved").await;
    page.click("unsaved-stay").await;
    page.client().back().await.expect("the browser goes back");
    page.click("unsaved-stay").await;
    click(&page, "[data-testid='policy-save']:not([disabled])").await;
    let halt = "[aria-label='Halt the policy Reviewers']";
    click(&page, halt).await;
    page.click("policy-act-confirm").await;
    page.find_css("[aria-label='Resume the policy Reviewers']").await;
    page.until_says("Halted").await;
    page.close().await;

    let policy = contract.named("update-policies", "/rule/name", "Reviewers");
    assert_eq!(policy["halted"], true, "{policy}");
    assert_eq!(policy["rule"]["groups"][0], office.as_str(), "{policy}");
}
