using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Features.Users;

/// <summary><c>/users</c>.</summary>
internal static class UserEndpoints
{
    static readonly User Example = new()
    {
        Id = "user-123", Email = "user@example.com", Name = "John Doe", FirstName = "John", LastName = "Doe", Role = UserRole.Trader, Status = UserStatus.Active,
        CreatedAt = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), UpdatedAt = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), LastLogin = new(2024, 1, 15, 9, 30, 0, TimeSpan.Zero),
    };

    public static void AddUsers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton<UserService>();
        builder.Services.AddSingleton<UserList>();
        builder.Services.AddHostedService<FirstUsers>();
    }

    public static void MapUsers(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");

        users.MapGet("", (QueryReader query, HttpRequest request, UserList list, CancellationToken cancellation) => list.ListAsync(query, request.Query, cancellation))
            .Requires(Permission.ManageUsers)
            .Described("listUsers", "Lists users", "Administrators only.")
            .Query("search", "Part of email or name, in any letter case.", "doe")
            .Query("role", "Only users with this role.", UserRole.Trader)
            .Query("status", "Only users with this status.", UserStatus.Active)
            .Query("sort", "`createdAt` (default), `email`, `name`, `firstName`, `lastName`, `lastLogin`, `role` or `status`.", "createdAt")
            .Query("order", "`asc` (default) or `desc`.", "asc")
            .AnswersList(Example);

        users.MapPost("", CreateAsync)
            .Requires(Permission.ManageUsers)
            .Described("createUser", "Creates a user", "Administrators only. Either `name`, or `firstName` and `lastName`; the other form is derived. Role `USER` unless given.")
            .Takes(new CreateUserRequest("newuser@example.com", "tempPassword123", "Jane Doe", Role: UserRole.Trader))
            .Answers(StatusCodes.Status201Created, Example with { Id = "user-456", Email = "newuser@example.com", Name = "Jane Doe", FirstName = "Jane", LastName = "Doe", LastLogin = null })
            .Refuses(ErrorCode.UserExists);

        users.MapGet("/{id}", async (string id, Caller caller, UserService service, CancellationToken cancellation) =>
                Show(await service.GetAsync(Allowed(caller, id), cancellation)).Cacheable())
            .Described("getUser", "Shows a user", "The user themselves or an administrator.")
            .Path("id", "The user's id.", "user-123")
            .Answers(StatusCodes.Status200OK, Example)
            .Refuses(ErrorCode.UserNotFound, ErrorCode.Forbidden);

        users.MapPut("/{id}", (string id, Body<UpdateUserRequest> body, Caller caller, UserService service, CancellationToken cancellation) =>
                UpdateAsync(id, body, isWhole: true, caller, service, cancellation))
            .Described("replaceUser", "Replaces a user's profile",
                "The user themselves or an administrator. A name is required and an absent avatar is removed. Role, status, email and password keep their value when absent; "
                + "role and status are an administrator's to change, and changing one's own email or password needs `currentPassword`. Suspending a user ends their sessions at once.")
            .Path("id", "The user's id.", "user-456")
            .Takes(new UpdateUserRequest(Name: "Jane Smith", Role: UserRole.Admin, Status: UserStatus.Suspended))
            .Answers(StatusCodes.Status200OK, Example with { Id = "user-456", Name = "Jane Smith", FirstName = "Jane", LastName = "Smith", Role = UserRole.Admin, Status = UserStatus.Suspended })
            .Refuses(ErrorCode.UserNotFound, ErrorCode.UserExists, ErrorCode.LastAdmin);

        users.MapPatch("/{id}", (string id, Body<UpdateUserRequest> body, Caller caller, UserService service, CancellationToken cancellation) =>
                UpdateAsync(id, body, isWhole: false, caller, service, cancellation))
            .Described("updateUser", "Changes parts of a user", "As PUT, but whatever is absent keeps its value; an empty `avatar` removes the picture.")
            .Path("id", "The user's id.", "user-123")
            .Takes(new UpdateUserRequest(FirstName: "Johnny", LastName: "Doe"))
            .Answers(StatusCodes.Status200OK, Example with { Name = "Johnny Doe", FirstName = "Johnny" })
            .Refuses(ErrorCode.UserNotFound, ErrorCode.UserExists, ErrorCode.LastAdmin);

        users.MapDelete("/{id}", async (string id, UserService service, CancellationToken cancellation) =>
            {
                await service.DeleteAsync(Parse(id), cancellation);
                return Api.NoContent();
            })
            .Requires(Permission.ManageUsers)
            .Described("deleteUser", "Deletes a user", "Administrators only. Ends the user's sessions at once; the id is never given again.")
            .Path("id", "The user's id.", "user-456")
            .AnswersEmpty()
            .Refuses(ErrorCode.UserNotFound, ErrorCode.LastAdmin);
    }

    static async Task<IResult> CreateAsync(Body<CreateUserRequest> body, UserService service, CancellationToken cancellation)
    {
        var (request, faults) = (body.Value, body.Faults);
        var email = faults.Email(request.Email);
        var password = faults.Password(request.Password);
        var name = PersonName.Require(request.Name, request.FirstName, request.LastName, faults);
        var avatar = UserService.ReadAvatar(request.Avatar, faults);
        faults.ThrowIfAny();
        var user = await service.CreateAsync(email, password, name, request.Role ?? UserRole.User, request.Status ?? UserStatus.Active,
            avatar is "" ? null : avatar, cancellation);
        return Api.Created(PathOf(user.Id), user.ToUser(), LinksOf(user.Id));
    }

    static async Task<IResult> UpdateAsync(string id, Body<UpdateUserRequest> body, bool isWhole, Caller caller, UserService service, CancellationToken cancellation) =>
        Show(await service.UpdateAsync(caller, Allowed(caller, id), body.Value, isWhole, body.Faults, cancellation));

    static ApiResult<User> Show(Store.UserRow user) => Api.Ok(user.ToUser(), LinksOf(user.Id));

    static string PathOf(long id) => $"/users/{Ids.User(id)}";

    static Links LinksOf(long id) => new() { ["self"] = PathOf(id) };

    // Before looking anything up, so that who may not look cannot learn which users exist.
    static long Allowed(Caller caller, string id)
    {
        if (!Ids.TryParse(id, "user", out var number))
            caller.RequireActFor(-1);
        else
            caller.RequireActFor(number);
        return Parse(id);
    }

    static long Parse(string id) => Ids.TryParse(id, "user", out var number) ? number : throw new ApiException(ErrorCode.UserNotFound, "There is no such user.");
}
