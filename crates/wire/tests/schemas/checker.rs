//! Checks a document against a JSON Schema (2020-12), as far as the schemas of the protocol use it. A keyword that is not
//! known here fails the test: nothing is passed over.

use jiff::Timestamp;
use regex::Regex;
use serde_json::Value;
use toolcrib_model::LeaseId;

/// Words that check nothing.
const NOTES: [&str; 5] = ["$schema", "$defs", "title", "description", "default"];

/// What is wrong with a document, each with its place.
pub(crate) fn faults(schema: &Value, document: &Value) -> Vec<String> {
    let mut checker = Checker {
        whole: schema,
        faults: Vec::new(),
    };
    checker.check(schema, document, "");
    checker.faults
}

struct Checker<'a> {
    whole: &'a Value,
    faults: Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, place: &str) {
        let keywords = schema.as_object().expect("a schema is an object");
        for (keyword, wanted) in keywords {
            if NOTES.contains(&keyword.as_str()) {
                continue;
            }
            if !self.holds(schema, (keyword, wanted), value, place) {
                self.faults.push(format!("{place}: {keyword} {wanted}"));
            }
        }
    }

    fn holds(
        &mut self,
        schema: &Value,
        (keyword, wanted): (&str, &Value),
        value: &Value,
        place: &str,
    ) -> bool {
        let number = || wanted.as_u64().expect("a number");
        let at_least = |count: Option<usize>| count.is_none_or(|count| count as u64 >= number());
        let at_most = |count: Option<usize>| count.is_none_or(|count| count as u64 <= number());
        let letters = || value.as_str().map(|text| text.chars().count());
        let items = || value.as_array().map(Vec::len);
        match keyword {
            "$ref" => {
                let name = wanted.as_str().and_then(|name| name.strip_prefix("#/$defs/"));
                let schema = &self.whole["$defs"][name.expect("a definition of this schema")];
                self.check(schema, value, place);
                true
            }
            "type" => is_a(wanted.as_str().expect("a type"), value),
            "const" => value == wanted,
            "enum" => list(wanted).contains(value),
            "anyOf" => self.count_of(wanted, value) > 0,
            "oneOf" => self.count_of(wanted, value) == 1,
            "minimum" => value.is_u64() && value.as_u64() >= Some(number()) || !value.is_number(),
            "maximum" => value.as_u64().is_none_or(|value| value <= number()),
            "minLength" => at_least(letters()),
            "maxLength" => at_most(letters()),
            "minItems" => at_least(items()),
            "maxItems" => at_most(items()),
            "uniqueItems" => value.as_array().is_none_or(|items| are_unique(items)),
            "pattern" => {
                let pattern = Regex::new(wanted.as_str().expect("a pattern")).expect("well formed");
                value.as_str().is_none_or(|text| pattern.is_match(text))
            }
            "format" => value
                .as_str()
                .is_none_or(|text| has_format(wanted.as_str().expect("a format"), text)),
            "required" => list(wanted)
                .iter()
                .all(|name| value.get(name.as_str().expect("a name")).is_some()),
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(wanted, item, &format!("{place}/{number}"));
                }
                true
            }
            "properties" => {
                for (name, schema) in wanted.as_object().expect("properties") {
                    if let Some(value) = value.get(name) {
                        self.check(schema, value, &format!("{place}/{name}"));
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = &schema["properties"];
                let members = value.as_object().into_iter().flatten();
                let mut others = members.filter(|(name, _)| known.get(name).is_none());
                match wanted {
                    Value::Bool(false) => others.next().is_none(),
                    wanted => {
                        others
                            .for_each(|(name, value)| self.check(wanted, value, &format!("{place}/{name}")));
                        true
                    }
                }
            }
            "propertyNames" => {
                for (name, _) in value.as_object().into_iter().flatten() {
                    self.check(wanted, &Value::from(name.as_str()), &format!("{place}/{name}"));
                }
                true
            }
            unknown => panic!("the keyword `{unknown}` is not known here"),
        }
    }

    fn count_of(&self, schemas: &Value, value: &Value) -> usize {
        let holds = |schema: &&Value| {
            let mut checker = Checker {
                whole: self.whole,
                faults: Vec::new(),
            };
            checker.check(schema, value, "");
            checker.faults.is_empty()
        };
        list(schemas).iter().filter(holds).count()
    }
}

fn is_a(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        unknown => panic!("the type `{unknown}` is not known here"),
    }
}

fn has_format(name: &str, text: &str) -> bool {
    match name {
        "date-time" => text.parse::<Timestamp>().is_ok(),
        "uuid" => text.parse::<LeaseId>().is_ok(),
        unknown => panic!("the format `{unknown}` is not known here"),
    }
}

fn are_unique(items: &[Value]) -> bool {
    items
        .iter()
        .enumerate()
        .all(|(number, item)| !items[..number].contains(item))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}
