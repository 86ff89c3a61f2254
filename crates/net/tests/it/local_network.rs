//! Two computers on a cable: network namespaces with a pair of interfaces between them, so that questions to all are
//! really asked of all. Nothing of it leaves this computer.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV6};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use toolcrib_net::Throttle;
use toolcrib_net::peers::{self, Gifts, Giving, Line, Name};

const ROLE: &str = "TOOLCRIB_TEST_ROLE";
const KIND: &str = "TOOLCRIB_TEST_KIND";
const KNOWN: Name = Name([7; 16]);

/// Makes the two computers, lets one give in the background, and asks from the other; `$0` is this test program.
const CABLE: &str = r#"set -e
play() { TOOLCRIB_TEST_ROLE="$1" "$0" local_network::plays_a_role --exact --ignored --nocapture; }
ip link add here type veth peer name there
unshare --net sleep 120 &
other=$!
trap 'kill $other' EXIT
until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do sleep 0.05; done
ip link set there netns $other
# A function in the background would be a shell that outlives its end.
on_other() { nsenter --target $other --net "$@"; }
ip link set here up
on_other ip link set there up
if [ "$TOOLCRIB_TEST_KIND" = ipv4 ] || [ "$TOOLCRIB_TEST_KIND" = both ]; then
  ip addr add 10.99.0.1/24 dev here; ip route add 224.0.0.0/4 dev here
  on_other ip addr add 10.99.0.2/24 dev there
  on_other ip route add 224.0.0.0/4 dev there
fi
if [ "$TOOLCRIB_TEST_KIND" = ipv4 ]; then
  ip -6 addr flush dev here; on_other ip -6 addr flush dev there
else
  # An address of the local link is one after a moment, in which it is asked whether another has it.
  until ip -6 addr show dev here scope link -tentative | grep -q inet6 &&
    on_other ip -6 addr show dev there scope link -tentative | grep -q inet6; do sleep 0.05; done
fi
TOOLCRIB_TEST_ROLE=gives nsenter --target $other --net "$0" local_network::plays_a_role --exact --ignored &
giver=$!
trap 'kill $giver $other' EXIT
play asks"#;

struct One;

impl Gifts for One {
    fn has(&self, names: &[Name]) -> Vec<bool> {
        names.iter().map(|name| *name == KNOWN).collect()
    }

    fn piece(&self, name: &Name) -> Option<Vec<u8>> {
        (*name == KNOWN).then(|| vec![5; 3_000_000])
    }
}

#[test]
fn a_computer_on_the_same_cable_is_found_and_gives() {
    is_found("ipv4");
}

#[test]
fn a_computer_on_a_cable_without_ipv4_is_found_and_gives() {
    is_found("ipv6");
}

#[test]
fn a_computer_with_two_addresses_is_found_once() {
    is_found("both");
}

/// Lets two computers find each other that speak the one, the other or both.
#[track_caller]
fn is_found(kind: &str) {
    let program = std::env::current_exe().expect("this program");
    let mut cable = Command::new("unshare");
    cable
        .args(["--net", "--map-root-user", "sh", "-c", CABLE])
        .arg(program)
        .env(KIND, kind);
    let output = cable.output().expect("namespaces can be made");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[tokio::test]
#[ignore = "another test starts it on a computer of its own"]
async fn plays_a_role() {
    match std::env::var(ROLE).as_deref() {
        Ok("gives") => gives().await,
        Ok("asks") => tokio::time::timeout(Duration::from_secs(60), asks())
            .await
            .expect("it is found within a minute"),
        _ => {}
    }
}

async fn gives() {
    let doors = peers::listen(None).await.expect("listens");
    let port = doors.address().port();
    let giving = Giving::new(Arc::new(One), Throttle::default());
    let ears = peers::listen_for_questions().expect("hears");
    tokio::select! {
        never = peers::give(doors, giving) => match never {},
        never = peers::answer(&ears, port) => match never {},
    }
}

/// Waits until whoever gives answers to both groups of the protocol: then one question has two answers.
async fn until_both_are_answered() {
    let all = if_addrs::get_if_addrs().expect("interfaces").into_iter();
    let here = all.filter(|one| one.name == "here").find_map(|one| one.index);
    let group = "ff12::5443:5052".parse().expect("a group");
    let by_v6 = SocketAddrV6::new(group, peers::PORT, 0, here.expect("the cable's end"));
    let by_v4 = (Ipv4Addr::new(239, 255, 84, 67), peers::PORT);
    for group in [SocketAddr::from(by_v4), by_v6.into()] {
        while peers::ask(group, Duration::from_millis(300))
            .await
            .unwrap_or_default()
            .is_empty()
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

async fn asks() {
    let kind = std::env::var(KIND).expect("a kind");
    if kind == "both" {
        until_both_are_answered().await;
    }
    let peer = loop {
        let found = peers::find(Duration::from_millis(300)).await.unwrap_or_default();
        assert!(
            found.len() < 2,
            "one computer, however many addresses it has: {found:?}"
        );
        if let [peer] = found[..] {
            break peer;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    match kind.as_str() {
        "ipv4" => assert!(peer.to_string().starts_with("10.99.0.2:"), "{peer}"),
        "ipv6" => assert!(peer.to_string().starts_with("[fe80::"), "{peer}"),
        _ => {}
    }
    let mut line = Line::open(peer).await.expect("a line");
    assert_eq!(line.have(&[KNOWN]).await.expect("an answer"), [true]);
    let piece = line
        .piece(&KNOWN, 3_000_000, &Throttle::default(), |_| true)
        .await;
    assert_eq!(piece.expect("an answer"), Some(vec![5; 3_000_000]));
}
