//! Searches for the values of a template with which a text matches.
//!
//! This is for texts in which the shortest values do not match: a value contains the literal that follows it, or a
//! placeholder is repeated.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::catalog::tables::ParamKind;
use crate::message::literal::Literal;
use crate::message::value::{is_value, longest_value};

/// The maximum number of steps of a search. Without it, the time would grow faster than the text.
const MOST_STEPS: usize = 1 << 16;

/// The number of bytes that are scanned in one step.
const BYTES_OF_STEP: usize = 64;

/// The values of a template's placeholders with which a text matches, in order. Each is as short as possible, from the
/// first to the last.
#[cold]
pub(super) fn search<'x>(
    template: &str,
    text: &'x str,
    kind_of: &dyn Fn(&str) -> ParamKind,
) -> Option<Vec<&'x str>> {
    let (literal, states) = placeholder_states(template, kind_of);
    let start = literal.length_at_start(text)?;
    let mut search = Search {
        text,
        states,
        steps: MOST_STEPS,
    };
    search.run(start)?;
    let values = search.states.iter();
    Some(values.map(|state| state.value).collect())
}

/// A placeholder, and the values that are tried for it.
struct PlaceholderState<'t, 'x> {
    name: &'t str,
    kind: ParamKind,
    /// The literal after the placeholder.
    literal: Literal<'t>,
    /// The index of the first placeholder with the same name, if that is another one.
    same_as: Option<usize>,
    /// Whether any text may be the value, and no placeholder from this one on is repeated.
    is_independent: bool,
    /// The offset of the value that is tried.
    start: usize,
    /// The offset from which the end of the next value is searched.
    next: usize,
    /// The value that is tried.
    value: &'x str,
    /// The offset from which on no value can start: the rest of the text does not match.
    failed: usize,
}

/// The first literal of a template, and the placeholders after it.
fn placeholder_states<'t, 'x>(
    template: &'t str,
    kind_of: &dyn Fn(&str) -> ParamKind,
) -> (Literal<'t>, Vec<PlaceholderState<'t, 'x>>) {
    let (first, mut rest) = Literal::first(template);
    let mut states: Vec<PlaceholderState<'_, '_>> = Vec::new();
    let mut indexes = BTreeMap::new();
    while let Some((name, behind)) = rest {
        let literal;
        (literal, rest) = Literal::first(behind);
        let index = *indexes.entry(name).or_insert(states.len());
        states.push(PlaceholderState {
            name,
            kind: kind_of(name),
            literal,
            same_as: (index < states.len()).then_some(index),
            is_independent: false,
            start: 0,
            next: 0,
            value: "",
            failed: usize::MAX,
        });
    }
    let last = states.iter().rposition(|state| state.same_as.is_some());
    for state in states.iter_mut().skip(last.map_or(0, |last| last + 1)) {
        state.is_independent = matches!(state.kind, ParamKind::String);
    }
    (first, states)
}

/// The state of a search.
struct Search<'t, 'x> {
    text: &'x str,
    states: Vec<PlaceholderState<'t, 'x>>,
    /// The number of steps that are left.
    steps: usize,
}

impl Search<'_, '_> {
    /// Tries values from an offset of the text on, until all of them match.
    fn run(&mut self, start: usize) -> Option<()> {
        let mut index = 0;
        self.enter(index, start);
        while index < self.states.len() {
            if let Some(end) = self.next_value(index) {
                index += 1;
                self.enter(index, end);
                continue;
            }
            if self.steps == 0 {
                return None;
            }
            let state = &mut self.states[index];
            if state.is_independent {
                // A value that starts later is a part of one that starts here.
                state.failed = state.failed.min(state.start);
            }
            index = index.checked_sub(1)?;
        }
        Some(())
    }

    /// Starts to try values of a placeholder at an offset.
    fn enter(&mut self, index: usize, start: usize) {
        if let Some(state) = self.states.get_mut(index) {
            state.start = start;
            self.go_on_after(index, start);
        }
    }

    /// Tries the next value of a placeholder that is of its type. Returns the end of the literal after it.
    fn next_value(&mut self, index: usize) -> Option<usize> {
        let limit = self.states.get(index + 1);
        let limit = limit.map_or(usize::MAX, |next| next.failed);
        loop {
            self.charge(1)?;
            let (from, to) = self.next_place(index)?;
            if to >= limit {
                return None;
            }
            let state = &mut self.states[index];
            state.value = &self.text[state.start..from];
            if is_value(state.kind, state.name, state.value) {
                return Some(to);
            }
        }
    }

    /// The start and end of the literal after the next value of a placeholder. The value may be of another type.
    fn next_place(&mut self, index: usize) -> Option<(usize, usize)> {
        let state = &self.states[index];
        let (start, next) = (state.start, state.next);
        if next > self.text.len() {
            return None;
        }
        let is_last = index + 1 == self.states.len();
        if let Some(same) = state.same_as {
            self.states[index].next = usize::MAX;
            let value = self.states[same].value;
            let place = self.place_after(index, start + value.len())?;
            if is_last && place.1 != self.text.len() {
                return None;
            }
            self.charge(value.len() / BYTES_OF_STEP)?;
            return (self.text[start..place.0] == *value).then_some(place);
        }
        let is_text = matches!(state.kind, ParamKind::String);
        if is_text && !is_last {
            return self.next_literal(index);
        }
        let longest = if is_text {
            self.text.len()
        } else {
            let longest = longest_value(state.kind, state.name, &self.text[start..]);
            self.charge(longest / BYTES_OF_STEP)?;
            start + longest
        };
        if is_last {
            self.states[index].next = usize::MAX;
            let literal = self.states[index].literal;
            let (from, to) = literal.span_at_end(&self.text[start..])?;
            return (start + from <= longest).then_some((start + from, start + to));
        }
        let place = (next..=longest).find_map(|from| self.place_after(index, from))?;
        self.go_on_after(index, place.0);
        Some(place)
    }

    /// The start and end of the literal after a value that ends at an offset, if it is there.
    fn place_after(&self, index: usize, from: usize) -> Option<(usize, usize)> {
        let behind = self.text.get(from..)?;
        let length = self.states[index].literal.length_at_start(behind)?;
        Some((from, from + length))
    }

    /// The start and end of the literal after the next value, wherever it is.
    fn next_literal(&mut self, index: usize) -> Option<(usize, usize)> {
        let state = &mut self.states[index];
        let next = state.next;
        let place = state.literal.find_from(self.text, next);
        if place.is_none() {
            // The literal is not found after a value that starts later, either.
            state.failed = state.failed.min(next);
        }
        let from = place.map_or(self.text.len(), |(from, _)| from);
        self.charge((from - next) / BYTES_OF_STEP)?;
        self.go_on_after(index, from);
        place
    }

    /// Lets the next value of a placeholder end after an offset.
    fn go_on_after(&mut self, index: usize, end: usize) {
        let next = self.text[end..].chars().next();
        self.states[index].next = end + next.map_or(1, char::len_utf8);
    }

    /// Takes steps; `None` if there are not as many.
    fn charge(&mut self, steps: usize) -> Option<()> {
        self.steps = self.steps.saturating_sub(steps);
        (self.steps > 0).then_some(())
    }
}
