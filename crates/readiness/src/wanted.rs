//! Which facts a list of requirements asks for: what a probe has to look at beside what it always reads.

use crate::words;
use std::collections::BTreeSet;
use toolcrib_model::{FactKey, Requirement};

/// Every fact that the requirements ask for.
pub fn wanted<'a>(requirements: impl IntoIterator<Item = &'a Requirement>) -> BTreeSet<FactKey> {
    let mut keys = BTreeSet::new();
    for requirement in requirements {
        let bars = requirement.minimum.iter().chain(&requirement.recommended);
        bars.for_each(|condition| words::collect(condition, &mut keys));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_of_every_bar_is_wanted_once() {
        let requirement: Requirement = serde_json::from_str(
            r#"{"id":"a","text":"A","fix":"B","minimum":{"any":[{"fact":"port.free:80","is":true},{"not":{"fact":"cpu.cores","at_most":1}}]},
                "recommended":{"fact":"cpu.cores","at_least":4}}"#,
        )
        .expect("well formed");
        let keys: Vec<_> = wanted([&requirement]).iter().map(ToString::to_string).collect();
        assert_eq!(keys, ["cpu.cores", "port.free:80"]);
    }
}
