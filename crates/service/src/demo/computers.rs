//! Simulated computers: facts as data, and reports signed by keys of their own. The demo shows them, and measurements
//! and tests send them; what the service does with their reports is what it does with any.

use ed25519_dalek::{Signer as _, SigningKey};
use jiff::Timestamp;
use toolcrib_model::{Digest, FactName, FactValue, Facts, Language, Version};
use toolcrib_readiness::fleet::{Measured, report};
use toolcrib_readiness::seal::{Opened, Signer, seal};
use toolcrib_wire::readiness::{Bundle, MachineReport};

const GB: u64 = 1_000_000_000;
/// What measured, as its reports say.
const TOOL: &str = "simulated 0.1.0";

/// A computer with a key of its own.
pub struct Computer {
    name: String,
    key: SigningKey,
}

impl Computer {
    /// A computer of that name. Its key follows from the name, so that it is the same one whenever it reports.
    pub fn new(name: &str) -> Self {
        let seed = Digest::of(format!("simulated computer {name}").as_bytes());
        Self {
            name: name.to_owned(),
            key: SigningKey::from_bytes(seed.as_bytes()),
        }
    }

    /// What it reports by a bundle, not signed yet.
    pub fn report(&self, bundle: &Opened<Bundle>, facts: Facts, at: Timestamp) -> MachineReport {
        let measured = Measured {
            machine: self.name.clone(),
            device: Digest::of(self.key.verifying_key().as_bytes()),
            at,
            tool: TOOL.to_owned(),
            language: Language::english(),
            facts,
        };
        report(bundle, measured)
    }

    /// Signs what it reports.
    ///
    /// # Errors
    /// Where the report cannot be written down.
    pub fn seal(&self, report: &MachineReport) -> Result<Vec<u8>, serde_json::Error> {
        let sign = |bytes: &[u8]| self.key.sign(bytes).to_bytes();
        let signer = Signer {
            public: self.key.verifying_key().to_bytes(),
            sign: &sign,
        };
        seal(report, &signer)
    }
}

/// The facts of the computer with that number in an office: most have everything, some lack something.
pub fn facts(number: u64) -> Facts {
    use FactName as F;
    let text = |text: &str| FactValue::Text(text.to_owned());
    let pick = |of: &[u64]| of[(number % of.len() as u64) as usize];
    let mut facts = Facts::new();
    facts.know(F::OsFamily, text("linux"));
    facts.know(F::OsName, text("Debian GNU/Linux"));
    facts.know(F::OsVersion, FactValue::Version(Version::new(12, 5, 0)));
    facts.know(F::Architecture, text("x86_64"));
    facts.know(F::LibcName, text("gnu"));
    facts.know(F::LibcVersion, FactValue::Version(Version::new(2, 36, 0)));
    facts.know(F::CpuBrand, text("Sample Processor 7"));
    facts.know(F::CpuCores, FactValue::Number(pick(&[4, 8, 8, 16])));
    facts.know(F::CpuThreads, FactValue::Number(pick(&[8, 16, 16, 32])));
    facts.know(
        F::MemoryTotal,
        FactValue::Bytes(pick(&[16, 32, 16, 8, 32, 16, 4]) * GB),
    );
    facts.know(F::DiskFree, FactValue::Bytes(pick(&[400, 220, 35, 640, 90]) * GB));
    facts.know(F::DiskWritable, FactValue::Flag(true));
    facts.know(F::DisplayPresent, FactValue::Flag(true));
    facts.know(F::RestartPending, FactValue::Flag(number % 11 == 10));
    facts.know(
        F::GpuNames,
        FactValue::Words(vec!["Sample Graphics 4".to_owned()]),
    );
    match number % 13 {
        12 => facts.miss(F::GpuMemory, "the driver does not tell"),
        _ => facts.know(F::GpuMemory, FactValue::Bytes(pick(&[4, 8, 8]) * GB)),
    }
    facts
}
