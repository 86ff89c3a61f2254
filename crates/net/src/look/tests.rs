use super::*;
use std::io::{self, ErrorKind};

fn url() -> String {
    "https://service.example/".to_owned()
}

#[test]
fn a_name_that_is_not_found_is_the_networks_fault_only_where_there_is_a_network() {
    let error = Error::Dns {
        url: url(),
        source: "no such name".into(),
    };
    assert_eq!(obstacle(&error, || true), Obstacle::Name);
    assert_eq!(obstacle(&error, || false), Obstacle::NoNetwork);
}

#[test]
fn a_refusal_and_a_silence_at_the_port_are_told_apart() {
    let connect = |kind: ErrorKind| Error::Connect {
        url: url(),
        source: io::Error::from(kind).into(),
    };
    let seen = |kind| obstacle(&connect(kind), || true);
    assert_eq!(seen(ErrorKind::ConnectionRefused), Obstacle::Refused);
    assert_eq!(seen(ErrorKind::TimedOut), Obstacle::Blocked);
}

#[test]
fn what_a_stranger_calls_itself_cannot_steer_the_terminal() {
    assert_eq!(printable("Corp\u{1b}[31m CA\n"), "Corp[31m CA");
    assert_eq!(printable(&"x".repeat(9_999)).len(), 200);
}

#[test]
fn bytes_that_are_no_certificate_have_no_issuer() {
    assert_eq!(issuer(b"\x30\x82\xff\xffrubbish"), None);
    assert_eq!(issuer(b""), None);
}
