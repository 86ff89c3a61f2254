//! Browser Download: a release as plain files, for whoever holds a ticket.

use crate::common::catalogue::{files_with, index, part, write, write_files};
use crate::common::{Answer, NO_DOWNLOADS, NO_SEAT, Service, USER, answer, service};
use jiff::SignedDuration;
use serde_json::{Value, json};
use toolcrib_model::Digest;

const RELEASE: &str = "version=1.0.0&platform=linux-x86_64&language=en";

async fn files(service: &Service, user_id: &str, product: &str, query: &str) -> Answer {
    let token = service.token(user_id).await;
    let path = format!("/v1/products/{product}/files?{query}");
    service.get(&path, &token).await
}

/// What the person is told of the release of `zig`.
async fn zig(service: &Service) -> Value {
    files(service, USER, "zig", RELEASE).await.ok()
}

/// Fetches as a script does: without any session.
async fn fetch(service: &Service, url: &str) -> Answer {
    answer(service.request("GET", url)).await
}

fn url_of(told: &Value, path: &str) -> String {
    let files = told["files"].as_array().expect("a list");
    let file = files.iter().find(|file| file["path"] == path);
    let file = file.unwrap_or_else(|| panic!("{path} is not in {told}"));
    file["url"].as_str().expect("an address").to_owned()
}

#[tokio::test]
async fn the_files_of_a_release_are_the_folder_that_it_is_installed_from() {
    let service = service().await;
    let told = zig(&service).await;
    let listed = told["files"].as_array().expect("a list");
    let paths: Vec<&str> = listed.iter().filter_map(|file| file["path"].as_str()).collect();
    let listing = paths[4];
    assert!(
        listing.starts_with("catalogue/targets/") && listing.ends_with(".catalogue.json"),
        "{listing}"
    );
    assert_eq!(
        paths,
        [
            "manifest.json",
            "index.zst",
            "part-0001.zip",
            "catalogue/server",
            listing,
            "catalogue/metadata/1.root.json",
            "catalogue/metadata/1.targets.json",
            "catalogue/metadata/1.snapshot.json",
            "catalogue/metadata/timestamp.json",
        ]
    );
    for file in listed {
        let got = fetch(&service, file["url"].as_str().expect("an address")).await;
        let found = (
            got.status,
            Digest::of(&got.body).to_string(),
            got.body.len() as u64,
        );
        let told = (
            200,
            file["sha256"].as_str().expect("a digest").to_owned(),
            file["size_bytes"].as_u64().expect("a size"),
        );
        assert_eq!(found, told, "{file}");
    }
    let server = fetch(&service, &url_of(&told, "catalogue/server")).await;
    assert_eq!(server.text(), format!("{}\n", service.url));
}

#[tokio::test]
async fn the_digests_come_as_sha256sum_reads_them_and_the_commands_name_the_root() {
    let service = service().await;
    let told = zig(&service).await;
    let sums = fetch(&service, told["sums_url"].as_str().expect("an address"))
        .await
        .text();
    let part = format!("{}  part-0001.zip\n", Digest::of(&part("zig")));
    assert!(sums.contains(&part), "{sums}");
    assert!(
        sums.contains(&format!("{}  index.zst\n", Digest::of(&index("zig")))),
        "{sums}"
    );
    let root = fs_err::read(service.places.catalogue.join("metadata/1.root.json")).expect("a root");
    let root = Digest::of(&root);
    assert_eq!(told["fingerprint"], root.to_string());
    assert_eq!(
        told["install_command"],
        format!(
            "toolcrib --server {} install zig --version 1.0.0 --language en --from zig-1.0.0-linux-x86_64-en --trust {root}",
            service.url
        )
    );
}

#[tokio::test]
async fn the_scripts_are_files_to_be_saved_that_carry_the_ticket_and_no_session() {
    let service = service().await;
    let told = zig(&service).await;
    for (at, shell, name) in [(0, "sh", "sh"), (1, "powershell", "ps1")] {
        let script = &told["scripts"][at];
        assert_eq!(script["shell"], shell);
        let got = fetch(&service, script["url"].as_str().expect("an address")).await;
        assert_eq!(got.status, 200, "{}", got.text());
        assert_eq!(
            got.header("content-disposition"),
            format!("attachment; filename=\"zig-1.0.0-linux-x86_64-en.{name}\"")
        );
        let text = got.text();
        assert!(text.contains("'tcd_"), "{text}");
        assert!(!text.contains("tca_") && !text.contains("tcs_"), "{text}");
    }
}

#[tokio::test]
async fn a_part_is_answered_in_ranges_so_that_it_can_be_gone_on_with() {
    let service = service().await;
    let url = url_of(&zig(&service).await, "part-0001.zip");
    let whole = part("zig");
    let rest = answer(service.request("GET", &url).header("range", "bytes=200000-")).await;
    assert_eq!((rest.status, &rest.body[..]), (206, &whole[200_000..]));
    assert_eq!(rest.header("etag"), format!("\"{}\"", Digest::of(&whole)));
    assert_eq!(
        rest.header("content-disposition"),
        "attachment; filename=\"part-0001.zip\""
    );
    let past = answer(service.request("GET", &url).header("range", "bytes=300000-")).await;
    assert_eq!(past.status, 416);
}

#[tokio::test]
async fn only_whoever_may_have_the_product_is_told_its_files() {
    let service = service().await;
    files(&service, NO_DOWNLOADS, "zig", RELEASE)
        .await
        .refused(403, "not_permitted");
    files(&service, NO_SEAT, "sample-studio", RELEASE)
        .await
        .refused(403, "no_seat");
    files(&service, NO_SEAT, "zig", RELEASE).await.ok();
    files(&service, USER, "none", RELEASE)
        .await
        .refused(404, "not_found");
    for unknown in [
        "version=9.0.0&platform=linux-x86_64&language=en",
        "version=1.0.0&platform=windows-x86_64&language=en",
        "version=1.0.0&platform=linux-x86_64&language=de",
    ] {
        files(&service, USER, "zig", unknown)
            .await
            .refused(404, "not_found");
    }
}

#[tokio::test]
async fn a_query_that_names_no_package_is_refused() {
    let service = service().await;
    for hostile in [
        "",
        "version=1.0.0",
        "version=..%2F..&platform=linux-x86_64&language=en",
        "version=1.0.0%27%3Btouch%20x&platform=linux-x86_64&language=en",
        "version=1.0.0&platform=%24(id)&language=en",
        "version=1.0.0&platform=linux-x86_64&language=e%0An",
        "version=1.0.0&version=1.0.0&platform=linux-x86_64&language=en",
    ] {
        files(&service, USER, "zig", hostile)
            .await
            .refused(400, "invalid");
    }
}

#[tokio::test]
async fn nothing_but_the_files_of_the_folder_is_handed_out() {
    let service = service().await;
    let url = url_of(&zig(&service).await, "manifest.json");
    for path in [
        "other.json",
        "metadata/1.root.json",
        "catalogue/metadata/2.root.json",
        "..%2f..%2fkeys%2ftoken-key",
        "catalogue/%2e%2e/service.db",
        "content%2fx",
        "part-0002.zip",
        "download.exe",
    ] {
        let asked = url.replace("manifest.json", path);
        fetch(&service, &asked).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn a_ticket_is_for_one_package_and_for_a_day() {
    let service = service().await;
    let url = url_of(&zig(&service).await, "part-0001.zip");
    let (address, ticket) = url.split_once("?ticket=").expect("a ticket");
    for changed in [
        address.to_owned(),
        format!("{address}?ticket="),
        format!("{address}?ticket=tcd_AAAA"),
        format!("{address}?ticket={}A", &ticket[..ticket.len() - 1]),
        format!("{}?ticket={ticket}", address.replace("/zig/", "/sample-studio/")),
        format!("{}?ticket={ticket}", address.replace("/en/", "/de/")),
        format!("{}?ticket={ticket}", address.replace("/1.0.0/", "/1.0.1/")),
    ] {
        let refused = fetch(&service, &changed).await;
        refused.refused(403, "not_permitted");
    }
    service.advance(SignedDuration::from_secs(24 * 60 * 60 - 1));
    assert_eq!(fetch(&service, &url).await.status, 200);
    service.advance(SignedDuration::from_secs(1));
    fetch(&service, &url).await.refused(410, "not_permitted");
}

#[tokio::test]
async fn a_ticket_ends_with_the_seat_and_names_nobody() {
    let service = service().await;
    let told = files(&service, USER, "sample-studio", RELEASE).await.ok();
    let url = url_of(&told, "part-0001.zip");
    assert_eq!(fetch(&service, &url).await.status, 200);
    let old = service.url.clone();
    let service = service
        .with_sql(
            "DELETE FROM seats WHERE account_id IN (SELECT id FROM accounts WHERE user_id = 'user.one@smith.example')",
        )
        .await;
    let refused = fetch(&service, &url.replace(&old, &service.url)).await;
    refused.refused(403, "not_permitted");
    assert!(!refused.text().contains("smith.example"), "{}", refused.text());
}

#[tokio::test]
async fn a_ticket_ends_with_the_contract() {
    let service = service().await;
    service.advance(SignedDuration::from_hours(24 * (365 + 14)));
    let url = url_of(&zig(&service).await, "manifest.json");
    assert_eq!(fetch(&service, &url).await.status, 200);
    service.advance(SignedDuration::from_hours(23));
    assert_eq!(fetch(&service, &url).await.status, 200);
    service.advance(SignedDuration::from_mins(59));
    let later = url_of(&zig(&service).await, "manifest.json");
    service.advance(SignedDuration::from_hours(1));
    fetch(&service, &later).await.refused(403, "not_permitted");
}

#[tokio::test]
async fn a_withdrawn_release_is_refused_with_its_reason_and_shown_as_such() {
    let service = service().await;
    let url = url_of(&zig(&service).await, "part-0001.zip");
    let withdrawn = files_with(22, |listed| {
        listed["channels"] = json!({});
        listed["releases"][0]["withdrawn"] = json!(true);
        listed["releases"][0]["withdrawn_reason"] = json!("It loses files.");
    });
    write_files(&service.places.catalogue, &withdrawn);
    for refused in [
        files(&service, USER, "zig", RELEASE).await,
        fetch(&service, &url).await,
    ] {
        refused.refused(409, "conflict");
        assert!(refused.text().contains("It loses files."), "{}", refused.text());
    }
    let token = service.token(USER).await;
    let product = service.get("/v1/products/zig", &token).await.ok();
    assert_eq!(product["releases"], json!([]));
    assert_eq!(product["withdrawn"][0]["version"], "1.0.0");
    assert_eq!(product["withdrawn"][0]["reason"], "It loses files.");
}

#[tokio::test]
async fn what_is_in_no_channel_any_more_is_had_by_its_files() {
    let service = service().await;
    let promoted_away = files_with(22, |listed| listed["channels"] = json!({}));
    write_files(&service.places.catalogue, &promoted_away);
    let token = service.token(USER).await;
    let product = service.get("/v1/products/zig", &token).await.ok();
    assert_eq!(product["default_action"], "browser_download");
    files(&service, USER, "zig", RELEASE).await.ok();
}

#[tokio::test]
async fn a_publication_in_between_shows_in_the_digests_and_the_same_ticket_goes_on() {
    let service = service().await;
    let told = zig(&service).await;
    write(&service.places.catalogue, 22);
    let timestamp = fetch(&service, &url_of(&told, "catalogue/metadata/timestamp.json")).await;
    let sums = fetch(&service, told["sums_url"].as_str().expect("an address"))
        .await
        .text();
    let now = Digest::of(&timestamp.body).to_string();
    assert!(
        sums.contains(&format!("{now}  catalogue/metadata/timestamp.json\n")),
        "{sums}"
    );
    assert!(sums.contains("catalogue/metadata/22.snapshot.json\n"), "{sums}");
    let before = told["files"].as_array().expect("a list").last().expect("a file");
    assert_ne!(before["sha256"], now);
}
