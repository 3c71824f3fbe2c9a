//! The body of an error that a program received.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::body::locate::{NULL, NodeSpans};
use crate::body::parsed::{ParsedBody, RawDetails};
use crate::catalog::envelope::{Envelope, Role};
use crate::code::{ErrorCode, ErrorDetails};
use crate::details::details_error::DetailsError;
use crate::details::structs::{fits_details, read_details};
use crate::details::visit::Visit;
use crate::json::pointer;
use crate::json::scanner::Quoted;

/// A body, and the positions of its parts.
#[derive(Clone)]
pub(super) struct ReceivedBody {
    pub(super) bytes: BodyBytes,
    pub(super) parsed: ParsedBody,
    /// Whether the response had the media type of the API's bodies.
    pub(super) has_own_type: bool,
    pub(super) details_error: Option<DetailsError>,
}

/// The bytes of a body. Most are a text, which is validated once.
#[derive(Clone)]
pub(super) enum BodyBytes {
    Text(String),
    Bytes(Vec<u8>),
}

impl BodyBytes {
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl ReceivedBody {
    /// The text of the body; empty if the body is not a text.
    pub(super) fn text(&self) -> &str {
        match &self.bytes {
            BodyBytes::Text(text) => text,
            BodyBytes::Bytes(_) => "",
        }
    }

    /// Reads the typed details and keeps the error, if there is one.
    pub(super) fn read_details<C: ErrorCode>(&mut self, code: Option<C>) -> Option<C::Details> {
        let (details, error) = split(read_details_of(code, self.parsed.details(self.text())));
        self.details_error = error;
        details
    }

    /// The JSON text of the body; see [`ParsedBody::json`].
    pub(super) fn json(&self) -> Option<&str> {
        self.parsed.json(self.text())
    }

    /// Sets the value of a role at the node that has one, or else at one that is `null`, or else at a node where it
    /// replaces nothing. Leaves a body that is not a JSON object or list as it is.
    pub(super) fn put(&mut self, envelope: &Envelope<'static>, role: Role<'static>, value: &str) {
        let Some(json) = self.json() else { return };
        let mut spans = NodeSpans::nothing();
        spans.read(envelope, json, 0);
        let is_free = |at: &usize| {
            let path = envelope.path(*at);
            let on_the_way = path.iter().scan(Some(json), |value, token| {
                *value = value.and_then(|json| pointer::step(json, token));
                Some(*value)
            });
            let inner = on_the_way.take(path.len().saturating_sub(1)).flatten();
            inner.into_iter().all(|json| json.starts_with(['{', '[']))
        };
        // A value that has another role, too, is not changed.
        let own = || {
            let shared = |at: usize| {
                let mut all = envelope.read.iter();
                all.any(|(other, node)| *other != role && usize::from(*node) == at)
            };
            envelope.nodes_of(role).filter(move |at| !shared(*at))
        };
        let node = own()
            .find(|at| *at == 0 || !spans.is_null_or_nowhere(spans.span(*at)))
            .or_else(|| own().find(|at| spans.get(*at).is_some()))
            .or_else(|| own().find(is_free));
        if let Some(node) = node {
            self.set(envelope, &envelope.path(node), value);
        }
    }

    /// Sets the details: as a whole, or member by member if they are flattened. Details that are not an object have a
    /// place of their own, wherever the received ones are.
    pub(super) fn put_details(&mut self, envelope: &Envelope<'static>, details: &dyn Visit) {
        let value = details.json();
        let received = self.parsed.details(self.text());
        let node = match received {
            Some(raw) => Some(raw.at),
            None => envelope.nodes_of(Role::Details).next(),
        };
        let Some(node) = node.filter(|at| envelope.holds_others(*at)) else {
            self.put(envelope, Role::Details, &value);
            return;
        };
        let Some(json) = self.json().filter(|json| json.starts_with(['{', '['])) else {
            return;
        };
        if !value.starts_with('{') {
            let mut places = envelope.nodes_of(Role::Details);
            if let Some(place) = places.find(|at| !envelope.holds_others(*at)) {
                let body = pointer::set(json, &envelope.path(place), &value);
                self.replace(envelope, body);
            }
            return;
        }
        let path = envelope.path(node);
        let mut steps = path.iter();
        let before = steps.try_fold(json, |json, token| pointer::step(json, token));
        // A list has no members.
        if before.is_some_and(|json| json.starts_with('[')) {
            return;
        }
        // Details that are not a struct have all members that are not the envelope's.
        let names = details.is_object().then(|| details.names());
        let is_replaced = |name: Quoted<'_>| match &names {
            Some(names) => names.iter().any(|own| name.is(own)),
            None => !envelope.has_member(node, name),
        };
        let kept = before.and_then(|json| pointer::without(json, &is_replaced));
        let added = envelope.without_own_members(node, &value);
        let object = pointer::joined(kept.as_deref().unwrap_or("{}"), &added);
        // A missing object is not added for details without members.
        if before.is_some() || object != "{}" {
            let body = pointer::set(json, &path, &object);
            self.replace(envelope, body);
        }
    }

    /// Sets the value at a path. Leaves a body that is not a JSON object or list as it is.
    pub(super) fn set(&mut self, envelope: &Envelope<'static>, path: &[Cow<'_, str>], value: &str) {
        let Some(json) = self.json().filter(|json| json.starts_with(['{', '['])) else {
            return;
        };
        let body = pointer::set(json, path, value);
        self.replace(envelope, body);
    }

    /// Replaces the body.
    fn replace(&mut self, envelope: &Envelope<'static>, body: String) {
        self.parsed = ParsedBody::new(envelope, &body);
        self.bytes = BodyBytes::Text(body);
    }
}

/// The details of a body, or why they are not of their type.
pub(super) type DetailsResult<C> = Option<Result<<C as ErrorCode>::Details, DetailsError>>;

/// Reads the details of an error from a body; `None` if the error has no details, or has optional ones and the
/// body has none. `null` is none, except for details that may be `null`.
pub(super) fn read_details_of<C: ErrorCode>(
    code: Option<C>,
    raw: Option<RawDetails<'_>>,
) -> DetailsResult<C> {
    let code = code?;
    if raw.is_none() && !code.requires_details() {
        return None;
    }
    let mut details = C::Details::blank(code)?;
    let mut read = Ok(());
    details.visit_mut(&mut |value| {
        read = read_details(C::CATALOG.tables.envelope, value, raw);
    });
    let is_none = raw.is_some_and(|raw| raw.json == NULL) && !code.requires_details();
    (read.is_ok() || !is_none).then(|| read.map(|()| details))
}

/// Whether a body has the details of an error.
pub(super) fn fits<C: ErrorCode>(code: C, raw: Option<RawDetails<'_>>) -> bool {
    let (Some(details), Some(raw)) = (C::Details::blank(code), raw) else {
        return false;
    };
    fits_details(C::CATALOG.tables.envelope, &details, raw)
}

/// Splits the details from the error.
pub(super) fn split<D>(read: Option<Result<D, DetailsError>>) -> (Option<D>, Option<DetailsError>) {
    match read {
        Some(Ok(details)) => (Some(details), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use alloc::collections::BTreeMap;
    use alloc::string::{String, ToString};
    use alloc::vec;

    use serde_json::json;

    use super::{BodyBytes, ReceivedBody};
    use crate::body::parsed::ParsedBody;
    use crate::catalog::envelope::{BodyFormat, Envelope, EnvelopeNode, NodeStep, Role};
    use crate::details::visit::Visit;
    use crate::json::Any;

    const fn node(step: NodeStep<'_>, end: u8) -> EnvelopeNode<'_> {
        EnvelopeNode {
            step,
            key: "",
            end,
            written: None,
            looked_at: true,
        }
    }

    /// Details have a member of their own, or are beside the status.
    static ENVELOPE: Envelope<'_> = Envelope {
        nodes: &[
            node(NodeStep::Root, 4),
            node(NodeStep::Member("data"), 2),
            node(NodeStep::Member("meta"), 4),
            node(NodeStep::Member("status"), 4),
        ],
        read: &[(Role::Details, 1), (Role::Details, 2), (Role::Status, 3)],
        format: BodyFormat::Json,
    };

    fn received(text: &str) -> ReceivedBody {
        ReceivedBody {
            bytes: BodyBytes::Text(text.into()),
            parsed: ParsedBody::new(&ENVELOPE, text),
            has_own_type: true,
            details_error: None,
        }
    }

    #[test]
    fn details_beside_others_are_replaced_without_loss() {
        #[track_caller]
        fn check(details: &dyn Visit, expected: &str) {
            let mut body = received(r#"{"meta":{"status":402,"a":1,"b":2}}"#);
            body.put_details(&ENVELOPE, details);
            assert_eq!(body.text(), expected);
        }
        let map: BTreeMap<String, u32> = [("b".into(), 3), ("status".into(), 4)].into();
        check(&map, r#"{"meta":{"status":402,"b":3}}"#);
        check(&json!({ "c": [] }), r#"{"meta":{"status":402,"c":[]}}"#);
        let received = r#"{"meta":{"status":402,"a":1,"b":2},"data":"#;
        check(&vec![1_u32, 2], &[received, "[1,2]}"].concat());
        check(&Any::from(5), &[received, "5}"].concat());
    }

    #[test]
    fn missing_object_of_details_is_added_for_members() {
        #[track_caller]
        fn check(text: &str, details: &Any, expected: &str) {
            let mut body = received(text);
            body.put_details(&ENVELOPE, details);
            assert_eq!(body.text(), expected);
        }
        let mut body = received("{}");
        let read = &[(Role::Details, 2), (Role::Status, 3)];
        let envelope = Envelope { read, ..ENVELOPE };
        body.put_details(&envelope, &json!({}));
        assert_eq!(body.text(), "{}");
        check("[1]", &json!({"a": 1}), "[1]");
        check(r#"{"meta":[1]}"#, &json!({"a": 1}), r#"{"meta":[1]}"#);
        check(r#"{"meta":null}"#, &json!({"a": 1}), r#"{"meta":{"a":1}}"#);
        let empty = r#"{"meta":{"a":1},"meta":{}}"#;
        check(r#"{"meta":{"a":1},"meta":{"\u0062":2}}"#, &json!({}), empty);
    }

    /// Each member would scan the whole body, which takes the square of its length.
    #[test]
    fn many_members_are_replaced_in_time_in_proportion() {
        let object = |first: u32| (first..first + 50_000).map(|name| (name.to_string(), name));
        let details = |first| object(first).collect::<BTreeMap<String, u32>>();
        let mut body = received(&json!({ "meta": details(0) }).to_string());
        body.put_details(&ENVELOPE, &details(30_000));
        let expected = (&details(30_000) as &dyn Visit).json();
        assert_eq!(body.text(), std::format!(r#"{{"meta":{expected}}}"#));
    }
}
