//! Computers of one local network that give each other pieces of files (B-04).
//!
//! A piece has a name of 16 bytes and is a run of bytes; what both mean is known to whoever asks and whoever gives, not
//! here. A peer is found by one question to all and the answers to it ([`find`]), asked over a connection ([`Line`]), and
//! given to by [`give`]. Nothing that a peer says is believed: how long a piece is, the asker knows before.
//!
//! Everything here is bounded — how many peers, connections, names and bytes, and how long each may take — and goes no
//! further than the local link: packets live for one hop, and addresses that are not private are neither asked nor
//! answered. Both IPv4 and IPv6 are spoken.

mod find;
mod give;
mod line;
mod links;
mod words;

pub use find::{Ears, answer, ask, find, listen_for_questions};
pub use give::{Doors, Gifts, Giving, give, listen};
pub use line::{Fault, Line};

use socket2::SockRef;
use std::net::{IpAddr, SocketAddr};
use std::{fmt, io};

/// The usual port: questions come to it, and pieces are asked for there, unless another program has it.
pub const PORT: u16 = 28_461;
/// How many peers are found at the most.
pub const MOST_PEERS: usize = 8;
/// Packets live for one hop: no router lets them pass.
const HOPS: u32 = 1;

/// The name of a piece.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name(pub [u8; Name::BYTES]);

impl Name {
    /// How long a name is.
    pub const BYTES: usize = 16;
}

impl fmt::Debug for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// Where a peer listens: at a private or link-local address, or on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PeerAddress(SocketAddr);

impl PeerAddress {
    /// The address, if it can be one of a local network.
    pub fn new(address: SocketAddr) -> Option<Self> {
        let is_reached = match address {
            SocketAddr::V4(_) => true,
            // On the local link an address says nothing without its interface.
            SocketAddr::V6(address) => !address.ip().is_unicast_link_local() || address.scope_id() != 0,
        };
        (is_reached && is_near(address.ip()) && address.port() != 0).then_some(Self(address))
    }

    const fn socket(self) -> SocketAddr {
        self.0
    }
}

impl fmt::Display for PeerAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Whether this is an address of local networks. Narrower than what counts as private elsewhere: nobody listens at a
/// group's or at everybody's address, and what is written as the one kind and means the other is neither.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local() || address.is_loopback(),
        IpAddr::V6(address) => {
            address.is_unique_local() || address.is_unicast_link_local() || address.is_loopback()
        }
    }
}

/// Lets what a socket sends die at the first router.
fn stay_near(socket: SockRef<'_>, own: SocketAddr) -> io::Result<()> {
    match own {
        SocketAddr::V4(_) => socket.set_ttl_v4(HOPS),
        SocketAddr::V6(_) => socket.set_unicast_hops_v6(HOPS),
    }
}

/// Reads a packet as a question and as the answer to one.
#[cfg(fuzzing)]
pub(crate) fn read_answer(packet: &[u8]) {
    words::read_question(packet);
    words::read_answer(packet, &[7; 16]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_local_networks_are_peers() {
        let peer = |raw: &str| PeerAddress::new(raw.parse().expect("an address"));
        for near in [
            "10.1.2.3:80",
            "192.168.7.7:1",
            "172.31.0.9:9",
            "169.254.3.4:5",
            "127.0.0.1:6",
            "[fe80::1%2]:80",
            "[fd12:3456::1]:80",
            "[::1]:6",
        ] {
            assert!(peer(near).is_some(), "{near}");
        }
        for far in [
            "8.8.8.8:80",
            "10.1.2.3:0",
            "224.0.0.1:80",
            "255.255.255.255:1",
            "0.0.0.0:1",
            "[fe80::1]:80",
            "[2606:4700::1111]:80",
            "[ff02::1%2]:80",
            "[::]:80",
            "[::ffff:10.1.2.3]:80",
            "[fd12::1]:0",
        ] {
            assert!(peer(far).is_none(), "{far}");
        }
    }
}
