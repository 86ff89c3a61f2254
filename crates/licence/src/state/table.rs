//! Every combination of signature, time, device, clock, revocation and network, against a table written by hand.

use super::tests::{DAY, at, held, situation};
use super::*;
use crate::standing::{Cause, Revocation};
use crate::time::{Mark, later};
use toolcrib_model::Digest;
use toolcrib_model::constants::EXPIRED_PERIOD;
use toolcrib_trust::lease::{SigningKey, TrustedLease, sign, verify};
use toolcrib_wire::lease::{LeaseClaims, LicenceKeys};
use toolcrib_wire::schema::Schema;

const HERE: [u8; 32] = [7; 32];
const ELSEWHERE: [u8; 32] = [8; 32];
const HOUR: i64 = 3_600;

const SIGNATURES: [&str; 3] = ["good", "forged", "retired"];
/// When the lease is looked at: each in the middle of its span.
const TIMES: [(&str, i64); 4] = [
    ("in time", 15),
    ("after 30 days", 33),
    ("after the grace", 60),
    ("after the contract", 400),
];
const DEVICES: [&str; 2] = ["this", "other"];
/// How far the clock is behind what was last seen.
const CLOCKS: [(&str, i64); 4] = [
    ("right", 0),
    ("3 h ahead", -3),
    ("20 h back", 20),
    ("40 h back", 40),
];
const REVOKED: [bool; 2] = [false, true];
const NETWORKS: [Reach; 2] = [Reach::Online, Reach::Offline];

/// Signature, time, device, clock, revoked, network; the reason; how many combinations it decides.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    usize,
);

/// The first line that fits decides. `*` fits everything; the count says how many combinations a line decides.
#[rustfmt::skip]
const TABLE: [Line; 10] = [
//   signature  time                  device   clock        revoked  network    reason               count
    ("*",       "*",                  "*",     "*",         "true",  "*",       "right_removed",     192),
    ("retired", "*",                  "*",     "*",         "*",     "*",       "key_retired",        64),
    ("*",       "*",                  "other", "*",         "*",     "*",       "other_device",       64),
    ("forged",  "*",                  "*",     "*",         "*",     "*",       "lease_forged",       32),
    ("*",       "*",                  "*",     "40 h back", "*",     "*",       "clock_behind",        8),
    ("*",       "in time",            "*",     "*",         "*",     "*",       "verified",            6),
    ("*",       "after 30 days",      "*",     "*",         "*",     "Online",  "verification_due",    3),
    ("*",       "after 30 days",      "*",     "*",         "*",     "Offline", "offline_grace",       3),
    ("*",       "after the grace",    "*",     "*",         "*",     "*",       "grace_over",          6),
    ("*",       "after the contract", "*",     "*",         "*",     "*",       "contract_over",       6),
];

fn key(signature: &str) -> (SigningKey, &'static str) {
    match signature {
        "good" => (SigningKey::from_bytes(&[1; 32]), "now"),
        "forged" => (SigningKey::from_bytes(&[2; 32]), "now"),
        _ => (SigningKey::from_bytes(&[3; 32]), "then"),
    }
}

fn keys() -> LicenceKeys {
    let ((good, now), (old, then)) = (key("good"), key("retired"));
    let mut retired = old.to_licence_key(then);
    retired.retired_at = Some(at(0));
    LicenceKeys {
        keys: vec![good.to_licence_key(now), retired],
    }
}

fn offered(signature: &str, device: &str) -> Result<TrustedLease, toolcrib_trust::lease::Refused> {
    let id = "00000000-0000-7000-8000-000000000001";
    let Paper::Held(lease) = held(30 * DAY, 37 * DAY, 300 * DAY) else {
        unreachable!()
    };
    let claims = LeaseClaims {
        schema: Schema,
        lease: lease.lease,
        sequence: 1,
        account: id.parse().expect("an id"),
        user_id: lease.user_id,
        organisation: lease.organisation,
        product: "sample-studio".parse().expect("a product"),
        subscription: id.parse().expect("an id"),
        device: lease.device,
        device_key: Digest::of(if device == "this" { &HERE } else { &ELSEWHERE }),
        serial: None,
        terms: lease.terms,
    };
    let (key, key_id) = key(signature);
    let token = sign(&claims, &key, key_id).expect("signed");
    verify(&token, &keys(), &HERE)
}

fn decided(
    signature: &str,
    days: i64,
    device: &str,
    hours_back: i64,
    revoked: bool,
    reach: Reach,
) -> Decision {
    let paper = match offered(signature, device) {
        Ok(lease) => Paper::Held(Box::new(Held::from(&lease))),
        Err(refused) => Paper::Refused {
            reason: Reason::from(&refused),
            why: refused.to_string(),
        },
    };
    let revocation = Revocation {
        at: at(0),
        by: None,
        detail: "No seat.".into(),
        cause: Cause::RightRemoved,
    };
    // After the grace the contract still runs; after the contract the lease had been renewed until then.
    let paper = match (paper, days) {
        (Paper::Held(mut lease), 400) => {
            lease.terms.grace_until = later(lease.terms.contract_ends_at, EXPIRED_PERIOD * 2);
            lease.terms.verify_by = lease.terms.grace_until;
            Paper::Held(lease)
        }
        (paper, _) => paper,
    };
    let now = at(days * DAY);
    let time = Mark::default()
        .raised(now)
        .read(at(days * DAY - hours_back * HOUR));
    judge(&Situation {
        revoked: revoked.then_some(&revocation),
        ever_leased: true,
        ..situation(&paper, time, reach)
    })
}

#[test]
fn all_384_combinations_are_as_the_table_says() {
    let mut counts = [0; TABLE.len()];
    for signature in SIGNATURES {
        for (time, days) in TIMES {
            for device in DEVICES {
                for (clock, hours) in CLOCKS {
                    for revoked in REVOKED {
                        for reach in NETWORKS {
                            let told = decided(signature, days, device, hours, revoked, reach);
                            let revoked = revoked.to_string();
                            let network = format!("{reach:?}");
                            let asked = [signature, time, device, clock, &revoked, &network];
                            let line = line_for(asked);
                            assert_eq!(told.reason.as_str(), TABLE[line].6, "{asked:?}");
                            let allowed = matches!(told.reason.as_str(), "verified" | "offline_grace");
                            assert_eq!(told.may_run, allowed, "{asked:?}");
                            counts[line] += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(counts, TABLE.map(|line| line.7));
    assert_eq!(counts.iter().sum::<usize>(), 384);
}

fn line_for(asked: [&str; 6]) -> usize {
    let fits = |line: &Line| {
        let wanted = [line.0, line.1, line.2, line.3, line.4, line.5];
        wanted
            .iter()
            .zip(asked)
            .all(|(wanted, asked)| *wanted == "*" || *wanted == asked)
    };
    TABLE.iter().position(fits).expect("a line for each combination")
}
