//! What a start asks first.

use super::LicenceView;
use jiff::Timestamp;
use serde::Serialize;
use toolcrib_model::{DeviceId, Platform, ProductId};
use toolcrib_wire::api::device::DeviceInUse;
use toolcrib_wire::api::serial::SerialStanding;
use ts_rs::TS;

/// What is to be done before a product starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum GateView {
    /// The person has to accept the privacy statement first.
    Privacy {
        /// The statement.
        statement: StatementView,
    },
    /// The first start, and the password was typed a moment ago: one click says who it is.
    Continue {
        /// The licence.
        licence: LicenceView,
    },
    /// The person has to sign in.
    SignIn {
        /// As whom, if that is known.
        user_id: Option<String>,
        /// Whether a session is open: then the password alone is asked for.
        session: bool,
        /// The licence.
        licence: LicenceView,
    },
    /// It may start.
    Ready {
        /// What the person is told about it, if anything.
        notice: Option<String>,
        /// The licence.
        licence: LicenceView,
    },
    /// It may open what it made, to be read only.
    ReadOnly {
        /// The licence.
        licence: LicenceView,
    },
    /// It may not start.
    Refused {
        /// Why, and what helps.
        refusal: RefusalView,
    },
}

/// The privacy statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StatementView {
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Its paragraphs, with an empty line between them.
    pub text: String,
}

/// A start that was refused, with everything that helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RefusalView {
    /// The licence, with the reason, the rule and the next date.
    pub licence: LicenceView,
    /// What the service said just now, where it was asked.
    pub message: Option<String>,
    /// The person's other devices that hold the product, where there are too many; the one used last first.
    pub devices: Vec<DeviceInUseView>,
    /// Whom the person can ask, by name and address.
    pub administrators: Vec<String>,
}

/// Another device that holds a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeviceInUseView {
    /// The device.
    #[ts(as = "String")]
    pub device: DeviceId,
    /// The computer's name.
    pub name: String,
    /// What it runs.
    #[ts(as = "String")]
    pub platform: Platform,
    /// When the product was last used there.
    #[ts(as = "String")]
    pub last_used_at: Timestamp,
}

/// The serial number of a product on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SerialView {
    /// The product.
    #[ts(as = "String")]
    pub product: ProductId,
    /// Whether the product asks for a serial number at all.
    pub asked: bool,
    /// Whether one has to be entered now.
    pub needed: bool,
    /// Until when the product starts without one (X3).
    #[ts(as = "Option<String>")]
    pub start_ends_at: Option<Timestamp>,
    /// The serial number, for those who may see it (R12).
    pub serial: Option<String>,
    /// When it was attached.
    #[ts(as = "Option<String>")]
    pub attached_at: Option<Timestamp>,
    /// Whether the last entry can be taken back.
    pub can_undo: bool,
}

impl From<DeviceInUse> for DeviceInUseView {
    fn from(device: DeviceInUse) -> Self {
        Self {
            device: device.device,
            name: device.name,
            platform: device.platform,
            last_used_at: device.last_used_at,
        }
    }
}

impl From<SerialStanding> for SerialView {
    fn from(standing: SerialStanding) -> Self {
        Self {
            product: standing.product,
            asked: standing.asked,
            needed: standing.needed.is_some(),
            start_ends_at: standing.start_ends_at,
            serial: standing.serial,
            attached_at: standing.attached_at,
            can_undo: standing.can_undo,
        }
    }
}
