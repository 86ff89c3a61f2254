use super::page;
use super::samples::typed;
use super::*;
use crate::policy::Key;
use crate::policy::judge::{Judged, judge};
use crate::policy::table::{Kind, row};
use roxmltree::{Document as Xml, Node};
use std::collections::BTreeSet;
use toolcrib_machine::policy::{
    Document, Form, PREFERENCES_DOMAIN, REGISTRY_KEY, Source, Typed, Written, from_plist,
};

fn text(template: Template) -> String {
    template.text().expect("a template")
}

fn judged(document: Document) -> Judged {
    let source = Source {
        form: Form::File,
        place: "/etc/toolcrib/policy.json".into(),
    };
    judge([(source, Ok(document))])
}

fn all_keys() -> BTreeSet<String> {
    Key::ALL.map(|key| key.name().to_owned()).into()
}

/// The elements of that name, in the whole document.
fn elements<'a>(xml: &'a Xml<'_>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    xml.descendants()
        .filter(move |node| node.tag_name().name() == name)
}

fn attributes(xml: &Xml<'_>, name: &str, attribute: &str) -> BTreeSet<String> {
    elements(xml, name)
        .filter_map(|node| node.attribute(attribute).map(str::to_owned))
        .collect()
}

#[test]
fn the_samples_set_every_key_and_are_judged_without_a_fault() {
    let json = judged(Document::Json(text(Template::Json).into_bytes()));
    let plist = from_plist(text(Template::Plist).as_bytes()).expect("a property list");
    let plist = judged(Document::Typed(plist));
    for sample in [&json, &plist] {
        assert!(sample.faults.is_empty(), "{:?}", sample.faults);
        let set: BTreeSet<_> = sample.settings().into_iter().map(|setting| setting.key).collect();
        assert_eq!(set, all_keys());
    }
    assert_eq!(json.settings(), plist.settings());
}

#[test]
fn the_definitions_write_every_key_where_it_is_read() {
    let admx = text(Template::Admx);
    let admx = Xml::parse(&admx).expect("well-formed XML");
    let mut written = BTreeSet::new();
    for node in ["text", "enum", "decimal", "list"]
        .into_iter()
        .flat_map(|name| elements(&admx, name))
    {
        let place = node.attribute("key").expect("a key of the registry");
        let below = place.strip_prefix(REGISTRY_KEY).expect("below ours");
        let path = format!("{below}\\{}", node.attribute("valueName").unwrap_or_default());
        let path = path.trim_matches('\\');
        written.insert(path.split('\\').next().expect("a key").to_owned());
    }
    assert_eq!(written, all_keys());
    assert!(elements(&admx, "policy").all(|policy| policy.attribute("class") == Some("Machine")));
}

#[test]
fn every_word_that_the_definitions_name_is_there_and_no_other() {
    let (admx, adml) = (text(Template::Admx), text(Template::Adml));
    let words = Xml::parse(&adml).expect("well-formed XML");
    let named = |kind: &str| -> BTreeSet<String> {
        let start = format!("$({kind}.");
        let after = admx.split(start.as_str()).skip(1);
        after
            .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()))
            .collect()
    };
    assert_eq!(attributes(&words, "string", "id"), named("string"));
    assert_eq!(attributes(&words, "presentation", "id"), named("presentation"));
    let definitions = Xml::parse(&admx).expect("well-formed XML");
    let fields = ["text", "enum", "decimal", "list"].map(|name| attributes(&definitions, name, "id"));
    let shown = ["textBox", "dropdownList", "decimalTextBox", "listBox"];
    assert_eq!(fields, shown.map(|name| attributes(&words, name, "refId")));
}

/// What the editor of group policies would write with the least of every number, the first of every choice.
fn as_the_editor_writes(key: Key, sample: &serde_json::Value) -> Typed {
    match (row(key).kind, sample) {
        (Kind::List(_), serde_json::Value::Array(values)) => {
            let numbered = values.iter().enumerate();
            Typed::Table(
                numbered
                    .map(|(at, value)| ((at + 1).to_string(), typed(value)))
                    .collect(),
            )
        }
        (Kind::Choice(choices), _) => Typed::Text(choices[0].word.to_owned()),
        (Kind::Number { least, .. }, _) => Typed::Number(least.into()),
        _ => typed(sample),
    }
}

#[test]
fn what_a_group_policy_writes_is_judged_without_a_fault() {
    let of = |key: Key| {
        let sample = serde_json::from_str(row(key).sample).expect("JSON");
        (key.name().to_owned(), as_the_editor_writes(key, &sample))
    };
    let written: Written = Key::ALL.map(of).into();
    let judged = judged(Document::Typed(written));
    assert!(judged.faults.is_empty(), "{:?}", judged.faults);
    assert_eq!(judged.settings().len(), Key::ALL.len());
}

#[test]
fn every_word_and_both_ends_of_every_number_are_understood_and_nothing_beyond() {
    let is_understood = |key: Key, value: serde_json::Value| {
        let document = serde_json::json!({ "schema": 1, key.name(): value });
        !judged(Document::Json(document.to_string().into_bytes())).is_refused()
    };
    for key in Key::ALL {
        match row(key).kind {
            Kind::Choice(choices) => {
                for choice in choices {
                    assert!(is_understood(key, choice.word.into()), "{key}: {}", choice.word);
                }
            }
            Kind::Number { least, most } => {
                assert!(
                    is_understood(key, least.into()) && is_understood(key, most.into()),
                    "{key}"
                );
                assert!(!is_understood(key, (least - 1).into()), "{key}");
                assert!(!is_understood(key, (most + 1).into()), "{key}");
            }
            Kind::Text(_) | Kind::List(_) | Kind::Table(_) | Kind::Groups(_) => {}
        }
    }
}

#[test]
fn managed_preferences_are_those_of_the_program_on_macos() {
    let configuration = include_str!("../../../../../src-tauri/tauri.conf.json");
    let configuration: serde_json::Value = serde_json::from_str(configuration).expect("JSON");
    assert_eq!(configuration["identifier"], PREFERENCES_DOMAIN);
    assert!(include_str!("../../../../../docs/operations/policy.md").contains(PREFERENCES_DOMAIN));
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations/policy.md");
const BEFORE: &str =
    "<!-- Made of the table of keys: `TOOLCRIB_WRITE_BINDINGS=1 cargo test -p toolcrib-client policy`. -->\n";
const AFTER: &str = "<!-- Up to here. -->\n";

#[test]
fn the_page_for_administrators_has_the_table_of_keys() {
    let page = fs_err::read_to_string(PAGE).expect("the page");
    let (before, rest) = page.split_once(BEFORE).expect("the beginning of the table");
    let (_, after) = rest.split_once(AFTER).expect("the end of the table");
    let current = format!("{before}{BEFORE}{}{AFTER}{after}", page::table());
    if std::env::var_os("TOOLCRIB_WRITE_BINDINGS").is_some() {
        fs_err::write(PAGE, &current).expect("the page can be written");
        return;
    }
    assert_eq!(page, current, "run this test with TOOLCRIB_WRITE_BINDINGS=1");
}
