//! From what is written to a policy (pure): every fault is told, and one that may change a meaning refuses the whole.
//!
//! A key that is known and not understood refuses everything: nobody can say what the organisation wants then. A key that
//! is not known is told and passed over, so that a policy may be handed out before every program is new enough for it.
//! Where several places say something, each is judged by itself, and the first one that sets a key sets it.

use super::forms::{Entries, meant};
use super::table::{MOST_CONNECTIONS, MOST_DOMAINS, MOST_SERVERS};
use super::{Folder, Key, Policy};
use crate::error::Error;
use crate::view::{LimitChoice, PolicyFault, PolicySetting};
use camino::{Utf8Path, Utf8PathBuf};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use toolcrib_machine::policy::{Document, Source};
use toolcrib_net::dns::{BadDomain, Domain};
use toolcrib_net::{ProxyChoice, SafeUrl};
use toolcrib_pac::Place;

/// The shape that is known here.
const SCHEMA: u64 = 1;

/// A policy that was read, with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    pub(super) policy: Policy,
    pub(super) faults: Vec<PolicyFault>,
    /// The places where something is written.
    pub(super) places: BTreeSet<Utf8PathBuf>,
    /// What is set, as it is written.
    written: BTreeMap<Key, Value>,
}

/// Judges what was written in each place, the one that goes before the others first.
pub(super) fn judge(found: impl IntoIterator<Item = (Source, Result<Document, Error>)>) -> Judged {
    let mut judged = Judged::default();
    for (source, document) in found {
        judged.places.insert(source.place.clone());
        match document {
            Ok(document) => judged.take_all(&source.place, &document),
            // A policy that is there and cannot be read or believed.
            Err(error) => judged.refuse(&source.place, None, error.sentence().trim_end_matches('.')),
        }
    }
    judged.must_fit_together();
    judged
}

impl Judged {
    /// Whether it stops what it may govern.
    pub(super) fn is_refused(&self) -> bool {
        self.faults.iter().any(|fault| fault.refused)
    }

    /// What is set, in the order of the keys.
    pub(super) fn settings(&self) -> Vec<PolicySetting> {
        let set = self.written.iter().map(|(key, value)| PolicySetting {
            key: key.name().to_owned(),
            value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            place: self.policy.place_of(*key).into_string(),
        });
        set.collect()
    }

    fn take_all(&mut self, place: &Utf8Path, document: &Document) {
        match meant(document, SCHEMA) {
            Ok(meant) => match fault_of_schema(meant.schema.as_ref()) {
                None => self.take_each(place, meant.entries),
                Some(why) => self.refuse(place, Some("schema"), &why),
            },
            Err(why) => self.refuse(place, None, &why),
        }
    }

    fn take_each(&mut self, place: &Utf8Path, entries: Entries) {
        let meant = entries
            .into_iter()
            .filter(|(name, value)| name != "$schema" && !matches!(value, Ok(Value::Null)));
        for (name, value) in meant {
            match Key::named(&name) {
                Some(key) => self.take(place, key, value),
                None => self.pass_over(place, &name),
            }
        }
    }

    /// Judged also where a place before this one sets the key already: nobody is to find out when that one is gone.
    fn take(&mut self, place: &Utf8Path, key: Key, value: Result<Value, String>) {
        let mut policy = self.policy.clone();
        let set = value.and_then(|value| policy.set(key, &value).map(|()| value));
        match set {
            Ok(_) if self.written.contains_key(&key) => {}
            Ok(value) => {
                policy.places.insert(key, place.to_owned());
                self.policy = policy;
                self.written.insert(key, value);
            }
            Err(why) => self.refuse(place, Some(key.name()), &why),
        }
    }

    /// A script fails on days on which nobody knows what the system would have said.
    fn must_fit_together(&mut self) {
        let has_script = self.policy.proxy_script.is_some();
        if has_script && matches!(self.policy.proxy, Some(ProxyChoice::System)) {
            let why = "beside `proxy_script` it says where to go without the script: `direct`, or an address";
            let place = self.policy.place_of(Key::Proxy);
            self.refuse(&place, Some(Key::Proxy.name()), why);
        }
    }

    fn refuse(&mut self, place: &Utf8Path, key: Option<&str>, why: &str) {
        self.faults.push(fault(place, key, why, true));
    }

    fn pass_over(&mut self, place: &Utf8Path, name: &str) {
        let hint = Key::nearest(name).map_or_else(String::new, |key| format!("; did you mean `{key}`?"));
        let why = format!("this key is not known here{hint}");
        self.faults.push(fault(place, Some(name), &why, false));
    }
}

fn fault_of_schema(schema: Option<&Value>) -> Option<String> {
    match schema.map(Value::as_u64) {
        Some(Some(SCHEMA)) => None,
        Some(Some(found)) => Some(format!(
            "schema {found} is not known here (this program knows {SCHEMA}); update Toolcrib"
        )),
        Some(None) | None => Some("it has no schema number; write `\"schema\": 1`".to_owned()),
    }
}

fn fault(place: &Utf8Path, key: Option<&str>, why: &str, refused: bool) -> PolicyFault {
    PolicyFault {
        key: key.map(str::to_owned),
        text: key.map_or_else(|| why.to_owned(), |key| format!("`{key}`: {why}")),
        refused,
        place: place.to_string(),
    }
}

impl Policy {
    fn set(&mut self, key: Key, value: &Value) -> Result<(), String> {
        match key {
            Key::ContentServers => self.content_servers = servers(&read::<Vec<String>>(value)?)?,
            Key::FindContentServers => {
                self.find_content_servers = Some(domains(&read::<Vec<String>>(value)?)?)
            }
            Key::Proxy => self.proxy = Some(proxy(&read::<String>(value)?)?),
            Key::ProxyScript => self.proxy_script = Some(script(&read::<String>(value)?)?),
            Key::Connections => self.connections = Some(connections(read(value)?)?),
            Key::Limit => {
                let choice: LimitChoice = read(value)?;
                self.limit = Some(choice.judged().map_err(|error| error.to_string())?);
            }
            Key::Updates => self.updates = Some(read(value)?),
            Key::Target => self.target = read(value)?,
            Key::Peers => self.peers = Some(read(value)?),
            Key::Metered => self.metered = Some(read(value)?),
            Key::Folder => self.folder = Some(folder(&read::<String>(value)?)?),
        }
        Ok(())
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| error.to_string())
}

fn servers(raw: &[String]) -> Result<Vec<SafeUrl>, String> {
    if raw.len() > MOST_SERVERS {
        return Err(format!("at most {MOST_SERVERS} servers can be named"));
    }
    raw.iter().map(|raw| server(raw)).collect()
}

/// A file is asked for below the address, and nothing secret belongs into it.
fn server(raw: &str) -> Result<SafeUrl, String> {
    let url = SafeUrl::parse(raw).map_err(|error| format!("`{raw}`: {error}"))?;
    let plain = url.as_url();
    let is_bare = plain.query().is_none() && plain.fragment().is_none() && plain.username().is_empty();
    match is_bare && plain.password().is_none() {
        true => Ok(url),
        false => Err(
            "a content server is an address and nothing more: no `?`, no `#`, no name, no password"
                .to_owned(),
        ),
    }
}

fn domains(raw: &[String]) -> Result<Vec<Domain>, String> {
    if raw.len() > MOST_DOMAINS {
        return Err(format!("at most {MOST_DOMAINS} domains can be named"));
    }
    let parse = |raw: &String| {
        raw.parse()
            .map_err(|error: BadDomain| format!("`{raw}`: {error}"))
    };
    raw.iter().map(parse).collect()
}

fn proxy(raw: &str) -> Result<ProxyChoice, String> {
    raw.parse::<ProxyChoice>().map_err(|error| error.to_string())
}

fn script(raw: &str) -> Result<Place, String> {
    raw.parse::<Place>().map_err(|error| error.to_string())
}

fn folder(raw: &str) -> Result<Folder, String> {
    raw.parse::<Folder>().map_err(|error| error.to_string())
}

fn connections(number: usize) -> Result<usize, String> {
    match u32::try_from(number) {
        Ok(1..=MOST_CONNECTIONS) => Ok(number),
        _ => Err(format!("there can be 1 to {MOST_CONNECTIONS} connections")),
    }
}
