//! An HTTP origin on loopback that serves blobs by their digest, counts what it serves, and misbehaves on demand.
//!
//! It speaks enough of HTTP/1.1 to be a good origin — ranges, strong ETags, kept connections — and writes every
//! answer by hand, so that it can be a bad one in ways that no web server would allow.

mod exchange;
mod fault;
mod script;
mod trick;

pub use fault::{Fault, Times};
pub use trick::Trick;

use bytes::Bytes;
use fault::Rules;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;

/// A running origin; it ends when it is dropped.
#[derive(Debug)]
pub struct Origin {
    address: SocketAddr,
    state: Arc<State>,
    accepting: JoinHandle<()>,
}

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The digest of the blob, in hexadecimal.
    pub blob: String,
    /// The bytes that were asked for.
    pub range: Range<u64>,
    /// The status that was answered.
    pub status: u16,
}

#[derive(Debug, Default)]
struct State {
    blobs: Mutex<HashMap<String, Bytes>>,
    rules: Mutex<Rules>,
    asked: Mutex<Vec<Asked>>,
    served: Mutex<HashMap<String, u64>>,
    served_in_all: AtomicU64,
    /// Links with a lower number have expired.
    oldest_link: AtomicU64,
    /// Bytes a second for each connection; 0 is as fast as it goes.
    speed: AtomicU64,
    /// How many bytes are served in all; 0 is as many as are asked for.
    most: AtomicU64,
}

impl Origin {
    /// Starts an origin without blobs, on a free port of loopback.
    ///
    /// # Panics
    /// Where loopback cannot be listened on.
    pub async fn start() -> Self {
        let listener = listen().expect("loopback can be listened on");
        let address = listener.local_addr().expect("a bound listener has an address");
        let state = Arc::new(State::default());
        let accepting = tokio::spawn(accept(listener, state.clone()));
        Self {
            address,
            state,
            accepting,
        }
    }

    /// Adds a blob and answers its digest in hexadecimal.
    pub fn add(&self, bytes: impl Into<Bytes>) -> String {
        let bytes = bytes.into();
        let digest = hex::encode(Sha256::digest(&bytes));
        lock(&self.state.blobs).insert(digest.clone(), bytes);
        digest
    }

    /// A link to a blob, which lasts until [`Origin::expire_links`].
    pub fn link(&self, digest: &str) -> String {
        let number = self.state.oldest_link.load(Ordering::SeqCst);
        format!("http://{}/content/{digest}?link={number}", self.address)
    }

    /// Makes every link that was given out until now answer 403.
    pub fn expire_links(&self) {
        self.state.oldest_link.fetch_add(1, Ordering::SeqCst);
    }

    /// Misbehaves at the next requests, whatever they ask for.
    pub fn misbehave(&self, fault: Fault, times: Times) {
        lock(&self.state.rules).add(None, fault, times);
    }

    /// Misbehaves at the next requests for one blob.
    pub fn misbehave_for(&self, digest: &str, fault: Fault, times: Times) {
        lock(&self.state.rules).add(Some(digest.to_owned()), fault, times);
    }

    /// Behaves from now on.
    pub fn behave(&self) {
        *lock(&self.state.rules) = Rules::default();
    }

    /// Serves each connection so many bytes a second; 0 is as fast as it goes.
    pub fn limit_speed(&self, bytes_per_s: u64) {
        self.state.speed.store(bytes_per_s, Ordering::SeqCst);
    }

    /// Serves about so many bytes in all: whoever wants more waits. So what a test does in the middle it does in the middle,
    /// however slow or quick the computer is.
    pub fn serve_up_to(&self, bytes: u64) {
        self.state.most.store(bytes, Ordering::SeqCst);
    }

    /// Serves as much as is asked for again. Whoever waited is hung up on, so that nothing is sent to who has gone.
    pub fn serve_on(&self) {
        self.state.most.store(0, Ordering::SeqCst);
    }

    /// Bytes of content that were handed to the network, of all blobs.
    pub fn served_bytes(&self) -> u64 {
        self.state.served_in_all.load(Ordering::SeqCst)
    }

    /// Bytes of content that were handed to the network, of one blob.
    pub fn served_bytes_of(&self, digest: &str) -> u64 {
        lock(&self.state.served).get(digest).copied().unwrap_or_default()
    }

    /// Every request that was answered, in order.
    pub fn asked(&self) -> Vec<Asked> {
        lock(&self.state.asked).clone()
    }

    /// Waits until so many bytes were served in all.
    ///
    /// # Panics
    /// When that takes longer than a minute.
    pub async fn wait_for_served(&self, bytes: u64) {
        let reached = async {
            while self.served_bytes() < bytes {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), reached)
            .await
            .expect("the bytes are asked for within a minute");
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl State {
    fn count(&self, digest: &str, bytes: u64) {
        *lock(&self.served).entry(digest.to_owned()).or_default() += bytes;
        self.served_in_all.fetch_add(bytes, Ordering::SeqCst);
    }

    fn serves_no_more(&self) -> bool {
        let most = self.most.load(Ordering::SeqCst);
        most > 0 && self.served_in_all.load(Ordering::SeqCst) >= most
    }
}

/// How much of an answer may wait in the system for its reader. What is counted as served is what was handed to the
/// system: with the megabytes that it takes by itself, a reader who is slow to hang up would seem to have taken them.
const WAITING_BYTES: u32 = 64 << 10;
/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

fn listen() -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_send_buffer_size(WAITING_BYTES)?;
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    socket.listen(BACKLOG)
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        connections.spawn(exchange::serve(stream, state.clone()));
        while connections.try_join_next().is_some() {}
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
