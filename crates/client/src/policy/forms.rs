//! One meaning for every form in which a policy is written (pure): JSON, values of the registry, a property list.
//!
//! The keys are the same everywhere. A registry has no lists and no objects: a key of it stands for an object, and one
//! whose values are called `1`, `2`, … for a list, as the editor of group policies writes them. A typed form needs no
//! schema number, for the templates are made for one; where one is written, it counts.

use super::Key;
use super::table::{Kind, row};
use serde_json::{Map, Value};
use toolcrib_machine::policy::{Document, Typed, Written};

/// What stands at each key, or why that is nothing that a policy says.
pub(super) type Entries = Vec<(String, Result<Value, String>)>;

/// The schema number, and what stands at each other key.
pub(super) struct Meant {
    /// `None` where the form needs one and has none.
    pub(super) schema: Option<Value>,
    pub(super) entries: Entries,
}

/// What a document means.
///
/// # Errors
/// Why it is no document.
pub(super) fn meant(document: &Document, usual_schema: u64) -> Result<Meant, String> {
    match document {
        Document::Json(bytes) => {
            let mut object: Map<String, Value> =
                serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
            let schema = object.remove("schema");
            let entries = object.into_iter().map(|(name, value)| (name, Ok(value)));
            Ok(Meant {
                schema,
                entries: entries.collect(),
            })
        }
        Document::Typed(written) => Ok(of_typed(written, usual_schema)),
    }
}

fn of_typed(written: &Written, usual_schema: u64) -> Meant {
    let schema = written.get("schema").map_or_else(
        || Value::from(usual_schema),
        |typed| value(typed, None).unwrap_or(Value::Null),
    );
    let others = written.iter().filter(|(name, _)| *name != "schema");
    let entries = others.map(|(name, typed)| {
        let kind = Key::named(name).map(|key| row(key).kind);
        (name.clone(), value(typed, kind))
    });
    Meant {
        schema: Some(schema),
        entries: entries.collect(),
    }
}

fn value(typed: &Typed, kind: Option<Kind>) -> Result<Value, String> {
    match (typed, kind) {
        (Typed::Flag(flag), _) => Ok(Value::Bool(*flag)),
        (Typed::Number(number), _) => Ok(Value::from(*number)),
        (Typed::Text(text), _) => Ok(Value::from(text.as_str())),
        (Typed::List(values), _) => values.iter().map(|each| value(each, None)).collect(),
        (Typed::Table(values), Some(Kind::List(_))) => list(values),
        (Typed::Table(values), _) => object(values),
        (Typed::Foreign(what), _) => Err(format!("{what} is nothing that a policy says")),
    }
}

fn object(values: &Written) -> Result<Value, String> {
    let each = values
        .iter()
        .map(|(name, typed)| Ok((name.clone(), value(typed, None)?)));
    each.collect::<Result<Map<_, _>, String>>().map(Value::Object)
}

/// In the order of the numbers that the values are called by; `10` comes after `9`.
fn list(values: &Written) -> Result<Value, String> {
    let numbered = values.iter().map(|(name, typed)| match name.parse::<u32>() {
        Ok(number) => Ok((number, value(typed, None)?)),
        Err(_) => Err(format!(
            "`{name}` is no place in a list: they are called `1`, `2`, and so on"
        )),
    });
    let mut numbered = numbered.collect::<Result<Vec<_>, String>>()?;
    numbered.sort_by_key(|(number, _)| *number);
    Ok(numbered.into_iter().map(|(_, value)| value).collect())
}

#[cfg(test)]
mod tests;
