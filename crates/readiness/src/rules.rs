//! The rules file: requirements without a product, for `toolcrib check --rules FILE`.

use crate::error::Error;
use crate::lint::lint_all;
use toolcrib_wire::readiness::RulesFile;

/// The longest rules file in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Reads rules from JSON; a faulty rule refuses the whole file, because a rule that is skipped looks like one that passes.
///
/// # Errors
/// [`Error`] when it is too long, is no rules file, or has a fault that `lint` finds.
pub fn read_rules(bytes: &[u8]) -> Result<RulesFile, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::RulesTooLong {
            length: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let rules: RulesFile = serde_json::from_slice(bytes).map_err(|source| Error::ReadRules { source })?;
    match lint_all(&rules.requirements) {
        faults if faults.is_empty() => Ok(rules),
        faults => Err(Error::FaultyRules { faults }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    fn check(raw: &str) -> String {
        let error = read_rules(raw.as_bytes()).expect_err("refused");
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        format!("{error} | {cause}")
    }

    #[test]
    fn a_rules_file_is_read_and_written_alike() {
        let raw = r#"{"schema":2,"requirements":[{"id":"disk","text":"Space","fix":"Free some.","minimum":{"fact":"disk.free_bytes","at_least":"40 GB"}}]}"#;
        let rules = read_rules(raw.as_bytes()).expect("sound");
        assert_eq!(serde_json::to_string(&rules).expect("written"), raw);
    }

    #[test]
    fn a_file_of_the_first_schema_is_still_read() {
        let first = r#"{"schema":1,"requirements":[]}"#;
        assert!(read_rules(first.as_bytes()).is_ok());
    }

    #[test]
    fn rules_of_another_shape_are_refused_with_the_reason() {
        let table = [
            (r#"{"schema":3,"requirements":[]}"#, "schema 3 is not known here"),
            (
                r#"{"schema":1,"requirements":[],"rules":[]}"#,
                "unknown field `rules`",
            ),
            (r#"{"schema":1}"#, "missing field `requirements`"),
            (
                r#"{"schema":1,"requirements":[{"id":"a","text":"b","fix":"c","minimum":{"fact":"cpu.colour","is":"red"}}]}"#,
                "there is no fact named `cpu.colour`",
            ),
            (
                r#"{"schema":1,"requirements":[{"id":"a","text":"b","fix":"c","minimum":{"fact":"cpu.cores","is":"red"}}]}"#,
                "`red` is not a whole number",
            ),
            ("\u{0}", "expected value"),
        ];
        for (raw, expected) in table {
            let said = check(raw);
            assert!(said.contains(expected), "{raw}: {said}");
        }
    }

    #[test]
    fn endless_and_endlessly_nested_rules_are_refused() {
        assert!(matches!(
            read_rules(&vec![b' '; MAX_BYTES + 1]),
            Err(Error::RulesTooLong { .. })
        ));
        let nested = format!(r#"{{"schema":1,"requirements":{}"#, "[".repeat(100_000));
        assert!(matches!(
            read_rules(nested.as_bytes()),
            Err(Error::ReadRules { .. })
        ));
    }
}
