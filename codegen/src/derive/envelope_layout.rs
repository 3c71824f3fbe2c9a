//! The envelope as the runtime represents it: a tree, flat and depth first.

use std::mem;

use errbook::__private::{EnvelopeNode, NodeStep, Role as Written};

use crate::model::{BodyFormat, Envelope, EnvelopeMember, Pointer, Role};

/// An envelope, ready to be written or to be made Rust of.
pub(crate) struct EnvelopeLayout {
    /// Depth first.
    places: Vec<LayoutNode>,
    /// Where to look for each role, with constants by their JSON text.
    read: Vec<(LayoutRole, usize)>,
    format: BodyFormat,
}

#[derive(Default)]
struct LayoutNode {
    step: LayoutStep,
    key: String,
    end: usize,
    written: Option<LayoutRole>,
    looked_at: bool,
}

impl LayoutNode {
    fn node(&self) -> EnvelopeNode<'_> {
        EnvelopeNode {
            step: match &self.step {
                LayoutStep::Root => NodeStep::Root,
                LayoutStep::Member(name) => NodeStep::Member(name),
                LayoutStep::First => NodeStep::First,
                LayoutStep::Flattened => NodeStep::Flattened,
            },
            key: &self.key,
            end: small(self.end),
            written: self.written.as_ref().map(LayoutRole::role),
            looked_at: self.looked_at,
        }
    }
}

#[derive(Default, PartialEq)]
enum LayoutStep {
    #[default]
    Root,
    Member(String),
    First,
    Flattened,
}

/// A role as the runtime has it.
#[derive(Clone)]
enum LayoutRole {
    Constant(String),
    Plain(Written<'static>),
}

impl LayoutRole {
    fn new(role: &Role) -> Self {
        Self::Plain(match role {
            Role::Constant(value) => return Self::Constant(value.to_string()),
            Role::Code => Written::Code,
            Role::Message => Written::Message,
            Role::Status => Written::Status,
            Role::Details => Written::Details,
            Role::Reference => Written::Reference,
            Role::Title => Written::Title,
            Role::DocsUrl => Written::DocsUrl,
        })
    }

    fn role(&self) -> Written<'_> {
        match self {
            Self::Constant(json) => Written::Constant(json),
            Self::Plain(role) => *role,
        }
    }
}

/// The tree while it grows, every node by its index, the body itself first.
struct EnvelopeTree {
    nodes: Vec<(LayoutNode, Vec<usize>)>,
}

impl EnvelopeTree {
    fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.push(LayoutStep::Root);
        tree
    }

    fn push(&mut self, step: LayoutStep) -> usize {
        let key = match &step {
            LayoutStep::Member(name) => format!("{}:", serde_json::Value::from(name.as_str())),
            LayoutStep::Root | LayoutStep::First | LayoutStep::Flattened => String::new(),
        };
        let node = LayoutNode {
            step,
            key,
            ..LayoutNode::default()
        };
        self.nodes.push((node, Vec::new()));
        self.nodes.len() - 1
    }

    /// The node inside of another that a step leads to, new if it has to be.
    fn inside(&mut self, node: usize, step: LayoutStep) -> usize {
        let mut children = self.nodes[node].1.iter();
        if let Some(known) = children.find(|child| self.nodes[**child].0.step == step) {
            return *known;
        }
        let child = self.push(step);
        self.nodes[node].1.push(child);
        child
    }

    fn at(&mut self, pointer: &Pointer) -> usize {
        pointer.tokens().fold(0, |node, token| {
            let step = match token {
                "0" => LayoutStep::First,
                token => LayoutStep::Member(token.replace("~1", "/").replace("~0", "~")),
            };
            self.inside(node, step)
        })
    }
}

impl EnvelopeLayout {
    pub(crate) fn new(envelope: &Envelope) -> Self {
        let mut tree = EnvelopeTree::new();
        for member in &envelope.members {
            let kind = LayoutRole::new(&member.role);
            let node = tree.at(&member.pointers[0]);
            if envelope.holds_others(member) {
                tree.inside(node, LayoutStep::Flattened);
            } else {
                tree.nodes[node].0.written = Some(kind);
            }
        }
        let mut read = Vec::new();
        let is_read =
            |member: &&EnvelopeMember| !matches!(member.role, Role::Title | Role::DocsUrl);
        for member in envelope.members.iter().filter(is_read) {
            for pointer in &member.pointers {
                let node = tree.at(pointer);
                tree.nodes[node].0.looked_at = true;
                read.push((LayoutRole::new(&member.role), node));
            }
        }
        Self::flat(tree, read, envelope.format)
    }

    fn flat(
        mut tree: EnvelopeTree,
        mut read: Vec<(LayoutRole, usize)>,
        format: BodyFormat,
    ) -> Self {
        let mut positions = vec![0; tree.nodes.len()];
        let mut places: Vec<LayoutNode> = Vec::new();
        let mut left = vec![(0, false)];
        while let Some((node, is_done)) = left.pop() {
            if is_done {
                places[positions[node]].end = places.len();
                continue;
            }
            let (place, children) = mem::take(&mut tree.nodes[node]);
            positions[node] = places.len();
            places.push(place);
            left.push((node, true));
            left.extend(children.into_iter().rev().map(|child| (child, false)));
        }
        for (_, node) in &mut read {
            *node = positions[*node];
        }
        Self {
            places,
            read,
            format,
        }
    }

    /// How many places there are, the body itself and the objects on the way among them.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn nodes(&self) -> Vec<EnvelopeNode<'_>> {
        self.places.iter().map(LayoutNode::node).collect()
    }

    pub(crate) fn read(&self) -> Vec<(Written<'_>, u8)> {
        self.read
            .iter()
            .map(|(kind, node)| (kind.role(), small(*node)))
            .collect()
    }

    pub(crate) fn format(&self) -> BodyFormat {
        self.format
    }
}

fn small(index: usize) -> u8 {
    u8::try_from(index).expect("`check` takes no envelope of so many places")
}
