using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Users;

/// <summary>Lists users by filters, in a chosen order, paged either way.</summary>
internal sealed class UserList(UserStore users, CursorCodec cursors)
{
    public async Task<ApiResult<IReadOnlyList<User>>> ListAsync(QueryReader query, IQueryCollection raw, CancellationToken cancellation)
    {
        var wanted = new UserQuery
        {
            Search = query.Text("search"),
            Role = query.Enum<UserRole>("role") is { } role ? WireName.Of(role) : null,
            Status = query.Enum<UserStatus>("status") is { } status ? WireName.Of(status) : null,
            Sort = ReadSort(query),
            Descending = query.Word("order", "asc", "desc") == "desc",
        };
        var page = PageRequest.From(query);
        var scope = $"users {wanted}";
        var cursor = page.OpenCursor<Cursor<UserKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();

        var (rows, pagination) = await new StoredPages<UserRow, UserKey>(cursors, scope).ReadAsync(
            page, cursor, (number, size) => users.ListAsync(wanted, number, size, cancellation), (place, size) => users.ListAsync(wanted, place, size, cancellation));
        return Api.List<User>([.. rows.Select(row => row.ToUser())], pagination, page.Links("/users", raw, pagination));
    }

    static UserSort ReadSort(QueryReader query) => query.Word("sort", "createdAt", "email", "name", "firstName", "lastName", "lastLogin", "role", "status") switch
    {
        "email" => UserSort.Email,
        "name" => UserSort.Name,
        "firstName" => UserSort.FirstName,
        "lastName" => UserSort.LastName,
        "lastLogin" => UserSort.LastLogin,
        "role" => UserSort.Role,
        "status" => UserSort.Status,
        _ => UserSort.CreatedAt,
    };
}
