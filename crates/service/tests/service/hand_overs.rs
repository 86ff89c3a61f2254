//! Handing over from the portal to the program: once, for ten minutes, as long as the portal's session goes on.

use crate::common::{
    Answer, MANAGER, NO_DOWNLOADS, NO_SEAT, Service, TestDevice, USER, answer, password, service,
};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use toolcrib_wire::invitation::Invitation;

/// Somebody's session in the portal.
struct Portal {
    cookie: String,
}

impl Portal {
    async fn of(service: &Service, user_id: &str) -> Self {
        let body = json!({"user_id": user_id, "password": password(user_id)});
        let request = service.request("POST", "/portal/session").json(&body);
        let signed_in = answer(request.header("x-toolcrib-page", "1")).await;
        signed_in.ok();
        let cookie = signed_in.header("set-cookie").split(';').next();
        Self {
            cookie: cookie.expect("a cookie").to_owned(),
        }
    }

    async fn send(&self, service: &Service, method: &str, path: &str, body: &Value) -> Answer {
        let request = service.request(method, path).json(body);
        answer(
            request
                .header("cookie", &self.cookie)
                .header("x-toolcrib-page", "1"),
        )
        .await
    }

    async fn hands_over(&self, service: &Service, wanted: &Value) -> Value {
        self.send(service, "POST", "/v1/hand-overs", wanted).await.ok()
    }

    async fn sample(&self, service: &Service) -> String {
        let made = self
            .hands_over(service, &json!({"product": "sample-studio"}))
            .await;
        made["token"].as_str().expect("a token").to_owned()
    }
}

async fn preview(service: &Service, token: &str) -> Answer {
    let body = json!({"token": token});
    answer(service.request("POST", "/v1/hand-overs/preview").json(&body)).await
}

async fn redeem(service: &Service, token: &str, device: &Value) -> Answer {
    let body = json!({"token": token, "device": device});
    answer(service.request("POST", "/v1/hand-overs/redemption").json(&body)).await
}

fn device() -> Value {
    TestDevice::new().introduction(USER)
}

fn access(redeemed: &Value) -> &str {
    redeemed["session"]["access_token"].as_str().expect("a token")
}

#[tokio::test]
async fn a_hand_over_signs_the_same_person_in_on_the_device_that_takes_it() {
    let service = service().await;
    let portal = Portal::of(&service, USER).await;
    let wanted = json!({"product": "sample-studio", "version": "1.0.0", "language": "en"});
    let made = portal.hands_over(&service, &wanted).await;
    let link: Invitation = made["link"].as_str().expect("a link").parse().expect("ours");
    assert_eq!(link.server.as_str().trim_end_matches('/'), service.url);
    let token = made["token"].as_str().expect("a token");
    assert_eq!(link.hand_over.as_ref().map(|token| token.expose()), Some(token));

    let told = preview(&service, token).await.ok();
    assert_eq!(
        (&told["user_id"], &told["product"]),
        (&json!(USER), &json!("sample-studio"))
    );
    let redeemed = redeem(&service, token, &device()).await.ok();
    assert_eq!(
        (&redeemed["version"], &redeemed["language"]),
        (&json!("1.0.0"), &json!("en"))
    );
    assert!(redeemed["session"]["device"].is_string());
    let me = service.get("/v1/me", access(&redeemed)).await.ok();
    assert_eq!(me["user_id"], USER);
    service
        .refresh(redeemed["session"]["refresh_token"].as_str().expect("a token"))
        .await
        .ok();
}

#[tokio::test]
async fn of_twenty_that_redeem_one_token_at_once_one_is_signed_in() {
    let service = service().await;
    let token = Portal::of(&service, USER).await.sample(&service).await;
    let devices: Vec<Value> = (0..20).map(|_| device()).collect();
    let answers = join_all(devices.iter().map(|device| redeem(&service, &token, device))).await;
    let signed_in = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(signed_in, 1);
    for refused in answers.iter().filter(|answer| answer.status != 200) {
        refused.refused(404, "not_found");
    }
    preview(&service, &token).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_hand_over_ends_after_ten_minutes() {
    let service = service().await;
    let portal = Portal::of(&service, USER).await;
    let (one, other) = (portal.sample(&service).await, portal.sample(&service).await);
    service.advance(SignedDuration::from_secs(599));
    redeem(&service, &one, &device()).await.ok();
    service.advance(SignedDuration::from_secs(1));
    preview(&service, &other).await.refused(404, "not_found");
    redeem(&service, &other, &device())
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_hand_over_ends_with_the_session_that_made_it_and_what_it_opened_goes_on() {
    let service = service().await;
    let portal = Portal::of(&service, USER).await;
    let (used, open) = (portal.sample(&service).await, portal.sample(&service).await);
    let redeemed = redeem(&service, &used, &device()).await.ok();
    let ended = portal
        .send(&service, "DELETE", "/portal/session", &json!({}))
        .await;
    assert_eq!(ended.status, 204);
    preview(&service, &open).await.refused(404, "not_found");
    redeem(&service, &open, &device()).await.refused(404, "not_found");
    service.get("/v1/me", access(&redeemed)).await.ok();
}

#[tokio::test]
async fn a_portal_session_that_is_ended_from_elsewhere_takes_its_hand_overs_along() {
    let service = service().await;
    let open = Portal::of(&service, USER).await.sample(&service).await;
    let elsewhere = service.token(USER).await;
    let sessions = service.get("/v1/me/sessions", &elsewhere).await.ok();
    let sessions = sessions["items"].as_array().expect("a list").clone();
    let other = sessions.iter().find(|session| session["this_session"] == false);
    let other = other.expect("the portal's")["session"]
        .as_str()
        .expect("an id")
        .to_owned();
    let request = service.request("DELETE", &format!("/v1/me/sessions/{other}"));
    assert_eq!(answer(request.bearer_auth(&elsewhere)).await.status, 204);
    redeem(&service, &open, &device()).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_proof_that_does_not_hold_uses_nothing_up() {
    let service = service().await;
    let token = Portal::of(&service, USER).await.sample(&service).await;
    let mut stolen = device();
    stolen["public_key"] = device()["public_key"].clone();
    for bad in [stolen, TestDevice::new().introduction(MANAGER)] {
        redeem(&service, &token, &bad).await.refused(400, "invalid");
    }
    redeem(&service, &token, &device()).await.ok();
}

#[tokio::test]
async fn nobody_hands_over_what_they_may_not_have() {
    let service = service().await;
    let studio = json!({"product": "sample-studio"});
    let ask = async |user_id: &str, wanted: &Value| {
        let portal = Portal::of(&service, user_id).await;
        portal.send(&service, "POST", "/v1/hand-overs", wanted).await
    };
    let no_seat = ask(NO_SEAT, &studio).await;
    no_seat.refused(403, "no_seat");
    assert!(no_seat.text().contains("Ask "), "it says whom to ask");
    ask(NO_DOWNLOADS, &studio).await.refused(403, "not_permitted");
    ask(USER, &json!({"product": "none"}))
        .await
        .refused(404, "not_found");
    let wanted = json!({"product": "sample-studio", "version": "77.0.0"});
    ask(USER, &wanted).await.refused(404, "not_found");
}

#[tokio::test]
async fn malformed_tokens_are_refused_without_being_repeated() {
    let service = service().await;
    let secret = "A".repeat(43);
    for token in [
        String::new(),
        format!("tcs_{secret}"),
        format!("tch_{secret}A"),
        format!("tch_{}\0", &secret[1..]),
        format!("tch_{}", "A".repeat(60_000)),
    ] {
        let refused = preview(&service, &token).await;
        refused.refused(400, "invalid");
        assert!(!refused.text().contains(&secret[..40]), "{}", refused.text());
        redeem(&service, &token, &device()).await.refused(400, "invalid");
    }
    let unknown = format!("tch_{secret}");
    preview(&service, &unknown).await.refused(404, "not_found");
    redeem(&service, &unknown, &device())
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn trying_tokens_is_limited_and_right_ones_are_not() {
    let service = service().await;
    let token = Portal::of(&service, USER).await.sample(&service).await;
    for _ in 0..60 {
        preview(&service, &token).await.ok();
    }
    let wrong = format!("tch_{}", "B".repeat(43));
    let tries = join_all((0..60).map(|_| preview(&service, &wrong))).await;
    let limited = tries.iter().filter(|answer| answer.status == 429).count();
    assert_eq!(limited, 20);
    let wait = tries.last().expect("one").header("retry-after").parse();
    service.advance(SignedDuration::from_secs(wait.expect("seconds")));
    preview(&service, &token).await.ok();
}

#[tokio::test]
async fn of_many_open_ones_the_newest_five_work() {
    let service = service().await;
    let portal = Portal::of(&service, USER).await;
    let mut made = Vec::new();
    for _ in 0..7 {
        made.push(portal.sample(&service).await);
        service.advance(SignedDuration::from_secs(1));
    }
    let alive = join_all(made.iter().map(|token| preview(&service, token))).await;
    let statuses: Vec<u16> = alive.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [404, 404, 200, 200, 200, 200, 200]);
}

#[tokio::test]
async fn the_new_session_says_when_the_person_truly_proved_who_they_are() {
    let service = service().await;
    let portal = Portal::of(&service, USER).await;
    let signed_in_at = service.now();
    service.advance(SignedDuration::from_mins(30));
    let token = portal.sample(&service).await;
    let redeemed = redeem(&service, &token, &device()).await.ok();
    let sessions = service.get("/v1/me/sessions", access(&redeemed)).await.ok();
    let own = sessions["items"].as_array().expect("a list").iter();
    let own = own
        .clone()
        .find(|session| session["this_session"] == true)
        .expect("its own");
    let said: Timestamp = own["signed_in_at"]
        .as_str()
        .expect("a time")
        .parse()
        .expect("a time");
    assert_eq!(said, signed_in_at);
    // So it is no fresh proof: a first lease asks for the password.
    let lease = json!({"product": "sample-studio"});
    let lease = service.post("/v1/leases", access(&redeemed), lease).await;
    lease.refused(403, "verification_needed");
}

#[tokio::test]
async fn a_session_that_is_months_old_hands_nothing_over() {
    let service = service().await;
    let session = service.session(USER, &TestDevice::new()).await;
    service.advance(SignedDuration::from_hours(24 * 30));
    let refresh = session["refresh_token"].as_str().expect("a token");
    let next = service.refresh(refresh).await.ok();
    let token = next["access_token"].as_str().expect("a token");
    let asked = service
        .post("/v1/hand-overs", token, json!({"product": "sample-studio"}))
        .await;
    asked.refused(403, "verification_needed");
}

#[tokio::test]
async fn a_foreign_page_cannot_make_a_browser_hand_over() {
    let service = service().await;
    let portal = Portal::of(&service, USER).await;
    let request = service
        .request("POST", "/v1/hand-overs")
        .json(&json!({"product": "sample-studio"}));
    answer(request.header("cookie", &portal.cookie))
        .await
        .refused(403, "foreign_page");
}

#[tokio::test]
async fn the_database_holds_no_token() {
    let service = service().await;
    let token = Portal::of(&service, USER).await.sample(&service).await;
    let (_folder, places) = service.stop().await;
    let folder = places.database.parent().expect("a folder");
    for file in folder.read_dir_utf8().expect("lists").flatten() {
        if file.file_type().is_ok_and(|kind| kind.is_file()) {
            let bytes = fs_err::read(file.path()).expect("reads");
            let held = bytes
                .windows(token.len())
                .any(|window| window == token.as_bytes());
            assert!(!held, "{}", file.path());
        }
    }
}
