using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Accounts;

/// <summary>Pages through a user's accounts, oldest first.</summary>
internal sealed class AccountList(AccountService accounts, CursorCodec cursors)
{
    const string Scope = "accounts";

    public async Task<ApiResult<IReadOnlyList<AccountDto>>> ListAsync(Caller caller, QueryReader query, IQueryCollection raw)
    {
        var page = PageRequest.From(query);
        var cursor = page.OpenCursor<Cursor<long>>(cursors, Scope, query.Faults);
        query.Faults.ThrowIfAny();
        var (shown, pagination) = MemoryPages.Cut(await accounts.ListAsync(caller), static account => account.Id, page, cursor, place => cursors.Seal(place, Scope));
        return Api.List<AccountDto>([.. shown.Select(account => accounts.Show(in account))], pagination, page.Links("/accounts", raw, pagination));
    }
}
