//! Limits on looking hand-overs up. Nobody guesses a token; nobody shall keep the service busy with trying either.

use super::{Buckets, Rate};
use jiff::Timestamp;
use std::net::IpAddr;
use std::time::Duration;

/// Forty at once from one address, then one a second, as with sign-ins; a right token costs nothing.
const ADDRESS: Rate = Rate {
    burst: 40,
    every: 1_000_000,
};

/// How many tokens were tried lately.
#[derive(Debug)]
pub struct HandOverLimits(Buckets<IpAddr>);

impl Default for HandOverLimits {
    fn default() -> Self {
        Self(Buckets::new(ADDRESS))
    }
}

impl HandOverLimits {
    /// Takes what a try costs, before anything is looked up.
    ///
    /// # Errors
    /// The time to wait.
    pub fn take(&self, address: IpAddr, now: Timestamp) -> Result<(), Duration> {
        self.0.take(address, now)
    }

    /// Gives back what a try took, because its token was right.
    pub fn give_back(&self, address: IpAddr) {
        self.0.give_back(&address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn right_tokens_are_never_limited_and_wrong_ones_soon_are() {
        let (limits, now) = (HandOverLimits::default(), Timestamp::UNIX_EPOCH);
        let home: IpAddr = Ipv4Addr::LOCALHOST.into();
        for _ in 0..1_000 {
            limits.take(home, now).expect("allowed");
            limits.give_back(home);
        }
        let wrong = (0..1_000).filter(|_| limits.take(home, now).is_ok()).count();
        assert_eq!(wrong, 40);
        assert!(limits.take(Ipv4Addr::new(192, 0, 2, 1).into(), now).is_ok());
    }
}
