//! What the vendor sends: content, targets, metadata; and taking a catalogue over from a folder.

use crate::common::catalogue::{files, index, part};
use crate::common::{Answer, Service, USER, answer, data, service};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use toolcrib_model::Digest;
use toolcrib_service::check::check;
use toolcrib_service::import::import;
use toolcrib_service::server::open_store;

fn token(service: &Service) -> String {
    let token = fs_err::read_to_string(service.places.data.join("publish-token"));
    token.expect("a token").trim().to_owned()
}

async fn send(service: &Service, method: &str, path: &str, body: Vec<u8>) -> Answer {
    answer(
        service
            .request(method, path)
            .bearer_auth(token(service))
            .body(body),
    )
    .await
}

/// Announces `length` bytes, sends `bytes` and hangs up.
async fn break_off(service: &Service, path: &str, bytes: &[u8], length: usize) {
    let place = service.url.strip_prefix("http://").expect("loopback");
    let mut stream = TcpStream::connect(place).await.expect("connects");
    let head = format!(
        "PUT {path} HTTP/1.1\r\nHost: {place}\r\nAuthorization: Bearer {}\r\nContent-Length: {length}\r\n\r\n",
        token(service)
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    stream.write_all(bytes).await.expect("sent");
    stream.shutdown().await.expect("ended");
    // The service answers once it has seen the end.
    let _ = stream.read_to_end(&mut Vec::new()).await;
}

/// What the service says is missing of `files`.
async fn missing(service: &Service, files: &[Digest]) -> Value {
    let asked = json!({ "files": files });
    let answer = service
        .post("/v1/catalogue/missing-content", &token(service), asked)
        .await;
    answer.ok()["missing"].clone()
}

#[tokio::test]
async fn content_is_taken_only_as_what_its_name_says() {
    let service = service().await;
    let bytes = vec![7; 3_000_000];
    let digest = Digest::of(&bytes);
    let path = format!("/v1/catalogue/content/{digest}");
    assert_eq!(send(&service, "HEAD", &path, vec![]).await.status, 404);
    send(&service, "PUT", &path, vec![8; 10])
        .await
        .refused(400, "invalid");
    assert_eq!(send(&service, "HEAD", &path, vec![]).await.status, 404);
    assert_eq!(send(&service, "PUT", &path, bytes.clone()).await.status, 201);
    assert_eq!(send(&service, "PUT", &path, bytes).await.status, 200);
    let head = send(&service, "HEAD", &path, vec![]).await;
    assert_eq!((head.status, head.header("content-length")), (200, "3000000"));
    let left = fs_err::read_dir(&service.places.content).expect("lists");
    let names = left.map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    assert_eq!(names.filter(|name| name.starts_with('.')).count(), 0);
    send(&service, "PUT", "/v1/catalogue/content/xyz", vec![])
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_sending_that_broke_off_goes_on_where_it_ended() {
    let service = service().await;
    let bytes = vec![7; 300_000];
    let (digest, here) = (Digest::of(&bytes), Digest::of(b"here"));
    let path = format!("/v1/catalogue/content/{digest}");
    send(
        &service,
        "PUT",
        &format!("/v1/catalogue/content/{here}"),
        b"here".to_vec(),
    )
    .await;
    let nothing = json!([{ "sha256": digest, "held_bytes": 0 }]);
    assert_eq!(missing(&service, &[here, digest]).await, nothing);
    break_off(&service, &path, &bytes[..100_000], bytes.len()).await;
    let held = missing(&service, &[digest]).await[0]["held_bytes"].as_u64();
    let held = held.expect("a length");
    assert_eq!(held, 100_000, "what arrived is kept");
    send(&service, "PUT", &format!("{path}?from=7"), vec![])
        .await
        .refused(409, "conflict");
    let rest = bytes[held as usize..].to_vec();
    assert_eq!(
        send(&service, "PUT", &format!("{path}?from={held}"), rest)
            .await
            .status,
        201
    );
    assert_eq!(missing(&service, &[here, digest]).await, json!([]));
}

#[tokio::test]
async fn a_new_catalogue_takes_effect_with_its_timestamp_and_only_when_it_is_whole() {
    let service = service().await;
    let new = files(2);
    let put = async |path: &str| {
        send(
            &service,
            "PUT",
            &format!("/v1/catalogue/files/{path}"),
            new[path].clone(),
        )
        .await
    };
    put("metadata/timestamp.json").await.refused(409, "conflict");
    for path in new.keys().filter(|path| !path.ends_with("timestamp.json")) {
        assert!([200, 201].contains(&put(path).await.status), "{path}");
    }
    let summary = async || {
        let token = service.token(USER).await;
        service.get("/v1/products/zig", &token).await.ok()["summary"].clone()
    };
    assert_eq!(summary().await, "published 1 times");
    assert_eq!(put("metadata/timestamp.json").await.status, 201);
    assert_eq!(summary().await, "published 2 times");
    let old = files(1)["metadata/timestamp.json"].clone();
    send(
        &service,
        "PUT",
        "/v1/catalogue/files/metadata/timestamp.json",
        old,
    )
    .await
    .refused(409, "conflict");
}

#[tokio::test]
async fn files_of_the_catalogue_never_change_and_nothing_else_gets_in() {
    let service = service().await;
    let put = async |path: &str, body: &[u8]| {
        send(
            &service,
            "PUT",
            &format!("/v1/catalogue/files/{path}"),
            body.to_vec(),
        )
        .await
    };
    put("metadata/1.root.json", b"{}").await.refused(409, "conflict");
    put("metadata/root.json", b"{}").await.refused(400, "invalid");
    put("content/x", b"{}").await.refused(400, "invalid");
    put("targets/catalogue.json", b"{}").await.refused(400, "invalid");
    put("targets/..%2f..%2fservice.db", b"{}")
        .await
        .refused(404, "not_found");
    put("metadata/timestamp.json", b"{}")
        .await
        .refused(400, "invalid");
}

#[tokio::test]
async fn a_catalogue_is_taken_over_whole_and_only_once() {
    let ((_one, from), (_other, to)) = (data(), data());
    crate::common::catalogue::write(&from.catalogue, 1);
    open_store(&to).await.expect("opens").close().await;
    let first = import(&from.catalogue, &to).await.expect("is taken over");
    assert_eq!((first.new, first.known), (11, 0));
    let second = import(&from.catalogue, &to).await.expect("is there already");
    assert_eq!((second.new, second.known), (0, 11));
    check(&to, true).await.expect("all is sound");
}

#[tokio::test]
async fn a_catalogue_that_is_not_whole_is_not_taken_over() {
    let ((_one, from), (_other, to)) = (data(), data());
    import(&from.catalogue, &to).await.expect_err("there is none");
    crate::common::catalogue::write(&from.catalogue, 1);
    let missing = from.content.join(Digest::of(&part("zig")).to_string());
    fs_err::remove_file(&missing).expect("is removed");
    import(&from.catalogue, &to).await.expect_err("a part is missing");
    assert!(!to.catalogue.join("metadata/timestamp.json").exists());
    fs_err::write(&missing, b"something else").expect("is written");
    let wrong = import(&from.catalogue, &to)
        .await
        .expect_err("a part is another file")
        .to_string();
    assert!(wrong.contains("digest"), "{wrong}");
}

#[tokio::test]
async fn check_finds_what_is_damaged() {
    let (_folder, places) = data();
    check(&places, false).await.expect_err("there is no database");
    crate::common::catalogue::write(&places.catalogue, 1);
    open_store(&places).await.expect("opens").close().await;
    check(&places, true).await.expect("all is sound");
    let path = places.content.join(Digest::of(&index("zig")).to_string());
    fs_err::write(&path, b"inDex of zig").expect("is damaged");
    check(&places, false).await.expect("the length is right");
    let found = check(&places, true)
        .await
        .expect_err("the digest is wrong")
        .to_string();
    assert_eq!(
        found,
        "what the service keeps is not sound; faults listed above: 1"
    );
}
