namespace MyTradeX.Core;

/// <summary>What became of one command.</summary>
public struct CommandResult
{
    /// <summary>The command's place in the venue's history, counted by the core from 1 without gaps. Of a repeated request: the place of the original.</summary>
    public long Sequence;
    /// <summary>The command's time, microseconds since 1970 UTC.</summary>
    public long Time;
    /// <summary>Why it was refused, or <see cref="RejectCode.None"/>.</summary>
    public RejectCode Code;
    /// <summary>The field a refusal is about.</summary>
    public CommandField Field;
    /// <summary>Whether this request was carried out before and only its outcome is given again.</summary>
    public bool Repeated;
    /// <summary>The order, account, instrument or currency that the command made or changed, or that stands in its way.</summary>
    public long SubjectId;
    /// <summary>How many orders a command for many has cancelled.</summary>
    public int Count;
    /// <summary>What was seen: see the code.</summary>
    public long Observed;
    /// <summary>The bound that was crossed: see the code.</summary>
    public long Limit;
    /// <summary>A value that would be valid: see the code.</summary>
    public long Suggested;
    /// <summary>The order right after the command, when the command was about one order and that order is known here.</summary>
    public OrderState Order;

    /// <summary>Whether the command was carried out.</summary>
    public readonly bool IsAccepted => Code == RejectCode.None;

    /// <summary>Notes a refusal. Always false, so that a check can end with it.</summary>
    internal bool Refuse(RejectCode code, CommandField field = CommandField.None, long observed = 0, long limit = 0, long suggested = 0)
    {
        Code = code;
        Field = field;
        Observed = observed;
        Limit = limit;
        Suggested = suggested;
        return false;
    }
}
