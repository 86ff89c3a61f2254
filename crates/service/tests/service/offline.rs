//! Computers without a network, and computers that are taken offline for a while.

use crate::common::{Answer, MANAGER, NO_SEAT, Service, TestDevice, USER, password, service};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use toolcrib_trust::offline::{Asked, TrustedAnswer, read_answer, sign_request};
use toolcrib_wire::lease::LicenceKeys;
use toolcrib_wire::offline::{OfflineAct, OfflineRequest};
use toolcrib_wire::schema::Schema;

/// A computer that never has a network, with the licence keys that it knows.
struct Island {
    device: TestDevice,
    keys: LicenceKeys,
    asked: u32,
}

impl Island {
    fn new() -> Self {
        Self {
            device: TestDevice::new(),
            keys: LicenceKeys::default(),
            asked: 0,
        }
    }

    fn request(&mut self, act: OfflineAct, product: &str) -> OfflineRequest {
        self.asked += 1;
        OfflineRequest {
            schema: Schema,
            act,
            product: product.parse().expect("a product"),
            device_key: hex::encode(self.device.public()),
            device_name: "Press 4".to_owned(),
            platform: "linux-x86_64".parse().expect("a platform"),
            nonce: format!("{}{:08x}", &hex::encode(self.device.public())[..24], self.asked),
            made_at: Timestamp::UNIX_EPOCH,
            serial: None,
            lease: None,
            offline_until: None,
        }
    }

    fn signed(&self, request: &OfflineRequest) -> String {
        sign_request(request, |bytes| self.device.sign(bytes)).expect("signs")
    }

    /// Takes an answer as the computer would: against the keys that it knows and the request that it made.
    fn takes(&mut self, reply: &Value, request: &OfflineRequest) -> TrustedAnswer {
        let asked = Asked {
            act: request.act,
            product: &request.product,
            nonce: &request.nonce,
            device_key: &self.device.public(),
        };
        let text = reply["answer"].as_str().expect("text");
        let taken = read_answer(text, &self.keys, &asked).expect("is believed");
        self.keys = taken.keys();
        taken
    }
}

async fn carry(service: &Service, token: &str, request: &str) -> Answer {
    service
        .post("/v1/offline/answers", token, json!({"request": request}))
        .await
}

#[tokio::test]
async fn a_computer_without_a_network_lives_its_whole_life_by_requests_and_answers() {
    let service = service().await;
    let mut island = Island::new();
    let asked = island.request(OfflineAct::Activate, "zig");
    let reply = carry(&service, &service.token(USER).await, &island.signed(&asked))
        .await
        .ok();
    assert_eq!(
        (&reply["device_name"], &reply["act"]),
        (&json!("Press 4"), &json!("activate"))
    );
    let first = island.takes(&reply, &asked);
    let first = first.lease().expect("a lease").claims().clone();
    assert_eq!((first.sequence, first.user_id.as_str()), (1, USER));
    assert_eq!(first.terms.identity_verified_at, service.now());

    service.advance(SignedDuration::from_hours(24 * 20));
    let asked = island.request(OfflineAct::Renew, "zig");
    let reply = carry(&service, &service.token(USER).await, &island.signed(&asked))
        .await
        .ok();
    let second = island.takes(&reply, &asked);
    let second = second.lease().expect("a lease").claims().clone();
    assert_eq!((second.sequence, second.device), (2, first.device));
    assert_eq!(
        second.terms.verify_by,
        service.now() + SignedDuration::from_hours(24 * 30)
    );

    let asked = island.request(OfflineAct::Release, "zig");
    let token = service.token(USER).await;
    let reply = carry(&service, &token, &island.signed(&asked)).await.ok();
    assert!(island.takes(&reply, &asked).lease().is_none());
    let devices = service.get("/v1/devices", &token).await.ok();
    assert_eq!(devices["items"][0]["licences"], json!([]));
    let path = format!("/v1/devices/{}/timeline", first.device);
    let told = service.get(&path, &token).await.ok().to_string();
    for event in ["lease_granted", "lease_verified", "offline_answered", "released"] {
        assert!(told.contains(event), "{event}: {told}");
    }
}

#[tokio::test]
async fn a_released_computer_makes_room_for_another_one() {
    let service = service().await;
    let token = service.token(USER).await;
    let mut islands = [Island::new(), Island::new(), Island::new()];
    for (at, island) in islands.iter_mut().enumerate() {
        let asked = island.request(OfflineAct::Activate, "zig");
        let answer = carry(&service, &token, &island.signed(&asked)).await;
        match at {
            0 | 1 => drop(answer.ok()),
            _ => answer.refused(403, "device_limit"),
        }
    }
    let devices = service.get("/v1/devices", &token).await.ok();
    let third = devices["items"][2]["device"].as_str().expect("an id");
    let told = service
        .get(&format!("/v1/devices/{third}/timeline"), &token)
        .await
        .ok();
    assert_eq!(told["items"][0]["reason"], "device_limit");
    let release = islands[0].request(OfflineAct::Release, "zig");
    carry(&service, &token, &islands[0].signed(&release)).await.ok();
    let asked = islands[2].request(OfflineAct::Activate, "zig");
    carry(&service, &token, &islands[2].signed(&asked)).await.ok();
}

#[tokio::test]
async fn a_request_is_answered_once_and_a_lost_answer_can_be_had_again_by_the_same_person() {
    let service = service().await;
    let mut island = Island::new();
    let token = service.token(USER).await;
    let activate = island.request(OfflineAct::Activate, "zig");
    let text = island.signed(&activate);
    let first = carry(&service, &token, &text).await.ok();
    service.advance(SignedDuration::from_hours(1));
    assert_eq!(
        carry(&service, &service.token(USER).await, &text).await.ok(),
        first
    );
    carry(&service, &service.token(MANAGER).await, &text)
        .await
        .refused(409, "conflict");
    // An old release cannot free the place of a lease that came after it.
    let release = island.request(OfflineAct::Release, "zig");
    let release = island.signed(&release);
    let token = service.token(USER).await;
    carry(&service, &token, &release).await.ok();
    service.advance(SignedDuration::from_mins(1));
    let again = island.request(OfflineAct::Activate, "zig");
    carry(&service, &service.token(USER).await, &island.signed(&again))
        .await
        .ok();
    carry(&service, &token, &release).await.ok();
    let devices = service.get("/v1/devices", &token).await.ok();
    assert_eq!(devices["items"][0]["licences"][0]["product"], "zig");
}

#[tokio::test]
async fn long_after_signing_in_the_password_is_asked_for() {
    let service = service().await;
    let mut island = Island::new();
    let token = service.token(USER).await;
    service.advance(SignedDuration::from_mins(11));
    let asked = island.request(OfflineAct::Activate, "zig");
    let text = island.signed(&asked);
    carry(&service, &token, &text)
        .await
        .refused(403, "verification_needed");
    let body = |password: &str| json!({"request": text, "password": password});
    service
        .post("/v1/offline/answers", &token, body("wrong"))
        .await
        .refused(401, "wrong_credentials");
    service
        .post("/v1/offline/answers", &token, body(password(USER)))
        .await
        .ok();
}

#[tokio::test]
async fn what_is_no_request_or_was_changed_is_refused_and_a_seat_is_needed() {
    let service = service().await;
    let mut island = Island::new();
    let token = service.token(NO_SEAT).await;
    let asked = island.request(OfflineAct::Activate, "sample-studio");
    let text = island.signed(&asked);
    carry(&service, &token, &text).await.refused(403, "no_seat");
    let middle = text.len() / 2;
    let flipped = if text.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let changed = format!("{}{flipped}{}", &text[..middle], &text[middle + 1..]);
    for bad in ["", "toolcrib-request.v4.public.AAAA", &changed] {
        carry(&service, &token, bad).await.refused(400, "invalid");
    }
    let unknown = island.request(OfflineAct::Release, "zig");
    carry(&service, &token, &island.signed(&unknown))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_request_may_bring_the_serial_number_and_the_wish_to_be_offline() {
    let service = service().await;
    let mut island = Island::new();
    let until = service.now() + SignedDuration::from_hours(24 * 59);
    let asked = OfflineRequest {
        serial: Some("220-0000001-9".to_owned()),
        offline_until: Some(until),
        ..island.request(OfflineAct::Activate, "sample-studio")
    };
    let token = service.token(USER).await;
    let reply = carry(&service, &token, &island.signed(&asked)).await.ok();
    let taken = island.takes(&reply, &asked);
    let lease = taken.lease().expect("a lease").claims();
    assert_eq!(lease.terms.offline_until, Some(until));
    assert_eq!(reply["works_until"], json!(until));
    let wrong = OfflineRequest {
        serial: Some("220-00000018".to_owned()),
        ..island.request(OfflineAct::Renew, "sample-studio")
    };
    carry(&service, &token, &island.signed(&wrong))
        .await
        .refused(400, "invalid");
}

#[tokio::test]
async fn a_product_is_taken_offline_goes_on_so_and_is_brought_back() {
    let service = service().await;
    let device = TestDevice::new();
    let token = service.device_token(USER, &device).await;
    let until = service.now() + SignedDuration::from_hours(24 * 50);
    let lease = async |wish: Value| {
        let mut body = json!({"product": "zig"});
        body.as_object_mut()
            .expect("an object")
            .extend(wish.as_object().expect("an object").clone());
        service.post("/v1/leases", &token, body).await
    };
    let licence = async || {
        let devices = service.get("/v1/devices", &token).await.ok();
        devices["items"][0]["licences"][0].clone()
    };
    lease(json!({"offline_until": service.now() + SignedDuration::from_hours(24 * 61)}))
        .await
        .refused(400, "invalid");
    lease(json!({"offline_until": until})).await.ok();
    lease(json!({})).await.ok();
    assert_eq!(
        (&licence().await["offline_until"], &licence().await["works_until"]),
        (&json!(until), &json!(until))
    );
    lease(json!({"return_early": true})).await.ok();
    assert_eq!(licence().await["offline_until"], Value::Null);
    let id = service.get("/v1/devices", &token).await.ok()["items"][0]["device"].clone();
    let path = format!("/v1/devices/{}/timeline", id.as_str().expect("an id"));
    let told = service.get(&path, &token).await.ok();
    let events: Vec<&str> = told["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["event"].as_str())
        .collect();
    assert_eq!(
        events,
        ["returned", "lease_renewed", "taken_offline", "device_registered"]
    );
}
