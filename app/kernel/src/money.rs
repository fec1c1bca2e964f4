//! Money is integer cents with a currency; there are no fractions of a cent anywhere.

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Currency {
    Usd,
}

/// A sum. Sums of different currencies cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    cents: i64,
    currency: Currency,
}

impl Money {
    pub const fn usd(cents: i64) -> Self {
        Self {
            cents,
            currency: Currency::Usd,
        }
    }

    pub const fn cents(self) -> i64 {
        self.cents
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// `None` on overflow or when the currencies differ.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        self.cents.checked_add(other.cents).map(|cents| Self { cents, ..self })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.cents < 0 { "-" } else { "" };
        let (whole, rest) = (self.cents.unsigned_abs() / 100, self.cents.unsigned_abs() % 100);
        match rest {
            0 => write!(f, "{sign}${whole}"),
            _ => write!(f, "{sign}${whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn money_prints_as_people_write_it() {
        assert_eq!(Money::usd(8600).to_string(), "$86");
        assert_eq!(Money::usd(-4005).to_string(), "-$40.05");
        assert_eq!(Money::usd(i64::MAX).checked_add(Money::usd(1)), None);
    }
}
