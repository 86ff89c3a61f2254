use super::judge::judge;
use super::*;
use jiff::civil::time;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use toolcrib_delivery::Connections;
use toolcrib_machine::policy::{Document, Form, Source, Typed, Written};

pub(super) fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../tests/vectors/policy.json")).expect("JSON")
}

fn source(form: Form, place: &str) -> Source {
    Source {
        form,
        place: place.into(),
    }
}

pub(super) fn read(form: Form, document: Document) -> Judged {
    judge([(source(form, "/policy"), Ok(document))])
}

fn of_json(text: &str) -> Judged {
    read(Form::File, Document::Json(text.as_bytes().to_vec()))
}

pub(super) fn judged(document: &Value) -> Judged {
    of_json(&document.to_string())
}

#[test]
fn every_vector_is_judged_as_it_says() {
    let vectors = vectors();
    for vector in vectors["in_force"].as_array().expect("a list") {
        let judged = judged(&vector["policy"]);
        assert!(
            judged.faults.is_empty(),
            "{}: {:?}",
            vector["name"],
            judged.faults
        );
    }
    for vector in vectors["refused"].as_array().expect("a list") {
        let judged = judged(&vector["policy"]);
        let told = judged
            .faults
            .iter()
            .any(|fault| fault.refused && fault.key.as_deref() == vector["key"].as_str());
        assert!(told, "{}: {:?}", vector["name"], judged.faults);
    }
    for vector in vectors["passed_over"].as_array().expect("a list") {
        let judged = judged(&vector["policy"]);
        assert!(!judged.is_refused(), "{}", vector["name"]);
        assert!(!judged.faults.is_empty(), "{}", vector["name"]);
    }
}

#[test]
fn what_is_managed_goes_before_the_file_key_by_key_and_each_key_says_where_it_is_from() {
    let managed: Written = [("connections".to_owned(), Typed::Number(2))].into();
    let file = json!({ "schema": 1, "connections": 9, "peers": "off" }).to_string();
    let found = judge([
        (source(Form::GroupPolicy, "HKLM"), Ok(Document::Typed(managed))),
        (
            source(Form::File, "/policy.json"),
            Ok(Document::Json(file.into_bytes())),
        ),
    ]);
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    assert_eq!(
        (found.policy.connections, found.policy.peers),
        (Some(2), Some(Peers::Off))
    );
    let told: Vec<_> = found
        .settings()
        .into_iter()
        .map(|set| (set.key, set.place))
        .collect();
    let expected = [("connections", "HKLM"), ("peers", "/policy.json")];
    assert_eq!(
        told,
        expected.map(|(key, place)| (key.to_owned(), place.to_owned()))
    );
    assert!(matches!(
        found.policy.set_by(Key::Peers),
        Error::SetByPolicy { place, .. } if place == "/policy.json"
    ));
}

#[test]
fn a_fault_in_any_place_refuses_everything_also_where_another_place_sets_the_key() {
    let managed: Written = [("connections".to_owned(), Typed::Number(2))].into();
    let file = json!({ "schema": 1, "connections": 0 }).to_string();
    let found = judge([
        (source(Form::GroupPolicy, "HKLM"), Ok(Document::Typed(managed))),
        (
            source(Form::File, "/policy.json"),
            Ok(Document::Json(file.into_bytes())),
        ),
    ]);
    assert!(found.is_refused());
    assert_eq!(found.faults[0].place, "/policy.json");
}

#[test]
fn what_is_set_is_understood() {
    let policy = judged(&vectors()["in_force"][0]["policy"]).policy;
    let servers: Vec<String> = policy.content_servers.iter().map(ToString::to_string).collect();
    assert_eq!(
        servers,
        [
            "https://content.smith.example/",
            "https://content-2.smith.example/toolcrib"
        ]
    );
    let domains: Vec<&str> = policy
        .find_content_servers
        .iter()
        .flatten()
        .map(Domain::as_str)
        .collect();
    assert_eq!(domains, ["smith.example"]);
    assert!(
        matches!(&policy.proxy, Some(ProxyChoice::Named { url, .. }) if url.contains("proxy.smith.example"))
    );
    assert!(
        policy
            .proxy_script
            .is_some_and(|place| place.to_string() == "https://smith.example/proxy.pac")
    );
    assert_eq!(policy.connections, Some(4));
    let limit = policy.limit.as_ref().expect("a limit");
    assert_eq!(
        limit.at(time(9, 0, 0, 0)).map(|rate| rate.bytes_per_s()),
        Some(500_000)
    );
    assert_eq!(
        limit.at(time(19, 0, 0, 0)).map(|rate| rate.bytes_per_s()),
        Some(5_000_000)
    );
    assert_eq!(policy.updates, Some(Updates::Disabled));
    assert_eq!(policy.target.len(), 1);
    assert_eq!(
        (policy.peers, policy.metered),
        (Some(Peers::Allowed), Some(OnMetered::Never))
    );
    assert_eq!(policy.folder, Some(Folder::OfPerson("Products".into())));
}

#[test]
fn the_schema_and_the_page_for_administrators_name_every_key() {
    let schema: Value = serde_json::from_str(include_str!(
        "../../../../docs/protocol/schema/policy.schema.json"
    ))
    .expect("JSON");
    let described = schema["properties"].as_object().expect("an object");
    let described: BTreeSet<&str> = described.keys().map(String::as_str).collect();
    let known = Key::ALL
        .map(Key::name)
        .into_iter()
        .chain(["schema", "$schema"])
        .collect();
    assert_eq!(described, known);
    let page = include_str!("../../../../docs/operations/policy.md");
    for key in Key::ALL {
        assert!(page.contains(&format!("| `{key}` |")), "{key}");
    }
}

#[test]
fn a_fault_names_its_key_and_what_was_probably_meant() {
    let found = judged(&json!({ "schema": 1, "conections": 1, "peers": "maybe", "limit": { "usual": 5 } }));
    let told: Vec<&str> = found.faults.iter().map(|fault| fault.text.as_str()).collect();
    assert!(
        told.iter()
            .any(|text| text.contains("did you mean `connections`?")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|text| text.starts_with("`peers`: ") && text.contains("`allowed`")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|text| text.starts_with("`limit`: ") && text.contains("usual_bytes_per_s")),
        "{told:?}"
    );
    assert!(of_json("{ \"schema\": 1,").faults[0].text.contains("line 1"));
}

#[test]
fn a_single_connection_is_one_everywhere() {
    let single = judged(&json!({ "schema": 1, "connections": 1 })).policy;
    let (pace, manner) = (single.pace(), single.manner());
    let one = Connections::at_most(1);
    assert_eq!((pace.connections, manner.connections), (one, one));
    let free = Policy::default();
    assert_eq!(
        (free.pace(), free.manner()),
        (Default::default(), Default::default())
    );
}

#[test]
fn releases_other_than_the_wanted_one_are_refused_and_so_are_updates() {
    let product: ProductId = "draft".parse().expect("an id");
    let [old, new] = [Version::new(1, 0, 0), Version::new(1, 1, 0)];
    let wants = judged(&json!({ "schema": 1, "target": { "draft": "1.0.0" }, "updates": "disabled" })).policy;
    assert!(
        wants.must_allow(&product, &old, Some(&new)).is_ok(),
        "a step back is what is wanted"
    );
    assert!(matches!(
        wants.must_allow(&product, &new, None),
        Err(Error::SetByPolicy { key: Key::Target, .. })
    ));
    let other: ProductId = "fonts".parse().expect("an id");
    assert!(
        wants.must_allow(&other, &new, None).is_ok(),
        "what is not here can be installed"
    );
    assert!(matches!(
        wants.must_allow(&other, &new, Some(&old)),
        Err(Error::SetByPolicy {
            key: Key::Updates,
            ..
        })
    ));
    assert!(
        wants.must_allow(&other, &old, Some(&old)).is_ok(),
        "other components of the same release"
    );
}
