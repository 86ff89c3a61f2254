//! Limits on sign-ins, so that guessing is slow and an honest person is not shut out by somebody else's guesses.
//!
//! Each try takes a unit from the account, from the address and from the two together; a right password gives them
//! back. A device that is known and has proved its key has a unit of its own, which no stranger can take.

mod hand_overs;
mod reports;

pub use hand_overs::HandOverLimits;
pub use reports::ReportLimits;

use jiff::Timestamp;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use toolcrib_model::{DeviceId, Digest};

/// How many tries may come at once, and how often one more is allowed.
#[derive(Clone, Copy, Debug)]
struct Rate {
    burst: i64,
    every: i64,
}

const fn rate(burst: i64, every_seconds: i64) -> Rate {
    Rate {
        burst,
        every: every_seconds * 1_000_000,
    }
}

/// Ten a minute at most for one account, whoever tries.
const ACCOUNT: Rate = rate(6, 15);
/// Eight a minute at most for one account from one address, so that one guesser leaves something to others.
const PAIR: Rate = rate(4, 15);
/// For one address over all accounts: an office behind one address signs in on a Monday morning.
const ADDRESS: Rate = rate(40, 1);
/// For a known device.
const DEVICE: Rate = rate(10, 10);
/// For codes of the second step, after a right password: six digits must last against whoever knows it.
const CODE: Rate = rate(8, 600);
/// Records kept of each kind; older ones make room.
const MAX_RECORDS: usize = 65_536;

/// The record of failed sign-ins.
#[derive(Debug)]
pub struct SignInLimits {
    accounts: Buckets<Digest>,
    pairs: Buckets<(Digest, IpAddr)>,
    addresses: Buckets<IpAddr>,
    devices: Buckets<DeviceId>,
    codes: Buckets<(Digest, Option<DeviceId>)>,
}

/// Who tries to sign in.
#[derive(Clone, Debug)]
pub struct Try {
    account: Digest,
    address: IpAddr,
    device: Option<DeviceId>,
}

impl Try {
    /// A try for `user_id` from `address`, on a device that is known to be that person's, if it is.
    pub fn new(user_id: &str, address: IpAddr, device: Option<DeviceId>) -> Self {
        Self {
            account: Digest::of(user_id.trim().to_lowercase().as_bytes()),
            address,
            device,
        }
    }
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self {
            accounts: Buckets::new(ACCOUNT),
            pairs: Buckets::new(PAIR),
            addresses: Buckets::new(ADDRESS),
            devices: Buckets::new(DEVICE),
            codes: Buckets::new(CODE),
        }
    }
}

impl SignInLimits {
    /// Takes what the try costs, or says how long to wait; a refused try costs nothing.
    ///
    /// # Errors
    /// The time to wait.
    pub fn take(&self, asked: &Try, now: Timestamp) -> Result<(), Duration> {
        if let Some(device) = asked.device {
            return self.devices.take(device, now);
        }
        self.pairs.take((asked.account, asked.address), now)?;
        if let Err(wait) = self.accounts.take(asked.account, now) {
            self.pairs.give_back(&(asked.account, asked.address));
            return Err(wait);
        }
        if let Err(wait) = self.addresses.take(asked.address, now) {
            self.pairs.give_back(&(asked.account, asked.address));
            self.accounts.give_back(&asked.account);
            return Err(wait);
        }
        Ok(())
    }

    /// Takes what a code of the second step costs, or says how long to wait.
    ///
    /// # Errors
    /// The time to wait.
    pub fn take_code(&self, asked: &Try, now: Timestamp) -> Result<(), Duration> {
        self.codes.take((asked.account, asked.device), now)
    }

    /// Gives back what a code took, because it was right.
    pub fn give_back_code(&self, asked: &Try) {
        self.codes.give_back(&(asked.account, asked.device));
    }

    /// Gives back what a try took, because it was honest.
    pub fn give_back(&self, asked: &Try) {
        match asked.device {
            Some(device) => self.devices.give_back(&device),
            None => {
                self.pairs.give_back(&(asked.account, asked.address));
                self.accounts.give_back(&asked.account);
                self.addresses.give_back(&asked.address);
            }
        }
    }
}

/// Buckets by key. A bucket is one number: the time at which it will be full again.
#[derive(Debug)]
struct Buckets<K> {
    rate: Rate,
    /// Recent keys, and those of the generation before; the oldest generation is forgotten as a whole, so the
    /// memory is bounded and no request ever pays for a sweep.
    generations: Mutex<[HashMap<K, i64>; 2]>,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn new(rate: Rate) -> Self {
        Self {
            rate,
            generations: Mutex::new([HashMap::new(), HashMap::new()]),
        }
    }

    fn take(&self, key: K, now: Timestamp) -> Result<(), Duration> {
        let now = now.as_microsecond();
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        let [recent, older] = &mut *generations;
        let full_at = recent
            .get(&key)
            .or_else(|| older.get(&key))
            .copied()
            .unwrap_or(now)
            .max(now);
        let allowed_at = full_at - (self.rate.burst - 1) * self.rate.every;
        if allowed_at > now {
            return Err(Duration::from_micros((allowed_at - now).unsigned_abs()));
        }
        if recent.len() >= MAX_RECORDS / 2 {
            *older = std::mem::take(recent);
        }
        recent.insert(key, full_at + self.rate.every);
        Ok(())
    }

    fn give_back(&self, key: &K) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        for generation in &mut *generations {
            if let Some(full_at) = generation.get_mut(key) {
                *full_at -= self.rate.every;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use std::net::Ipv4Addr;

    fn home(last: u8) -> IpAddr {
        Ipv4Addr::new(192, 0, 2, last).into()
    }

    fn verified(limits: &SignInLimits, tries: u32, address: impl Fn(u32) -> IpAddr) -> u32 {
        let start = Timestamp::UNIX_EPOCH;
        let at = |n: u32| start + SignedDuration::from_millis(i64::from(n) * 60_000 / i64::from(tries));
        let taken = |n: &u32| {
            limits
                .take(&Try::new("ann@example.com", address(*n), None), at(*n))
                .is_ok()
        };
        u32::try_from((0..tries).filter(taken).count()).expect("small")
    }

    #[test]
    fn of_a_thousand_guesses_a_minute_ten_are_looked_at() {
        assert!(verified(&SignInLimits::default(), 1_000, |_| home(1)) <= 10);
        assert!(verified(&SignInLimits::default(), 1_000, |n| home((n % 250) as u8)) <= 10);
    }

    #[test]
    fn guesses_at_one_account_shut_out_no_other_account_and_no_known_device() {
        let limits = SignInLimits::default();
        let _ = verified(&limits, 1_000, |_| home(1));
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(60);
        assert!(
            limits
                .take(&Try::new("bob@example.com", home(1), None), now)
                .is_ok()
        );
        let device = Some(uuid::Uuid::nil().into());
        assert!(
            limits
                .take(&Try::new("ann@example.com", home(9), device), now)
                .is_ok()
        );
    }

    #[test]
    fn honest_sign_ins_are_never_limited() {
        let limits = SignInLimits::default();
        let honest = Try::new("Ann@example.com", home(1), None);
        for _ in 0..1_000 {
            limits.take(&honest, Timestamp::UNIX_EPOCH).expect("allowed");
            limits.give_back(&honest);
        }
    }

    #[test]
    fn the_time_to_wait_is_told_and_true() {
        let limits = SignInLimits::default();
        let guess = Try::new("ann@example.com", home(1), None);
        let now = Timestamp::UNIX_EPOCH;
        let wait = (0..10)
            .find_map(|_| limits.take(&guess, now).err())
            .expect("limited");
        let soon = now + SignedDuration::try_from(wait).expect("short");
        assert!(limits.take(&guess, soon - SignedDuration::from_secs(1)).is_err());
        assert!(limits.take(&guess, soon).is_ok());
    }

    #[test]
    fn the_record_is_bounded() {
        let limits = SignInLimits::default();
        for n in 0..200_000_u32 {
            let _ = limits.take(
                &Try::new(&n.to_string(), home(1), None),
                Timestamp::UNIX_EPOCH + SignedDuration::from_secs(i64::from(n)),
            );
        }
        let generations = limits.accounts.generations.lock().expect("free");
        assert!(generations.iter().map(HashMap::len).sum::<usize>() <= MAX_RECORDS);
    }
}
