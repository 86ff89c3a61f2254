//! The stage that the demo and the measurements play on: a sample vendor's catalogue and a running account service.

mod service;
mod vendor;

pub(crate) use service::Service;
pub(crate) use vendor::Vendor;
