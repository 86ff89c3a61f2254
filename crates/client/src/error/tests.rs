use super::Error;
use crate::code::Code;
use std::io;
use toolcrib_licence::Act;
use toolcrib_model::Verdict;

fn offline() -> toolcrib_net::Error {
    toolcrib_net::Error::Offline {
        url: "https://a.example/".to_owned(),
        source: "no route".into(),
    }
}

fn disk_full() -> toolcrib_machine::Error {
    toolcrib_machine::Error::Write {
        path: "/x".into(),
        source: io::ErrorKind::StorageFull.into(),
    }
}

#[test]
fn the_same_trouble_has_the_same_code_wherever_it_is_met() {
    let expired = toolcrib_trust::Error::Stored;
    let fetch = toolcrib_trust::Error::Fetch {
        name: "timestamp.json".to_owned(),
        source: toolcrib_trust::catalogue::SourceError::new(offline()),
    };
    let links = Error::Account(toolcrib_account::Error::Net(offline())).into_link_error();
    let table = [
        (Error::Net(offline()), Code::Offline),
        (Error::Trust(fetch), Code::Offline),
        (
            Error::Account(toolcrib_account::Error::Net(offline())),
            Code::Offline,
        ),
        (
            Error::Delivery(toolcrib_delivery::Error::Links { source: links }),
            Code::Offline,
        ),
        (Error::Machine(disk_full()), Code::DiskFull),
        (
            Error::Delivery(toolcrib_delivery::Error::BeginHeld { source: disk_full() }),
            Code::DiskFull,
        ),
        (Error::Trust(expired), Code::UntrustedCatalogue),
        (
            Error::Account(toolcrib_account::Error::NoSeat {
                detail: "No seat.".to_owned(),
            }),
            Code::NoSeat,
        ),
    ];
    for (error, code) in table {
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn a_message_is_one_sentence_with_its_causes() {
    let error = Error::Account(toolcrib_account::Error::Net(offline()));
    let expected = "Could not ask the account service: there is no network to reach `https://a.example/` by.";
    assert_eq!(error.sentence(), expected);
    assert_eq!(Error::NotSignedIn.sentence(), "Nobody is signed in.");
}

#[test]
fn every_code_has_an_advice_of_its_own() {
    let advice: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.advice()).collect();
    assert_eq!(advice.len(), Code::ALL.len());
    assert!(advice.iter().all(|advice| advice.ends_with('.')), "{advice:?}");
}

#[test]
fn a_refusal_by_the_licence_says_what_to_type() {
    let refused = |act, signed_in| Error::LicenceRefused {
        product: "sample-studio".parse().expect("an id"),
        sentence: "The verification was due.".to_owned(),
        act,
        signed_in,
    };
    assert!(
        refused(Act::SignIn, true)
            .advice()
            .contains("toolcrib licence verify sample-studio")
    );
    assert!(refused(Act::SignIn, false).advice().contains("toolcrib sign-in"));
    assert!(
        refused(Act::AskAdministrator, true)
            .advice()
            .contains("contract manager")
    );
}

#[test]
fn a_computer_that_is_not_fit_is_told_what_to_do() {
    let rule = crate::view::RuleView {
        id: "memory".to_owned(),
        text: "Memory".to_owned(),
        verdict: Verdict::Fail,
        measured: "2.0 GB".to_owned(),
        needed: "at least 4.0 GB".to_owned(),
        fix: Some("Add memory.".to_owned()),
        link: None,
    };
    let report = crate::view::ReportView {
        verdict: Verdict::Fail,
        rules: vec![rule],
    };
    let view = Error::unfit("a".parse().expect("an id"), &report).into_view();
    assert_eq!(view.code, Code::RequirementsFailed);
    assert_eq!(
        view.message,
        "This computer is not fit for `a`: Memory is 2.0 GB, needed is at least 4.0 GB."
    );
    assert_eq!(view.advice, "Add memory.");
}

#[test]
fn links_that_cannot_be_had_tell_whether_waiting_helps() {
    use toolcrib_delivery::LinkError;
    assert!(matches!(
        Error::Net(offline()).into_link_error(),
        LinkError::Unreachable { .. }
    ));
    assert!(matches!(
        Error::NotSignedIn.into_link_error(),
        LinkError::SignedOut
    ));
    let no_seat = Error::Account(toolcrib_account::Error::NoSeat {
        detail: String::new(),
    });
    let told = toolcrib_delivery::Error::Links {
        source: no_seat.into_link_error(),
    };
    assert_eq!(Error::Delivery(told).code(), Code::NoSeat);
}

#[test]
fn each_obstacle_of_a_network_has_its_own_advice() {
    let url = || "https://a.example/".to_owned();
    let tls = |problem| toolcrib_net::Error::Tls {
        url: url(),
        problem,
        source: "refused".into(),
    };
    let table = [
        (
            toolcrib_net::Error::Dns {
                url: url(),
                source: "unknown".into(),
            },
            "VPN",
        ),
        (toolcrib_net::Error::ProxySignIn { url: url() }, "HTTPS_PROXY"),
        (
            tls(toolcrib_net::TlsProblem::UntrustedIssuer),
            "organisation's certificate",
        ),
        (tls(toolcrib_net::TlsProblem::OutOfDate), "clock"),
        (tls(toolcrib_net::TlsProblem::WrongName), "sign in first"),
    ];
    for (net, words) in table {
        let error = Error::Delivery(toolcrib_delivery::Error::FetchFile {
            path: "file.bin".into(),
            source: net,
        });
        assert!(error.advice().contains(words), "{}", error.advice());
    }
}
