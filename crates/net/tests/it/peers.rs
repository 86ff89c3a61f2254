//! Peers on loopback: what is given, to whom, and what whoever asks badly gets.

use std::net::{Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio::task::JoinHandle;
use toolcrib_net::Throttle;
use toolcrib_net::peers::{self, Ears, Fault, Gifts, Giving, Line, Name, PeerAddress};

const KNOWN: Name = Name([7; 16]);
const UNKNOWN: Name = Name([8; 16]);

/// One piece.
struct One;

impl Gifts for One {
    fn has(&self, names: &[Name]) -> Vec<bool> {
        names.iter().map(|name| *name == KNOWN).collect()
    }

    fn piece(&self, name: &Name) -> Option<Vec<u8>> {
        (*name == KNOWN).then(|| vec![5; 200_000])
    }
}

/// Somebody who gives one piece.
struct Giver {
    address: PeerAddress,
    socket: SocketAddr,
    giving: Giving,
    task: JoinHandle<()>,
}

impl Giver {
    async fn new() -> Self {
        Self::at(([127, 0, 0, 1], 0).into()).await
    }

    async fn at(address: SocketAddr) -> Self {
        let doors = peers::listen(Some(address)).await.expect("listens");
        let socket = doors.address();
        let giving = Giving::new(Arc::new(One), Throttle::default());
        let given = giving.clone();
        Self {
            address: PeerAddress::new(socket).expect("a peer"),
            socket,
            giving,
            task: tokio::spawn(async move { match peers::give(doors, given).await {} }),
        }
    }

    /// What comes back of these bytes until the connection is closed; `None` where it is not.
    async fn answer_to(&self, words: &[u8]) -> Option<Vec<u8>> {
        let mut stream = TcpStream::connect(self.socket).await.expect("connects");
        // It may be closed before everything is said.
        let _ = stream.write_all(words).await;
        let mut answer = Vec::new();
        let reading = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut answer));
        reading.await.is_ok().then_some(answer)
    }
}

impl Drop for Giver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn piece(line: &mut Line, name: &Name, length: usize) -> Result<Option<Vec<u8>>, Fault> {
    line.piece(name, length, &Throttle::default(), |_| true).await
}

#[tokio::test]
async fn a_piece_is_given_by_its_name_and_nothing_without_one() {
    let giver = Giver::new().await;
    let mut line = Line::open(giver.address).await.expect("a line");
    assert_eq!(
        line.have(&[UNKNOWN, KNOWN, UNKNOWN]).await.expect("an answer"),
        [false, true, false]
    );
    assert_eq!(piece(&mut line, &UNKNOWN, 10).await.expect("an answer"), None);
    let given = piece(&mut line, &KNOWN, 200_000).await.expect("an answer");
    assert_eq!(given, Some(vec![5; 200_000]));
    assert_eq!(giver.giving.given_bytes(), 200_000);
}

#[tokio::test]
async fn a_piece_is_given_by_ipv6_too() {
    let giver = Giver::at((Ipv6Addr::LOCALHOST, 0).into()).await;
    let mut line = Line::open(giver.address).await.expect("a line");
    let given = piece(&mut line, &KNOWN, 200_000).await.expect("an answer");
    assert_eq!(given, Some(vec![5; 200_000]));
}

#[tokio::test]
async fn many_names_are_asked_for_in_one_go() {
    let giver = Giver::new().await;
    let mut line = Line::open(giver.address).await.expect("a line");
    let mut names = vec![UNKNOWN; 40_000];
    names[39_999] = KNOWN;
    let has = line.have(&names).await.expect("an answer");
    assert_eq!(has.iter().position(|has| *has), Some(39_999));
}

#[tokio::test]
async fn a_piece_of_another_length_is_not_taken() {
    let giver = Giver::new().await;
    let mut line = Line::open(giver.address).await.expect("a line");
    let refused = piece(&mut line, &KNOWN, 199_999).await;
    assert!(
        matches!(refused, Err(Fault::Lied { said: 200_000, .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_piece_that_is_not_wanted_any_more_is_not_read_on() {
    let giver = Giver::new().await;
    let mut line = Line::open(giver.address).await.expect("a line");
    let mut came = 0;
    let enough = |bytes| {
        came += bytes;
        false
    };
    let given = line.piece(&KNOWN, 200_000, &Throttle::default(), enough).await;
    assert!(matches!(given, Ok(None)));
    assert!(came < 200_000);
}

#[tokio::test]
async fn whoever_says_anything_else_is_left() {
    let giver = Giver::new().await;
    let too_many = [&b"tcpeers1\x01"[..], &u32::MAX.to_be_bytes()].concat();
    let none = [&b"tcpeers1\x01"[..], &0_u32.to_be_bytes()].concat();
    for words in [
        &b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"[..],
        b"tcpeers2\x01",
        b"tcpeers1\x03",
        b"tcpeers1/etc/passwd",
        &too_many,
        &none,
    ] {
        assert_eq!(
            giver.answer_to(words).await.as_deref(),
            Some(&b""[..]),
            "{words:?}"
        );
    }
}

#[tokio::test]
async fn one_computer_gets_a_few_connections_and_those_are_given_to() {
    let giver = Giver::new().await;
    let mut lines = Vec::new();
    for _ in 0..6 {
        let mut line = Line::open(giver.address).await.expect("a line");
        line.have(&[KNOWN]).await.expect("an answer");
        lines.push(line);
    }
    let mut one_more = Line::open(giver.address).await.expect("the system takes it");
    assert!(one_more.have(&[KNOWN]).await.is_err());
    assert!(
        piece(&mut lines[0], &KNOWN, 200_000)
            .await
            .expect("an answer")
            .is_some()
    );
    drop(lines.pop());
    let again = async {
        loop {
            let mut line = Line::open(giver.address).await.expect("a line");
            if line.have(&[KNOWN]).await.is_ok() {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), again)
        .await
        .expect("there is a place again");
}

#[tokio::test]
async fn who_gives_is_found_by_a_question() {
    let socket = UdpSocket::bind("127.0.0.1:0").await.expect("bound");
    let whom = socket.local_addr().expect("bound");
    let ears = Ears::at(vec![socket]);
    let answering = tokio::spawn(async move { match peers::answer(&ears, 4711).await {} });
    // A busy computer may take longer than a moment to answer.
    let asking = async {
        loop {
            let found = peers::ask(whom, Duration::from_millis(300)).await.expect("asked");
            if !found.is_empty() {
                return found;
            }
        }
    };
    let found = tokio::time::timeout(Duration::from_secs(60), asking).await;
    assert_eq!(
        found.expect("it answers"),
        [PeerAddress::new(([127, 0, 0, 1], 4711).into()).expect("a peer")]
    );
    answering.abort();
}

#[tokio::test]
async fn what_is_no_question_is_not_answered_and_one_question_has_one_answer() {
    let socket = UdpSocket::bind("127.0.0.1:0").await.expect("bound");
    let whom = socket.local_addr().expect("bound");
    let ears = Ears::at(vec![socket]);
    let answering = tokio::spawn(async move { match peers::answer(&ears, 4711).await {} });
    let asker = UdpSocket::bind("127.0.0.1:0").await.expect("bound");
    for words in [&b"tcpeers?"[..], b"", &[0; 48], &[b'x'; 64]] {
        asker.send_to(words, whom).await.expect("sent");
    }
    let mut question = [0; 48];
    question[..8].copy_from_slice(b"tcpeers?");
    asker.send_to(&question, whom).await.expect("sent");
    let mut answer = [0; 64];
    let length = asker.recv(&mut answer).await.expect("answered");
    assert_eq!(
        answer[..length],
        *b"tcpeers!\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x12\x67"
    );
    let more = tokio::time::timeout(Duration::from_millis(200), asker.recv(&mut answer)).await;
    assert!(more.is_err());
    answering.abort();
}
