//! A question to a name server, and what may be its answer: bytes of a stranger, bounded before they are read (pure).

use super::{Service, Services};
use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, RCODE, TYPE};
use std::time::Duration;

/// How many records one section of an answer may have.
const MOST_RECORDS: u16 = 64;
/// How many services are taken from one answer.
const MOST_SERVICES: usize = 16;
/// Where the four counts of a packet begin, of two bytes each.
const COUNTS: usize = 4;

/// What a name server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Who serves; nobody, where there is no such name.
    Answer(Services),
    /// More than a packet holds.
    CutOff,
    /// It does not answer this, or cannot now.
    Refused,
}

/// A question for services by their whole name; `None` where that is too long for a name.
pub(super) fn question(id: u16, name: &str) -> Option<Vec<u8>> {
    let mut packet = Packet::new_query(id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    let asked = Question::new(
        Name::new(name).ok()?,
        QTYPE::TYPE(TYPE::SRV),
        QCLASS::CLASS(CLASS::IN),
        false,
    );
    packet.questions.push(asked);
    packet.build_bytes_vec().ok()
}

/// What a packet says to this question; `None` where it is no answer to it.
pub(super) fn read(bytes: &[u8], id: u16, name: &str) -> Option<Heard> {
    let (counts, _) = bytes.get(COUNTS..COUNTS + 8)?.as_chunks::<2>();
    if counts
        .iter()
        .any(|count| u16::from_be_bytes(*count) > MOST_RECORDS)
    {
        return None;
    }
    let packet = Packet::parse(bytes).ok()?;
    let [asked] = &packet.questions[..] else {
        return None;
    };
    let is_asked = asked.qname == Name::new(name).ok()? && asked.qtype == QTYPE::TYPE(TYPE::SRV);
    if packet.id() != id || !packet.has_flags(PacketFlag::RESPONSE) || !is_asked {
        return None;
    }
    Some(match packet.rcode() {
        _ if packet.has_flags(PacketFlag::TRUNCATION) => Heard::CutOff,
        RCODE::NoError | RCODE::NameError => Heard::Answer(services(&packet)),
        _ => Heard::Refused,
    })
}

fn services(packet: &Packet<'_>) -> Services {
    let mut found = Services {
        list: Vec::new(),
        ttl: None,
    };
    for record in &packet.answers {
        let RData::SRV(service) = &record.rdata else {
            continue;
        };
        let ttl = Duration::from_secs(u64::from(record.ttl));
        found.ttl = Some(found.ttl.map_or(ttl, |least| least.min(ttl)));
        // The root as a host says that nobody serves; any other name that is none cannot be connected to.
        let Ok(host) = service.target.to_string().parse() else {
            continue;
        };
        if service.port != 0 && found.list.len() < MOST_SERVICES {
            found.list.push(Service {
                host,
                port: service.port,
                priority: service.priority,
                weight: service.weight,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use simple_dns::ResourceRecord;
    use simple_dns::rdata::SRV;

    const NAME: &str = "_toolcrib-content._tcp.smith.example";

    fn answer(
        id: u16,
        asked: &str,
        records: &[(&str, u16, u32)],
        change: impl FnOnce(&mut Packet<'_>),
    ) -> Vec<u8> {
        let mut packet = Packet::new_reply(id);
        let name = Name::new(asked).expect("a name");
        packet.questions.push(Question::new(
            name.clone(),
            QTYPE::TYPE(TYPE::SRV),
            QCLASS::CLASS(CLASS::IN),
            false,
        ));
        for (target, port, ttl) in records {
            let target = Name::new(target).expect("a name");
            let service = SRV {
                priority: 10,
                weight: 1,
                port: *port,
                target,
            };
            packet.answers.push(ResourceRecord::new(
                name.clone(),
                CLASS::IN,
                *ttl,
                RData::SRV(service),
            ));
        }
        change(&mut packet);
        packet.build_bytes_vec().expect("a packet")
    }

    fn hosts(heard: Option<Heard>) -> Vec<String> {
        match heard {
            Some(Heard::Answer(services)) => services.list.iter().map(|one| one.host.to_string()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_answer_names_hosts_and_holds_as_long_as_its_shortest_record() {
        let records = [
            ("Content.Smith.Example", 443, 600),
            ("content-2.smith.example", 8443, 60),
        ];
        let heard = read(&answer(7, NAME, &records, |_| {}), 7, NAME);
        let Some(Heard::Answer(services)) = &heard else {
            panic!("{heard:?}")
        };
        assert_eq!(services.ttl, Some(Duration::from_secs(60)));
        assert_eq!(services.list[1].port, 8443);
        assert_eq!(hosts(heard), ["content.smith.example", "content-2.smith.example"]);
    }

    #[test]
    fn hosts_that_are_none_are_left_out() {
        let records = [
            (".", 443, 60),
            ("10.0.0.1", 443, 60),
            ("a_b.smith.example", 443, 60),
            ("a.example", 0, 60),
        ];
        assert_eq!(hosts(read(&answer(7, NAME, &records, |_| {}), 7, NAME)), [""; 0]);
    }

    #[test]
    fn an_answer_is_only_one_to_its_own_question() {
        let good = answer(7, NAME, &[], |_| {});
        assert!(read(&good, 7, NAME).is_some());
        assert!(read(&good, 8, NAME).is_none());
        assert!(read(&good, 7, "_toolcrib-content._tcp.jones.example").is_none());
        assert!(read(&question(7, NAME).expect("a question"), 7, NAME).is_none());
        let twice = answer(7, NAME, &[], |packet| {
            packet.questions.push(packet.questions[0].clone())
        });
        assert!(read(&twice, 7, NAME).is_none());
    }

    #[test]
    fn what_a_name_server_cannot_say_is_no_answer_and_no_name_is_one() {
        let with = |code: RCODE| {
            read(
                &answer(7, NAME, &[], |packet| *packet.rcode_mut() = code),
                7,
                NAME,
            )
        };
        assert_eq!(with(RCODE::ServerFailure), Some(Heard::Refused));
        assert_eq!(hosts(with(RCODE::NameError)), [""; 0]);
        let cut = answer(7, NAME, &[], |packet| packet.set_flags(PacketFlag::TRUNCATION));
        assert_eq!(read(&cut, 7, NAME), Some(Heard::CutOff));
    }

    #[test]
    fn more_records_than_anybody_has_are_not_read() {
        let mut bytes = answer(7, NAME, &[], |_| {});
        bytes[6..8].copy_from_slice(&65_000_u16.to_be_bytes());
        assert!(read(&bytes, 7, NAME).is_none());
    }

    proptest! {
        #[test]
        fn whatever_arrives_is_read_or_refused(place in 0_usize..200, byte in any::<u8>(), cut in 0_usize..200) {
            let records = [("content.smith.example", 443, 600), ("content-2.smith.example", 8443, 60)];
            let mut bytes = answer(7, NAME, &records, |_| {});
            let place = place % bytes.len();
            bytes[place] = byte;
            bytes.truncate(bytes.len() - cut % bytes.len());
            let _ = read(&bytes, 7, NAME);
        }
    }
}
