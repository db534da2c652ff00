using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Client;

/// <summary>Sends requests and unwraps answers: tokens, request ids, retries, the envelope.</summary>
sealed class ApiTransport(HttpClient http, MyTradeXClientOptions options, SessionKeeper session)
{
    const string Root = "api/v1/";

    readonly Backoff _backoff = new(options);

    /// <summary>Reads something; repeated freely.</summary>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation) =>
        Payload(await SendAsync<T>(new(HttpMethod.Get, path), cancellation));

    /// <summary>Reads a page of a list; repeated freely.</summary>
    public async Task<Page<T>> GetPageAsync<T>(string path, CancellationToken cancellation)
    {
        var answer = await SendAsync<IReadOnlyList<T>>(new(HttpMethod.Get, path), cancellation);
        return new(Payload(answer), answer.Envelope.Pagination);
    }

    /// <summary>Asks something with a body that changes nothing; repeated freely.</summary>
    public async Task<T> QueryAsync<T>(string path, object body, CancellationToken cancellation) =>
        Payload(await SendAsync<T>(new(HttpMethod.Post, path) { Body = body, IsRepeatable = true }, cancellation));

    /// <summary>Changes something. An idempotency key makes it safe to repeat; one is made unless given.</summary>
    public async Task<ApiResult<T>> WriteAsync<T>(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellation)
    {
        var request = new Request(method, path) { Body = body, IdempotencyKey = idempotencyKey ?? Guid.NewGuid().ToString("N"), IsRepeatable = true };
        var answer = await SendAsync<T>(request, cancellation);
        return new(Payload(answer), answer.Sequence, answer.Envelope.RequestId);
    }

    /// <summary>Opens, renews or ends a session; never repeated when its outcome is unknown, since a refresh token works once.</summary>
    public async Task<T?> AuthAsync<T>(string path, object? body, bool isSignedIn, CancellationToken cancellation) =>
        (await SendAsync<T>(new(HttpMethod.Post, path) { Body = body, NeedsSession = isSignedIn }, cancellation)).Envelope.Data;

    static T Payload<T>(Answer<T> answer) => answer.Envelope.Data
        ?? throw new InvalidDataException($"The server answered request {answer.Envelope.RequestId} without data.");

    async Task<Answer<T>> SendAsync<T>(Request request, CancellationToken cancellation)
    {
        var requestId = $"net-{Guid.NewGuid():N}";
        var isRenewed = false;
        for (var retries = 0; ; retries++)
        {
            var token = request.NeedsSession ? session.Current?.AccessToken : null;
            TimeSpan? pause;
            try
            {
                using var message = Message(request, requestId, token);
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                timeout.CancelAfter(options.AttemptTimeout);
                using var response = await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, timeout.Token);
                if (response.IsSuccessStatusCode) return await ReadAsync<T>(response, requestId, timeout.Token);

                if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null && !isRenewed
                    && await session.RenewAsync(token, RefreshAsync))
                {
                    // The request was refused before anything was done, so it is sent again as it is.
                    isRenewed = true;
                    retries--;
                    continue;
                }
                var refusal = await RefusalAsync(response, requestId, timeout.Token);
                pause = Backoff.IsTransient(response.StatusCode, request.IsRepeatable) ? _backoff.Next(retries, refusal.RetryAfter) : null;
                if (pause is null) throw refusal;
            }
            catch (Exception failure) when (IsNoAnswer(failure, cancellation))
            {
                var wasNotSent = failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
                pause = wasNotSent || request.IsRepeatable ? _backoff.Next(retries, retryAfter: null) : null;
                if (pause is null) throw Unreachable(request, requestId, wasNotSent, failure);
            }
            await Task.Delay(pause.Value, options.TimeProvider, cancellation);
        }
    }

    static bool IsNoAnswer(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    ApiUnreachableException Unreachable(Request request, string requestId, bool wasNotSent, Exception failure)
    {
        var isOutcomeUnknown = !wasNotSent && request.Method != HttpMethod.Get;
        var what = wasNotSent ? $"No server answers at {options.BaseAddress}"
            : failure is OperationCanceledException ? $"{options.BaseAddress} did not answer within {options.AttemptTimeout.TotalSeconds:0.#} s"
            : $"The connection to {options.BaseAddress} broke";
        return new(isOutcomeUnknown ? $"{what}; whether the request was carried out is unknown." : $"{what}.", requestId, isOutcomeUnknown, failure);
    }

    /// <summary>Trades a refresh token for a new session.</summary>
    public async Task<Session> RefreshAsync(string refreshToken) =>
        await AuthAsync<Session>("auth/refresh", new RefreshRequest(refreshToken), isSignedIn: false, CancellationToken.None)
        ?? throw new InvalidDataException("The server renewed a session without data.");

    HttpRequestMessage Message(Request request, string requestId, string? token)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(options.BaseAddress, Root + request.Path));
        message.Headers.Add("X-Request-ID", requestId);
        message.Headers.Add("X-Client-Timestamp", options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        if (request.IdempotencyKey is { } key) message.Headers.Add("Idempotency-Key", key);
        if (token is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (request.Body is { } body) message.Content = JsonContent.Create(body, body.GetType(), options: WireJson.Options);
        return message;
    }

    static async Task<Answer<T>> ReadAsync<T>(HttpResponseMessage response, string requestId, CancellationToken cancellation)
    {
        var sequence = response.Headers.TryGetValues("X-Sequence", out var values) && long.TryParse(values.First(), out var number) ? number : (long?)null;
        if (response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0)
            return new(new ApiResponse<T> { Success = true, RequestId = requestId }, sequence);
        try
        {
            var envelope = await response.Content.ReadFromJsonAsync<ApiResponse<T>>(WireJson.Options, cancellation);
            return new(envelope ?? throw new InvalidDataException($"The answer to request {requestId} is empty."), sequence);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The answer to request {requestId} is not what this client reads: {fault.Message}", fault);
        }
    }

    async Task<ApiException> RefusalAsync(HttpResponseMessage response, string requestId, CancellationToken cancellation)
    {
        var retryAfter = response.Headers.RetryAfter is { } header
            ? header.Delta ?? (header.Date is { } date ? Max(date - options.TimeProvider.GetUtcNow(), TimeSpan.Zero) : null)
            : (TimeSpan?)null;
        var text = await response.Content.ReadAsStringAsync(cancellation);
        var envelope = ReadRefusal(text);
        // What answers without the envelope is not the server but something on the way to it.
        var error = envelope?.Error ?? new ApiError($"HTTP_{(int)response.StatusCode}", $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        return new(response.StatusCode, error, envelope is { RequestId.Length: > 0 } ? envelope.RequestId : requestId, retryAfter);
    }

    static ApiResponse<JsonElement>? ReadRefusal(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ApiResponse<JsonElement>>(text, WireJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    sealed record Request(HttpMethod Method, string Path)
    {
        public object? Body { get; init; }
        public string? IdempotencyKey { get; init; }
        public bool IsRepeatable { get; init; } = Method == HttpMethod.Get;
        public bool NeedsSession { get; init; } = true;
    }

    readonly record struct Answer<T>(ApiResponse<T> Envelope, long? Sequence);
}
