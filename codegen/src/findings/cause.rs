//! What findings are about: the ids of the rules that every catalog keeps and of lints, each with its page.

/// Makes an enum of ids from the id and the variant of each. The page of an id is in `docs/findings/`.
macro_rules! ids {
    ($(#[$docs:meta])* $type:ident::$id_method:ident: $($id:literal $variant:ident)*) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $type {
            $(
                #[doc = include_str!(concat!("../../docs/findings/", $id, ".md"))]
                $variant,
            )*
        }

        impl $type {
            /// Every one, in the order of the ids.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The id that findings carry, such as `E0201` or `missing-action`; `errbook.toml` and the `allow`
            /// of an error name lints by it. It never changes.
            pub const fn $id_method(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }

            /// The page in Markdown: what it means, with a wrong and a right catalog.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../docs/findings/", $id, ".md")),)*
                }
            }

            /// The meaning in one line: the heading of the page, without the id.
            pub fn summary(self) -> &'static str {
                let heading = self.page().lines().next().unwrap_or_default();
                heading.split_once(": ").map_or(heading, |(_, summary)| summary)
            }
        }
    };
}

ids! {
    /// A rule of the format. Its page says what it demands, and shows a wrong and a right catalog.
    RuleId::id:

    // Files and TOML.
    "E0101" Unreadable
    "E0102" NoCatalog
    "E0103" NotUtf8
    "E0104" Syntax
    "E0105" DuplicateKey
    "E0106" ErrorsBeforeCategory
    "E0107" NewerToml
    "E0108" Changing
    "E0109" TooLarge
    "E0110" Unwritable
    "E0111" Environment

    // Keys and values.
    "E0201" UnknownKey
    "E0202" MissingKey
    "E0203" WrongKind
    "E0204" EmptyText
    "E0205" Empty
    "E0206" ForbiddenCharacter
    "E0207" NotJson
    "E0208" OneBracket
    "E0209" Twice
    "E0210" UnknownWord
    "E0211" BadUrl
    "E0212" BadVersion
    "E0213" BadLanguage

    // Names.
    "E0301" BadId
    "E0302" ReservedId
    "E0303" DuplicateId
    "E0304" BadName
    "E0305" BadRustName
    "E0306" SameName
    "E0307" NameTaken
    "E0308" DuplicateError
    "E0309" BadKey

    // The envelope.
    "E0401" BadPointer
    "E0402" BadIndex
    "E0403" PointerToRoot
    "E0404" SharedPlace
    "E0405" TakenForCode
    "E0406" TooManyPlaces
    "E0407" FixedByFormat
    "E0408" NoPlace
    "E0409" PlaceTaken
    "E0410" DetailsBeside
    "E0411" MissingType
    "E0412" BadType

    // Errors.
    "E0501" NothingSaid
    "E0502" BadStatus
    "E0503" EventWithStatus
    "E0504" BadCode
    "E0505" DuplicateCode
    "E0506" AliasTaken
    "E0507" BadHeader
    "E0508" SameMessage
    "E0509" NotTold
    "E0510" ReadAsAnother
    "E0511" UnknownError
    "E0512" BadReplacement
    "E0513" TooManyWithoutCode

    // Messages.
    "E0601" BadTemplate
    "E0602" AdjacentValues
    "E0603" OnlyAValue
    "E0604" UnknownValue
    "E0605" UnusedParam
    "E0606" NoPlainText
    "E0607" ParamInDetails

    // Types.
    "E0701" UnknownType
    "E0702" BadTypeName
    "E0703" TypeTooDeep
    "E0704" OptionalTwice
    "E0705" EndlessType
    "E0706" TooManyMembers
    "E0707" WrongType
    "E0708" UnknownMember
    "E0709" MissingMember
    "E0710" LargeType

    // Columns.
    "E0801" ColumnIsKey
    "E0802" ColumnType
    "E0803" UnknownColumnName
    "E0804" TooManyColumns

    // Examples, and what is inferred.
    "E0901" ExampleStatus
    "E0902" ExampleMessage
    "E0903" ExampleValues
    "E0904" ExampleParam
    "E0905" ExampleDetails
    "E0906" InferredAbsent
    "E0907" InferredOwnWord
    "E0908" InferredWithoutReason
    "E0909" InferredUnused

    // Lints.
    "E1001" UnknownLint

    // Settings.
    "E1101" BadPath
    "E1102" SharedFolder

    // The lock.
    "E1201" UnmergedLock
    "E1202" CodeGone
    "E1203" CodeReused
    "E1204" ApiGone
}

ids! {
    /// Something that a catalog may do, and mostly should not.
    Lint::name:

    "action-repeats" ActionRepeats
    "long-text" LongText
    "missing-action" MissingAction
    "missing-retry" MissingRetry
    "misused-status" MisusedStatus
    "mixed-code-styles" MixedCodeStyles
    "raw-html" RawHtml
    "unexpected-retry" UnexpectedRetry
    "unlisted-status" UnlistedStatus
    "unseen-error" UnseenError
    "unused-allow" UnusedAllow
    "unused-type" UnusedType
}

impl Lint {
    /// The lint of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|lint| lint.name() == name)
    }

    /// What becomes of it where neither project nor entry says anything.
    pub const fn default_level(self) -> Level {
        match self {
            Self::LongText
            | Self::MissingAction
            | Self::MissingRetry
            | Self::MisusedStatus
            | Self::MixedCodeStyles => Level::Allow,
            _ => Level::Warn,
        }
    }
}

/// What becomes of what a lint has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Allow,
    /// It is told.
    Warn,
    /// It is told, and the catalog refused.
    Deny,
}

impl Level {
    /// Every level with the word that `errbook.toml` has for it.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("allow", Self::Allow),
        ("warn", Self::Warn),
        ("deny", Self::Deny),
    ];
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A rule of the format, which every catalog keeps.
    Rule(RuleId),
    /// A lint, which a project may allow.
    Lint(Lint),
}

impl Cause {
    /// The id of the rule, such as `E0201`, or the name of the lint, such as `missing-action`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.id(),
            Self::Lint(lint) => lint.name(),
        }
    }

    /// Its page, in Markdown: what it means, a wrong catalog and a right one.
    pub const fn page(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.page(),
            Self::Lint(lint) => lint.page(),
        }
    }

    /// What it is about, in one line: the heading of its page.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.summary(),
            Self::Lint(lint) => lint.summary(),
        }
    }

    /// Every rule, then every lint.
    pub fn all() -> impl Iterator<Item = Self> {
        let rules = RuleId::ALL.iter().map(|rule| Self::Rule(*rule));
        let lints = Lint::ALL.iter().map(|lint| Self::Lint(*lint));
        rules.chain(lints)
    }

    /// The rule or lint of this id or name, in whatever case.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|cause| cause.id().eq_ignore_ascii_case(id))
    }
}
