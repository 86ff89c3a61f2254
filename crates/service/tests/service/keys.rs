//! The keys that sign leases, as the operator changes them beside a service that runs.

use crate::common::{Service, TestDevice, USER, answer, service};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use toolcrib_wire::lease::{LicenceKey, LicenceKeys};

#[tokio::test]
async fn keys_that_are_rotated_and_retired_take_effect_while_the_service_runs() {
    let service = service().await;
    let old = published(&service).await[0].key_id.clone();
    assert!(!run(&service, &["keys", "retire", &old]).await.0);
    assert!(run(&service, &["keys", "rotate"]).await.0);
    let token = service.device_token(USER, &TestDevice::new()).await;
    let lease = service
        .post("/v1/leases", &token, json!({"product": "zig"}))
        .await
        .ok();
    let now = published(&service).await;
    assert_eq!((now.len(), &now[1].key_id), (2, &old));
    let footer = lease["token"]
        .as_str()
        .and_then(|token| token.rsplit('.').next())
        .expect("a footer");
    let footer = URL_SAFE_NO_PAD.decode(footer).expect("Base64");
    assert_eq!(
        String::from_utf8(footer).expect("text"),
        format!("{{\"kid\":\"{}\"}}", now[0].key_id)
    );
    assert!(run(&service, &["keys", "retire", &old]).await.0);
    assert!(published(&service).await[1].retired_at.is_some());
    let (_, listed) = run(&service, &["keys", "list"]).await;
    assert!(
        listed.contains("signs") && listed.contains("retired since"),
        "{listed}"
    );
}

#[tokio::test]
async fn keys_that_are_rotated_at_the_same_time_are_all_kept() {
    const AT_ONCE: usize = 4;
    let service = service().await;
    let before = published(&service).await.len();
    let rotations = (0..AT_ONCE).map(|_| run(&service, &["keys", "rotate"]));
    for (done, told) in futures::future::join_all(rotations).await {
        assert!(done, "{told}");
    }
    assert_eq!(published(&service).await.len(), before + AT_ONCE);
}

/// The keys that the service publishes now.
async fn published(service: &Service) -> Vec<LicenceKey> {
    let said = answer(service.request("GET", "/v1/licence-keys")).await.ok();
    let keys: LicenceKeys = serde_json::from_value(said).expect("keys");
    keys.keys
}

/// Runs the operator's command beside the service. Answers whether it did what was asked, and what it said.
async fn run(service: &Service, words: &[&str]) -> (bool, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_toolcrib-service"));
    command
        .args(words)
        .args(["--data", service.places.data.as_str()])
        .env_clear();
    // Not on this thread: the service works on it, and may be in the middle of a write that the command waits for.
    let done = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("joins")
        .expect("runs");
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    (done.status.success(), told)
}
