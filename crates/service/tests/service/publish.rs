//! What the vendor sends: content, targets, metadata; and taking a catalogue over from a folder.

use crate::common::catalogue::{files, index, part};
use crate::common::{Answer, Service, USER, answer, data, service};
use toolcrib_model::Digest;
use toolcrib_service::check::check;
use toolcrib_service::import::import;
use toolcrib_service::server::open_store;

async fn send(service: &Service, method: &str, path: &str, body: Vec<u8>) -> Answer {
    let token = fs_err::read_to_string(service.places.data.join("publish-token")).expect("a token");
    answer(service.request(method, path).bearer_auth(token.trim()).body(body)).await
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
