//! Numbers as forms have them: exact, with at most six decimals.

use std::{fmt, ops::Add};

/// In millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(i128);

const DECIMALS: usize = 6;
const MILLION: i128 = 1_000_000;
/// More digits than that nobody means.
const LONGEST: usize = 15;

impl Number {
    /// Digits with perhaps a point and digits after it; `None` for all else.
    pub fn read(text: &str) -> Option<Self> {
        let (whole, after) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(after) || whole.len() > LONGEST || after.len() > DECIMALS {
            return None;
        }
        let (whole, after): (i128, i128) = (whole.parse().ok()?, format!("{after:0<6}").parse().ok()?);
        Some(Self(whole * MILLION + after))
    }

    pub fn negative(self) -> bool {
        self.0 < 0
    }

    /// With two decimals, as money is written.
    pub fn with_cents(self) -> String {
        let cents = self.0 / (MILLION / 100);
        format!("{}.{:02}", cents / 100, cents % 100)
    }
}

impl std::ops::Neg for Number {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Add for Number {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, all) = (if self.0 < 0 { "-" } else { "" }, self.0.abs());
        let (whole, after) = (all / MILLION, all % MILLION);
        if after == 0 {
            return write!(f, "{sign}{whole}");
        }
        write!(f, "{sign}{whole}.{}", format!("{after:06}").trim_end_matches('0'))
    }
}
