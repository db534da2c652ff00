using System.Text.Json;
using MyTradeX.Contracts.Wire;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Terminal;

/// <summary>Where a command shows what it has: tables for people, JSON for programs, progress for whoever waits.</summary>
internal sealed class Screen
{
    // Wide enough for every table here; where nobody watches, lines must not be broken to fit a window.
    const int WidthWhenRedirected = 200;

    static readonly JsonSerializerOptions _json = new(WireJson.Options) { WriteIndented = true };

    readonly CliEnvironment _environment;
    readonly IAnsiConsole _console;
    readonly IAnsiConsole _progressConsole;

    public Screen(CliEnvironment environment, bool isJson)
    {
        (_environment, IsJson) = (environment, isJson);
        _console = Create(environment.Out);
        _progressConsole = Create(environment.Error);
    }

    /// <summary>Whether results are written as JSON.</summary>
    public bool IsJson { get; }

    /// <summary>Whether a person watches.</summary>
    public bool IsLive => _environment.IsInteractive && !IsJson;

    /// <summary>Shows a result: as JSON, or drawn.</summary>
    public void Show<T>(T result, Func<T, IRenderable> draw)
    {
        if (IsJson) _environment.Out.WriteLine(JsonSerializer.Serialize(result, _json));
        else _console.Write(draw(result));
    }

    /// <summary>Writes one JSON document on one line.</summary>
    public void WriteJsonLine<T>(T value) => _environment.Out.WriteLine(JsonSerializer.Serialize(value, WireJson.Options));

    /// <summary>Tells a line of what is going on, beside the result; not with JSON.</summary>
    public void Say(string line)
    {
        if (!IsJson) _environment.Error.WriteLine(line);
    }

    /// <summary>Draws, whatever the form; for what exists for people only.</summary>
    public void Draw(IRenderable drawing) => _console.Write(drawing);

    /// <summary>Redraws a table in place until cancelled.</summary>
    public Task LiveAsync(IRenderable first, Func<LiveDisplayContext, Task> work) => _console.Live(first).StartAsync(work);

    /// <summary>Runs something long with a progress bar, where a person watches; else silently.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">Given where to report the share done, 0 to 1.</param>
    public T Progress<T>(string title, Func<Action<double>, T> work)
    {
        if (!IsLive) return work(_ => { });
        return _progressConsole.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: 1);
            return work(share => task.Value = share);
        });
    }

    /// <summary>The same for work that awaits.</summary>
    public Task<T> ProgressAsync<T>(string title, Func<Action<double>, Task<T>> work)
    {
        if (!IsLive) return work(_ => { });
        return _progressConsole.Progress().AutoClear(true).StartAsync(context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: 1);
            return work(share => task.Value = share);
        });
    }

    /// <summary>Tells what went wrong: the code, the reason and the way out.</summary>
    public void Fail(Failure failure)
    {
        if (IsJson)
        {
            _environment.Error.WriteLine(JsonSerializer.Serialize(failure, _json));
            return;
        }
        _environment.Error.WriteLine($"mytradex: {failure.Code}: {failure.Message}");
        if (failure.WayOut is { } wayOut) _environment.Error.WriteLine($"  {wayOut}");
        if (failure.RequestId is { } requestId) _environment.Error.WriteLine($"  request {requestId}");
    }

    IAnsiConsole Create(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = _environment.IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = _environment.IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!_environment.IsInteractive) console.Profile.Width = WidthWhenRedirected;
        return console;
    }
}

/// <summary>Why a command did not do what it was asked.</summary>
/// <param name="Code">A word for programs.</param>
/// <param name="Message">What was wrong.</param>
/// <param name="WayOut">What to do about it.</param>
/// <param name="RequestId">The id to quote to the server's operator.</param>
/// <param name="Details">The server's refusal told to a program.</param>
internal sealed record Failure(string Code, string Message, string? WayOut = null, string? RequestId = null, object? Details = null);

/// <summary>Ends a command with an exit code and a reason.</summary>
internal sealed class CommandFailedException(int exitCode, Failure failure) : Exception(failure.Message)
{
    public int ExitCode { get; } = exitCode;
    public Failure Failure { get; } = failure;
}
