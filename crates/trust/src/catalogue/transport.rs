//! Lets `tough` ask for files without lending it our source: each request goes over a channel to [`super::refresh`].

use super::Role;
use async_trait::async_trait;
use bytes::Bytes;
use futures::stream;
use tokio::sync::{mpsc, oneshot};
use tough::{TransportError, TransportErrorKind, TransportStream};
use url::Url;

/// The address that `tough` believes it speaks to; nothing is ever sent there.
pub(super) const BASE: &str = "http://catalogue.invalid/metadata/";

/// One file that is asked for, and where the answer goes.
pub(super) struct Request {
    pub(super) name: String,
    pub(super) reply: oneshot::Sender<Reply>,
}

/// What became of a request.
pub(super) enum Reply {
    Bytes(Bytes),
    Absent,
    /// Something went wrong; the error itself stays with the one who met it.
    Failed,
}

/// Our side of `tough`'s door.
#[derive(Clone, Debug)]
pub(super) struct Transport {
    pub(super) requests: mpsc::Sender<Request>,
}

#[async_trait]
impl tough::Transport for Transport {
    /// Never answers `Err`: `tough` would take that for "there is no newer root". Errors go inside the stream.
    async fn fetch(&self, url: Url) -> Result<TransportStream, TransportError> {
        let item = match self.ask(&url).await {
            Reply::Bytes(bytes) => Ok(bytes),
            Reply::Absent => Err(TransportError::new(TransportErrorKind::FileNotFound, url)),
            Reply::Failed => Err(TransportError::new(TransportErrorKind::Other, url)),
        };
        Ok(Box::pin(stream::iter([item])))
    }
}

impl Transport {
    async fn ask(&self, url: &Url) -> Reply {
        let Some(name) = url
            .as_str()
            .strip_prefix(BASE)
            .filter(|name| role_of(name).is_some())
        else {
            return Reply::Absent;
        };
        let (reply, answer) = oneshot::channel();
        let sent = self
            .requests
            .send(Request {
                name: name.to_owned(),
                reply,
            })
            .await;
        if sent.is_err() {
            Reply::Failed
        } else {
            answer.await.unwrap_or(Reply::Failed)
        }
    }
}

/// The role of a metadata file by its name: `timestamp.json`, `7.targets.json`.
pub(super) fn role_of(name: &str) -> Option<Role> {
    let stem = name.strip_suffix(".json")?;
    let (version, stem) = stem
        .split_once('.')
        .map_or((None, stem), |(version, stem)| (Some(version), stem));
    let numbered = version.is_none_or(|version| version.parse::<u64>().is_ok());
    let all = [Role::Root, Role::Targets, Role::Snapshot, Role::Timestamp];
    all.into_iter()
        .find(|role| role.as_str() == stem)
        .filter(|_| numbered)
}
