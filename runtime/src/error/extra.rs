//! What a body holds beyond what the catalog knows.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::envelope::{Envelope, Role, Step};
use crate::json::Any;
use crate::scan::members;
use crate::set;

/// Appends the unknown members of the object at a place.
pub(super) fn extra_in(
    envelope: &Envelope<'_>,
    at: usize,
    json: &str,
    pointer: &str,
    is_typed: &dyn Fn(&str) -> bool,
    extra: &mut Vec<(String, Any)>,
) {
    if json.starts_with('[') {
        let first = envelope
            .inside(at)
            .find(|(_, place)| place.step == Step::First);
        if let (Some((index, _)), Some(item)) = (first, set::get(json, "/0")) {
            let pointer = format!("{pointer}/0");
            extra_in(envelope, index, item, &pointer, is_typed, extra);
        }
        return;
    }
    let details = envelope.places_of(Role::Details).any(|place| place == at);
    for (name, value) in members(json).unwrap_or_default() {
        let Some(name) = name.text() else { continue };
        let known = envelope
            .inside(at)
            .find(|(_, place)| place.step == Step::Member(&name));
        let step = name.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{pointer}/{step}");
        match known {
            Some((index, _)) => {
                extra_in(envelope, index, value, &pointer, is_typed, extra);
            }
            None if details && is_typed(&name) => {}
            None => {
                if let Ok(value) = serde_json::from_str(value) {
                    extra.push((pointer, value));
                }
            }
        }
    }
}
