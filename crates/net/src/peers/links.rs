//! The networks that this computer is on, as questions by IPv6 need them: a packet to all goes out at one interface.

use if_addrs::Interface;
use std::net::IpAddr;

/// How many interfaces are asked at, and heard at.
const MOST_LINKS: usize = 8;

/// The numbers of the interfaces that have an address of the local link; none where there is no IPv6.
pub(super) fn links() -> Vec<u32> {
    let all = if_addrs::get_if_addrs().unwrap_or_default();
    let mut links: Vec<u32> = all
        .iter()
        .filter(|one| is_link(one))
        .filter_map(|one| one.index)
        .collect();
    links.sort_unstable();
    links.dedup();
    links.truncate(MOST_LINKS);
    links
}

fn is_link(interface: &Interface) -> bool {
    let is_local = matches!(interface.ip(), IpAddr::V6(address) if address.is_unicast_link_local());
    // At the other end of a tunnel there is no local network.
    is_local && interface.is_oper_up() && !interface.is_p2p()
}
