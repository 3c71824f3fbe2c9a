//! The ids of the rules that every catalog keeps, each with its page.

/// Makes the enum of the rules: an id, a variant, and the page of that id.
macro_rules! rules {
    ($($id:literal $variant:ident)*) => {
        /// A rule of the format. Its page says what it demands, and shows a wrong and a right catalog.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum RuleId {
            $(
                #[doc = include_str!(concat!("../../docs/findings/", $id, ".md"))]
                $variant,
            )*
        }

        impl RuleId {
            /// Every rule, in the order of the ids.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The id that findings carry, such as `E0201`. It never changes.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }

            /// What the rule demands, in Markdown, with a wrong and a right catalog.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../docs/findings/", $id, ".md")),)*
                }
            }
        }
    };
}

rules! {
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

impl RuleId {
    /// What the rule demands, in one line: the heading of its page.
    pub fn summary(self) -> &'static str {
        heading(self.page())
    }
}

/// What the heading of a page says after the id.
pub(crate) fn heading(page: &'static str) -> &'static str {
    let line = page.lines().next().unwrap_or_default();
    line.split_once(": ").map_or(line, |(_, summary)| summary)
}
