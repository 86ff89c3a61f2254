//! A real service on a loopback port, with the demo's people, a small catalogue and a clock that tests set.

pub(crate) mod catalogue;
pub(crate) mod fleet;

use camino::Utf8PathBuf;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::{OnceCell, oneshot};
use tokio::task::JoinHandle;
use toolcrib_machine::clock::{Clock, ManualClock};
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_machine::secrets::MemorySecrets;
use toolcrib_service::Error;
use toolcrib_service::demo::fill::fill;
use toolcrib_service::demo::fleet::fill as fleet_fill;
use toolcrib_service::demo::groups::fill as groups_fill;
use toolcrib_service::demo::history::fill as history_fill;
use toolcrib_service::demo::people::CUSTOMERS;
use toolcrib_service::server::{Bound, bind, open_store};
use toolcrib_service::settings::{Places, Reach, Settings};
use toolcrib_service::store::engine::Record;
use toolcrib_wire::api::session::DeviceIntroduction;

pub(crate) const JONES: &str = "owner@jones.example";
pub(crate) const MANAGER: &str = "manager@smith.example";
pub(crate) const COORDINATOR: &str = "coordinator@smith.example";
pub(crate) const USER: &str = "user.one@smith.example";
pub(crate) const NO_DOWNLOADS: &str = "user.two@smith.example";
pub(crate) const NO_SEAT: &str = "user.three@smith.example";

pub(crate) struct Service {
    pub(crate) url: String,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) places: Places,
    client: Client,
    folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<Result<(), Error>>>,
}

/// What the service answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn password(user_id: &str) -> &'static str {
    let mut people = CUSTOMERS.iter().flat_map(|customer| customer.people);
    people
        .find(|person| person.user_id == user_id)
        .expect("a demo person")
        .password
}

pub(crate) fn data() -> (TempDir, Places) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = Utf8PathBuf::try_from(folder.path().join("data")).expect("Unicode");
    (folder, Places::below(data))
}

static FILLED: OnceCell<Vec<u8>> = OnceCell::const_new();

/// A database with the demo's people in it, made once: hashing their passwords takes a while.
async fn filled() -> Vec<u8> {
    let (_folder, places) = data();
    catalogue::write(&places.catalogue, 1);
    let bound = bound(&places, Arc::new(clock())).await;
    fill(bound.app(), clock().now()).await.expect("fills");
    fleet_fill(bound.app(), clock().now())
        .await
        .expect("fills the sample check");
    bound.serve(async {}).await.expect("ends well");
    whole(&places).await
}

/// The database as one file. The service's own file is not read for it: what was written last may still be in the log
/// beside it, where the last connection to end could not fold it in.
async fn whole(places: &Places) -> Vec<u8> {
    let copy = places.data.join("whole.db");
    let mut connection = SqliteConnectOptions::new()
        .filename(&places.database)
        .connect()
        .await
        .expect("opens");
    sqlx::query("VACUUM INTO ?")
        .bind(copy.as_str())
        .execute(&mut connection)
        .await
        .expect("is copied");
    fs_err::read(&copy).expect("reads")
}

fn clock() -> ManualClock {
    ManualClock::new("2026-11-21T12:00:00Z".parse().expect("a time"))
}

fn reach() -> Reach {
    Reach {
        listen: "127.0.0.1:0".parse().expect("an address"),
        public_url: None,
        trusted_proxies: vec!["127.0.0.1".parse().expect("an address")],
    }
}

pub(crate) async fn service() -> Service {
    let (folder, places) = data();
    catalogue::write(&places.catalogue, 1);
    fs_err::write(&places.database, FILLED.get_or_init(filled).await).expect("is written");
    start(folder, places, Arc::new(clock())).await
}

async fn bound(places: &Places, clock: Arc<ManualClock>) -> Bound {
    let settings = Settings {
        places: places.clone(),
        reach: reach(),
    };
    let store = open_store(places).await.expect("opens");
    bind(&settings, store, clock as Arc<dyn Clock>)
        .await
        .expect("binds")
}

async fn start(folder: TempDir, places: Places, clock: Arc<ManualClock>) -> Service {
    let bound = bound(&places, Arc::clone(&clock)).await;
    let url = format!("http://{}", bound.address());
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(bound.serve(async move {
        let _ = stopped.await;
    }));
    Service {
        url,
        clock,
        places,
        client: Client::new(),
        folder,
        stop: Some(stop),
        task: Some(task),
    }
}

impl Service {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn advance(&self, span: SignedDuration) {
        self.clock.advance(span);
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.url)
        };
        self.client
            .request(Method::from_bytes(method.as_bytes()).expect("a method"), url)
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Answer {
        answer(self.request("GET", path).bearer_auth(token)).await
    }

    pub(crate) async fn post(&self, path: &str, token: &str, body: Value) -> Answer {
        answer(self.request("POST", path).bearer_auth(token).json(&body)).await
    }

    pub(crate) async fn try_sign_in(&self, body: Value) -> Answer {
        answer(self.request("POST", "/v1/sessions").json(&body)).await
    }

    /// Signs in without a device.
    pub(crate) async fn token(&self, user_id: &str) -> String {
        let session = self
            .try_sign_in(json!({"user_id": user_id, "password": password(user_id)}))
            .await;
        session.ok()["access_token"].as_str().expect("a token").to_owned()
    }

    /// Signs in on a device.
    pub(crate) async fn session(&self, user_id: &str, device: &TestDevice) -> Value {
        let device = device.introduction(user_id);
        let body = json!({"user_id": user_id, "password": password(user_id), "device": device});
        self.try_sign_in(body).await.ok()
    }

    pub(crate) async fn device_token(&self, user_id: &str, device: &TestDevice) -> String {
        self.session(user_id, device).await["access_token"]
            .as_str()
            .expect("a token")
            .to_owned()
    }

    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        answer(
            self.request("POST", "/v1/sessions/refresh")
                .json(&json!({"refresh_token": token})),
        )
        .await
    }

    /// Stops it, changes its database as its operator might, and starts it again over the same data.
    pub(crate) async fn with_sql(self, sql: &'static str) -> Self {
        let clock = Arc::clone(&self.clock);
        let (folder, places) = self.stop().await;
        let store = open_store(&places).await.expect("opens");
        let mut tx = store.write().await.expect("writes");
        let done = sqlx::query(sql).execute(&mut *tx).await.expect("runs");
        assert!(done.rows_affected() > 0, "{sql} changed nothing");
        tx.commit(Record::Upkeep("a test changed it"))
            .await
            .expect("commits");
        store.close().await;
        start(folder, places, clock).await
    }

    /// Stops it, gives it the sample computers and groups as a demo that starts twice does, and starts it again over the
    /// same data.
    pub(crate) async fn with_groups(self) -> Self {
        let clock = Arc::clone(&self.clock);
        let (folder, places) = self.stop().await;
        let bound = bound(&places, Arc::clone(&clock)).await;
        for _ in ["first", "again"] {
            history_fill(bound.app(), clock.now())
                .await
                .expect("fills the past");
            groups_fill(bound.app(), clock.now())
                .await
                .expect("fills the groups");
        }
        bound.serve(async {}).await.expect("ends well");
        start(folder, places, clock).await
    }

    /// Stops it as a signal would and waits until it has ended.
    pub(crate) async fn stop(mut self) -> (TempDir, Places) {
        let _ = self.stop.take().expect("not stopped yet").send(());
        self.task
            .take()
            .expect("not stopped yet")
            .await
            .expect("ends")
            .expect("ends well");
        (self.folder, self.places)
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer {
        status,
        headers,
        body: response.bytes().await.expect("a body").to_vec(),
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("text"))
            .unwrap_or_default()
    }

    /// The status and the code of a refusal, after a look at its shape.
    pub(crate) fn refusal(&self) -> (u16, String) {
        let problem = self.json();
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["status"], self.status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        assert!(
            problem["detail"]
                .as_str()
                .is_some_and(|detail| !detail.is_empty())
        );
        (self.status, problem["code"].as_str().expect("a code").to_owned())
    }

    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!(self.refusal(), (status, code.to_owned()), "{}", self.text());
    }
}

pub(crate) struct TestDevice(DeviceKey);

impl TestDevice {
    pub(crate) fn new() -> Self {
        Self(DeviceKey::load_or_create(&MemorySecrets::new()).expect("a key"))
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.public()
    }

    pub(crate) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes)
    }

    pub(crate) fn introduction(&self, user_id: &str) -> Value {
        let public_key = hex::encode(self.0.public());
        let proof = hex::encode(
            self.0
                .sign(&DeviceIntroduction::proven_bytes(user_id, &public_key)),
        );
        json!({"public_key": public_key, "name": "test-machine", "platform": "linux-x86_64", "proof": proof})
    }
}
