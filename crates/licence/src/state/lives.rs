//! Long lives: thousands of random days of being online and offline, with clocks that jump by years, seats that come and
//! go, contracts that end and are renewed, and a service that fails.

use super::tests::{DAY, at, held, situation};
use super::*;
use crate::outage::Outage;
use crate::standing::{Cause, Revocation};
use crate::time::Mark;
use Reach::{Offline, Online, ServiceDown};
use proptest::prelude::*;
use toolcrib_model::constants::{EXPIRED_PERIOD, OUTAGE_LIMIT, OUTAGE_RIGHT, VERIFICATION_PERIOD};

const HOUR: i64 = 3_600;

/// One launch of the product.
#[derive(Clone, Debug)]
struct Launch {
    /// Hours since the one before.
    after: i64,
    reach: Reach,
    /// Whether the person types the password.
    signs_in: bool,
    seat: bool,
    /// By how much somebody sets the clock, in hours.
    clock: Option<i64>,
    /// For how many days the contract is renewed.
    renewal: Option<i64>,
    /// For how many days the person takes the product offline.
    offline: Option<i64>,
}

/// How a vendor and a person live with each other.
#[derive(Clone, Debug)]
struct Life {
    silent: bool,
    grace_days: i64,
    contract_days: i64,
    launches: Vec<Launch>,
}

fn launches(clock: BoxedStrategy<Option<i64>>) -> impl Strategy<Value = Launch> {
    let reach = prop_oneof![3 => Just(Online), 3 => Just(Offline), 1 => Just(ServiceDown)];
    let rarely = |days: std::ops::Range<i64>| prop_oneof![20 => Just(None), 1 => days.prop_map(Some)];
    (
        1..80_i64,
        reach,
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.9),
        clock,
        rarely(1..400),
        rarely(1..365),
    )
        .prop_map(|(after, reach, signs_in, seat, clock, renewal, offline)| Launch {
            after,
            reach,
            signs_in,
            seat,
            clock,
            renewal,
            offline,
        })
}

fn lives(clock: BoxedStrategy<Option<i64>>) -> impl Strategy<Value = Life> {
    (
        any::<bool>(),
        0..=99_i64,
        1..800_i64,
        prop::collection::vec(launches(clock), 400),
    )
        .prop_map(|(silent, grace_days, contract_days, launches)| Life {
            silent,
            grace_days,
            contract_days,
            launches,
        })
}

/// Somebody sets the clock now and then, by up to ten years.
fn wild_clock() -> BoxedStrategy<Option<i64>> {
    prop_oneof![
        12 => Just(None),
        1 => (-30..30_i64).prop_map(Some),
        1 => (-87_600..87_600_i64).prop_map(Some),
        1 => Just(Some(0)),
    ]
    .boxed()
}

/// The computer and the service at one instant.
struct World {
    /// The true time, in seconds.
    now: i64,
    /// What the clock says, less the true time.
    off_by: i64,
    mark: Mark,
    held: Option<Held>,
    revoked: Option<Revocation>,
    outage: Option<Outage>,
    /// When the service knows the person to have proved who they are.
    identity: Option<i64>,
    contract_ends: i64,
}

impl World {
    fn new(life: &Life) -> Self {
        Self {
            now: 0,
            off_by: 0,
            mark: Mark::default(),
            held: None,
            revoked: None,
            outage: None,
            identity: None,
            contract_ends: life.contract_days * DAY,
        }
    }

    fn wall(&self) -> Timestamp {
        at(self.now + self.off_by)
    }

    fn paper(&self) -> Paper {
        self.held
            .clone()
            .map_or(Paper::Absent, |held| Paper::Held(Box::new(held)))
    }

    fn judge(&self, time: Reading, reach: Reach) -> Decision {
        let paper = self.paper();
        judge(&Situation {
            revoked: self.revoked.as_ref(),
            outage: self.outage,
            ..situation(&paper, time, reach)
        })
    }

    /// What the client does at a launch: asks the service where that answers, then decides.
    fn launch(&mut self, life: &Life, launch: &Launch) -> (Reading, Decision) {
        self.now += launch.after * HOUR;
        self.off_by = launch.clock.map_or(self.off_by, |hours| hours * HOUR);
        self.contract_ends = launch.renewal.map_or(self.contract_ends, |days| {
            self.contract_ends.max(self.now) + days * DAY
        });
        if launch.reach == Online {
            self.ask_service(life, launch);
        }
        let time = self.mark.read(self.wall());
        if let Reading::Good { now, .. } = time {
            self.mark = self.mark.raised(now);
        }
        if launch.reach == ServiceDown {
            self.bridge(time);
        }
        (time, self.judge(time, launch.reach))
    }

    fn ask_service(&mut self, life: &Life, launch: &Launch) {
        if launch.signs_in {
            self.identity = Some(self.now);
        }
        let contract_stops = at(self.contract_ends) + EXPIRED_PERIOD;
        let Some(identity) = self.identity else { return };
        if !launch.seat || at(self.now) >= contract_stops {
            self.revoked = Some(Revocation {
                at: at(self.now),
                by: None,
                detail: "No seat.".into(),
                cause: Cause::NoSeat,
            });
            return;
        }
        self.revoked = None;
        self.outage = None;
        self.held = Some(self.sign(life, launch, identity));
        self.mark = self.mark.settled(at(self.now), self.wall());
    }

    fn sign(&self, life: &Life, launch: &Launch, identity: i64) -> Held {
        let verify_by = if life.silent { self.now } else { identity } + VERIFICATION_PERIOD.as_secs();
        let Paper::Held(mut lease) = held(verify_by, verify_by + life.grace_days * DAY, self.contract_ends)
        else {
            unreachable!()
        };
        lease.terms.issued_at = at(self.now);
        lease.terms.identity_verified_at = at(identity);
        lease.terms.offline_until = launch.offline.map(|days| at(self.now + days * DAY));
        if life.silent {
            lease.terms.verification = VerificationPolicy::Silent;
        }
        *lease
    }

    /// As the shelf bridges an outage.
    fn bridge(&mut self, time: Reading) {
        let decision = self.judge(time, ServiceDown);
        if let Reading::Good { now, .. } = time
            && !decision.may_run
            && Outage::bridges(decision.reason)
        {
            self.outage = Outage::next(self.outage, now).or(self.outage);
        }
    }
}

fn explained(decision: &Decision) {
    assert!(
        !decision.sentence.is_empty() && !decision.rule.is_empty(),
        "{decision:?}"
    );
    assert!(decision.may_run || decision.act != Act::Nothing, "{decision:?}");
    assert!(!(decision.may_run && decision.read_only), "{decision:?}");
    assert_eq!(decision.may_run, decision.next_at.is_some(), "{decision:?}");
}

/// By the trusted time: what the service signed, or an outage within its bounds.
fn within_what_was_signed(world: &World, time: Reading, decision: &Decision) {
    let (Reading::Good { now, .. }, true) = (time, decision.may_run) else {
        assert!(!decision.may_run, "{decision:?}");
        return;
    };
    let held = world.held.as_ref().expect("nobody runs who was never verified");
    assert!(world.revoked.is_none(), "{decision:?}");
    if let Standing::Outage { until } = decision.standing {
        assert!(now < until && until <= held.contract_stops_at());
        assert!(until.duration_since(now) <= OUTAGE_RIGHT);
        return;
    }
    assert!(now < held.hard_end(), "{decision:?}");
    assert!(
        decision.works_offline_until <= Some(held.hard_end()),
        "{decision:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn in_a_long_life_every_refusal_is_explained_and_no_right_goes_beyond_what_was_signed(life in lives(wild_clock())) {
        let mut world = World::new(&life);
        for launch in &life.launches {
            let (time, decision) = world.launch(&life, launch);
            explained(&decision);
            within_what_was_signed(&world, time, &decision);
        }
    }

    #[test]
    fn time_never_counts_backwards_but_where_the_service_says_so(life in lives(wild_clock())) {
        let mut world = World::new(&life);
        let mut before = Timestamp::MIN;
        for launch in &life.launches {
            let signed = world.held.as_ref().map_or(Timestamp::MIN, |held| held.terms.issued_at);
            let (time, _) = world.launch(&life, launch);
            let asked = world.held.as_ref().is_some_and(|held| held.terms.issued_at == at(world.now));
            prop_assert!(asked || time.floor() >= before, "{time:?} after {before}");
            prop_assert!(time.floor() >= signed, "{time:?} before {signed}");
            before = time.floor();
        }
    }

    #[test]
    fn who_is_online_and_signs_in_works_whatever_the_clock_says(life in lives(wild_clock())) {
        let mut world = World::new(&life);
        for launch in &life.launches {
            let (_, decision) = world.launch(&life, launch);
            let served = launch.reach == Online && launch.signs_in && launch.seat;
            let runs = at(world.now) < at(world.contract_ends) + EXPIRED_PERIOD;
            prop_assert!(!(served && runs) || decision.may_run, "{decision:?}");
        }
    }

    #[test]
    fn an_honest_person_is_never_locked_out(life in lives(Just(None).boxed()), drift in -24.0..24.0_f64) {
        let mut world = World::new(&life);
        let length: i64 = life.launches.iter().map(|launch| launch.after).sum();
        let mut hours = 0;
        for launch in &life.launches {
            hours += launch.after;
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a drift of hours")]
            let off_by = (drift * 3_600.0 * hours as f64 / length as f64) as i64;
            world.off_by = off_by;
            let (_, decision) = world.launch(&life, launch);
            let Some(held) = world.held.as_ref().filter(|_| world.revoked.is_none()) else { continue };
            let margin = at(world.now + 25 * HOUR);
            let due = launch.reach == Online && margin >= held.terms.verify_by && held.terms.offline_until.is_none_or(|until| margin >= until);
            prop_assert!(margin >= held.hard_end() || due || decision.may_run, "{decision:?}");
        }
    }

    #[test]
    fn a_removed_seat_refuses_from_the_next_contact_on(life in lives(wild_clock())) {
        let mut world = World::new(&life);
        let mut removed = false;
        for launch in &life.launches {
            let (_, decision) = world.launch(&life, launch);
            if launch.reach == Online && world.identity.is_some() {
                removed = !launch.seat;
            }
            prop_assert!(!(removed && decision.may_run), "{decision:?}");
        }
    }

    #[test]
    fn one_outage_gives_no_more_than_three_days(life in lives(Just(None).boxed())) {
        let mut world = World::new(&life);
        let mut began: Option<Timestamp> = None;
        for launch in &life.launches {
            let (time, decision) = world.launch(&life, launch);
            let bridged = matches!(decision.standing, Standing::Outage { .. });
            began = match world.outage {
                Some(_) => began.or_else(|| bridged.then(|| time.floor())),
                None => None,
            };
            let so_far = began.map_or(SignedDuration::ZERO, |began| time.floor().duration_since(began));
            prop_assert!(!bridged || so_far <= OUTAGE_LIMIT, "{decision:?} after {so_far}");
        }
    }
}
