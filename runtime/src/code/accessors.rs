//! The accessors of an error: name, type and documentation of each.

/// Calls a macro with the arguments and the table of accessors.
///
/// Each accessor is a function of [`CatalogTables`](crate::catalog::tables::CatalogTables), of the trait
/// [`ErrorCode`](crate::ErrorCode), and of every generated `Code`.
#[doc(hidden)]
#[macro_export]
macro_rules! __accessors {
    ([$($macro:tt)+] $($arguments:tt)*) => {
        $($macro)+! { $($arguments)*
            /// The error's name in the catalog, such as `JOB_NOT_FOUND`.
            key: &'static str,
            /// The variant's name in Rust, such as `JobNotFound`.
            name: &'static str,
            /// The code in a body, if the error has one.
            wire: ::core::option::Option<$crate::WireCode>,
            /// The documentation's title of the error.
            title: ::core::option::Option<&'static str>,
            /// The HTTP status that the error is sent with: the first of its statuses.
            status: ::core::option::Option<u16>,
            /// Every HTTP status of the error.
            statuses: &'static [u16],
            /// Whether the error arrives as an event, such as a webhook, and does not answer a request.
            is_event: bool,
            /// The main template of the message: `{name}` is a placeholder, `{{` is a brace.
            message: ::core::option::Option<&'static str>,
            /// Every template of the message, the main one first.
            messages: $crate::MessageForms,
            /// What the error means, in the documentation's words.
            description: ::core::option::Option<&'static str>,
            /// What the documentation suggests to do about it.
            action: ::core::option::Option<&'static str>,
            /// The documented advice about sending the request again.
            retry: ::core::option::Option<$crate::Retry>,
            /// Whether the error has required details. If it is raised without them, its body lacks them.
            requires_details: bool,
            /// The header fields of its response.
            headers: &'static [$crate::Header],
            /// The URL of its documentation.
            docs_url: ::core::option::Option<&'static str>,
            /// Older codes of the same error.
            aliases: &'static [&'static str],
            /// The version of the API that introduced it.
            since: ::core::option::Option<&'static str>,
            /// Its deprecation, if it is deprecated.
            deprecated: ::core::option::Option<&'static $crate::Deprecated>,
            /// The version of the API since which it is not sent.
            retired: ::core::option::Option<&'static str>,
            /// The values that the documentation does not give, with the reasons for them.
            inferred: &'static [$crate::Inferred],
        }
    };
}

macro_rules! names {
    ($($(#[$doc:meta])+ $name:ident: $type:ty,)+) => {
        /// The names of all functions of a generated `Code`. A catalog's own columns need other names.
        #[doc(hidden)]
        pub const ACCESSOR_NAMES: &[&str] = &[
            "category",
            "from_key",
            "from_wire",
            "index",
            "with_status",
            $(stringify!($name),)+
        ];
    };
}

crate::__accessors! { [names] }
