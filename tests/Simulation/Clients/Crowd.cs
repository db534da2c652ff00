using MyTradeX.Core;
using MyTradeX.Simulation.Checkers;
using MyTradeX.Venue;
using TradingVenue = MyTradeX.Venue.Venue;

namespace MyTradeX.Simulation.Clients;

/// <summary>
/// The venue's clients. They send, wait, send again what they do not know the outcome of, and now and then what they do: a late copy. Each
/// answer is held against the history.
/// </summary>
sealed class Crowd(Random random, History history, Trace trace, Tally tally)
{
    readonly Workload _workload = new(random);
    readonly List<Request> _requests = [];
    readonly List<(Request Request, Task<CommandResult> Task)> _waiting = [];

    public int Answered { get; private set; }

    /// <summary>Requests whose clients still have to find out what became of them and may ask.</summary>
    public IEnumerable<Request> Unresolved => _requests.Where(request => request is { IsOpen: true, MayRepeat: true });

    /// <summary>A new request, sent at once.</summary>
    public bool SendNew(TradingVenue venue)
    {
        var command = _workload.Next(history.Exchange);
        var id = (ulong)_requests.Count + 1;
        command.Header.RequestFingerprint = id;
        var kind = random.Next(20);
        var byOrderId = command.Header.Kind == CommandKind.PlaceOrder && kind < 6;
        if (byOrderId) command.PlaceOrder.ClientOrderId = Text64.From($"order-{id}");
        else if (kind < 17) command.Header.RequestKey = id + ((UInt128)7 << 64);
        var request = new Request(id, command, byOrderId || kind < 17);
        _requests.Add(request);
        return Send(venue, request);
    }

    /// <summary>An earlier request again, rather one whose outcome is not known.</summary>
    public void SendAgain(TradingVenue venue)
    {
        var recent = _requests.Skip(Math.Max(0, _requests.Count - 60)).Where(request => request.MayRepeat && request.Sent > 0).ToList();
        var open = recent.Where(request => request.IsOpen).ToList();
        var among = open.Count > 0 && random.Next(4) > 0 ? open : recent;
        if (among.Count > 0) Send(venue, among[random.Next(among.Count)]);
    }

    /// <summary>Sends a request. False when it is refused at the door.</summary>
    public bool Send(TradingVenue venue, Request request)
    {
        try
        {
            var command = request.Command;
            _waiting.Add((request, venue.SubmitAsync(in command)));
            request.Sent++;
            return true;
        }
        catch (VenueUnavailableException refusal)
        {
            BrokenPromiseException.Unless(!refusal.OutcomeUnknown, "A command refused at the door has an unknown outcome.");
            tally.Count(Happening.DoorClosed);
            return false;
        }
    }

    /// <summary>Looks for answers. Returns how many were refused.</summary>
    public int Collect()
    {
        var refused = 0;
        foreach (var (request, task) in _waiting)
        {
            if (!task.IsCompleted) continue;
            if (task.IsCompletedSuccessfully) Answer(request, task.Result);
            else if (task.Exception!.InnerException is VenueUnavailableException { OutcomeUnknown: false })
            {
                refused++;
                request.Sent--;
                CheckNotMore(request);
            }
            else request.Unknown++;
        }
        _waiting.RemoveAll(one => one.Task.IsCompleted);
        return refused;
    }

    /// <summary>The venue is dead: whoever waits will never know from it.</summary>
    public void Despair()
    {
        foreach (var (request, _) in _waiting) request.Unknown++;
        _waiting.Clear();
    }

    /// <summary>Nobody waits for a venue that has worked off everything.</summary>
    public void CheckNobodyWaits() => BrokenPromiseException.Unless(_waiting.Count == 0, $"{_waiting.Count} commands were never answered.");

    /// <summary>Each request was carried out as often as it was answered so, and what was never answered once at the most.</summary>
    public void CheckAll()
    {
        foreach (var request in _requests)
        {
            CheckNotMore(request);
            var outcomes = history.OutcomesOf(request.Id).Count;
            BrokenPromiseException.Unless(
                outcomes >= request.Answers.Count && outcomes <= request.Answers.Count + request.Unknown,
                $"Request {request.Id} is {outcomes} times in the history; it was answered {request.Answers.Count} times, and {request.Unknown} times its outcome was unknown.");
        }
    }

    void Answer(Request request, CommandResult answer)
    {
        Answered++;
        request.Answers.Add(answer);
        if (answer.Repeated) tally.Count(Happening.AnswerRepeated);
        trace.Note($"answer {request.Id}: {answer.Sequence} {answer.Code} {answer.SubjectId}{(answer.Repeated ? " repeated" : "")}");
        var told = request.Answers.Count(one => IsSame(in one, in answer));
        var happened = history.OutcomesOf(request.Id).Count(one => IsSame(in one, in answer));
        BrokenPromiseException.Unless(told <= happened, $"Request {request.Id} was answered {answer.Sequence} {answer.Code}, which is not durable.");
    }

    void CheckNotMore(Request request)
    {
        var outcomes = history.OutcomesOf(request.Id).Count;
        BrokenPromiseException.Unless(outcomes <= request.Sent, $"Request {request.Id} was sent {request.Sent} times without being refused and is {outcomes} times in the history.");
    }

    static bool IsSame(in CommandResult one, in CommandResult other) =>
        (one.Sequence, one.Time, one.Code, one.SubjectId, one.Repeated, one.Count) == (other.Sequence, other.Time, other.Code, other.SubjectId, other.Repeated, other.Count);
}
