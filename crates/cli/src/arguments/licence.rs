//! Starting, and the right to.

use super::Proof;
use camino::Utf8PathBuf;
use clap::{Args, Subcommand, ValueHint};
use jiff::civil::Date;
use toolcrib_model::{DeviceId, ProductId, Version};

/// `launch`
#[derive(Debug, Args)]
pub(crate) struct Launch {
    /// The product
    pub(crate) product: ProductId,
    /// Another release that is here than the current one, which stays the current one
    #[arg(long, value_name = "V")]
    pub(crate) version: Option<Version>,
    /// Stay until it is known whether it started, 10 s at most; shortcuts do that
    #[arg(long)]
    pub(crate) stay: bool,
    /// Used only where the licence asks who you are
    #[command(flatten)]
    pub(crate) proof: Proof,
    /// What is handed to the product
    #[arg(last = true, value_name = "ARGS")]
    pub(crate) arguments: Vec<String>,
}

/// `licence`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Licence {
    /// The product; all installed products without it
    pub(crate) product: Option<ProductId>,
    #[command(subcommand)]
    pub(crate) act: Option<LicenceAct>,
}

/// `licence request`
#[derive(Debug, Args)]
pub(crate) struct OfflineRequest {
    /// The product
    pub(crate) product: ProductId,
    /// Where to write the request
    #[arg(long, value_name = "FILE", required_unless_present = "qr", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<Utf8PathBuf>,
    /// Ask for new dates for a licence that is held
    #[arg(long, conflicts_with = "release")]
    pub(crate) renew: bool,
    /// Give the licence up here, and say so
    #[arg(long)]
    pub(crate) release: bool,
    /// The serial number of the product, such as 123-45678906
    #[arg(long, value_name = "NUMBER", conflicts_with = "release")]
    pub(crate) serial: Option<String>,
    /// Draw the request as a QR code
    #[arg(long)]
    pub(crate) qr: bool,
}

/// What is done with a licence.
#[derive(Debug, Subcommand)]
pub(crate) enum LicenceAct {
    /// Prove again who you are, as every 30 days
    Verify {
        /// The product
        product: ProductId,
        #[command(flatten)]
        proof: Proof,
    },
    /// Enter the serial number of a product, or put another one in its place
    SetSerial {
        /// The product
        product: ProductId,
        /// The serial number, such as 123-45678906
        #[arg(required_unless_present = "undo")]
        serial: Option<String>,
        /// Take the last entry back
        #[arg(long, conflicts_with = "serial")]
        undo: bool,
    },
    /// Show what happened to a product's licence here, and why; the newest first
    Timeline {
        /// The product
        product: ProductId,
    },
    /// Take a product offline: it works without any contact until the end of a day
    Offline {
        /// The product
        product: ProductId,
        /// The last day, such as 2026-12-24
        #[arg(long, value_name = "DATE")]
        until: Date,
    },
    /// Bring a product back that was taken offline, before its date
    Return {
        /// The product
        product: ProductId,
    },
    /// Write a request for a computer without a network, to be answered in the portal (Offline activation)
    Request(OfflineRequest),
    /// Take in the answer to a request
    Import {
        /// The file that the portal gave
        #[arg(value_hint = ValueHint::FilePath)]
        file: Utf8PathBuf,
    },
    /// Release a product from another computer of yours, and take its place here
    FreeDevice {
        /// The product
        product: ProductId,
        /// The device, as the refusal or the Devices page names it
        device: DeviceId,
    },
}
