//! The registered HTTP statuses.

/// The statuses of the registry (RFC 9110, 16.2) and their names.
const REGISTERED: [(u16, &str); 62] = [
    (100, "Continue"),
    (101, "Switching Protocols"),
    (102, "Processing"),
    (103, "Early Hints"),
    (104, "Upload Resumption Supported"),
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non-Authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (208, "Already Reported"),
    (226, "IM Used"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (305, "Use Proxy"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "HTTP Version Not Supported"),
    (506, "Variant Also Negotiates"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (510, "Not Extended"),
    (511, "Network Authentication Required"),
];

/// Names that older specifications had.
const FORMER: [(u16, &str); 5] = [
    (413, "Payload Too Large"),
    (413, "Request Entity Too Large"),
    (414, "Request-URI Too Long"),
    (416, "Requested Range Not Satisfiable"),
    (422, "Unprocessable Entity"),
];

/// The registered name of a status.
pub(crate) fn phrase(status: u16) -> Option<&'static str> {
    let registered = REGISTERED.iter().find(|(other, _)| *other == status);
    registered.map(|(_, phrase)| *phrase)
}

/// The error status that is or was called so, however the words are joined.
pub(crate) fn named(name: &str) -> Option<u16> {
    let first = letters(name).next()?;
    let begins = |phrase: &str| phrase.as_bytes()[0].eq_ignore_ascii_case(&first);
    let is_name = |phrase: &str| begins(phrase) && letters(phrase).eq(letters(name));
    let mut known = REGISTERED.iter().chain(&FORMER);
    let found = known.find(|(status, phrase)| *status >= 400 && is_name(phrase));
    found.map(|(status, _)| *status)
}

/// The letters and digits alone, in small letters.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn names_are_known_however_they_are_written() {
        for (name, status) in [
            ("NOT_FOUND", Some(404)),
            ("Unprocessable Entity", Some(422)),
            ("uri-too-long", Some(414)),
            ("PROCESSING", None),
            ("FILE_NOT_FOUND", None),
        ] {
            assert_eq!(named(name), status, "{name}");
        }
    }
}
