//! How much a caller may ask of a hub or a relay, and how slowly.

use std::{collections::HashMap, hash::Hash, time::Duration};
use tokio::time::Instant;

/// On what terms connections are served.
#[derive(Clone, Debug)]
pub struct Limits {
    /// TLS even where only this machine can call.
    pub tls: bool,
    /// Connections at a time, and those of them without a certificate.
    pub connections: usize,
    pub strangers: usize,
    pub handshake: Duration,
    /// From one request's end to the end of the next one's headers. Desks exchange every minute, and close what has been idle for
    /// longer than that themselves.
    pub headers: Duration,
    /// Before a body is due; then it has to come this fast, in bytes a second: a modem does.
    pub patience: Duration,
    pub slowest: u32,
    /// Requests of one device, or of an address without a certificate.
    pub requests: Rate,
    /// Wrong enrolment codes from one address, and in all.
    pub wrong_codes: Rate,
    pub all_wrong_codes: Rate,
}

/// So many at once, and then so many a second.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub at_once: f64,
    pub a_second: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tls: false,
            connections: 2048,
            strangers: 64,
            handshake: Duration::from_secs(10),
            headers: Duration::from_secs(120),
            patience: Duration::from_secs(60),
            slowest: 500,
            requests: Rate { at_once: 2000.0, a_second: 20.0 },
            wrong_codes: Rate { at_once: 10.0, a_second: 1.0 / 60.0 },
            all_wrong_codes: Rate { at_once: 100.0, a_second: 0.2 },
        }
    }
}

impl Limits {
    /// When a body has to be here of which so many bytes are.
    pub(crate) fn due(&self, begun: Instant, bytes: usize) -> Instant {
        begun + self.patience + Duration::from_secs_f64(bytes as f64 / f64::from(self.slowest))
    }
}

/// What each has left of a rate. Who hasn't been seen for long has all of it, and isn't remembered.
pub(crate) struct Allowance<K> {
    rate: Rate,
    left: HashMap<K, (f64, Instant)>,
}

impl<K: Eq + Hash> Allowance<K> {
    /// So many are remembered before those are looked for who needn't be.
    const MANY: usize = 10_000;

    pub fn new(rate: Rate) -> Self {
        Self { rate, left: HashMap::new() }
    }

    pub fn spent(&self, of: &K, now: Instant) -> bool {
        self.left.get(of).is_some_and(|left| self.now(*left, now) < 1.0)
    }

    /// Takes one; `false` if none is left.
    pub fn take(&mut self, of: K, now: Instant) -> bool {
        if self.left.len() >= Self::MANY {
            let rate = self.rate;
            self.left.retain(|_, (left, since)| rate.after(*left, now - *since) < rate.at_once);
        }
        let left = self.left.get(&of).map_or(self.rate.at_once, |left| self.now(*left, now));
        let taken = left >= 1.0;
        // Asking in vain costs nothing: who keeps at it waits no longer than who doesn't.
        self.left.insert(of, (if taken { left - 1.0 } else { left }, now));
        taken
    }

    fn now(&self, (left, since): (f64, Instant), now: Instant) -> f64 {
        self.rate.after(left, now - since)
    }
}

impl Rate {
    fn after(self, left: f64, passed: Duration) -> f64 {
        (left + passed.as_secs_f64() * self.a_second).min(self.at_once)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_comes_back_with_time() {
        let begun = Instant::now();
        let later = |seconds| begun + Duration::from_secs(seconds);
        let mut allowance = Allowance::new(Rate { at_once: 2.0, a_second: 0.1 });
        let taken: Vec<bool> = [0, 0, 0, 5, 10].map(|at| allowance.take("one", later(at))).into();
        assert_eq!(taken, [true, true, false, false, true]);
        assert!(allowance.take("other", later(10)), "nobody's but one's own");
        assert!(allowance.spent(&"one", later(11)) && !allowance.spent(&"one", later(40)));
    }

    #[test]
    fn who_has_all_of_it_is_forgotten() {
        let begun = Instant::now();
        let mut allowance = Allowance::new(Rate { at_once: 2.0, a_second: 1.0 });
        for caller in 0..Allowance::<usize>::MANY {
            allowance.take(caller, begun);
        }
        allowance.take(usize::MAX, begun + Duration::from_secs(3));
        assert_eq!(allowance.left.len(), 1);
    }
}
