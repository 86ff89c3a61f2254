//! What the organisation set for this computer.

use serde::Serialize;
use toolcrib_machine::policy::Form;

/// What is set, where that is written, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyView {
    /// The file, whether there is one or not.
    pub place: String,
    /// Every place that there is on this system; what one sets goes before the same key in those behind it.
    pub places: Vec<PolicyPlace>,
    /// Whether it counts.
    pub standing: PolicyStanding,
    /// What it sets, as far as it was understood.
    pub set: Vec<PolicySetting>,
    /// What is wrong with it.
    pub faults: Vec<PolicyFault>,
    /// What comes of the script that chooses proxies, where there is one and it was looked into.
    pub script: Option<ProxyScriptView>,
}

/// A script that chooses proxies, as this computer finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProxyScriptView {
    /// Where it lies.
    pub place: String,
    /// The server that it was asked about.
    pub server: String,
    /// The ways there, the best first, as `PROXY proxy.example:3128` or `DIRECT`.
    pub ways: Vec<String>,
    /// What is wrong with it; the way is then the one that the policy says for that case.
    pub fault: Option<String>,
}

/// Whether a policy counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyStanding {
    /// There is none.
    None,
    /// It counts.
    InForce,
    /// It cannot be believed or understood, and stops what it may govern.
    Refused,
}

/// One thing that is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicySetting {
    /// The key.
    pub key: String,
    /// What is set, as it is written.
    pub value: String,
    /// Where.
    pub place: String,
}

/// One place in which something may be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyPlace {
    /// In which form.
    pub form: Form,
    /// A path, or a key of the registry.
    pub place: String,
    /// Whether something is there.
    pub found: bool,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyFault {
    /// The key, if it is about one.
    pub key: Option<String>,
    /// What is wrong.
    pub text: String,
    /// Whether the whole is refused for it; otherwise the key is passed over.
    pub refused: bool,
    /// Where.
    pub place: String,
}

impl PolicyView {
    /// The places that are meant: those where something is wrong, else those where something is, else all that there are.
    pub fn named(&self) -> String {
        let wrong = self
            .faults
            .iter()
            .filter(|fault| fault.refused)
            .map(|fault| &fault.place);
        let found = self
            .places
            .iter()
            .filter(|place| place.found)
            .map(|place| &place.place);
        let all = self.places.iter().map(|place| &place.place);
        let mut named: Vec<&str> = match self.standing {
            PolicyStanding::Refused => wrong.map(String::as_str).collect(),
            PolicyStanding::InForce => found.map(String::as_str).collect(),
            PolicyStanding::None => all.map(String::as_str).collect(),
        };
        named.dedup();
        named.join(" and ")
    }
}
