//! The browser's side: the cookie, foreign pages, the pages themselves.

use crate::common::{Answer, MANAGER, Service, USER, answer, password, service};
use serde_json::json;

async fn portal_sign_in(service: &Service, headers: &[(&str, &str)]) -> Answer {
    let body = json!({"user_id": USER, "password": password(USER)});
    let request = service.request("POST", "/portal/session").json(&body);
    answer(
        headers
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value)),
    )
    .await
}

async fn cookie(service: &Service) -> String {
    let signed_in = portal_sign_in(service, &[("x-toolcrib-page", "1")]).await;
    assert_eq!(signed_in.ok()["user_id"], USER);
    let cookie = signed_in.header("set-cookie");
    assert!(cookie.contains("; HttpOnly; SameSite=Strict; "), "{cookie}");
    cookie.split(';').next().expect("a cookie").to_owned()
}

#[tokio::test]
async fn the_cookie_is_a_session_for_reading_and_for_our_own_pages() {
    let service = service().await;
    let cookie = cookie(&service).await;
    let me = answer(service.request("GET", "/v1/me").header("cookie", &cookie))
        .await
        .ok();
    assert_eq!(me["user_id"], USER);
    let links = |headers: &[(&str, &str)]| {
        let body = json!({"product": "zig", "files": []});
        let request = service
            .request("POST", "/v1/content-links")
            .header("cookie", &cookie)
            .json(&body);
        answer(
            headers
                .iter()
                .fold(request, |request, (name, value)| request.header(*name, *value)),
        )
    };
    links(&[]).await.refused(403, "foreign_page");
    links(&[("x-toolcrib-page", "1"), ("sec-fetch-site", "cross-site")])
        .await
        .refused(403, "foreign_page");
    links(&[("x-toolcrib-page", "1"), ("sec-fetch-site", "same-origin")])
        .await
        .ok();
}

#[tokio::test]
async fn a_foreign_page_cannot_sign_anybody_in() {
    let service = service().await;
    portal_sign_in(&service, &[]).await.refused(403, "foreign_page");
    let foreign = [("x-toolcrib-page", "1"), ("sec-fetch-site", "same-site")];
    portal_sign_in(&service, &foreign)
        .await
        .refused(403, "foreign_page");
}

#[tokio::test]
async fn signing_out_of_the_portal_takes_the_cookie_back() {
    let service = service().await;
    let cookie = cookie(&service).await;
    let request = service
        .request("DELETE", "/portal/session")
        .header("cookie", &cookie);
    let ended = answer(request.header("x-toolcrib-page", "1")).await;
    assert_eq!(ended.status, 204);
    assert!(
        ended.header("set-cookie").starts_with("toolcrib_session=; "),
        "{}",
        ended.header("set-cookie")
    );
    answer(service.request("GET", "/v1/me").header("cookie", &cookie))
        .await
        .refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_cookie_is_no_bearer_token_and_a_bearer_token_no_cookie() {
    let service = service().await;
    let cookie = cookie(&service).await;
    let token = cookie.split_once('=').expect("a value").1;
    service.get("/v1/me", token).await.refused(401, "not_signed_in");
    let bearer = service.token(MANAGER).await;
    let swapped = service
        .request("GET", "/v1/me")
        .header("cookie", format!("toolcrib_session={bearer}"));
    answer(swapped).await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn every_page_address_answers_the_page_with_a_strict_policy() {
    let service = service().await;
    for path in ["/", "/products", "/devices/anything"] {
        let page = answer(service.request("GET", path).header("accept", "text/html")).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(
            page.header("content-security-policy")
                .starts_with("default-src 'self'; ")
        );
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn an_address_that_is_no_page_is_not_found() {
    let service = service().await;
    answer(service.request("GET", "/v1/x").header("accept", "text/html"))
        .await
        .refused(404, "not_found");
    answer(service.request("GET", "/assets/none.js").header("accept", "*/*"))
        .await
        .refused(404, "not_found");
    answer(service.request("POST", "/products").header("accept", "text/html"))
        .await
        .refused(404, "not_found");
}
