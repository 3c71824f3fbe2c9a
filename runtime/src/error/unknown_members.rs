//! The members of a body that the catalog does not know.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::catalog::envelope::{Envelope, NodeStep, Role};
use crate::json::Any;
use crate::json::pointer::{self, escape};
use crate::json::scanner::members;

/// Appends the unknown members of the object or list at a node, each with its pointer.
pub(super) fn push_unknown_members(
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
            .find(|(_, node)| node.step == NodeStep::First);
        if let (Some((index, _)), Some(item)) = (first, pointer::get(json, "/0")) {
            let pointer = format!("{pointer}/0");
            push_unknown_members(envelope, index, item, &pointer, is_typed, extra);
        }
        return;
    }
    let details = envelope.nodes_of(Role::Details).any(|node| node == at);
    for (name, value) in members(json).unwrap_or_default() {
        let Some(name) = name.text() else { continue };
        let known = envelope
            .inside(at)
            .find(|(_, node)| node.step == NodeStep::Member(&name));
        let pointer = format!("{pointer}/{}", escape(&name));
        match known {
            Some((index, _)) => {
                push_unknown_members(envelope, index, value, &pointer, is_typed, extra);
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
