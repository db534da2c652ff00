using MyTradeX.Contracts;
using MyTradeX.Contracts.Admin;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Venue;
using MyTradeX.Venue.Reconciliation;

namespace MyTradeX.Server.Features.Admin;

/// <summary>What the venue can prove of its books.</summary>
internal sealed class BooksReads(Venue.Venue venue)
{
    public async Task<ApiResult<StateHashDto>> StateHashAsync(long? sequence, CancellationToken cancellation)
    {
        try
        {
            var found = await venue.StateHashAsync(sequence, VenueReads.WaitMax, cancellation);
            return Api.Ok(new StateHashDto
            {
                Sequence = found.Sequence,
                StateHash = found.HashText,
                SnapshotSequence = found.SnapshotSequence == 0 ? null : found.SnapshotSequence,
                Replayed = found.Replayed,
            });
        }
        catch (StateOutOfReachException beyond)
        {
            var limit = sequence < beyond.Oldest ? beyond.Oldest : beyond.Latest;
            throw new ApiException(ErrorCode.NotFound, beyond.Message, new() { Field = "sequence", Reason = "is not in the journal", Limit = limit, Observed = sequence, Suggested = limit });
        }
    }

    public ApiResult<ReconciliationDto> Reconciliation()
    {
        var status = venue.Reconciliation;
        return Api.Ok(new ReconciliationDto
        {
            Status = status.Last switch { null => BooksStatus.Pending, { IsSound: true } => BooksStatus.Sound, _ => BooksStatus.Unsound },
            FailingBecause = status.FailingBecause,
            Last = status.Last is { } last ? Show(last) : null,
        });
    }

    static ReconciliationRunDto Show(ReconciliationResult result) => new()
    {
        StartedAt = result.StartedAt,
        DurationMs = (long)result.Duration.TotalMilliseconds,
        Sequence = result.Sequence,
        StateHash = result.StateHash.ToString("x32"),
        LiveSequence = result.LiveSequence,
        LedgerLines = result.LedgerLines,
        LedgerComplete = result.LedgerComplete,
        Compared = result.Compared.ToDictionary(compared => EnumNames<AuditCheck>.Of(compared.Key), compared => compared.Value),
        FindingCount = result.FindingCount,
        Findings = [.. result.Findings.Select(finding => new FindingDto(EnumNames<AuditCheck>.Of(finding.Check), finding.Subject, finding.Detail))],
    };
}
