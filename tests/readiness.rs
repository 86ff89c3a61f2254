//! What an organisation learns of the computers of its people: nothing unless it was switched on, and then what they see, too.

use serde_json::{Value, json};
use toolcrib_net::{Http, Method, Request, SafeUrl, Settings};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

const DONE: i32 = 0;
const NOT_READY: i32 = 20;

/// The account service as an admin's program asks it.
struct Admin<'a> {
    sandbox: &'a Sandbox,
    http: Http,
    token: toolcrib_machine::Secret<String>,
}

impl<'a> Admin<'a> {
    async fn of(sandbox: &'a Sandbox, user: &str) -> Self {
        let account = sandbox.account(user);
        let mut admin = Self {
            sandbox,
            http: Http::new(Settings::new("toolcrib-tests")).expect("a network"),
            token: toolcrib_machine::Secret::new(String::new()),
        };
        let body = json!({"user_id": account.user_id, "password": account.password});
        let session = admin.ask(Method::POST, "v1/sessions", Some(body)).await;
        let token = session["access_token"].as_str().expect("a token").to_owned();
        admin.token = toolcrib_machine::Secret::new(token);
        admin
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let server = SafeUrl::parse(self.sandbox.url()).expect("an address");
        let mut request = Request::new(method, server.below(path).expect("a path"));
        if !self.token.expose().is_empty() {
            request = request.bearer(self.token.clone());
        }
        if let Some(body) = body {
            request = request.json(body.to_string().into_bytes());
        }
        let answer = self.http.send(request).await.expect("an answer");
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(answer.is_success(), "{path}: {} {text}", answer.status);
        serde_json::from_str(&text).expect("JSON")
    }

    async fn collect(&self, collected: bool) {
        let body = json!({ "collected": collected });
        self.ask(Method::PUT, "v1/readiness/facts-setting", Some(body))
            .await;
    }

    async fn told(&self) -> Value {
        self.ask(Method::GET, "v1/readiness/device-facts", None).await["items"].clone()
    }

    async fn own(&self) -> Value {
        self.ask(Method::GET, "v1/me/device-facts", None).await
    }
}

fn named<'a>(facts: &'a Value, name: &str) -> &'a Value {
    let mut facts = facts.as_array().into_iter().flatten();
    &facts.find(|fact| fact["name"] == name).expect("the fact is told")["fact"]
}

#[tokio::test]
async fn a_computer_tells_what_it_has_only_while_its_organisation_collects_that() {
    let sandbox = Sandbox::signed_in("jones");
    let admin = Admin::of(&sandbox, "jones").await;
    let note = sandbox.home().join("facts-told.json");
    let check_in = || sandbox.sign_in("jones").ends_with(DONE);

    check_in();
    assert_eq!((admin.told().await, note.exists()), (json!([]), false));
    assert_eq!(admin.own().await, json!({"collected": false, "devices": []}));

    admin.collect(true).await;
    check_in();
    let told = admin.told().await;
    assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
    let family = named(&told[0]["facts"], "os.family");
    assert_eq!(family, &json!({"known": {"text": std::env::consts::OS}}));
    let products = told[0]["products"].as_array().expect("verdicts");
    assert!(products.iter().any(|one| one["product"] == SAMPLE), "{told}");
    let own = admin.own().await;
    assert_eq!(own["devices"][0]["facts"], told[0]["facts"]);
    assert!(own["changed_by"].is_string() && note.exists(), "{own}");

    check_in();
    assert_eq!(admin.told().await[0]["received_at"], told[0]["received_at"]);

    admin.collect(false).await;
    assert_eq!(admin.told().await, json!([]));
    check_in();
    assert_eq!((admin.told().await, note.exists()), (json!([]), false));
}

#[test]
fn a_check_asks_the_network_only_where_it_is_told_to() {
    let mut sandbox = Sandbox::signed_in("jones");
    let host = sandbox
        .url()
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    let silent = sandbox.toolcrib(&["check", SAMPLE, "--json"]).json();
    for name in [
        "network.proxy",
        "network.throughput",
        "network.clock_skew_seconds",
    ] {
        assert_eq!(silent["facts"][name], json!({"unknown": "it was not asked for"}));
    }
    let network = sandbox
        .toolcrib(&["check", "--network", "--json"])
        .ends_with(DONE)
        .json();
    assert_eq!(network["rules"][0]["id"], "network-service");
    for name in ["dns", "tcp", "reachable"] {
        let fact = &network["facts"][format!("network.{name}:{host}")];
        assert_eq!(fact, &json!({"known": {"flag": true}}), "{name}");
    }
    let skew = &network["facts"]["network.clock_skew_seconds"]["known"]["number"];
    assert!(skew.as_u64().is_some_and(|seconds| seconds < 60), "{network}");

    let paced = sandbox
        .toolcrib(&["check", SAMPLE, "--throughput", "--json"])
        .json();
    let pace = &paced["facts"]["network.throughput"]["known"]["bytes"];
    assert!(pace.as_u64().is_some_and(|bytes| bytes > 0), "{}", paced["facts"]);

    sandbox.stop_service();
    let down = sandbox.toolcrib(&["check", "--network"]).ends_with(NOT_READY);
    assert!(
        down.stdout.contains(&format!("network.reachable:{host}")) && down.stdout.contains("FAIL"),
        "{}",
        down.stdout
    );
    assert!(down.stdout.contains("Let this computer reach"), "{}", down.stdout);
}
