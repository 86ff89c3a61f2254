//! Finding peers: one question to everybody on the local link, by IPv4 and by IPv6, and what is answered within a moment.

use super::links::links;
use super::words::{self, Mark, Nonce};
use super::{HOPS, MOST_PEERS, PORT, PeerAddress, is_near, stay_near};
use futures::future::select_all;
use socket2::{Domain, Protocol, SockRef, Socket, Type};
use std::collections::HashSet;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::{Instant, sleep, timeout_at};
use toolcrib_model::Digest;

/// The groups that are asked: of those that stay within a site (RFC 2365), and of those that stay on the local link and were
/// assigned to nobody (RFC 4291).
const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 84, 67);
const GROUP_V6: Ipv6Addr = Ipv6Addr::new(0xff12, 0, 0, 0, 0, 0, 0x5443, 0x5052);
/// So many answers are given in [`ANSWERS_EVERY`], whoever asks.
const MOST_ANSWERS: u32 = 32;
const ANSWERS_EVERY: Duration = Duration::from_secs(1);
/// How many packets are looked at for one question.
const MOST_PACKETS: usize = 256;

/// Somebody who answered.
struct Answer {
    peer: PeerAddress,
    mark: Option<Mark>,
}

/// What hears questions to all.
#[derive(Debug)]
pub struct Ears {
    sockets: Vec<UdpSocket>,
    /// What marks are made of, so that two answers of this computer are known as those of one.
    secret: [u8; 16],
}

/// Asks who of this local network gives, and takes the answers of so long a time: a few peers at the most, each once,
/// however many addresses it has.
///
/// # Errors
/// When nothing can be sent, as on a computer without a network.
pub async fn find(patience: Duration) -> io::Result<Vec<PeerAddress>> {
    let nonce = rand::random();
    let link = |link| SocketAddrV6::new(GROUP_V6, PORT, 0, link).into();
    let (everybody, on_links) = (
        [(GROUP, PORT).into()],
        links().into_iter().map(link).collect::<Vec<_>>(),
    );
    let (by_v4, by_v6) = tokio::join!(
        gather(&everybody, &nonce, patience),
        gather(&on_links, &nonce, patience)
    );
    match (by_v4, by_v6) {
        (Err(error), Err(_)) => Err(error),
        (by_v4, by_v6) => Ok(each_once(by_v4.into_iter().chain(by_v6).flatten())),
    }
}

/// The same where the question goes to one address.
///
/// # Errors
/// As [`find`].
pub async fn ask(whom: SocketAddr, patience: Duration) -> io::Result<Vec<PeerAddress>> {
    let answers = gather(&[whom], &rand::random(), patience).await?;
    Ok(each_once(answers.into_iter()))
}

/// Asks at these addresses, all of one kind, and gathers the answers.
async fn gather(whom: &[SocketAddr], nonce: &Nonce, patience: Duration) -> io::Result<Vec<Answer>> {
    let end = Instant::now() + patience;
    let first = whom.first().ok_or(io::ErrorKind::NetworkUnreachable)?;
    let socket = asking_socket(first.is_ipv6())?;
    send_to_all(&socket, whom, &words::question(nonce)).await?;
    let (mut found, mut known, mut buffer) = (Vec::new(), HashSet::new(), [0; 64]);
    for _ in 0..MOST_PACKETS {
        let Ok(packet) = timeout_at(end, socket.recv_from(&mut buffer)).await else {
            break;
        };
        let Ok((length, from)) = packet else { continue };
        // One for each address: nobody fills the list alone.
        let answer = read(&buffer[..length], nonce, from).filter(|_| known.insert(from.ip()));
        found.extend(answer);
        if found.len() >= MOST_PEERS {
            break;
        }
    }
    Ok(found)
}

/// Sends to each, and fails where that could be sent to nobody.
async fn send_to_all(socket: &UdpSocket, whom: &[SocketAddr], packet: &[u8]) -> io::Result<()> {
    let mut outcome = Ok(());
    let mut is_sent = false;
    for one in whom {
        match socket.send_to(packet, one).await {
            Ok(_) => is_sent = true,
            Err(error) => outcome = Err(error),
        }
    }
    if is_sent { Ok(()) } else { outcome }
}

fn read(packet: &[u8], nonce: &Nonce, mut from: SocketAddr) -> Option<Answer> {
    let (port, mark) = words::read_answer(packet, nonce)?;
    // The interface stays part of an address of the local link.
    from.set_port(port);
    PeerAddress::new(from).map(|peer| Answer { peer, mark })
}

/// Peers that answered at several of their addresses count once.
fn each_once(answers: impl Iterator<Item = Answer>) -> Vec<PeerAddress> {
    let mut marks = HashSet::new();
    let first = answers.filter(|answer| answer.mark.is_none_or(|mark| marks.insert(mark)));
    first.map(|answer| answer.peer).take(MOST_PEERS).collect()
}

fn asking_socket(is_v6: bool) -> io::Result<UdpSocket> {
    // What this computer has itself is looked for without asking.
    let (socket, own): (Socket, SocketAddr) = if is_v6 {
        let socket = v6_socket()?;
        socket.set_multicast_hops_v6(HOPS)?;
        socket.set_multicast_loop_v6(false)?;
        (socket, (Ipv6Addr::UNSPECIFIED, 0).into())
    } else {
        let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
        socket.set_multicast_ttl_v4(HOPS)?;
        socket.set_multicast_loop_v4(false)?;
        (socket, (Ipv4Addr::UNSPECIFIED, 0).into())
    };
    bound(socket, own)
}

/// What hears questions to all. Several programs of one computer may each do so.
///
/// # Errors
/// When the system refuses, as on a computer without a network.
pub fn listen_for_questions() -> io::Result<Ears> {
    let sockets: Vec<_> = match (hear_v4(), hear_v6(&links())) {
        (Err(error), Err(_)) => return Err(error),
        (by_v4, by_v6) => by_v4.into_iter().chain(by_v6).collect(),
    };
    Ok(Ears::at(sockets))
}

fn hear_v4() -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_reuse_address(true)?;
    socket.join_multicast_v4(&GROUP, &Ipv4Addr::UNSPECIFIED)?;
    bound(socket, (Ipv4Addr::UNSPECIFIED, PORT).into())
}

fn hear_v6(links: &[u32]) -> io::Result<UdpSocket> {
    let socket = v6_socket()?;
    socket.set_reuse_address(true)?;
    let joined = links
        .iter()
        .filter(|link| socket.join_multicast_v6(&GROUP_V6, **link).is_ok());
    match joined.count() {
        0 => Err(io::ErrorKind::NetworkUnreachable.into()),
        _ => bound(socket, (Ipv6Addr::UNSPECIFIED, PORT).into()),
    }
}

fn v6_socket() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV6, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_only_v6(true)?;
    Ok(socket)
}

fn bound(socket: Socket, own: SocketAddr) -> io::Result<UdpSocket> {
    socket.bind(&own.into())?;
    socket.set_nonblocking(true)?;
    UdpSocket::from_std(socket.into())
}

impl Ears {
    /// Hears what comes to these sockets; there is at least one.
    pub fn at(sockets: Vec<UdpSocket>) -> Self {
        Self {
            sockets,
            secret: rand::random(),
        }
    }

    /// What this computer's answers to one question have in common, and those to two questions do not.
    fn mark(&self, nonce: &Nonce) -> Mark {
        let made = Digest::of(&[self.secret, *nonce].concat());
        let mut mark = Mark::default();
        mark.copy_from_slice(&made.as_bytes()[..size_of::<Mark>()]);
        mark
    }

    async fn answer_at(&self, socket: &UdpSocket, port: u16) -> Infallible {
        if let Ok(own) = socket.local_addr() {
            // Where that is refused, an answer may get further; nobody further away gets a connection.
            let _ = stay_near(SockRef::from(socket), own);
        }
        let (mut since, mut answered) = (Instant::now(), 0);
        let mut buffer = [0; 64];
        loop {
            let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
                sleep(ANSWERS_EVERY).await;
                continue;
            };
            let question = words::read_question(&buffer[..length]).filter(|_| is_near(from.ip()));
            let Some((nonce, wants_mark)) = question else {
                continue;
            };
            if since.elapsed() > ANSWERS_EVERY {
                (since, answered) = (Instant::now(), 0);
            }
            if answered < MOST_ANSWERS {
                answered += 1;
                let mark = wants_mark.then(|| self.mark(&nonce));
                // Whoever asked may be gone.
                let _ = socket.send_to(&words::answer(&nonce, port, mark), from).await;
            }
        }
    }
}

/// Answers questions of this local network, for ever: pieces can be asked for at `port`. To be dropped when that ends.
pub async fn answer(ears: &Ears, port: u16) -> Infallible {
    let each = ears
        .sockets
        .iter()
        .map(|socket| Box::pin(ears.answer_at(socket, port)));
    select_all(each).await.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computer_that_answers_at_two_addresses_is_one_peer() {
        let answer = |raw: &str, mark: Option<u8>| Answer {
            peer: PeerAddress::new(raw.parse().expect("an address")).expect("near"),
            mark: mark.map(|mark| [mark; 8]),
        };
        let answers = [
            answer("10.0.0.1:5", Some(1)),
            answer("10.0.0.2:5", None),
            answer("[fe80::1%2]:5", Some(1)),
            answer("[fe80::3%2]:5", Some(3)),
            answer("10.0.0.4:5", None),
        ];
        let once: Vec<String> = each_once(answers.into_iter())
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(once, ["10.0.0.1:5", "10.0.0.2:5", "[fe80::3%2]:5", "10.0.0.4:5"]);
    }

    #[tokio::test]
    async fn marks_are_the_same_for_one_question_and_tell_nothing_of_two() {
        let ears = Ears::at(Vec::new());
        assert_eq!(ears.mark(&[1; 16]), ears.mark(&[1; 16]));
        assert_ne!(ears.mark(&[1; 16]), ears.mark(&[2; 16]));
        assert_ne!(ears.mark(&[1; 16]), Ears::at(Vec::new()).mark(&[1; 16]));
    }
}
