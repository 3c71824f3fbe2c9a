//! Lints: the names of what a catalog may do, and mostly should not.

use crate::findings::rule_id::heading;

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

/// Makes the enum of the lints: a name, a variant, the level where a project says nothing, and the
/// page of that name.
macro_rules! lints {
    ($($name:literal $variant:ident $level:ident)*) => {
        /// Something that a catalog may do, and mostly should not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Lint {
            $(
                #[doc = include_str!(concat!("../../docs/findings/", $name, ".md"))]
                $variant,
            )*
        }

        impl Lint {
            /// Every lint, in the order of the names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in `errbook.toml` and in an error's `allow`. It never changes.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What becomes of it where neither project nor entry says anything.
            pub const fn default_level(self) -> Level {
                match self {
                    $(Self::$variant => Level::$level,)*
                }
            }

            /// What it looks for and why, in Markdown, with an example.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../docs/findings/", $name, ".md")),)*
                }
            }
        }
    };
}

lints! {
    "action-repeats" ActionRepeats Warn
    "long-text" LongText Allow
    "missing-action" MissingAction Allow
    "missing-retry" MissingRetry Allow
    "misused-status" MisusedStatus Allow
    "mixed-code-styles" MixedCodeStyles Allow
    "unexpected-retry" UnexpectedRetry Warn
    "unlisted-status" UnlistedStatus Warn
    "unseen-error" UnseenError Warn
    "unused-allow" UnusedAllow Warn
    "unused-type" UnusedType Warn
}

impl Lint {
    /// What it looks for, in one line: the heading of its page.
    pub fn summary(self) -> &'static str {
        heading(self.page())
    }

    /// The lint of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|lint| lint.name() == name)
    }
}
