//! Catalogs that keep to the format, so that most of what is tried gets as far as the output: any texts
//! where the format has texts, in any number of rows.

use std::fmt::{self, Debug, Display, Formatter};

use libfuzzer_sys::arbitrary::{self, Arbitrary};

/// A catalog. [`Display`] writes it in TOML.
#[derive(Arbitrary)]
pub struct Rows {
    api: Api,
    envelope: Envelope,
    statuses: Vec<(u16, Option<Text>, Option<Text>)>,
    types: Vec<Members>,
    columns: Vec<Column>,
    errors: Vec<Row>,
    categories: Vec<Category>,
    rules: Vec<Rule>,
    notes: Vec<Note>,
}

#[derive(Arbitrary)]
struct Api {
    title: Text,
    summary: Option<Text>,
    homepage: Option<Text>,
    source: Option<Text>,
    version: Option<Text>,
    docs_url: Option<Text>,
    heading: Option<Text>,
    inferred: Option<Text>,
}

#[derive(Arbitrary)]
struct Envelope {
    shape: Shape,
    /// The name of a member that stands for itself, and its value.
    constant: Option<(Text, Text)>,
    inferred: Option<Text>,
}

/// Where bodies have things.
#[derive(Arbitrary)]
enum Shape {
    Flat,
    Nested,
    List,
    NoCode,
    Problem,
}

#[derive(Arbitrary)]
struct Column {
    kind: ColumnKind,
    title: Option<Text>,
    description: Option<Text>,
}

#[derive(Arbitrary)]
enum ColumnKind {
    Type(Constant),
    Optional(Constant),
    Names,
}

/// A type that constants have.
#[derive(Arbitrary)]
enum Constant {
    String(Text),
    Bool(bool),
    U64(u32),
    I64(i64),
    F64(i32),
    List(Vec<Text>),
    Map(Vec<Text>),
}

#[derive(Arbitrary)]
struct Category {
    title: Text,
    notes: Vec<Note>,
    errors: Vec<Row>,
}

#[derive(Arbitrary)]
struct Row {
    key: Option<Text>,
    code: Code,
    statuses: Vec<u8>,
    event: bool,
    description: Option<Text>,
    title: Option<Text>,
    messages: Vec<Message>,
    action: Option<Text>,
    retry: Option<Retry>,
    headers: Option<Text>,
    details: Option<Details>,
    docs: Option<Text>,
    since: Option<Text>,
    /// Since when, and a note.
    deprecated: Option<(Text, Text)>,
    retired: Option<Text>,
    alias: Option<Text>,
    inferred: Option<Text>,
    allow: Option<Text>,
    /// The reference, and the text of values, in an example.
    example: Option<(Option<Text>, Text)>,
}

#[derive(Arbitrary)]
enum Code {
    Key,
    Text(Text),
    Number(i64),
    None,
}

#[derive(Arbitrary)]
enum Retry {
    Never,
    Backoff,
    After,
    Poll,
}

/// Texts with values between them.
#[derive(Arbitrary)]
struct Message {
    first: Text,
    then: Vec<(Value, Text)>,
}

/// The values that a message may have, each with its type.
#[derive(Arbitrary, Clone, Copy, PartialEq)]
enum Value {
    Word,
    Number,
    Odd,
}

#[derive(Arbitrary)]
enum Details {
    Members(Members),
    Whole(Type),
}

#[derive(Arbitrary)]
struct Members {
    first: Member,
    others: Vec<Member>,
}

#[derive(Arbitrary)]
struct Member {
    name: Text,
    ty: Type,
    description: Option<Text>,
}

#[derive(Arbitrary)]
enum Type {
    String,
    Bool,
    U32,
    U64,
    I64,
    F64,
    Any,
    /// One of the catalog's own.
    Own(u8),
    List(Box<Type>),
    Map(Box<Type>),
    Optional(Box<Type>),
}

#[derive(Arbitrary)]
struct Rule {
    field: Text,
    demand: Text,
    message: Option<Text>,
}

#[derive(Arbitrary)]
struct Note {
    title: Text,
    text: Text,
}

/// Any text, and more often one of what means something to some reader of it.
#[derive(Arbitrary)]
struct Text(Vec<Piece>);

#[derive(Arbitrary)]
enum Piece {
    Sign(u8),
    Ascii(u8),
    Any(char),
    Word,
}

/// What means something in Markdown, HTML, Rust, a template language, JSON or a terminal.
const SIGNS: &[&str] = &[
    "|",
    "\\",
    "`",
    "```",
    "~~~",
    "*",
    "_",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "</a>",
    "<!--",
    "-->",
    "&",
    "&lt;",
    "#",
    "- ",
    "1. ",
    "> ",
    "===",
    "---",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "    ",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "{#",
    "$",
    "\"",
    "'",
    "\"#",
    "*/",
    "//",
    "/",
    "~",
    "!",
    "!\u{5b}",
    "\u{0}",
    "\u{1b}",
    "\u{7f}",
    "\u{85}",
    "\u{200b}",
    "\u{202e}",
    "\u{2066}",
    "\u{2028}",
    "\u{feff}",
    "\u{3164}",
    "\u{fe0f}",
    "\u{e0041}",
    "\u{fffd}",
    "e\u{301}",
    "📏",
    "寸",
    "r#",
    "self",
    "CON",
    "Err",
    "ALL",
    ".example-1",
    "..",
    ":",
    ";",
    "=",
    "%",
    "@",
    "https://a.b/",
    "0",
    "-1",
    "1e999",
    "null",
];

impl Display for Piece {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sign(index) => f.write_str(SIGNS[usize::from(*index) % SIGNS.len()]),
            Self::Ascii(byte) => write!(f, "{}", char::from(byte & 0x7f)),
            Self::Any(char) => write!(f, "{char}"),
            Self::Word => f.write_str("word"),
        }
    }
}

impl Text {
    /// It says something: no text of a catalog is empty.
    fn plain(&self) -> String {
        let text: String = self.0.iter().map(ToString::to_string).collect();
        if text.trim().is_empty() {
            format!("{text}text")
        } else {
            text
        }
    }

    /// As the name of something that has others beside it.
    fn name(&self, index: usize) -> String {
        format!("{}{index}", self.plain().trim())
    }

    /// As a token of a JSON pointer.
    fn token(&self) -> String {
        self.plain().replace('~', "~0").replace('/', "~1")
    }
}

/// As a basic string of TOML.
impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Quoted(&self.plain()).fmt(f)
    }
}

/// A text as a basic string of TOML.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for char in self.0.chars() {
            match char {
                '"' | '\\' => write!(f, "\\{char}")?,
                char if char.is_control() => write!(f, "\\u{:04x}", u32::from(char))?,
                char => write!(f, "{char}")?,
            }
        }
        f.write_str("\"")
    }
}

/// `key = value` on a line, where there is a value.
fn line(f: &mut Formatter<'_>, key: &str, value: Option<&impl Display>) -> fmt::Result {
    match value {
        Some(value) => writeln!(f, "{key} = {value}"),
        None => Ok(()),
    }
}

/// Several values in brackets.
fn list(values: impl IntoIterator<Item = impl Display>) -> String {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    format!("[{}]", values.join(", "))
}

/// As [`Display`]: what libFuzzer shows of an input is the catalog.
impl Debug for Rows {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl Display for Rows {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.api, self.envelope)?;
        if !self.statuses.is_empty() {
            writeln!(f, "[status]")?;
        }
        for (index, (status, name, meaning)) in self.statuses.iter().enumerate() {
            // Each once, as far as there are that many.
            let status = 100 + (usize::from(*status) + index) % 500;
            write!(f, "{status} = {{ retry = \"backoff\"")?;
            for (key, text) in [("name", name), ("meaning", meaning)] {
                if let Some(text) = text {
                    write!(f, ", {key} = {text}")?;
                }
            }
            writeln!(f, " }}")?;
        }
        for (index, members) in self.types.iter().enumerate() {
            writeln!(f, "[type.T{index}]\n{}", members.lines(self.types.len()))?;
        }
        for (index, column) in self.columns.iter().enumerate() {
            write!(f, "[column.column{index}]\n{column}")?;
        }
        for (index, row) in self.errors.iter().enumerate() {
            self.row(f, "error", index, row)?;
        }
        for (section, category) in self.categories.iter().enumerate() {
            writeln!(
                f,
                "[[category]]\nid = \"c{section}\"\ntitle = {}",
                category.title
            )?;
            for note in &category.notes {
                write!(f, "[[category.note]]\n{note}")?;
            }
            for (index, row) in category.errors.iter().enumerate() {
                self.row(f, "category.error", 100 * (section + 1) + index, row)?;
            }
        }
        for Rule {
            field,
            demand,
            message,
        } in &self.rules
        {
            writeln!(f, "[[rule]]\nfield = {field}\nrule = {demand}")?;
            line(f, "message", message.as_ref())?;
            let error = self.errors.first().map(|row| row.key(0));
            line(f, "error", error.as_deref().map(Quoted).as_ref())?;
        }
        for note in &self.notes {
            write!(f, "[[note]]\n{note}")?;
        }
        Ok(())
    }
}

impl Rows {
    /// An error under a header that begins so.
    fn row(&self, f: &mut Formatter<'_>, header: &str, index: usize, row: &Row) -> fmt::Result {
        let key = row.key(index);
        let header = format!("{header}.{}", Quoted(&key));
        writeln!(f, "[{header}]\nrust-name = \"E{index}\"")?;
        let has_code = !matches!(self.envelope.shape, Shape::NoCode);
        if has_code {
            match &row.code {
                Code::Key => {}
                Code::Text(text) => writeln!(f, "code = {text}")?,
                Code::Number(number) => writeln!(f, "code = {number}")?,
                Code::None => writeln!(f, "code = false")?,
            }
            let alias = row.alias.as_ref().map(|alias| alias.name(index));
            line(
                f,
                "aliases",
                alias.map(|alias| list([Quoted(&alias)])).as_ref(),
            )?;
        }
        row.when(f)?;
        row.texts(f, index)?;
        for (index, column) in self.columns.iter().enumerate() {
            writeln!(f, "column{index} = {}", column.kind.value())?;
        }
        let details = row.details.as_ref().map(|details| match details {
            Details::Members(members) => format!("{{ {} }}", members.inline(self.types.len())),
            Details::Whole(ty) => format!("\"{}\"", ty.name(self.types.len(), 0)),
        });
        line(f, "details", details.as_ref())?;
        row.example(f, self)
    }
}

impl Row {
    fn key(&self, index: usize) -> String {
        self.key
            .as_ref()
            .map_or_else(|| format!("ERROR_{index}"), |key| key.name(index))
    }

    /// With which status it comes, and what is to be done then.
    fn when(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut statuses: Vec<u16> = self
            .statuses
            .iter()
            .map(|status| 400 + u16::from(*status) % 200)
            .collect();
        statuses.sort_unstable();
        statuses.dedup();
        if self.event {
            writeln!(f, "event = true")?;
        } else if !statuses.is_empty() {
            writeln!(f, "status = {}", list(statuses))?;
        }
        let retry = self.retry.as_ref().map(|retry| match retry {
            Retry::Never => "\"never\"",
            Retry::Backoff => "\"backoff\"",
            Retry::After => "\"retry-after\"",
            Retry::Poll => "\"poll\"",
        });
        line(f, "retry", retry.as_ref())?;
        line(f, "since", self.since.as_ref())?;
        line(f, "retired", self.retired.as_ref())?;
        if let Some((since, note)) = &self.deprecated {
            writeln!(f, "deprecated = {{ since = {since}, note = {note} }}")?;
        }
        Ok(())
    }

    /// What is said about it.
    fn texts(&self, f: &mut Formatter<'_>, index: usize) -> fmt::Result {
        // Each form another, by its end.
        let forms = self.messages.iter().enumerate();
        let forms: Vec<String> = forms
            .map(|(form, message)| format!("{} {index}.{form}", message.template()))
            .collect();
        if !forms.is_empty() {
            writeln!(
                f,
                "message = {}",
                list(forms.iter().map(|form| Quoted(form)))
            )?;
        }
        let params: Vec<String> = self.values().iter().map(|value| value.declared()).collect();
        if !params.is_empty() {
            writeln!(f, "params = {{ {} }}", params.join(", "))?;
        }
        if self.description.is_none() && forms.is_empty() {
            writeln!(f, "description = \"nothing\"")?;
        }
        let texts = [
            ("title", &self.title),
            ("description", &self.description),
            ("action", &self.action),
            ("docs", &self.docs),
        ];
        for (key, text) in texts {
            line(f, key, text.as_ref())?;
        }
        if let Some(text) = &self.headers {
            writeln!(f, "headers = {{ X-Header = {text} }}")?;
        }
        if let Some(reason) = &self.allow {
            writeln!(f, "allow = {{ missing-action = {reason} }}")?;
        }
        if let (Some(reason), Some(_)) = (&self.inferred, &self.action) {
            writeln!(f, "inferred = {{ action = {reason} }}")?;
        }
        Ok(())
    }

    /// The values that its messages use.
    fn values(&self) -> Vec<Value> {
        let used = self.messages.iter().flat_map(|message| &message.then);
        let mut values: Vec<Value> = used.map(|(value, _)| *value).collect();
        values.sort_by_key(|value| *value as u8);
        values.dedup();
        values
    }

    fn example(&self, f: &mut Formatter<'_>, rows: &Rows) -> fmt::Result {
        let Some((reference, text)) = &self.example else {
            return Ok(());
        };
        let mut parts = Vec::new();
        let params: Vec<String> = self
            .values()
            .iter()
            .map(|value| value.given(text))
            .collect();
        if !params.is_empty() {
            parts.push(format!("params = {{ {} }}", params.join(", ")));
        }
        let details = self.details.as_ref().map(|details| match details {
            Details::Members(members) => members.value(rows, text, 0),
            Details::Whole(ty) => ty.value(rows, text, 0),
        });
        parts.extend(details.map(|value| format!("details = {value}")));
        if let (Some(reference), false) = (reference, matches!(rows.envelope.shape, Shape::NoCode))
        {
            parts.push(format!("reference = {reference}"));
        }
        if parts.is_empty() {
            return Ok(());
        }
        writeln!(f, "example = {{ {} }}", parts.join(", "))
    }
}

impl Message {
    fn template(&self) -> String {
        let text = |text: &Text| text.plain().replace('{', "{{").replace('}', "}}");
        let mut out = text(&self.first);
        for (value, then) in &self.then {
            out.extend(["{", value.name(), "}", &text(then)]);
        }
        out
    }
}

impl Value {
    fn name(self) -> &'static str {
        match self {
            Self::Word => "text",
            Self::Number => "number",
            Self::Odd => "größe|`x",
        }
    }

    fn declared(self) -> String {
        let name = Quoted(self.name());
        match self {
            Self::Word => format!("{name} = \"string\""),
            Self::Number => format!("{name} = \"u32\""),
            Self::Odd => format!("{name} = {{ type = \"f64\", rust-name = \"odd\" }}"),
        }
    }

    fn given(self, text: &Text) -> String {
        let name = Quoted(self.name());
        match self {
            Self::Word => format!("{name} = {text}"),
            Self::Number => format!("{name} = 7"),
            Self::Odd => format!("{name} = -1.5e300"),
        }
    }
}

impl Members {
    fn iter(&self) -> impl Iterator<Item = (usize, &Member)> {
        // More would be refused.
        [&self.first]
            .into_iter()
            .chain(&self.others)
            .take(64)
            .enumerate()
    }

    fn all(&self, types: usize) -> Vec<String> {
        let member = |(index, member): (usize, &Member)| {
            let name = member.name.name(index);
            let description = member
                .description
                .as_ref()
                .map(|text| format!(", description = {text}"));
            format!(
                "{} = {{ rust-name = \"m{index}\", type = \"{}\"{} }}",
                Quoted(&name),
                member.ty.name(types, 0),
                description.unwrap_or_default(),
            )
        };
        self.iter().map(member).collect()
    }

    fn lines(&self, types: usize) -> String {
        self.all(types).join("\n")
    }

    fn inline(&self, types: usize) -> String {
        self.all(types).join(", ")
    }

    fn value(&self, rows: &Rows, text: &Text, depth: usize) -> String {
        let member = |(index, member): (usize, &Member)| {
            format!(
                "{} = {}",
                Quoted(&member.name.name(index)),
                member.ty.value(rows, text, depth + 1)
            )
        };
        let members = self
            .iter()
            .filter(|(_, member)| depth == 0 || !matches!(member.ty, Type::Optional(_)));
        let members: Vec<String> = members.map(member).collect();
        format!("{{ {} }}", members.join(", "))
    }
}

/// Types nest no deeper.
const DEEPEST: usize = 12;

impl Type {
    /// As a catalog with so many types of its own writes it.
    fn name(&self, types: usize, depth: usize) -> String {
        match self {
            _ if depth == DEEPEST => "string".to_owned(),
            Self::Own(_) if types == 0 => "string".to_owned(),
            Self::String => "string".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::U32 => "u32".to_owned(),
            Self::U64 => "u64".to_owned(),
            Self::I64 => "i64".to_owned(),
            Self::F64 => "f64".to_owned(),
            Self::Any => "any".to_owned(),
            Self::Own(index) => format!("T{}", usize::from(*index) % types),
            Self::List(item) => format!("[{}]", item.name(types, depth + 1)),
            Self::Map(item) => format!("{{{}}}", item.name(types, depth + 1)),
            Self::Optional(inner) if matches!(**inner, Self::Optional(_)) => {
                inner.name(types, depth + 1)
            }
            Self::Optional(inner) => format!("{}?", inner.name(types, depth + 1)),
        }
    }

    /// A value of it, as far as it does not nest without end.
    fn value(&self, rows: &Rows, text: &Text, depth: usize) -> String {
        match self {
            _ if depth >= DEEPEST => text.to_string(),
            Self::String | Self::Any => text.to_string(),
            Self::Bool => "false".to_owned(),
            Self::U32 => u32::MAX.to_string(),
            Self::U64 | Self::I64 => i64::MAX.to_string(),
            Self::F64 => "1e300".to_owned(),
            Self::Own(index) => match rows.types.len() {
                0 => text.to_string(),
                types => rows.types[usize::from(*index) % types].value(rows, text, depth + 1),
            },
            Self::List(_) | Self::Map(_) if depth > 3 => if matches!(self, Self::List(_)) {
                "[]"
            } else {
                "{}"
            }
            .to_owned(),
            Self::List(item) => format!("[{}]", item.value(rows, text, depth + 1)),
            Self::Map(item) => format!("{{ {text} = {} }}", item.value(rows, text, depth + 1)),
            Self::Optional(inner) => inner.value(rows, text, depth + 1),
        }
    }
}

impl Display for Api {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "[api]\nid = \"fuzz\"\ntitle = {}", self.title)?;
        let texts = [
            ("summary", &self.summary),
            ("homepage", &self.homepage),
            ("source", &self.source),
            ("version", &self.version),
        ];
        for (key, text) in texts {
            line(f, key, text.as_ref())?;
        }
        // Problem details need one, and none has a fragment of its own.
        let url = self
            .docs_url
            .as_ref()
            .map_or_else(|| "https://a.b".to_owned(), Text::plain);
        writeln!(f, "docs-url = {}", Quoted(&url.replace('#', "%23")))?;
        if let Some(text) = &self.heading {
            writeln!(
                f,
                "headings = {{ code = {text}, status = {text}, title = {text}, message = {text}, retry = {text} }}"
            )?;
        }
        if let Some(reason) = &self.inferred {
            writeln!(f, "inferred = {{ title = {reason} }}")?;
        }
        Ok(())
    }
}

impl Display for Envelope {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "[envelope]")?;
        f.write_str(match self.shape {
            Shape::Flat => {
                "code = \"/code\"\nmessage = \"/message\"\ndetails = \"\"\nreference = \"/id\"\ntitle = \"/title\"\n"
            }
            Shape::Nested => {
                "code = [\"/error/code\", \"/code\"]\nmessage = \"/error/message\"\nstatus = \"/status\"\n\
                 details = \"/error/details\"\nreference = \"/id\"\ndocs-url = \"/error/url\"\n"
            }
            Shape::List => {
                "code = \"/errors/0/code\"\nmessage = \"/errors/0/message\"\ndetails = \"/errors/0\"\nreference = \"/id\"\n"
            }
            Shape::NoCode => "message = \"/message\"\ndetails = \"/details\"\n",
            Shape::Problem => "format = \"problem+json\"\n",
        })?;
        if let Some((name, value)) = &self.constant {
            let pointer = format!("/{}", name.token());
            writeln!(f, "constants = {{ {} = {value} }}", Quoted(&pointer))?;
            if let Some(reason) = &self.inferred {
                writeln!(f, "inferred = {{ constants = {reason} }}")?;
            }
        }
        Ok(())
    }
}

impl Display for Column {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (ty, optional) = match &self.kind {
            ColumnKind::Type(constant) => (constant.name(), false),
            ColumnKind::Optional(constant) => (constant.name(), true),
            ColumnKind::Names => ("[\"info\", \"fatal-error\"]", false),
        };
        writeln!(f, "type = {ty}\noptional = {optional}")?;
        line(f, "title", self.title.as_ref())?;
        line(f, "description", self.description.as_ref())
    }
}

impl ColumnKind {
    fn value(&self) -> String {
        match self {
            Self::Type(constant) | Self::Optional(constant) => constant.value(),
            Self::Names => "\"fatal-error\"".to_owned(),
        }
    }
}

impl Constant {
    fn name(&self) -> &'static str {
        match self {
            Self::String(_) => "\"string\"",
            Self::Bool(_) => "\"bool\"",
            Self::U64(_) => "\"u64\"",
            Self::I64(_) => "\"i64\"",
            Self::F64(_) => "\"f64\"",
            Self::List(_) => "\"[string]\"",
            Self::Map(_) => "\"{string}\"",
        }
    }

    fn value(&self) -> String {
        match self {
            Self::String(text) => text.to_string(),
            Self::Bool(bool) => bool.to_string(),
            Self::U64(number) => number.to_string(),
            Self::I64(number) => number.to_string(),
            Self::F64(number) => format!("{number}e-3"),
            Self::List(texts) => list(texts),
            Self::Map(texts) => {
                let entry = |(index, text): (usize, &Text)| {
                    format!("{} = {text}", Quoted(&text.name(index)))
                };
                let entries: Vec<String> = texts.iter().enumerate().map(entry).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "title = {}\ntext = {}", self.title, self.text)
    }
}
