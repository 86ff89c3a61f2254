//! Facts about the way to hosts: whether a name is known, a connection is made, a certificate trusted, a request answered;
//! which proxy stands between, and how far the clock is off.

mod pace;
mod proxy;

pub use pace::throughput;

use crate::{Answer, Error, Http, ProxyChoice, Request, Result, SafeUrl};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use toolcrib_model::{FactKey, FactName as F, FactValue, Facts};

/// How long one step on the way to one host may take.
const STEP: Duration = Duration::from_secs(4);
/// No answer is of interest beyond its head.
const LIMIT: u64 = 64 << 10;

/// A measured value, or why there is none.
pub type Reading = std::result::Result<FactValue, String>;

/// What is known of each host.
const HOST_FACTS: [F; 4] = [F::NetworkDns, F::NetworkTcp, F::NetworkTls, F::NetworkReachable];

/// What one host answered.
struct Reached {
    dns: Reading,
    tcp: Reading,
    tls: Reading,
    reachable: Reading,
    /// How far this computer's clock is from the host's, in seconds.
    skew: Option<u64>,
}

/// What came over the best way to a host.
struct Answered {
    tls: Reading,
    answer: Result<Answer>,
}

/// Asks the hosts that are named in `wanted`, all at once, and adds what comes of it. Each step has a limit of four seconds.
pub async fn reach(http: &Http, choice: &ProxyChoice, wanted: &BTreeSet<FactKey>) -> Facts {
    let mut facts = Facts::new();
    note(&mut facts, F::NetworkProxy.into(), proxy::asked(choice));
    let hosts: BTreeSet<&str> = wanted.iter().filter_map(host_of).collect();
    let reached = futures::future::join_all(hosts.iter().map(|host| ask(http, host))).await;
    for (host, reached) in hosts.iter().zip(&reached) {
        let each = [
            (F::NetworkDns, &reached.dns),
            (F::NetworkTcp, &reached.tcp),
            (F::NetworkTls, &reached.tls),
            (F::NetworkReachable, &reached.reachable),
        ];
        for (name, reading) in each {
            if let Ok(key) = FactKey::about(name, host) {
                note(&mut facts, key, reading.clone());
            }
        }
    }
    // The nearest clock counts: one host whose own clock is wrong does not make ours so.
    let skew = reached.iter().filter_map(|one| one.skew).min();
    let skew = skew
        .map(FactValue::Number)
        .ok_or_else(|| "no host told the time".to_owned());
    note(&mut facts, F::NetworkClockSkew.into(), skew);
    facts
}

/// Whether a fact is about the network, so that somebody has to agree before it is measured.
pub fn is_about_network(key: &FactKey) -> bool {
    matches!(
        key.name(),
        F::NetworkProxy
            | F::NetworkDns
            | F::NetworkTcp
            | F::NetworkTls
            | F::NetworkReachable
            | F::NetworkClockSkew
            | F::NetworkThroughput
    )
}

/// The facts of the way to a host, which may name a port.
pub fn about_host(host: &str) -> impl Iterator<Item = FactKey> {
    HOST_FACTS
        .into_iter()
        .filter_map(move |name| FactKey::about(name, host).ok())
}

fn host_of(key: &FactKey) -> Option<&str> {
    HOST_FACTS.contains(&key.name()).then(|| key.subject()).flatten()
}

fn note(facts: &mut Facts, key: FactKey, reading: Reading) {
    match reading {
        Ok(value) => facts.know(key, value),
        Err(reason) => facts.miss(key, reason),
    }
}

async fn ask(http: &Http, host: &str) -> Reached {
    let place = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:443")
    };
    let (found, connected, answered) = tokio::join!(dns(&place), tcp(&place), answer(http, host));
    let skew = answered
        .answer
        .as_ref()
        .ok()
        .and_then(|answer| Some(skew(answer.date?, Timestamp::now())));
    Reached {
        dns: found,
        tcp: connected,
        tls: answered.tls,
        reachable: Ok(FactValue::Flag(answered.answer.is_ok())),
        skew,
    }
}

async fn dns(place: &str) -> Reading {
    match timeout(STEP, lookup_host(place)).await {
        Ok(found) => Ok(FactValue::Flag(found.is_ok_and(|mut all| all.next().is_some()))),
        Err(_) => Err(format!(
            "no name server answered within {} seconds",
            STEP.as_secs()
        )),
    }
}

/// Silence is an answer here: it is what a firewall does.
async fn tcp(place: &str) -> Reading {
    let connected = timeout(STEP, TcpStream::connect(place)).await;
    Ok(FactValue::Flag(matches!(connected, Ok(Ok(_)))))
}

/// A host is asked over a protected connection; only this computer itself may answer without one.
async fn answer(http: &Http, host: &str) -> Answered {
    let protected = over(http, "https", host).await;
    let is_here = SafeUrl::parse(&format!("https://{host}/")).is_ok_and(|url| url.is_loopback());
    if protected.is_err() && is_here {
        let plain = over(http, "http", host).await;
        if plain.is_ok() {
            return Answered {
                tls: Err("this computer itself needs none".to_owned()),
                answer: plain,
            };
        }
    }
    Answered {
        tls: tls(&protected),
        answer: protected,
    }
}

async fn over(http: &Http, scheme: &str, host: &str) -> Result<Answer> {
    let address = format!("{scheme}://{host}/");
    let stalled = || Error::Stalled {
        url: address.clone(),
        silence: STEP,
    };
    let url = SafeUrl::parse(&address).map_err(|_| stalled())?;
    timeout(STEP, http.send(Request::get(url).limit(LIMIT)))
        .await
        .unwrap_or_else(|_| Err(stalled()))
}

/// A certificate is judged only where one was shown.
fn tls(answered: &Result<Answer>) -> Reading {
    match answered {
        Err(Error::Tls { .. }) => Ok(FactValue::Flag(false)),
        Err(error) if error.is_unreachable() || matches!(error, Error::Stalled { .. }) => {
            Err(error.to_string())
        }
        Ok(_) | Err(_) => Ok(FactValue::Flag(true)),
    }
}

fn skew(theirs: Timestamp, ours: Timestamp) -> u64 {
    theirs.as_second().abs_diff(ours.as_second())
}

#[cfg(test)]
mod tests;
