//! A column of texts, stored as one text.

/// The texts of a column, one for each error.
///
/// In a slice of texts, each text would have its own address: rustc evaluates each, and the loader relocates
/// each. One text has one address.
#[derive(Clone, Copy)]
pub struct StringTable<'a> {
    /// The texts, concatenated.
    pub text: &'a str,
    /// The offset of each text, and the end of the last one.
    pub bounds: &'a [u32],
}

impl<'a> StringTable<'a> {
    /// A column without texts.
    pub const EMPTY: Self = Self {
        text: "",
        bounds: &[],
    };

    /// Converts 0 and the lengths of texts in bytes to bounds.
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

    /// Whether an error has this text; panics if the index is out of range. Compares bytes, so no bound is
    /// checked to be between characters.
    #[inline]
    pub(crate) fn is(&self, index: usize, text: &str) -> bool {
        let (start, end) = (self.bounds[index], self.bounds[index + 1]);
        self.text.as_bytes()[start as usize..end as usize] == *text.as_bytes()
    }

    /// The text of an error; panics if the index is out of range.
    #[inline]
    pub(crate) const fn get(&self, index: usize) -> &'a str {
        let (start, end) = (self.bounds[index], self.bounds[index + 1]);
        let (up_to_end, _) = self.text.split_at(end as usize);
        let (_, text) = up_to_end.split_at(start as usize);
        text
    }
}

/// A [`StringTable`] of texts, each after its length in bytes. The length and the text are on one line of generated
/// code, so that a changed text is one changed line.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_table {
    // `literal` would take rustc twice as long as `tt`.
    ($($length:tt $text:tt)*) => {
        $crate::__private::StringTable {
            text: ::core::concat!($($text,)*),
            bounds: &$crate::__private::StringTable::bounds([0, $($length,)*]),
        }
    };
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::StringTable;

    #[test]
    fn text_is_found_between_its_bounds() {
        static BOUNDS: [u32; 5] = StringTable::bounds([0, 3, 0, 6, 4]);
        let texts = StringTable {
            text: concat!("one", "", "größ", "four"),
            bounds: &BOUNDS,
        };
        let all: Vec<&str> = (0..texts.len()).map(|index| texts.get(index)).collect();
        assert_eq!(all, ["one", "", "größ", "four"]);
        assert!(texts.is(2, "größ") && texts.is(1, "") && !texts.is(0, "four"));
        assert!(StringTable::EMPTY.is_empty());
    }
}
