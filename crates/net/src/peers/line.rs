//! Asking one peer.

use super::words::{self, GREETING, MOST_NAMES, PIECE};
use super::{Name, PeerAddress, stay_near};
use crate::throttle::Throttle;
use socket2::SockRef;
use std::future::Future;
use std::io;
use std::time::{Duration, Instant};
use thiserror::Error;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// How long a peer has to take a connection; it is next door.
const NEXT_DOOR: Duration = Duration::from_millis(500);
/// How long a peer may be silent.
const SILENCE: Duration = Duration::from_secs(3);
/// How fast a piece has to come, in bytes a second, beyond what silence is allowed.
const LEAST_PACE: u64 = 256 << 10;
/// So much is read at once.
const SIP: usize = 64 << 10;

/// Why a peer is not asked any more. There is always another place to fetch from, so this is for the log.
#[derive(Debug, Error)]
pub enum Fault {
    /// It takes no connection.
    #[error("it cannot be reached")]
    Unreachable(#[source] io::Error),
    /// It broke a connection off.
    #[error("it broke off")]
    BrokeOff(#[source] io::Error),
    /// It took too long.
    #[error("it is silent, or slower than any network next door")]
    Slow,
    /// It announced a piece of another length than the piece has.
    #[error("it said that a piece of {expected} bytes has {said}")]
    Lied {
        /// The length that was known.
        expected: usize,
        /// What it said.
        said: u32,
    },
}

/// A connection to a peer, over which one thing is asked after the other.
#[derive(Debug)]
pub struct Line(TcpStream);

impl Line {
    /// Connects.
    ///
    /// # Errors
    /// [`Fault`] where nobody takes the connection at once.
    pub async fn open(peer: PeerAddress) -> Result<Self, Fault> {
        let connecting = async {
            let whom = peer.socket();
            let socket = if whom.is_ipv6() {
                TcpSocket::new_v6()
            } else {
                TcpSocket::new_v4()
            }?;
            stay_near(SockRef::from(&socket), whom)?;
            let mut stream = socket.connect(whom).await?;
            stream.set_nodelay(true)?;
            stream.write_all(GREETING).await?;
            Ok(Self(stream))
        };
        match timeout(NEXT_DOOR, connecting).await {
            Ok(connected) => connected.map_err(Fault::Unreachable),
            Err(_) => Err(Fault::Slow),
        }
    }

    /// Which of these pieces the peer says that it has.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn have(&mut self, names: &[Name]) -> Result<Vec<bool>, Fault> {
        let mut all = Vec::with_capacity(names.len());
        for some in names.chunks(MOST_NAMES) {
            in_time(self.0.write_all(&words::have(some))).await?;
            let mut bits = vec![0; words::bytes_of(some.len())];
            in_time(self.0.read_exact(&mut bits)).await?;
            all.extend(words::unpack(&bits, some.len()));
        }
        Ok(all)
    }

    /// A piece of a length that is known; `None` where the peer does not have it (any more), or where `came`, which is
    /// told of all bytes as they arrive, says that it is not wanted any more. Then this connection is of no more use.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn piece(
        &mut self,
        name: &Name,
        length: usize,
        throttle: &Throttle,
        mut came: impl FnMut(usize) -> bool,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let mut asked = [PIECE; 1 + Name::BYTES];
        asked[1..].copy_from_slice(&name.0);
        in_time(self.0.write_all(&asked)).await?;
        match in_time(self.0.read_u32()).await? {
            0 => return Ok(None),
            said if said as usize == length => {}
            said => {
                return Err(Fault::Lied {
                    expected: length,
                    said,
                });
            }
        }
        let mut patience = SILENCE + Duration::from_secs(length as u64 / LEAST_PACE);
        let mut piece = Vec::with_capacity(length);
        while piece.len() < length {
            let begun = Instant::now();
            let read = self.sip(&mut piece, length);
            let sip = in_time(read).await?;
            // What we wait for ourselves, because of a limit, is not held against it.
            patience = patience.checked_sub(begun.elapsed()).ok_or(Fault::Slow)?;
            throttle.pass_all(sip).await;
            if !came(sip) {
                return Ok(None);
            }
        }
        Ok(Some(piece))
    }

    /// Some of the bytes that are missing.
    async fn sip(&mut self, piece: &mut Vec<u8>, length: usize) -> io::Result<usize> {
        let most = (length - piece.len()).min(SIP);
        match (&mut self.0).take(most as u64).read_buf(piece).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            sip => Ok(sip),
        }
    }
}

async fn in_time<T>(asking: impl Future<Output = io::Result<T>>) -> Result<T, Fault> {
    match timeout(SILENCE, asking).await {
        Ok(answer) => answer.map_err(Fault::BrokeOff),
        Err(_) => Err(Fault::Slow),
    }
}
