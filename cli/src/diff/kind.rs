//! The kinds of changes between two catalogs, each with its verdict and the reason.
//!
//! Old callers and servers are programs that were built from the old catalog. They talk to programs that were
//! built from the new one. Source is Rust that uses the generated code and is compiled again. If both
//! verdicts can be argued for, the stricter one applies.

use serde::Serialize;

/// What a change breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Breaks {
    /// Old callers, which talk to new servers.
    Callers,
    /// Old servers, which talk to new callers.
    Servers,
    /// Rust that uses the generated code.
    Source,
}

impl Breaks {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Callers => "callers",
            Self::Servers => "servers",
            Self::Source => "source",
        }
    }
}

/// The part of a version that a change increments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum VersionBump {
    /// Texts and pages say something else
    Patch,
    /// There is something new, or programs may act otherwise
    Minor,
    /// Something breaks
    Major,
}

impl VersionBump {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Declares the kinds: the name, the variant, the version bump, what the change breaks, and the reason.
macro_rules! kinds {
    ($($name:literal $variant:ident $bump:ident [$($breaks:ident)*] $reason:literal)*) => {
        /// A kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum ChangeKind {
            $($variant,)*
        }

        impl ChangeKind {
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the name in JSON and in the guide. It never changes.
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            pub(crate) const fn bump(self) -> VersionBump {
                match self {
                    $(Self::$variant => VersionBump::$bump,)*
                }
            }

            pub(crate) const fn breaks(self) -> &'static [Breaks] {
                match self {
                    $(Self::$variant => &[$(Breaks::$breaks),*],)*
                }
            }

            /// Returns the reason for the verdict, in Markdown.
            pub(crate) const fn reason(self) -> &'static str {
                match self {
                    $(Self::$variant => $reason,)*
                }
            }
        }
    };
}

kinds! {
    "api-added" ApiAdded Minor []
        "There is more to use."
    "api-removed" ApiRemoved Major [Servers Source]
        "Its module is gone, and what its servers send is known to nobody."
    "api-id" ApiId Major [Source]
        "The module is called by it."
    "api-text" ApiText Patch []
        "Pages and documentation show it; programs do not go by it."
    "docs-url" DocsUrl Patch []
        "Links lead elsewhere. Where problem details have such a URL for their code, each error tells of its own."

    "envelope-format" EnvelopeFormat Major [Callers Servers]
        "The media type is another, and what stands where."
    "envelope-member-added" EnvelopeMemberAdded Minor []
        "Bodies hold more; whoever does not know it passes it over."
    "envelope-code-added" EnvelopeCodeAdded Major [Servers]
        "Bodies of old servers have no code there, and errors with a code are not known without it."
    "envelope-member-removed" EnvelopeMemberRemoved Major [Callers]
        "Who reads it finds it no more."
    "envelope-code-removed" EnvelopeCodeRemoved Major [Callers Servers]
        "The code told errors from each other; now texts and statuses do."
    "member-beside-maps-added" MemberBesideMapsAdded Major [Callers]
        "Details are a map in the same object, and old callers take the member for an item of it."
    "member-beside-maps-removed" MemberBesideMapsRemoved Major [Servers]
        "Details are a map in the same object; what old servers still send, new callers take for an item of it."
    "envelope-pointer-written" EnvelopePointerWritten Major [Callers]
        "It is written where old callers do not look."
    "envelope-pointer-known" EnvelopePointerKnown Minor []
        "It is written somewhere else, where old callers look, too."
    "envelope-pointer-added" EnvelopePointerAdded Minor []
        "It is looked for in one more place."
    "envelope-pointer-removed" EnvelopePointerRemoved Major [Servers]
        "Where old servers may write it, nobody looks any more."
    "envelope-pointer-order" EnvelopePointerOrder Major [Servers]
        "Of a body that has it in several places, another one counts."
    "constant-added" ConstantAdded Major [Servers]
        "With a status below 400 a response is an error where all constants are found; old servers do not write this one."
    "constant-removed" ConstantRemoved Major [Callers]
        "Old callers take no response below status 400 without it for an error."
    "constant-changed" ConstantChanged Major [Callers Servers]
        "Below status 400 neither side takes what the other sends for an error."

    "status-row-added" StatusRowAdded Minor []
        "Programs can ask for it; until now there was nothing."
    "status-row-removed" StatusRowRemoved Minor []
        "Programs that ask for it are told that nothing is known, as of any other status."
    "status-row-text" StatusRowText Patch []
        "A text for people."
    "status-row-retry" StatusRowRetry Minor []
        "It is the advice for errors that have none of their own: programs that follow it act otherwise."

    "type-added" TypeAdded Minor []
        "There is a struct more."
    "type-removed" TypeRemoved Major [Source]
        "Its struct is gone. What that means for bodies, the members that were of this type tell."
    "details-added" DetailsAdded Minor []
        "Nothing in them must be there: bodies without them are as good."
    "required-details-added" RequiredDetailsAdded Major [Servers]
        "Old servers do not send what must be there."
    "details-removed" DetailsRemoved Major [Callers Source]
        "Who reads them finds nothing, and their struct is gone."
    "telling-details-removed" TellingDetailsRemoved Major [Servers]
        "They told an error that has neither code nor message: what old servers send may not be known any more."
    "member-added" MemberAdded Major [Source]
        "It need not be there, so bodies are as good as before. But Rust names every field where it makes a struct."
    "required-member-added" RequiredMemberAdded Major [Servers Source]
        "Old servers do not send it, and without it the details are not typed. Rust names every field where it makes a struct."
    "member-removed" MemberRemoved Major [Source]
        "Callers had to do without it at times. But the field is gone."
    "required-member-removed" RequiredMemberRemoved Major [Callers Source]
        "Old callers need it: without it the details are not typed."
    "type-widened" TypeWidened Major [Callers Source]
        "Old callers cannot read every value that may come now, or cannot do without it. The type in Rust is another."
    "type-narrowed" TypeNarrowed Major [Servers Source]
        "Not every value that old servers send can be read, or they may leave it out. The type in Rust is another."
    "type-changed" TypeChanged Major [Callers Servers Source]
        "Neither side can read every value of the other."
    "type-in-rust" TypeInRust Major [Source]
        "Bodies are as before, but the type in Rust is another."
    "member-text" MemberText Patch []
        "A text for people."

    "column-added" ColumnAdded Minor []
        "There is an accessor more."
    "column-removed" ColumnRemoved Major [Source]
        "Its accessor is gone."
    "column-type" ColumnType Major [Source]
        "Its accessor gives another type."
    "column-name-added" ColumnNameAdded Minor []
        "The enum is non-exhaustive: every `match` has a place for it."
    "column-name-removed" ColumnNameRemoved Major [Source]
        "The variant is gone."
    "column-names-order" ColumnNamesOrder Major [Source]
        "The variants are compared by their order, as in `severity < Severity::Fatal`."
    "column-text" ColumnText Patch []
        "A text for people."
    "column-value" ColumnValue Minor []
        "Programs that go by the column act otherwise."

    "category-added" CategoryAdded Minor []
        "The enum is non-exhaustive: every `match` has a place for it."
    "category-removed" CategoryRemoved Major [Source]
        "The variant is gone."
    "category-text" CategoryText Patch []
        "A text for people."

    "error-added" ErrorAdded Minor []
        "`Code` is non-exhaustive, and callers that do not know an error keep all of it."
    "error-added-with-known-code" ErrorAddedWithKnownCode Major [Callers]
        "Old callers take it for the error that has its code, at any status."
    "error-added-without-code" ErrorAddedWithoutCode Major [Callers Servers]
        "Other errors without a code come with its status: either of them may be taken for the other, or be told no more."
    "error-removed" ErrorRemoved Major [Servers Source]
        "Old servers send it, and new callers do not know it; the variant is gone. With `retired` it stays known."
    "error-removed-with-known-code" ErrorRemovedWithKnownCode Major [Servers Source]
        "Old servers send it, and new callers take it for the error that has its code; the variant is gone."
    "error-merged" ErrorMerged Major [Source]
        "Another error has its code as an alias, so what old servers send is known as that one. The variant is gone."
    "error-renamed" ErrorRenamed Major [Source]
        "The key is what a `Code` is displayed, parsed and stored as, and where its page is linked; the variant is called after it."
    "error-moved" ErrorMoved Minor []
        "Programs that go by the category act otherwise."
    "error-text" ErrorText Patch []
        "A text for people, also where it is sent: no program knows an error by it."
    "error-deprecated" ErrorDeprecated Minor []
        "It comes as before; rustc warns of its variant."
    "error-undeprecated" ErrorUndeprecated Minor []
        "It is there to stay; rustc warns of it no more."
    "error-retired" ErrorRetired Minor []
        "It comes no more and is known all the same; rustc warns of its variant."
    "error-unretired" ErrorUnretired Minor []
        "It comes again. Old callers still know it."
    "life-text" LifeText Patch []
        "When it was deprecated or retired, and what is said of it, is for people."

    "code-changed" CodeChanged Major [Callers]
        "A new code is never an old error: old callers do not know it."
    "code-taken" CodeTaken Major [Callers]
        "The code was that of another error, and old callers take it for that one."
    "code-known" CodeKnown Minor []
        "What is sent now, old callers know as an alias."
    "code-number" CodeNumber Major [Callers]
        "A number and its digits are one code to errbook, but not to callers that read bodies otherwise."
    "code-given" CodeGiven Major [Callers Servers]
        "Old callers do not know it by the code; and without one, as old servers send the error, it is not known."
    "code-dropped" CodeDropped Major [Callers]
        "Old callers know it by its code, which comes no more."
    "code-forgotten" CodeForgotten Major [Servers]
        "Old servers may send it, and it is not known any more. As one of the `aliases` it would be."
    "code-passed-on" CodePassedOn Major [Servers]
        "Old servers may send it, and new callers take it for the error that has it now."
    "alias-added" AliasAdded Minor []
        "One more code is known."
    "status-sent" StatusSent Major [Callers]
        "Callers that go by the status get another one than the catalog said."
    "status-sent-known" StatusSentKnown Minor []
        "The status that is sent was one of its statuses before."
    "status-given" StatusGiven Minor []
        "Nothing was said of its status; it is known by its code at any."
    "status-open" StatusOpen Major [Callers]
        "It may come with any status, and servers no longer send one by themselves."
    "status-added" StatusAdded Minor []
        "It is known by its code at any status."
    "status-removed" StatusRemoved Minor []
        "It is known by its code at any status."
    "telling-status-added" TellingStatusAdded Major [Callers]
        "Its code alone does not tell it, or it has none: at this status old callers do not know it."
    "telling-status-removed" TellingStatusRemoved Major [Servers]
        "Its code alone does not tell it, or it has none: as old servers send it, at another status, it may not be known."
    "telling-status-open" TellingStatusOpen Major [Callers Servers]
        "Its code alone does not tell it, or it has none: neither side knows it by the status any more, and it may come with any."
    "event" Event Major [Callers Servers]
        "One side waits for a response where the other sends a webhook."
    "message-text" MessageText Patch []
        "A text for people: the code tells the error, and no value is read from the message."
    "message-form-added" MessageFormAdded Major [Callers]
        "The message tells the error, or holds values that no member has: old callers do not know this form."
    "message-form-removed" MessageFormRemoved Major [Servers]
        "The message tells the error, or holds values that no member has: what old servers send is not known any more."
    "message-form-order" MessageFormOrder Minor []
        "Another form may be sent; old callers know it, too."
    "message-given" MessageGiven Major [Servers]
        "An error without a code was known by its status alone. Old servers do not send the message by which it is known now."
    "message-dropped" MessageDropped Major [Callers Servers]
        "The message told an error without a code; each side looks for what the other does not send."
    "param-added" ParamAdded Minor []
        "A value more can be read. What it does to the message, the message tells."
    "param-removed" ParamRemoved Major [Callers]
        "Who reads the value finds it no more."
    "param-type" ParamType Major [Callers Servers]
        "A message is a form only where each value is of its type: one side does not know what the other sends."
    "retry" Retry Minor []
        "Programs that follow the advice act otherwise."
    "header-added" HeaderAdded Minor []
        "There is more to read."
    "header-removed" HeaderRemoved Major [Callers]
        "Who reads the field finds it no more."
    "header-text" HeaderText Patch []
        "A text for people."
    "example" Example Patch []
        "Pages and fixtures show it."

    "rust-name" RustName Major [Source]
        "Source calls it by the old name."
    "rule-added" RuleAdded Major [Callers]
        "Requests that were good before may be refused."
    "rule-changed" RuleChanged Major [Callers]
        "Requests that were good before may be refused, or with another error."
    "rule-removed" RuleRemoved Minor []
        "Nothing is demanded any more."
    "rule-text" RuleText Patch []
        "A text for people."
    "note" Note Patch []
        "A text for people."
    "inferred" Inferred Patch []
        "The value is as it was; what is known of where it comes from is another."
    "order" Order Patch []
        "Pages, lists and what is sorted by `Code` or `Category` have another order. That one comes before the other means nothing."
}

#[cfg(test)]
mod tests {
    use super::{ChangeKind, VersionBump};

    #[test]
    fn kind_is_major_if_it_breaks_something() {
        for kind in ChangeKind::ALL {
            let breaks = !kind.breaks().is_empty();
            assert_eq!(breaks, kind.bump() == VersionBump::Major, "{}", kind.name());
        }
    }

    /// `tests/diff_cases.rs` compares the guide and the cases with the schema.
    #[test]
    fn schema_lists_every_kind() {
        let schema = include_str!("../../schema/diff.schema.json");
        let schema: serde_json::Value = serde_json::from_str(schema).expect("it is JSON");
        let kinds = schema["definitions"]["kind"]["enum"].as_array();
        let kinds: Vec<&str> = kinds
            .expect("it lists them")
            .iter()
            .filter_map(serde_json::Value::as_str)
            .collect();
        let all: Vec<&str> = ChangeKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(kinds, all);
    }
}
