//! The places of an envelope as the runtime has them: a tree, flat and depth first.

use errbook::__private::{BodyFormat, EnvelopeNode, NodeStep, Role as Written};

use crate::model::{Envelope, Format, Member, Role};

/// An envelope, ready to be written or to be made Rust of.
pub(crate) struct Layout {
    /// Depth first.
    places: Vec<Node>,
    /// Where to look for each role, with constants by their JSON text.
    read: Vec<(Kind, usize)>,
    format: Format,
}

struct Node {
    step: Name,
    key: String,
    end: usize,
    written: Option<Kind>,
    looked_at: bool,
}

impl Node {
    fn node(&self) -> EnvelopeNode<'_> {
        EnvelopeNode {
            step: match &self.step {
                Name::Root => NodeStep::Root,
                Name::Member(name) => NodeStep::Member(name),
                Name::First => NodeStep::First,
                Name::Flattened => NodeStep::Flattened,
            },
            key: &self.key,
            end: small(self.end),
            written: self.written.as_ref().map(Kind::role),
            looked_at: self.looked_at,
        }
    }
}

#[derive(Clone, PartialEq)]
enum Name {
    Root,
    Member(String),
    First,
    Flattened,
}

/// A role as the runtime has it.
#[derive(Clone)]
enum Kind {
    Constant(String),
    Plain(Written<'static>),
}

impl Kind {
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
struct Tree {
    nodes: Vec<(Node, Vec<usize>)>,
}

impl Tree {
    fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.push(Name::Root);
        tree
    }

    fn push(&mut self, step: Name) -> usize {
        let key = match &step {
            Name::Member(name) => format!("{}:", serde_json::Value::from(name.as_str())),
            Name::Root | Name::First | Name::Flattened => String::new(),
        };
        let node = Node {
            step,
            key,
            end: 0,
            written: None,
            looked_at: false,
        };
        self.nodes.push((node, Vec::new()));
        self.nodes.len() - 1
    }

    /// The node inside of another that a step leads to, new if it has to be.
    fn inside(&mut self, node: usize, step: Name) -> usize {
        let known = self.nodes[node].1.iter().copied();
        if let Some(known) = known
            .clone()
            .find(|&child| self.nodes[child].0.step == step)
        {
            return known;
        }
        let child = self.push(step);
        self.nodes[node].1.push(child);
        child
    }

    fn at(&mut self, pointer: &crate::model::Pointer) -> usize {
        pointer.tokens().fold(0, |node, token| {
            let step = match token {
                "0" => Name::First,
                token => Name::Member(token.replace("~1", "/").replace("~0", "~")),
            };
            self.inside(node, step)
        })
    }
}

impl Layout {
    pub(crate) fn new(envelope: &Envelope) -> Self {
        let mut tree = Tree::new();
        for member in &envelope.members {
            let kind = Kind::new(&member.role);
            let node = tree.at(&member.pointers[0]);
            if envelope.holds_others(member) {
                tree.inside(node, Name::Flattened);
            } else {
                tree.nodes[node].0.written = Some(kind);
            }
        }
        let mut read = Vec::new();
        let is_read = |member: &&Member| !matches!(member.role, Role::Title | Role::DocsUrl);
        for member in envelope.members.iter().filter(is_read) {
            for pointer in &member.pointers {
                let node = tree.at(pointer);
                tree.nodes[node].0.looked_at = true;
                read.push((Kind::new(&member.role), node));
            }
        }
        Self::flat(tree, read, envelope.format)
    }

    fn flat(tree: Tree, mut read: Vec<(Kind, usize)>, format: Format) -> Self {
        let (mut order, mut left) = (Vec::new(), vec![0]);
        while let Some(node) = left.pop() {
            order.push(node);
            left.extend(tree.nodes[node].1.iter().rev());
        }
        let mut index = vec![0; order.len()];
        for (position, node) in order.iter().enumerate() {
            index[*node] = position;
        }
        // Children come after their parents, so from the last one backwards, all ends are known.
        let mut ends: Vec<usize> = (1..=order.len()).collect();
        for (position, node) in order.iter().enumerate().rev() {
            if let Some(last) = tree.nodes[*node].1.last() {
                ends[position] = ends[index[*last]];
            }
        }
        for (_, node) in &mut read {
            *node = index[*node];
        }
        let mut nodes: Vec<Option<Node>> =
            tree.nodes.into_iter().map(|(node, _)| Some(node)).collect();
        let places = order.iter().zip(ends).filter_map(|(node, end)| {
            let node = nodes[*node].take()?;
            Some(Node { end, ..node })
        });
        Self {
            places: places.collect(),
            read,
            format,
        }
    }

    /// How many places there are, the body itself and the objects on the way among them.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn nodes(&self) -> Vec<EnvelopeNode<'_>> {
        self.places.iter().map(Node::node).collect()
    }

    pub(crate) fn read(&self) -> Vec<(Written<'_>, u8)> {
        self.read
            .iter()
            .map(|(kind, node)| (kind.role(), small(*node)))
            .collect()
    }

    pub(crate) fn format(&self) -> BodyFormat {
        match self.format {
            Format::Json => BodyFormat::Json,
            Format::Problem => BodyFormat::Problem,
        }
    }
}

fn small(index: usize) -> u8 {
    u8::try_from(index).expect("`check` takes no envelope of so many places")
}

impl Envelope {
    /// Whether details stand among other members, in the object that holds them.
    pub(crate) fn holds_others(&self, member: &Member) -> bool {
        let outer = &member.pointers[0];
        let inside =
            |other: &Member| other.role != member.role && outer.contains(&other.pointers[0]);
        member.role == Role::Details && self.members.iter().any(inside)
    }
}
