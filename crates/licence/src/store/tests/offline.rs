//! A whole life without a network: activate, renew, release.

use super::*;
use crate::store::Wish;
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_trust::offline::{read_request, sign_answer};
use toolcrib_wire::offline::{OfflineAct, OfflineAnswer};

/// A computer without a network, and what its key is.
struct Press {
    folder: Folder,
    key: DeviceKey,
}

impl Press {
    fn new() -> Self {
        let folder = Folder::new();
        let key = DeviceKey::load_or_create(&*secrets(&folder)).expect("a key");
        Self { folder, key }
    }

    fn ask(&self, act: OfflineAct, wall: Timestamp) -> Result<String, Error> {
        let wish = Wish {
            act,
            device_name: "Press 4".into(),
            serial: None,
            offline_until: None,
        };
        open(&self.folder).request_offline(&product(), &wish, &self.key, wall)
    }

    fn take(&self, text: &str) -> Result<Option<Held>, Error> {
        open(&self.folder).take_answer(&product(), text, &self.key.public())
    }

    fn reason(&self, wall: Timestamp) -> Reason {
        let judged = open(&self.folder).decide(
            &product(),
            &self.key.public(),
            wall,
            Reach::Offline,
            &TimeZone::UTC,
        );
        judged.expect("decided").decision.reason
    }
}

/// What the account service answers on `today` to the request in `text`.
fn answer(text: &str, sequence: u64, today: i64) -> String {
    let service = Service::new();
    let asked = read_request(text).expect("a request");
    let request = asked.request();
    let lease = service.lease(|claims| {
        claims.sequence = sequence;
        claims.device_key = asked.thumbprint();
        claims.terms.issued_at = day(today);
        claims.terms.verify_by = day(today + 30);
        claims.terms.grace_until = day(today + 37);
    });
    let answer = OfflineAnswer {
        schema: Schema,
        act: request.act,
        product: request.product.clone(),
        device_key: asked.thumbprint(),
        nonce: request.nonce.clone(),
        answered_at: day(today),
        lease: (request.act != OfflineAct::Release).then_some(lease),
        keys: service.keys().keys,
    };
    sign_answer(&answer, &service.key, "k1").expect("signed")
}

#[test]
fn a_whole_life_without_a_network() {
    let press = Press::new();
    assert_eq!(press.reason(day(0)), Reason::NeverVerified);
    let activation = press.ask(OfflineAct::Activate, day(0)).expect("asked");
    let held = press.take(&answer(&activation, 1, 0)).expect("taken");
    assert_eq!(
        held.map(|held| held.user_id().to_string()).as_deref(),
        Some("ann@example.com")
    );
    assert_eq!(press.reason(day(2)), Reason::Verified);
    let renewal = press.ask(OfflineAct::Renew, day(28)).expect("asked");
    press.take(&answer(&renewal, 2, 29)).expect("taken");
    assert_eq!(press.reason(day(50)), Reason::Verified);
    let release = press.ask(OfflineAct::Release, day(50)).expect("given up");
    assert_eq!(press.reason(day(50)), Reason::Released);
    press.take(&answer(&release, 0, 51)).expect("taken");
    assert_eq!(press.reason(day(52)), Reason::Released);
}

#[test]
fn an_answer_is_taken_once_and_to_the_last_request_only() {
    let press = Press::new();
    let first = press.ask(OfflineAct::Activate, day(0)).expect("asked");
    let second = press.ask(OfflineAct::Activate, day(0)).expect("asked again");
    let late = press.take(&answer(&first, 1, 0)).expect_err("forgotten");
    assert!(matches!(late, Error::RefusedAnswer { .. }), "{late}");
    let text = answer(&second, 1, 0);
    press.take(&text).expect("taken");
    let again = press.take(&text).expect_err("once");
    assert!(matches!(again, Error::NothingAsked { .. }), "{again}");
}

#[test]
fn a_lease_that_was_given_up_is_not_believed_when_put_back() {
    let press = Press::new();
    let activation = press.ask(OfflineAct::Activate, day(0)).expect("asked");
    press.take(&answer(&activation, 4, 0)).expect("taken");
    let path = press.folder.path().join("leases/sample-studio.lease");
    let lease = files::read(&path).expect("read").expect("there");
    press.ask(OfflineAct::Release, day(1)).expect("given up");
    assert!(!files::exists(&path).expect("asked"));
    files::replace(&path, &lease).expect("put back");
    assert_eq!(press.reason(day(1)), Reason::Released);
    let token = String::from_utf8(lease).expect("text");
    let refusal = open(&press.folder)
        .keep_lease(&product(), &token, &press.key.public(), day(1))
        .expect_err("refused");
    assert!(matches!(refusal, Error::SupersededLease { .. }), "{refusal}");
}

#[test]
fn nothing_is_renewed_or_released_that_is_not_held() {
    let press = Press::new();
    for act in [OfflineAct::Renew, OfflineAct::Release] {
        let refusal = press.ask(act, day(0)).expect_err("nothing held");
        assert!(matches!(refusal, Error::NothingHeld { .. }), "{refusal}");
    }
}

#[test]
fn a_carried_lease_raises_the_floor_of_the_time_and_settles_no_clock() {
    let press = Press::new();
    let activation = press.ask(OfflineAct::Activate, day(0)).expect("asked");
    press.take(&answer(&activation, 1, 5)).expect("taken");
    assert_eq!(open(&press.folder).mark().high_water(), Some(day(5)));
    assert_eq!(
        press.reason(day(2)),
        Reason::ClockBehind,
        "the clock is not corrected"
    );
    assert_eq!(press.reason(day(5)), Reason::Verified);
}

#[test]
fn a_name_that_is_too_long_is_cut_in_whole_characters() {
    let press = Press::new();
    let wish = Wish {
        act: OfflineAct::Activate,
        device_name: "ü".repeat(40) + "\n",
        serial: None,
        offline_until: None,
    };
    let text = open(&press.folder)
        .request_offline(&product(), &wish, &press.key, day(0))
        .expect("asked");
    let name = read_request(&text).expect("good").request().device_name.clone();
    assert_eq!(name, "ü".repeat(32));
}
