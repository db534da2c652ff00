using System.Text.Json.Nodes;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

/// <summary>Reads a text/event-stream as the WHATWG specification says, as far as this server uses it.</summary>
internal sealed class EventReader(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    public static async Task<EventReader> OpenAsync(HttpClient client, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new(response, new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next event, or null at the end.</summary>
    public async Task<(string Id, string Name, JsonNode Data)?> NextAsync()
    {
        var (id, name, data) = ("", "", "");
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Length == 0)
                return (id, name, JsonNode.Parse(data)!);
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            switch (line[..colon])
            {
                case "id": id = line[(colon + 2)..]; break;
                case "event": name = line[(colon + 2)..]; break;
                case "data": data += line[(colon + 2)..]; break;
                default: Assert.Fail(line); break;
            }
        }
        return null;
    }

    /// <summary>The next event of a name.</summary>
    public async Task<(string Id, string Name, JsonNode Data)> NextAsync(string name)
    {
        while (await NextAsync() is { } e)
            if (e.Name == name)
                return e;
        throw new InvalidDataException($"the stream ended without {name}");
    }

    public void Dispose() => response.Dispose();
}
