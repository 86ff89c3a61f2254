//! The way to the account service: the network, the proxy, the name, the port, the protection, the service, its clock.

use super::Finding;
use crate::client::Client;
use crate::view::{CheckView, Subject};
use jiff::{SignedDuration, Timestamp};
use toolcrib_model::constants::CLOCK_TOLERANCE;
use toolcrib_net::{Look, Obstacle, SafeUrl, TlsProblem};

/// A difference that is no difference: dates of HTTP have whole seconds, and an answer takes its time.
const UNREMARKABLE: SignedDuration = SignedDuration::from_secs(90);

/// The stations on the way, in their order. What is behind an obstacle was not looked at.
const WAY: [Subject; 6] = [
    Subject::Network,
    Subject::Proxy,
    Subject::Name,
    Subject::Connection,
    Subject::Protection,
    Subject::Service,
];

/// What was seen on the way.
pub(super) struct Seen {
    pub(super) checks: Vec<CheckView>,
    /// Whether the account service answered as itself.
    pub(super) reached: bool,
}

/// Looks at the account service once.
pub(super) async fn look(client: &Client, server: &SafeUrl) -> Seen {
    let look = match (client.http(), server.below("readyz")) {
        (Ok(http), Ok(url)) => http.look(&url).await,
        _ => Look {
            obstacle: Some(Obstacle::SetUp),
            status: None,
            date: None,
        },
    };
    judge(&look, server, client.0.clock.now())
}

/// What a look amounts to: the first station that is in the way, those before it passed, those behind it unseen.
pub(super) fn judge(look: &Look, server: &SafeUrl, now: Timestamp) -> Seen {
    let trouble = trouble(look, server);
    let stops_at = trouble.as_ref().map_or(WAY.len(), |check| station(check.subject));
    let passed = WAY[..stops_at]
        .iter()
        .map(|subject| CheckView::good(*subject, passed(*subject, server)));
    let mut checks: Vec<_> = passed.collect();
    let unseen = WAY.iter().skip(stops_at + 1);
    checks.extend(trouble);
    checks.extend(unseen.map(|subject| CheckView::unseen(*subject)));
    checks.push(clock(look.date, now));
    Seen {
        reached: stops_at == WAY.len(),
        checks,
    }
}

fn station(subject: Subject) -> usize {
    WAY.iter().position(|one| *one == subject).unwrap_or(0)
}

fn passed(subject: Subject, server: &SafeUrl) -> String {
    match subject {
        Subject::Network => "This computer has a network.".to_owned(),
        Subject::Name => format!("`{}` is known.", server.host()),
        Subject::Proxy => "No proxy is in the way.".to_owned(),
        Subject::Connection => format!("`{}` can be reached.", server.authority()),
        Subject::Protection if server.is_loopback() => "This computer itself needs none.".to_owned(),
        Subject::Protection => "The server proved who it is; nobody in between can read along.".to_owned(),
        Subject::Service
        | Subject::Home
        | Subject::Disk
        | Subject::Secrets
        | Subject::Policy
        | Subject::ContentServers
        | Subject::Clock
        | Subject::Session
        | Subject::Licences => "The account service answers.".to_owned(),
    }
}

fn trouble(look: &Look, server: &SafeUrl) -> Option<CheckView> {
    match &look.obstacle {
        Some(obstacle) => Some(in_the_way(obstacle, server)),
        None => unwell(look.status?, server),
    }
}

fn unwell(status: u16, server: &SafeUrl) -> Option<CheckView> {
    let (finding, text) = match status {
        200..=299 => return None,
        407 => return Some(proxy_sign_in()),
        500..=599 => (
            Finding::ServerUnwell,
            format!(
                "`{}` answers that it cannot work now (status {status}).",
                server.host()
            ),
        ),
        _ => (
            Finding::NotOurServer,
            format!("What answers at `{server}` is no account service (status {status})."),
        ),
    };
    Some(CheckView::found(Subject::Service, finding, text))
}

fn in_the_way(obstacle: &Obstacle, server: &SafeUrl) -> CheckView {
    let (host, place) = (server.host(), server.authority());
    let found = |subject, finding, text: String| CheckView::found(subject, finding, text);
    match obstacle {
        Obstacle::NoNetwork => found(
            Subject::Network,
            Finding::NoNetwork,
            "This computer has no way out: no network is connected.".to_owned(),
        ),
        Obstacle::Name => found(
            Subject::Name,
            Finding::UnknownName,
            format!("The name `{host}` is not known on this network."),
        ),
        Obstacle::ProxySignIn => proxy_sign_in(),
        Obstacle::Proxy => found(
            Subject::Proxy,
            Finding::ProxyBroken,
            "The proxy is not there, or does not connect.".to_owned(),
        ),
        Obstacle::SetUp => found(
            Subject::Proxy,
            Finding::SettingsUnusable,
            "The proxy or a certificate that is set here cannot be used.".to_owned(),
        ),
        Obstacle::Blocked => found(
            Subject::Connection,
            Finding::PortBlocked,
            format!("Nothing answers at `{place}`, not even with a refusal: a firewall drops it."),
        ),
        Obstacle::Refused => found(
            Subject::Service,
            Finding::ServerDown,
            format!("`{host}` is there, and no account service is running at `{place}`."),
        ),
        Obstacle::Certificate { problem, issuer } => protection(*problem, issuer.as_deref(), host),
        Obstacle::OtherPage => found(
            Subject::Service,
            Finding::NetworkSignIn,
            format!("A page of this network's own answers in place of `{host}`."),
        ),
        Obstacle::Silent => found(
            Subject::Service,
            Finding::ServerSilent,
            format!("`{place}` takes the connection and then says nothing sensible."),
        ),
    }
}

fn proxy_sign_in() -> CheckView {
    CheckView::found(
        Subject::Proxy,
        Finding::ProxySignIn,
        "The proxy wants a name and a password (407).".to_owned(),
    )
}

fn protection(problem: TlsProblem, issuer: Option<&str>, host: &str) -> CheckView {
    let issuer = issuer.map_or_else(|| "an unnamed issuer".to_owned(), |name| format!("“{name}”"));
    let (finding, text) = match problem {
        TlsProblem::UntrustedIssuer => (
            Finding::Intercepted,
            format!("The certificate for `{host}` comes from {issuer}, whom this computer does not trust."),
        ),
        TlsProblem::OutOfDate => (
            Finding::CertificateOutOfDate,
            format!("The certificate for `{host}` (from {issuer}) is not valid at this computer's time."),
        ),
        TlsProblem::WrongName => (
            Finding::CertificateWrong,
            format!("The certificate that is shown for `{host}` (from {issuer}) is another server's."),
        ),
        TlsProblem::Other => (
            Finding::CertificateWrong,
            format!("`{host}` and this computer could not agree on a protected connection."),
        ),
    };
    CheckView::found(Subject::Protection, finding, text)
}

fn clock(said: Option<Timestamp>, now: Timestamp) -> CheckView {
    let Some(said) = said else {
        return CheckView::unseen(Subject::Clock);
    };
    let behind = said.duration_since(now);
    let text = match behind {
        behind if behind.abs() <= UNREMARKABLE => {
            return CheckView::good(Subject::Clock, "As the server's.".to_owned());
        }
        behind => offset(behind),
    };
    match behind.abs() > CLOCK_TOLERANCE {
        true => CheckView::found(Subject::Clock, Finding::ClockWrong, text),
        false => CheckView::found(Subject::Clock, Finding::ClockOff, text),
    }
}

/// `The clock of this computer is 4 h 12 min 3 s behind the server's.`
fn offset(behind: SignedDuration) -> String {
    let side = if behind.is_negative() {
        "ahead of"
    } else {
        "behind"
    };
    let seconds = behind.as_secs().unsigned_abs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let parts = units.iter().enumerate().filter_map(|(place, (unit, name))| {
        let above = place.checked_sub(1).map_or(u64::MAX, |above| units[above].0);
        let count = seconds % above / unit;
        (count > 0).then(|| format!("{count} {name}"))
    });
    let parts = parts.collect::<Vec<_>>().join(" ");
    format!("The clock of this computer is {parts} {side} the server's.")
}
