//! Shares, told as people report them.

/// So many of so many, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    pub part: u64,
    pub of: u64,
}

impl Ratio {
    /// In percent with two decimals, half-up on the exact fraction, never on a binary float (DOMAIN §7.2), e.g. 80.87%; —
    /// where there is nothing to be a part of.
    pub fn percent(self) -> String {
        if self.of == 0 {
            return "—".to_owned();
        }
        let (part, of) = (u128::from(self.part), u128::from(self.of));
        let hundredths = (part * 20_000 + of) / (2 * of);
        format!("{}.{:02}%", hundredths / 100, hundredths % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up_and_nothing_of_nothing_is_no_number() {
        let table = [
            ((186, 230), "80.87%"),
            ((67, 578), "11.59%"),
            ((1, 8), "12.50%"),
            ((1, 3), "33.33%"),
            ((2, 3), "66.67%"),
            // Exactly half of a hundredth: binary floats would lose it.
            ((2_001, 20_000), "10.01%"),
            ((201, 40_000), "0.50%"),
            ((203, 40_000), "0.51%"),
            ((0, 7), "0.00%"),
            ((7, 7), "100.00%"),
            ((0, 0), "—"),
            ((u64::MAX, u64::MAX), "100.00%"),
        ];
        for ((part, of), told) in table {
            assert_eq!(Ratio { part, of }.percent(), told, "{part}/{of}");
        }
    }
}
