//! A group policy's definitions and their words, after Microsoft's schema of 2006: one policy for each key, or for each
//! group of values that are only set together.

use super::xml::Element;
use crate::policy::Key;
use crate::policy::table::{Choice, Group, Kind, Part, PartKind, Row, row};
use toolcrib_machine::policy::REGISTRY_KEY;

const NAMESPACE: &str = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions";
const CATEGORY: &str = "Toolcrib";
const SUPPORTED: &str = "SUPPORTED_Toolcrib";
/// More than any address, path or word has, in characters.
const LONGEST_TEXT: u32 = 1024;
/// `08:00`, in characters.
const LONGEST_TIME: u32 = 5;

/// What the editor of group policies shows as one policy.
struct Policy {
    id: String,
    key: Key,
    title: &'static str,
    settings: Vec<Setting>,
}

/// One field of a policy. Its id is that of the field and of its label.
struct Setting {
    id: String,
    label: &'static str,
    /// The key of the registry that it is written to.
    place: String,
    name: &'static str,
    kind: SettingKind,
}

enum SettingKind {
    Text {
        longest: u32,
    },
    Choice(&'static [Choice]),
    Number {
        least: u32,
        most: u32,
    },
    /// Values that are called `1`, `2`, …
    List,
    /// Values with names of their own.
    Table,
}

/// `toolcrib.admx`.
pub(super) fn definitions() -> String {
    let string = |id: &str| format!("$(string.{id})");
    let supported = Element::new("definition")
        .with("name", SUPPORTED)
        .with("displayName", string(SUPPORTED));
    let category = Element::new("category")
        .with("name", CATEGORY)
        .with("displayName", string(CATEGORY));
    root("policyDefinitions")
        .holding([
            Element::new("policyNamespaces").holding([Element::new("target")
                .with("prefix", "toolcrib")
                .with("namespace", "Toolcrib.Policies")]),
            Element::new("resources").with("minRequiredRevision", "1.0"),
            Element::new("supportedOn").holding([Element::new("definitions").holding([supported])]),
            Element::new("categories").holding([category]),
            Element::new("policies").holding(policies().iter().map(definition)),
        ])
        .document()
}

/// `en-US/toolcrib.adml`.
pub(super) fn words() -> String {
    let strings = policies().into_iter().flat_map(strings);
    let own = [
        string(CATEGORY, "Toolcrib"),
        string(
            SUPPORTED,
            "Every version of Toolcrib for Windows that reads policies",
        ),
    ];
    let shown = policies().into_iter().map(presentation);
    root("policyDefinitionResources")
        .holding([
            Element::new("displayName").saying("Toolcrib"),
            Element::new("description").saying("What an organisation sets for its computers."),
            Element::new("resources").holding([
                Element::new("stringTable").holding(own.into_iter().chain(strings)),
                Element::new("presentationTable").holding(shown),
            ]),
        ])
        .document()
}

fn root(name: &'static str) -> Element {
    Element::new(name)
        .with("xmlns", NAMESPACE)
        .with("revision", "1.0")
        .with("schemaVersion", "1.0")
}

fn policies() -> Vec<Policy> {
    Key::ALL.into_iter().flat_map(of_key).collect()
}

fn of_key(key: Key) -> Vec<Policy> {
    let Row { title, kind, .. } = row(key);
    match kind {
        Kind::Groups(groups) => groups.iter().map(|group| of_group(key, group)).collect(),
        Kind::Text(_) => vec![single(
            key,
            title,
            SettingKind::Text {
                longest: LONGEST_TEXT,
            },
        )],
        Kind::Choice(choices) => vec![single(key, title, SettingKind::Choice(choices))],
        Kind::Number { least, most } => vec![single(key, title, SettingKind::Number { least, most })],
        Kind::List(_) => vec![single(key, title, SettingKind::List)],
        Kind::Table(_) => vec![single(key, title, SettingKind::Table)],
    }
}

fn single(key: Key, title: &'static str, kind: SettingKind) -> Policy {
    let place = match kind {
        SettingKind::List | SettingKind::Table => format!(r"{REGISTRY_KEY}\{key}"),
        SettingKind::Text { .. } | SettingKind::Choice(_) | SettingKind::Number { .. } => {
            REGISTRY_KEY.to_owned()
        }
    };
    let setting = Setting {
        id: format!("{key}_value"),
        label: title,
        place,
        name: key.name(),
        kind,
    };
    Policy {
        id: key.to_string(),
        key,
        title,
        settings: vec![setting],
    }
}

fn of_group(key: Key, group: &Group) -> Policy {
    let id = group
        .member
        .map_or_else(|| key.to_string(), |member| format!("{key}_{member}"));
    let place = group.member.map_or_else(
        || format!(r"{REGISTRY_KEY}\{key}"),
        |member| format!(r"{REGISTRY_KEY}\{key}\{member}"),
    );
    let setting = |part: &Part| Setting {
        id: format!("{id}_{}", part.name),
        label: part.title,
        place: place.clone(),
        name: part.name,
        kind: match part.kind {
            PartKind::Rate(least) => SettingKind::Number {
                least,
                most: u32::MAX,
            },
            PartKind::Time => SettingKind::Text {
                longest: LONGEST_TIME,
            },
        },
    };
    Policy {
        settings: group.parts.iter().map(setting).collect(),
        title: group.title,
        key,
        id,
    }
}

fn definition(policy: &Policy) -> Element {
    let id = &policy.id;
    Element::new("policy")
        .with("name", id)
        .with("class", "Machine")
        .with("displayName", format!("$(string.{id})"))
        .with("explainText", format!("$(string.{id}_words)"))
        .with("presentation", format!("$(presentation.{id})"))
        .with("key", REGISTRY_KEY)
        .holding([
            Element::new("parentCategory").with("ref", CATEGORY),
            Element::new("supportedOn").with("ref", SUPPORTED),
            Element::new("elements").holding(policy.settings.iter().map(element)),
        ])
}

fn element(setting: &Setting) -> Element {
    let named = |kind| {
        Element::new(kind)
            .with("id", &setting.id)
            .with("key", &setting.place)
    };
    let valued = |kind| {
        named(kind)
            .with("valueName", setting.name)
            .with("required", "true")
    };
    match setting.kind {
        SettingKind::Text { longest } => valued("text").with("maxLength", longest.to_string()),
        SettingKind::Choice(choices) => {
            valued("enum").holding(choices.iter().map(|choice| item(setting, choice)))
        }
        SettingKind::Number { least, most } => valued("decimal")
            .with("minValue", least.to_string())
            .with("maxValue", most.to_string()),
        SettingKind::List => named("list").with("valuePrefix", ""),
        SettingKind::Table => named("list").with("explicitValue", "true"),
    }
}

fn item(setting: &Setting, choice: &Choice) -> Element {
    Element::new("item")
        .with("displayName", format!("$(string.{}_{})", setting.id, choice.word))
        .holding([Element::new("value").holding([Element::new("string").saying(choice.word)])])
}

fn strings(policy: Policy) -> Vec<Element> {
    let mut strings = vec![
        string(&policy.id, policy.title),
        string(&format!("{}_words", policy.id), &explained(policy.key)),
    ];
    for setting in &policy.settings {
        if let SettingKind::Choice(choices) = setting.kind {
            let of = |choice: &Choice| string(&format!("{}_{}", setting.id, choice.word), choice.title);
            strings.extend(choices.iter().map(of));
        }
    }
    strings
}

/// What the page for administrators says, without its marks.
fn explained(key: Key) -> String {
    let row = row(key);
    let shape = match row.kind {
        Kind::Text(shape) => format!("\n\nWritten as {shape}."),
        Kind::List(shape) => format!("\n\nWritten as {shape}, one in each line."),
        Kind::Table(shape) => format!("\n\nWritten as {shape}, one in each line."),
        Kind::Choice(_) | Kind::Number { .. } | Kind::Groups(_) => String::new(),
    };
    format!("{}{shape}", row.words).replace('`', "'")
}

fn string(id: &str, text: &str) -> Element {
    Element::new("string").with("id", id).saying(text)
}

fn presentation(policy: Policy) -> Element {
    Element::new("presentation")
        .with("id", policy.id)
        .holding(policy.settings.iter().map(field))
}

fn field(setting: &Setting) -> Element {
    let labelled = |kind| {
        Element::new(kind)
            .with("refId", &setting.id)
            .saying(setting.label)
    };
    match setting.kind {
        SettingKind::Text { .. } => Element::new("textBox")
            .with("refId", &setting.id)
            .holding([Element::new("label").saying(setting.label)]),
        SettingKind::Choice(_) => labelled("dropdownList").with("noSort", "true"),
        SettingKind::Number { least, .. } => {
            labelled("decimalTextBox").with("defaultValue", least.to_string())
        }
        SettingKind::List | SettingKind::Table => labelled("listBox"),
    }
}
