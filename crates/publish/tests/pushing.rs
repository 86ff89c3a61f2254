//! `push` against a server on loopback that keeps what it is given.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{post, put};
use axum::{Json, Router};
use camino::Utf8PathBuf;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use toolcrib_machine::Secret;
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Digest;
use toolcrib_net::{Http, SafeUrl, Settings};
use toolcrib_publish::add::Addition;
use toolcrib_publish::package::{Identity, Making};
use toolcrib_publish::progress::Unwatched;
use toolcrib_publish::push::Server;
use toolcrib_publish::{Error, Lifetimes, add, init, push};
use toolcrib_wire::api::publish::{ContentQuery, MissingContent, MissingFile};

#[derive(Clone, Default)]
struct Kept {
    files: Arc<Mutex<BTreeMap<String, Bytes>>>,
    order: Arc<Mutex<Vec<String>>>,
    /// Answers so to the file of this name, once.
    stumbles: Arc<Mutex<Option<(&'static str, StatusCode)>>>,
    /// What arrived of files whose sending broke off; the first longer than this does, once, after so many bytes.
    partial: Arc<Mutex<BTreeMap<String, Bytes>>>,
    breaks_after: Arc<Mutex<Option<usize>>>,
}

async fn take(
    State(kept): State<Kept>,
    Path(path): Path<String>,
    Query(query): Query<BTreeMap<String, usize>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    if headers
        .get("authorization")
        .is_none_or(|value| value != "Bearer right")
    {
        return StatusCode::UNAUTHORIZED;
    }
    let mut stumbles = kept.stumbles.lock().expect("unpoisoned");
    if let Some((_, status)) = stumbles.take_if(|(name, _)| path.contains(*name)) {
        return status;
    }
    let mut partial = kept.partial.lock().expect("unpoisoned");
    let mut breaks_after = kept.breaks_after.lock().expect("unpoisoned");
    if let Some(count) = breaks_after.take_if(|count| *count < body.len()) {
        partial.insert(path, body.slice(..count));
        return StatusCode::BAD_GATEWAY;
    }
    let held = partial.remove(&path).unwrap_or_default();
    if query.get("from").copied().unwrap_or_default() != held.len() {
        return StatusCode::CONFLICT;
    }
    let body = Bytes::from([held, body].concat());
    kept.order.lock().expect("unpoisoned").push(path.clone());
    kept.files.lock().expect("unpoisoned").insert(path, body);
    StatusCode::CREATED
}

/// Answers what is missing, as the service does.
async fn missing(State(kept): State<Kept>, Json(asked): Json<ContentQuery>) -> Json<MissingContent> {
    let files = kept.files.lock().expect("unpoisoned");
    let partial = kept.partial.lock().expect("unpoisoned");
    let name = |file: &Digest| format!("content/{file}");
    let missing = asked
        .files
        .into_iter()
        .filter(|file| !files.contains_key(&name(file)));
    let missing = missing.map(|sha256| MissingFile {
        sha256,
        held_bytes: partial.get(&name(&sha256)).map_or(0, |held| held.len() as u64),
    });
    Json(MissingContent {
        missing: missing.collect(),
    })
}

async fn serve() -> (Kept, SafeUrl) {
    let kept = Kept::default();
    let routes = Router::new()
        .route("/v1/catalogue/missing-content", post(missing))
        .route("/v1/catalogue/{*path}", put(take))
        .with_state(kept.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (kept, SafeUrl::parse(&url).expect("loopback"))
}

struct Vendor {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Vendor {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("Unicode");
        std::fs::create_dir_all(root.join("input")).expect("made");
        std::fs::write(root.join("input/read-me.txt"), "Draft\n".repeat(10_000)).expect("written");
        init(
            &root.join("cat"),
            &root.join("keys"),
            Lifetimes::default(),
            &SystemClock,
        )
        .expect("a catalogue");
        let vendor = Self {
            _folder: folder,
            root,
        };
        vendor.add("1.0.0");
        vendor
    }

    fn add(&self, version: &str) {
        self.add_with_patches(version, vec![]);
    }

    fn add_with_patches(&self, version: &str, patch_from: Vec<toolcrib_model::Version>) {
        std::fs::write(self.root.join("input/version"), version).expect("written");
        let identity = Identity {
            product: "draft".parse().expect("an id"),
            version: version.parse().expect("a version"),
            platform: toolcrib_model::Platform::Any,
            language: "en".parse().expect("a language"),
        };
        let addition = Addition {
            identity,
            from: self.root.join("input"),
            strip_prefix: None,
            product_file: None,
            sbom: None,
            making: Making {
                level: 3,
                ..Making::default()
            },
            patch_from,
            lifetimes: Lifetimes::default(),
        };
        add(
            &self.root.join("cat"),
            &self.root.join("keys"),
            &addition,
            &SystemClock,
            &Unwatched,
        )
        .expect("added");
    }

    async fn push(&self, url: &SafeUrl, token: &str) -> Result<toolcrib_publish::push::Pushed, Error> {
        let http = Http::new(Settings::new("toolcrib-publish/test")).expect("a network");
        let server = Server {
            http,
            url: url.clone(),
            token: Secret::new(token.to_owned()),
        };
        push(&self.root.join("cat"), &server, &SystemClock, &Unwatched).await
    }
}

#[tokio::test]
async fn the_server_ends_up_with_the_whole_catalogue_and_the_timestamp_comes_last() {
    let (kept, url) = serve().await;
    let vendor = Vendor::new();
    let pushed = vendor.push(&url, "right").await.expect("pushed");
    assert_eq!((pushed.content_sent, pushed.content_held), (3, 0));
    let order = kept.order.lock().expect("unpoisoned").clone();
    assert_eq!(
        order.last().map(String::as_str),
        Some("files/metadata/timestamp.json")
    );
    let first_file = order
        .iter()
        .position(|path| path.starts_with("files/"))
        .expect("files");
    assert!(
        order[first_file..].iter().all(|path| path.starts_with("files/")),
        "{order:?}"
    );
    for (path, bytes) in kept.files.lock().expect("unpoisoned").iter() {
        let own = vendor
            .root
            .join("cat")
            .join(path.strip_prefix("files/").unwrap_or(path));
        assert_eq!(std::fs::read(own).expect("ours"), *bytes);
    }
}

#[tokio::test]
async fn a_second_push_sends_only_new_content() {
    let (_kept, url) = serve().await;
    let vendor = Vendor::new();
    vendor.push(&url, "right").await.expect("pushed");
    let again = vendor.push(&url, "right").await.expect("pushed");
    assert_eq!(
        (again.content_sent, again.content_held, again.bytes_sent),
        (0, 3, 0)
    );
    vendor.add("1.1.0");
    let next = vendor.push(&url, "right").await.expect("pushed");
    assert_eq!((next.content_sent, next.content_held), (3, 3));
}

#[tokio::test]
async fn a_file_whose_sending_broke_off_goes_on_where_it_ended() {
    let (kept, url) = serve().await;
    let vendor = Vendor::new();
    *kept.breaks_after.lock().expect("unpoisoned") = Some(100);
    vendor.push(&url, "right").await.expect("pushed");
    assert!(kept.breaks_after.lock().expect("unpoisoned").is_none());
    assert!(kept.partial.lock().expect("unpoisoned").is_empty());
    for (path, bytes) in kept.files.lock().expect("unpoisoned").iter() {
        if let Some(digest) = path.strip_prefix("content/") {
            assert_eq!(Digest::of(bytes).to_string(), digest);
        }
    }
}

#[tokio::test]
async fn patches_are_sent_with_the_release_that_they_lead_to() {
    let mut sent = Vec::new();
    for patch_from in [vec![], vec!["1.0.0".parse().expect("a version")]] {
        let (_kept, url) = serve().await;
        let vendor = Vendor::new();
        vendor.push(&url, "right").await.expect("pushed");
        vendor.add_with_patches("1.1.0", patch_from);
        sent.push(vendor.push(&url, "right").await.expect("pushed").content_sent);
    }
    assert_eq!(sent[1], sent[0] + 2, "the patch index and its one part");
}

#[tokio::test]
async fn a_refusal_names_the_file_and_the_status() {
    let (_kept, url) = serve().await;
    let refused = Vendor::new().push(&url, "wrong").await;
    assert!(matches!(refused, Err(Error::Refused { status: 401, name, .. }) if name.starts_with("content/")));
}

#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let (kept, url) = serve().await;
    let vendor = Vendor::new();
    *kept.stumbles.lock().expect("unpoisoned") = Some(("snapshot.json", StatusCode::SERVICE_UNAVAILABLE));
    assert!(vendor.push(&url, "right").await.is_ok());
    assert!(kept.stumbles.lock().expect("unpoisoned").is_none());
}

#[tokio::test]
async fn a_push_that_was_broken_off_goes_on_where_it_ended() {
    let (kept, url) = serve().await;
    let vendor = Vendor::new();
    *kept.stumbles.lock().expect("unpoisoned") = Some(("snapshot.json", StatusCode::INSUFFICIENT_STORAGE));
    assert!(matches!(
        vendor.push(&url, "right").await,
        Err(Error::Refused { status: 507, .. })
    ));
    let timestamp = "files/metadata/timestamp.json";
    assert!(!kept.files.lock().expect("unpoisoned").contains_key(timestamp));
    let again = vendor.push(&url, "right").await.expect("pushed");
    assert_eq!(again.content_sent, 0);
    assert!(kept.files.lock().expect("unpoisoned").contains_key(timestamp));
}
