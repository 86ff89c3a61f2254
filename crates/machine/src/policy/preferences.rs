//! Managed preferences: a property list, XML or binary, whose outermost value is a dictionary.

use super::{Typed, Written};
use plist::{Dictionary, Value};
use std::io::Cursor;

/// What a property list says.
///
/// # Errors
/// Where it is none, or no dictionary.
pub fn from_plist(bytes: &[u8]) -> Result<Written, plist::Error> {
    let dictionary: Dictionary = plist::from_reader(Cursor::new(bytes))?;
    Ok(dictionary
        .into_iter()
        .map(|(name, value)| (name, typed(value)))
        .collect())
}

/// A property list that says this, as XML.
///
/// # Errors
/// Where it says something that a policy does not have.
pub fn to_plist(written: &Written) -> Result<String, plist::Error> {
    let mut bytes = Vec::new();
    Value::Dictionary(dictionary(written)).to_writer_xml(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn typed(value: Value) -> Typed {
    match value {
        Value::Boolean(flag) => Typed::Flag(flag),
        Value::String(text) => Typed::Text(text),
        Value::Array(values) => Typed::List(values.into_iter().map(typed).collect()),
        Value::Dictionary(values) => Typed::Table(
            values
                .into_iter()
                .map(|(name, value)| (name, typed(value)))
                .collect(),
        ),
        Value::Integer(number) => number
            .as_unsigned()
            .map_or_else(|| Typed::Foreign("a negative number".to_owned()), Typed::Number),
        Value::Real(_) => Typed::Foreign("a number with a fraction".to_owned()),
        Value::Date(_) => Typed::Foreign("a date".to_owned()),
        Value::Data(_) => Typed::Foreign("data".to_owned()),
        _ => Typed::Foreign("a value of another type".to_owned()),
    }
}

fn dictionary(written: &Written) -> Dictionary {
    let values = written.iter().map(|(name, typed)| (name.clone(), value(typed)));
    values.collect()
}

fn value(typed: &Typed) -> Value {
    match typed {
        Typed::Flag(flag) => Value::Boolean(*flag),
        Typed::Number(number) => Value::Integer((*number).into()),
        Typed::Text(text) | Typed::Foreign(text) => Value::String(text.clone()),
        Typed::List(values) => Value::Array(values.iter().map(value).collect()),
        Typed::Table(values) => Value::Dictionary(dictionary(values)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0"><dict>
            <key>connections</key><integer>4</integer>
            <key>servers</key><array><string>a &amp; b</string></array>
            <key>hours</key><dict><key>on</key><true/></dict>
            <key>less</key><integer>-1</integer>
            <key>half</key><real>0.5</real>
        </dict></plist>"#;

    #[test]
    fn a_property_list_is_read_with_its_types() {
        let found = from_plist(WRITTEN.as_bytes()).expect("a property list");
        assert_eq!(found["connections"], Typed::Number(4));
        assert_eq!(
            found["servers"],
            Typed::List(vec![Typed::Text("a & b".to_owned())])
        );
        assert_eq!(
            found["hours"],
            Typed::Table([("on".to_owned(), Typed::Flag(true))].into())
        );
        assert!(matches!(
            (&found["less"], &found["half"]),
            (Typed::Foreign(_), Typed::Foreign(_))
        ));
    }

    #[test]
    fn what_is_written_is_read_again_also_in_binary() {
        let mut found = from_plist(WRITTEN.as_bytes()).expect("a property list");
        found.retain(|_, value| !matches!(value, Typed::Foreign(_)));
        let xml = to_plist(&found).expect("XML");
        assert_eq!(from_plist(xml.as_bytes()).expect("XML"), found);
        let mut binary = Vec::new();
        Value::Dictionary(dictionary(&found))
            .to_writer_binary(&mut binary)
            .expect("binary");
        assert_eq!(from_plist(&binary).expect("binary"), found);
    }

    #[test]
    fn what_is_no_dictionary_is_refused() {
        for bytes in [
            &b"<plist><array/></plist>"[..],
            b"",
            b"{\"connections\": 4}",
            b"bplist00",
        ] {
            assert!(from_plist(bytes).is_err());
        }
    }
}
