namespace MyTradeX.Venue.Reconciliation;

/// <summary>Holds a table against the rows that it should have. Both come in the order of the table's key, so neither is ever held as a whole.</summary>
/// <param name="check">What a difference is told under.</param>
/// <param name="name">What to call a row of the table.</param>
/// <param name="after">Reads the piece of the table that follows a key; an empty one ends it.</param>
/// <param name="keyOf">A row's key.</param>
/// <param name="start">A key before the first that is compared.</param>
/// <param name="findings">Where differences go.</param>
/// <param name="isBeyondReach">Rows that nothing is known about; none unless given.</param>
sealed class TableComparison<TRow, TKey>(
    AuditCheck check, string name, Func<TKey, Task<List<TRow>>> after, Func<TRow, TKey> keyOf, TKey start, Findings findings, Predicate<TRow>? isBeyondReach = null)
    where TRow : class
    where TKey : struct, IComparable<TKey>
{
    TKey _place = start;
    List<TRow> _piece = [];
    int _at;
    bool _isOver;

    /// <summary>Takes the row with a key out of the table; null when it is not there. Rows that come before it should not be there.</summary>
    public async ValueTask<TRow?> TakeAsync(TKey key)
    {
        while (await PeekAsync() is { } row)
        {
            var order = keyOf(row).CompareTo(key);
            if (order > 0) return null;
            _at++;
            if (order == 0) return row;
            IsTooMuch(row);
        }
        return null;
    }

    /// <summary>Takes the row with a key and compares it; its absence is a finding.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expected">Makes the row that should be there, given the one that is.</param>
    public async ValueTask ExpectAsync(TKey key, Func<TRow, TRow> expected)
    {
        findings.Counted(check);
        if (await TakeAsync(key) is not { } actual) findings.Add(check, $"{name} {key}", "is not in SQL");
        else if (RowDifference.Of(expected(actual), actual) is { } difference) findings.Add(check, $"{name} {key}", difference);
    }

    /// <summary>Whatever the table still has should not be there.</summary>
    public async Task EndAsync()
    {
        while (await PeekAsync() is { } row)
        {
            _at++;
            IsTooMuch(row);
        }
    }

    void IsTooMuch(TRow row)
    {
        if (isBeyondReach?.Invoke(row) == true) return;
        findings.Add(check, $"{name} {keyOf(row)}", $"is in SQL and not in the journal: {row}");
    }

    async ValueTask<TRow?> PeekAsync()
    {
        if (_at < _piece.Count) return _piece[_at];
        if (_isOver) return null;
        if (_piece.Count > 0) _place = keyOf(_piece[^1]);
        _piece = await after(_place);
        _at = 0;
        _isOver = _piece.Count == 0;
        return _isOver ? null : _piece[0];
    }
}
