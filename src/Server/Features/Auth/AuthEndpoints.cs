using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Features.Users;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Limits;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Features.Auth;

/// <summary><c>/auth</c>.</summary>
internal static class AuthEndpoints
{
    const string CookieMode = "cookie";
    const string LoggedOut = "Successfully logged out";
    const string ResetAccepted = "If a user has this email, a mail is on its way.", ResetDone = "The password is set; sign in with it.";
    const string Verified = "The email is verified.", VerificationAccepted = "Unless the email is verified already, a mail is on its way.";

    static readonly User ExampleUser = new()
    {
        Id = "user-123", Email = "user@example.com", Name = "John Doe", FirstName = "John", LastName = "Doe", Role = UserRole.Trader, Status = UserStatus.Active,
        CreatedAt = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), UpdatedAt = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), LastLogin = new(2024, 1, 15, 9, 30, 0, TimeSpan.Zero),
    };

    static readonly Session ExampleSession = new()
    {
        Token = "eyJhbGciOiJIUzI1NiIs…", AccessToken = "eyJhbGciOiJIUzI1NiIs…", RefreshToken = "Zm9v…", User = ExampleUser, ExpiresIn = 3600,
    };

    public static void AddAuth(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AuthService>().AddSingleton<AccountRecovery>();

    public static void MapAuth(this RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Auth");

        auth.MapPost("/register", RegisterAsync)
            .AllowAnonymous().WithMetadata(new SignInLimit())
            .Described("register", "Registers a user and signs them in",
                "Either `name`, or `firstName` and `lastName`. The role is the configured default: `USER`, in Development `TRADER`.")
            .Takes(new RegisterRequest("newuser@example.com", "correct horse battery", "Jane Doe"))
            .Answers(StatusCodes.Status201Created, ExampleSession)
            .Refuses(ErrorCode.UserExists);

        auth.MapPost("/login", LoginAsync)
            .AllowAnonymous().WithMetadata(new SignInLimit())
            .Described("login", "Signs in",
                "With `\"mode\": \"cookie\"` the tokens come in httpOnly cookies instead of the body, and unsafe requests must carry the cookie `mtx_csrf` in the header `X-CSRF-Token`.")
            .Takes(new LoginRequest("user@example.com", "password123"))
            .Answers(StatusCodes.Status200OK, ExampleSession)
            .Refuses(ErrorCode.Unauthorized, ErrorCode.Forbidden);

        auth.MapPost("/refresh", RefreshAsync)
            .AllowAnonymous()
            .Described("refresh", "Trades a refresh token for new tokens",
                "A refresh token is good once; using a spent one ends the session. In cookie mode the body may be left out; the CSRF header is needed.")
            .Takes(new RefreshRequest("Zm9v…"))
            .Answers(StatusCodes.Status200OK, ExampleSession)
            .Refuses(ErrorCode.Unauthorized, ErrorCode.Forbidden);

        auth.MapPost("/logout", async (Caller caller, AuthService service, SessionCookies cookies, HttpContext context, CancellationToken cancellation) =>
            {
                await service.LogoutAsync(caller.SessionId, cancellation);
                cookies.Clear(context);
                return Api.Done(LoggedOut);
            })
            .Described("logout", "Signs out", "Access and refresh token of this session stop working at once.")
            .AnswersEmpty(StatusCodes.Status200OK, LoggedOut);

        auth.MapPost("/password-reset", async (Body<PasswordResetRequest> body, AccountRecovery recovery, CancellationToken cancellation) =>
            {
                var email = body.Faults.Text(body.Value.Email, "email", lengthMax: 254);
                body.Faults.ThrowIfAny();
                await recovery.RequestPasswordResetAsync(email, cancellation);
                return Api.Accepted(ResetAccepted);
            })
            .AllowAnonymous().WithMetadata(new SignInLimit())
            .Described("requestPasswordReset", "Asks for a mail to set a new password",
                "The answer is the same, and takes as long, whether a user has this email or not. A user gets at most one such mail a minute.")
            .Takes(new PasswordResetRequest("user@example.com"))
            .AnswersEmpty(StatusCodes.Status202Accepted, ResetAccepted);

        auth.MapPost("/password-reset/confirm", async (Body<PasswordResetConfirmRequest> body, AccountRecovery recovery, CancellationToken cancellation) =>
            {
                var token = body.Faults.Text(body.Value.Token, "token", AccountRecovery.TokenMax);
                var password = body.Faults.Password(body.Value.Password);
                body.Faults.ThrowIfAny();
                await recovery.ResetPasswordAsync(token, password, cancellation);
                return Api.Done(ResetDone);
            })
            .AllowAnonymous().WithMetadata(new SignInLimit())
            .Described("confirmPasswordReset", "Sets a new password by a mailed token", "The token works once, for an hour. Every session of the user ends at once, and a lock is lifted.")
            .Takes(new PasswordResetConfirmRequest("Zm9vYmFy…", "correct horse battery"))
            .AnswersEmpty(StatusCodes.Status200OK, ResetDone);

        auth.MapPost("/verify-email", async (Body<VerifyEmailRequest> body, AccountRecovery recovery, CancellationToken cancellation) =>
            {
                var token = body.Faults.Text(body.Value.Token, "token", AccountRecovery.TokenMax);
                body.Faults.ThrowIfAny();
                await recovery.VerifyEmailAsync(token, cancellation);
                return Api.Done(Verified);
            })
            .AllowAnonymous().WithMetadata(new SignInLimit())
            .Described("verifyEmail", "Proves an email by a mailed token", "The token works once, for 48 hours, and only while the user has the email that it was sent to.")
            .Takes(new VerifyEmailRequest("Zm9vYmFy…"))
            .AnswersEmpty(StatusCodes.Status200OK, Verified);

        auth.MapPost("/verify-email/resend", async (Caller caller, AccountRecovery recovery, CancellationToken cancellation) =>
            {
                await recovery.ResendVerificationAsync(caller.UserId, cancellation);
                return Api.Accepted(VerificationAccepted);
            })
            .WithMetadata(new SignInLimit())
            .Described("resendEmailVerification", "Asks for another mail to prove one's email", "Nothing is sent when it is proven already, or when a mail was sent within the last minute.")
            .AnswersEmpty(StatusCodes.Status202Accepted, VerificationAccepted);

        auth.MapGet("/me", async (Caller caller, UserService service, CancellationToken cancellation) =>
                Api.Ok((await service.GetAsync(caller.UserId, cancellation)).ToMe(), new() { ["self"] = "/auth/me", ["user"] = $"/users/{caller.Id}" }).Cacheable())
            .Described("me", "Shows the caller and what they may do")
            .Answers(StatusCodes.Status200OK, new Me
            {
                Id = ExampleUser.Id, Email = ExampleUser.Email, Name = ExampleUser.Name, FirstName = ExampleUser.FirstName, LastName = ExampleUser.LastName,
                Role = ExampleUser.Role, Status = ExampleUser.Status, Permissions = [Permission.ReadMarketData, Permission.CreateOrders], CreatedAt = ExampleUser.CreatedAt,
            })
            .Refuses(ErrorCode.UserNotFound);
    }

    static async Task<IResult> RegisterAsync(Body<RegisterRequest> body, AuthService service, HttpContext context, CancellationToken cancellation)
    {
        var (request, faults) = (body.Value, body.Faults);
        var email = faults.Email(request.Email);
        var password = faults.Password(request.Password);
        var name = PersonName.Require(request.Name, request.FirstName, request.LastName, faults);
        var inCookies = ReadMode(request.Mode, faults);
        faults.ThrowIfAny();
        var opened = await service.RegisterAsync(email, password, name, cancellation);
        return Api.Created($"/users/{Ids.User(opened.User.Id)}", Answer(context, opened, inCookies));
    }

    static async Task<IResult> LoginAsync(Body<LoginRequest> body, AuthService service, HttpContext context, CancellationToken cancellation)
    {
        var (request, faults) = (body.Value, body.Faults);
        var email = faults.Text(request.Email, "email", lengthMax: 254);
        if (request.Password is null)
            faults.Add("password", "is required");
        else
            faults.Require(request.Password.Length is > 0 and <= 128, "password", "must have 1 to 128 characters");
        var inCookies = ReadMode(request.Mode, faults);
        faults.ThrowIfAny();
        return Api.Ok(Answer(context, await service.LoginAsync(email, request.Password!, cancellation), inCookies));
    }

    static async Task<IResult> RefreshAsync(Body<RefreshRequest> body, AuthService service, SessionCookies cookies, HttpContext context, CancellationToken cancellation)
    {
        var faults = body.Faults;
        var inCookies = body.Value.RefreshToken is null && !faults.Any && context.Request.Cookies.ContainsKey(SessionCookies.Refresh);
        var token = inCookies ? context.Request.Cookies[SessionCookies.Refresh]! : faults.Text(body.Value.RefreshToken, "refreshToken", lengthMax: 200);
        faults.ThrowIfAny();
        if (inCookies && !cookies.IsProven(context.Request, AuthService.SessionIdOf(token) ?? ""))
            return Api.Refused(TokenAuthentication.MissingCsrf);
        return Api.Ok(Answer(context, await service.RefreshAsync(token, cancellation), inCookies));
    }

    static Session Answer(HttpContext context, OpenedSession opened, bool inCookies)
    {
        var expiresIn = context.RequestServices.GetRequiredService<AuthOptions>().AccessTokenSeconds;
        if (!inCookies)
            return new() { Token = opened.AccessToken, AccessToken = opened.AccessToken, RefreshToken = opened.RefreshToken, User = opened.User.ToUser(), ExpiresIn = expiresIn };
        var cookies = context.RequestServices.GetRequiredService<SessionCookies>();
        cookies.Set(context, opened.AccessToken, opened.RefreshToken, opened.SessionId);
        return new() { CsrfToken = cookies.CsrfTokenOf(opened.SessionId), User = opened.User.ToUser(), ExpiresIn = expiresIn };
    }

    static bool ReadMode(string? mode, Faults faults)
    {
        faults.Require(mode is null or "token" or CookieMode, "mode", "must be token or cookie");
        return mode == CookieMode;
    }
}
