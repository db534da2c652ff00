using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>A webhook from its making to a message that is sent once more.</summary>
public sealed class TellingAWebhook(Terminal terminal, Chromium chromium)
{
    [Fact]
    public async Task a_test_arrives_its_delivery_is_shown_and_can_be_sent_again()
    {
        await using var receiver = new Receiver();
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/webhooks");
        var page = visitor.Page;
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.GetByRole(AriaRole.Button, new() { Name = "New webhook" }).ClickAsync();
        await dialog.GetByLabel("Address").FillAsync(receiver.Address);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "The webhook's secret" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.GetByRole(AriaRole.Link, new() { Name = receiver.Address }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        var first = await receiver.NextAsync();
        var deliveries = page.GetByRole(AriaRole.Table, new() { Name = "Deliveries" });
        await Expect(deliveries.GetByRole(AriaRole.Cell, new() { Name = "Delivered" })).ToBeVisibleAsync();
        await Expect(deliveries.GetByRole(AriaRole.Cell, new() { Name = "200", Exact = true })).ToBeVisibleAsync();

        await deliveries.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        Assert.Equal(first, await receiver.NextAsync());
        visitor.AssertQuiet();
    }

    /// <summary>Somebody's own system: answers every message with 200 and remembers it.</summary>
    sealed class Receiver : IAsyncDisposable
    {
        static readonly TimeSpan _within = TimeSpan.FromSeconds(20);

        readonly HttpListener _listener = new();
        readonly Channel<string> _bodies = Channel.CreateUnbounded<string>();
        readonly Task _serving;

        public Receiver()
        {
            // A listener of messages takes no port 0, so that another finds a free one for it.
            using (var finder = new TcpListener(IPAddress.Loopback, 0))
            {
                finder.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)finder.LocalEndpoint).Port}/hook";
            }
            _listener.Prefixes.Add($"{Address}/");
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Address { get; }

        /// <summary>The next message's body.</summary>
        public async Task<string> NextAsync() => await _bodies.Reader.ReadAsync().AsTask().WaitAsync(_within);

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
            _listener.Close();
        }

        async Task ServeAsync()
        {
            while (true)
            {
                HttpListenerContext call;
                try
                {
                    call = await _listener.GetContextAsync();
                }
                catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException && !_listener.IsListening)
                {
                    return;
                }
                using (var reader = new StreamReader(call.Request.InputStream)) await _bodies.Writer.WriteAsync(await reader.ReadToEndAsync());
                call.Response.Close();
            }
        }
    }
}
