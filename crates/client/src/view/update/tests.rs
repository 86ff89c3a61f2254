use super::*;
use crate::code::Code;

fn update(name: &str, fetch_bytes: u64) -> UpdateView {
    UpdateView {
        product: name.parse().expect("an id"),
        name: name.to_owned(),
        from: "1.0.0".parse().expect("a version"),
        to: "1.1.0".parse().expect("a version"),
        news: Vec::new(),
        critical: false,
        fetch_bytes,
        installed_bytes: 0,
        peak_bytes: 0,
        free_bytes: 0,
        restart_needed: false,
        hold: None,
        policy: None,
        obstacle: None,
        terms: Vec::new(),
        scripts: Vec::new(),
        under_way: false,
    }
}

fn held() -> Option<HoldView> {
    Some(HoldView {
        since: "2026-11-01T12:00:00Z".parse().expect("a time"),
        until: Some("2026-12-24T12:00:00Z".parse().expect("a time")),
    })
}

fn company(allows_now: bool) -> Option<CompanyView> {
    Some(CompanyView {
        policy: None,
        allows_now,
        not_before: None,
        due: None,
        goes_back: false,
        sentence: "Your company tests it first.".to_owned(),
    })
}

fn full() -> Option<UiError> {
    Some(UiError {
        code: Code::DiskFull,
        message: "There is too little room.".to_owned(),
        advice: "Make room.".to_owned(),
        retryable: false,
    })
}

fn why(updates: Vec<UpdateView>, said: Said) -> Vec<(String, PassedOver)> {
    let passed_over = EverythingView::of(updates, said).passed_over.into_iter();
    passed_over.map(|one| (one.name, one.why)).collect()
}

#[test]
fn everything_is_what_may_begin_with_what_it_takes_together() {
    let restarting = UpdateView {
        restart_needed: true,
        ..update("pens", 30)
    };
    let stuck = UpdateView {
        obstacle: full(),
        restart_needed: true,
        ..update("ink", 1_000)
    };
    let everything = EverythingView::of(vec![update("draft", 12), stuck.clone()], Said::default());
    assert_eq!((everything.fetch_bytes, everything.restart_needed), (12, false));
    let everything = EverythingView::of(vec![update("draft", 12), restarting, stuck], Said::default());
    assert_eq!((everything.fetch_bytes, everything.restart_needed), (42, true));
    let begun: Vec<_> = everything.updates.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(begun, ["draft", "pens"]);
    assert_eq!(
        everything.passed_over[0].sentence,
        "There is too little room. Make room."
    );
}

#[test]
fn what_is_passed_over_says_why() {
    let updates = || {
        vec![
            UpdateView {
                under_way: true,
                ..update("a", 1)
            },
            UpdateView {
                policy: company(false),
                ..update("b", 1)
            },
            UpdateView {
                policy: company(true),
                ..update("c", 1)
            },
            UpdateView {
                hold: held(),
                ..update("d", 1)
            },
            UpdateView {
                terms: vec!["Licence".to_owned()],
                ..update("e", 1)
            },
            UpdateView {
                scripts: vec!["set-up".to_owned()],
                ..update("f", 1)
            },
        ]
    };
    let named = |named: &[(&str, PassedOver)]| -> Vec<(String, PassedOver)> {
        named
            .iter()
            .map(|(name, why)| ((*name).to_owned(), *why))
            .collect()
    };
    use PassedOver::{Company, Held, Scripts, Terms, UnderWay};
    let unasked = [("a", UnderWay), ("b", Company), ("d", Held)];
    let asked = [("e", Terms), ("f", Scripts)];
    assert_eq!(
        why(updates(), Said::default()),
        named(&[&unasked[..], &asked].concat())
    );
    let all_said = Said {
        accepts_terms: true,
        of_scripts: true,
        goes_on: true,
    };
    let kept = [("b", Company), ("d", Held)];
    assert_eq!(why(updates(), all_said), named(&kept));
}

#[test]
fn a_critical_release_goes_before_a_hold_but_not_before_what_is_in_the_way() {
    let critical = UpdateView {
        critical: true,
        hold: held(),
        ..update("draft", 1)
    };
    assert_eq!(why(vec![critical.clone()], Said::default()), []);
    let stuck = UpdateView {
        obstacle: full(),
        ..critical
    };
    assert_eq!(
        why(vec![stuck], Said::default()),
        [("draft".to_owned(), PassedOver::Obstacle)]
    );
}

#[test]
fn a_hold_says_until_when() {
    let one = UpdateView {
        hold: held(),
        ..update("draft", 1)
    };
    let everything = EverythingView::of(vec![one], Said::default());
    assert_eq!(
        everything.passed_over[0].sentence,
        "You hold it at 1.0.0 until 24 December 2026."
    );
}

#[test]
fn a_job_that_goes_on_is_asked_for_nothing_again_but_keeps_to_holds() {
    let said = Said {
        goes_on: true,
        ..Said::default()
    };
    let begun = UpdateView {
        under_way: true,
        terms: vec!["Licence".to_owned()],
        obstacle: full(),
        ..update("draft", 1)
    };
    let kept = UpdateView {
        hold: held(),
        ..begun.clone()
    };
    assert_eq!(why(vec![begun], said), []);
    assert_eq!(why(vec![kept], said), [("draft".to_owned(), PassedOver::Held)]);
}

#[test]
fn only_what_somebody_can_do_something_about_counts_as_a_failure() {
    let one = |name: &str| update(name, 1);
    let updates = vec![
        UpdateView {
            obstacle: full(),
            ..one("a")
        },
        UpdateView {
            terms: vec!["Licence".to_owned()],
            ..one("b")
        },
        UpdateView {
            hold: held(),
            obstacle: full(),
            ..one("c")
        },
        UpdateView {
            policy: company(false),
            ..one("d")
        },
        UpdateView {
            under_way: true,
            ..one("e")
        },
    ];
    let passed_over = EverythingView::of(updates, Said::default())
        .passed_over
        .into_iter();
    let codes: Vec<_> = passed_over
        .map(|one| one.failure.map(|failure| failure.code))
        .collect();
    assert_eq!(
        codes,
        [
            Some(Code::DiskFull),
            Some(Code::TextsNotAccepted),
            None,
            None,
            None
        ]
    );
}
