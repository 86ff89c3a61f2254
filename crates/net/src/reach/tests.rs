use super::*;
use crate::Settings;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use toolcrib_model::Fact;

fn key(raw: &str) -> FactKey {
    raw.parse().expect("a key")
}

async fn check(host: &str) -> Facts {
    let settings = Settings {
        proxy: ProxyChoice::Direct,
        ..Settings::new("toolcrib-test")
    };
    let http = Http::new(settings).expect("a network");
    let names = ["dns", "tcp", "tls", "reachable"];
    let wanted = names.map(|name| key(&format!("network.{name}:{host}"))).into();
    reach(&http, &ProxyChoice::Direct, &wanted).await
}

fn flag(facts: &Facts, raw: &str) -> Option<bool> {
    match facts.fact(key(raw)) {
        Fact::Known(FactValue::Flag(flag)) => Some(flag),
        _ => None,
    }
}

#[tokio::test]
async fn a_host_that_refuses_is_known_by_name_and_not_reachable() {
    // A port that is taken and at which nobody listens: nobody else gets it meanwhile.
    let closed = tokio::net::TcpSocket::new_v4().expect("a socket");
    closed
        .bind("127.0.0.1:0".parse().expect("an address"))
        .expect("a port");
    let place = format!("localhost:{}", closed.local_addr().expect("an address").port());
    let facts = check(&place).await;
    assert_eq!(flag(&facts, &format!("network.dns:{place}")), Some(true));
    assert_eq!(flag(&facts, &format!("network.tcp:{place}")), Some(false));
    assert_eq!(flag(&facts, &format!("network.tls:{place}")), None);
    assert_eq!(flag(&facts, &format!("network.reachable:{place}")), Some(false));
    assert_eq!(
        facts.fact(F::NetworkClockSkew),
        Fact::Unknown("no host told the time".to_owned())
    );
    assert_eq!(
        facts.fact(F::NetworkProxy),
        Fact::Known(FactValue::Text("none".to_owned()))
    );
}

#[tokio::test]
async fn a_host_that_speaks_something_else_is_connected_and_not_reachable() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let place = listener.local_addr().expect("an address").to_string();
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(stream);
        }
    });
    let facts = check(&place).await;
    assert_eq!(flag(&facts, &format!("network.tcp:{place}")), Some(true));
    assert_eq!(flag(&facts, &format!("network.reachable:{place}")), Some(false));
    server.abort();
}

#[tokio::test]
async fn this_computer_itself_may_answer_without_protection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let place = listener.local_addr().expect("an address").to_string();
    let server = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 4096];
            let length = stream.read(&mut head).await.unwrap_or(0);
            if head[..length].starts_with(b"GET ") {
                let answer = b"HTTP/1.1 404 Not Found\r\ndate: Sun, 22 Nov 2026 10:00:00 GMT\r\ncontent-length: 0\r\n\r\n";
                let _reader_left = stream.write_all(answer).await;
            }
        }
    });
    let facts = check(&place).await;
    assert_eq!(flag(&facts, &format!("network.reachable:{place}")), Some(true));
    assert_eq!(flag(&facts, &format!("network.tls:{place}")), None);
    assert!(matches!(facts.fact(F::NetworkClockSkew), Fact::Known(_)));
    server.abort();
}

#[test]
fn every_fact_of_the_network_waits_for_somebody_to_agree() {
    for name in F::ALL.iter().filter(|name| name.as_str().starts_with("network.")) {
        let key = FactKey::about(*name, "a.example").unwrap_or_else(|_| (*name).into());
        assert!(is_about_network(&key), "{name}");
    }
    assert_eq!(about_host("a.example:8443").count(), 4);
}

#[test]
fn the_clock_is_off_by_as_much_either_way() {
    let at = |second| Timestamp::from_second(second).expect("a time");
    assert_eq!((skew(at(100), at(160)), skew(at(160), at(100))), (60, 60));
}
