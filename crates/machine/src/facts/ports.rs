//! Whether TCP ports of this computer are free.

use super::{Question, Reading, Readings};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use toolcrib_model::{FactName as F, FactName, FactValue};

pub(super) const NAMES: &[FactName] = &[F::PortFree];

pub(super) fn read(question: &Question) -> Readings {
    question.each(NAMES, |_, port| match port.parse() {
        Ok(port) => is_free(port),
        Err(_) => Err("it is not a port".to_owned()),
    })
}

/// Tries to listen, for an instant and where only this computer could call. A computer without IPv6 has its ports free there.
fn is_free(port: u16) -> Reading {
    let places: [SocketAddr; 2] = [
        (Ipv4Addr::LOCALHOST, port).into(),
        (Ipv6Addr::LOCALHOST, port).into(),
    ];
    for place in places {
        match TcpListener::bind(place) {
            Ok(_) => (),
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Ok(FactValue::Flag(false)),
            Err(_) if place.is_ipv6() => (),
            Err(error) => return Err(error.to_string()),
        }
    }
    Ok(FactValue::Flag(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_taken_as_long_as_somebody_listens() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        assert_eq!(is_free(port), Ok(FactValue::Flag(false)));
    }
}
