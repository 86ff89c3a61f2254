//! What a company's decision is called, for people.

use super::instant;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use toolcrib_model::Version;
use toolcrib_model::policy::{Answer, Decision, Never, Wait};

/// A sentence or two about a release and what is installed.
pub(super) fn sentence(answer: &Answer, installed: &Version, now: Timestamp, zone: &TimeZone) -> String {
    let act = match answer.version < *installed {
        true => format!("goes back to {}", answer.version),
        false => format!("installs {}", answer.version),
    };
    match &answer.decision {
        Decision::Free => "Your company leaves this to you.".to_owned(),
        Decision::Due { at } => match instant(*at, zone).is_none_or(|due| due <= now) {
            true => format!(
                "Your company {act} as soon as this computer can: it was due on {}.",
                on(*at)
            ),
            false => format!("Your company {act} on {}.", on(*at)),
        },
        Decision::NotBefore { at, why, due } => {
            let then = due.map_or_else(String::new, |due| format!(" Your company {act} on {}.", on(due)));
            match why {
                Wait::Hold { reason, .. } => {
                    format!("Held by your company until {}{}.{then}", on(*at), because(reason))
                }
                other => format!("Not before {} ({}).{then}", on(*at), wait(other)),
            }
        }
        Decision::Never { why } => never(why, installed),
    }
}

/// Why another release than that one must not be installed.
pub(super) fn fixed(target: &Version) -> String {
    format!("Your company's policy is {target}, and no other release.")
}

const fn wait(why: &Wait) -> &'static str {
    match why {
        Wait::MinimumAge => "minimum age: your company waits a while with new releases",
        Wait::Ring => "ring: others in your company go first",
        Wait::Freeze => "freeze: your company installs nothing these days",
        Wait::Hold { .. } => "held by your company",
    }
}

fn never(why: &Never, installed: &Version) -> String {
    match why {
        Never::Disabled => "Your company has disabled updates.".to_owned(),
        Never::Halted => "Your company has halted this update.".to_owned(),
        Never::Target => format!("It stays at {installed} by your company's policy."),
        Never::Hold { reason, .. } => format!("Held by your company{}.", because(reason)),
        Never::NoDay => "Your company's policy leaves no day on which it may be installed.".to_owned(),
    }
}

fn because(reason: &str) -> String {
    match reason.trim().trim_end_matches('.') {
        "" => String::new(),
        reason => format!(": {reason}"),
    }
}

fn on(wall: DateTime) -> String {
    wall.strftime("%A, %-d %B %Y at %H:%M").to_string()
}
