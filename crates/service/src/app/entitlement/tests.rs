use super::*;
use crate::store::Word;
use crate::store::value::Count;
use toolcrib_model::{Benefit, Role, Standing, SupportLevel};
use uuid::Uuid;

fn at(raw: &str) -> Timestamp {
    raw.parse().expect("a time")
}

fn on(contract: u128, role: Role, benefits: &[Benefit], ends_at: &str) -> OnContract {
    OnContract {
        contract: Uuid::from_u128(contract).into(),
        number: format!("C-{contract}"),
        starts_at: at("2026-01-01T00:00:00Z"),
        ends_at: at(ends_at),
        standing: Standing {
            roles: [role].into(),
            benefits: benefits.iter().copied().collect(),
            support: SupportLevel::Basic,
            coordinator_assigned: false,
        },
    }
}

fn grant(contract: u128, product: &str, seat_assigned: bool) -> Grant {
    Grant {
        subscription: Word(Uuid::from_u128(contract + 100).into()),
        contract: Word(Uuid::from_u128(contract).into()),
        product: Word(product.parse().expect("an id")),
        seat_count: Count(10),
        seats_used: Count(u32::from(seat_assigned)),
        seat_assigned,
        serial: "100-1".to_owned(),
        device_limit: Count(2),
    }
}

const NOW: &str = "2026-06-01T00:00:00Z";
const DOWNLOADS: &[Benefit] = &[Benefit::SoftwareDownloads];

#[test]
fn who_may_have_and_who_may_run_is_as_in_the_table() {
    use Denied::{Ended, NoSeat, NotPermitted};
    use Role::{ContractManager, SoftwareCoordinator, User};
    let (runs, ended) = ("2027-01-01T00:00:00Z", "2026-05-01T00:00:00Z");
    let table = [
        (ContractManager, &[][..], true, runs, Ok(()), Ok(())),
        (ContractManager, &[], false, runs, Ok(()), Err(NoSeat)),
        (SoftwareCoordinator, &[], false, runs, Ok(()), Err(NoSeat)),
        (User, DOWNLOADS, true, runs, Ok(()), Ok(())),
        (User, DOWNLOADS, false, runs, Err(NoSeat), Err(NoSeat)),
        (User, &[], true, runs, Err(NotPermitted), Ok(())),
        (User, &[], false, runs, Err(NotPermitted), Err(NoSeat)),
        (ContractManager, &[], true, ended, Err(Ended), Err(Ended)),
        (User, DOWNLOADS, true, ended, Err(Ended), Err(Ended)),
    ];
    for (role, benefits, seat, ends_at, have, run) in table {
        let (on, grant) = (on(1, role, benefits, ends_at), grant(1, "zig", seat));
        let offer = Offer {
            on: &on,
            grant: &grant,
        };
        assert_eq!(offer.may_have(at(NOW)), have, "{role:?} {benefits:?} seat {seat}");
        assert_eq!(offer.may_run(at(NOW)), run, "{role:?} {benefits:?} seat {seat}");
    }
}

#[test]
fn a_user_sees_a_serial_only_where_granted_and_needed() {
    let grant = grant(1, "zig", true);
    let table = [
        (Role::ContractManager, &[][..], false, true),
        (Role::User, &[Benefit::SerialNumbers], true, true),
        (Role::User, &[Benefit::SerialNumbers], false, false),
        (Role::User, &[], true, false),
    ];
    for (role, benefits, needed, shown) in table {
        let on = on(1, role, benefits, "2027-01-01T00:00:00Z");
        assert_eq!(
            Offer {
                on: &on,
                grant: &grant
            }
            .shows_serial(needed),
            shown,
            "{role:?} {benefits:?} {needed}"
        );
    }
}

#[test]
fn of_several_subscriptions_the_one_that_gives_most_is_taken() {
    let contracts = [
        on(1, Role::User, DOWNLOADS, "2028-01-01T00:00:00Z"),
        on(2, Role::User, DOWNLOADS, "2027-01-01T00:00:00Z"),
        on(3, Role::User, DOWNLOADS, "2026-05-01T00:00:00Z"),
    ];
    let grants = [
        grant(1, "zig", false),
        grant(2, "zig", true),
        grant(3, "zig", true),
        grant(3, "node", true),
    ];
    let product = |raw: &str| raw.parse::<ProductId>().expect("an id");
    let pick = |raw: &str| {
        let found = best(offers(&contracts, &grants), &product(raw), |offer| {
            offer.may_have(at(NOW))
        });
        found.map(|(offer, verdict)| (offer.on.number.clone(), verdict))
    };
    assert_eq!(pick("zig"), Some(("C-2".to_owned(), Ok(()))));
    assert_eq!(pick("node"), Some(("C-3".to_owned(), Err(Denied::Ended))));
    assert_eq!(pick("other"), None);
}
