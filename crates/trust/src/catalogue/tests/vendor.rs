//! A vendor whose every move, good or bad, a test decides.

use super::super::{Role, Source, SourceError, Trusted};
use async_trait::async_trait;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::num::NonZeroU64;
use std::sync::Mutex;
use toolcrib_model::Digest;
use tough::editor::signed::SignedRole;
use tough::key_source::KeySource;
use tough::schema::{self, Hashes, KeyHolder, Metafile, RoleKeys, RoleType, Target};
use tough::sign::Sign;

pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The moment at which all tests take place.
pub(super) fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}

#[derive(Clone, Debug)]
pub(super) struct Key(Vec<u8>);

impl Key {
    pub(super) fn new() -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("random numbers");
        Self(document.as_ref().to_vec())
    }

    fn pair(&self) -> Ed25519KeyPair {
        Ed25519KeyPair::from_pkcs8(&self.0).expect("a key")
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[async_trait]
impl KeySource for Key {
    async fn as_sign(&self) -> Result<Box<dyn Sign>, Failure> {
        Ok(Box::new(self.pair()))
    }
    async fn write(&self, _: &str, _: &str) -> Result<(), Failure> {
        Ok(())
    }
}

/// The keys and the current versions of a repository, and the files that its server has.
pub(super) struct Vendor {
    pub(super) root_keys: Vec<Key>,
    pub(super) online: Key,
    pub(super) targets_key: Key,
    pub(super) version: u64,
    /// The versions of roles that lag behind, or have run ahead.
    pub(super) versions: HashMap<Role, u64>,
    pub(super) life: SignedDuration,
    /// The roles whose next files have expired.
    pub(super) expired: Vec<Role>,
    /// Who signs for a role instead of its key.
    pub(super) signers: HashMap<Role, Vec<Key>>,
    /// How many keys must sign the snapshot.
    pub(super) snapshot_threshold: u64,
    pub(super) targets: Vec<(String, Bytes)>,
    roots: Vec<schema::Root>,
    pub(super) server: Server,
}

/// The files that a server gives, and how it misbehaves.
#[derive(Default)]
pub(super) struct Server {
    pub(super) files: HashMap<String, Bytes>,
    /// Names for which it fails instead of answering.
    pub(super) broken: Vec<&'static str>,
    pub(super) asked: Mutex<Vec<String>>,
}

#[async_trait]
impl Source for Server {
    async fn metadata(&self, name: &str, _: u64) -> Result<Option<Bytes>, SourceError> {
        self.asked.lock().expect("unpoisoned").push(name.to_owned());
        if self.broken.contains(&name) {
            return Err(SourceError::new("the line went dead"));
        }
        Ok(self.files.get(name).cloned())
    }
    async fn target(&self, path: &str, _: u64) -> Result<Option<Bytes>, SourceError> {
        Ok(self.files.get(&format!("targets/{path}")).cloned())
    }
}

impl Vendor {
    /// A vendor with one published state of version 1.
    pub(super) async fn new() -> Self {
        let mut vendor = Self {
            root_keys: vec![Key::new(), Key::new(), Key::new()],
            online: Key::new(),
            targets_key: Key::new(),
            version: 1,
            versions: HashMap::new(),
            life: DAY,
            expired: vec![],
            signers: HashMap::new(),
            snapshot_threshold: 1,
            targets: vec![],
            roots: vec![],
            server: Server::default(),
        };
        vendor.publish_root(&vendor.root_keys.clone()).await;
        vendor.publish().await;
        vendor
    }

    /// What a client trusts before anything else.
    pub(super) fn first_root(&self) -> Trusted {
        Trusted::from_root(self.server.files["1.root.json"].clone())
    }

    /// Publishes the next root with the current keys, signed by `signers`.
    pub(super) async fn publish_root(&mut self, signers: &[Key]) {
        let version = self.roots.len() as u64 + 1;
        let root = self.root(version);
        let raw = sign_as(root.clone(), root.clone(), signers).await;
        self.server.files.insert(format!("{version}.root.json"), raw);
        self.roots.push(root);
    }

    fn root(&self, version: u64) -> schema::Root {
        let roles = [
            (RoleType::Root, self.root_keys.clone(), 2),
            (RoleType::Targets, vec![self.targets_key.clone()], 1),
            (
                RoleType::Snapshot,
                vec![self.online.clone()],
                self.snapshot_threshold,
            ),
            (RoleType::Timestamp, vec![self.online.clone()], 1),
        ];
        let id = |key: &Key| key.pair().tuf_key().key_id().expect("an id");
        let keys = roles
            .iter()
            .flat_map(|(_, keys, _)| keys)
            .map(|key| (id(key), key.pair().tuf_key()))
            .collect();
        let role = |keys: &[Key], threshold| RoleKeys {
            keyids: keys.iter().map(id).collect(),
            threshold: number(threshold),
            _extra: HashMap::new(),
        };
        schema::Root {
            spec_version: "1.0.0".to_owned(),
            consistent_snapshot: true,
            version: number(version),
            expires: self.end(Role::Root, DAY * 365),
            keys,
            roles: roles
                .iter()
                .map(|(kind, keys, threshold)| (*kind, role(keys, *threshold)))
                .collect(),
            _extra: HashMap::new(),
        }
    }

    /// Publishes a state of `self.version` with the current targets.
    pub(super) async fn publish(&mut self) {
        let version = self.version_of(Role::Targets);
        let end = self.end(Role::Targets, DAY * 90);
        let mut targets = schema::Targets::new("1.0.0".to_owned(), version, end);
        for (name, bytes) in &self.targets {
            targets.add_target(
                tough::TargetName::new(name.as_str()).expect("a name"),
                target(bytes),
            );
            let path = super::super::consistent_path(name, &Digest::of(bytes));
            self.server.files.insert(format!("targets/{path}"), bytes.clone());
        }
        let targets = self.sign(Role::Targets, targets).await;
        self.put(format!("{version}.targets.json"), &targets);
        self.publish_online(named(&targets, version)).await;
    }

    /// Publishes a snapshot that names these targets, and its timestamp.
    pub(super) async fn publish_online(&mut self, targets: Metafile) {
        let version = self.version_of(Role::Snapshot);
        let end = self.end(Role::Snapshot, self.life);
        let mut snapshot = schema::Snapshot::new("1.0.0".to_owned(), version, end);
        snapshot.meta.insert("targets.json".to_owned(), targets);
        let snapshot = self.sign(Role::Snapshot, snapshot).await;
        self.put(format!("{version}.snapshot.json"), &snapshot);
        self.publish_timestamp(named(&snapshot, version)).await;
    }

    /// Publishes a timestamp that names this snapshot.
    pub(super) async fn publish_timestamp(&mut self, snapshot: Metafile) {
        let version = self.version_of(Role::Timestamp);
        let end = self.end(Role::Timestamp, self.life);
        let mut timestamp = schema::Timestamp::new("1.0.0".to_owned(), version, end);
        timestamp.meta.insert("snapshot.json".to_owned(), snapshot);
        let timestamp = self.sign(Role::Timestamp, timestamp).await;
        self.put("timestamp.json".to_owned(), &timestamp);
    }

    /// Changes the text of a file that the server has, whatever that does to its signatures.
    pub(super) fn rewrite(&mut self, name: &str, change: impl Fn(&str) -> String) {
        let raw = String::from_utf8(self.server.files[name].to_vec()).expect("JSON");
        let changed = change(&raw);
        assert_ne!(raw, changed, "the change hits something in {name}");
        self.put(name.to_owned(), &changed.into());
    }

    /// Signs the changed content of the targets' file anew, with the vendor's own key.
    pub(super) async fn sign_anew(&mut self, name: &str) {
        let signed: schema::Signed<schema::Targets> =
            serde_json::from_slice(&self.server.files[name]).expect("JSON");
        let raw = self.sign(Role::Targets, signed.signed).await;
        self.put(name.to_owned(), &raw);
    }

    fn put(&mut self, name: String, raw: &Bytes) {
        self.server.files.insert(name, raw.clone());
    }

    fn version_of(&self, role: Role) -> NonZeroU64 {
        number(self.versions.get(&role).copied().unwrap_or(self.version))
    }

    fn end(&self, role: Role, life: SignedDuration) -> Timestamp {
        match self.expired.contains(&role) {
            true => now() - DAY,
            false => now() + life,
        }
    }

    async fn sign<T: schema::Role>(&self, role: Role, content: T) -> Bytes {
        let root = self.roots.last().expect("a root").clone();
        let usual = match role {
            Role::Targets => &self.targets_key,
            Role::Root | Role::Snapshot | Role::Timestamp => &self.online,
        };
        match self.signers.get(&role) {
            Some(signers) => sign_as(content, root, signers).await,
            None => sign_as(content, root, std::slice::from_ref(usual)).await,
        }
    }
}

/// Signs with whatever keys the signers have, whether or not a client will take them.
pub(super) async fn sign_as<T: schema::Role>(role: T, mut holder: schema::Root, signers: &[Key]) -> Bytes {
    for key in signers {
        let key = key.pair().tuf_key();
        let id = key.key_id().expect("an id");
        holder
            .roles
            .get_mut(&T::TYPE)
            .expect("the role")
            .keyids
            .push(id.clone());
        holder.keys.insert(id, key);
    }
    holder.roles.get_mut(&T::TYPE).expect("the role").threshold = number(1);
    let sources: Vec<Box<dyn KeySource>> = signers.iter().map(|key| Box::new(key.clone()) as _).collect();
    let signed = SignedRole::new(role, &KeyHolder::Root(holder), &sources, &SystemRandom::new()).await;
    signed.expect("signed").buffer().clone().into()
}

fn target(bytes: &[u8]) -> Target {
    Target {
        length: bytes.len() as u64,
        hashes: hashes(bytes),
        custom: HashMap::new(),
        _extra: HashMap::new(),
    }
}

pub(super) fn named(raw: &[u8], version: NonZeroU64) -> Metafile {
    Metafile {
        length: Some(raw.len() as u64),
        hashes: Some(hashes(raw)),
        version,
        _extra: HashMap::new(),
    }
}

fn hashes(raw: &[u8]) -> Hashes {
    Hashes {
        sha256: Digest::of(raw).as_bytes().to_vec().into(),
        _extra: HashMap::new(),
    }
}

pub(super) fn number(n: u64) -> NonZeroU64 {
    NonZeroU64::new(n).expect("not zero")
}

/// The version of a role in a set.
pub(super) fn version(catalogue: &super::super::Catalogue, role: Role) -> u64 {
    catalogue
        .states()
        .iter()
        .find(|state| state.role == role)
        .expect("every role")
        .version
}
