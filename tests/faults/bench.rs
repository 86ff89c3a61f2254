//! One run: a file, an origin that has it, and a folder that is watched.

use crate::behaviours::{Act, Behaviour};
use camino::{Utf8Path, Utf8PathBuf};
use std::error::Error as _;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use toolcrib_delivery::{Connections, Error, Fetched, Manner, Progress, Stop, WantedFile, fetch_file};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Digest;
use toolcrib_net::{Http, ProxyChoice, SafeUrl, Settings, retry};
use toolcrib_testkit::origin::Origin;

/// The length of the file: many blocks, and a short one at the end.
pub(crate) const LENGTH: u64 = (6 << 20) + 12_345;
/// What a connection may have begun, with the log.
const SPAN: u64 = 320 << 10;
/// Nothing may take longer.
const HANG: Duration = Duration::from_secs(180);

/// How a run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// With nothing.
    Fresh,
    /// With half of the file, and with an older file under its name.
    HalfDone,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) end: End,
    /// Bytes that were held at the beginning, and those that the origin sent since then.
    pub(crate) bytes: u64,
    /// The most that lay in the folder at any time beside the older file.
    pub(crate) disk: u64,
    pub(crate) took: Duration,
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The right file lies in its place.
    Right,
    /// Another file lies in its place, and nobody said so.
    Wrong,
    /// It failed with these words, and what lay in its place lies there still.
    Failed(String),
    /// It failed, and touched what lay in its place.
    Touched,
    /// It took longer than anything may.
    Hung,
}

/// A file, an origin and a folder.
struct Bench {
    folder: tempfile::TempDir,
    origin: Origin,
    wanted: WantedFile,
}

/// Runs one behaviour from one start.
pub(crate) async fn run(behaviour: &Behaviour, start: Start) -> Report {
    let bench = Bench::new().await;
    let mut held = 0;
    if start == Start::HalfDone {
        held = bench.fetch_half().await;
        std::fs::write(&bench.wanted.to, OLDER).expect("an older file");
    }
    let before = bench.origin.served_bytes();
    let wanted = bench.misbehave(behaviour);
    let (begun, stop) = (Instant::now(), Stop::new());
    let (told, _) = watch::channel(Progress::default());
    let fetching = tokio::time::timeout(HANG, fetch(wanted, &stop, told));
    let (fetched, disk) = bench.watching(fetching).await;
    Report {
        end: fetched.map_or(End::Hung, |fetched| bench.judge(fetched, start)),
        bytes: held + bench.origin.served_bytes() - before,
        disk,
        took: begun.elapsed(),
    }
}

const OLDER: &[u8] = b"an older file";

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let origin = Origin::start().await;
        let content = noise(LENGTH as usize);
        let sha256 = Digest::of(&content);
        let link = origin.link(&origin.add(content));
        let to = Utf8PathBuf::from_path_buf(folder.path().join("file.bin")).expect("UTF-8");
        let wanted = WantedFile {
            url: link.parse().expect("a URL"),
            to,
            length: LENGTH,
            sha256,
        };
        Self {
            folder,
            origin,
            wanted,
        }
    }

    /// How many bytes of it are held then.
    async fn fetch_half(&self) -> u64 {
        let (told, mut progress) = watch::channel(Progress::default());
        let stop = Stop::new();
        self.origin.serve_up_to(LENGTH / 2);
        let pausing = async {
            let enough = |progress: &Progress| progress.done_bytes > LENGTH / 4;
            // Where it fails instead, the outcome says so.
            let _ = progress.wait_for(enough).await;
            stop.pause();
        };
        let (fetched, ()) = tokio::join!(fetch(self.wanted.clone(), &stop, told), pausing);
        assert!(matches!(fetched, Ok(Fetched::Paused)), "{fetched:?}");
        self.origin.serve_on();
        let held = progress.borrow().done_bytes;
        assert!(held > LENGTH / 4, "{held} bytes are held");
        held
    }

    /// The file as it is to be had from now on.
    fn misbehave(&self, behaviour: &Behaviour) -> WantedFile {
        let mut wanted = self.wanted.clone();
        match &behaviour.act {
            Act::Origin(fault) => self.origin.misbehave(fault.clone(), behaviour.times),
            Act::Refused => wanted.url = nobody(),
        }
        wanted
    }

    /// The outcome of some work, and the most that lay in the folder meanwhile.
    async fn watching<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let mut most = 0;
        let mut looks = tokio::time::interval(Duration::from_millis(20));
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return (done, most.max(self.disk())),
                _ = looks.tick() => most = most.max(self.disk()),
            }
        }
    }

    /// Bytes of all files in the folder but an older one.
    fn disk(&self) -> u64 {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder can be read");
        let sizes = entries.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()));
        sizes.filter(|size| *size != OLDER.len() as u64).sum()
    }

    fn judge(&self, fetched: Result<Fetched, Error>, start: Start) -> End {
        let found = std::fs::read(&self.wanted.to).ok();
        let before = (start == Start::HalfDone).then(|| OLDER.to_vec());
        match fetched {
            Ok(Fetched::InPlace) if is_right(found.as_deref(), &self.wanted) => End::Right,
            Ok(_) => End::Wrong,
            Err(error) if found == before => End::Failed(words(&error)),
            Err(_) => End::Touched,
        }
    }
}

async fn fetch(wanted: WantedFile, stop: &Stop, told: watch::Sender<Progress>) -> Result<Fetched, Error> {
    fetch_file(wanted, manner(), &http(), stop, told, &SystemClock).await
}

impl Report {
    /// Whether the disk stayed within the signed length and a span.
    pub(crate) fn is_bounded(&self) -> bool {
        self.disk <= LENGTH + SPAN
    }

    /// What it cost, in file lengths.
    pub(crate) fn cost(&self) -> f64 {
        self.bytes as f64 / LENGTH as f64
    }
}

fn is_right(found: Option<&[u8]>, wanted: &WantedFile) -> bool {
    found.is_some_and(|found| Digest::of(found) == wanted.sha256)
}

fn words(error: &Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// A place where nobody listens.
fn nobody() -> SafeUrl {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    format!("http://127.0.0.1:{port}/file.bin")
        .parse()
        .expect("a URL")
}

/// The engine's own manner, with less patience, and with enough for a busy computer.
fn manner() -> Manner {
    Manner {
        connections: Connections::at_most(3),
        silence: Duration::from_secs(3),
        standstill: Duration::from_secs(30),
        retries: retry::Patience {
            first_wait: Duration::from_millis(10),
            longest_wait: Duration::from_millis(100),
            ..Manner::default().retries
        },
    }
}

fn http() -> Http {
    let settings = Settings {
        stall_timeout: Duration::from_secs(3),
        connect_timeout: Duration::from_secs(2),
        proxy: ProxyChoice::Direct,
        ..Settings::new("toolcrib-tests")
    };
    Http::new(settings).expect("a network")
}

/// Bytes that do not repeat.
pub(crate) fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// The digest of a file.
pub(crate) fn digest_of(path: &Utf8Path) -> Digest {
    Digest::of(&std::fs::read(path).expect("the file can be read"))
}
