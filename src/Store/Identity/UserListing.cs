namespace MyTradeX.Store;

/// <summary>The fixed set of orders a list of users comes in, each in both directions.</summary>
internal static class UserListing
{
    private static readonly Dictionary<(UserSort, bool), Listing<UserRow, UserKey>> All =
        Enum.GetValues<UserSort>()
            .SelectMany(sort => new[] { (sort, false), (sort, true) })
            .ToDictionary(order => order, order => For(order.sort, order.Item2));

    public static Listing<UserRow, UserKey> Of(UserQuery query) => All[(query.Sort, query.Descending)];

    public static Filter Filter(UserQuery query) => new Filter()
        .WhereGiven("search_text LIKE @search ESCAPE '\\'", "search", query.Search is null ? null : Store.Filter.Containing(query.Search.ToLowerInvariant()))
        .WhereGiven("role = @role", "role", query.Role)
        .WhereGiven("status = @status", "status", query.Status);

    private static Listing<UserRow, UserKey> For(UserSort sort, bool descending) => sort switch
    {
        UserSort.CreatedAt => ByNumber("created_at", user => user.CreatedAt, descending),
        UserSort.LastLogin => ByNumber("COALESCE(last_login, -1)", user => user.LastLogin ?? -1, descending),
        UserSort.Email => ByText("email_key", user => UserStore.EmailKey(user.Email), descending),
        UserSort.FirstName => ByText("lower(first_name)", user => Lower(user.FirstName), descending),
        UserSort.LastName => ByText("lower(last_name)", user => Lower(user.LastName), descending),
        UserSort.Name => ByText("lower(name)", user => Lower(user.Name), descending),
        UserSort.Role => ByText("role", user => user.Role, descending),
        UserSort.Status => ByText("status", user => user.Status, descending),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static Listing<UserRow, UserKey> ByNumber(string column, Func<UserRow, long> value, bool descending) =>
        new("SELECT * FROM users", [column, "id"], descending, user => new UserKey(value(user).ToString(), user.Id), key => [long.Parse(key.Value), key.Id]);

    private static Listing<UserRow, UserKey> ByText(string column, Func<UserRow, string> value, bool descending) =>
        new("SELECT * FROM users", [column, "id"], descending, user => new UserKey(value(user), user.Id), key => [key.Value, key.Id]);

    // SQL's lower() changes A–Z alone (SQLite always, PostgreSQL under the "C" collation), and a key must equal what SQL compares.
    private static string Lower(string text) =>
        string.Create(text.Length, text, (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        });
}
