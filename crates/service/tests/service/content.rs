//! Content links and the files behind them.

use crate::common::catalogue::{index, part};
use crate::common::{Answer, NO_DOWNLOADS, NO_SEAT, Service, USER, answer, service};
use jiff::SignedDuration;
use serde_json::json;
use toolcrib_model::Digest;

async fn links(service: &Service, user_id: &str, product: &str, files: &[Digest]) -> Answer {
    let token = service.token(user_id).await;
    service
        .post(
            "/v1/content-links",
            &token,
            json!({"product": product, "files": files}),
        )
        .await
}

async fn link(service: &Service) -> String {
    let links = links(service, USER, "zig", &[Digest::of(&part("zig"))])
        .await
        .ok();
    links["links"][0]["url"].as_str().expect("a link").to_owned()
}

#[tokio::test]
async fn links_come_in_the_order_asked_and_lead_to_the_files() {
    let service = service().await;
    let files = [Digest::of(&part("zig")), Digest::of(&index("zig"))];
    let links = links(&service, USER, "zig", &files).await.ok();
    let bodies = [part("zig"), index("zig")];
    for (at, body) in bodies.iter().enumerate() {
        assert_eq!(links["links"][at]["sha256"], files[at].to_string());
        let file = answer(service.request("GET", links["links"][at]["url"].as_str().expect("a link"))).await;
        assert_eq!((file.status, &file.body), (200, body));
        assert_eq!(file.header("etag"), format!("\"{}\"", files[at]));
        assert_eq!(file.header("accept-ranges"), "bytes");
        assert_eq!(file.header("content-length"), body.len().to_string());
    }
}

#[tokio::test]
async fn links_are_only_for_files_of_a_product_that_the_person_may_have() {
    let service = service().await;
    let (zig, studio) = (Digest::of(&part("zig")), Digest::of(&part("sample-studio")));
    links(&service, USER, "zig", &[zig, studio])
        .await
        .refused(404, "not_found");
    links(&service, USER, "zig", &[Digest::of(b"unknown")])
        .await
        .refused(404, "not_found");
    links(&service, NO_DOWNLOADS, "zig", &[zig])
        .await
        .refused(403, "not_permitted");
    links(&service, NO_SEAT, "sample-studio", &[studio])
        .await
        .refused(403, "no_seat");
    links(&service, NO_SEAT, "zig", &[zig]).await.ok();
    links(&service, USER, "zig", &vec![zig; 10_001])
        .await
        .refused(400, "invalid");
    assert_eq!(links(&service, USER, "zig", &vec![zig; 10_000]).await.status, 200);
}

#[tokio::test]
async fn a_link_that_was_changed_or_is_too_old_leads_nowhere() {
    let service = service().await;
    let link = link(&service).await;
    let service = &service;
    let get = |url: String| async move { answer(service.request("GET", &url)).await };
    let (zig, studio) = (
        Digest::of(&part("zig")).to_string(),
        Digest::of(&part("sample-studio")).to_string(),
    );
    get(link.replace(&zig, &studio))
        .await
        .refused(403, "not_permitted");
    get(link.replace("expires=1", "expires=2"))
        .await
        .refused(403, "not_permitted");
    get(link.replace("&sig=", "&sig=00"))
        .await
        .refused(403, "not_permitted");
    get(link.split("&sig=").next().expect("a part").to_owned())
        .await
        .refused(403, "not_permitted");
    get(link.split('?').next().expect("a part").to_owned())
        .await
        .refused(403, "not_permitted");
    service.advance(SignedDuration::from_secs(15 * 60 - 1));
    assert_eq!(get(link.clone()).await.status, 200);
    service.advance(SignedDuration::from_secs(1));
    get(link).await.refused(410, "not_permitted");
}

#[tokio::test]
async fn one_range_is_answered_exactly() {
    let service = service().await;
    let (link, whole) = (link(&service).await, part("zig"));
    let total = whole.len();
    let table = [
        ("bytes=0-0", 0, 0),
        ("bytes=1000-1999", 1_000, 1_999),
        ("bytes=262143-262145", 262_143, 262_145),
        ("bytes=299999-", 299_999, 299_999),
        ("bytes=299990-400000", 299_990, 299_999),
        ("bytes=-10", 299_990, 299_999),
        ("bytes=-400000", 0, 299_999),
    ];
    for (range, first, last) in table {
        let answer = answer(service.request("GET", &link).header("range", range)).await;
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(
            answer.header("content-range"),
            format!("bytes {first}-{last}/{total}"),
            "{range}"
        );
        assert_eq!(answer.body, whole[first..=last], "{range}");
    }
}

#[tokio::test]
async fn a_range_that_cannot_be_is_told_with_the_length_and_an_odd_one_gets_the_whole() {
    let service = service().await;
    let (link, total) = (link(&service).await, part("zig").len());
    for range in ["bytes=300000-", "bytes=300000-300001", "bytes=-0"] {
        let answer = answer(service.request("GET", &link).header("range", range)).await;
        assert_eq!(answer.status, 416, "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes */{total}"));
    }
    for range in ["bytes=5-1", "bytes=0-1,4-5", "lines=1-2", "bytes=x"] {
        let answer = answer(service.request("GET", &link).header("range", range)).await;
        assert_eq!((answer.status, answer.body.len()), (200, total), "{range}");
    }
}

#[tokio::test]
async fn validators_are_honoured() {
    let service = service().await;
    let link = link(&service).await;
    let etag = format!("\"{}\"", Digest::of(&part("zig")));
    let get = |headers: Vec<(&'static str, String)>| {
        let request = service.request("GET", &link);
        answer(
            headers
                .into_iter()
                .fold(request, |request, (name, value)| request.header(name, value)),
        )
    };
    assert_eq!(get(vec![("if-none-match", etag.clone())]).await.status, 304);
    let range = || ("range", "bytes=0-9".to_owned());
    assert_eq!(get(vec![range(), ("if-range", etag.clone())]).await.status, 206);
    assert_eq!(
        get(vec![range(), ("if-range", "\"another\"".to_owned())])
            .await
            .status,
        200
    );
    assert_eq!(
        get(vec![range(), ("if-range", format!("W/{etag}"))]).await.status,
        200
    );
    let head = answer(service.request("HEAD", &link)).await;
    assert_eq!((head.status, head.header("content-length")), (200, "300000"));
}

#[tokio::test]
async fn the_catalogue_is_public_and_what_lies_beside_it_is_not() {
    let service = service().await;
    let timestamp = answer(service.request("GET", "/catalogue/metadata/timestamp.json")).await;
    assert_eq!(
        (timestamp.status, timestamp.header("cache-control")),
        (200, "no-cache")
    );
    assert_eq!(timestamp.json()["signed"]["version"], 1);
    let listing = crate::common::catalogue::files(1)
        .into_keys()
        .find(|path| path.ends_with(".catalogue.json"));
    let listing =
        answer(service.request("GET", &format!("/catalogue/{}", listing.expect("a listing")))).await;
    assert_eq!(
        (listing.status, listing.header("cache-control")),
        (200, "public, max-age=31536000, immutable")
    );
    let content = format!("/catalogue/content/{}", Digest::of(&part("zig")));
    for path in [
        content.as_str(),
        "/catalogue/metadata",
        "/catalogue/metadata/2.root.json",
        "/catalogue/..%2fservice.db",
    ] {
        answer(service.request("GET", path))
            .await
            .refused(404, "not_found");
    }
}

#[tokio::test]
async fn the_newest_state_comes_in_one_answer() {
    let service = service().await;
    let files = crate::common::catalogue::files(1);
    let state = |query: &str| answer(service.request("GET", &format!("/catalogue/state{query}")));
    let whole = state("").await;
    assert_eq!((whole.status, whole.header("cache-control")), (200, "no-cache"));
    let whole = whole.json();
    assert_eq!(whole["newest_root"], 1);
    let came = whole["files"].as_object().expect("files");
    assert_eq!(came.len(), 5, "{:?}", came.keys());
    for (path, text) in came {
        let lies = std::str::from_utf8(&files[path]).expect("it is text");
        assert_eq!(text.as_str(), Some(lies), "{path}");
    }

    let held = came.keys().filter(|path| !path.ends_with("timestamp.json"));
    let held: Vec<_> = held.map(|path| Digest::of(&files[path]).to_string()).collect();
    let rest = state(&format!("?held={}", held.join(","))).await.json();
    let came: Vec<_> = rest["files"]
        .as_object()
        .expect("files")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        (came, &rest["newest_root"]),
        (vec!["metadata/timestamp.json"], &json!(1))
    );
    state("?held=root").await.refused(400, "invalid");
}

#[tokio::test]
async fn a_state_that_is_being_changed_is_asked_for_file_by_file() {
    let service = service().await;
    let timestamp = service.places.catalogue.join("metadata/timestamp.json");
    fs_err::write(&timestamp, "{\"signed\":{}}").expect("it can be written");
    answer(service.request("GET", "/catalogue/state"))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn bytes_of_content_are_counted() {
    let service = service().await;
    answer(
        service
            .request("GET", &link(&service).await)
            .header("range", "bytes=0-99"),
    )
    .await;
    let metrics = answer(service.request("GET", "/metrics")).await.text();
    assert!(
        metrics.contains("\ntoolcrib_content_bytes_total 100\n"),
        "{metrics}"
    );
    assert!(
        metrics.contains("toolcrib_requests_total{operation=\"content\",status=\"206\"} 1\n"),
        "{metrics}"
    );
    assert!(
        metrics.contains("toolcrib_sign_ins_total{outcome=\"accepted\"} 1\n"),
        "{metrics}"
    );
}
