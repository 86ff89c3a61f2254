use super::*;

const START: Timestamp = Timestamp::UNIX_EPOCH;

fn broken() -> Error {
    Error::Truncated {
        url: "https://a.example/".to_owned(),
        missing: 1,
    }
}

fn busy(seconds: u64) -> Error {
    let retry_after = Some(Duration::from_secs(seconds));
    Error::Status {
        url: "https://a.example/".to_owned(),
        status: 503,
        retry_after,
    }
}

#[test]
fn tries_without_progress_run_out() {
    let mut budget = Budget::default();
    for _ in 0..8 {
        assert!(matches!(
            budget.judge(&broken(), false, START),
            Verdict::Again { .. }
        ));
    }
    assert_eq!(budget.judge(&broken(), false, START), Verdict::GiveUp);
    assert_eq!(budget.tries(), 9);
}

#[test]
fn any_progress_makes_the_budget_fresh() {
    let mut budget = Budget::default();
    for _ in 0..1000 {
        assert!(matches!(
            budget.judge(&broken(), true, START),
            Verdict::Again { .. }
        ));
    }
    assert_eq!(budget.tries(), 1);
}

#[test]
fn waits_grow_are_scattered_and_have_an_end() {
    let mut budget = Budget::default();
    for most in [250, 500, 1000, 2000, 4000, 8000, 16000, 30000] {
        let Verdict::Again { after } = budget.judge(&broken(), false, START) else {
            panic!("gave up early")
        };
        let most = Duration::from_millis(most);
        assert!(after <= most && after >= most / 2, "{after:?} of {most:?}");
    }
}

#[test]
fn what_the_server_asks_for_is_honoured() {
    let mut budget = Budget::default();
    let verdict = budget.judge(&busy(120), false, START);
    assert_eq!(
        verdict,
        Verdict::Again {
            after: Duration::from_secs(120)
        }
    );
}

#[test]
fn a_server_that_is_always_busy_is_left_after_half_an_hour() {
    let mut budget = Budget::default();
    let at = |minutes| START + SignedDuration::from_mins(minutes);
    for minutes in [0, 10, 20, 30] {
        assert!(matches!(
            budget.judge(&busy(600), false, at(minutes)),
            Verdict::Again { .. }
        ));
    }
    assert_eq!(budget.judge(&busy(600), false, at(40)), Verdict::GiveUp);
}

#[test]
fn what_a_person_has_to_solve_is_not_retried() {
    let url = "https://a.example/".to_owned();
    let status = |status| Error::Status {
        url: url.clone(),
        status,
        retry_after: None,
    };
    for error in [
        status(401),
        status(403),
        status(404),
        Error::ProxySignIn { url: url.clone() },
    ] {
        assert_eq!(
            Budget::default().judge(&error, true, START),
            Verdict::GiveUp,
            "{error}"
        );
    }
}
