//! A check and the simulated computers that report to it.

use super::{Answer, Service, answer};
use jiff::Timestamp;
use serde_json::{Value, json};
use toolcrib_model::{FactName, FactValue, Facts};
use toolcrib_readiness::seal::{Opened, Trust, open};
pub(crate) use toolcrib_service::demo::computers::Computer;
use toolcrib_wire::readiness::{Bundle, MachineReport};

pub(crate) const GB: u64 = 1_000_000_000;

/// A check that one admin made, as computers meet it.
pub(crate) struct Fleet<'a> {
    pub(crate) service: &'a Service,
    pub(crate) token: String,
    pub(crate) check: String,
    pub(crate) bundle: Opened<Bundle>,
}

/// A check for `zig` with a rule of the admin's own: 8 GB of memory.
pub(crate) fn new_check() -> Value {
    json!({
        "title": "Autumn", "products": [{"product": "zig"}], "expires_at": "2026-12-21T12:00:00Z",
        "rules": [{"id": "memory", "text": {"en": "Memory", "de": "Speicher"}, "fix": "Add memory.",
                   "minimum": {"fact": "memory.total_bytes", "at_least": "8 GB"}}]
    })
}

impl<'a> Fleet<'a> {
    pub(crate) async fn new(service: &'a Service, user_id: &str) -> Self {
        let token = service.token(user_id).await;
        Self::with_token(service, token).await
    }

    pub(crate) async fn with_token(service: &'a Service, token: String) -> Self {
        let made = service
            .post("/v1/readiness/checks", &token, new_check())
            .await
            .ok();
        let check = made["check"].as_str().expect("an id").to_owned();
        let path = format!("/v1/readiness/checks/{check}/bundle");
        let bundle = answer(service.request("GET", &path)).await;
        Self {
            service,
            token,
            check,
            bundle: open(&bundle.body, Trust::AnyKey).expect("a signed bundle"),
        }
    }

    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v1/readiness/checks/{}{rest}", self.check)
    }

    pub(crate) async fn get(&self, rest: &str) -> Answer {
        self.service.get(&self.path(rest), &self.token).await
    }

    pub(crate) async fn post(&self, rest: &str, body: Value) -> Answer {
        self.service.post(&self.path(rest), &self.token, body).await
    }

    /// Sends a signed report as a computer would: without any token.
    pub(crate) async fn send(&self, report: Vec<u8>) -> Answer {
        let request = self.service.request("POST", &self.path("/reports"));
        answer(request.header("content-type", "application/json").body(report)).await
    }

    /// A computer with that much memory reports now.
    pub(crate) async fn report(&self, computer: &Computer, memory: u64) -> Value {
        let report = report(computer, &self.bundle, facts(memory), self.service.now());
        self.send(report).await.ok()
    }
}

/// The facts of a Linux computer that has everything but perhaps memory.
pub(crate) fn facts(memory: u64) -> Facts {
    let mut facts = Facts::new();
    facts.know(FactName::OsFamily, FactValue::Text("linux".to_owned()));
    facts.know(FactName::Architecture, FactValue::Text("x86_64".to_owned()));
    facts.know(FactName::DiskFree, FactValue::Bytes(500 * GB));
    facts.know(FactName::DiskWritable, FactValue::Flag(true));
    facts.know(FactName::MemoryTotal, FactValue::Bytes(memory));
    facts
}

/// What a computer with those facts reports at a time.
pub(crate) fn report(computer: &Computer, bundle: &Opened<Bundle>, facts: Facts, at: Timestamp) -> Vec<u8> {
    changed_report(computer, bundle, facts, at, |_| ())
}

/// A report that was changed before it was signed.
pub(crate) fn changed_report(
    computer: &Computer,
    bundle: &Opened<Bundle>,
    facts: Facts,
    at: Timestamp,
    change: impl FnOnce(&mut MachineReport),
) -> Vec<u8> {
    let mut document = computer.report(bundle, facts, at);
    change(&mut document);
    computer.seal(&document).expect("sealed")
}
