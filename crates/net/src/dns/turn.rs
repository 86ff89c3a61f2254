//! In which order services are tried (pure): those of a lower priority first, and among equals by lot, each as often as its
//! weight says (RFC 2782).

use super::Service;

/// The order; `draw` draws a number from zero up to the one that it is given.
pub(super) fn in_turn(mut services: Vec<Service>, mut draw: impl FnMut(u32) -> u32) -> Vec<Service> {
    // Those without a weight stand first among equals: they are drawn only by a zero.
    services.sort_by_key(|service| (service.priority, service.weight));
    let mut turn = Vec::with_capacity(services.len());
    for equals in services.chunk_by(|one, other| one.priority == other.priority) {
        let mut left = equals.to_vec();
        while !left.is_empty() {
            let drawn = draw(left.iter().map(|service| u32::from(service.weight)).sum());
            let mut passed = 0;
            let is_drawn = |service: &Service| {
                passed += u32::from(service.weight);
                passed >= drawn
            };
            let place = left.iter().position(is_drawn).unwrap_or_default();
            turn.push(left.remove(place));
        }
    }
    turn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(host: &str, priority: u16, weight: u16) -> Service {
        Service {
            host: host.parse().expect("a name"),
            port: 443,
            priority,
            weight,
        }
    }

    fn hosts(services: Vec<Service>, draw: impl FnMut(u32) -> u32) -> Vec<String> {
        let turn = in_turn(services, draw).into_iter();
        turn.map(|service| service.host.to_string()).collect()
    }

    #[test]
    fn lower_priorities_are_tried_first_whatever_their_weight() {
        let services = vec![
            service("far", 20, 100),
            service("near", 10, 0),
            service("nearer", 5, 1),
        ];
        assert_eq!(hosts(services, |most| most), ["nearer", "near", "far"]);
    }

    #[test]
    fn among_equals_the_lot_falls_on_each_as_often_as_its_weight_says() {
        let services = || {
            vec![
                service("small", 0, 1),
                service("large", 0, 3),
                service("none", 0, 0),
            ]
        };
        let firsts: Vec<String> = (0..=4)
            .map(|drawn| hosts(services(), |most| drawn.min(most)).remove(0))
            .collect();
        assert_eq!(firsts, ["none", "small", "large", "large", "large"]);
        assert_eq!(hosts(services(), |most| most).len(), 3, "everybody has a turn");
    }
}
