//! Remedies: what helps after a failure. Every engine answers with one, so that the faces need one table only.

use std::time::Duration;

/// What helps after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The same again, after this time.
    RetryAfter(Duration),
    /// Get the thing again: what came was damaged or is out of date.
    Refetch,
    /// A person has to change something on this computer or network, or choose otherwise.
    AskUser,
    /// A person has to sign in (again).
    SignIn,
    /// Nothing: the request itself is wrong, or the other side is.
    GiveUp,
}

impl Remedy {
    /// Whether the same request may succeed without anybody doing anything.
    pub const fn is_retry(self) -> bool {
        match self {
            Self::RetryAfter(_) | Self::Refetch => true,
            Self::AskUser | Self::SignIn | Self::GiveUp => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_retrying_and_refetching_need_nobody() {
        assert!(Remedy::RetryAfter(Duration::ZERO).is_retry() && Remedy::Refetch.is_retry());
        assert!(!Remedy::AskUser.is_retry() && !Remedy::SignIn.is_retry() && !Remedy::GiveUp.is_retry());
    }
}
