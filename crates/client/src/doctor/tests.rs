use super::network::judge;
use super::*;
use jiff::{SignedDuration, Timestamp};
use toolcrib_net::{Look, Obstacle, TlsProblem};

fn server() -> SafeUrl {
    SafeUrl::parse("https://service.example").expect("a URL")
}

fn noon() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().expect("a time")
}

fn seen(obstacle: Option<Obstacle>, status: Option<u16>) -> Vec<(Subject, Finding)> {
    let look = Look {
        obstacle,
        status,
        date: None,
    };
    let checks = judge(&look, &server(), noon()).checks;
    let bad = checks
        .into_iter()
        .filter(|check| check.finding != Finding::NotLookedAt && !check.passes());
    bad.map(|check| (check.subject, check.finding)).collect()
}

#[test]
fn each_obstacle_is_told_at_its_own_station() {
    let certificate = |problem| Obstacle::Certificate {
        problem,
        issuer: None,
    };
    let table = [
        (Obstacle::NoNetwork, Subject::Network, Finding::NoNetwork),
        (Obstacle::Name, Subject::Name, Finding::UnknownName),
        (Obstacle::ProxySignIn, Subject::Proxy, Finding::ProxySignIn),
        (Obstacle::Proxy, Subject::Proxy, Finding::ProxyBroken),
        (Obstacle::SetUp, Subject::Proxy, Finding::SettingsUnusable),
        (Obstacle::Blocked, Subject::Connection, Finding::PortBlocked),
        (Obstacle::Refused, Subject::Service, Finding::ServerDown),
        (
            certificate(TlsProblem::UntrustedIssuer),
            Subject::Protection,
            Finding::Intercepted,
        ),
        (
            certificate(TlsProblem::OutOfDate),
            Subject::Protection,
            Finding::CertificateOutOfDate,
        ),
        (
            certificate(TlsProblem::WrongName),
            Subject::Protection,
            Finding::CertificateWrong,
        ),
        (Obstacle::OtherPage, Subject::Service, Finding::NetworkSignIn),
        (Obstacle::Silent, Subject::Service, Finding::ServerSilent),
    ];
    for (obstacle, subject, finding) in table {
        assert_eq!(seen(Some(obstacle), None), [(subject, finding)]);
    }
}

#[test]
fn a_status_tells_a_service_that_is_unwell_from_what_is_none() {
    assert_eq!(seen(None, Some(200)), []);
    assert_eq!(seen(None, Some(503)), [(Subject::Service, Finding::ServerUnwell)]);
    assert_eq!(seen(None, Some(404)), [(Subject::Service, Finding::NotOurServer)]);
    assert_eq!(seen(None, Some(407)), [(Subject::Proxy, Finding::ProxySignIn)]);
}

#[test]
fn what_is_behind_an_obstacle_was_not_looked_at() {
    let look = Look {
        obstacle: Some(Obstacle::Blocked),
        status: None,
        date: None,
    };
    let checks = judge(&look, &server(), noon()).checks;
    let findings: Vec<_> = checks.iter().map(|check| check.finding).collect();
    let expected = [
        Finding::Good,
        Finding::Good,
        Finding::Good,
        Finding::PortBlocked,
        Finding::NotLookedAt,
        Finding::NotLookedAt,
        Finding::NotLookedAt,
    ];
    assert_eq!(findings, expected);
}

#[test]
fn the_clock_is_told_to_the_second() {
    let clock = |behind: SignedDuration| {
        let look = Look {
            obstacle: None,
            status: Some(200),
            date: noon().checked_add(behind).ok(),
        };
        let check = judge(&look, &server(), noon())
            .checks
            .pop()
            .expect("the clock is the last");
        (check.finding, check.found)
    };
    let (four_hours, three_days) = (SignedDuration::from_secs(15_123), SignedDuration::from_hours(-72));
    let says = |finding, text: &str| (finding, text.to_owned());
    assert_eq!(
        clock(four_hours),
        says(
            Finding::ClockOff,
            "The clock of this computer is 4 h 12 min 3 s behind the server's."
        )
    );
    assert_eq!(
        clock(three_days),
        says(
            Finding::ClockWrong,
            "The clock of this computer is 3 d ahead of the server's."
        )
    );
    assert_eq!(clock(SignedDuration::from_secs(60)).0, Finding::Good);
}

#[test]
fn everything_bad_comes_with_something_to_do() {
    let checks = [
        Finding::Intercepted,
        Finding::ProxySignIn,
        Finding::Revoked,
        Finding::NoNetwork,
    ];
    for finding in checks {
        assert!(
            finding.advice().is_some() && finding.whom().words().is_some(),
            "{finding:?}"
        );
    }
}
