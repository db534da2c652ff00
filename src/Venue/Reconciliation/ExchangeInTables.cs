using MyTradeX.Core;
using MyTradeX.Store;
using MyTradeX.Venue.Projection;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// Holds SQL's accounts, positions, instruments and open orders against an exchange at the sequence that SQL has come to: every column of every
/// row, and no row too many. Which command last changed a row the exchange does not remember; it is compared where a replay has seen it.
/// </summary>
sealed class ExchangeInTables
{
    readonly Exchange _exchange;
    readonly ProjectionView _view;
    readonly Findings _findings;
    readonly LastChanges _changes;
    readonly ProjectionMapper _mapper = new();

    ExchangeInTables(Exchange exchange, ProjectionView view, Findings findings, LastChanges changes)
    {
        (_exchange, _view, _findings, _changes) = (exchange, view, findings, changes);
        _mapper.Learn(exchange);
    }

    /// <summary>Compares all four tables.</summary>
    public static async Task CompareAsync(Exchange exchange, ProjectionView view, Findings findings, LastChanges changes, CancellationToken cancellation)
    {
        var comparison = new ExchangeInTables(exchange, view, findings, changes);
        await comparison.CompareAccountsAsync(cancellation);
        await comparison.CompareInstrumentsAsync(cancellation);
        await comparison.ComparePositionsAsync(cancellation);
        await comparison.CompareOpenOrdersAsync(cancellation);
    }

    async Task CompareAccountsAsync(CancellationToken cancellation)
    {
        var table = new TableComparison<AccountRow, long>(AuditCheck.Accounts, "account", _view.AccountsAsync, row => row.Id, 0, _findings);
        for (var id = 1L; id <= _exchange.AccountCount; id++)
        {
            cancellation.ThrowIfCancellationRequested();
            _exchange.TryGetAccount(id, out var account);
            await table.ExpectAsync(id, actual => _mapper.RowOf(in account, _changes.Accounts.GetValueOrDefault(account.Id, actual.Sequence)));
        }
        await table.EndAsync();
    }

    async Task CompareInstrumentsAsync(CancellationToken cancellation)
    {
        var table = new TableComparison<InstrumentRow, long>(AuditCheck.Instruments, "instrument", _view.InstrumentsAsync, row => row.Id, 0, _findings);
        for (var id = 1; id <= _exchange.InstrumentCount; id++)
        {
            cancellation.ThrowIfCancellationRequested();
            _exchange.TryGetInstrument(id, out var instrument);
            await table.ExpectAsync(id, actual => _mapper.RowOf(in instrument, _changes.Instruments.GetValueOrDefault(instrument.Id, actual.Sequence)));
        }
        await table.EndAsync();
    }

    async Task ComparePositionsAsync(CancellationToken cancellation)
    {
        var table = new TableComparison<PositionRow, (long, long)>(
            AuditCheck.Positions, "position", key => _view.PositionsAsync(key.Item1, key.Item2), row => (row.AccountId, row.InstrumentId), default, _findings);
        var positions = new List<PositionState>();
        for (var id = 1L; id <= _exchange.AccountCount; id++)
        {
            cancellation.ThrowIfCancellationRequested();
            positions.Clear();
            _exchange.CopyPositions(id, positions);
            positions.Sort(static (one, other) => one.InstrumentId.CompareTo(other.InstrumentId));
            foreach (var position in positions)
            {
                var key = (position.AccountId, (long)position.InstrumentId);
                await table.ExpectAsync(key, actual => _mapper.RowOf(in position, _changes.Positions.GetValueOrDefault(key, actual.Sequence)));
            }
        }
        await table.EndAsync();
    }

    async Task CompareOpenOrdersAsync(CancellationToken cancellation)
    {
        var table = new TableComparison<OrderRow, OpenOrderKey>(
            AuditCheck.OpenOrders, "open order", after => _view.OpenOrdersAsync(after.UserId, after.CreatedAt, after.Id), OpenOrderKey.Of, default, _findings);
        foreach (var key in OpenOrders.KeysOf(_exchange))
        {
            cancellation.ThrowIfCancellationRequested();
            _exchange.TryGetOrder(key.Id, out var order);
            if (_mapper.IsKept(in order)) await table.ExpectAsync(key, _ => _mapper.RowOf(in order));
        }
        await table.EndAsync();
    }
}
