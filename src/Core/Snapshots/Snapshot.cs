using System.Buffers;

namespace MyTradeX.Core;

/// <summary>
/// The whole state as bytes, in an order that follows from the state alone: tables by id, books by price and time, requests by
/// age. Slots of slabs and tables never show, so a restored exchange writes the same bytes as one that has run all along.
/// </summary>
static class Snapshot
{
    const ulong Magic = 0x31534E5358544D; // "MTXSNS1", little-endian
    const int Version = 2;
    /// <summary>Version 1 ends where the transfers begin.</summary>
    const int VersionWithoutTransfers = 1;

    public static UInt128 Write(ExchangeState state, IBufferWriter<byte>? target)
    {
        var writer = new SnapshotWriter(target);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(state.Sequence);
        writer.Write(state.Time);
        writer.Write(state.LastOrderId);
        writer.Write(state.LastTradeId);
        writer.Write(state.Ledger.LastEntryId);
        WriteLedger(state, writer);
        writer.Write(state.Instruments.Count);
        foreach (var instrument in state.Instruments) writer.Write(instrument.State);
        WritePositions(state, writer);
        foreach (var instrument in state.Instruments) WriteOrders(state, instrument, writer);
        WriteRequests(state, writer);
        WriteTransfers(state, writer);
        return writer.Finish();
    }

    public static void Read(ReadOnlySpan<byte> snapshot, ExchangeState state, Listing listing, Transfers transfers)
    {
        var reader = new SnapshotReader(snapshot);
        if (reader.Read<ulong>() != Magic) throw new InvalidDataException("This is no snapshot of an exchange.");
        if (reader.Read<int>() is var version && version is not (Version or VersionWithoutTransfers))
            throw new InvalidDataException($"The snapshot has version {version}; this program reads versions {VersionWithoutTransfers} and {Version}.");
        state.Sequence = reader.Read<long>();
        state.Time = reader.Read<long>();
        state.LastOrderId = reader.Read<long>();
        state.LastTradeId = reader.Read<long>();
        state.Ledger.LastEntryId = reader.Read<long>();
        ReadLedger(state, ref reader);
        var instruments = reader.Read<int>();
        for (var i = 0; i < instruments; i++) listing.Add(new Instrument(state.Orders.Hot) { State = reader.Read<InstrumentState>() });
        ReadPositions(state, ref reader);
        foreach (var instrument in state.Instruments) ReadOrders(state, instrument, ref reader);
        ReadRequests(state, ref reader);
        if (version != VersionWithoutTransfers) ReadTransfers(state, transfers, ref reader);
        if (!reader.IsAtEnd) throw new InvalidDataException("The snapshot has bytes beyond its end.");
    }

    static void WriteLedger(ExchangeState state, SnapshotWriter writer)
    {
        writer.Write(state.Producers.Count);
        foreach (var (producer, epoch, number) in state.Producers.All)
        {
            writer.Write(producer);
            writer.Write(epoch);
            writer.Write(number);
        }
        writer.Write(state.Currencies.Count);
        foreach (var currency in state.Currencies) writer.Write(currency);
        writer.Write(state.Accounts.OwnerCount);
        for (var slot = 0; slot < state.Accounts.OwnerCount; slot++)
        {
            writer.Write(state.Accounts.Owner(slot).UserId);
            writer.Write(state.Accounts.Owner(slot).KillSwitch);
        }
        writer.Write(state.Accounts.Count);
        for (var id = 1L; id <= state.Accounts.Count; id++) writer.Write(state.Accounts[id].State);
    }

    static void ReadLedger(ExchangeState state, ref SnapshotReader reader)
    {
        var producers = reader.Read<int>();
        for (var i = 0; i < producers; i++) state.Producers.Restore(reader.Read<ushort>(), reader.Read<uint>(), reader.Read<ulong>());
        var currencies = reader.Read<int>();
        for (var i = 0; i < currencies; i++) state.Currencies.Add(reader.Read<CurrencyState>());
        var owners = reader.Read<int>();
        for (var i = 0; i < owners; i++)
        {
            var slot = state.Accounts.FindOrAddOwner(reader.Read<long>());
            state.Accounts.Owner(slot).KillSwitch = reader.Read<bool>();
        }
        var accounts = reader.Read<long>();
        for (var i = 0L; i < accounts; i++) state.Accounts.Open(reader.Read<AccountState>());
    }

    static void WritePositions(ExchangeState state, SnapshotWriter writer)
    {
        writer.Write(state.Positions.Count);
        for (var slot = 0; slot < state.Positions.Count; slot++)
        {
            writer.Write(state.Positions[slot].State);
            writer.Write(state.Positions[slot].DayEndsAt);
        }
    }

    static void ReadPositions(ExchangeState state, ref SnapshotReader reader)
    {
        var count = reader.Read<int>();
        for (var i = 0; i < count; i++)
        {
            var position = reader.Read<PositionState>();
            var slot = state.Positions.FindOrAdd(ref state.Accounts[position.AccountId], position.InstrumentId);
            state.Positions[slot].State = position;
            state.Positions[slot].DayEndsAt = reader.Read<long>();
        }
    }

    static void WriteOrders(ExchangeState state, Instrument instrument, SnapshotWriter writer)
    {
        foreach (var (book, side) in Queues(instrument))
        {
            var levels = book.On(side);
            var count = 0;
            for (var rank = 0; rank < levels.Count; rank++) count += levels[levels.AtRank(rank)].OrderCount;
            writer.Write(count);
            for (var rank = 0; rank < levels.Count; rank++)
            {
                for (var slot = levels[levels.AtRank(rank)].Head; slot >= 0; slot = state.Orders.Hot[slot].Next)
                {
                    ref var order = ref state.Orders[slot];
                    writer.Write(new OrderImage
                    {
                        State = order.State,
                        WorkingPrice = order.WorkingPrice,
                        HeldCash = order.HeldCash,
                        MakerFeePpm = order.MakerFeePpm,
                        TakerFeePpm = order.TakerFeePpm,
                        HoldsAtWorkingPrice = order.HoldsAtWorkingPrice,
                    });
                }
            }
        }
    }

    static void ReadOrders(ExchangeState state, Instrument instrument, ref SnapshotReader reader)
    {
        foreach (var (book, side) in Queues(instrument))
        {
            var count = reader.Read<int>();
            for (var i = 0; i < count; i++)
            {
                var image = reader.Read<OrderImage>();
                var slot = state.Orders.Allocate(image.State.Id);
                ref var account = ref state.Accounts[image.State.AccountId];
                var waits = book == instrument.Stops;
                state.Orders[slot] = new OrderRecord
                {
                    State = image.State,
                    WorkingPrice = image.WorkingPrice,
                    HeldCash = image.HeldCash,
                    MakerFeePpm = image.MakerFeePpm,
                    TakerFeePpm = image.TakerFeePpm,
                    HoldsAtWorkingPrice = image.HoldsAtWorkingPrice,
                    Place = waits ? OrderPlace.Stops : OrderPlace.Book,
                    Position = state.Positions.TryFind(image.State.AccountId, image.State.InstrumentId, out var position) ? position : -1,
                };
                state.Orders.Link(slot, ref account);
                state.Orders.Hot[slot] = new BookOrder { Id = image.State.Id, Open = image.State.Remaining, Owner = account.Owner };
                book.Add(slot, side, waits ? image.State.StopPrice : image.WorkingPrice);
            }
        }
    }

    static (OrderBook Book, Side Side)[] Queues(Instrument instrument) =>
        [(instrument.Book, Side.Buy), (instrument.Book, Side.Sell), (instrument.Stops, Side.Buy), (instrument.Stops, Side.Sell)];

    static void WriteRequests(ExchangeState state, SnapshotWriter writer)
    {
        writer.Write(state.Requests.Count);
        for (var place = 0; place < state.Requests.Count; place++)
        {
            ref readonly var request = ref state.Requests.At(place);
            writer.Write(new RequestImage
            {
                Key = request.Key,
                Scope = request.Scope,
                Fingerprint = request.Fingerprint,
                Sequence = request.Sequence,
                Subject = request.Subject,
                Time = request.Time,
            });
        }
    }

    static void ReadRequests(ExchangeState state, ref SnapshotReader reader)
    {
        var count = reader.Read<int>();
        for (var i = 0; i < count; i++)
        {
            var image = reader.Read<RequestImage>();
            state.Requests.Append(new RememberedRequest
            {
                Key = image.Key,
                Scope = image.Scope,
                Fingerprint = image.Fingerprint,
                Sequence = image.Sequence,
                Subject = image.Subject,
                Time = image.Time,
            });
        }
    }

    static void WriteTransfers(ExchangeState state, SnapshotWriter writer)
    {
        writer.Write(state.LastTransferId);
        writer.Write(state.ScheduledTransfers.Count);
        foreach (var transfer in state.ScheduledTransfers.Waiting) writer.Write(transfer);
        writer.Write(state.ScheduledTransfers.Ended.Count);
        foreach (var transfer in state.ScheduledTransfers.Ended) writer.Write(transfer);
        for (var id = 1L; id <= state.Accounts.Count; id++)
        {
            writer.Write(state.Accounts[id].SentOn);
            writer.Write(state.Accounts[id].SentThatDay);
        }
    }

    static void ReadTransfers(ExchangeState state, Transfers transfers, ref SnapshotReader reader)
    {
        state.LastTransferId = reader.Read<long>();
        var waiting = reader.Read<int>();
        for (var i = 0; i < waiting; i++) transfers.Add(reader.Read<TransferState>());
        var ended = reader.Read<int>();
        for (var i = 0; i < ended; i++) state.ScheduledTransfers.AwaitNext(reader.Read<TransferState>());
        for (var id = 1L; id <= state.Accounts.Count; id++)
        {
            state.Accounts[id].SentOn = reader.Read<int>();
            state.Accounts[id].SentThatDay = reader.Read<long>();
        }
    }
}
