//! One file by itself: what is held survives anything, and nothing else is believed.

use crate::trees::noise;
use crate::world::http;
use camino::Utf8PathBuf;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use toolcrib_delivery::{Connections, Error, Fetched, Manner, Progress, Stop, WantedFile, fetch_file};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Digest;
use toolcrib_net::{Http, Throttle};
use toolcrib_testkit::origin::{Fault, Origin, Times};

const LENGTH: u64 = (4 << 20) + 99;
const BLOCK: u64 = 256 << 10;

struct Desk {
    _folder: tempfile::TempDir,
    origin: Origin,
    wanted: WantedFile,
}

impl Desk {
    async fn new(length: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let origin = Origin::start().await;
        let content = noise(3, length as usize);
        let sha256 = Digest::of(&content);
        let url = origin.link(&origin.add(content)).parse().expect("a URL");
        let to = Utf8PathBuf::from_path_buf(folder.path().join("file.bin")).expect("UTF-8");
        Self {
            _folder: folder,
            origin,
            wanted: WantedFile {
                url,
                to,
                length,
                sha256,
            },
        }
    }

    async fn fetch(&self, stop: &Stop) -> Result<Fetched, Error> {
        self.fetch_over(&http(), stop).await
    }

    async fn fetch_over(&self, http: &Http, stop: &Stop) -> Result<Fetched, Error> {
        let (progress, _) = watch::channel(Progress::default());
        self.fetch_telling(http, stop, progress).await
    }

    async fn fetch_telling(
        &self,
        http: &Http,
        stop: &Stop,
        progress: watch::Sender<Progress>,
    ) -> Result<Fetched, Error> {
        let manner = Manner {
            connections: Connections::at_most(2),
            ..Manner::default()
        };
        fetch_file(self.wanted.clone(), manner, http, stop, progress, &SystemClock).await
    }

    /// Fetches until half of it was sent, and has arrived: a busy computer is slow to take what the network holds for it.
    async fn fetch_half(&self) {
        let (stop, half) = (Stop::new(), self.wanted.length / 2);
        let (progress, mut told) = watch::channel(Progress::default());
        self.origin.limit_speed(4 << 20);
        self.origin.serve_up_to(half);
        let pausing = async {
            let arrived = told.wait_for(|progress| progress.fetched_bytes >= half);
            let arrived = tokio::time::timeout(Duration::from_secs(60), arrived).await;
            arrived.expect("it arrives within a minute").expect("it is told");
            stop.pause();
        };
        let http = http();
        let (fetched, ()) = tokio::join!(self.fetch_telling(&http, &stop, progress), pausing);
        assert!(matches!(fetched, Ok(Fetched::Paused)), "{fetched:?}");
        self.origin.limit_speed(0);
        self.origin.serve_on();
    }

    fn beside(&self, ending: &str) -> Utf8PathBuf {
        self.wanted
            .to
            .with_file_name(format!(".file.bin.toolcrib-{ending}"))
    }

    /// Turns round the first byte, which is held.
    fn damage(&self) {
        let mut bytes = std::fs::read(self.beside("part")).expect("the part");
        bytes[0] ^= 0xff;
        std::fs::write(self.beside("part"), bytes).expect("damaged");
    }

    fn restart_computer(&self) {
        let log = std::fs::read(self.beside("held")).expect("the log");
        let end = log.iter().position(|byte| *byte == b'\n').expect("a header");
        let mut header: serde_json::Value = serde_json::from_slice(&log[..end]).expect("JSON");
        header["boot"] = "another run of the system".into();
        let restarted = [header.to_string().as_bytes(), &log[end..]].concat();
        std::fs::write(self.beside("held"), restarted).expect("written");
    }

    /// Goes on to the end; how many bytes came again.
    async fn bytes_again(&self) -> u64 {
        let fetched = self.fetch(&Stop::new()).await.expect("fetched");
        assert_eq!(fetched, Fetched::InPlace);
        assert_eq!(self.digest(), self.wanted.sha256);
        self.origin.served_bytes() - LENGTH
    }

    fn digest(&self) -> Digest {
        Digest::of(&std::fs::read(&self.wanted.to).expect("the file"))
    }
}

/// What a pause loses: an open block for each connection, and what was on its way.
const PAUSED: u64 = 2 * (BLOCK + (128 << 10));

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_nothing_is_a_file() {
    let desk = Desk::new(0).await;
    let fetched = desk.fetch(&Stop::new()).await;
    assert_eq!(fetched.expect("fetched"), Fetched::InPlace);
    assert_eq!(desk.digest(), Digest::of(b""));
    assert_eq!(desk.origin.asked(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_disk_lost_at_a_restart_comes_again_alone() {
    let desk = Desk::new(LENGTH).await;
    desk.fetch_half().await;
    desk.damage();
    desk.restart_computer();
    let again = desk.bytes_again().await;
    assert!((BLOCK..=BLOCK + PAUSED).contains(&again), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_spoilt_on_the_disk_comes_again_alone() {
    let desk = Desk::new(LENGTH).await;
    desk.fetch_half().await;
    desk.damage();
    let again = desk.bytes_again().await;
    assert!((BLOCK..=BLOCK + PAUSED).contains(&again), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_file_stays_until_the_new_one_is_verified() {
    let desk = Desk::new(LENGTH).await;
    std::fs::write(&desk.wanted.to, "older").expect("an older file");
    desk.fetch_half().await;
    assert_eq!(desk.digest(), Digest::of(b"older"));
    desk.fetch(&Stop::new()).await.expect("fetched");
    assert_eq!(desk.digest(), desk.wanted.sha256);
    let left = desk
        .wanted
        .to
        .parent()
        .expect("a folder")
        .read_dir_utf8()
        .expect("read");
    assert_eq!(left.count(), 1);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_the_place_of_the_unfinished_file_is_not_followed() {
    let desk = Desk::new(LENGTH).await;
    let victim = desk.wanted.to.with_file_name("victim");
    std::fs::write(&victim, "precious").expect("a victim");
    for make in [symlink, hard_link] {
        make(&victim, &desk.beside("part"));
        let refused = desk.fetch(&Stop::new()).await;
        assert!(matches!(refused, Err(Error::WriteFetched { .. })), "{refused:?}");
        assert_eq!(std::fs::read(&victim).expect("the victim"), b"precious");
    }
}

#[cfg(unix)]
fn symlink(from: &camino::Utf8Path, to: &camino::Utf8Path) {
    std::os::unix::fs::symlink(from, to).expect("a link");
}

#[cfg(unix)]
fn hard_link(from: &camino::Utf8Path, to: &camino::Utf8Path) {
    std::fs::hard_link(from, to).expect("a link");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_cannot_fetch_to_one_place() {
    let desk = Desk::new(LENGTH).await;
    desk.origin.serve_up_to(1 << 20);
    let stop = Stop::new();
    let second = async {
        desk.origin.wait_for_served(1 << 20).await;
        let busy = desk.fetch(&stop).await;
        assert!(matches!(busy, Err(Error::FileBusy { .. })), "{busy:?}");
        stop.pause();
    };
    let (first, ()) = tokio::join!(desk.fetch(&stop), second);
    assert_eq!(first.expect("paused"), Fetched::Paused);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_paused_can_go_on_at_once() {
    let desk = Desk::new(64 << 20).await;
    for round in 0..40 {
        let (stop, before) = (Stop::new(), desk.origin.served_bytes());
        desk.origin.serve_up_to(before + 5 * BLOCK);
        // Now and then in the middle of a write.
        let pausing = async {
            desk.origin
                .wait_for_served(before + (1 + round % 4) * BLOCK)
                .await;
            stop.pause();
        };
        let (fetched, ()) = tokio::join!(desk.fetch(&stop), pausing);
        assert!(matches!(fetched, Ok(Fetched::Paused)), "{round}: {fetched:?}");
        desk.origin.serve_on();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_that_a_server_asks_for_ends_with_a_pause() {
    let desk = Desk::new(LENGTH).await;
    desk.origin
        .misbehave(Fault::Unavailable { retry_after_s: 300 }, Times::Always);
    let stop = Stop::new();
    let pausing = async {
        while desk.origin.asked().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        stop.pause();
    };
    let (fetched, ()) = tokio::join!(desk.fetch(&stop), pausing);
    assert_eq!(fetched.expect("paused"), Fetched::Paused);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_no_place_for_a_file() {
    let mut desk = Desk::new(LENGTH).await;
    desk.wanted.to = desk.wanted.to.parent().expect("a folder").to_owned();
    let refused = desk.fetch(&Stop::new()).await;
    assert!(matches!(refused, Err(Error::NotAFile { .. })), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_file_keeps_to_the_limit_too() {
    const LIMIT: u64 = 3 << 20;
    let desk = Desk::new(LENGTH).await;
    let throttle = Throttle::default();
    throttle.limit(LIMIT.try_into().ok());
    let begun = Instant::now();
    let fetched = desk.fetch_over(&http().limited_by(throttle), &Stop::new()).await;
    assert_eq!(fetched.expect("fetched"), Fetched::InPlace);
    let least = Duration::from_secs_f64(LENGTH as f64 / LIMIT as f64);
    assert!(begun.elapsed() >= least, "{:?}", begun.elapsed());
    assert!(desk.origin.served_bytes() < LENGTH + BLOCK, "nothing came twice");
}
