//! What a script may ask of the network: the addresses of names, and this computer's own.

use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs as _, UdpSocket};

/// An address for documents (RFC 5737): nobody has it, and nothing is sent to it.
const FAR: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 443);

/// Who knows addresses. Scripts know the old ones only (IPv4).
pub trait Names: Debug + Send + Sync {
    /// The first address of a name.
    fn address(&self, host: &str) -> Option<Ipv4Addr>;
    /// The address that this computer has on its way out.
    fn own(&self) -> Option<Ipv4Addr>;
}

/// What the system knows.
#[derive(Clone, Copy, Debug)]
pub struct SystemNames;

impl Names for SystemNames {
    fn address(&self, host: &str) -> Option<Ipv4Addr> {
        let found = (host, 0).to_socket_addrs().ok()?;
        found.map(|address| address.ip()).find_map(old)
    }

    /// Connecting a datagram socket only asks the routing table.
    fn own(&self) -> Option<Ipv4Addr> {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        socket.connect(FAR).ok()?;
        old(socket.local_addr().ok()?.ip())
    }
}

const fn old(address: IpAddr) -> Option<Ipv4Addr> {
    match address {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(_) => None,
    }
}
