//! Giving pieces to peers, so that nobody at this computer notices: few at a time, not too fast, behind everything else.

use super::words::{self, GREETING, HAVE, LONGEST_PIECE, MOST_NAMES, PIECE};
use super::{Name, PORT, is_near, stay_near};
use crate::throttle::Throttle;
use futures::future::select_all;
use socket2::{Domain, Protocol, SockRef, Socket, Type};
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

/// How many connections there are at once, in all and from one address.
const MOST_CONNECTIONS: usize = 24;
const MOST_FROM_ONE: usize = 6;
/// How many pieces are read from the disk at once, and in memory at once.
const MOST_READS: usize = 2;
const MOST_PIECES: usize = 8;
/// How long somebody may be connected who asks for nothing, and take for one question or for taking one piece.
const IDLE: Duration = Duration::from_secs(30);
const ONE_ACT: Duration = Duration::from_secs(30);
/// After the system refused a connection.
const PAUSE: Duration = Duration::from_millis(100);
/// So much is written at once.
const SIP: usize = 64 << 10;
/// *Lower effort* (RFC 8622) where networks know it, behind everything else.
const BEHIND_ALL: u32 = 0x04;

/// What is given. It is asked on threads that may block.
pub trait Gifts: Send + Sync + 'static {
    /// Which of these pieces there are.
    fn has(&self, names: &[Name]) -> Vec<bool>;
    /// A piece, if it is here and as it should be.
    fn piece(&self, name: &Name) -> Option<Vec<u8>>;
}

/// What is given, how fast, and how much of it was.
#[derive(Clone)]
pub struct Giving {
    gifts: Arc<dyn Gifts>,
    throttle: Throttle,
    reads: Arc<Semaphore>,
    pieces: Arc<Semaphore>,
    given_bytes: Arc<AtomicU64>,
}

impl Giving {
    /// Gives these, as fast as the throttle says.
    pub fn new(gifts: Arc<dyn Gifts>, throttle: Throttle) -> Self {
        Self {
            gifts,
            throttle,
            reads: Arc::new(Semaphore::new(MOST_READS)),
            pieces: Arc::new(Semaphore::new(MOST_PIECES)),
            given_bytes: Arc::default(),
        }
    }

    /// How many bytes of pieces were given.
    pub fn given_bytes(&self) -> u64 {
        self.given_bytes.load(Ordering::Relaxed)
    }
}

/// Where pieces can be asked for: one port, by IPv4 and, where there is that, by IPv6.
#[derive(Debug)]
pub struct Doors {
    listeners: Vec<TcpListener>,
    address: SocketAddr,
}

/// Listens at an address, or at the usual port of all addresses, or at any port where another program has that one.
///
/// # Errors
/// When the system refuses.
pub async fn listen(address: Option<SocketAddr>) -> io::Result<Doors> {
    let first = match address {
        Some(address) => TcpListener::bind(address).await?,
        None => match TcpListener::bind((Ipv4Addr::UNSPECIFIED, PORT)).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await?
            }
            bound => bound?,
        },
    };
    let own = first.local_addr()?;
    let mut listeners = vec![first];
    if address.is_none() {
        // A computer without IPv6, or with another program there, gives by IPv4.
        listeners.extend(listen_v6(own.port()).ok());
    }
    for listener in &listeners {
        // The answer to whoever knocks dies at the first router, so that nobody behind one gets a connection.
        stay_near(SockRef::from(listener), listener.local_addr()?)?;
    }
    Ok(Doors {
        listeners,
        address: own,
    })
}

fn listen_v6(port: u16) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_only_v6(true)?;
    // As the runtime does it for the other one: elsewhere it would let somebody else take the port.
    #[cfg(not(windows))]
    socket.set_reuse_address(true)?;
    socket.bind(&SocketAddr::from((Ipv6Addr::UNSPECIFIED, port)).into())?;
    socket.listen(MOST_CONNECTIONS as i32)?;
    socket.set_nonblocking(true)?;
    TcpListener::from_std(socket.into())
}

impl Doors {
    /// Where that is.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let each = self.listeners.iter().map(|listener| Box::pin(listener.accept()));
        select_all(each).await.0
    }
}

/// Gives to whoever asks, for ever; what is dropped with it ends at once.
pub async fn give(doors: Doors, giving: Giving) -> Infallible {
    let mut connections = JoinSet::new();
    let counts = Counts::default();
    loop {
        let Ok((stream, from)) = doors.accept().await else {
            sleep(PAUSE).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        if let Some(place) = counts.place(from.ip(), connections.len()) {
            let giving = giving.clone();
            connections.spawn(async move {
                // However it ended: whoever asked is gone, and nobody here misses anything.
                let _ = giving.serve(stream).await;
                drop(place);
            });
        }
    }
}

/// How many connections there are from each address.
#[derive(Clone, Default)]
struct Counts(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// A connection that counts as long as this is there.
struct Place {
    address: IpAddr,
    counts: Counts,
}

impl Counts {
    /// A place for one more connection, if there may be one.
    fn place(&self, address: IpAddr, open: usize) -> Option<Place> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.get(&address).copied().unwrap_or_default();
        if !is_near(address) || open >= MOST_CONNECTIONS || count >= MOST_FROM_ONE {
            return None;
        }
        counts.insert(address, count + 1);
        Some(Place {
            address,
            counts: self.clone(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.get_mut(&self.address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(counts.remove(&self.address)),
        }
    }
}

impl Giving {
    /// Serves one connection until it ends, or says something that nobody of us would.
    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        // Where the system does not want to, it only is less polite.
        let _ = stream.set_nodelay(true);
        let _ = go_behind_all(&stream);
        let mut greeting = [0; GREETING.len()];
        within(IDLE, stream.read_exact(&mut greeting)).await?;
        if greeting != *GREETING {
            return Err(io::ErrorKind::InvalidData.into());
        }
        loop {
            match within(IDLE, stream.read_u8()).await? {
                HAVE => self.say_which(&mut stream).await?,
                PIECE => self.hand_over(&mut stream).await?,
                _ => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }

    async fn say_which(&self, stream: &mut TcpStream) -> io::Result<()> {
        let count = within(ONE_ACT, stream.read_u32()).await? as usize;
        if count == 0 || count > MOST_NAMES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut bytes = vec![0; count * Name::BYTES];
        within(ONE_ACT, stream.read_exact(&mut bytes)).await?;
        let gifts = self.gifts.clone();
        let has = tokio::task::spawn_blocking(move || gifts.has(&words::names(&bytes))).await?;
        within(ONE_ACT, stream.write_all(&words::pack(&has))).await
    }

    async fn hand_over(&self, stream: &mut TcpStream) -> io::Result<()> {
        let mut name = [0; Name::BYTES];
        within(ONE_ACT, stream.read_exact(&mut name)).await?;
        let _place = self.pieces.acquire().await.map_err(io::Error::other)?;
        let piece = self.read(Name(name)).await?;
        within(ONE_ACT, stream.write_u32(piece.len() as u32)).await?;
        let mut patience = ONE_ACT;
        for sip in piece.chunks(SIP) {
            self.throttle.pass_all(sip.len()).await;
            let begun = Instant::now();
            within(patience, stream.write_all(sip)).await?;
            patience = patience.saturating_sub(begun.elapsed());
            self.given_bytes.fetch_add(sip.len() as u64, Ordering::Relaxed);
        }
        Ok(())
    }

    /// A piece; nothing where there is none.
    async fn read(&self, name: Name) -> io::Result<Vec<u8>> {
        let _turn = self.reads.acquire().await.map_err(io::Error::other)?;
        let gifts = self.gifts.clone();
        let piece = tokio::task::spawn_blocking(move || gifts.piece(&name)).await?;
        Ok(piece
            .filter(|piece| piece.len() <= LONGEST_PIECE)
            .unwrap_or_default())
    }
}

/// By IPv6 that is only said where the system lets programs say it.
fn go_behind_all(stream: &TcpStream) -> io::Result<()> {
    let socket = SockRef::from(stream);
    match stream.local_addr()? {
        SocketAddr::V4(_) => socket.set_tos_v4(BEHIND_ALL),
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        SocketAddr::V6(_) => socket.set_tclass_v6(BEHIND_ALL),
        #[cfg(not(any(target_os = "linux", target_os = "macos")))]
        SocketAddr::V6(_) => Ok(()),
    }
}

async fn within<T>(limit: Duration, act: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(limit, act)
        .await
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}
