//! The screen *About → Product information*: what the licence is, whose, until when, and why (S-145).

use crate::language::Words;
use std::fmt::Display;
use toolcrib_sdk::{LicenceType, ProductInformation};

/// The screen, line by line; what is not known is a dash.
pub(crate) fn lines(words: &Words, told: &ProductInformation) -> Vec<String> {
    let say = |key| words.say(key);
    let line = |key, text: String| format!("{:<9} {text}", say(key));
    let answer = &told.answer;
    let mut lines = vec![
        line("licence", format!("{} ({})", answer.standing, answer.reason)),
        line("type", say(kind(told.licence_type)).to_owned()),
        line("serial", or_dash(told.serial.as_ref())),
        line(
            "licensed",
            told.user.clone().unwrap_or_else(|| say("nobody").to_owned()),
        ),
        line("customer", or_dash(told.organisation.as_ref())),
        line("device", or_dash(told.device.as_ref())),
        line("contract", or_dash(told.contract_ends_at)),
        line("sign-in", or_dash(told.verify_by)),
        line("until", or_dash(answer.until)),
        line("because", format!("{} ({})", answer.sentence, answer.rule)),
    ];
    if !told.timeline.is_empty() {
        lines.push(say("history").to_owned());
    }
    lines.extend(told.timeline.iter().map(|entry| {
        let reason = entry.reason.map_or("", |reason| reason.as_str());
        let rule = entry.rule.as_deref().unwrap_or_default();
        format!("  {:.0} {:?} {reason} {rule}", entry.at, entry.event)
            .trim_end()
            .to_owned()
    }));
    lines
}

const fn kind(licence_type: LicenceType) -> &'static str {
    match licence_type {
        LicenceType::None => "none",
        LicenceType::Start => "first-days",
        LicenceType::NamedUser => "named-user",
    }
}

fn or_dash(value: Option<impl Display>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| value.to_string())
}
