//! The rules that every installation has, whatever the product asks for.

use toolcrib_model::requirement::Operand;
use toolcrib_model::{Comparison, Condition, FactName, Requirement};

/// The place where the product would go has `needed_bytes` free: the peak of the installation, not only its end.
pub fn space_rule(needed_bytes: u64) -> Requirement {
    let enough = Comparison {
        fact: FactName::DiskFree,
        is: None,
        at_least: Some(Operand::Number(needed_bytes)),
        at_most: None,
        one_of: None,
    };
    Requirement {
        id: "disk-space".to_owned(),
        text: "Free disk space".to_owned(),
        fix: "Free some space on this volume, or choose a folder on another one.".to_owned(),
        link: None,
        minimum: Some(Condition::Test(enough)),
        recommended: None,
    }
}

/// The person may write at the place where the product would go.
pub fn writable_rule() -> Requirement {
    let writable = Comparison {
        fact: FactName::DiskWritable,
        is: Some(Operand::Flag(true)),
        at_least: None,
        at_most: None,
        one_of: None,
    };
    Requirement {
        id: "folder-writable".to_owned(),
        text: "Folder can be written".to_owned(),
        fix: "Choose a folder that you may write to, or ask whoever owns this one.".to_owned(),
        link: None,
        minimum: Some(Condition::Test(writable)),
        recommended: None,
    }
}
