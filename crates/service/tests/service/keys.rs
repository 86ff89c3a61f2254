//! The keys that sign leases, as the operator changes them beside a service that runs.

use crate::common::{TestDevice, USER, answer, service};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use toolcrib_wire::lease::LicenceKeys;

#[tokio::test]
async fn keys_that_are_rotated_and_retired_take_effect_while_the_service_runs() {
    let service = service().await;
    let keys = async || -> LicenceKeys {
        serde_json::from_value(answer(service.request("GET", "/v1/licence-keys")).await.ok()).expect("keys")
    };
    // Not on this thread: the service works on it, and may be in the middle of a write that the command waits for.
    let run = async |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_toolcrib-service"));
        command
            .args(arguments)
            .args(["--data", service.places.data.as_str()])
            .env_clear();
        let done = tokio::task::spawn_blocking(move || command.output())
            .await
            .expect("joins")
            .expect("runs");
        let told = String::from_utf8_lossy(&done.stdout).into_owned();
        (done.status.success(), told)
    };
    let old = keys().await.keys[0].key_id.clone();
    assert!(!run(&["keys", "retire", &old]).await.0);
    assert!(run(&["keys", "rotate"]).await.0);
    let token = service.device_token(USER, &TestDevice::new()).await;
    let lease = service
        .post("/v1/leases", &token, json!({"product": "zig"}))
        .await
        .ok();
    let now = keys().await;
    assert_eq!((now.keys.len(), &now.keys[1].key_id), (2, &old));
    let footer = lease["token"]
        .as_str()
        .and_then(|token| token.rsplit('.').next())
        .expect("a footer");
    let footer = URL_SAFE_NO_PAD.decode(footer).expect("Base64");
    assert_eq!(
        String::from_utf8(footer).expect("text"),
        format!("{{\"kid\":\"{}\"}}", now.keys[0].key_id)
    );
    assert!(run(&["keys", "retire", &old]).await.0);
    assert!(keys().await.keys[1].retired_at.is_some());
    let (_, listed) = run(&["keys", "list"]).await;
    assert!(
        listed.contains("signs") && listed.contains("retired since"),
        "{listed}"
    );
}
