namespace MyTradeX.Contracts;

/// <summary>
/// One reason for a refusal, the same on every door. <see cref="All"/> is the whole list, in order of precedence:
/// when several reasons apply to one request, the one listed first is the one that is told.
/// </summary>
/// <remarks>Immutable; safe from any thread. Names never change once published; clients switch on them.</remarks>
public sealed class ErrorCode
{
    static readonly List<ErrorCode> _all = [];

    ErrorCode(string name, int httpStatus, string meaning, bool retryable = false)
    {
        Name = name;
        HttpStatus = httpStatus;
        Meaning = meaning;
        IsRetryable = retryable;
        Precedence = _all.Count;
        _all.Add(this);
    }

    /// <summary>The name on the wire, in capitals with underscores.</summary>
    public string Name { get; }

    /// <summary>The HTTP status that carries it, 400–599.</summary>
    public int HttpStatus { get; }

    /// <summary>What it means, in one sentence for documentation.</summary>
    public string Meaning { get; }

    /// <summary>Whether the very same request may succeed later, without a change by its sender.</summary>
    public bool IsRetryable { get; }

    /// <summary>Its place in <see cref="All"/>, from 0; the lower one wins.</summary>
    public int Precedence { get; }

    // 1. The request could not be read.
    /// <summary>The address or headers ask for a version that does not exist.</summary>
    public static readonly ErrorCode UnsupportedApiVersion = new("UNSUPPORTED_API_VERSION", 400, "The requested API version does not exist.");
    /// <summary>No such address, or no such resource of a kind without a code of its own.</summary>
    public static readonly ErrorCode NotFound = new("NOT_FOUND", 404, "There is nothing at this address.");
    /// <summary>The address exists, but not for this method.</summary>
    public static readonly ErrorCode MethodNotAllowed = new("METHOD_NOT_ALLOWED", 405, "The address does not take this method; `Allow` lists those it takes.");
    /// <summary>The body exceeds the size limit.</summary>
    public static readonly ErrorCode PayloadTooLarge = new("PAYLOAD_TOO_LARGE", 413, "The body is larger than this address accepts.");
    /// <summary>The body is in a form this address does not read.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new("UNSUPPORTED_MEDIA_TYPE", 415, "The body's `Content-Type` is not one this address reads.");

    // 2. Who asks, and whether they may.
    /// <summary>No credentials, or ones that are wrong, expired or revoked.</summary>
    public static readonly ErrorCode Unauthorized = new("UNAUTHORIZED", 401, "Credentials are missing, wrong, expired or revoked.");
    /// <summary>More requests than the sender's share.</summary>
    public static readonly ErrorCode RateLimitExceeded = new("RATE_LIMIT_EXCEEDED", 429, "Too many requests; `Retry-After` says how many seconds to wait.", retryable: true);
    /// <summary>The caller is known but lacks the permission.</summary>
    public static readonly ErrorCode Forbidden = new("FORBIDDEN", 403, "The caller may not do this.");

    // 3. What the request says.
    /// <summary>A field is missing, of the wrong type or outside its range.</summary>
    public static readonly ErrorCode ValidationError = new("VALIDATION_ERROR", 400, "The request has faults; `details` names the first field and, when several, `errors` lists them all.");
    /// <summary>A list asks for more entries than its limit.</summary>
    public static readonly ErrorCode LimitExceeded = new("LIMIT_EXCEEDED", 400, "A fixed limit would be passed.");
    /// <summary>The idempotency key was used for a different request, or its first use is still under way.</summary>
    public static readonly ErrorCode IdempotencyConflict = new("IDEMPOTENCY_CONFLICT", 409, "The idempotency key belongs to a different request, or to one still under way.");

    // 4. What the request is about.
    /// <summary>No such user.</summary>
    public static readonly ErrorCode UserNotFound = new("USER_NOT_FOUND", 404, "There is no such user.");
    /// <summary>The email already has a user.</summary>
    public static readonly ErrorCode UserExists = new("USER_EXISTS", 409, "A user with this email exists already.");
    /// <summary>The last active administrator would be lost.</summary>
    public static readonly ErrorCode LastAdmin = new("LAST_ADMIN", 409, "The last active administrator cannot be demoted, suspended or deleted.");
    /// <summary>No such instrument.</summary>
    public static readonly ErrorCode InstrumentNotFound = new("INSTRUMENT_NOT_FOUND", 404, "There is no such instrument.");
    /// <summary>The symbol is listed already.</summary>
    public static readonly ErrorCode InstrumentExists = new("INSTRUMENT_EXISTS", 409, "An instrument with this symbol exists already.");
    /// <summary>No such currency.</summary>
    public static readonly ErrorCode CurrencyNotFound = new("CURRENCY_NOT_FOUND", 404, "There is no such currency.");
    /// <summary>The currency is there already.</summary>
    public static readonly ErrorCode CurrencyExists = new("CURRENCY_EXISTS", 409, "A currency with this code exists already.");
    /// <summary>No such account, or another user's.</summary>
    public static readonly ErrorCode AccountNotFound = new("ACCOUNT_NOT_FOUND", 404, "There is no such account among the caller's.");
    /// <summary>The account still holds or reserves something.</summary>
    public static readonly ErrorCode AccountNotEmpty = new("ACCOUNT_NOT_EMPTY", 409, "The account still has money, shares or open orders.");
    /// <summary>No such transfer, or another user's.</summary>
    public static readonly ErrorCode TransferNotFound = new("TRANSFER_NOT_FOUND", 404, "There is no such transfer among the caller's.");
    /// <summary>The transfer no longer waits.</summary>
    public static readonly ErrorCode TransferNotScheduled = new("TRANSFER_NOT_SCHEDULED", 409, "The transfer no longer waits; it cannot be cancelled.");
    /// <summary>No such order, or another user's.</summary>
    public static readonly ErrorCode OrderNotFound = new("ORDER_NOT_FOUND", 404, "There is no such order among the caller's.");
    /// <summary>The client order id was used before.</summary>
    public static readonly ErrorCode DuplicateClientOrderId = new("DUPLICATE_CLIENT_ORDER_ID", 409, "The client order id belongs to an earlier order.");
    /// <summary>The order is filled, cancelled, expired or rejected.</summary>
    public static readonly ErrorCode OrderNotOpen = new("ORDER_NOT_OPEN", 409, "The order works no longer; it cannot be changed or cancelled.");
    /// <summary>No such job.</summary>
    public static readonly ErrorCode JobNotFound = new("JOB_NOT_FOUND", 404, "There is no such job; finished ones are kept by number.");
    /// <summary>The job's state does not allow it.</summary>
    public static readonly ErrorCode JobStateConflict = new("JOB_STATE_CONFLICT", 409, "The job's state does not allow this: what runs or waits can be cancelled, what has ended can be tried again.");

    // 5. The venue's rules, in the order in which the exchange checks them.
    /// <summary>The kill switch is on.</summary>
    public static readonly ErrorCode TradingBlocked = new("TRADING_BLOCKED", 422, "The user's kill switch is on; lift it to trade again.");
    /// <summary>The account is closed or not of a tradable type.</summary>
    public static readonly ErrorCode AccountNotTradable = new("ACCOUNT_NOT_TRADABLE", 422, "The account cannot trade.");
    /// <summary>The account is closed.</summary>
    public static readonly ErrorCode AccountClosed = new("ACCOUNT_CLOSED", 422, "The account is closed.");
    /// <summary>The transfer's amount is above the limit for one.</summary>
    public static readonly ErrorCode TransferLimitExceeded = new("TRANSFER_LIMIT_EXCEEDED", 400, "Amount exceeds maximum limit");
    /// <summary>The account would send more in one day than it may.</summary>
    public static readonly ErrorCode DailyLimitExceeded = new("DAILY_LIMIT_EXCEEDED", 422, "The account would send more in one day than it may.");
    /// <summary>The account has its maximum of scheduled transfers.</summary>
    public static readonly ErrorCode TooManyTransfers = new("TOO_MANY_TRANSFERS", 422, "The account has its maximum of scheduled transfers.");
    /// <summary>The account's currency is not the instrument's.</summary>
    public static readonly ErrorCode CurrencyMismatch = new("CURRENCY_MISMATCH", 422, "The currencies differ.");
    /// <summary>The instrument is halted.</summary>
    public static readonly ErrorCode MarketHalted = new("MARKET_HALTED", 422, "Trading in the instrument is halted.", retryable: true);
    /// <summary>The session is closed.</summary>
    public static readonly ErrorCode MarketClosed = new("MARKET_CLOSED", 422, "The instrument's session is closed.", retryable: true);
    /// <summary>The price is off the tick.</summary>
    public static readonly ErrorCode InvalidTickSize = new("INVALID_TICK_SIZE", 422, "The price is not a multiple of the instrument's tick; `suggested` has the nearest.");
    /// <summary>The quantity is off the lot.</summary>
    public static readonly ErrorCode InvalidLotSize = new("INVALID_LOT_SIZE", 422, "The quantity is not a multiple of the instrument's lot; `suggested` has the nearest.");
    /// <summary>The quantity is outside the instrument's range.</summary>
    public static readonly ErrorCode QuantityOutOfRange = new("QUANTITY_OUT_OF_RANGE", 422, "The quantity is outside the instrument's range.");
    /// <summary>The price is outside the instrument's band.</summary>
    public static readonly ErrorCode PriceOutOfBand = new("PRICE_OUT_OF_BAND", 422, "The price is outside the instrument's band; `suggested` has the nearest valid one.");
    /// <summary>The order's worth exceeds what one order may be.</summary>
    public static readonly ErrorCode OrderTooLarge = new("ORDER_TOO_LARGE", 422, "The order's worth exceeds the limit for one order.");
    /// <summary>An amount cannot be represented or exceeds its limit.</summary>
    public static readonly ErrorCode AmountOutOfRange = new("AMOUNT_OUT_OF_RANGE", 422, "The amount is outside its range.");
    /// <summary>An amended quantity would lie below what is filled already.</summary>
    public static readonly ErrorCode QuantityBelowFilled = new("QUANTITY_BELOW_FILLED", 422, "The new quantity is not above what is filled already.");
    /// <summary>The account has its maximum of open orders.</summary>
    public static readonly ErrorCode TooManyOpenOrders = new("TOO_MANY_OPEN_ORDERS", 422, "The account has its maximum of open orders.");
    /// <summary>A post-only order would trade at once.</summary>
    public static readonly ErrorCode PostOnlyWouldTake = new("POST_ONLY_WOULD_TAKE", 422, "The order is post-only and would trade at once.");
    /// <summary>Not enough available shares.</summary>
    public static readonly ErrorCode InsufficientPosition = new("INSUFFICIENT_POSITION", 422, "The account has too few shares available.");
    /// <summary>Not enough available cash.</summary>
    public static readonly ErrorCode InsufficientFunds = new("INSUFFICIENT_FUNDS", 422, "The account has too little cash available.");

    // 6. The server itself.
    /// <summary>A fault of the server.</summary>
    public static readonly ErrorCode InternalServerError = new("INTERNAL_SERVER_ERROR", 500, "The server failed; the outcome is unknown. Quote the request id.");
    /// <summary>The server cannot tell whether the request was carried out.</summary>
    public static readonly ErrorCode OutcomeUnknown = new("OUTCOME_UNKNOWN", 503, "The server cannot tell whether this was done. Asking again with the same idempotency key or client order id tells, and never does it twice.", retryable: true);
    /// <summary>The server cannot take the request now.</summary>
    public static readonly ErrorCode ServiceUnavailable = new("SERVICE_UNAVAILABLE", 503, "The server cannot take this now; nothing was done. Try again after `Retry-After` seconds.", retryable: true);

    /// <summary>Every code, in order of precedence.</summary>
    public static IReadOnlyList<ErrorCode> All => _all;

    /// <summary>The code with this wire name, or null.</summary>
    public static ErrorCode? Find(string? name) => _all.Find(code => code.Name == name);

    /// <summary>The wire name.</summary>
    public override string ToString() => Name;
}
