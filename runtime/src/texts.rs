//! A column of texts: all of them in one, and where each begins.

/// The texts of a column, one for each error.
///
/// As a slice of texts each would have an address that is worked out when the program is loaded, and that
/// rustc works out for every text by itself. Here all are one text.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Texts {
    /// The texts, one behind the other.
    pub text: &'static str,
    /// Where each begins, and where the last one ends.
    pub bounds: &'static [u32],
}

impl Texts {
    /// Without a text.
    pub const EMPTY: Self = Self {
        text: "",
        bounds: &[],
    };

    /// The bounds of texts of these lengths in bytes, the first of which is that of nothing, 0.
    ///
    /// Lengths are what generated code has: an edited text changes one of them, and every bound behind it.
    pub const fn bounds<const N: usize>(mut lengths: [u32; N]) -> [u32; N] {
        let mut index = 1;
        while index < N {
            lengths[index] += lengths[index - 1];
            index += 1;
        }
        lengths
    }

    pub(crate) const fn len(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether an error has this text; panics past the last. It need not look where characters begin.
    #[inline]
    pub(crate) fn is(&self, index: usize, text: &str) -> bool {
        let (start, end) = (self.bounds[index], self.bounds[index + 1]);
        self.text.as_bytes()[start as usize..end as usize] == *text.as_bytes()
    }

    /// The text of an error; panics past the last.
    #[inline]
    pub(crate) const fn get(&self, index: usize) -> &'static str {
        let (start, end) = (self.bounds[index], self.bounds[index + 1]);
        let (with_those_before, _) = self.text.split_at(end as usize);
        let (_, text) = with_those_before.split_at(start as usize);
        text
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::Texts;

    #[test]
    fn each_text_is_found_between_its_bounds() {
        static BOUNDS: [u32; 5] = Texts::bounds([0, 3, 0, 6, 4]);
        let texts = Texts {
            text: concat!("one", "", "größ", "four"),
            bounds: &BOUNDS,
        };
        let all: Vec<&str> = (0..texts.len()).map(|index| texts.get(index)).collect();
        assert_eq!(all, ["one", "", "größ", "four"]);
        assert!(texts.is(2, "größ") && texts.is(1, "") && !texts.is(0, "four"));
        assert!(Texts::EMPTY.is_empty());
    }
}
