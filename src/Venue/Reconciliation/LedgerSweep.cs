using MyTradeX.Core;
using MyTradeX.Store;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// Walks SQL's whole ledger, from the first entry that is kept to the last: each entry sums to zero for each asset, each line leads from one
/// balance of its account to the next, and the last line leads to what the account holds. So the balance is the sum of the account's lines, and a
/// position the sum of its deliveries and fills. A walk through a long ledger takes several turns; what it has seen stays seen meanwhile.
/// </summary>
/// <remarks>
/// Retention lets go of entries that concern simulated participants and the venue's own accounts alone, oldest first. Such an account may
/// have holes in its lines where entry numbers are missing; a customer's may not. An entry that is missing while an older one of that kind is still
/// there was not let go by retention. Memory: one place an account and asset.
/// </remarks>
sealed class LedgerSweep
{
    readonly Dictionary<(long Account, long Asset), Chain> _chains = [];
    readonly List<(long Asset, Int128 Sum)> _sums = [];
    Findings _findings = new();
    Findings _lastRound = new();
    long _entry;
    long _line = -1;
    long _lastMissing;
    bool _isAmongSynthetic;
    bool _hasSeenAmongSynthetic;

    /// <summary>Lines seen in this round.</summary>
    public long Lines { get; private set; }

    /// <summary>Whether the last turn ended a round.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Goes on through the ledger, at most a number of lines, and compares with the exchange when its end is reached.</summary>
    /// <param name="view">The tables.</param>
    /// <param name="exchange">The exchange at the sequence of the tables.</param>
    /// <param name="linesMax">Lines to look at in this turn.</param>
    /// <param name="cancellation">Calls it off; the next turn begins a new round.</param>
    public async Task AdvanceAsync(ProjectionView view, Exchange exchange, long linesMax, CancellationToken cancellation)
    {
        if (IsComplete) BeginRound();
        try
        {
            var assets = new Assets(exchange);
            // Between two turns retention may have gone past what was seen in the one before.
            _hasSeenAmongSynthetic = false;
            for (var seen = 0L; seen < linesMax;)
            {
                cancellation.ThrowIfCancellationRequested();
                var lines = await view.LedgerLinesAsync(_entry, _line);
                var isLast = lines.Count < ProjectionView.PieceMax;
                if (!isLast) DropLastEntry(lines);
                foreach (var line in lines) Take(line, exchange, assets);
                seen += lines.Count;
                CloseEntry();
                if (!isLast) continue;
                MissUpTo(exchange.LastLedgerEntryId);
                CompareWith(exchange);
                IsComplete = true;
                return;
            }
        }
        catch
        {
            BeginRound();
            throw;
        }
    }

    /// <summary>Adds what this round has found; until it is over, what the one before had found stands as well.</summary>
    public void Report(Findings findings)
    {
        findings.Counted(AuditCheck.Ledger, Lines);
        foreach (var finding in IsComplete ? _findings.Kept : _lastRound.Kept.Union(_findings.Kept)) findings.Add(finding.Check, finding.Subject, finding.Detail);
    }

    /// <summary>Retention lets go of whole entries, so a turn must not end within one.</summary>
    static void DropLastEntry(List<LedgerLineRow> lines)
    {
        var entry = lines[^1].EntryId;
        var from = lines.FindIndex(line => line.EntryId == entry);
        lines.RemoveRange(from, lines.Count - from);
    }

    void BeginRound()
    {
        _lastRound = IsComplete ? _findings : _lastRound;
        _findings = new Findings();
        _chains.Clear();
        _sums.Clear();
        (_entry, _line, _lastMissing, Lines, IsComplete) = (0, -1, 0, 0, false);
    }

    void Take(LedgerLineRow line, Exchange exchange, Assets assets)
    {
        if (line.EntryId != _entry) BeginEntry(line);
        else _findings.Require(line.Line == _line + 1, AuditCheck.Ledger, $"entry {line.EntryId}", $"has line {line.Line} after line {_line}");
        (_entry, _line) = (line.EntryId, line.Line);
        Lines++;

        var isSynthetic = IsSynthetic(exchange, line.AccountId);
        _isAmongSynthetic &= isSynthetic;
        if (assets.Of(line) is not { } asset)
        {
            _findings.Add(AuditCheck.Ledger, $"entry {line.EntryId}", $"line {line.Line} moves {line.Asset}, which is neither a currency nor an instrument");
            return;
        }
        Sum(asset, line.Amount);
        var chain = _chains.GetValueOrDefault((line.AccountId, asset));
        var mayHaveHole = isSynthetic && chain.LastEntry < _lastMissing;
        _findings.Require(
            mayHaveHole || line.BalanceAfter == chain.Balance + line.Amount, AuditCheck.Ledger,
            $"account {line.AccountId}", $"has {chain.Balance} {line.Asset} after entry {chain.LastEntry}; line {line.EntryId}/{line.Line} moves {line.Amount} and leaves {line.BalanceAfter}");
        _chains[(line.AccountId, asset)] = new Chain(line.BalanceAfter, line.EntryId);
    }

    void BeginEntry(LedgerLineRow line)
    {
        CloseEntry();
        _isAmongSynthetic = true;
        _findings.Require(line.Line == 0, AuditCheck.Ledger, $"entry {line.EntryId}", $"begins with line {line.Line}");
        MissUpTo(line.EntryId - 1);
    }

    void MissUpTo(long last)
    {
        if (last <= _entry) return;
        var first = _entry + 1;
        _lastMissing = last;
        _findings.Require(!_hasSeenAmongSynthetic, AuditCheck.Ledger, $"entries {first} to {last}", $"are missing, and older ones that retention lets go first are there");
    }

    void CloseEntry()
    {
        foreach (var (asset, sum) in _sums) _findings.Require(sum == 0, AuditCheck.Ledger, $"entry {_entry}", $"sums to {sum} of {NameOf(asset)}, not to zero");
        if (_sums.Count > 0) _hasSeenAmongSynthetic |= _isAmongSynthetic;
        _sums.Clear();
    }

    void Sum(long asset, long amount)
    {
        var at = _sums.FindIndex(sum => sum.Asset == asset);
        if (at < 0) _sums.Add((asset, amount));
        else _sums[at] = (asset, _sums[at].Sum + amount);
    }

    void CompareWith(Exchange exchange)
    {
        var positions = new List<PositionState>();
        for (var id = 1L; id <= exchange.AccountCount; id++)
        {
            exchange.TryGetAccount(id, out var account);
            Compare(exchange, id, Assets.OfCurrency(account.CurrencyId), account.Balance);
            positions.Clear();
            exchange.CopyPositions(id, positions);
            foreach (var position in positions) Compare(exchange, id, Assets.OfInstrument(position.InstrumentId), position.Quantity);
        }
        foreach (var ((account, asset), chain) in _chains)
            _findings.Add(AuditCheck.Ledger, $"account {account}", $"has {chain.Balance} of {NameOf(asset)} by its ledger, and no such thing in the exchange");
    }

    void Compare(Exchange exchange, long account, long asset, long held)
    {
        var isThere = _chains.Remove((account, asset), out var chain);
        var mayHaveHole = IsSynthetic(exchange, account) && chain.LastEntry < _lastMissing;
        _findings.Require(
            held == chain.Balance || mayHaveHole, AuditCheck.Ledger,
            $"account {account}", $"holds {held} of {NameOf(asset)}; its ledger {(isThere ? $"leads to {chain.Balance} with entry {chain.LastEntry}" : "has no line of it")}");
    }

    // The same as the column that retention goes by.
    static bool IsSynthetic(Exchange exchange, long accountId) =>
        exchange.TryGetAccount(accountId, out var account) && (account.OwnerId == 0 || account.Marks.HasFlag(AccountMarks.Synthetic));

    static string NameOf(long asset) => asset > 0 ? $"currency {asset}" : $"instrument {-asset}";

    readonly record struct Chain(long Balance, long LastEntry);

    /// <summary>Assets by the names that lines give them: currencies by their id, instruments by their id below zero.</summary>
    sealed class Assets
    {
        readonly Dictionary<string, long> _currencies = [];
        readonly Dictionary<string, long> _instruments = [];

        public Assets(Exchange exchange)
        {
            for (var id = 1; id <= exchange.CurrencyCount; id++)
                if (exchange.TryGetCurrency(id, out var currency)) _currencies[currency.Code.ToString()] = OfCurrency(id);
            for (var id = 1; id <= exchange.InstrumentCount; id++)
                if (exchange.TryGetInstrument(id, out var instrument)) _instruments[instrument.Symbol.ToString()] = OfInstrument(id);
        }

        public static long OfCurrency(int id) => id;

        public static long OfInstrument(int id) => -id;

        public long? Of(LedgerLineRow line)
        {
            var isCurrency = _currencies.TryGetValue(line.Asset, out var currency);
            var isInstrument = _instruments.TryGetValue(line.Asset, out var instrument);
            // Nothing keeps an instrument from being named like a currency. A trade's money comes first, in two lines that are never zero.
            if (isCurrency && isInstrument) isCurrency = line.Kind is "DEPOSIT" or "FEE" || (line.Kind == "TRADE" && line.Line < 2);
            return isCurrency ? currency : isInstrument ? instrument : null;
        }
    }
}
