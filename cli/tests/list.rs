//! `cargo errbook list`, end to end: which errors it shows, and how they fit.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use snapbox::cmd::OutputAssert;
use snapbox::{IntoData, str};

#[cfg(target_os = "linux")]
use crate::support::terminal::{in_terminal, in_terminal_with};
use crate::support::{WORKSPACE, empty_folder, errbook, project, read, run, shop, stdout, write};

fn list(project: impl AsRef<Path>, args: &[&str]) -> OutputAssert {
    errbook(project, &["list"]).args(args).assert()
}

/// Of the five catalogs.
fn real(args: &[&str]) -> OutputAssert {
    list(Path::new(WORKSPACE), args)
}

/// Of the catalog with every key of the format.
fn everything(args: &[&str]) -> OutputAssert {
    let catalog = ["--catalogs", "codegen/tests/catalogs/everything.toml"];
    real(&[&catalog, args].concat())
}

fn printed(asserted: OutputAssert) -> String {
    stdout(&asserted.success())
}

/// The codes that are listed, in their order.
#[track_caller]
fn codes(asserted: OutputAssert) -> Vec<String> {
    let out = printed(asserted);
    let rows = out.lines().skip(1);
    let codes = rows.map(|row| row.split_whitespace().next().unwrap_or_default());
    codes.map(str::to_owned).collect()
}

#[test]
fn every_error_has_a_line() {
    real(&[]).success().stdout_eq(str![[r#"
Code                                Status   API                Category        Retry        Description
UNAUTHORIZED                        401      audio-segments     authentication               Missing or invalid API key / JWT
TOKEN_EXPIRED                       401      audio-segments     authentication               JWT has expired
KEY_REVOKED                         401      audio-segments     authentication               API key has been revoked
INSUFFICIENT_SCOPE                  403      audio-segments     authentication               Key does not have required permissions
INVALID_PARAMS                      422      audio-segments     validation                   Request body failed validation
INVALID_FORMAT                      422      audio-segments     validation                   Unsupported audio format
INVALID_URL                         422      audio-segments     validation                   Source URL is not reachable
DURATION_TOO_SHORT                  422      audio-segments     validation                   Segment duration below minimum (1 second)
DURATION_TOO_LONG                   422      audio-segments     validation                   Segment duration exceeds source length
JOB_NOT_FOUND                       404      audio-segments     job                          Job ID does not exist
JOB_ALREADY_PROCESSING              409      audio-segments     job                          Job cannot be modified while processing
JOB_FAILED                          any      audio-segments     job                          Processing failed (check error.details)
DOWNLOAD_EXPIRED                    any      audio-segments     job                          Segment download URL has expired
QUOTA_EXCEEDED                      any      audio-segments     billing                      Monthly quota reached with no overage
PAYMENT_REQUIRED                    any      audio-segments     billing                      Account has unpaid invoices
PLAN_NOT_FOUND                      404      audio-segments     billing                      Invalid plan ID
ALREADY_SUBSCRIBED                  409      audio-segments     billing                      Active subscription exists
FILE_TOO_LARGE                      413      audio-segments     file                         File exceeds plan's max file size
UNSUPPORTED_FORMAT                  422      audio-segments     file                         Audio format not supported
CORRUPT_FILE                        422      audio-segments     file                         File could not be decoded
DOWNLOAD_FAILED                     422      audio-segments     file                         Could not download from source URL
UNAUTHORIZED                        401      converso           authentication               API key missing or invalid
FORBIDDEN                           403      converso           authentication               API key does not have access
INVALID_REQUEST                     400      converso           request                      Request payload invalid or missing required fields
INVALID_SOURCE                      400      converso           request                      Video source type or URL is invalid
INVALID_JOB_ID                      400      converso           request                      Job ID format invalid
TOO_MANY_JOBS                       400      converso           request                      Batch exceeds max limit (10 jobs)
INVALID_OUTPUT                      400      converso           request                      Output format or options invalid
JOB_NOT_FOUND                       404      converso           job                          Job ID does not exist
JOB_NOT_COMPLETED                   202      converso           job             poll         Job not finished yet
EXTRACTION_FAILED                   200,202  converso           job                          Audio extraction failed
DOWNLOAD_FAILED                     200,202  converso           job                          Unable to download video from URL
INVALID_VIDEO                       400      converso           job                          Video file corrupted or unsupported
FILE_EXPIRED                        410      converso           job                          Extracted file no longer available
QUEUE_FULL                          503      converso           system          backoff      Processing queue is temporarily full
SERVICE_UNAVAILABLE                 503      converso           system          backoff      API temporarily unavailable
INTERNAL_ERROR                      500      converso           system                       Unexpected server error
INVALID_WEBHOOK                     event    converso           webhook                      Webhook URL is unreachable or invalid
WEBHOOK_FAILED                      event    converso           webhook                      Webhook delivery failed
INVALID_API_KEY_FORMAT              401      enconvert                                       The API key does not match the expected sk_ or pk_ prefix format.
API_KEY_REVOKED                     401      enconvert                                       The API key has been revoked from the dashboard and is no longer valid.
TOKEN_EXPIRED                       401      enconvert                                       The JWT access token has expired. Request a new token or use the refresh endpoint.
REFRESH_TOKEN_EXPIRED               401      enconvert                                       The refresh token has expired. Re-authenticate using your API key.
REFRESH_TOKEN_NOT_FOUND             401      enconvert                                       The refresh token provided does not exist or has already been consumed.
INVALID_TOKEN                       401      enconvert                                       The JWT token is malformed, tampered with, or otherwise invalid.
PRIVATE_KEY_IN_BROWSER              403      enconvert                                       A private key (sk_) was used in a request originating from a browser. Use a public key with JWT instead.
DOMAIN_NOT_AUTHORIZED               403      enconvert                                       The request origin does not match any domain in the API key's whitelist.
PUBLIC_KEY_ONLY_FOR_TOKENS          403      enconvert                                       A public key (pk_) was used to call a conversion endpoint directly. Public keys must first be exchanged for a JWT via /v1/auth/token.
ENDPOINT_NOT_ALLOWED                403      enconvert                                       The API key or widget token is restricted and does not have access to the requested endpoint.
MONTHLY_LIMIT_REACHED               402      enconvert                                       The free tier's 20 monthly conversions have been exhausted. Upgrade your plan or wait until the next month.
FILE_TOO_LARGE                      413      enconvert                                       The uploaded file exceeds the maximum size allowed for your subscription tier.
SERVICE_UNAVAILABLE                 503      enconvert                          backoff      A backend dependency is down or undergoing maintenance. Retry after a short delay.
UNAUTHENTICATED                     401      markdown-anything                               Returned when the Authorization header is missing, malformed, or contains an invalid token.
insufficient_credits                402      markdown-anything                               Returned when the workspace does not have enough credits to perform the conversion.
not_found                           404      markdown-anything                               Returned when a conversion UUID does not exist or belongs to a different workspace.
conversion_failed                   422      markdown-anything                               Returned when a sync conversion encounters an error during processing. The file format may be corrupted, unsupported, or unreadable.
PAYLOAD_TOO_LARGE                   413      markdown-anything                               Returned when the uploaded file exceeds your plan's maximum file size limit. This is a server-level limit that applies before file validation.
RATE_LIMITED                        429      markdown-anything                  retry-after  Returned when the workspace has exceeded its per-minute rate limit.
VALIDATION_FAILED                   422      markdown-anything                               If request parameters fail validation, the API returns a 422 response with field-level error details.
AUTH_NOT_AUTHENTICATED              401      orders             authentication               Authentication required
AUTH_TOKEN_EXPIRED                  401      orders             authentication               Authentication token has expired
AUTH_TOKEN_INVALID                  401      orders             authentication               Invalid authentication token
AUTH_TOKEN_INVALID_FORMAT           401      orders             authentication               Token format is invalid
AUTH_FORBIDDEN                      403      orders             authentication               Insufficient permissions
VALIDATION_FAILED                   400      orders             validation                   Input validation failed
VALIDATION_IDEMPOTENCY_KEY_INVALID  400      orders             validation                   Invalid idempotency key
INVALID_PARAMETER                   400      orders             validation                   Invalid parameter provided
ORDER_NOT_FOUND                     404      orders             order                        Order not found
ORDER_NOT_PENDING                   400      orders             order                        Order is not in pending status
ORDER_NOT_OWNER                     403      orders             order                        Not the order owner
ORDER_EXPIRED                       400      orders             order                        Order has expired
ORDER_NOT_COMPLETED                 400      orders             order                        Order is not completed
ORDER_FILE_NOT_UPLOADED             400      orders             order                        Order file has not been uploaded
ORDER_ALREADY_CONFIRMED             400      orders             order                        Order has already been confirmed
ORDER_ALREADY_COMPLETED             400      orders             order                        Order is already completed
ORDER_ALREADY_FAILED                400      orders             order                        Order has already failed
ORDER_TYPE_NOT_MATCH                400      orders             order                        Order type does not match
ORDER_TYPE_CANT_DOWNLOAD            400      orders             order                        This order type cannot be downloaded
ORDER_TIMEOUT                       408      orders             order                        Order processing timed out
USAGE_LIMIT_EXCEEDED                400      orders             usage                        Usage limit exceeded
USAGE_NOT_ENOUGH                    400      orders             usage                        Insufficient usage quota
PLAN_NOT_FOUND                      404      orders             usage                        Plan not found
WEBHOOK_NOT_FOUND                   404      orders             webhook                      Webhook not found
RATE_LIMIT_EXCEEDED                 429      orders             rate-limit                   Too many requests
SERVER_INTERNAL_ERROR               500      orders             server                       Internal server error
85 of 85 errors

"#]]).stderr_eq("");
}

#[test]
fn empty_column_is_left_out() {
    real(&["--api", "orders", "--status", "403"])
        .success()
        .stdout_eq(str![[r#"
Code             Status  API     Category        Description
AUTH_FORBIDDEN   403     orders  authentication  Insufficient permissions
ORDER_NOT_OWNER  403     orders  order           Not the order owner
2 of 85 errors

"#]]);
    real(&["--api", "enconvert"]).success().stdout_eq(str![[r#"
Code                        Status  API        Retry    Description
INVALID_API_KEY_FORMAT      401     enconvert           The API key does not match the expected sk_ or pk_ prefix format.
API_KEY_REVOKED             401     enconvert           The API key has been revoked from the dashboard and is no longer valid.
TOKEN_EXPIRED               401     enconvert           The JWT access token has expired. Request a new token or use the refresh endpoint.
REFRESH_TOKEN_EXPIRED       401     enconvert           The refresh token has expired. Re-authenticate using your API key.
REFRESH_TOKEN_NOT_FOUND     401     enconvert           The refresh token provided does not exist or has already been consumed.
INVALID_TOKEN               401     enconvert           The JWT token is malformed, tampered with, or otherwise invalid.
PRIVATE_KEY_IN_BROWSER      403     enconvert           A private key (sk_) was used in a request originating from a browser. Use a public key with JWT instead.
DOMAIN_NOT_AUTHORIZED       403     enconvert           The request origin does not match any domain in the API key's whitelist.
PUBLIC_KEY_ONLY_FOR_TOKENS  403     enconvert           A public key (pk_) was used to call a conversion endpoint directly. Public keys must first be exchanged for a JWT via /v1/auth/token.
ENDPOINT_NOT_ALLOWED        403     enconvert           The API key or widget token is restricted and does not have access to the requested endpoint.
MONTHLY_LIMIT_REACHED       402     enconvert           The free tier's 20 monthly conversions have been exhausted. Upgrade your plan or wait until the next month.
FILE_TOO_LARGE              413     enconvert           The uploaded file exceeds the maximum size allowed for your subscription tier.
SERVICE_UNAVAILABLE         503     enconvert  backoff  A backend dependency is down or undergoing maintenance. Retry after a short delay.
13 of 85 errors

"#]]);
    everything(&[]).success().stdout_eq(str![[r#"
Code        Status   API         Category  Retry        Description
PLAIN       400      everything                         Nothing special
EXPIRED     401,403  everything  auth      never        A token | has expired
OLD         401      everything  auth                   As `EXPIRED`, once
GONE        410      everything  auth                   Not sent any more
VALIDATION  422      everything  type                   Invalid: {summary}
RAW         500      everything  type                   Details of any shape
OBJECT      500      everything  type                   Details of two members
THE_LONGEST_OF_ALL_THE_NAMES_THAT_ERRORS_HAVE_IN_THIS_CATALOG  500      everything  type                   Its details do not fit a line
LIST        500      everything  type                   Details that are a list
HOOK        event    everything  type      poll         A webhook failed
slow_down   429      everything  type      retry-after  Too fast
slow_down   503      everything  type                   The same code at another status
10001       400      everything  type                   Its code is a number
-1          400      everything  type                   Its code is a negative number
SILENT      401      everything  type                   Go away.
15 of 15 errors

"#]]);
    // The codes are the addresses of the pages, and say no more than the keys.
    let problem = ["--catalogs", "codegen/tests/catalogs/problem.toml"];
    real(&problem).success().stdout_eq(str![[r#"
Code                                     Status  API      Description
https://example.com/probs/out-of-credit  403     problem  The account is empty
not-found                                404     problem  There is nothing here
blank                                    500     problem  Something broke
3 of 3 errors

"#]]);
}

#[test]
fn filters_are_combined() {
    #[track_caller]
    fn check(args: &[&str], expected: &[&str]) {
        let args = [&["--quiet"], args].concat();
        assert_eq!(codes(real(&args)), expected, "{args:?}");
    }
    check(&["--status", "410"], &["FILE_EXPIRED"]);
    check(
        &["--status", "202"],
        &["JOB_NOT_COMPLETED", "EXTRACTION_FAILED", "DOWNLOAD_FAILED"],
    );
    check(
        &["--status", "408-410", "--api", "orders,converso"],
        &["FILE_EXPIRED", "ORDER_TIMEOUT"],
    );
    check(
        &[
            "--status", "408,410", "--api", "orders", "--api", "converso",
        ],
        &["FILE_EXPIRED", "ORDER_TIMEOUT"],
    );
    check(
        &["--status", "5xx", "--api", "ORDERS"],
        &["SERVER_INTERNAL_ERROR"],
    );
    check(&["--retry", "poll"], &["JOB_NOT_COMPLETED"]);
    check(&["--retry", "retry-after"], &["RATE_LIMITED"]);
    check(
        &["--retry", "poll,retry-after"],
        &["JOB_NOT_COMPLETED", "RATE_LIMITED"],
    );
    check(
        &["--retry", "none", "--category", "system"],
        &["INTERNAL_ERROR"],
    );
    check(
        &["--category", "webhook,Usage", "--api", "orders"],
        &[
            "USAGE_LIMIT_EXCEEDED",
            "USAGE_NOT_ENOUGH",
            "PLAN_NOT_FOUND",
            "WEBHOOK_NOT_FOUND",
        ],
    );
    check(&["--event"], &["INVALID_WEBHOOK", "WEBHOOK_FAILED"]);
    check(
        &["--event", "--inferred", "unreachable"],
        &["INVALID_WEBHOOK"],
    );
    check(&["--deprecated"], &[]);
    check(
        &["--status", "404", "--status", "410", "file"],
        &["FILE_EXPIRED"],
    );
}

#[test]
fn words_are_searched_in_all_texts() {
    #[track_caller]
    fn check(args: &[&str], expected: &[&str]) {
        let args = [&["--quiet"], args].concat();
        assert_eq!(codes(real(&args)), expected, "{args:?}");
    }
    // In the code, the key, the title, a message, the description and the action.
    check(&["queue_full"], &["QUEUE_FULL"]);
    check(&["insufficient_CREDITS"], &["insufficient_credits"]);
    check(&["Rate Limited"], &["RATE_LIMITED"]);
    check(&["{domain}"], &["DOMAIN_NOT_AUTHORIZED"]);
    check(&["temporarily", "full"], &["QUEUE_FULL"]);
    check(&["page", "status", "later"], &["SERVICE_UNAVAILABLE"]);
    check(&["scanned"], &["conversion_failed"]);
    check(&["no such thing"], &[]);
    let aliases = everything(&["--quiet", "token_old"]);
    assert_eq!(codes(aliases), ["EXPIRED"]);
}

#[test]
fn deprecated_retired_inferred_and_event_errors_are_filtered() {
    #[track_caller]
    fn check(args: &[&str], expected: &[&str]) {
        let args = [&["--quiet"], args].concat();
        assert_eq!(codes(everything(&args)), expected, "{args:?}");
    }
    check(&["--deprecated"], &["OLD"]);
    check(&["--retired"], &["GONE"]);
    check(&["--inferred"], &["EXPIRED", "VALIDATION", "slow_down"]);
    check(&["--event"], &["HOOK"]);
    check(&["--deprecated", "--retired"], &[]);
    check(&["1234"], &["EXPIRED"]);
}

/// As `explain` shows it, and as programs are told.
#[test]
fn retry_advice_of_a_status_applies_to_its_errors() {
    let catalog = "[envelope]
code = \"/code\"
message = \"/message\"

[status]
429 = { retry = \"retry-after\" }
503 = { meaning = \"Too much to do.\", retry = \"backoff\", inferred = { retry = \"Only so.\" } }
504 = { retry = \"backoff\" }

[error.OWN]
status = 503
description = \"It says so itself.\"
retry = \"never\"

[error.OF_STATUS]
status = [500, 503, 504]
description = \"It says nothing.\"

[error.OF_TWO]
status = [429, 503]
description = \"They say two things.\"

[error.NONE]
status = 500
description = \"Nobody says anything.\"
";
    let api = "[api]\nid = \"shop\"\ntitle = \"Shop API\"\n\n";
    let project = project(&format!("{api}{catalog}"));
    list(&project, &[]).success().stdout_eq(str![[r#"
Code       Status       API   Retry                Description
OWN        503          shop  never                It says so itself.
OF_STATUS  500,503,504  shop  backoff              It says nothing.
OF_TWO     429,503      shop  retry-after,backoff  They say two things.
NONE       500          shop                       Nobody says anything.
4 of 4 errors

"#]]);
    let check = |args: &[&str], expected: &[&str]| {
        let args = [&["--quiet"], args].concat();
        assert_eq!(codes(list(&project, &args)), expected, "{args:?}");
    };
    check(&["--retry", "backoff"], &["OF_STATUS", "OF_TWO"]);
    check(&["--retry", "retry-after,never"], &["OWN", "OF_TWO"]);
    check(&["--retry", "none"], &["NONE"]);
    check(&["--inferred"], &["OWN", "OF_STATUS", "OF_TWO"]);

    let explained = run(&project, &["explain", "OF_STATUS"]);
    explained.success().stdout_eq(str![[r#"
shop/OF_STATUS

It says nothing.

Status     500, 503 or 504
503 means  Too much to do.
Code       OF_STATUS
Retry      backoff: send it again after a delay, as for any 503 (inferred) or 504
...
"#]]);
    run(&project, &["generate"]).success();
    let page = read(&project, "generated/docs/shop.md");
    let retry: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("- Retry"))
        .collect();
    assert_eq!(
        retry,
        [
            "- Retry: the same request fails again (`never`)",
            "- Retry: send it again after a delay (`backoff`), as for any 503 ([inferred](#~inferred-1)) or 504",
            "- Retry: send it again after the time in the `Retry-After` header (`retry-after`), as for any 429; \
             send it again after a delay (`backoff`), as for any 503 ([inferred](#~inferred-1))",
        ]
    );
}

#[test]
fn search_without_a_match_succeeds() {
    real(&["no such thing"])
        .success()
        .stdout_eq(str![[r#"
Nothing is like that: 0 of 85 errors

"#]])
        .stderr_eq("");
    real(&["no such thing", "--quiet"]).success().stdout_eq("");
    real(&["no such thing", "--json"])
        .success()
        .stdout_eq(str![[r#"
{
  "version": 1,
  "errors": []
}

"#]]);
    // A catalog may have no errors yet.
    list(shop("").path(), &[]).success().stdout_eq(str![[r#"
Nothing is like that: 0 of 0 errors

"#]]);
}

#[test]
fn json_contains_every_fact() {
    real(&["--json", "--retry", "retry-after"])
        .success()
        .stdout_eq(str![[r#"
{
  "version": 1,
  "errors": [
    {
      "api": "markdown-anything",
      "catalog": "catalog/markdown-anything.toml",
      "key": "RATE_LIMITED",
      "code": null,
      "aliases": [],
      "rust-name": "RateLimited",
      "category": null,
      "status": [
        429
      ],
      "event": false,
      "title": "Rate Limited",
      "message": [
        "Too Many Attempts."
      ],
      "description": "Returned when the workspace has exceeded its per-minute rate limit.",
      "action": "Wait for the duration specified in the Retry-After header before retrying. See Rate Limits.",
      "retry": "retry-after",
      "headers": {
        "Retry-After": "How long to wait before the next request."
      },
      "details": null,
      "params": {},
      "types": {},
      "columns": {
        "refunded": null
      },
      "docs": null,
      "docs-url": null,
      "see-also": [],
      "since": null,
      "deprecated": null,
      "retired": null,
      "status-rows": [],
      "rules": [],
      "inferred": {},
      "allow": {},
      "bodies": [
        {
          "values": "catalog",
          "status": 429,
          "body": {
            "message": "Too Many Attempts."
          }
        }
      ]
    }
  ]
}

"#]].raw());
    let of_one = real(&["--json", "--api", "converso", "QUEUE_FULL"]).success();
    let args = ["explain", "--json", "converso/QUEUE_FULL"];
    let explained = run(Path::new(WORKSPACE), &args);
    explained.success().stdout_eq(stdout(&of_one));
}

#[test]
fn wrong_usage_exits_with_2() {
    #[track_caller]
    fn check(args: &[&str], expected: impl IntoData) {
        real(args).code(2).stdout_eq("").stderr_eq(expected);
    }
    check(
        &["--api", "oders"],
        str![[r#"
error: there is no API `oders`; did you mean `orders`?

"#]],
    );
    check(
        &["--api", "nowhere"],
        str![[r#"
error: there is no API `nowhere`; known are audio-segments, converso, enconvert, markdown-anything, orders

"#]],
    );
    check(
        &["--category", "webhok"],
        str![[r#"
error: there is no section `webhok`; did you mean `webhook`?

"#]],
    );
    check(
        &["--category", "webhook", "--api", "enconvert"],
        str![[r#"
error: there is no section `webhook`; there is none at all

"#]],
    );
    check(
        &["--retry", "backof"],
        str![[r#"
error: invalid value 'backof' for '--retry <ADVICE>'
  [possible values: never, backoff, retry-after, poll, none]

  tip: a similar value exists: 'backoff'

For more information, try '--help'.

"#]],
    );
    check(
        &["--status", "4040"],
        str![[r#"
error: invalid value '4040' for '--status <STATUS>': statuses are from 100 to 599: write 404, 4xx or 500-599

For more information, try '--help'.

"#]],
    );
    check(
        &["--status", "500-400"],
        str![[r#"
error: invalid value '500-400' for '--status <STATUS>': the first status is above the last

For more information, try '--help'.

"#]],
    );
    let empty = empty_folder();
    list(&empty, &[]).code(2).stderr_eq(str![[r#"
error: no folder `catalog` and no errbook.toml here or above; name the catalogs with --catalogs, or make a first one: cargo errbook new

"#]]);
}

#[test]
fn catalog_with_findings_hides_no_other() {
    let folder = shop("[error.BUSY]\nstatus = 503\nmessage = \"Busy\"\n");
    write(&folder, "catalog/plans.toml", "[api]\n");
    list(&folder, &[])
        .code(1)
        .stdout_eq(str![[r#"
Code  Status  API   Description
BUSY  503     shop  Busy
1 of 1 error

"#]])
        .stderr_eq(str![[r#"
error: 3 errors in the catalogs; catalog/plans.toml is left out
To see what is wrong: cargo errbook check

"#]]);
    let json = list(&folder, &["--json"])
        .code(1)
        .get_output()
        .stdout
        .clone();
    assert!(json.starts_with(b"{\n  \"version\": 1,"));
    // What is left out may be what is asked for.
    list(&folder, &["--api", "plans"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: 3 errors in the catalogs; catalog/plans.toml is left out
To see what is wrong: cargo errbook check
error: in the others there is no API `plans`; known are shop

"#]]);
    let section = ["--category", "orders", "--json"];
    list(&folder, &section).code(1).stdout_eq(str![[r#"
{
  "version": 1,
  "errors": []
}

"#]]);
    fs::remove_file(folder.path().join("catalog/shop.toml")).expect("it is there");
    list(&folder, &[]).code(1).stdout_eq("");
}

#[test]
fn help_describes_the_table() {
    real(&["--help"]).success().stdout_eq(str![[r#"
List the errors of the catalogs, all or those that are asked for

Usage: cargo errbook list [OPTIONS] [WORD]...

Arguments:
  [WORD]...
          Words that are in the code, the key or the texts of an error, each in any of them and in
          whatever case

Options:
      --api <ID>
          Those of this API, or of several: `orders,shop`

      --status <STATUS>
          Those with this status, or one of several: 404, 4xx, 500-599 or 401,403

      --category <ID>
          Those of this section, or of several

      --retry <ADVICE>
...
Examples:
  cargo errbook list                          every error of every API
  cargo errbook list --status 5xx             what servers answer for
  cargo errbook list --api orders not found   those of one API with both words in their texts
  cargo errbook list --retry none --json      what says nothing of trying again, for scripts

An error is shown that all options and words let through. Its code stands first, or its key where
bodies carry no code. In a terminal, each error takes one line of the terminal's width (or as many
columns as the environment variable COLUMNS says). Elsewhere nothing is cut or left out, columns are
aligned with spaces, and --quiet leaves the last line out.

"#]]);
}

/// Texts of all kinds.
const TEXTS: &str = r#"
[error."カード.拒否"]
rust-name = "CardDeclined"
status = [402, 403]
description = "カードが拒否されました。別のカードを使うか、別の方法でお支払いください。🚚👨‍👩‍👧"

[error.REFUSED]
status = 403
description = "הכרטיס נדחה\nA second\tline\n\n  and a third | `with` <b>signs</b>"

[error.A_CODE_THAT_IS_LONGER_THAN_A_CODE_SHOULD_BE_AND_WILL_NOT_FIT]
status = 500
message = "Told by its message {{alone}}"

[error.SHORT]
status = 503
description = "Short"
retry = "backoff"
"#;

#[test]
fn unusual_texts_take_one_line() {
    list(shop(TEXTS).path(), &[])
        .success()
        .stdout_eq(str![[r#"
Code         Status   API   Retry    Description
カード.拒否  402,403  shop           カードが拒否されました。別のカードを使うか、別の方法でお支払いください。🚚👨‍👩‍👧
REFUSED      403      shop           הכרטיס נדחה A second line and a third | `with` <b>signs</b>
A_CODE_THAT_IS_LONGER_THAN_A_CODE_SHOULD_BE_AND_WILL_NOT_FIT  500      shop           Told by its message {alone}
SHORT        503      shop  backoff  Short
4 of 4 errors

"#]].raw());
}

#[cfg(target_os = "linux")]
#[test]
fn terminal_output_fits_the_width() {
    use unicode_width::UnicodeWidthStr;

    let folder = shop(TEXTS);
    in_terminal(folder.path(), 100, &["list"]).eq_to(str![[r#"
␛[1m␛[4mCode                               Status   API   Retry    Description␛[0m
カード.拒否                        402,403  shop           カードが拒否されました。別のカードを使う…
REFUSED                            403      shop           הכרטיס נדחה A second line and a third |…
A_CODE_THAT_IS_LONGER_THAN_A_COD…  500      shop           Told by its message {alone}
SHORT                              503      shop  backoff  Short
4 of 4 errors

"#]]);
    in_terminal(folder.path(), 70, &["list"]).eq_to(str![[r#"
␛[1m␛[4mCode                      Status   API   Description␛[0m
カード.拒否               402,403  shop  カードが拒否されました。別の…
REFUSED                   403      shop  הכרטיס נדחה A second line an…
A_CODE_THAT_IS_LONGER_T…  500      shop  Told by its message {alone}
SHORT                     503      shop  Short
4 of 4 errors

"#]]);
    in_terminal(folder.path(), 46, &["list", "--color", "never"]).eq_to(str![[r#"
Code                                   Status
カード.拒否                            402,403
REFUSED                                403
A_CODE_THAT_IS_LONGER_THAN_A_CODE_SH…  500
SHORT                                  503
4 of 4 errors

"#]]);
    in_terminal(folder.path(), 20, &["list", "--color", "never"]).eq_to(str![[r#"
Code         Status
カード.拒否  402,403
REFUSED      403
A_CODE_THA…  500
SHORT        503
4 of 4 errors

"#]]);
    in_terminal(
        Path::new(WORKSPACE),
        80,
        &["list", "expired", "--color", "never"],
    )
    .eq_to(str![[r#"
Code                   Status  API             Description
TOKEN_EXPIRED          401     audio-segments  JWT has expired
DOWNLOAD_EXPIRED       any     audio-segments  Segment download URL has expired
FILE_EXPIRED           410     converso        Extracted file no longer availab…
TOKEN_EXPIRED          401     enconvert       The JWT access token has expired…
REFRESH_TOKEN_EXPIRED  401     enconvert       The refresh token has expired. R…
AUTH_TOKEN_EXPIRED     401     orders          Authentication token has expired
ORDER_EXPIRED          400     orders          Order has expired
7 of 85 errors

"#]]);
    for columns in [10, 12, 24, 33, 51, 60, 77, 80, 200] {
        for folder in [folder.path(), Path::new(WORKSPACE)] {
            let args = ["list", "--quiet", "--color", "never"];
            let shown = in_terminal(folder, columns, &args);
            for line in shown.lines() {
                assert!(line.width() <= columns, "{columns}: {line}");
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn columns_variable_sets_the_width_of_a_terminal() {
    let shown = in_terminal_with(
        "COLUMNS=40",
        Path::new(WORKSPACE),
        100,
        &["list", "timeout", "--color", "never"],
    );
    shown.eq_to(str![[r#"
Code           Status
ORDER_TIMEOUT  408
1 of 85 errors

"#]]);
    // It says nothing where there is no terminal.
    let of_80 = errbook(Path::new(WORKSPACE), &["list"])
        .env("COLUMNS", "40")
        .assert();
    assert_eq!(printed(of_80), printed(real(&[])));
}

#[test]
fn thousands_of_errors_are_listed() {
    const MANY: usize = 2_000;
    let mut errors = String::new();
    for index in 0..MANY {
        writeln!(
            errors,
            "[error.ERROR_{index}]\nstatus = 400\nmessage = \"Error {index}\""
        )
        .expect("a string takes all");
    }
    let folder = shop(&errors);
    assert_eq!(printed(list(&folder, &[])).lines().count(), MANY + 2);
    let out = printed(list(&folder, &["error_1999"]));
    assert!(out.ends_with("1 of 2000 errors\n"), "{out}");
    let json = printed(list(&folder, &["--json"]));
    assert_eq!(json.matches("\"key\": ").count(), MANY);
}
