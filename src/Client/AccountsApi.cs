using MyTradeX.Contracts.Trading;

namespace MyTradeX.Client;

/// <summary>Cash.</summary>
public sealed class AccountsApi
{
    readonly ApiTransport _transport;

    internal AccountsApi(ApiTransport transport) => _transport = transport;

    /// <summary>One page of the caller's accounts.</summary>
    public Task<Page<AccountDto>> ListAsync(string? cursor = null, int? size = null, CancellationToken cancellation = default) =>
        _transport.GetPageAsync<AccountDto>($"accounts{new Query().Add("cursor", cursor).Add("size", size)}", cancellation);

    /// <summary>Brings money in: administrators anywhere, owners where the server hands out paper money.</summary>
    public Task<ApiResult<AccountDto>> DepositAsync(string accountId, decimal amount, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _transport.WriteAsync<AccountDto>(
            HttpMethod.Post, $"accounts/{Uri.EscapeDataString(accountId)}/deposits", new DepositRequest(amount), idempotencyKey, cancellation);

    /// <summary>Brings shares in: administrators anywhere, owners where the server hands out paper money.</summary>
    public Task<ApiResult<AccountDto>> DeliverAsync(
        string accountId, DeliverPositionRequest delivery, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _transport.WriteAsync<AccountDto>(
            HttpMethod.Post, $"accounts/{Uri.EscapeDataString(accountId)}/positions", delivery, idempotencyKey, cancellation);
}
