//! Limits on readiness reports: wide enough for an office whose computers all report at nine, too narrow to fill a disk.

use super::{Buckets, Rate};
use jiff::Timestamp;
use std::net::IpAddr;
use std::time::Duration;
use toolcrib_model::CheckId;

/// A thousand at once from one address, then ten a second.
const ADDRESS: Rate = Rate {
    burst: 1_000,
    every: 100_000,
};
/// Three thousand at once for one check, then twenty a second.
const CHECK: Rate = Rate {
    burst: 3_000,
    every: 50_000,
};

/// How many reports came lately.
#[derive(Debug)]
pub struct ReportLimits {
    addresses: Buckets<IpAddr>,
    checks: Buckets<CheckId>,
}

impl Default for ReportLimits {
    fn default() -> Self {
        Self {
            addresses: Buckets::new(ADDRESS),
            checks: Buckets::new(CHECK),
        }
    }
}

impl ReportLimits {
    /// Lets a report from an address in, before anything else is looked at.
    ///
    /// # Errors
    /// The time to wait.
    pub fn knock(&self, address: IpAddr, now: Timestamp) -> Result<(), Duration> {
        self.addresses.take(address, now)
    }

    /// Lets a report to a check in, which is known to exist.
    ///
    /// # Errors
    /// The time to wait.
    pub fn enter(&self, check: CheckId, now: Timestamp) -> Result<(), Duration> {
        self.checks.take(check, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn an_office_of_a_thousand_computers_may_report_at_once_and_a_flood_may_not() {
        let (limits, now) = (ReportLimits::default(), Timestamp::UNIX_EPOCH);
        let office: IpAddr = Ipv4Addr::LOCALHOST.into();
        let taken = (0..5_000).filter(|_| limits.knock(office, now).is_ok()).count();
        assert_eq!(taken, 1_000);
        assert!(limits.knock(Ipv4Addr::new(192, 0, 2, 1).into(), now).is_ok());
    }
}
