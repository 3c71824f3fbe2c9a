//! Writes bodies: puts the values of an error at the nodes of the envelope.
//!
//! It does not use serde, so that rustc compiles no code for each struct of details, and so that details can be
//! flattened.

use alloc::string::String;

use crate::catalog::envelope::{Envelope, NodeStep, Role};

/// The status of a response for an error without a status.
pub(crate) const INTERNAL_SERVER_ERROR: u16 = 500;

/// The status that a body repeats, given the error's: that of the response. An event is not a response.
pub fn status_in_body(status: Option<u16>, is_event: bool) -> Option<u16> {
    status.or((!is_event).then_some(INTERNAL_SERVER_ERROR))
}

/// The values of a body.
pub trait BodySource {
    /// Appends the value of a role as JSON text. Returns `false` if there is none. It is not called for a constant,
    /// which is the same in all bodies.
    fn push(&self, role: Role<'_>, out: &mut String) -> bool;

    /// Whether the details are not a struct, and so may have the names of the envelope's members.
    fn has_details_of_any_members(&self) -> bool;
}

/// The body as compact JSON text, with members in the envelope's order.
pub fn write(envelope: &Envelope<'_>, source: &dyn BodySource) -> String {
    // Most bodies fit.
    let mut out = String::with_capacity(256);
    let is_written = match envelope.nodes.first().and_then(|node| node.written) {
        Some(role) => push(source, role, &mut out),
        None => push_container(envelope, source, 0, &mut out),
    };
    if !is_written {
        out.push_str("{}");
    }
    out
}

/// Appends an object or a list, if it is not empty.
fn push_container(
    envelope: &Envelope<'_>,
    source: &dyn BodySource,
    at: usize,
    out: &mut String,
) -> bool {
    let start = out.len();
    let mut close = '}';
    out.push('{');
    for (index, node) in envelope.children(at) {
        let before = out.len();
        if before > start + 1 {
            out.push(',');
        }
        out.push_str(node.key);
        let is_written = match (node.step, node.written) {
            (NodeStep::Flattened, _) => push_members_of_details(envelope, source, at, out),
            (_, Some(role)) => push(source, role, out),
            (_, None) => push_container(envelope, source, index, out),
        };
        if !is_written {
            out.truncate(before);
        } else if matches!(node.step, NodeStep::First) {
            // The only written item of a list; other nodes are only read.
            out.replace_range(start..=start, "[");
            close = ']';
        }
    }
    if out.len() == start + 1 {
        out.truncate(start);
        return false;
    }
    out.push(close);
    true
}

#[inline]
fn push(source: &dyn BodySource, role: Role<'_>, out: &mut String) -> bool {
    if let Role::Constant(json) = role {
        out.push_str(json);
        return true;
    }
    source.push(role, out)
}

/// Appends the members of the details, without braces around them.
///
/// `check` refuses catalogs whose details beside other members may be no object. Such details would be left out here.
fn push_members_of_details(
    envelope: &Envelope<'_>,
    source: &dyn BodySource,
    at: usize,
    out: &mut String,
) -> bool {
    let start = out.len();
    if !source.push(Role::Details, out) {
        return false;
    }
    if source.has_details_of_any_members() {
        // A map may have the name of a member of the envelope.
        let own = envelope.without_own_members(at, &out[start..]).into_owned();
        out.truncate(start);
        out.push_str(&own);
    }
    let inner = out[start..]
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .map_or(0, |inner| inner.trim().len());
    if inner == 0 {
        return false;
    }
    out.remove(start);
    out.pop();
    true
}
