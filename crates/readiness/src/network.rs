//! The rules for a network through which products can be had: which hosts have to answer, and how far the clock may be off.

use toolcrib_model::requirement::Operand;
use toolcrib_model::{Comparison, Condition, FactKey, FactName, Requirement};

/// How far a clock may be off in seconds before signed dates and certificates begin to fail in odd ways; our own choice.
const CLOCK_MARGIN: u64 = 300;

/// What is asked of the network: each of these hosts answers (its port after a colon, if not 443), and the clock is right.
pub fn network_rules(service: &str, content: &[String]) -> Vec<Requirement> {
    let service = host_rule("network-service".to_owned(), "Account service", service);
    let places = content.iter().enumerate().filter_map(|(at, host)| {
        let id = format!("network-content-{}", at + 1);
        host_rule(id, &format!("Content from {host}"), host)
    });
    service.into_iter().chain(places).chain([clock_rule()]).collect()
}

/// None for what is no host: there is nothing to ask then.
fn host_rule(id: String, text: &str, host: &str) -> Option<Requirement> {
    let answers = Comparison {
        is: Some(Operand::Flag(true)),
        ..Comparison::of(FactKey::about(FactName::NetworkReachable, host).ok()?)
    };
    let fix = format!(
        "Let this computer reach {host}, directly or through the proxy: among the facts, name, connection and certificate \
         show how far it gets. `toolcrib doctor` says more."
    );
    Some(Requirement {
        id,
        text: text.into(),
        fix: fix.as_str().into(),
        link: None,
        minimum: Some(Condition::Test(answers)),
        recommended: None,
    })
}

fn clock_rule() -> Requirement {
    let near = Comparison {
        at_most: Some(Operand::Number(CLOCK_MARGIN)),
        ..Comparison::of(FactName::NetworkClockSkew)
    };
    Requirement {
        id: "network-clock".to_owned(),
        text: "Clock (seconds off)".into(),
        fix: "Set date, time and time zone of this computer, or let it set them by itself.".into(),
        link: None,
        minimum: None,
        recommended: Some(Condition::Test(near)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{judge, lint_all};
    use toolcrib_model::{FactValue, Facts, Language, Verdict};

    #[test]
    fn a_host_that_does_not_answer_fails_and_a_wrong_clock_warns() {
        let rules = network_rules("crib.example:8443", &["content.example".to_owned()]);
        assert!(lint_all(&rules).is_empty());
        let mut facts = Facts::new();
        let answers = |host, flag| {
            let key = FactKey::about(FactName::NetworkReachable, host).expect("a host");
            (key, FactValue::Flag(flag))
        };
        for (key, value) in [
            answers("crib.example:8443", true),
            answers("content.example", false),
        ] {
            facts.know(key, value);
        }
        facts.know(FactName::NetworkClockSkew, FactValue::Number(301));
        let verdicts = judge(&rules, &facts, &Language::english()).rules;
        let verdicts: Vec<_> = verdicts.iter().map(|rule| rule.verdict).collect();
        assert_eq!(verdicts, [Verdict::Pass, Verdict::Fail, Verdict::Warn]);
    }
}
