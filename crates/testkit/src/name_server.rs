//! A name server on loopback that knows services, and counts what it is asked.

use crate::runtime::runtime;
use simple_dns::rdata::{RData, SRV};
use simple_dns::{CLASS, Name, Packet, RCODE, ResourceRecord};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::UdpSocket;
use tokio::runtime::Runtime;

/// A service that a name server knows.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its whole name, such as `_toolcrib-content._tcp.smith.example`.
    pub name: String,
    /// Those of a lower one are tried first.
    pub priority: u16,
    /// How often it is chosen among equals.
    pub weight: u16,
    /// The host.
    pub host: String,
    /// Its port.
    pub port: u16,
}

/// A name server; gone with this value.
#[derive(Debug)]
pub struct NameServer {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
    _runtime: Runtime,
}

impl NameServer {
    /// A name server that knows these and nothing else.
    ///
    /// # Panics
    /// When loopback cannot be listened on.
    pub fn knowing(records: Vec<Record>) -> Self {
        Self::start(move |packet| Some(answer(packet, &records)))
    }

    /// A name server that hears every question and answers none.
    ///
    /// # Panics
    /// As [`NameServer::knowing`].
    pub fn silent() -> Self {
        Self::start(|_| None)
    }

    /// Where it is asked.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn start(judge: impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static) -> Self {
        let (runtime, asked) = (runtime(), Arc::new(AtomicUsize::new(0)));
        let socket = runtime
            .block_on(UdpSocket::bind("127.0.0.1:0"))
            .expect("loopback can be listened on");
        let address = socket.local_addr().expect("bound");
        let counted = Arc::clone(&asked);
        runtime.spawn(async move {
            let mut packet = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut packet).await {
                counted.fetch_add(1, Ordering::SeqCst);
                if let Some(told) = judge(&packet[..length]) {
                    socket.send_to(&told, from).await.expect("sent");
                }
            }
        });
        Self {
            address,
            asked,
            _runtime: runtime,
        }
    }
}

fn answer(packet: &[u8], records: &[Record]) -> Vec<u8> {
    let asked = Packet::parse(packet).expect("a question");
    let mut told = Packet::new_reply(asked.id());
    told.questions = asked.questions.clone();
    let wanted = &asked.questions[0].qname;
    for record in records {
        let name = Name::new(&record.name).expect("a name");
        if name == *wanted {
            let service = SRV {
                priority: record.priority,
                weight: record.weight,
                port: record.port,
                target: Name::new(&record.host).expect("a name"),
            };
            told.answers
                .push(ResourceRecord::new(name, CLASS::IN, 300, RData::SRV(service)));
        }
    }
    if told.answers.is_empty() {
        *told.rcode_mut() = RCODE::NameError;
    }
    told.build_bytes_vec().expect("a packet")
}
