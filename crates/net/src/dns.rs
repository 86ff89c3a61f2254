//! Services that the DNS of this network names (RFC 2782): who serves, and in which order they are to be tried.
//!
//! What comes is a hint of whoever runs the network: nothing here makes it true. It is asked of the name servers that the
//! system is set up with, without a cache and without DNSSEC; whoever uses an answer judges it by something else, such as a
//! certificate. Why there is no larger resolver is in decision 48.

mod domain;
mod system;
mod turn;
mod words;

pub use domain::{BadDomain, Domain};

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use thiserror::Error;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;
use words::Heard;

/// How long one name server has for one answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many name servers are asked.
const MOST_SERVERS: usize = 3;
/// More than any name server sends in one packet.
const LONGEST_PACKET: usize = 4096;

/// Where names are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Resolver {
    /// As the system is set up, read each time: computers change networks.
    #[default]
    System,
    /// Here and nowhere else. For tests.
    At {
        /// The name server.
        server: SocketAddr,
        /// The domain of this network.
        search: Domain,
    },
}

/// Name servers, and the domains of this network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    servers: Vec<SocketAddr>,
    search: Vec<Domain>,
}

/// One that serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The host.
    pub host: Domain,
    /// Its port.
    pub port: u16,
    priority: u16,
    weight: u16,
}

/// Those who serve, in the order in which they are to be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Services {
    /// They may be none.
    pub list: Vec<Service>,
    /// For how long the answer holds, as the name server says; `None` where it names nobody.
    pub ttl: Option<Duration>,
}

/// No name server answered.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("no name server answers")]
pub struct NoAnswer;

impl Resolver {
    /// The name servers of now. It reads a file of the system, and does not wait for a network.
    pub fn names(&self) -> Names {
        match self {
            Self::System => system::names(),
            Self::At { server, search } => Names {
                servers: vec![*server],
                search: vec![search.clone()],
            },
        }
    }
}

impl Names {
    /// The domains in which this network looks names up that are not whole.
    pub fn search(&self) -> &[Domain] {
        &self.search
    }

    /// Who gives a service, such as `_toolcrib-content._tcp`, in a domain. Each name server has a second.
    ///
    /// # Errors
    /// [`NoAnswer`]; that nobody gives it is an answer.
    pub async fn services(&self, service: &str, domain: &Domain) -> Result<Services, NoAnswer> {
        let name = format!("{service}.{domain}");
        for server in self.servers.iter().take(MOST_SERVERS) {
            if let Ok(Ok(Heard::Answer(services))) = timeout(PATIENCE, ask(*server, &name)).await {
                return Ok(services.in_turn());
            }
        }
        Err(NoAnswer)
    }
}

impl Services {
    fn in_turn(self) -> Self {
        let list = turn::in_turn(self.list, |most| rand::random_range(0..=most));
        Self { list, ..self }
    }
}

async fn ask(server: SocketAddr, name: &str) -> io::Result<Heard> {
    let id = rand::random();
    let question = words::question(id, name).ok_or(io::ErrorKind::InvalidInput)?;
    let judge = |packet: &[u8]| words::read(packet, id, name);
    match by_packet(server, &question, judge).await? {
        Heard::CutOff => by_stream(server, &question, judge).await,
        heard => Ok(heard),
    }
}

/// Asks by UDP; what is no answer to this question is passed over. The port is the system's choice, and packets of others
/// than the name server do not get here.
async fn by_packet(
    server: SocketAddr,
    question: &[u8],
    judge: impl Fn(&[u8]) -> Option<Heard>,
) -> io::Result<Heard> {
    let own: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(own).await?;
    socket.connect(server).await?;
    socket.send(question).await?;
    let mut packet = vec![0; LONGEST_PACKET];
    loop {
        let length = socket.recv(&mut packet).await?;
        if let Some(heard) = judge(&packet[..length]) {
            return Ok(heard);
        }
    }
}

/// Asks by TCP, where an answer is too long for a packet.
async fn by_stream(
    server: SocketAddr,
    question: &[u8],
    judge: impl Fn(&[u8]) -> Option<Heard>,
) -> io::Result<Heard> {
    let mut stream = TcpStream::connect(server).await?;
    stream.write_u16(question.len() as u16).await?;
    stream.write_all(question).await?;
    let mut packet = vec![0; usize::from(stream.read_u16().await?)];
    stream.read_exact(&mut packet).await?;
    judge(&packet).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// The hosts that a packet names as the answer to the question that the seeds of the fuzz target answer.
#[cfg(fuzzing)]
pub(crate) fn hosts(packet: &[u8]) -> Vec<String> {
    match words::read(packet, 7, "_toolcrib-content._tcp.smith.example") {
        Some(Heard::Answer(services)) => services
            .in_turn()
            .list
            .iter()
            .map(|one| one.host.to_string())
            .collect(),
        Some(Heard::CutOff | Heard::Refused) | None => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
