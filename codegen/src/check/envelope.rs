//! The table `[envelope]`: JSON pointers to the parts of an error body.

use std::collections::HashSet;

use errbook::__private::MOST_NODES;

use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::check::table_reader::{Spanned, TableReader, constant};
use crate::derive::EnvelopeLayout;
use crate::findings::{Finding, RuleId};
use crate::keys::{self, Key, Root, Texts};
use crate::model::{BODY_FORMATS, BodyFormat, Envelope, EnvelopeMember, Pointer, Role};
use crate::toml::{KeyValue, TomlTable};

/// The keys of members, what each member holds, and its place in problem details (RFC 9457, 3.1).
const MEMBERS: [(Key<Texts>, Role, Option<&str>); 7] = [
    (keys::envelope::CODE, Role::Code, Some("/type")),
    (keys::envelope::TITLE, Role::Title, Some("/title")),
    (keys::envelope::STATUS, Role::Status, Some("/status")),
    (keys::envelope::MESSAGE, Role::Message, Some("/detail")),
    (
        keys::envelope::REFERENCE,
        Role::Reference,
        Some("/instance"),
    ),
    // They are beside the other members.
    (keys::envelope::DETAILS, Role::Details, Some("")),
    (keys::envelope::DOCS_URL, Role::DocsUrl, None),
];

pub(super) fn read(context: &Context<'_>, table: &TomlTable) -> Envelope {
    let findings = context.findings;
    let fields = TableReader::new(findings, table, &keys::ENVELOPE_TABLE);
    let key = &keys::envelope::FORMAT;
    let format = fields.word(key, "format of error bodies", BODY_FORMATS);
    let format = format.unwrap_or(BodyFormat::Json);
    let mut members = match format {
        BodyFormat::Json => Vec::new(),
        BodyFormat::Problem => problem(&fields),
    };
    let span = fields.value(key).map_or(0..0, |value| value.span.clone());
    let fixed = members.iter().map(|member: &EnvelopeMember| {
        let at = Spanned {
            value: member.pointers[0].clone(),
            span: span.clone(),
        };
        (at, member.role.clone())
    });
    let mut written: Vec<(Spanned<Pointer>, Role)> = fixed.collect();
    // Problem details have their own places, except for a code or a reference of the author's.
    let is_free =
        |role: &Role| format == BodyFormat::Json || matches!(role, Role::Code | Role::Reference);
    let mut codes: Vec<Spanned<Pointer>> = Vec::new();
    for entry in &table.entries {
        let mut known = MEMBERS.into_iter();
        let read = match known.find(|(key, _, _)| key.spec.name == entry.key) {
            Some((key, role, _)) if is_free(&role) => pointers(&fields, &key, role),
            None if entry.key == keys::envelope::CONSTANTS.spec.name => constants(&fields),
            _ => Vec::new(),
        };
        for (role, pointers) in read {
            if role == Role::Code {
                codes.clone_from(&pointers);
            }
            if let Some(first) = pointers.first().filter(|_| written.len() <= MOST_NODES) {
                place(findings, &mut written, first, &role);
            }
            members.push(EnvelopeMember {
                role,
                pointers: pointers.into_iter().map(|pointer| pointer.value).collect(),
            });
        }
    }
    taken_for_codes(findings, &codes, &written);
    // More are refused anyhow.
    members.truncate(MOST_NODES + 1);
    let envelope = Envelope {
        format,
        members,
        inferred: context.reasons.inferred(&fields, &keys::envelope::INFERRED),
    };
    if EnvelopeLayout::new(&envelope).len() > MOST_NODES {
        let title = format!("an envelope of more than {MOST_NODES} places");
        let help =
            "leave pointers out that no body needs; objects on the way to a member count, too";
        findings.report(RuleId::TooManyPlaces, &table.span, title, "too many", help);
    }
    envelope
}

/// The members of problem details. A code or a reference of their own, an author may add.
fn problem(fields: &TableReader<'_>) -> Vec<EnvelopeMember> {
    let findings = fields.findings;
    let mut members = Vec::new();
    for (key, role, pointer) in MEMBERS {
        let role = match (fields.entry(&key), role) {
            // The type only tells where the error is documented.
            (Some(_), Role::Code) => Role::DocsUrl,
            (Some(_), Role::Reference) => continue,
            (Some(entry), role) => {
                let name = &entry.key;
                let title = format!("problem details say themselves where `{name}` stands");
                let help = match role {
                    Role::DocsUrl => "leave it out: it is `type`",
                    _ => "leave it out; members of your own are details, or `constants`",
                };
                let span = &entry.key_span;
                let label = "fixed by RFC 9457";
                findings.report(RuleId::FixedByFormat, span, title, label, help);
                role
            }
            (None, role) => role,
        };
        if let Some(pointer) = pointer.and_then(Pointer::new) {
            let pointers = vec![pointer];
            members.push(EnvelopeMember { role, pointers });
        }
    }
    members
}

type PointerList = Vec<(Role, Vec<Spanned<Pointer>>)>;

fn constants(fields: &TableReader<'_>) -> PointerList {
    let member = |entry: &KeyValue| {
        let value = constant(fields.findings, &entry.value);
        let pointer = pointer(fields.findings, Spanned::key(entry), Root::Refused);
        Some((Role::Constant(value?), vec![pointer?]))
    };
    let entries = fields.filled_entries(&keys::envelope::CONSTANTS).iter();
    entries.filter_map(member).collect()
}

fn pointers(fields: &TableReader<'_>, key: &Key<Texts>, role: Role) -> PointerList {
    let whole_body = if role == Role::Details {
        Root::Allowed
    } else {
        Root::Refused
    };
    let findings = fields.findings;
    let pointers = fields.pointers(key).into_iter();
    let pointers = pointers.filter_map(|text| pointer(findings, text, whole_body));
    let mut pointers: Vec<_> = pointers.collect();
    let mut seen = HashSet::new();
    for pointer in &pointers {
        if !seen.insert(&pointer.value) {
            findings.repeated(&pointer.span, "this pointer stands here twice");
        }
    }
    // More are refused anyhow.
    pointers.truncate(MOST_NODES + 1);
    if pointers.is_empty() {
        Vec::new()
    } else {
        vec![(role, pointers)]
    }
}

fn pointer(findings: &Findings, text: Spanned<String>, root: Root) -> Option<Spanned<Pointer>> {
    let Spanned { value: text, span } = text;
    let Some(pointer) = Pointer::new(&text) else {
        let title = format!("`{text}` is no JSON pointer (RFC 6901)");
        let label = "starts with `/`; `~` is written `~0`, and `/` in a name `~1`";
        let help = format!("write \"{}\"", mended(&text));
        findings.report(RuleId::BadPointer, &span, title, label, &help);
        return None;
    };
    if pointer.as_str().is_empty() && root == Root::Refused {
        let title = "only `details` can be the whole body";
        let label = "points at the root";
        let help = "name the member, such as \"/message\"";
        findings.report(RuleId::PointerToRoot, &span, title, label, help);
        return None;
    }
    let later_item = |token: &str| is_index(token) && token != "0";
    if pointer.tokens().any(later_item) {
        let title = "lists are written with one item";
        let label = "points past the first item";
        let help = "write 0 for the index: of a list, the first item is written and read";
        findings.report(RuleId::BadIndex, &span, title, label, help);
        return None;
    }
    Some(Spanned {
        value: pointer,
        span,
    })
}

/// What was meant: a path of names, each after a `/`, without a `~` that escapes nothing.
fn mended(text: &str) -> String {
    let path = if text.starts_with('/') {
        text.to_owned()
    } else {
        format!("/{}", text.replace('.', "/"))
    };
    let mut parts = path.split('~');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| {
        path + if part.starts_with(['0', '1']) {
            "~"
        } else {
            "~0"
        } + part
    })
}

/// No two members of the written body may stand at one place, and none inside of another, but for
/// details: theirs may stand beside the other members, in the object that holds them.
fn place(
    findings: &Findings,
    written: &mut Vec<(Spanned<Pointer>, Role)>,
    pointer: &Spanned<Pointer>,
    role: &Role,
) {
    let inside = |inner: &Pointer, outer: &Pointer, role: &Role| {
        let first = outer.member("0");
        let beside = *role == Role::Details && inner != outer && !first.contains(inner);
        outer.contains(inner) && !beside
    };
    let clash = |(other, its_role): &&(Spanned<Pointer>, Role)| {
        inside(&pointer.value, &other.value, its_role)
            || inside(&other.value, &pointer.value, role)
            || mixed(&pointer.value, &other.value)
    };
    if let Some((other, _)) = written.iter().find(clash) {
        let (here, there) = (pointer.value.as_str(), other.value.as_str());
        let (title, label) = if here == there {
            (format!("two things stand at `{here}`"), "the same place")
        } else {
            (
                format!("`{here}` and `{there}` cannot both be in one body"),
                "one is inside of the other, or makes a list of what is an object",
            )
        };
        let help = "what only some bodies have is given second in a list: the first pointer is written, all are read";
        let finding = Finding::error(RuleId::SharedPlace, title)
            .at(findings.location(&pointer.span), label)
            .with(findings.location(&other.span), "the other")
            .help(help);
        findings.push(finding);
    }
    written.push((pointer.clone(), role.clone()));
}

/// What is written where a code is only read would be taken for one.
fn taken_for_codes(
    findings: &Findings,
    codes: &[Spanned<Pointer>],
    written: &[(Spanned<Pointer>, Role)],
) {
    for code in codes.iter().skip(1) {
        let other = written.iter().find(|(place, role)| {
            place.value == code.value && !matches!(role, Role::Code | Role::Details)
        });
        if let Some((other, _)) = other {
            let place = code.value.as_str();
            let title = format!("what is written at `{place}` would be read as the code");
            let finding = Finding::error(RuleId::TakenForCode, title)
                .at(findings.location(&code.span), "read as the code")
                .with(findings.location(&other.span), "written here")
                .help("a code cannot stand where bodies of this API have something else");
            findings.push(finding);
        }
    }
}

/// Whether one would make a list of what the other makes an object.
fn mixed(a: &Pointer, b: &Pointer) -> bool {
    let differ = a.tokens().zip(b.tokens()).find(|(a, b)| a != b);
    differ.is_some_and(|(a, b)| is_index(a) != is_index(b))
}

/// Whether a token of a pointer is the index of a list.
fn is_index(token: &str) -> bool {
    let digits = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    // RFC 6901, 4: with a leading zero it is a name.
    digits && (token == "0" || !token.starts_with('0'))
}
