//! The rules that every installation has, whatever the product asks for.

use toolcrib_model::requirement::Operand;
use toolcrib_model::{Comparison, Condition, FactName, Requirement};

/// A product's requirements with the two that every installation has, where the product does not bring its own.
pub fn with_usual_rules(requirements: &[Requirement], needed_bytes: u64) -> Vec<Requirement> {
    let named = |id: &str| requirements.iter().any(|requirement| requirement.id == id);
    let usual = [space_rule(needed_bytes), writable_rule()];
    let missing = usual.into_iter().filter(|rule| !named(&rule.id));
    requirements.iter().cloned().chain(missing).collect()
}

/// The place where the product would go has `needed_bytes` free: what the installation still needs at its peak, not only
/// at its end.
pub fn space_rule(needed_bytes: u64) -> Requirement {
    let enough = Comparison {
        at_least: Some(Operand::Number(needed_bytes)),
        ..Comparison::of(FactName::DiskFree)
    };
    Requirement {
        id: "disk-space".to_owned(),
        text: "Free disk space".into(),
        fix: "Free some space on this volume, or choose a folder on another one.".into(),
        link: None,
        minimum: Some(Condition::Test(enough)),
        recommended: None,
    }
}

/// The person may write at the place where the product would go.
pub fn writable_rule() -> Requirement {
    let writable = Comparison {
        is: Some(Operand::Flag(true)),
        ..Comparison::of(FactName::DiskWritable)
    };
    Requirement {
        id: "folder-writable".to_owned(),
        text: "Folder can be written".into(),
        fix: "Choose a folder that you may write to, or ask whoever owns this one.".into(),
        link: None,
        minimum: Some(Condition::Test(writable)),
        recommended: None,
    }
}
