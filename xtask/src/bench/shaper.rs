//! A link of a given rate, delay and loss, between two network namespaces: for kernels that cannot delay by themselves.
//!
//! Each side is a TUN device. A thread for each direction takes packets from one side and hands them to the other when
//! they are due. What does not fit into the queue is dropped, as a router does.

use crate::shell::Result;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsRawFd as _, FromRawFd as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The largest packet.
const MTU: usize = 1500;
/// How long a packet may wait for its turn before it is dropped.
const QUEUE: Duration = Duration::from_millis(40);
/// How often a thread that has nothing to do looks whether it is to end.
const LOOK: Duration = Duration::from_millis(100);

/// How a link behaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    /// Bits a second, each way.
    pub(super) bits_per_s: f64,
    /// One way.
    pub(super) delay: Duration,
    /// The share of packets that get lost on their way to the client.
    pub(super) loss: f64,
}

/// A running shaper; it ends with this value.
pub(super) struct Shaper {
    ending: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Shaper {
    /// Connects two TUN devices.
    pub(super) fn start(server: File, client: File, shape: Shape) -> Result<Self> {
        let ending = Arc::new(AtomicBool::new(false));
        let (from_server, from_client) = (server.try_clone()?, client.try_clone()?);
        let lossless = Shape { loss: 0.0, ..shape };
        let directions = [(from_server, client, shape), (from_client, server, lossless)];
        let threads = directions.map(|(from, to, shape)| {
            let ending = ending.clone();
            std::thread::spawn(move || Direction::new(shape).run(from, to, &ending))
        });
        Ok(Self {
            ending,
            threads: threads.into(),
        })
    }
}

impl Drop for Shaper {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Packets on their way in one direction.
struct Direction {
    shape: Shape,
    /// When each is due at the other end.
    waiting: VecDeque<(Instant, Vec<u8>)>,
    /// When the last packet has left the queue.
    free_at: Instant,
    dice: u64,
}

impl Direction {
    fn new(shape: Shape) -> Self {
        Self {
            shape,
            waiting: VecDeque::new(),
            free_at: Instant::now(),
            // The same losses in every run.
            dice: 0x9E37_79B9_7F4A_7C15,
        }
    }

    fn run(mut self, mut from: File, mut to: File, ending: &AtomicBool) {
        let mut packet = [0; MTU + 100];
        while !ending.load(Ordering::Relaxed) {
            let now = Instant::now();
            let due = self
                .waiting
                .front()
                .map_or(LOOK, |(due, _)| due.saturating_duration_since(now));
            wait_readable(&from, due.min(LOOK));
            while let Ok(length) = from.read(&mut packet) {
                self.take(Instant::now(), &packet[..length]);
            }
            while let Some((due, _)) = self.waiting.front()
                && *due <= Instant::now()
                && let Some((_, packet)) = self.waiting.pop_front()
            {
                // A device that is full drops it, as any other.
                let _ = to.write(&packet);
            }
        }
    }

    /// A packet arrives at the link: it is lost, or it waits for its turn and then for the delay.
    fn take(&mut self, now: Instant, packet: &[u8]) {
        let starts = self.free_at.max(now);
        if starts - now > QUEUE || self.throw() < self.shape.loss {
            return;
        }
        let takes = Duration::from_secs_f64(packet.len() as f64 * 8.0 / self.shape.bits_per_s);
        self.free_at = starts + takes;
        self.waiting
            .push_back((self.free_at + self.shape.delay, packet.to_vec()));
    }

    /// A number from 0 to 1 (xorshift64*).
    fn throw(&mut self) -> f64 {
        self.dice ^= self.dice >> 12;
        self.dice ^= self.dice << 25;
        self.dice ^= self.dice >> 27;
        (self.dice.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn wait_readable(file: &File, timeout: Duration) {
    let mut waited = libc::pollfd {
        fd: file.as_raw_fd(),
        events: libc::POLLIN,
        revents: 0,
    };
    let timeout = libc::timespec {
        tv_sec: timeout.as_secs() as libc::time_t,
        tv_nsec: libc::c_long::from(timeout.subsec_nanos() as i32),
    };
    // SAFETY: one descriptor that lives for the whole call, and no signal mask. Whether it was interrupted or not does
    // not matter: the caller looks for itself.
    unsafe { libc::ppoll(&raw mut waited, 1, &raw const timeout, std::ptr::null()) };
}

/// Opens the TUN device `name`, which exists in the network namespace `namespace`.
pub(super) fn open_tun(namespace: &str, name: &str) -> Result<File> {
    let (namespace, name) = (namespace.to_owned(), name.to_owned());
    // A thread of its own, for it cannot come back from the namespace.
    let opening = std::thread::spawn(move || open_tun_here(&namespace, &name));
    Ok(opening
        .join()
        .map_err(|_| "the thread that opens a TUN device broke")??)
}

fn open_tun_here(namespace: &str, name: &str) -> io::Result<File> {
    let place = File::open(format!("/run/netns/{namespace}"))?;
    // SAFETY: an open descriptor of a namespace; only this thread moves there.
    check(unsafe { libc::setns(place.as_raw_fd(), libc::CLONE_NEWNET) })?;
    let flags = libc::O_RDWR | libc::O_NONBLOCK | libc::O_CLOEXEC;
    // SAFETY: a path that ends with a zero.
    let opened = check(unsafe { libc::open(c"/dev/net/tun".as_ptr(), flags) })?;
    // SAFETY: it was just opened and belongs to nobody else.
    let device = unsafe { File::from_raw_fd(opened) };
    // SAFETY: zeros are a valid request.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(name.bytes()) {
        *to = from as libc::c_char;
    }
    request.ifr_ifru.ifru_flags = (libc::IFF_TUN | libc::IFF_NO_PI) as libc::c_short;
    // SAFETY: an open TUN descriptor, and a request that lives for the whole call.
    check(unsafe { libc::ioctl(device.as_raw_fd(), libc::TUNSETIFF, &raw mut request) })?;
    Ok(device)
}

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    match result {
        -1 => Err(io::Error::last_os_error()),
        done => Ok(done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        bits_per_s: 12e6,
        delay: Duration::from_millis(10),
        loss: 0.0,
    };

    #[test]
    fn packets_come_at_the_rate_of_the_link_and_after_its_delay() {
        let mut link = Direction::new(SHAPE);
        let start = Instant::now() + Duration::from_secs(1);
        (0..3).for_each(|_| link.take(start, &[0; 1500]));
        let due: Vec<u128> = link
            .waiting
            .iter()
            .map(|(due, _)| (*due - start).as_millis())
            .collect();
        assert_eq!(due, [11, 12, 13]);
    }

    #[test]
    fn what_would_wait_too_long_is_dropped() {
        let mut link = Direction::new(SHAPE);
        let start = Instant::now() + Duration::from_secs(1);
        (0..100).for_each(|_| link.take(start, &[0; 1500]));
        assert_eq!(link.waiting.len(), 41);
    }

    #[test]
    fn so_many_packets_are_lost_as_was_asked_for() {
        let mut link = Direction::new(Shape { loss: 0.005, ..SHAPE });
        let lost = (0..100_000).filter(|_| link.throw() < link.shape.loss).count();
        assert!((400..600).contains(&lost), "{lost}");
    }
}
