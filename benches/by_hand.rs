//! Errors as people write them by hand: serde's derives for the bodies, strum's for the codes.
//!
//! Each body has exactly the shape of one error's, so that nothing is looked for that does not come,
//! and what a server writes as it stands is borrowed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// The body of an error.
pub(crate) trait Body: Serialize + DeserializeOwned + 'static {
    type Code: Copy + Debug;

    /// The value in the message that people read out of it, by the name that it has in the catalog.
    const VALUE: Option<&'static str> = None;

    /// Which error it is, if it is known.
    fn code(&self) -> Option<Self::Code>;

    fn message(&self) -> &str;

    fn value(&self) -> Option<&str> {
        None
    }
}

/// Reads a body with everything that is in it.
pub(crate) fn decode<B: Body>(json: &[u8]) -> serde_json::Result<(Option<B::Code>, B)> {
    let body: B = serde_json::from_slice(json)?;
    Ok((body.code(), body))
}

/// A text that a server has at hand and a client reads.
type Text = Cow<'static, str>;

pub(crate) mod audio_segments {
    use super::{Deserialize, EnumString, IntoStaticStr, Serialize, Text};

    #[derive(Clone, Copy, Debug, EnumString, IntoStaticStr)]
    #[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
    pub(crate) enum Code {
        Unauthorized,
        TokenExpired,
        KeyRevoked,
        InsufficientScope,
        InvalidParams,
        InvalidFormat,
        InvalidUrl,
        DurationTooShort,
        DurationTooLong,
        JobNotFound,
        JobAlreadyProcessing,
        JobFailed,
        DownloadExpired,
        QuotaExceeded,
        PaymentRequired,
        PlanNotFound,
        AlreadySubscribed,
        FileTooLarge,
        UnsupportedFormat,
        CorruptFile,
        DownloadFailed,
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct InvalidParams {
        pub(crate) error: Error,
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct Error {
        pub(crate) code: Text,
        pub(crate) message: Text,
        pub(crate) status: u16,
        pub(crate) details: Details,
    }

    #[derive(Clone, Deserialize, Serialize)]
    pub(crate) struct Details {
        pub(crate) fields: Vec<FieldError>,
    }

    #[derive(Clone, Deserialize, Serialize)]
    pub(crate) struct FieldError {
        pub(crate) field: String,
        pub(crate) message: String,
    }

    impl InvalidParams {
        pub(crate) fn new(fields: Vec<FieldError>) -> Self {
            let code: &str = Code::InvalidParams.into();
            Self {
                error: Error {
                    code: code.into(),
                    message: "Validation failed".into(),
                    status: 422,
                    details: Details { fields },
                },
            }
        }
    }

    impl super::Body for InvalidParams {
        type Code = Code;

        fn code(&self) -> Option<Code> {
            self.error.code.parse().ok()
        }

        fn message(&self) -> &str {
            &self.error.message
        }
    }
}

pub(crate) mod converso {
    use super::{Deserialize, EnumString, IntoStaticStr, Serialize, Text};

    #[derive(Clone, Copy, Debug, EnumString, IntoStaticStr)]
    #[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
    pub(crate) enum Code {
        Unauthorized,
        Forbidden,
        InvalidRequest,
        InvalidSource,
        InvalidJobId,
        TooManyJobs,
        InvalidOutput,
        JobNotFound,
        JobNotCompleted,
        ExtractionFailed,
        DownloadFailed,
        InvalidVideo,
        FileExpired,
        QueueFull,
        ServiceUnavailable,
        InternalError,
        InvalidWebhook,
        WebhookFailed,
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct Failure {
        pub(crate) success: bool,
        pub(crate) error: Error,
        #[serde(rename = "jobId")]
        pub(crate) job_id: String,
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct Error {
        pub(crate) code: Text,
        pub(crate) message: Text,
    }

    impl Failure {
        pub(crate) fn new(code: Code, message: &'static str, job_id: String) -> Self {
            let code: &str = code.into();
            Self {
                success: false,
                error: Error {
                    code: code.into(),
                    message: message.into(),
                },
                job_id,
            }
        }
    }

    impl super::Body for Failure {
        type Code = Code;

        fn code(&self) -> Option<Code> {
            self.error.code.parse().ok()
        }

        fn message(&self) -> &str {
            &self.error.message
        }
    }
}

pub(crate) mod enconvert {
    use super::{Deserialize, Serialize, Text};

    #[derive(Clone, Copy, Debug)]
    pub(crate) enum Code {
        InvalidApiKeyFormat,
        ApiKeyRevoked,
        TokenExpired,
        RefreshTokenExpired,
        RefreshTokenNotFound,
        InvalidToken,
        PrivateKeyInBrowser,
        DomainNotAuthorized,
        PublicKeyOnlyForTokens,
        EndpointNotAllowed,
        MonthlyLimitReached,
        FileTooLarge,
        ServiceUnavailable,
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct Failure {
        pub(crate) detail: Text,
    }

    impl Failure {
        pub(crate) fn domain_not_authorized(domain: &str) -> Self {
            Self {
                detail: format!("Domain {domain} not authorized for this API key").into(),
            }
        }
    }

    impl super::Body for Failure {
        type Code = Code;
        const VALUE: Option<&'static str> = Some("domain");

        fn code(&self) -> Option<Code> {
            Some(match self.detail.as_ref() {
                "Invalid API Key format" => Code::InvalidApiKeyFormat,
                "API Key revoked" => Code::ApiKeyRevoked,
                "Token has expired" => Code::TokenExpired,
                "Refresh token has expired" => Code::RefreshTokenExpired,
                "Refresh token not found" => Code::RefreshTokenNotFound,
                "Invalid token" => Code::InvalidToken,
                "Private API keys cannot be used from browsers" => Code::PrivateKeyInBrowser,
                "Domain not authorized" => Code::DomainNotAuthorized,
                "Public API keys can only be used to generate JWT tokens" => {
                    Code::PublicKeyOnlyForTokens
                }
                "Endpoint not allowed by this API key" => Code::EndpointNotAllowed,
                "Monthly conversion limit reached" => Code::MonthlyLimitReached,
                "File too large" => Code::FileTooLarge,
                "Service temporarily unavailable" => Code::ServiceUnavailable,
                _ => return self.value().map(|_| Code::DomainNotAuthorized),
            })
        }

        fn message(&self) -> &str {
            &self.detail
        }

        fn value(&self) -> Option<&str> {
            self.detail
                .strip_prefix("Domain ")?
                .strip_suffix(" not authorized for this API key")
        }
    }
}

pub(crate) mod markdown_anything {
    use super::{BTreeMap, Deserialize, EnumString, IntoStaticStr, Serialize, Text};

    #[derive(Clone, Copy, Debug, EnumString, IntoStaticStr)]
    #[strum(serialize_all = "snake_case")]
    pub(crate) enum Code {
        InsufficientCredits,
        NotFound,
        ConversionFailed,
        /// Has no code: a body of this shape is this error.
        #[strum(disabled)]
        ValidationFailed,
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct InsufficientCredits {
        pub(crate) error: Text,
        pub(crate) message: Text,
        pub(crate) credits_required: u64,
        pub(crate) credits_available: u64,
    }

    impl InsufficientCredits {
        pub(crate) fn new(credits_required: u64, credits_available: u64) -> Self {
            let code: &str = Code::InsufficientCredits.into();
            Self {
                error: code.into(),
                message: "Insufficient credits for this conversion.".into(),
                credits_required,
                credits_available,
            }
        }
    }

    impl super::Body for InsufficientCredits {
        type Code = Code;

        fn code(&self) -> Option<Code> {
            self.error.parse().ok()
        }

        fn message(&self) -> &str {
            &self.message
        }
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct ValidationFailed {
        pub(crate) message: Text,
        pub(crate) errors: BTreeMap<String, Vec<String>>,
    }

    impl super::Body for ValidationFailed {
        type Code = Code;

        fn code(&self) -> Option<Code> {
            Some(Code::ValidationFailed)
        }

        fn message(&self) -> &str {
            &self.message
        }
    }
}

pub(crate) mod orders {
    use super::{Deserialize, EnumString, IntoStaticStr, Serialize, Text};

    #[derive(Clone, Copy, Debug, EnumString, IntoStaticStr)]
    #[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
    pub(crate) enum Code {
        AuthNotAuthenticated,
        AuthTokenExpired,
        AuthTokenInvalid,
        AuthTokenInvalidFormat,
        AuthForbidden,
        ValidationFailed,
        ValidationIdempotencyKeyInvalid,
        InvalidParameter,
        OrderNotFound,
        OrderNotPending,
        OrderNotOwner,
        OrderExpired,
        OrderNotCompleted,
        OrderFileNotUploaded,
        OrderAlreadyConfirmed,
        OrderAlreadyCompleted,
        OrderAlreadyFailed,
        OrderTypeNotMatch,
        OrderTypeCantDownload,
        OrderTimeout,
        UsageLimitExceeded,
        UsageNotEnough,
        PlanNotFound,
        WebhookNotFound,
        RateLimitExceeded,
        ServerInternalError,
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct Failure {
        pub(crate) code: Text,
        pub(crate) message: Text,
    }

    impl Failure {
        pub(crate) fn new(code: Code, message: &'static str) -> Self {
            let code: &str = code.into();
            Self {
                code: code.into(),
                message: message.into(),
            }
        }
    }

    impl super::Body for Failure {
        type Code = Code;

        fn code(&self) -> Option<Code> {
            self.code.parse().ok()
        }

        fn message(&self) -> &str {
            &self.message
        }
    }
}

pub(crate) mod problem {
    use super::{Deserialize, EnumString, IntoStaticStr, Serialize, Text};

    #[derive(Clone, Copy, Debug, EnumString, IntoStaticStr)]
    pub(crate) enum Code {
        #[strum(serialize = "https://docs.example.com/errors#OUT_OF_CREDIT")]
        OutOfCredit,
        #[strum(serialize = "https://docs.example.com/errors#ACCOUNT_NOT_FOUND")]
        AccountNotFound,
        #[strum(serialize = "https://docs.example.com/errors#ACCOUNT_LOCKED")]
        AccountLocked,
    }

    #[derive(Deserialize, Serialize)]
    pub(crate) struct OutOfCredit {
        #[serde(rename = "type")]
        pub(crate) code: Text,
        pub(crate) title: Text,
        pub(crate) status: u16,
        pub(crate) detail: Text,
        pub(crate) instance: String,
        pub(crate) balance: u64,
        pub(crate) accounts: Vec<String>,
    }

    impl OutOfCredit {
        pub(crate) fn new(
            balance: u64,
            cost: u64,
            accounts: Vec<String>,
            instance: String,
        ) -> Self {
            let code: &str = Code::OutOfCredit.into();
            let detail = format!("Your current balance is {balance}, but that costs {cost}.");
            Self {
                code: code.into(),
                title: "You do not have enough credit.".into(),
                status: 403,
                detail: detail.into(),
                instance,
                balance,
                accounts,
            }
        }
    }

    impl super::Body for OutOfCredit {
        type Code = Code;

        fn code(&self) -> Option<Code> {
            self.code.parse().ok()
        }

        fn message(&self) -> &str {
            &self.detail
        }
    }
}
