//! Name servers on loopback.

use super::*;
use simple_dns::rdata::{RData, SRV};
use simple_dns::{CLASS, Name, Packet, PacketFlag, ResourceRecord};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const SERVICE: &str = "_toolcrib-content._tcp";

/// What a name server does with a question.
#[derive(Clone, Copy, PartialEq)]
enum Habit {
    Answers,
    /// Sends packets that are no answer first.
    BabblesFirst,
    /// Says that its answer is too long for a packet.
    WantsAStream,
    SaysNothing,
}

struct NameServer {
    address: SocketAddr,
    tasks: Vec<JoinHandle<()>>,
}

impl NameServer {
    async fn new(habit: Habit) -> Self {
        let (listener, socket) = one_port().await;
        let address = listener.local_addr().expect("bound");
        let packets = tokio::spawn(async move { answer_packets(&socket, habit).await });
        let streams = tokio::spawn(async move { answer_streams(&listener).await });
        Self {
            address,
            tasks: vec![packets, streams],
        }
    }

    async fn services(&self) -> Result<Services, NoAnswer> {
        names([self.address]).services(SERVICE, &domain()).await
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// A port for streams and for packets: one that is free for the ones may be taken for the others.
async fn one_port() -> (TcpListener, UdpSocket) {
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        if let Ok(socket) = UdpSocket::bind(listener.local_addr().expect("bound")).await {
            return (listener, socket);
        }
    }
}

async fn answer_packets(socket: &UdpSocket, habit: Habit) {
    let mut packet = [0; 512];
    while let Ok((length, from)) = socket.recv_from(&mut packet).await {
        let good = answer(&packet[..length], false);
        let told = match habit {
            Habit::Answers => vec![good],
            Habit::BabblesFirst => {
                let mut other = good.clone();
                other[0] ^= 1;
                vec![b"hello".to_vec(), packet[..length].to_vec(), other, good]
            }
            Habit::WantsAStream => vec![answer(&packet[..length], true)],
            Habit::SaysNothing => Vec::new(),
        };
        for packet in told {
            socket.send_to(&packet, from).await.expect("sent");
        }
    }
}

async fn answer_streams(listener: &TcpListener) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let length = stream.read_u16().await.expect("a length");
        let mut question = vec![0; usize::from(length)];
        stream.read_exact(&mut question).await.expect("a question");
        let told = answer(&question, false);
        stream.write_u16(told.len() as u16).await.expect("sent");
        stream.write_all(&told).await.expect("sent");
    }
}

fn answer(question: &[u8], is_cut: bool) -> Vec<u8> {
    let asked = Packet::parse(question).expect("a question");
    let mut told = Packet::new_reply(asked.id());
    let name = asked.questions[0].qname.clone();
    told.questions = asked.questions.clone();
    if is_cut {
        told.set_flags(PacketFlag::TRUNCATION);
        return told.build_bytes_vec().expect("a packet");
    }
    for (target, priority) in [("far.smith.example", 20), ("near.smith.example", 10)] {
        let service = SRV {
            priority,
            weight: 0,
            port: 443,
            target: Name::new(target).expect("a name"),
        };
        told.answers.push(ResourceRecord::new(
            name.clone(),
            CLASS::IN,
            300,
            RData::SRV(service),
        ));
    }
    told.build_bytes_vec().expect("a packet")
}

fn domain() -> Domain {
    "smith.example".parse().expect("a domain")
}

fn names(servers: impl Into<Vec<SocketAddr>>) -> Names {
    Names {
        servers: servers.into(),
        search: Vec::new(),
    }
}

#[track_caller]
fn are_both(services: Result<Services, NoAnswer>) {
    let services = services.expect("an answer");
    let hosts: Vec<&str> = services
        .list
        .iter()
        .map(|service| service.host.as_str())
        .collect();
    assert_eq!(hosts, ["near.smith.example", "far.smith.example"]);
    assert_eq!(services.ttl, Some(Duration::from_secs(300)));
}

#[tokio::test]
async fn a_name_server_says_who_serves_in_the_order_of_priorities() {
    are_both(NameServer::new(Habit::Answers).await.services().await);
}

#[tokio::test]
async fn packets_that_are_no_answer_are_passed_over() {
    are_both(NameServer::new(Habit::BabblesFirst).await.services().await);
}

#[tokio::test]
async fn what_is_too_long_for_a_packet_comes_over_a_stream() {
    are_both(NameServer::new(Habit::WantsAStream).await.services().await);
}

#[tokio::test]
async fn where_one_name_server_is_silent_the_next_one_is_asked() {
    let (silent, well) = (
        NameServer::new(Habit::SaysNothing).await,
        NameServer::new(Habit::Answers).await,
    );
    are_both(
        names([silent.address, well.address])
            .services(SERVICE, &domain())
            .await,
    );
    assert_eq!(silent.services().await, Err(NoAnswer));
    assert_eq!(names([]).services(SERVICE, &domain()).await, Err(NoAnswer));
}
