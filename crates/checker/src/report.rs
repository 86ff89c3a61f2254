//! The signed report of this computer.

use crate::error::Error;
use jiff::Timestamp;
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_model::{Fact, FactName, FactValue, Facts, Language, Platform};
use toolcrib_readiness::fleet::Measured;
use toolcrib_readiness::seal::{self, Signer};
use toolcrib_wire::readiness::MachineReport;

/// What this computer says of itself.
pub(crate) fn measured(facts: Facts, key: &DeviceKey, language: &Language) -> Measured {
    let machine = match facts.fact(FactName::HostName) {
        Fact::Known(FactValue::Text(name)) => name,
        Fact::Known(_) | Fact::Unknown(_) => format!("unnamed-{:.8}", key.thumbprint().to_string()),
    };
    Measured {
        machine,
        device: key.thumbprint(),
        at: Timestamp::now(),
        tool: format!(
            "toolcrib-check {} {}",
            env!("CARGO_PKG_VERSION"),
            Platform::current()
        ),
        language: language.clone(),
        facts,
    }
}

/// Signs the report with the computer's key.
pub(crate) fn seal(report: &MachineReport, key: &DeviceKey) -> Result<Vec<u8>, Error> {
    let signer = Signer {
        public: key.public(),
        sign: &|bytes| key.sign(bytes),
    };
    seal::seal(report, &signer).map_err(|source| Error::Encode { source })
}

/// `report-COMPUTER.json`, with nothing in it that a folder could not take.
pub(crate) fn file_name(machine: &str) -> String {
    let legal = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let name: String = machine
        .chars()
        .map(|letter| if legal(letter) { letter } else { '_' })
        .take(100)
        .collect();
    format!("report-{name}.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computers_name_never_leads_out_of_the_folder() {
        assert_eq!(file_name("desk-1"), "report-desk-1.json");
        assert_eq!(file_name("../../etc/x"), "report-.._.._etc_x.json");
        assert_eq!(file_name(&"x".repeat(300)).len(), 112);
    }
}
