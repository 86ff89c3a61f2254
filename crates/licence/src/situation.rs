//! Everything that a decision depends on.

use crate::outage::Outage;
use crate::reason::Reason;
use crate::standing::Revocation;
use crate::time::{Reading, later};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use toolcrib_model::constants::EXPIRED_PERIOD;
use toolcrib_model::lease::LeaseTerms;
use toolcrib_model::{DeviceId, LeaseId, LicencePolicy, UserId};
use toolcrib_trust::lease::TrustedLease;

/// What a believed lease contributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub(crate) lease: LeaseId,
    pub(crate) device: DeviceId,
    pub(crate) terms: LeaseTerms,
    pub(crate) user_id: UserId,
    pub(crate) organisation: String,
    pub(crate) serial: Option<String>,
}

impl Held {
    /// The lease.
    pub const fn lease(&self) -> LeaseId {
        self.lease
    }

    /// This device, as the service names it.
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// The dates and the policy.
    pub const fn terms(&self) -> &LeaseTerms {
        &self.terms
    }

    /// The person.
    pub const fn user_id(&self) -> &UserId {
        &self.user_id
    }

    /// The customer.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// The serial number, where the product has one.
    pub fn serial(&self) -> Option<&str> {
        self.serial.as_deref()
    }

    /// The instant from which nothing but a new lease helps.
    pub fn hard_end(&self) -> Timestamp {
        let offline = self.terms.offline_until.unwrap_or(Timestamp::MIN);
        self.terms.grace_until.max(offline).min(self.contract_stops_at())
    }

    pub(crate) fn contract_stops_at(&self) -> Timestamp {
        later(self.terms.contract_ends_at, EXPIRED_PERIOD)
    }
}

impl From<&TrustedLease> for Held {
    fn from(lease: &TrustedLease) -> Self {
        let claims = lease.claims();
        Self {
            lease: claims.lease,
            device: claims.device,
            terms: claims.terms.clone(),
            user_id: claims.user_id.clone(),
            organisation: claims.organisation.clone(),
            serial: claims.serial.clone(),
        }
    }
}

/// What lies on the shelf for a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paper {
    /// No lease.
    Absent,
    /// A lease that is not to be believed.
    Refused {
        /// Why, by its stable name.
        reason: Reason,
        /// The same in words.
        why: String,
    },
    /// A lease that was verified for this device.
    Held(Box<Held>),
}

/// Whether the account service can be reached now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It answers.
    Online,
    /// It does not, or nobody asked.
    Offline,
    /// The network works, and the service itself fails: it answers 5xx, or not at all (S-154).
    ServiceDown,
}

/// What has become of the records of this home: the clock's memory, the numbers of former leases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Records {
    /// They are whole.
    Whole,
    /// They are gone, or were changed by somebody.
    Lost,
    /// They were made on another computer.
    OfAnotherComputer,
}

/// Everything that a decision depends on.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The lease.
    pub paper: &'a Paper,
    /// When the product was installed, or downloaded if that was never recorded.
    pub installed_at: Option<Timestamp>,
    /// What the vendor asks, as the manifest says.
    pub policy: LicencePolicy,
    /// Whether a lease for this product was ever held here.
    pub ever_leased: bool,
    /// That the right was taken away after the last lease.
    pub revoked: Option<&'a Revocation>,
    /// The temporary rights of the service's present failure.
    pub outage: Option<Outage>,
    /// What has become of the records.
    pub records: Records,
    /// What time it is.
    pub time: Reading,
    /// Whether the service can be reached.
    pub reach: Reach,
    /// In which time zone dates are told.
    pub zone: &'a TimeZone,
}
