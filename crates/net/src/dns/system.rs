//! The name servers that this computer is set up with.

use super::Names;

/// The port of name servers.
const PORT: u16 = 53;
/// How many domains of a network are looked at.
const MOST_SEARCH: usize = 6;
/// More than anybody writes into the file of Unix systems, in bytes.
#[cfg(unix)]
const MOST: u64 = 64 << 10;

/// The names of now; none where the system does not say.
#[cfg(unix)]
pub(super) fn names() -> Names {
    let written = toolcrib_machine::files::read_bounded("/etc/resolv.conf".as_ref(), MOST);
    written
        .ok()
        .flatten()
        .map(|bytes| written_in(&bytes))
        .unwrap_or_default()
}

/// What is written in the file of Unix systems; lines that are not understood are passed over.
#[cfg(unix)]
fn written_in(bytes: &[u8]) -> Names {
    let (config, _faults) = resolv_conf::Config::parse_with_errors(bytes);
    let servers = config.get_nameservers_or_local().into_iter();
    let search = config.get_last_search_or_domain();
    Names {
        servers: servers
            .map(|server| (std::net::IpAddr::from(server), PORT).into())
            .collect(),
        search: search
            .filter_map(|domain| domain.parse().ok())
            .take(MOST_SEARCH)
            .collect(),
    }
}

/// The names of now; none where the system does not say.
#[cfg(windows)]
pub(super) fn names() -> Names {
    let adapters = ipconfig::get_adapters().unwrap_or_default();
    let up = adapters
        .iter()
        .filter(|adapter| adapter.oper_status() == ipconfig::OperStatus::IfOperStatusUp);
    let servers = up.flat_map(|adapter| adapter.dns_servers().iter().copied());
    let search = ipconfig::computer::get_search_list().unwrap_or_default();
    let own = ipconfig::computer::get_domain().ok().flatten();
    Names {
        servers: servers.map(|server| (server, PORT).into()).collect(),
        search: search
            .into_iter()
            .chain(own)
            .filter_map(|domain| domain.parse().ok())
            .take(MOST_SEARCH)
            .collect(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn name_servers_and_domains_are_read_and_what_is_strange_is_passed_over() {
        let written = "# ours\nnameserver 10.0.0.53\nnameserver fd00::53\nsearch paris.smith.example -- smith.example\nwhat?\n";
        let names = written_in(written.as_bytes());
        let servers: Vec<String> = names.servers.iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["10.0.0.53:53", "[fd00::53]:53"]);
        let search: Vec<&str> = names.search.iter().map(super::super::Domain::as_str).collect();
        assert_eq!(search, ["paris.smith.example", "smith.example"]);
    }

    #[test]
    fn without_a_name_server_this_computer_itself_is_asked() {
        let servers = written_in(b"").servers;
        assert!(!servers.is_empty() && servers.iter().all(|server| server.ip().is_loopback()));
    }
}
