//! The judgement: requirements against facts.
//!
//! | minimum | recommended | verdict |
//! |---|---|---|
//! | does not hold | any | fail |
//! | cannot be told | any | warn: could not be measured |
//! | holds | does not hold, or cannot be told | warn |
//! | holds | holds | pass |
//!
//! A bar that is not set holds. What cannot be told never fails: a driver that hides a number must not keep anybody
//! from working, and the person sees what was not checked and why.

use crate::logic::{Truth, truth};
use crate::words::{self, Sizes};
use toolcrib_model::{Condition, Facts, Language, Requirement, Verdict};
use toolcrib_wire::readiness::{Report, Ruling};
use toolcrib_wire::schema::Schema;

/// Judges every requirement; never fails and never panics, whatever the requirements say. The author's texts are those
/// for a reader of `language`; what this crate says itself is English.
pub fn judge(requirements: &[Requirement], facts: &Facts, language: &Language) -> Report {
    let rules: Vec<_> = requirements
        .iter()
        .map(|requirement| ruling(requirement, facts, language))
        .collect();
    Report {
        schema: Schema,
        verdict: worst(rules.iter().map(|ruling| ruling.verdict)),
        rules,
    }
}

/// The worst of all verdicts; pass if there are none.
pub fn worst(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    verdicts.max().unwrap_or(Verdict::Pass)
}

/// Which bar decided, and how.
enum Decided {
    Nothing,
    Met,
    MinimumMissed,
    RecommendedMissed,
    Unmeasured { reasons: Vec<String>, of_minimum: bool },
}

fn ruling(requirement: &Requirement, facts: &Facts, language: &Language) -> Ruling {
    let decided = decide(requirement, facts);
    let verdict = match decided {
        Decided::Nothing | Decided::Met => Verdict::Pass,
        Decided::MinimumMissed => Verdict::Fail,
        Decided::RecommendedMissed | Decided::Unmeasured { .. } => Verdict::Warn,
    };
    let (measured, needed) = in_words(requirement, facts, &decided);
    Ruling {
        id: requirement.id.clone(),
        text: requirement.text.for_reader(language).to_owned(),
        verdict,
        measured,
        needed,
        fix: (verdict != Verdict::Pass).then(|| requirement.fix.for_reader(language).to_owned()),
        link: requirement.link.clone(),
    }
}

fn decide(requirement: &Requirement, facts: &Facts) -> Decided {
    let judged = |bar: &Option<Condition>| bar.as_ref().map(|condition| truth(condition, facts));
    match (judged(&requirement.minimum), judged(&requirement.recommended)) {
        (None, None) => Decided::Nothing,
        (Some(Truth::Broken), _) => Decided::MinimumMissed,
        (Some(Truth::Unknown(reasons)), _) => Decided::Unmeasured {
            reasons,
            of_minimum: true,
        },
        (_, Some(Truth::Broken)) => Decided::RecommendedMissed,
        (_, Some(Truth::Unknown(reasons))) => Decided::Unmeasured {
            reasons,
            of_minimum: false,
        },
        (Some(Truth::Holds) | None, Some(Truth::Holds) | None) => Decided::Met,
    }
}

fn in_words(requirement: &Requirement, facts: &Facts, decided: &Decided) -> (String, String) {
    let bars: Vec<&Condition> = requirement
        .minimum
        .iter()
        .chain(&requirement.recommended)
        .collect();
    let minimum_decides = match decided {
        Decided::Nothing => return ("nothing to measure".to_owned(), "nothing".to_owned()),
        Decided::Met => requirement.minimum.is_some(),
        Decided::MinimumMissed => true,
        Decided::RecommendedMissed => false,
        Decided::Unmeasured { of_minimum, .. } => *of_minimum,
    };
    let needed = |sizes| needed(requirement, minimum_decides, sizes);
    let rounded = (
        words::measured(&bars, facts, Sizes::Rounded),
        needed(Sizes::Rounded),
    );
    match decided {
        Decided::Unmeasured { reasons, .. } => (unmeasured(reasons), rounded.1),
        Decided::MinimumMissed | Decided::RecommendedMissed if rounded.1.contains(&rounded.0) => {
            (words::measured(&bars, facts, Sizes::Exact), needed(Sizes::Exact))
        }
        _ => rounded,
    }
}

fn unmeasured(reasons: &[String]) -> String {
    format!("could not be measured: {}", reasons.join("; "))
}

fn needed(requirement: &Requirement, by_minimum: bool, sizes: Sizes) -> String {
    let bar = if by_minimum {
        &requirement.minimum
    } else {
        &requirement.recommended
    };
    let words = bar
        .as_ref()
        .map(|condition| words::needed(condition, sizes))
        .unwrap_or_default();
    if by_minimum {
        words
    } else {
        format!("recommended: {words}")
    }
}

#[cfg(test)]
mod tests;
