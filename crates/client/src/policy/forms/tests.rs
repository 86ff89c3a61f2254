use crate::policy::judge::Judged;
use crate::policy::tests::{judged, read, vectors};
use crate::view::PolicySetting;
use serde_json::{Map, Value};
use toolcrib_machine::policy::{Document, Form, RegistryType, Typed, Written, from_plist, to_plist};
use toolcrib_net::SafeUrl;

/// What the registry of Windows gives back of a document that was written to it; a list is written in either way.
fn through_the_registry(value: &Value, numbered: bool) -> Typed {
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let of = |number: u32, bytes: &[u8]| Typed::of_registry(RegistryType::of(number), bytes);
    match value {
        Value::String(text) => of(1, &utf16(&format!("{text}\0"))),
        Value::Bool(flag) => of(4, &u32::from(*flag).to_le_bytes()),
        Value::Number(number) => of(11, &number.as_u64().expect("no fraction").to_le_bytes()),
        Value::Array(values) if numbered => {
            let named = values.iter().enumerate();
            let inner = named.map(|(at, value)| ((at + 1).to_string(), through_the_registry(value, true)));
            Typed::Table(inner.collect())
        }
        Value::Array(values) => {
            let texts = values.iter().filter_map(Value::as_str);
            of(
                7,
                &utf16(&texts.map(|text| format!("{text}\0")).collect::<String>()),
            )
        }
        Value::Object(values) => Typed::Table(table(values, |value| through_the_registry(value, numbered))),
        Value::Null => unreachable!("what is not set is not written"),
    }
}

fn table(values: &Map<String, Value>, typed: impl Fn(&Value) -> Typed) -> Written {
    let set = values.iter().filter(|(_, value)| !value.is_null());
    set.map(|(name, value)| (name.clone(), typed(value))).collect()
}

fn through_a_property_list(values: &Map<String, Value>) -> Written {
    let written = table(values, |value| through_the_registry(value, false));
    from_plist(to_plist(&written).expect("written").as_bytes()).expect("read")
}

/// What is set, and which keys are at fault: what of a judgement has to be the same in every form.
fn outcome(judged: &Judged) -> (Vec<PolicySetting>, Vec<(Option<String>, bool)>) {
    let faults = judged
        .faults
        .iter()
        .map(|fault| (fault.key.clone(), fault.refused));
    (judged.settings(), faults.collect())
}

#[test]
fn every_vector_is_judged_alike_in_every_form() {
    let vectors = vectors();
    let all = ["in_force", "refused", "passed_over"].map(|kind| vectors[kind].as_array().expect("a list"));
    let with_schema = |vector: &&Value| vector["policy"].get("schema").is_some();
    for vector in all.into_iter().flatten().filter(with_schema) {
        let values = vector["policy"].as_object().expect("an object");
        let expected = outcome(&judged(&vector["policy"]));
        let forms = [
            (
                Form::GroupPolicy,
                table(values, |value| through_the_registry(value, false)),
            ),
            (
                Form::GroupPolicy,
                table(values, |value| through_the_registry(value, true)),
            ),
            (Form::ManagedPreferences, through_a_property_list(values)),
        ];
        for (form, written) in forms {
            let found = read(form, Document::Typed(written));
            assert_eq!(outcome(&found), expected, "{} as {form}", vector["name"]);
        }
    }
}

#[test]
fn values_that_no_policy_has_are_faults_of_their_key() {
    let data = || Typed::of_registry(RegistryType::of(3), &[1]);
    let places = [
        ("1", "https://a.example"),
        ("10", "https://c.example"),
        ("2", "https://b.example"),
    ];
    let servers = places.map(|(name, text)| (name.to_owned(), Typed::Text(text.to_owned())));
    let written: Written = [
        ("connections".to_owned(), data()),
        ("colour".to_owned(), data()),
        ("content_servers".to_owned(), Typed::Table(servers.into())),
    ]
    .into();
    let found = read(Form::GroupPolicy, Document::Typed(written));
    let told: Vec<_> = found
        .faults
        .iter()
        .map(|fault| (fault.key.as_deref(), fault.refused))
        .collect();
    assert_eq!(told, [(Some("colour"), false), (Some("connections"), true)]);
    let servers: Vec<_> = found.policy.content_servers.iter().map(SafeUrl::host).collect();
    assert_eq!(servers, ["a.example", "b.example", "c.example"]);
}
