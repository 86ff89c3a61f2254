//! Samples that set every key: what stands there is understood by this program.

use crate::error::Error;
use crate::policy::Key;
use crate::policy::table::row;
use serde_json::Value;
use toolcrib_machine::policy::{Typed, Written, to_plist};

/// As a file has it.
pub(super) fn json() -> String {
    let lines = Key::ALL.map(|key| format!("  \"{key}\": {}", row(key).sample));
    format!("{{\n  \"schema\": 1,\n{}\n}}\n", lines.join(",\n"))
}

/// As managed preferences have it.
pub(super) fn plist() -> Result<String, Error> {
    to_plist(&written())
        .map(|text| format!("{}\n", text.trim_end()))
        .map_err(|source| {
            Error::Machine(toolcrib_machine::Error::BadPreferences {
                path: "policy.plist".into(),
                source,
            })
        })
}

fn written() -> Written {
    let samples = Key::ALL.map(|key| {
        let sample: Value = serde_json::from_str(row(key).sample).unwrap_or_default();
        (key.name().to_owned(), typed(&sample))
    });
    let schema = ("schema".to_owned(), Typed::Number(1));
    samples.into_iter().chain([schema]).collect()
}

/// The same value with a type; what no policy has stays foreign.
pub(super) fn typed(value: &Value) -> Typed {
    match value {
        Value::Bool(flag) => Typed::Flag(*flag),
        Value::Number(number) => number
            .as_u64()
            .map_or_else(|| Typed::Foreign(number.to_string()), Typed::Number),
        Value::String(text) => Typed::Text(text.clone()),
        Value::Array(values) => Typed::List(values.iter().map(typed).collect()),
        Value::Object(values) => Typed::Table(
            values
                .iter()
                .map(|(name, value)| (name.clone(), typed(value)))
                .collect(),
        ),
        Value::Null => Typed::Foreign("nothing".to_owned()),
    }
}
